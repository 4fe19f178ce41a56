//! `cargo xtask serve`: from a clean clone to a running district.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{plugins, tools};

/// Arguments of `serve`.
#[derive(Args)]
pub struct Serve {
    /// Without demo people and activity.
    #[arg(long)]
    no_demo: bool,
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// The data folder.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// With the optimised build.
    #[arg(long)]
    release: bool,
}

/// Builds the host and the plugins, then becomes `cunshi serve`, which installs the plugins, applies the
/// tenants' files and makes the demo, each only when there is something to do.
pub fn run(serve: &Serve) -> Result<()> {
    let host = tools::host(serve.release)?;
    let plugins = plugins::build(Some(&host))?;
    let mut command = Command::new(host);
    command.arg("serve").arg("--data").arg(&serve.data).args(["--listen", &serve.listen]);
    command.arg("--tenants").arg(tools::root().join("tenants/gongjing"));
    for plugin in plugins.iter().filter(|plugin| plugin.ours) {
        command.arg("--plugin").arg(plugin.component());
    }
    if !serve.no_demo {
        command.arg("--demo");
    }
    become_it(&mut command)
}

/// Hands the process over, so that signals and the exit status are the server's own.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::new(command.exec()).context("the host's binary does not start"))
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<()> {
    tools::run(command)
}
