//! What plugins may ask of the host: one file per interface of `plugin-sdk/wit/imports.wit`.
//!
//! To add one: its interface there, a file here with `add`, its name in [`add_all`] and in
//! `check::IMPORTS`. A function takes the call's state and answers, or refuses; it never takes a space.

use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, InstancePre, Linker};

use crate::abi::{Export, GuestFailure};
use crate::state::CallState;

mod calendar;
mod clock;
mod data;
mod files;
mod ids;
mod ledger;
mod log;
mod notify;
mod people;
mod rules;
mod sends;
mod settings;

/// Defines every import.
pub(crate) fn add_all(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    log::add(linker)?;
    clock::add(linker)?;
    ids::add(linker)?;
    calendar::add(linker)?;
    data::add(linker)?;
    sends::add(linker)?;
    people::add(linker)?;
    notify::add(linker)?;
    files::add(linker)?;
    settings::add(linker)?;
    ledger::add(linker)?;
    rules::add(linker)
}

/// Compares the types of the exports with the ABI's, so that a mismatch is found when a release is loaded
/// and not when a villager calls it.
pub(crate) fn check_exports(component: &Component, pre: &InstancePre<CallState>) -> wasmtime::Result<()> {
    type Json = (Result<String, GuestFailure>,);
    let types = pre.instance_type();
    for export in Export::ALL {
        let Some(interface) = component.get_export_index(None, export.interface()) else { continue };
        let item = component.get_export(Some(&interface), export.function());
        let Some((ComponentItem::ComponentFunc(function), _)) = item else {
            return Err(wasmtime::Error::msg(format!(
                "`{}` lacks its function `{}`",
                export.interface(),
                export.function()
            )));
        };
        match export {
            Export::Pages | Export::Queries | Export::Actions | Export::Measures => {
                function.typecheck::<(&str, &str), Json>(&types)
            }
            Export::Events => function.typecheck::<(&str, &str), (Result<(), GuestFailure>,)>(&types),
            Export::Jobs => function.typecheck::<(&str, &str), (Result<Option<String>, GuestFailure>,)>(&types),
            Export::Todos => function.typecheck::<(&str,), Json>(&types),
            Export::Upgrade => function.typecheck::<(&str, &str, u32), Json>(&types),
        }
        .map_err(|error| error.context(format!("`{}` in `{}`", export.function(), export.interface())))?;
    }
    Ok(())
}
