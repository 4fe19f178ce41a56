//! `clock`: the same instant through one call.

use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::state::CallState;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    linker
        .instance("cunshi:plugin/clock@1.0.0")?
        .func_wrap("now", |cx: StoreContextMut<'_, CallState>, (): ()| Ok((cx.data().now,)))
}
