//! `cunshi plugin build`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use cunshi_runtime::package;

use crate::words::say;

/// Arguments of `plugin build`.
#[derive(Args)]
pub struct Build {
    /// The plugin's folder, with plugin.toml and Cargo.toml.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The component: a file, or a folder in which it is named after the plugin.
    #[arg(long, default_value = ".", value_name = "PATH")]
    out: PathBuf,
}

/// Checks the rules that it brings along, compiles, encodes, puts the manifest inside, and checks what came out.
pub fn run(command: &Build) -> Result<()> {
    if !command.dir.join("plugin.toml").is_file() {
        let dir = command.dir.display();
        bail!(say(
            format!("{dir} 里没有 plugin.toml"),
            format!("{dir} has no plugin.toml: it is not a plugin's folder")
        ));
    }
    super::own_rules::pass(&package::manifest_in(&command.dir)?, &command.dir)?;
    let built = package::build(&command.dir, &command.out)?;
    let (manifest, kib) = (&built.manifest, built.bytes.div_ceil(1024));
    println!("{} {}\t{}\t{kib} KiB", manifest.name, manifest.version, built.component.display());
    Ok(())
}
