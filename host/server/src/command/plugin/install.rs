//! `cunshi plugin install`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::command::Data;
use crate::words::say;

/// Arguments of `plugin install`.
#[derive(Args)]
pub struct Install {
    /// The component: what `cunshi plugin build` wrote.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    data: Data,
}

/// Checks, compiles and keeps each component.
pub async fn run(command: &Install) -> Result<()> {
    let house = command.data.open().await?;
    for file in &command.files {
        match house.install(file).await? {
            Some(release) => println!("+ {} {}", release.manifest.name, release.manifest.version),
            None => println!("= {}: {}", file.display(), say("已经安装", "is installed already")),
        }
    }
    house.close().await;
    Ok(())
}
