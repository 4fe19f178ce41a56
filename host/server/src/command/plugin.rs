//! `cunshi plugin …`: from a folder to an installed release.

use anyhow::Result;
use clap::Subcommand;

mod build;
mod check;
mod install;
mod list;
mod own_rules;

/// The commands.
#[derive(Subcommand)]
pub enum Plugin {
    /// Builds a plugin's folder into one component with its manifest inside.
    Build(build::Build),
    /// Checks a plugin's folder or component as an installation would, without installing it.
    Check(check::Check),
    /// Installs a component; it becomes the release that villages run.
    Install(install::Install),
    /// Lists the installed releases.
    List(list::List),
}

/// Runs one.
pub fn run(command: Plugin) -> Result<()> {
    match command {
        Plugin::Build(command) => build::run(&command),
        Plugin::Check(command) => check::run(&command),
        Plugin::Install(command) => super::asynchronously(install::run(&command)),
        Plugin::List(command) => super::asynchronously(list::run(&command)),
    }
}
