//! `data`: documents in the collections that the manifest declares, in this space only.

use std::sync::Arc;

use cunshi_contract::Query;
use cunshi_contract::manifest::Collection;
use cunshi_model::port::{Document, Place};
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::abi::{GuestDocument, GuestPage, Refusal};
use crate::release::Release;
use crate::state::CallState;
use crate::upgrade;

/// Greatest size of a document's body in bytes.
const MAX_BODY: usize = 256 * 1024;
/// Greatest number of documents of one answer.
const MAX_LIMIT: u32 = 200;
/// Greatest number of queries counted at once.
const MAX_COUNTS: usize = 8;

type Answer<T> = Result<T, Refusal>;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    let mut data = linker.instance("cunshi:plugin/data@1.0.0")?;
    data.func_wrap_async("get", |mut cx: StoreContextMut<'_, CallState>, (collection, id): (String, String)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = get(state, &collection, &id).await;
            state.answer(answer)
        })
    })?;
    data.func_wrap_async(
        "insert",
        |mut cx: StoreContextMut<'_, CallState>, (collection, id, body): (String, Option<String>, String)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = insert(state, &collection, id.as_deref(), &body).await;
                state.answer(answer)
            })
        },
    )?;
    data.func_wrap_async(
        "update",
        |mut cx: StoreContextMut<'_, CallState>, (collection, id, version, body): (String, String, u64, String)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = update(state, &collection, &id, version, &body).await;
                state.answer(answer)
            })
        },
    )?;
    data.func_wrap_async(
        "remove",
        |mut cx: StoreContextMut<'_, CallState>, (collection, id, version): (String, String, u64)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = remove(state, &collection, &id, version).await;
                state.answer(answer)
            })
        },
    )?;
    data.func_wrap_async("find", |mut cx: StoreContextMut<'_, CallState>, (collection, query): (String, String)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = find(state, &collection, &query).await;
            state.answer(answer)
        })
    })?;
    data.func_wrap_async("count", |mut cx: StoreContextMut<'_, CallState>, (collection, query): (String, String)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = count(state, &collection, &query).await;
            state.answer(answer)
        })
    })?;
    data.func_wrap_async(
        "count-each",
        |mut cx: StoreContextMut<'_, CallState>, (collection, queries): (String, String)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = count_each(state, &collection, &queries).await;
                state.answer(answer)
            })
        },
    )?;
    data.func_wrap_async(
        "search",
        |mut cx: StoreContextMut<'_, CallState>, (collection, text, limit): (String, String, u32)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = search(state, &collection, &text, limit).await;
                state.answer(answer)
            })
        },
    )?;
    data.func_wrap_async("next-number", |mut cx: StoreContextMut<'_, CallState>, (series,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = next_number(state, &series).await;
            state.answer(answer)
        })
    })
}

async fn get(state: &mut CallState, collection: &str, id: &str) -> Answer<Option<GuestDocument>> {
    let release = begin(state)?;
    let collection = declared(&release, collection)?;
    let waiting = state.meter.wait();
    let at = place(&release, collection, state);
    let found = state.reader()?.get(at, id).await;
    let Some(document) = found.map_err(|error| state.refusal(error))? else { return Ok(None) };
    let document = upgrade::on_reading(state, collection, document).await?;
    drop(waiting);
    Ok(Some(give(state, document)?))
}

async fn insert(state: &mut CallState, collection: &str, id: Option<&str>, body: &str) -> Answer<GuestDocument> {
    let release = begin(state)?;
    let collection = declared(&release, collection)?;
    take(state, body)?;
    let id = match id {
        Some(given) => match given.parse::<uuid::Uuid>() {
            Ok(id) => id.to_string(),
            Err(_) => return Err(Refusal::Invalid("an id is a UUID: take one of `ids.new-id`, or none".to_owned())),
        },
        None => state.new_id(),
    };
    let waiting = state.meter.wait();
    let (at, now) = (place(&release, collection, state), state.now);
    let inserted = state.writer()?.insert(at, Some(&id), body, now).await;
    drop(waiting);
    written(state, inserted)
}

async fn update(state: &mut CallState, collection: &str, id: &str, version: u64, body: &str) -> Answer<GuestDocument> {
    let release = begin(state)?;
    let collection = declared(&release, collection)?;
    take(state, body)?;
    let waiting = state.meter.wait();
    let (at, now) = (place(&release, collection, state), state.now);
    let updated = state.writer()?.update(at, id, version, body, now).await;
    drop(waiting);
    written(state, updated)
}

async fn remove(state: &mut CallState, collection: &str, id: &str, version: u64) -> Answer<()> {
    let release = begin(state)?;
    let collection = declared(&release, collection)?;
    let waiting = state.meter.wait();
    let at = place(&release, collection, state);
    let removed = state.writer()?.remove(at, id, version).await;
    drop(waiting);
    removed.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    Ok(())
}

