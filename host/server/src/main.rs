//! The binary `cunshi`.

use std::process::ExitCode;

use clap::Parser;
use cunshi_server::command::Arguments;

fn main() -> ExitCode {
    match cunshi_server::command::run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One sentence with its causes; never a backtrace.
            eprintln!("cunshi: {}", cunshi_server::words::sentence(&error));
            ExitCode::FAILURE
        }
    }
}
