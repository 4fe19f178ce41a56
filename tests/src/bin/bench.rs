//! `cargo xtask bench`: measures the figures of docs/benchmarks.md and prints them as a table.
//!
//! `--write` keeps the table in docs/benchmarks.md, `--data DIR` uses a data folder with the demo instead of
//! making one, and a word measures only the figures whose name holds it (call, board, action,
//! decision, award, ranking, start).

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use cunshi_tests::bench::{self, Order};
use cunshi_tests::workspace;

/// The program's own, so that both sides of each comparison have it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BEGIN: &str = "<!-- figures -->\n";
const END: &str = "<!-- end of figures -->";

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let (order, write) = arguments(std::env::args().skip(1))?;
    if cfg!(debug_assertions) {
        eprintln!("note: an unoptimised build; its figures say nothing. Run `cargo xtask bench`.");
    }
    let figures = bench::all(&order).await;
    let table = bench::table(&figures);
    print!("{table}");
    if write {
        keep(&table)?;
    }
    Ok(if figures.iter().all(bench::Figure::is_kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<(Order, bool)> {
    let (mut order, mut write) = (Order::default(), false);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--write" => write = true,
            "--data" => order.data = Some(given.next().context("--data needs a folder")?.into()),
            flag if flag.starts_with('-') => bail!("`{flag}` is unknown: there are --write and --data DIR"),
            name => order.only = Some(name.to_owned()),
        }
    }
    if write && order.only.is_some() {
        bail!("--write keeps the whole table: leave out the name of a figure");
    }
    Ok((order, write))
}

/// Puts the table between the marks of docs/benchmarks.md.
fn keep(table: &str) -> Result<()> {
    let path = workspace().join("docs/benchmarks.md");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let (before, rest) = text.split_once(BEGIN).context("docs/benchmarks.md has no mark for the figures")?;
    let (_, after) = rest.split_once(END).context("docs/benchmarks.md has no mark for the end of the figures")?;
    let machine = machine();
    std::fs::write(&path, format!("{before}{BEGIN}{machine}\n\n{table}{END}{after}"))
        .with_context(|| path.display().to_string())
}

/// What the figures depend on most: processor and cores.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(": "));
    format!("Measured on {cores} cores, {}.", model.map_or("an unknown processor", |(_, name)| name))
}
