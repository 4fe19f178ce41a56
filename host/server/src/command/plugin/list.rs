//! `cunshi plugin list`.

use anyhow::Result;
use clap::Args;
use cunshi_model::calendar::local_day;

use crate::command::Data;

/// Arguments of `plugin list`.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    data: Data,
}

/// One line per release: name, version, day of installation, digest; `*` marks the active one.
pub async fn run(command: &List) -> Result<()> {
    let house = command.data.open().await?;
    for release in house.store.district().releases().await? {
        let mark = if release.active { '*' } else { ' ' };
        let (day, digest) = (local_day(release.installed), release.digest.get(..12).unwrap_or_default());
        println!("{mark} {}\t{}\t{day}\t{digest}", release.name, release.version);
    }
    house.close().await;
    Ok(())
}
