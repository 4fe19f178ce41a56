//! `cargo xtask test`: builds what the tests start and load, then runs them all.

use anyhow::Result;
use clap::Args;

use crate::{plugins, tools};

/// Arguments of `test`.
#[derive(Args, Default)]
pub struct Test {
    /// Handed on to `cargo test`: a filter, or `--package cunshi-store`, or `-- --nocapture`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// The host's binary and every plugin first: end-to-end tests start the one and load the others.
pub fn run(test: &Test) -> Result<()> {
    let host = tools::host(false)?;
    plugins::build(Some(&host))?;
    let mut command = tools::cargo();
    command.arg("test");
    if !test.arguments.iter().any(|argument| argument == "-p" || argument.starts_with("--package")) {
        command.arg("--workspace");
    }
    tools::run(command.args(&test.arguments))
}
