//! `cunshi user reset`.

use anyhow::Result;
use clap::Args;

use super::{Password, account, print_password};
use crate::command::Data;
use crate::wire::House;

/// Arguments of `user reset`.
#[derive(Args)]
pub struct Reset {
    /// The person's telephone.
    phone: String,
    #[command(flatten)]
    password: Password,
    #[command(flatten)]
    data: Data,
}

/// Sets the password and closes every session of the person.
pub async fn run(command: &Reset) -> Result<()> {
    let house = command.data.open().await?;
    let done = reset(&house, command).await;
    house.close().await;
    print_password(done?.as_deref());
    Ok(())
}

async fn reset(house: &House, command: &Reset) -> Result<Option<String>> {
    let person = account(house, &command.phone).await?.person;
    let (hash, shown) = command.password.take()?;
    house.store.district().set_password(person, &hash).await?;
    house.store.district().close_sessions_of(person).await?;
    Ok(shown)
}
