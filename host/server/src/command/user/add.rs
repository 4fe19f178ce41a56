//! `cunshi user add`.

use anyhow::Result;
use clap::Args;
use cunshi_model::port::DataError;
use cunshi_model::{Member, Role};
use cunshi_store::NewAccount;

use super::{Password, digits, print_password, role};
use crate::command::Data;
use crate::wire::House;
use crate::words::wrong;

/// Arguments of `user add`.
#[derive(Args)]
pub struct Add {
    /// Code of the village, town or district.
    #[arg(long)]
    space: String,
    /// The name.
    #[arg(long)]
    name: String,
    /// The telephone: what one signs in with.
    #[arg(long)]
    phone: String,
    /// member, cadre, supervisor, admin or officer; may be given several times.
    #[arg(long = "role", value_parser = role, default_value = "member")]
    roles: Vec<Role>,
    /// The roles hold in every space beneath too (officers).
    #[arg(long)]
    subtree: bool,
    #[command(flatten)]
    password: Password,
    #[command(flatten)]
    data: Data,
}

/// Makes the account, puts the person in the space, grants the roles.
pub async fn run(command: &Add) -> Result<()> {
    let phone = digits(&command.phone)?;
    let house = command.data.open().await?;
    let done = add(&house, command, phone).await;
    house.close().await;
    print_password(done?.as_deref());
    Ok(())
}

async fn add(house: &House, command: &Add, phone: String) -> Result<Option<String>> {
    let space = house.space(&command.space)?;
    let (hash, shown) = command.password.take()?;
    let account =
        NewAccount { person: None, name: command.name.clone(), phone: Some(phone.clone()), password_hash: Some(hash) };
    let person = house.store.district().create_account(account).await.map_err(|error| match error {
        DataError::Duplicate { .. } => {
            wrong(format!("电话 {phone} 已有账号"), format!("there is an account with the telephone {phone} already"))
        }
        other => other.into(),
    })?;
    let (store, now) = (house.store.space(space.id).await?, house.clock.now());
    let member = Member { person, name: command.name.clone(), household: None, phone: Some(phone), roles: Vec::new() };
    store.put_member(&member, None, now).await?;
    for role in &command.roles {
        store.grant(person, *role, command.subtree, None, now).await?;
    }
    Ok(shown)
}
