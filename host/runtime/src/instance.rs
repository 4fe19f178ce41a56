//! One call of one fresh instance: nothing of it is left for the next.

use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use cunshi_model::port::DataError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wasmtime::component::{ComponentNamedList, Lift, Lower};
use wasmtime::{Engine, Store, UpdateDeadline};

use crate::abi::{Export, GuestFailure};
use crate::budget::Limit;
use crate::release::Release;
use crate::state::{CallState, Ended};

/// How long a call waits for a place in the pool.
const WAIT_FOR_PLACE: Duration = Duration::from_secs(1);

/// How a call ended, when not well.
#[derive(Debug)]
pub(crate) enum Ending {
    /// The guest answered that it does not.
    Guest(GuestFailure),
    /// A limit was hit.
    Stopped(Limit),
    /// The storage failed.
    Data(DataError),
    /// A rule failed whose hook says `wait`: the last of [`CallState::failed_rules`].
    Rule,
    /// The guest trapped, or broke the ABI.
    Trap(wasmtime::Error),
    /// No place in the pool.
    Busy,
}

/// Calls one export in a fresh instance. The state comes back whatever happened; whoever gets an error
/// drops the transaction in it.
///
/// A call that turns out long goes on beside the server's own threads, where it keeps nobody waiting.
pub(crate) async fn invoke<P, R>(state: CallState, export: Export, params: P) -> (CallState, Result<R, Ending>)
where
    P: ComponentNamedList + Lower + Send + Sync + 'static,
    R: Send + 'static,
    (Result<R, GuestFailure>,): ComponentNamedList + Lift + Send,
{
    let lane = Arc::clone(state.admission.lane());
    if export == Export::Upgrade {
        // Part of the call that waits for it, wherever that one runs.
        return Box::pin(call(state, export, params)).await;
    }
    let inner = Arc::clone(&state.inner);
    let mut call = Box::pin(async move {
        let ended = call(state, export, params).await;
        ended.0.admission.lane().leave();
        ended
    });
    let here = std::future::poll_fn(|cx| match call.as_mut().poll(cx) {
        Poll::Ready(ended) => Poll::Ready(Some(ended)),
        Poll::Pending if lane.is_long() => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    });
    match here.await {
        Some(ended) => ended,
        None => inner.side.finish(call).await,
    }
}

async fn call<P, R>(state: CallState, export: Export, params: P) -> (CallState, Result<R, Ending>)
where
    P: ComponentNamedList + Lower + Send + Sync + 'static,
    R: Send + 'static,
    (Result<R, GuestFailure>,): ComponentNamedList + Lift + Send,
{
    let inner = Arc::clone(&state.inner);
    let slots = if export == Export::Upgrade { &inner.upgrader_slots } else { &inner.slots };
    let Some(_slot) = place(slots).await else { return (state, Err(Ending::Busy)) };
    let release = Arc::clone(&state.release);
    let wall = state.budgets.wall;
    let mut store = store(&inner.engine, state);
    let finished = tokio::time::timeout(wall, run(&mut store, &release, export, params)).await;
    let mut state = store.into_data();
    state.meter.pause();
    let result = match finished {
        Err(_elapsed) => Err(Ending::Stopped(state.stopped.unwrap_or(Limit::Wall))),
        Ok(result) => sort(&mut state, result),
    };
    (state, result)
}

async fn run<P, R>(
    store: &mut Store<CallState>,
    release: &Release,
    export: Export,
    params: P,
) -> wasmtime::Result<Result<R, GuestFailure>>
where
    P: ComponentNamedList + Lower + Send + Sync + 'static,
    R: Send + 'static,
    (Result<R, GuestFailure>,): ComponentNamedList + Lift + Send,
{
    // Not the upgrade that a call waits for: that call is in the lane already, or short so far.
    if export != Export::Upgrade {
        let lane = Arc::clone(store.data().admission.lane());
        lane.enter().await;
    }
    store.data().meter.resume();
    let index = release
        .exports
        .get(export)
        .ok_or_else(|| wasmtime::Error::msg(format!("the component does not export `{}`", export.interface())))?;
    let instance = release.pre.instantiate_async(&mut *store).await?;
    let func = instance.get_typed_func::<P, (Result<R, GuestFailure>,)>(&mut *store, index)?;
    let (result,) = func.call_async(&mut *store, params).await?;
    Ok(result)
}

fn sort<R>(state: &mut CallState, result: wasmtime::Result<Result<R, GuestFailure>>) -> Result<R, Ending> {
    if let Some(broken) = state.broken.take() {
        return Err(Ending::Data(broken));
    }
    if state.ended_by_rule {
        return Err(Ending::Rule);
    }
    match (result, state.stopped, state.over) {
        // A guest that gave up because a budget was used up: the budget is the reason.
        (Err(_), Some(limit), _) | (Ok(Err(GuestFailure::Failed(_))), _, Some(limit)) => Err(Ending::Stopped(limit)),
        (Err(trap), None, _) => Err(Ending::Trap(trap)),
        (Ok(Err(failure)), ..) => Err(Ending::Guest(failure)),
        (Ok(Ok(answer)), ..) => Ok(answer),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes stores, with their budgets")]
fn store(engine: &Engine, state: CallState) -> Store<CallState> {
    let meter = Arc::clone(&state.meter);
    let lane = Arc::clone(state.admission.lane());
    let mut store = Store::new(engine, state);
    store.limiter(|state| state);
    // Before instantiating: a start function is code of the guest too.
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |mut cx| {
        meter.pause();
        if meter.is_spent() {
            cx.data_mut().stopped.get_or_insert(Limit::Cpu);
            return Err(wasmtime::Error::new(Ended));
        }
        if !meter.is_long() {
            meter.resume();
            return Ok(UpdateDeadline::Continue(1));
        }
        let (meter, lane) = (Arc::clone(&meter), Arc::clone(&lane));
        Ok(UpdateDeadline::YieldCustom(
            1,
            Box::pin(async move {
                lane.next_tick().await;
                meter.resume();
            }),
        ))
    });
    store
}

async fn place(slots: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    match Arc::clone(slots).try_acquire_owned() {
        Ok(permit) => Some(permit),
        Err(_) => tokio::time::timeout(WAIT_FOR_PLACE, Arc::clone(slots).acquire_owned()).await.ok()?.ok(),
    }
}
