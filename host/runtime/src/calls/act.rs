//! Actions: one write transaction each. Documents, events, the audit row and the remembered answer are kept
//! together or not at all.

use cunshi_contract::manifest::{Action, Who};
use cunshi_contract::{FieldKind, Lang, Outcome};
use cunshi_model::clock::HOUR;
use cunshi_model::people::who_bit;
use cunshi_model::port::{AuditEntry, IdempotencyKey, Remembered, WriteSpace};
use cunshi_model::{Actor, FileId, HouseholdId, Micros, PersonId, Role};
use serde_json::{Map, Value};

use super::visit::Visit;
use super::{Caller, Site};
use crate::abi::Export;
use crate::cache::sha256;
use crate::error::{CallError, FieldError};
use crate::fields;
use crate::privacy::{self, Choice};
use crate::rules::FailedRule;
use crate::runtime::Runtime;
use crate::state::Access;

/// The field that says for whom something is done.
const ON_BEHALF_OF: &str = "on_behalf_of";
/// How long an answer is remembered under its key.
const REMEMBERED: Micros = 72 * HOUR;
/// Greatest length of an idempotency key.
const MAX_KEY: usize = 200;

/// What an action did.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    /// What the plugin answered.
    pub outcome: Outcome,
    /// The space's revision that holds it.
    pub revision: u64,
    /// Answered from memory: the same key was used before.
    pub repeated: bool,
}

impl Runtime {
    /// Does an action. With a key, doing it again answers what was answered first, for 72 hours.
    pub async fn act(
        &self,
        caller: &Caller,
        plugin: &str,
        action: &str,
        fields: Map<String, Value>,
        key: Option<&str>,
    ) -> Result<Acted, CallError> {
        let mut failed = Vec::new();
        let acted = self.act_once(caller, plugin, action, fields, key, &mut failed).await;
        self.inner.keep_failed_rules(caller.space, failed).await;
        acted
    }

    async fn act_once(
        &self,
        caller: &Caller,
        plugin: &str,
        action: &str,
        mut fields: Map<String, Value>,
        key: Option<&str>,
        failed: &mut Vec<FailedRule>,
    ) -> Result<Acted, CallError> {
        let inner = &self.inner;
        let site = inner.site(caller.space, plugin).await?;
        let declared = site.release.manifest.action(action).ok_or(CallError::NotFound)?;
        caller.pass(&declared.who)?;
        let for_whom = for_whom(caller, declared, &mut fields);
        let choice = privacy::choice(&declared.fields, &mut fields, caller.roles.has(Role::Cadre), caller.lang);
        let valid = both(choice, fields::validate(&declared.fields, &fields, caller.lang));
        let (for_whom, (choice, mut fields)) = both(for_whom, valid).map_err(CallError::Invalid)?;
        let kept = privacy::settle(&declared.fields, &mut fields, choice.as_ref()).map_err(CallError::Private)?;
        let actor = caller.actor.map(|actor| Actor { on_behalf_of: for_whom.or(actor.on_behalf_of), ..actor });
        let digest = digest(&fields, actor, choice.as_ref())?;
        let key = idempotency(actor, &site, action, key)?;

        let admission = inner.admit(caller.space)?;
        let mut space = inner.spaces.write(caller.space).await?;
        let mut visit = Visit::of(inner, &site, Export::Actions, action, caller);
        visit.actor = actor;
        if let Some(key) = &key
            && let Some(remembered) = space.recall(key, visit.now).await?
        {
            return repeat(&remembered, &digest, space.revision());
        }
        check_against_space(space.as_mut(), declared, &fields, actor, caller.lang).await?;
        let context = visit.context(&fields)?;
        let (mut state, answer) = visit.run::<String>(Access::Write(space), admission, context).await;
        failed.append(&mut state.failed_rules);
        let outcome: Outcome = visit.json(&answer?, "a `contract::Outcome`", &state.log)?;
        if let Some(go) = &outcome.go {
            visit.link(go, &state.log)?;
        }
        let Access::Write(mut space) = state.access else { return Err(CallError::NotFound) };
        let audit = format!("{plugin}/{action}");
        let subject = outcome.subject.as_deref();
        space.audit(AuditEntry { at: visit.now, actor, action: &audit, subject, digest: &digest }).await?;
        if let Some(kept) = kept {
            // Who kept numbers readable, where and why; which ones they are stands in the document alone.
            let what = format!("{audit}: {kept}");
            let (action, subject) = ("host/private-kept", Some(what.as_str()));
            space.audit(AuditEntry { at: visit.now, actor, action, subject, digest: &digest }).await?;
        }
        if let Some(key) = &key {
            let outcome = serde_json::to_string(&outcome).map_err(|error| CallError::TooLarge(error.to_string()))?;
            space.remember(key, &Remembered { digest, outcome }, visit.now.saturating_add(REMEMBERED)).await?;
        }
        let revision = space.commit().await?;
        inner.wake.notify_one();
        Ok(Acted { outcome, revision, repeated: false })
    }
}

/// Something, or what is wrong with the fields.
type Mistaken<T> = Result<T, Vec<FieldError>>;

