//! `settings`: the village's settings of this plugin, defaults filled in.

use serde_json::Value;
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::state::CallState;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    linker
        .instance("cunshi:plugin/settings@1.0.0")?
        .func_wrap("get", |cx: StoreContextMut<'_, CallState>, (name,): (String,)| Ok((get(cx.data(), &name),)))
}

fn get(state: &CallState, name: &str) -> Option<String> {
    let manifest = &state.release.manifest;
    let declared = manifest.settings.iter().find(|setting| setting.name == name)?;
    let changed = state.profile.settings.get(&manifest.name).and_then(|settings| settings.get(name));
    changed.or(declared.default.as_ref()).filter(|value| !value.is_null()).map(Value::to_string)
}
