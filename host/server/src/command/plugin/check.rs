//! `cunshi plugin check`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use cunshi_contract::Manifest;
use cunshi_runtime::package;

use crate::words::say;

/// Arguments of `plugin check`.
#[derive(Args)]
pub struct Check {
    /// A plugin's folder, whose plugin.toml and rules are checked, or a component.
    #[arg(default_value = ".")]
    path: PathBuf,
}

/// Says what the plugin is, or all that stands against it, one sentence a line.
pub fn run(command: &Check) -> Result<()> {
    if command.path.is_dir() { folder(&command.path) } else { component(&command.path) }
}

fn folder(dir: &Path) -> Result<()> {
    let path = &dir.join("plugin.toml");
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Manifest::read(&text).map_err(|errors| {
        let lines: Vec<_> = errors
            .iter()
            .map(|error| match error.line {
                Some(line) => format!("{}:{line}: {}", path.display(), error.message),
                None => format!("{}: {}", path.display(), error.message),
            })
            .collect();
        anyhow::Error::msg(lines.join("\n"))
    })?;
    let manifest = package::manifest_in(dir)?;
    super::own_rules::pass(&manifest, dir)?;
    println!("= {} {}", manifest.name, manifest.version);
    Ok(())
}

fn component(path: &Path) -> Result<()> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let report = package::check(&bytes);
    println!("{report}");
    if !report.is_ok() {
        bail!(say(format!("{} 不能安装", path.display()), format!("{} cannot be installed", path.display())));
    }
    Ok(())
}
