//! Components before they are trusted: form, imports, exports and manifest, read without running or
//! compiling anything.

use cunshi_contract::{MANIFEST_SECTION, Manifest};
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

use crate::abi::Export;
use crate::error::LoadError;

/// Greatest size of a component.
pub const MAX_COMPONENT_BYTES: usize = 8 << 20;

/// The interfaces that a component may import.
const IMPORTS: [&str; 13] = [
    "cunshi:plugin/types@1.0.0",
    "cunshi:plugin/log@1.0.0",
    "cunshi:plugin/clock@1.0.0",
    "cunshi:plugin/ids@1.0.0",
    "cunshi:plugin/calendar@1.0.0",
    "cunshi:plugin/data@1.0.0",
    "cunshi:plugin/sends@1.0.0",
    "cunshi:plugin/people@1.0.0",
    "cunshi:plugin/files@1.0.0",
    "cunshi:plugin/settings@1.0.0",
    NOTIFY,
    LEDGER,
    RULES,
];

const NOTIFY: &str = "cunshi:plugin/notify@1.0.0";
const LEDGER: &str = "cunshi:plugin/ledger@1.0.0";
const RULES: &str = "cunshi:plugin/rules@1.0.0";

/// What a component says of itself.
#[derive(Debug, Default)]
pub(crate) struct Facts<'a> {
    pub(crate) imports: Vec<&'a str>,
    pub(crate) exports: Vec<&'a str>,
    pub(crate) manifests: Vec<&'a [u8]>,
}

/// Checks everything that can be known before compiling, and reads the manifest.
pub fn component(bytes: &[u8]) -> Result<Manifest, LoadError> {
    if bytes.len() > MAX_COMPONENT_BYTES {
        return Err(LoadError::TooLarge { found: bytes.len(), most: MAX_COMPONENT_BYTES });
    }
    if !Parser::is_component(bytes) {
        let what = if Parser::is_core_wasm(bytes) {
            "it is a core module; encode it as a component (`cunshi plugin build` does)"
        } else {
            "it does not begin as WebAssembly does"
        };
        return Err(LoadError::Malformed(what.to_owned()));
    }
    let facts = read(bytes)?;
    if let Some(import) = facts.imports.iter().find(|import| !IMPORTS.contains(import)) {
        return Err(LoadError::Import((*import).to_owned()));
    }
    Validator::new_with_features(WasmFeatures::default())
        .validate_all(bytes)
        .map_err(|error| LoadError::Malformed(one_line(&error.to_string())))?;
    let manifest = manifest(&facts)?;
    exports(&facts, &manifest)?;
    asked_for(&facts, &manifest)?;
    decides(&manifest)?;
    Ok(manifest)
}

/// Reads the sections of the component itself, passing over what is nested in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Facts<'_>, LoadError> {
    let malformed = |error: wasmparser::BinaryReaderError| LoadError::Malformed(one_line(&error.to_string()));
    let mut facts = Facts::default();
    let mut depth = 0_usize;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.map_err(malformed)? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            Payload::ComponentImportSection(section) => {
                for import in section {
                    facts.imports.push(import.map_err(malformed)?.name.name);
                }
            }
            Payload::ComponentExportSection(section) => {
                for export in section {
                    facts.exports.push(export.map_err(malformed)?.name.name);
                }
            }
            Payload::CustomSection(section) if section.name() == MANIFEST_SECTION => {
                facts.manifests.push(section.data());
            }
            _ => {}
        }
    }
    Ok(facts)
}

fn manifest(facts: &Facts<'_>) -> Result<Manifest, LoadError> {
    let refused = |text: String| Err(LoadError::Manifest(text));
    let bytes = match facts.manifests.as_slice() {
        [one] => *one,
        [] => {
            return refused(format!(
                "the component has no section `{MANIFEST_SECTION}` (`cunshi plugin build` adds it)"
            ));
        }
        many => {
            return refused(format!("the component has {} sections `{MANIFEST_SECTION}` instead of one", many.len()));
        }
    };
    let manifest: Manifest = match serde_json::from_slice(bytes) {
        Ok(manifest) => manifest,
        Err(error) => return refused(format!("the manifest in the component cannot be read: {error}")),
    };
    if let Err(errors) = manifest.check() {
        let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
        return refused(format!("the manifest is wrong: {}", all.join("; ")));
    }
    Ok(manifest)
}

fn exports(facts: &Facts<'_>, manifest: &Manifest) -> Result<(), LoadError> {
    let refused = |text: String| Err(LoadError::Exports(text));
    for export in Export::ALL {
        let declared = declares(manifest, export);
        let there = facts.exports.contains(&export.interface());
        let (interface, what) = (export.interface(), export.declared_by());
        if declared && !there {
            return refused(format!("the manifest declares {what}, but the component does not export `{interface}`"));
        }
        if there && !declared {
            return refused(format!("the component exports `{interface}`, but the manifest does not declare {what}"));
        }
    }
    let known = |name: &str| Export::ALL.iter().any(|export| export.interface() == name);
    match facts.exports.iter().find(|name| !known(name)) {
        Some(unknown) => refused(format!("the component exports `{unknown}`, which the platform does not know")),
        None => Ok(()),
    }
}

/// People's inboxes, points and rules are reached only by plugins that say so: an import without its grant is refused
/// before anybody could be surprised by it.
fn asked_for(facts: &Facts<'_>, manifest: &Manifest) -> Result<(), LoadError> {
    let asks = [
        (NOTIFY, manifest.uses.notify, "`notify = true` under `[uses]`"),
        (LEDGER, manifest.uses.ledger, "`ledger = true` under `[uses]`"),
        (RULES, !manifest.rules.is_empty(), "a `[[rule]]`"),
    ];
    match asks.into_iter().find(|(import, asked, _)| !asked && facts.imports.contains(import)) {
        Some((import, _, what)) => Err(LoadError::Ungranted { import: import.to_owned(), what: what.to_owned() }),
        None => Ok(()),
    }
}

/// A decision point comes with its default rule.
fn decides(manifest: &Manifest) -> Result<(), LoadError> {
    match manifest.rules.iter().find(|hook| hook.built.is_none()) {
        Some(hook) => Err(LoadError::Manifest(format!(
            "the rule `{}` has no script in the component (`cunshi plugin build` puts in what `{}` holds)",
            hook.name, hook.default
        ))),
        None => Ok(()),
    }
}

/// Whether a manifest declares something that is reached through an export.
pub(crate) fn declares(manifest: &Manifest, export: Export) -> bool {
    match export {
        Export::Pages => !manifest.pages.is_empty(),
        Export::Queries => !manifest.queries.is_empty(),
        Export::Actions => !manifest.actions.is_empty(),
        Export::Events => !manifest.uses.hears.is_empty(),
        Export::Jobs => !manifest.jobs.is_empty(),
        Export::Measures => !manifest.measures.is_empty(),
        Export::Todos => !manifest.todos.is_empty(),
        Export::Upgrade => manifest.collections.iter().any(|collection| collection.schema > 1),
    }
}

/// A message of several lines as one.
pub(crate) fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
