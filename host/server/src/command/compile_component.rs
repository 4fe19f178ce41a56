//! `cunshi compile-component`: the child process in which an untrusted component is compiled.

use std::path::PathBuf;

use anyhow::{Error, Result};
use clap::Args;

/// Arguments of `compile-component`.
#[derive(Args)]
pub struct CompileComponent {
    /// The component.
    input: PathBuf,
    /// Where the compiled code goes.
    output: PathBuf,
}

/// Compiles; the parent has set the limits.
pub fn run(command: &CompileComponent) -> Result<()> {
    cunshi_runtime::compile_main(&command.input, &command.output).map_err(Error::msg)
}
