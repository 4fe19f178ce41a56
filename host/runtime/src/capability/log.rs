//! `log`: lines of the call, for the plugin's author and the district.

use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::abi::Level;
use crate::state::CallState;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    linker.instance("cunshi:plugin/log@1.0.0")?.func_wrap(
        "write",
        |mut cx: StoreContextMut<'_, CallState>, (level, message): (Level, String)| {
            cx.data_mut().keep_log(level, message);
            Ok(())
        },
    )
}