/// Takes the reserved field out of the form: whom the action is done for.
fn for_whom(caller: &Caller, action: &Action, fields: &mut Map<String, Value>) -> Mistaken<Option<PersonId>> {
    if action.on_behalf.is_empty() {
        return Ok(None);
    }
    let given = match fields.remove(ON_BEHALF_OF) {
        Some(Value::String(text)) if !text.trim().is_empty() => text,
        None | Some(Value::Null | Value::String(_)) => return Ok(None),
        Some(other) => other.to_string(),
    };
    let may = action.on_behalf.iter().any(|who: &Who| caller.roles.bits() & who_bit(*who) != 0);
    let sentence = match (may, caller.lang) {
        (false, Lang::Zh) => "您不能替别人办这件事",
        (false, Lang::En) => "You cannot do this on behalf of others",
        (true, Lang::Zh) => "请选择本村的人",
        (true, Lang::En) => "Please choose a person of this village",
    };
    match given.trim().parse() {
        Ok(person) if may => Ok(Some(person)),
        _ => Err(vec![FieldError::new(ON_BEHALF_OF, sentence)]),
    }
}

/// Both, or the mistakes of both.
fn both<A, B>(a: Mistaken<A>, b: Mistaken<B>) -> Mistaken<(A, B)> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err(a.err().into_iter().chain(b.err()).flatten().collect()),
    }
}

/// What a repeat is recognised by: the fields as validated, in the manifest's order, for whom, and what was chosen
/// about the numbers of persons in them.
fn digest(fields: &Map<String, Value>, actor: Option<Actor>, choice: Option<&Choice>) -> Result<String, CallError> {
    let for_whom = actor.and_then(|actor| actor.on_behalf_of);
    let chosen = match choice {
        None => None,
        Some(Choice::Mask) => Some("mask"),
        Some(Choice::Keep(reason)) => Some(reason.as_str()),
    };
    // As it was before there was a choice, so that what was remembered then is recognised.
    let json = match chosen {
        None => serde_json::to_vec(&(fields, for_whom)),
        Some(chosen) => serde_json::to_vec(&(fields, for_whom, chosen)),
    };
    let json = json.map_err(|error| CallError::TooLarge(error.to_string()))?;
    Ok(sha256(&json))
}

/// The key under which an answer is kept; visitors have none.
fn idempotency(
    actor: Option<Actor>,
    site: &Site,
    action: &str,
    key: Option<&str>,
) -> Result<Option<IdempotencyKey>, CallError> {
    let (Some(actor), Some(key)) = (actor, key) else { return Ok(None) };
    if key.is_empty() || key.len() > MAX_KEY {
        let text = format!("an idempotency key has 1 to {MAX_KEY} bytes");
        return Err(CallError::Invalid(vec![FieldError::new("Idempotency-Key", text)]));
    }
    let action = format!("{}/{action}", site.release.name());
    Ok(Some(IdempotencyKey { actor: actor.person, action, key: key.to_owned() }))
}

fn repeat(remembered: &Remembered, digest: &str, revision: u64) -> Result<Acted, CallError> {
    if remembered.digest != digest {
        return Err(CallError::KeyReused);
    }
    // Written by this platform; a shape that is no longer read is as good as an empty answer.
    let outcome = serde_json::from_str(&remembered.outcome).unwrap_or_default();
    Ok(Acted { outcome, revision, repeated: true })
}

/// Holds ids against the space: people and households are of here, files were sent by the actor for this.
async fn check_against_space(
    space: &mut dyn WriteSpace,
    action: &Action,
    fields: &Map<String, Value>,
    actor: Option<Actor>,
    lang: Lang,
) -> Result<(), CallError> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, zh: &str, en: &str| {
        errors.push(FieldError::new(
            field,
            match lang {
                Lang::Zh => zh,
                Lang::En => en,
            },
        ));
    };
    if let Some(person) = actor.and_then(|actor| actor.on_behalf_of)
        && space.member(person).await?.is_none()
    {
        wrong(ON_BEHALF_OF, "请选择本村的人", "Please choose a person of this village");
    }
    for field in &action.fields {
        let Some(value) = fields.get(&field.name) else { continue };
        match field.kind {
            FieldKind::Person => {
                let person = value.as_str().and_then(|id| id.parse::<PersonId>().ok());
                if !matches!(person, Some(id) if space.member(id).await?.is_some()) {
                    wrong(&field.name, "请选择本村的人", "Please choose a person of this village");
                }
            }
            FieldKind::Household => {
                let household = value.as_str().and_then(|id| id.parse::<HouseholdId>().ok());
                if !matches!(household, Some(id) if space.household(id).await?.is_some()) {
                    wrong(&field.name, "请选择本村的户", "Please choose a household of this village");
                }
            }
            FieldKind::Photos | FieldKind::Files => {
                for id in value.as_array().into_iter().flatten() {
                    let file = id.as_str().and_then(|id| id.parse::<FileId>().ok());
                    let record = match file {
                        Some(id) => space.file(id).await?,
                        None => None,
                    };
                    let by = actor.map(|actor| actor.person);
                    let good = record.is_some_and(|file| Some(file.by) == by && file.attached.is_none());
                    if !good {
                        wrong(
                            &field.name,
                            "有文件没有传上来，请重新选择",
                            "A file did not arrive; please choose it again",
                        );
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(CallError::Invalid(errors)) }
}
