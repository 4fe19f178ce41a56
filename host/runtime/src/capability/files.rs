//! `files`: what was uploaded before the call, by id.

use std::sync::Arc;

use cunshi_contract::FileInfo;
use cunshi_model::port::FileRecord;
use cunshi_model::{FileId, Viewer};
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use super::data::{declared, place};
use crate::abi::Refusal;
use crate::state::CallState;

type Answer<T> = Result<T, Refusal>;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    let mut files = linker.instance("cunshi:plugin/files@1.0.0")?;
    files.func_wrap_async("info", |mut cx: StoreContextMut<'_, CallState>, (id,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = info(state, &id).await;
            state.answer(answer)
        })
    })?;
    files.func_wrap_async(
        "attach",
        |mut cx: StoreContextMut<'_, CallState>, (id, collection, document): (String, String, String)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = attach(state, &id, &collection, &document).await;
                state.answer(answer)
            })
        },
    )
}

async fn info(state: &mut CallState, id: &str) -> Answer<Option<String>> {
    begin(state)?;
    let Ok(id) = id.parse::<FileId>() else { return Ok(None) };
    let waiting = state.meter.wait();
    let record = state.reader()?.file(id).await;
    let Some(record) = record.map_err(|error| state.refusal(error))? else { return Ok(None) };
    if !may_read(state, &record).await? {
        return Ok(None);
    }
    drop(waiting);
    let json = serde_json::to_string(&shown(record)).map_err(|error| Refusal::Unavailable(error.to_string()))?;
    state.count_in(json.len())?;
    Ok(Some(json))
}

async fn attach(state: &mut CallState, id: &str, collection: &str, document: &str) -> Answer<()> {
    begin(state)?;
    let release = Arc::clone(&state.release);
    let collection = declared(&release, collection)?;
    let Ok(id) = id.parse::<FileId>() else { return Err(Refusal::Missing) };
    let by = state.actor.map(|actor| actor.person);
    let waiting = state.meter.wait();
    let at = place(&release, collection, state);
    let attached = state.writer()?.attach(id, at, document, by).await;
    drop(waiting);
    attached.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    Ok(())
}

/// A file that hangs on a document is read by whoever reads the document; before that by its sender.
async fn may_read(state: &mut CallState, record: &FileRecord) -> Answer<bool> {
    let release = Arc::clone(&state.release);
    match &record.attached {
        None => Ok(match state.viewer {
            Viewer::System => true,
            Viewer::Reader { person, .. } => person == Some(record.by),
        }),
        Some((plugin, collection, document)) => {
            let Some(collection) = release.manifest.collection(collection).filter(|_| *plugin == release.manifest.name)
            else {
                return Ok(false);
            };
            let at = place(&release, collection, state);
            let found = state.reader()?.get(at, document).await;
            Ok(found.map_err(|error| state.refusal(error))?.is_some())
        }
    }
}

fn begin(state: &mut CallState) -> Answer<()> {
    if !state.release.manifest.uses.files {
        return Err(Refusal::NotGranted("write `files = true` under `[uses]` in plugin.toml".to_owned()));
    }
    state.count_operation()
}

fn shown(record: FileRecord) -> FileInfo {
    FileInfo {
        id: record.id.to_string(),
        kind: if record.image { "image" } else { "file" }.to_owned(),
        name: record.name,
        media_type: record.media_type,
        bytes: record.bytes,
        width: record.pixels.map(|(width, _)| width),
        height: record.pixels.map(|(_, height)| height),
    }
}
