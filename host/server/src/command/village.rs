//! `cunshi village …`: the villages of a data folder.

use anyhow::Result;
use clap::Subcommand;

mod list;
mod verify;

/// The commands.
#[derive(Subcommand)]
pub enum Village {
    /// Lists the villages with their towns.
    List(list::List),
    /// Proves that a village's audit, indexes and documents agree; all of them when none is named.
    Verify(verify::Verify),
}

/// Runs one.
pub async fn run(command: Village) -> Result<()> {
    match command {
        Village::List(command) => list::run(&command).await,
        Village::Verify(command) => verify::run(&command).await,
    }
}
