//! `cunshi apply DIR`: shows what would change, then makes it so.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::Data;
use crate::plan::Plan;
use crate::tenants::Tenants;
use crate::wire::House;
use crate::words::{say, wrong};

/// Arguments of `apply`.
#[derive(Args)]
pub struct Apply {
    /// The folder with district.toml and villages.csv.
    dir: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Only shows what would change.
    #[arg(long)]
    dry_run: bool,
    /// Also sets what was changed in a console since.
    #[arg(long)]
    force: bool,
}

/// Reads, compares, prints, and unless it is a dry run, does.
pub async fn run(command: Apply) -> Result<()> {
    let tenants = Tenants::read(&command.dir)?;
    if command.dry_run {
        refuse_to_make(&command.data.data)?;
    }
    let house = command.data.open().await?;
    let done = apply(&house, &tenants, command.dry_run, command.force).await;
    house.close().await;
    done
}

async fn apply(house: &House, tenants: &Tenants, dry_run: bool, force: bool) -> Result<()> {
    let plan = Plan::draw(house, tenants, force).await?;
    for line in &plan.lines {
        println!("{line}");
    }
    if plan.is_nothing() {
        println!("{}", say("没有要改的", "nothing to do"));
    }
    if dry_run {
        return Ok(());
    }
    plan.make(house).await?;
    if !plan.is_nothing() {
        println!("{}", say("已生效", "applied"));
    }
    Ok(())
}

/// A dry run changes nothing, so it makes no data folder either.
fn refuse_to_make(data: &Path) -> Result<()> {
    if data.join("district.db").is_file() {
        return Ok(());
    }
    Err(wrong(
        format!("{} 里还没有数据：先运行 cunshi plugin install", data.display()),
        format!("{} holds no data yet: run `cunshi plugin install` first", data.display()),
    ))
}
