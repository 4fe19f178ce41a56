//! The rules that a plugin brings along: each must pass its own cases before anybody decides by it.

use std::path::Path;

use anyhow::Result;
use cunshi_contract::Manifest;
use cunshi_rules::Rules;
use cunshi_rules::files::{self, Written};

use crate::command::rule::mistakes;
use crate::tenants::FileError;

/// Refuses a default that does not pass its check, with file and line of all that is wrong. The manifest is that of
/// the folder, with the files of its rules read into it.
pub(super) fn pass(manifest: &Manifest, dir: &Path) -> Result<()> {
    let engine = Rules::new();
    let mut lines = Vec::new();
    for hook in &manifest.rules {
        let text = hook.built.clone().unwrap_or_default();
        let mut written = Written { text, script: Some(dir.join(&hook.default)), ..Written::default() };
        if let Some(file) = &hook.rows {
            let path = dir.join(file);
            let (_, rows) = files::read_table(&path).map_err(FileError::from)?;
            written.table = Some((path, rows));
        }
        if let Some(file) = &hook.cases {
            let path = dir.join(file);
            let (_, cases) = files::read_cases(&path).map_err(FileError::from)?;
            written.cases = Some((path, cases));
        }
        let report = engine.check(hook, &written.text, &[]);
        lines.extend(mistakes(&written, &report));
    }
    if lines.is_empty() { Ok(()) } else { Err(anyhow::Error::msg(lines.join("\n"))) }
}
