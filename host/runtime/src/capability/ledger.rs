//! `ledger`: the village's points, for plugins that ask for `ledger = true`.

use cunshi_contract::ledger::{ClosePeriod, Hold, Holder, Posting, RankingQuery, StatementQuery};
use cunshi_model::port::DataError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::abi::Refusal;
use crate::state::CallState;

type Answer<T> = Result<T, Refusal>;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    let mut ledger = linker.instance("cunshi:plugin/ledger@1.0.0")?;
    ledger.func_wrap_async("post", |mut cx: StoreContextMut<'_, CallState>, (posting,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = post(state, &posting).await;
            state.answer(answer)
        })
    })?;
    ledger.func_wrap_async("reserve", |mut cx: StoreContextMut<'_, CallState>, (hold,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = reserve(state, &hold).await;
            state.answer(answer)
        })
    })?;
    ledger.func_wrap_async("release", |mut cx: StoreContextMut<'_, CallState>, (hold,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = release(state, &hold).await;
            state.answer(answer)
        })
    })?;
    ledger.func_wrap_async(
        "capture",
        |mut cx: StoreContextMut<'_, CallState>, (hold, posting): (String, String)| {
            Box::new(async move {
                let state = cx.data_mut();
                let answer = capture(state, &hold, &posting).await;
                state.answer(answer)
            })
        },
    )?;
    ledger.func_wrap_async("balances", |mut cx: StoreContextMut<'_, CallState>, (holder,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = balances(state, &holder).await;
            state.answer(answer)
        })
    })?;
    ledger.func_wrap_async("statement", |mut cx: StoreContextMut<'_, CallState>, (query,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = statement(state, &query).await;
            state.answer(answer)
        })
    })?;
    ledger.func_wrap_async("entry", |mut cx: StoreContextMut<'_, CallState>, (id,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = entry(state, &id).await;
            state.answer(answer)
        })
    })?;
    ledger.func_wrap_async("ranking", |mut cx: StoreContextMut<'_, CallState>, (query,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = ranking(state, &query).await;
            state.answer(answer)
        })
    })?;
    ledger.func_wrap_async("close-period", |mut cx: StoreContextMut<'_, CallState>, (close,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = close_period(state, &close).await;
            state.answer(answer)
        })
    })
}

async fn post(state: &mut CallState, posting: &str) -> Answer<String> {
    begin(state)?;
    let posting: Posting = read(state, posting, "Posting")?;
    let (plugin, by, now) = context(state);
    let waiting = state.meter.wait();
    let posted = state.writer()?.post(&plugin, &posting, by, now).await;
    drop(waiting);
    written(state, posted)
}

async fn reserve(state: &mut CallState, hold: &str) -> Answer<String> {
    begin(state)?;
    let hold: Hold = read(state, hold, "Hold")?;
    let (plugin, _, now) = context(state);
    let waiting = state.meter.wait();
    let reserved = state.writer()?.reserve(&plugin, &hold, now).await;
    drop(waiting);
    let id = reserved.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    Ok(id)
}

async fn release(state: &mut CallState, hold: &str) -> Answer<()> {
    begin(state)?;
    state.count_out(hold.len())?;
    let (plugin, _, now) = context(state);
    let waiting = state.meter.wait();
    let released = state.writer()?.release(&plugin, hold, now).await;
    drop(waiting);
    released.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    Ok(())
}

async fn capture(state: &mut CallState, hold: &str, posting: &str) -> Answer<String> {
    begin(state)?;
    let posting: Posting = read(state, posting, "Posting")?;
    let (plugin, by, now) = context(state);
    let waiting = state.meter.wait();
    let captured = state.writer()?.capture(&plugin, hold, &posting, by, now).await;
    drop(waiting);
    written(state, captured)
}

async fn balances(state: &mut CallState, holder: &str) -> Answer<String> {
    begin(state)?;
    let holder: Holder = read(state, holder, "Holder")?;
    let waiting = state.meter.wait();
    let balances = state.reader()?.balances(&holder).await;
    drop(waiting);
    found(state, balances)
}

async fn statement(state: &mut CallState, query: &str) -> Answer<String> {
    begin(state)?;
    let query: StatementQuery = read(state, query, "StatementQuery")?;
    let waiting = state.meter.wait();
    let rows = state.reader()?.statement(&query).await;
    drop(waiting);
    found(state, rows)
}

async fn entry(state: &mut CallState, id: &str) -> Answer<Option<String>> {
    begin(state)?;
    state.count_out(id.len())?;
    let waiting = state.meter.wait();
    let row = state.reader()?.entry(id).await;
    drop(waiting);
    match row.map_err(|error| state.refusal(error))? {
        Some(row) => give(state, &row).map(Some),
        None => Ok(None),
    }
}

async fn ranking(state: &mut CallState, query: &str) -> Answer<String> {
    begin(state)?;
    let query: RankingQuery = read(state, query, "RankingQuery")?;
    let waiting = state.meter.wait();
    let ranked = state.reader()?.ranking(&query).await;
    drop(waiting);
    found(state, ranked)
}

async fn close_period(state: &mut CallState, close: &str) -> Answer<String> {
    begin(state)?;
    let close: ClosePeriod = read(state, close, "ClosePeriod")?;
    let (plugin, _, now) = context(state);
    let waiting = state.meter.wait();
    let closed = state.writer()?.close_period(&plugin, &close, now).await;
    drop(waiting);
    written(state, closed)
}

/// Granted, and within the budget.
fn begin(state: &mut CallState) -> Answer<()> {
    if !state.release.manifest.uses.ledger {
        return Err(Refusal::NotGranted("write `ledger = true` under `[uses]` in plugin.toml".to_owned()));
    }
    state.count_operation()
}

/// Who posts, and when.
fn context(state: &CallState) -> (String, Option<cunshi_model::PersonId>, cunshi_model::Micros) {
    (state.release.manifest.name.clone(), state.actor.map(|actor| actor.person), state.now)
}

fn read<T: DeserializeOwned>(state: &mut CallState, json: &str, what: &str) -> Answer<T> {
    state.count_out(json.len())?;
    serde_json::from_str(json)
        .map_err(|error| Refusal::Invalid(format!("this is not a `contract::ledger::{what}`: {error}")))
}

fn found(state: &mut CallState, result: Result<impl Serialize, DataError>) -> Answer<String> {
    let value = result.map_err(|error| state.refusal(error))?;
    give(state, &value)
}

fn written(state: &mut CallState, result: Result<impl Serialize, DataError>) -> Answer<String> {
    let value = result.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    give(state, &value)
}

fn give(state: &mut CallState, value: &impl Serialize) -> Answer<String> {
    let json = serde_json::to_string(value).map_err(|error| Refusal::Unavailable(error.to_string()))?;
    state.count_in(json.len())?;
    Ok(json)
}
