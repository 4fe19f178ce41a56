//! `cargo xtask bench`: the figures of docs/benchmarks.md, measured on this machine.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{plugins, tools};

/// Arguments of `bench`.
#[derive(Args)]
pub struct Bench {
    /// Handed on to the benchmark: `call`, `board`, `action`, `decision`, `award`, `ranking` or `start` for one part,
    /// `--write` to keep the table in docs/benchmarks.md, `--data DIR` for a folder that has the demo.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Always the optimised build: other figures would say nothing.
pub fn run(bench: &Bench) -> Result<()> {
    let host = tools::host(true)?;
    plugins::build(Some(&host))?;
    let mut command = Command::new(tools::binary("bench", true)?);
    tools::run(command.current_dir(tools::root()).args(&bench.arguments))
}
