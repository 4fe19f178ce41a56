//! The binary `cunshi`.

use std::process::ExitCode;

use clap::Parser;
use cunshi_server::command::Arguments;
use mimalloc::MiMalloc;

/// Pages are many small pieces of text: an allocator made for that is worth a tenth of a page.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

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
