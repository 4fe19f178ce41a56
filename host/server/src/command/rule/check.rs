//! `cunshi rule check`.

use anyhow::{Result, bail};
use clap::Args;
use cunshi_rules::Rules;

use super::sources::{Given, find};
use crate::words::say;

/// Arguments of `rule check`.
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    given: Given,
}

/// A line for every rule that is well, and one for every mistake.
pub fn run(command: &Check) -> Result<()> {
    let engine = Rules::new();
    let (mut rules, mut mistakes) = (0, 0);
    for source in find(&command.given)? {
        let report = engine.check(&source.hook, &source.written.text, &source.guards);
        rules += 1;
        mistakes += report.errors.len();
        if report.is_ok() {
            println!("= {}", source.title());
        }
        for line in source.mistakes(&report) {
            println!("{line}");
        }
    }
    if mistakes > 0 {
        bail!(say(format!("{rules} 条规则里有 {mistakes} 处要改"), format!("{mistakes} mistakes in {rules} rules")));
    }
    Ok(())
}
