//! `ids`: fresh identifiers, in order of creation within a call.

use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::state::CallState;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    linker
        .instance("cunshi:plugin/ids@1.0.0")?
        .func_wrap("new-id", |mut cx: StoreContextMut<'_, CallState>, (): ()| Ok((cx.data_mut().new_id(),)))
}
