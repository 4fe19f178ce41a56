//! `cargo xtask screens`: the pictures of the README and of every screen, taken of a demo that is served for it.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{plugins, tools};

/// Arguments of `screens`.
#[derive(Args)]
pub struct Screens {
    /// Where the pictures go.
    #[arg(long, default_value = "docs/screens")]
    out: PathBuf,
    /// The data folder of the demo; made when it is not there.
    #[arg(long, default_value = "target/screens-data")]
    data: PathBuf,
    /// Only pictures whose name holds this.
    name: Option<String>,
}

/// Serves the demo on a free port, photographs it, and stops it.
pub fn run(screens: &Screens) -> Result<()> {
    let host = tools::host(false)?;
    let plugins = plugins::build(Some(&host))?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut serve = Command::new(host);
    serve
        .current_dir(tools::root())
        .args(["serve", "--demo", "--tenants", "tenants/gongjing", "--data"])
        .arg(&screens.data);
    serve.arg(format!("--listen=127.0.0.1:{port}"));
    for plugin in plugins.iter().filter(|plugin| plugin.ours) {
        serve.arg("--plugin").arg(plugin.component());
    }
    let mut serving = Serving(serve.spawn().context("the host's binary does not start")?);
    serving.wait_until_ready(port)?;
    let mut take = Command::new(tools::binary("screens", false)?);
    take.current_dir(tools::root()).arg(format!("http://127.0.0.1:{port}")).arg(&screens.out).args(&screens.name);
    tools::step("taking pictures", &mut take)
}

/// The server, stopped however this ends.
struct Serving(Child);

impl Serving {
    /// The demo may have to be made first: at most five minutes.
    fn wait_until_ready(&mut self, port: u16) -> Result<()> {
        for _ in 0..1500 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok_and(answers) {
                return Ok(());
            }
            if let Some(status) = self.0.try_wait()? {
                bail!("the server stopped ({status})");
            }
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
        bail!("the server is not ready after five minutes")
    }
}

/// Whether `/readyz` answers: the port is open before the demo is made.
fn answers(mut stream: std::net::TcpStream) -> bool {
    use std::io::{Read, Write};
    let asked = stream.write_all(b"GET /readyz HTTP/1.0\r\n\r\n").is_ok();
    let limit = stream.set_read_timeout(Some(std::time::Duration::from_secs(1))).is_ok();
    let mut head = [0; 12];
    asked && limit && stream.read_exact(&mut head).is_ok() && head.ends_with(b"200")
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
