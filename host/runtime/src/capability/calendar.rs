//! `calendar`: working days of the district.

use cunshi_model::Micros;
use cunshi_model::calendar::TooFar;
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::abi::Refusal;
use crate::state::CallState;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    let mut calendar = linker.instance("cunshi:plugin/calendar@1.0.0")?;
    calendar.func_wrap("add-working-days", |cx: StoreContextMut<'_, CallState>, (instant, days): (Micros, u32)| {
        Ok((cx.data().inner.calendar().add_working_days(instant, days).map_err(too_far),))
    })?;
    calendar.func_wrap("working-days-between", |cx: StoreContextMut<'_, CallState>, (start, end): (Micros, Micros)| {
        Ok((cx.data().inner.calendar().working_days_between(start, end).map_err(too_far),))
    })
}

#[expect(clippy::needless_pass_by_value, reason = "given to `map_err`")]
fn too_far(error: TooFar) -> Refusal {
    Refusal::Invalid(error.to_string())
}
