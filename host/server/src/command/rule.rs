//! `cunshi rule …`: rules in files, before anybody publishes them. Nothing here needs a data folder.

use anyhow::Result;
use clap::Subcommand;

mod check;
mod sources;
mod test;

pub(in crate::command) use sources::mistakes;

/// The commands.
#[derive(Subcommand)]
pub enum Rule {
    /// Checks rules as a console does before one is published, and says every mistake with its file, line and column.
    Check(check::Check),
    /// Runs the cases of rules and says how each came out.
    Test(test::Test),
}

/// Runs one.
pub fn run(command: Rule) -> Result<()> {
    match command {
        Rule::Check(command) => check::run(&command),
        Rule::Test(command) => test::run(&command),
    }
}
