//! `cunshi rule test`.

use anyhow::{Result, bail};
use clap::Args;
use cunshi_rules::Rules;

use super::sources::{Given, find};
use crate::words::{lang, say};

/// Arguments of `rule test`.
#[derive(Args)]
pub struct Test {
    #[command(flatten)]
    given: Given,
}

/// Every case on a line: `+` came out as written, `!` did not. What keeps a rule from running is said in their place.
pub fn run(command: &Test) -> Result<()> {
    let engine = Rules::new();
    let (mut cases, mut failed) = (0, 0);
    for source in find(&command.given)? {
        let report = engine.check(&source.hook, &source.written.text, &source.guards);
        println!("{}", source.title());
        for case in &report.cases {
            cases += 1;
            match &case.message {
                None => println!("  + {}", case.name),
                Some(message) => println!("  ! {}: {}", case.name, message.get(lang())),
            }
        }
        let before = report.errors.len() - report.cases.iter().filter(|case| !case.ok).count();
        for line in source.mistakes(&report).take(before) {
            println!("  {line}");
        }
        failed += report.errors.len();
    }
    if failed > 0 {
        bail!(say(
            format!("{cases} 个例子，{failed} 处不对"),
            format!("{cases} cases, {failed} not as they should be")
        ));
    }
    Ok(())
}
