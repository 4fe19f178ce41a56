//! `POST /v/{village}/{plugin}/a/{action}`: a form is sent. `GET` shows the form alone.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::manifest::Action;
use cunshi_contract::{Lang, Outcome};
use cunshi_runtime::{CallError, FieldError, Release, Runtime, fields, privacy};
use serde_json::Map;

use super::{counted, go, private, refused};
use crate::Web;
use crate::error::Refusal;
use crate::form::{Gathered, Sent, gather};
use crate::frame;
use crate::layers::back_of;
use crate::render::forms::{FROM, KEY, ON_BEHALF_OF};
use crate::render::{FormState, addresses};
use crate::visit::{At, Visit};
use crate::words::words;

/// Longest idempotency key.
pub(crate) const LONGEST_KEY: usize = 200;

/// The handler of a sent form.
pub(crate) async fn post(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin, action)): At<(String, String, String)>,
    request: Request,
) -> Response {
    counted(&web, &plugin, act(&web, &visit, &plugin, &action, request).await)
}

/// The handler of the form alone.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin, action)): At<(String, String, String)>,
) -> Response {
    let form = async {
        let release = visit.plugin(&web, &plugin)?;
        let action = release.manifest.action(&action).ok_or(Refusal::NotFound)?;
        visit.admit(&action.who)?;
        let page = refused::alone(&web, &visit, &release, action, None).await?;
        Ok(private(&web, &visit.reader, StatusCode::OK, page))
    };
    counted(&web, &plugin, form.await)
}

async fn act(web: &Web, visit: &Visit, plugin: &str, name: &str, request: Request) -> Result<Response, Refusal> {
    let release = visit.plugin(web, plugin)?;
    let action = release.manifest.action(name).ok_or(Refusal::NotFound)?;
    // Before the body is read: who may not act does not get to upload either.
    visit.admit(&action.who)?;
    let referer = back_of(request.headers());
    let sent = Sent::read(request, visit.person().is_some()).await?;
    let from = sent.get(FROM).map(str::to_owned).or(referer);
    let key = sent.get(KEY).filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY).map(str::to_owned);
    let gathered = gather(web, visit, action, sent).await?;
    let state = |errors: Vec<FieldError>, typed: Map<_, _>| FormState {
        plugin: plugin.to_owned(),
        action: name.to_owned(),
        values: typed,
        errors: errors.into_iter().map(|error| (error.field, error.message)).collect(),
        private: Vec::new(),
    };
    if !gathered.errors.is_empty() {
        let errors = all_mistakes(action, &gathered, visit.reader.lang);
        let state = state(errors, gathered.typed);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return refused::again(web, visit, &release, action, from.as_deref(), status, state).await;
    }
    match web.runtime.act(&visit.caller(), plugin, name, gathered.given, key.as_deref()).await {
        Ok(acted) => Ok(done(web, visit, &release, &acted.outcome)),
        // The summary says it all: the numbers in their sentences, and what may be chosen.
        Err(CallError::Private(found)) => {
            let state = FormState { private: found, ..state(Vec::new(), gathered.typed) };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            refused::again(web, visit, &release, action, from.as_deref(), status, state).await
        }
        Err(
            error @ (CallError::Invalid(_) | CallError::Denied(_) | CallError::Conflict(_) | CallError::RuleFailed(_)),
        ) => {
            let refusal = Refusal::Call(error);
            let answer = refusal.answer(visit.reader.lang);
            let errors =
                if answer.errors.is_empty() { vec![FieldError::new("", answer.detail)] } else { answer.errors };
            let asked = gathered.typed.contains_key(privacy::CHOICE);
            let private = if asked { privacy::search(&action.fields, &gathered.typed) } else { Vec::new() };
            let state = FormState { private, ..state(errors, gathered.typed) };
            refused::again(web, visit, &release, action, from.as_deref(), answer.status, state).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What is wrong with the files and with everything else, in the order of the form: nobody should have to send
/// it once for each.
fn all_mistakes(action: &Action, gathered: &Gathered, lang: Lang) -> Vec<FieldError> {
    let mut errors = gathered.errors.clone();
    let mut given = gathered.given.clone();
    for own in [ON_BEHALF_OF, privacy::CHOICE, privacy::REASON] {
        given.remove(own);
    }
    if let Err(others) = fields::validate(&action.fields, &given, lang) {
        errors
            .extend(others.into_iter().filter(|other| !gathered.errors.iter().any(|error| error.field == other.field)));
    }
    errors.sort_by_key(|error| action.fields.iter().position(|field| field.name == error.field));
    errors
}

/// On to where the action leads, with what it says.
fn done(web: &Web, visit: &Visit, release: &Release, outcome: &Outcome) -> Response {
    let code = visit.code();
    let led = outcome.go.as_ref().and_then(|to| {
        let target = match &to.plugin {
            Some(name) => visit.plugin(web, name).ok()?,
            None => visit.plugin(web, &release.manifest.name).ok()?,
        };
        let route = Runtime::route_of(&target.manifest, to)?;
        Some(frame::address(code, &target.manifest, &route))
    });
    let to = led.unwrap_or_else(|| addresses::plugin(code, &release.manifest.name));
    let say = outcome.say.clone().unwrap_or_else(|| words(visit.reader.lang).done.to_owned());
    go(web, &to, Some((say, true)))
}
