//! `cunshi village verify`: walks the audit chain and compares documents with their indexes.

use anyhow::Result;
use clap::Args;
use cunshi_model::Space;

use crate::command::Data;
use crate::wire::House;
use crate::words::{say, wrong};

/// Arguments of `village verify`.
#[derive(Args)]
pub struct Verify {
    /// Codes of villages, towns or the district; all of them when none is given.
    codes: Vec<String>,
    #[command(flatten)]
    data: Data,
}

/// Prints a line per space and a line per flaw; fails when there is one.
pub async fn run(command: &Verify) -> Result<()> {
    let house = command.data.open().await?;
    let verified = verify(&house, &command.codes).await;
    house.close().await;
    match verified? {
        0 => Ok(()),
        flaws => Err(wrong(format!("发现 {flaws} 处不一致"), format!("{flaws} flaws were found"))),
    }
}

async fn verify(house: &House, codes: &[String]) -> Result<usize> {
    let spaces: Vec<Space> = if codes.is_empty() {
        house.store.district().tree().all().to_vec()
    } else {
        codes.iter().map(|code| house.space(code)).collect::<Result<_>>()?
    };
    let mut flaws = 0;
    for space in spaces {
        let report = house.store.space(space.id).await?.verify().await?;
        let (rows, documents) = (report.audit_rows, report.documents);
        let counted =
            say(format!("审计 {rows} 行，文档 {documents} 份"), format!("{rows} audit rows, {documents} documents"));
        let mark = if report.is_sound() { "=" } else { "!" };
        println!("{mark} {} {}: {counted}", space.code, space.name);
        for flaw in &report.flaws {
            println!("  {flaw}");
        }
        flaws += report.flaws.len();
    }
    Ok(flaws)
}
