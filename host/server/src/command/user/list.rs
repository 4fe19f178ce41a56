//! `cunshi user list`.

use anyhow::Result;
use clap::Args;

use crate::command::Data;
use crate::wire::House;

/// Arguments of `user list`.
#[derive(Args)]
pub struct List {
    /// Code of the village, town or district.
    #[arg(long)]
    space: String,
    /// Part of a name.
    #[arg(long)]
    search: Option<String>,
    #[command(flatten)]
    data: Data,
}

/// How many are read at once.
const AT_ONCE: u32 = 200;

/// One line per person: name, telephone, roles; separated by tabs.
pub async fn run(command: &List) -> Result<()> {
    let house = command.data.open().await?;
    let done = list(&house, command).await;
    house.close().await;
    done
}

async fn list(house: &House, command: &List) -> Result<()> {
    let store = house.store.space(house.space(&command.space)?.id).await?;
    let mut after = None;
    loop {
        let members = store.members(command.search.as_deref(), after, AT_ONCE).await?;
        let Some(last) = members.last() else { return Ok(()) };
        after = Some(last.person);
        for member in members {
            let roles: Vec<_> = member.roles.iter().map(|role| role.as_str()).collect();
            println!("{}\t{}\t{}", member.name, member.phone.unwrap_or_default(), roles.join(","));
        }
    }
}
