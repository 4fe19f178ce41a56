//! `cargo xtask …`: what a developer runs. One file per command; to add one, give it a file with its
//! arguments and a `run`, and a line in [`Command`].
//!
//! What does not belong here: anything that a district runs (that is `cunshi`, in host/server).

mod bench;
mod ci;
mod plugins;
mod screens;
mod serve;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, serves and checks Cunshi.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds everything and serves the district of tenants/gongjing with demo people and activity.
    Serve(serve::Serve),
    /// Prepares everything and runs every test.
    Test(test::Test),
    /// Builds the plugins under plugins/, examples/ and tests/guests/ into target/cunshi/.
    Plugins,
    /// Formatting, lints, licences and sources, then every test: what .ci/run runs.
    Ci,
    /// Measures, and compares with hand-written programs: a table with ratios.
    Bench(bench::Bench),
    /// Photographs the demo in a real browser, into docs/screens/.
    Screens(screens::Screens),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(serve) => serve::run(&serve),
        Command::Test(test) => test::run(&test),
        Command::Plugins => plugins::run(),
        Command::Ci => ci::run(),
        Command::Bench(bench) => bench::run(&bench),
        Command::Screens(screens) => screens::run(&screens),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
