//! `cunshi user grant`.

use anyhow::Result;
use clap::Args;
use cunshi_model::{Member, Role};

use super::{account, role};
use crate::command::Data;
use crate::wire::House;

/// Arguments of `user grant`.
#[derive(Args)]
pub struct Grant {
    /// The person's telephone.
    phone: String,
    /// Code of the village, town or district.
    #[arg(long)]
    space: String,
    /// member, cadre, supervisor, admin or officer.
    #[arg(long, value_parser = role)]
    role: Role,
    /// The role holds in every space beneath too (officers).
    #[arg(long)]
    subtree: bool,
    /// Takes the role back.
    #[arg(long)]
    revoke: bool,
    #[command(flatten)]
    data: Data,
}

/// Grants or revokes; both stand in the space's audit.
pub async fn run(command: &Grant) -> Result<()> {
    let house = command.data.open().await?;
    let done = grant(&house, command).await;
    house.close().await;
    done
}

async fn grant(house: &House, command: &Grant) -> Result<()> {
    let space = house.space(&command.space)?;
    let account = account(house, &command.phone).await?;
    let (store, now) = (house.store.space(space.id).await?, house.clock.now());
    if command.revoke {
        return Ok(store.revoke(account.person, command.role, None, now).await?);
    }
    if house.store.standing(account.person, space.id).await?.member.is_none() {
        let (name, phone) = (account.name, account.phone);
        let member = Member { person: account.person, name, household: None, phone, roles: Vec::new() };
        store.put_member(&member, None, now).await?;
    }
    Ok(store.grant(account.person, command.role, command.subtree, None, now).await?)
}