async fn find(state: &mut CallState, collection: &str, query: &str) -> Answer<GuestPage> {
    let release = begin(state)?;
    let collection = declared(&release, collection)?;
    let query = read_query(state, query)?;
    let waiting = state.meter.wait();
    let at = place(&release, collection, state);
    let found = state.reader()?.find(at, &query).await;
    let found = found.map_err(|error| state.refusal(error))?;
    let documents = upgrade::all_on_reading(state, collection, found.documents).await?;
    drop(waiting);
    Ok(GuestPage { documents: give_all(state, documents)?, next: found.next })
}

async fn count(state: &mut CallState, collection: &str, query: &str) -> Answer<u64> {
    let release = begin(state)?;
    let collection = declared(&release, collection)?;
    let query = read_query(state, query)?;
    let _waiting = state.meter.wait();
    let at = place(&release, collection, state);
    let counted = state.reader()?.count(at, &query).await;
    counted.map_err(|error| state.refusal(error))
}

async fn count_each(state: &mut CallState, collection: &str, queries: &str) -> Answer<Vec<u64>> {
    let release = begin(state)?;
    let collection = declared(&release, collection)?;
    state.count_out(queries.len())?;
    let queries: Vec<Query> = serde_json::from_str(queries)
        .map_err(|error| Refusal::Invalid(format!("this is not a list of `contract::Query`: {error}")))?;
    if !(1..=MAX_COUNTS).contains(&queries.len()) {
        return Err(Refusal::Invalid(format!("count 1 to {MAX_COUNTS} queries at once, not {}", queries.len())));
    }
    let _waiting = state.meter.wait();
    let at = place(&release, collection, state);
    let counted = state.reader()?.count_each(at, &queries).await;
    counted.map_err(|error| state.refusal(error))
}

async fn search(state: &mut CallState, collection: &str, text: &str, limit: u32) -> Answer<Vec<GuestDocument>> {
    let release = begin(state)?;
    let collection = declared(&release, collection)?;
    if collection.search.is_empty() {
        return Err(Refusal::Invalid(format!("`{}` declares no `search` fields", collection.name)));
    }
    check_limit(limit)?;
    state.count_out(text.len())?;
    let waiting = state.meter.wait();
    let at = place(&release, collection, state);
    let found = state.reader()?.search(at, text, limit).await;
    let found = found.map_err(|error| state.refusal(error))?;
    let documents = upgrade::all_on_reading(state, collection, found).await?;
    drop(waiting);
    give_all(state, documents)
}

async fn next_number(state: &mut CallState, series: &str) -> Answer<u64> {
    let release = begin(state)?;
    if series.is_empty() || series.len() > 80 {
        return Err(Refusal::Invalid("a series has a name of 1 to 80 bytes, such as `2026`".to_owned()));
    }
    let waiting = state.meter.wait();
    let number = state.writer()?.next_number(&release.manifest.name, series).await;
    drop(waiting);
    let number = number.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    Ok(number)
}

/// Granted, and within the budget.
fn begin(state: &mut CallState) -> Answer<Arc<Release>> {
    if !state.release.manifest.uses.data {
        return Err(Refusal::NotGranted("write `data = true` under `[uses]` in plugin.toml".to_owned()));
    }
    state.count_operation()?;
    Ok(Arc::clone(&state.release))
}

pub(super) fn declared<'a>(release: &'a Release, collection: &str) -> Answer<&'a Collection> {
    release
        .manifest
        .collection(collection)
        .ok_or_else(|| Refusal::Invalid(format!("plugin.toml declares no collection `{collection}`")))
}

pub(super) fn place<'a>(release: &'a Release, collection: &'a Collection, state: &CallState) -> Place<'a> {
    Place { plugin: &release.manifest.name, collection, viewer: state.viewer }
}

fn read_query(state: &mut CallState, query: &str) -> Answer<Query> {
    state.count_out(query.len())?;
    let query: Query = serde_json::from_str(query)
        .map_err(|error| Refusal::Invalid(format!("this is not a `contract::Query`: {error}")))?;
    check_limit(query.limit.unwrap_or(1))?;
    Ok(query)
}

fn check_limit(limit: u32) -> Answer<()> {
    if (1..=MAX_LIMIT).contains(&limit) {
        return Ok(());
    }
    Err(Refusal::Invalid(format!("a limit is 1 to {MAX_LIMIT}, not {limit}")))
}

/// A body from the guest.
fn take(state: &mut CallState, body: &str) -> Answer<()> {
    if body.len() > MAX_BODY {
        return Err(Refusal::Invalid(format!("a document has at most {MAX_BODY} bytes, not {}", body.len())));
    }
    state.count_out(body.len())
}

fn written(state: &mut CallState, result: cunshi_model::port::Result<Document>) -> Answer<GuestDocument> {
    let document = result.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    // The guest has the body already: it is not charged for hearing it again.
    Ok(to_guest(document))
}

fn give(state: &mut CallState, document: Document) -> Answer<GuestDocument> {
    state.count_in(document.body.len())?;
    Ok(to_guest(document))
}

fn give_all(state: &mut CallState, documents: Vec<Document>) -> Answer<Vec<GuestDocument>> {
    documents.into_iter().map(|document| give(state, document)).collect()
}

fn to_guest(document: Document) -> GuestDocument {
    let Document { id, schema, version, created, updated, body } = document;
    GuestDocument { id, schema, version, created, updated, body }
}
