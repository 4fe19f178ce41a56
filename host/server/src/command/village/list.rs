//! `cunshi village list`.

use anyhow::Result;
use clap::Args;

use crate::command::Data;

/// Arguments of `village list`.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    data: Data,
}

/// One line per village: code, name, kind, town; separated by tabs.
pub async fn run(command: &List) -> Result<()> {
    let house = command.data.open().await?;
    let tree = house.store.district().tree();
    for space in tree.all().iter().filter(|space| space.kind.is_village()) {
        let town = space.parent.and_then(|id| tree.by_id(id)).map_or("", |town| town.name.as_str());
        println!("{}\t{}\t{}\t{town}", space.code, space.name, space.kind.as_str());
    }
    house.close().await;
    Ok(())
}
