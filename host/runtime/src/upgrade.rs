//! Documents of an older schema: brought to the present one by the plugin's own pure function, in an
//! instance that can ask for nothing.

use std::sync::Arc;

use cunshi_contract::manifest::Collection;
use cunshi_model::port::{Document, SpaceProfile};
use cunshi_model::{Micros, Viewer};

use crate::abi::{Export, Level, Refusal};
use crate::admission::Admission;
use crate::instance::{Ending, invoke};
use crate::meter::Meter;
use crate::release::Release;
use crate::report::Told;
use crate::runtime::Inner;
use crate::state::{Access, CallState, Used};

/// Brings a document that was read to the present schema. It is stored so later, by the batch behind.
pub(crate) async fn on_reading(
    state: &mut CallState,
    collection: &Collection,
    document: Document,
) -> Result<Document, Refusal> {
    if document.schema == collection.schema {
        return Ok(document);
    }
    if document.schema > collection.schema {
        return Err(Refusal::Unavailable(format!(
            "a document of `{}` has schema {}, and this release knows {}: install the newer release again",
            collection.name, document.schema, collection.schema
        )));
    }
    state.saw_outdated = true;
    let asker = Asker {
        inner: &state.inner,
        release: &state.release,
        profile: &state.profile,
        admission: state.admission.beside(),
        now: state.now,
    };
    match body(asker, collection, &document).await {
        Ok(body) => Ok(Document { body, schema: collection.schema, ..document }),
        Err(told) => {
            let place = format!("{}/{}", collection.name, document.id);
            let text = format!("{place} cannot be upgraded from schema {}: {}", document.schema, told.summary);
            state.keep_log(Level::Error, told.detail);
            Err(Refusal::Unavailable(text))
        }
    }
}

/// [`on_reading`] for several.
pub(crate) async fn all_on_reading(
    state: &mut CallState,
    collection: &Collection,
    documents: Vec<Document>,
) -> Result<Vec<Document>, Refusal> {
    if documents.iter().all(|document| document.schema == collection.schema) {
        return Ok(documents);
    }
    let mut upgraded = Vec::with_capacity(documents.len());
    for document in documents {
        upgraded.push(on_reading(state, collection, document).await?);
    }
    Ok(upgraded)
}

/// Who asks for an upgrade.
pub(crate) struct Asker<'a> {
    pub(crate) inner: &'a Arc<Inner>,
    pub(crate) release: &'a Arc<Release>,
    pub(crate) profile: &'a Arc<SpaceProfile>,
    pub(crate) admission: Admission,
    pub(crate) now: Micros,
}

/// The body of a document in the present schema.
pub(crate) async fn body(asker: Asker<'_>, collection: &Collection, document: &Document) -> Result<String, Told> {
    let budgets = &asker.inner.budgets_of(asker.profile);
    let pure = CallState {
        inner: Arc::clone(asker.inner),
        release: Arc::clone(asker.release),
        profile: Arc::clone(asker.profile),
        budgets: Arc::clone(budgets),
        access: Access::Pure,
        viewer: Viewer::System,
        actor: None,
        now: asker.now,
        cause: None,
        admission: asker.admission,
        meter: Arc::new(Meter::new(budgets.read_cpu)),
        used: Used::default(),
        log: Vec::new(),
        wrote: false,
        saw_outdated: false,
        over: None,
        stopped: None,
        broken: None,
        failed_rules: Vec::new(),
        ended_by_rule: false,
    };
    let params = (collection.name.clone(), document.body.clone(), document.schema);
    let (pure, result) = invoke::<_, String>(pure, Export::Upgrade, params).await;
    let failed = |text: String| Err(Told::said(&text, &pure.log));
    match result {
        Ok(body) if body.len() > budgets.bytes => Err(Told::answered("the upgraded document is too large", &pure.log)),
        Ok(body) => Ok(body),
        Err(Ending::Guest(failure)) => failed(failure.in_words()),
        Err(Ending::Stopped(limit)) => Err(Told::limit(limit, None, budgets, &pure.log)),
        Err(Ending::Trap(error)) => Err(Told::trap(&error, &pure.log)),
        Err(Ending::Data(error)) => failed(error.to_string()),
        Err(Ending::Rule) => failed("a rule failed".to_owned()),
        Err(Ending::Busy) => failed("no place for an upgrade now".to_owned()),
    }
}
