//! `cunshi serve`: the district on an address.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;
use cunshi_web::{Web, WebOptions};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Data;
use crate::plan::Plan;
use crate::senders::{self, Outbox, Senders, Way};
use crate::tenants::Tenants;
use crate::wire::{House, this_program};
use crate::words::{say, wrong};
use crate::{demo, telemetry};

/// How long requests in hand may take once the process is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Arguments of `serve`.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    data: Data,
    /// Applies this folder's district.toml and villages.csv first, when they have changed.
    #[arg(long, value_name = "DIR")]
    tenants: Option<PathBuf>,
    /// Address and port.
    #[arg(long, env = "CUNSHI_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder of uploaded files [default: files in the data folder].
    #[arg(long, env = "CUNSHI_FILES", value_name = "DIR")]
    files: Option<PathBuf>,
    /// Installs this component first, unless it is installed; may be given several times.
    #[arg(long = "plugin", value_name = "FILE")]
    plugins: Vec<PathBuf>,
    /// Fills an empty data folder with demo people and activity first.
    #[arg(long, requires = "tenants")]
    demo: bool,
    /// The address that people type, when a proxy with https stands in front.
    #[arg(long, env = "CUNSHI_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Sends urgent messages out as well: WAY=URL, where the way is sms or wechat-template and the URL a gateway's (or
    /// `log`, to try it out); may be given once for each way. The secret shared with the gateway is taken from
    /// `CUNSHI_SENDER_SMS_SECRET` or `CUNSHI_SENDER_WECHAT_TEMPLATE_SECRET`. See docs/howto/connect-a-sender.md.
    #[arg(long = "sender", env = "CUNSHI_SENDERS", value_name = "WAY=URL", value_delimiter = ',')]
    senders: Vec<Way>,
    /// A proxy stands in front and appends the client's address to X-Forwarded-For.
    #[arg(long)]
    behind_proxy: bool,
    /// Logs as JSON, one object a line.
    #[arg(long)]
    log_json: bool,
}

/// Prepares, serves until told to stop, and closes.
pub async fn run(serve: Serve) -> Result<()> {
    let started = Instant::now();
    telemetry::start(serve.log_json);
    let senders = senders::senders(&serve.senders, &super::system_clock())?;
    // First, so that a port in use is said before anything long is done.
    let listener = listen(serve.listen).await?;
    let here = listener.local_addr().context("the listener has no address")?;
    if serve.demo {
        prepare_demo(&serve).await?;
    }
    let made = Instant::now();
    let house = serve.data.open().await?;
    let served = serve_house(&serve, &house, senders, listener, || {
        let since = if serve.demo { made } else { started };
        println!(
            "{}",
            say(
                format!("{} 毫秒就绪", since.elapsed().as_millis()),
                format!("ready in {} ms", since.elapsed().as_millis())
            )
        );
        println!("http://{here}");
    })
    .await;
    house.close().await;
    served
}

async fn serve_house(
    serve: &Serve,
    house: &House,
    senders: Senders,
    listener: TcpListener,
    ready: impl FnOnce(),
) -> Result<()> {
    // Before anything can send a message.
    let (store, clock) = (house.store.clone(), Arc::clone(&house.clock));
    let outbox = Outbox::new(store, senders, clock, serve.public_url.clone());
    for file in &serve.plugins {
        if let Some(release) = house.install(file).await? {
            println!("+ {} {}", release.manifest.name, release.manifest.version);
        }
    }
    if let Some(folder) = &serve.tenants {
        apply(house, folder).await?;
    }
    let mut options = WebOptions::new(serve.files.clone().unwrap_or_else(|| serve.data.data.join("files")));
    options.secure_cookies = !serve.listen.ip().is_loopback() || serve.public_url.is_some();
    options.public_url.clone_from(&serve.public_url);
    options.behind_proxy = serve.behind_proxy;
    let web = Web::new(options, house.store.clone(), house.runtime.clone(), house.clock.clone())?;
    let router = web.router()?;

    let (stop, stopping) = watch::channel(false);
    let worker = tokio::spawn({
        let (runtime, stopping) = (house.runtime.clone(), stopping.clone());
        async move { runtime.run_worker(stopping).await }
    });
    let sweeper = tokio::spawn({
        let (web, stopping) = (web.clone(), stopping.clone());
        async move { web.run_sweeper(stopping).await }
    });
    let sender = tokio::spawn({
        let stopping = stopping.clone();
        async move { outbox.run(stopping).await }
    });
    ready();
    if house.store.district().note(demo::NOTE).await?.is_some() {
        print!("{}", demo::sign_ins());
    } else if serve.demo {
        println!(
            "{}",
            say("数据目录里已有真实数据，没有加演示", "the data folder holds a district already: no demo was added")
        );
    }
    let mut told = stopping.clone();
    tokio::spawn(async move {
        signal().await;
        let _ = stop.send(true);
    });
    let gone = async move {
        let _ = told.wait_for(|stop| *stop).await;
    };
    let served = tokio::select! {
        served = cunshi_web::serve(listener, router, gone) => served.context("serving failed"),
        () = farewell(stopping) => Ok(()),
    };
    let _ = tokio::time::timeout(FAREWELL, async { tokio::join!(worker, sweeper, sender, web.caught_up()) }).await;
    served
}

/// Applies the files unless these very files were applied before: then no space is opened.
async fn apply(house: &House, folder: &Path) -> Result<()> {
    let tenants = Tenants::read(folder)?;
    if Plan::is_made(house, &tenants).await? {
        return Ok(());
    }
    let plan = Plan::draw(house, &tenants, false).await?;
    for line in &plan.lines {
        println!("{line}");
    }
    plan.make(house).await
}

async fn prepare_demo(serve: &Serve) -> Result<()> {
    let Some(tenants) = serve.tenants.clone() else { return Ok(()) };
    let order = demo::Order {
        data: serve.data.data.clone(),
        files: serve.files.clone(),
        tenants,
        plugins: serve.plugins.clone(),
        now: super::system_clock().now(),
        compiler: Some(this_program()?),
    };
    demo::make(&order).await?;
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => wrong(
            format!("{address} 已被占用：换一个 --listen，或先停下占用它的程序"),
            format!("{address} is in use: choose another with --listen, or stop the program that has it"),
        ),
        std::io::ErrorKind::PermissionDenied => wrong(
            format!("没有权限监听 {address}：1024 以下的端口需要特权"),
            format!("not allowed to listen on {address}: ports below 1024 need privileges"),
        ),
        kind => wrong(format!("不能监听 {address}：{kind}"), format!("cannot listen on {address}: {kind}")),
    })
}

/// Ready when the process is told to stop.
async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

/// Ready some seconds after the stop was told: a client that never finishes does not hold the process.
async fn farewell(mut stopping: watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
    tokio::time::sleep(FAREWELL).await;
}
