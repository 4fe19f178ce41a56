//! What the files want, checked against the modules that are installed.

use std::collections::BTreeMap;

use anyhow::Result;
use cunshi_contract::Manifest;
use cunshi_runtime::fields;
use serde_json::{Map, Value};

use super::values;
use crate::tenants::{At, FileError, Module, Tenants, Wanted};
use crate::wire::House;
use crate::words::{lang, say};

/// The wanted values with settings in the form that the platform keeps; the first mistake with its place.
pub(super) async fn checked(
    house: &House,
    tenants: &Tenants,
    wanted: &Wanted,
) -> Result<BTreeMap<String, (Value, Option<At>)>> {
    let mut wants = values::wanted(wanted, tenants);
    for (name, module) in &wanted.modules {
        let Some(release) = house.runtime.release(name) else {
            return Err(FileError::new(
                &module.at,
                say(
                    format!("模块 {name} 还没有安装：先运行 cunshi plugin install"),
                    format!("the module `{name}` is not installed: run `cunshi plugin install` first"),
                ),
            )
            .into());
        };
        if !release.manifest.spaces.contains(&wanted.kind.manifest_name()) {
            let kind = wanted.kind.as_str();
            return Err(FileError::new(
                &module.at,
                say(format!("模块 {name} 不在 {kind} 里运行"), format!("the module `{name}` does not run in a {kind}")),
            )
            .into());
        }
        version(house, name, module).await?;
        for (key, value) in settings(&release.manifest, module)? {
            if let Some(slot) = wants.get_mut(&values::setting(name, &key)) {
                slot.0 = value;
            }
        }
    }
    Ok(wants)
}

async fn version(house: &House, name: &str, module: &Module) -> Result<()> {
    let Some(pinned) = &module.pinned else { return Ok(()) };
    let releases = house.store.district().releases().await?;
    if releases.iter().any(|release| release.name == name && release.version == *pinned) {
        return Ok(());
    }
    let message = say(format!("没有安装 {name} {pinned}"), format!("version {pinned} of `{name}` is not installed"));
    Err(FileError::new(&module.at, message).into())
}

/// Settings are fields of the manifest: what is given is checked as a form would be, what is not given keeps
/// its default.
fn settings(manifest: &Manifest, module: &Module) -> Result<Vec<(String, Value)>> {
    let mut checked = Vec::new();
    for (key, given) in &module.settings {
        let Some(field) = manifest.settings.iter().find(|field| field.name == *key) else {
            let known: Vec<_> = manifest.settings.iter().map(|field| field.name.as_str()).collect();
            let known = known.join(", ");
            let name = &manifest.name;
            return Err(FileError::new(
                &given.at,
                say(
                    format!("模块 {name} 没有设置 {key}，有：{known}"),
                    format!("`{name}` has no setting `{key}`; it has {known}"),
                ),
            )
            .into());
        };
        let alone = Map::from_iter([(key.clone(), given.value.clone())]);
        let kept = fields::validate(std::slice::from_ref(field), &alone, lang())
            .map_err(|errors| {
                let messages: Vec<_> = errors.into_iter().map(|error| error.message).collect();
                FileError::new(&given.at, format!("{key}: {}", messages.join("; ")))
            })?
            .remove(key);
        checked.extend(kept.map(|value| (key.clone(), value)));
    }
    Ok(checked)
}
