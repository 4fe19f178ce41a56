//! `cunshi demo`: demo people and activity in an empty data folder.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::Data;
use crate::demo;
use crate::wire::this_program;
use crate::words::wrong;

/// Arguments of `demo`.
#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    data: Data,
    /// The folder with district.toml and villages.csv.
    #[arg(long, default_value = "tenants/gongjing", value_name = "DIR")]
    tenants: PathBuf,
    /// A component to install first; may be given several times.
    #[arg(long = "plugin", value_name = "FILE")]
    plugins: Vec<PathBuf>,
}

/// Generates, or says why not, and prints who may sign in.
pub async fn run(command: Demo) -> Result<()> {
    let order = demo::Order {
        data: command.data.data,
        files: None,
        tenants: command.tenants,
        plugins: command.plugins,
        now: super::system_clock().now(),
        compiler: Some(this_program()?),
    };
    if demo::make(&order).await? == demo::Made::NotHere {
        return Err(wrong(
            format!("{} 里已有数据：演示只建在空目录里", order.data.display()),
            format!("{} holds a district already: the demo is built in an empty folder only", order.data.display()),
        ));
    }
    print!("{}", demo::sign_ins());
    Ok(())
}
