//! `sends`: events to this space's outbox, kept with the call and delivered after it.

use std::sync::Arc;

use cunshi_contract::Send;
use cunshi_contract::deed::{DEED, Deed};
use cunshi_contract::manifest::Direction;
use cunshi_model::EventId;
use cunshi_model::port::{DataError, NewEvent};
use serde::Deserialize as _;
use serde_json::Value;
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::abi::Refusal;
use crate::budget::Limit;
use crate::fields;
use crate::shape;
use crate::state::CallState;

/// Greatest size of a payload in bytes.
const MAX_PAYLOAD: usize = 64 * 1024;
/// Greatest length of a subject in bytes.
const MAX_SUBJECT: usize = 200;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    linker.instance("cunshi:plugin/sends@1.0.0")?.func_wrap_async(
        "send",
        |mut cx: StoreContextMut<'_, CallState>, (event,): (String,)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = send(state, &event).await;
                state.answer(answer)
            })
        },
    )
}

async fn send(state: &mut CallState, event: &str) -> Result<(), Refusal> {
    let release = Arc::clone(&state.release);
    state.writer()?;
    state.count_out(event.len())?;
    let event: Send = serde_json::from_str(event)
        .map_err(|error| Refusal::Invalid(format!("this is not a `contract::Send`: {error}")))?;
    let Some(declared) = release.manifest.sends(&event.name) else {
        return Err(Refusal::NotGranted(format!("list `{}` under `sends` in plugin.toml", event.name)));
    };
    state.count_event()?;
    let direction = declared.direction();
    if event.subject.is_empty() || event.subject.len() > MAX_SUBJECT {
        return Err(Refusal::Invalid(format!("a subject has 1 to {MAX_SUBJECT} bytes: usually a document's id")));
    }
    if event.name == DEED {
        deed(&event.payload)?;
    }
    if let Some(why) = release.shapes.get(&event.name).and_then(|shape| shape::wrong(shape, &event.payload)) {
        let name = &event.name;
        return Err(Refusal::Invalid(format!("the payload of `{name}` is not as its schema says: {why}")));
    }
    let payload = event.payload.to_string();
    if payload.len() > MAX_PAYLOAD {
        return Err(Refusal::Invalid(format!("a payload has at most {MAX_PAYLOAD} bytes, not {}", payload.len())));
    }
    let answers = match &event.answers {
        None => None,
        Some(_) if direction != Direction::Down => {
            return Err(Refusal::Invalid("only an event that goes down answers one from below".to_owned()));
        }
        Some(id) => Some(
            id.parse::<EventId>().map_err(|_| Refusal::Invalid("`answers` is the id of an event heard".to_owned()))?,
        ),
    };
    let hearers = match direction {
        Direction::Here => state.inner.catalogue.hearers(&event.name, state.profile.space.kind),
        Direction::Up | Direction::Down => Vec::new(),
    };
    let new = NewEvent {
        plugin: &release.manifest.name,
        name: &event.name,
        subject: &event.subject,
        payload: &payload,
        not_before: event.not_before,
        direction,
        answers,
        hearers: &hearers,
        cause: state.cause,
        now: state.now,
    };
    let waiting = state.meter.wait();
    let sent = state.writer()?.send(new).await;
    drop(waiting);
    sent.map_err(|error| match error {
        // Everything else was checked above: the causal tree has grown too large.
        DataError::Invalid(text) => state.refuse(Limit::Events, text),
        other => state.refusal(other),
    })?;
    state.wrote = true;
    Ok(())
}

/// The platform's own event has the platform's own shape: whoever hears it may rely on it.
fn deed(payload: &Value) -> Result<(), Refusal> {
    let deed = Deed::deserialize(payload)
        .map_err(|error| Refusal::Invalid(format!("this is not a `contract::deed::Deed`: {error}")))?;
    if !fields::is_decimal(&deed.quantity) {
        return Err(Refusal::Invalid(format!(
            "a quantity is a decimal text such as \"2.5\", not \"{}\"",
            deed.quantity
        )));
    }
    if deed.kind.is_empty() || deed.evidence.id.is_empty() {
        return Err(Refusal::Invalid("a deed has a kind, and evidence with the id of a document".to_owned()));
    }
    Ok(())
}
