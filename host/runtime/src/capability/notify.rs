//! `notify`: messages into the inboxes of people of this space, kept with the call.

use std::sync::Arc;

use cunshi_contract::message::{MAX_BODY, MAX_KEY, MAX_MESSAGES, MAX_TITLE};
use cunshi_contract::{Manifest, Message, Text};
use cunshi_model::messages::NewMessage;
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::abi::Refusal;
use crate::state::CallState;
use crate::view::{self, Known};

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    linker.instance("cunshi:plugin/notify@1.0.0")?.func_wrap_async(
        "notify",
        |mut cx: StoreContextMut<'_, CallState>, (message,): (String,)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = notify(state, &message).await;
                state.answer(answer)
            })
        },
    )
}

async fn notify(state: &mut CallState, message: &str) -> Result<u32, Refusal> {
    let release = Arc::clone(&state.release);
    if !release.manifest.uses.notify {
        return Err(Refusal::NotGranted("write `notify = true` under `[uses]` in plugin.toml".to_owned()));
    }
    state.writer()?;
    state.count_operation()?;
    state.count_out(message.len())?;
    let message: Message = serde_json::from_str(message)
        .map_err(|error| Refusal::Invalid(format!("this is not a `contract::Message`: {error}")))?;
    check(&message, &release.manifest).map_err(Refusal::Invalid)?;
    state.count_message(MAX_MESSAGES)?;
    let new = NewMessage { plugin: &release.manifest.name, message: &message, now: state.now };
    let waiting = state.meter.wait();
    let reached = state.writer()?.notify(new).await;
    drop(waiting);
    let reached = reached.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    Ok(reached)
}

fn check(message: &Message, manifest: &Manifest) -> Result<(), String> {
    if message.key.is_empty() || message.key.len() > MAX_KEY {
        return Err(format!("the key of a message has 1 to {MAX_KEY} bytes"));
    }
    fits(&message.title, MAX_TITLE, "title")?;
    if let Some(body) = &message.body {
        fits(body, MAX_BODY, "body")?;
    }
    let Some(link) = &message.link else { return Ok(()) };
    if link.plugin.as_ref().is_some_and(|plugin| *plugin != manifest.name) {
        return Err("a message leads to a page of its own plugin".to_owned());
    }
    view::check_link(link, &Known { manifest, other: &|_, _| None })
}

fn fits(text: &Text, most: usize, what: &str) -> Result<(), String> {
    let short = |text: &str| !text.is_empty() && text.chars().count() <= most;
    if short(&text.zh) && short(&text.en) {
        return Ok(());
    }
    Err(format!("the {what} of a message has 1 to {most} characters in each language"))
}
