//! `cargo xtask ci`: what `.ci/run` runs once the tools are there. The tests come last, so that the last
//! lines are the test runner's.

use anyhow::Result;

use crate::{test, tools};

/// Stops at the first thing that is not in order.
pub fn run() -> Result<()> {
    let cargo = |what: &str, arguments: &str| tools::step(what, tools::cargo().args(arguments.split(' ')));
    cargo("formatting", "fmt --all --check")?;
    cargo("lints", "clippy --quiet --workspace --all-targets -- -D warnings")?;
    cargo("licences, sources, and who uses what", "deny --log-level error check bans licenses sources")?;
    eprintln!("» tests");
    test::run(&test::Test::default())?;
    // Documentation tests run last and may be none: the run closes on tests that are there.
    cargo("the arrows between the crates", "test --workspace --test architecture")
}
