//! The demo: people and months of activity for every village of the tenants' files, so that whoever looks for
//! the first time sees a district at work.
//!
//! Everything is done through the calls that people make ([`cunshi_runtime::Runtime::act`], the web side's
//! uploads), under a clock that is moved from spring to the present and with seeded chance; no row is written
//! by hand. It is built without syncing each commit and synced to disk as a whole at the end; a folder whose
//! building was interrupted is known by a marker file and built again from nothing.
//!
//! [`people`] settles, [`script`] decides what happens when ([`cases`]: what is said; [`points`]: what earns points;
//! [`tale`]: the story of the fig tree; [`notices`], [`jobs`], [`services`], [`diaries`], [`disclosure`] and [`profile`],
//! written at a [`desk`]), [`stage`] plays it. To let people do one more thing, add it to its module's file; for one more
//! module, add a file that writes at a desk, and its seed below.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use cunshi_model::clock::MINUTE;
use cunshi_model::{ManualClock, Micros, Role};
use cunshi_store::StoreOptions;
use cunshi_web::{Web, WebOptions};
use rand::SeedableRng;
use rand::rngs::StdRng;

use self::play::Module;
use crate::plan::Plan;
use crate::tenants::Tenants;
use crate::wire::{self, House};
use crate::words::say;

mod cases;
mod desk;
mod diaries;
mod disclosure;
mod hours;
mod jobs;
mod matters;
mod names;
mod notices;
mod people;
mod pictures;
mod play;
mod points;
mod profile;
mod script;
mod services;
mod stage;
mod tale;
mod visits;

/// The note of a data folder that holds the demo.
pub const NOTE: &str = "demo";

/// The file that stands in a data folder while the demo is being built.
const UNFINISHED: &str = "demo.unfinished";

/// The password of everybody in the demo.
pub const PASSWORD: &str = "gongjing2026";

/// What chance starts from: the same files and the same day give the same demo.
const SEED: u64 = 0x0813;

/// What to build, and where.
pub struct Order {
    /// The data folder.
    pub data: PathBuf,
    /// The folder of uploaded files; in the data folder when none.
    pub files: Option<PathBuf>,
    /// The tenants' files.
    pub tenants: PathBuf,
    /// Components to install.
    pub plugins: Vec<PathBuf>,
    /// The present, up to which things have happened.
    pub now: Micros,
    /// The program that compiles components; none compiles in this process.
    pub compiler: Option<PathBuf>,
}

/// Somebody whose sign-in is printed.
pub(crate) struct Known {
    space: &'static str,
    role: Role,
    name: &'static str,
    phone: &'static str,
    place: &'static str,
}

const fn known(space: &'static str, place: &'static str, role: Role, name: &'static str, phone: &'static str) -> Known {
    Known { space, role, name, phone, place }
}

/// Those who may be signed in as, in the order in which they are printed.
const KNOWN: [Known; 10] = [
    known("510303108001", "天府社区", Role::Member, "林秀英", "19900000001"),
    known("510303108001", "天府社区", Role::Cadre, "简书记", "19900000002"),
    known("510303108001", "天府社区", Role::Admin, "曾利华", "19900000003"),
    known("510303108001", "天府社区", Role::Supervisor, "邓国清", "19900000004"),
    known("510303106209", "照石村", Role::Member, "罗定安", "19900000011"),
    known("510303106209", "照石村", Role::Cadre, "周主任", "19900000012"),
    known("510303106209", "照石村", Role::Admin, "余晓容", "19900000013"),
    known("510303108000", "成佳镇", Role::Officer, "王镇长", "19900000021"),
    known("510303106000", "五宝镇", Role::Officer, "钟志明", "19900000022"),
    known("510303000000", "贡井区", Role::Officer, "唐敏", "19900000031"),
];

/// Who may sign in, as a table for people.
pub fn sign_ins() -> String {
    let mut lines = say(
        format!("演示账号（密码都是 {PASSWORD}）：\n"),
        format!("Demo sign-ins (the password is always {PASSWORD}):\n"),
    );
    for known in &KNOWN {
        let role = match known.role {
            Role::Member => say("村民", "villager"),
            Role::Cadre => say("村干部", "cadre"),
            Role::Supervisor => say("监委会", "supervisor"),
            Role::Admin => say("村管理员", "admin"),
            Role::Officer => say("镇、区工作人员", "officer"),
        };
        let _ = writeln!(lines, "  {}  {}  {}  {role}  /v/{}", known.phone, known.place, known.name, known.space);
    }
    lines
}

/// Whether the demo was made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was.
    Now,
    /// The folder holds a district already, which is left as it is.
    NotHere,
}

/// Makes the demo in an empty folder, or again in one where it was interrupted.
pub async fn make(order: &Order) -> Result<Made> {
    let marker = order.data.join(UNFINISHED);
    {
        let _lock = wire::lock(&order.data)?;
        if marker.is_file() {
            eprintln!("» {}", say("上次没有建完，从头再建", "the last attempt was interrupted: building anew"));
            clear(&order.data)?;
        } else if order.data.join("district.db").is_file() {
            return Ok(Made::NotHere);
        }
        std::fs::write(&marker, "").with_context(|| marker.display().to_string())?;
    }
    build(order).await?;
    sync(&order.data)?;
    std::fs::remove_file(&marker).with_context(|| marker.display().to_string())?;
    Ok(Made::Now)
}

async fn build(order: &Order) -> Result<()> {
    let tenants = Tenants::read(&order.tenants)?;
    let calendar = tenants.calendar.clone().unwrap_or_default();
    let now = order.now - MINUTE;
    let times = tale::Times::before(now, &calendar);
    let clock = ManualClock::at(times.beginning);
    let options = StoreOptions { durable: false, ..StoreOptions::default() };
    let house = House::open(&order.data, options, Arc::new(clock.clone()), order.compiler.clone()).await?;
    for file in &order.plugins {
        house.install(file).await?;
    }
    Plan::draw(&house, &tenants, false).await?.make(&house).await?;

    let mut chance = StdRng::seed_from_u64(SEED);
    let cast = people::settle(&house, &mut chance, times.beginning).await?;
    let tables = points::tables(&house, &cast).await?;
    let mut luck = StdRng::seed_from_u64(SEED + 1);
    let others =
        [Module::Notices, Module::Jobs, Module::Services, Module::Diaries, Module::Disclosure, Module::Profile];
    let others = (2..).zip(others);
    let mut others: Vec<(Module, StdRng)> = others
        .filter(|(_, module)| house.runtime.release(module.name()).is_some())
        .map(|(n, module)| (module, StdRng::seed_from_u64(SEED + n)))
        .collect();
    let play = script::write([&mut chance, &mut luck], &mut others, &cast, &tables, &calendar, &times)?;
    let files = order.files.clone().unwrap_or_else(|| order.data.join("files"));
    let web = Web::new(WebOptions::new(files), house.store.clone(), house.runtime.clone(), house.clock.clone())?;
    stage::perform(&house, &web, &clock, &cast, &play, now).await?;
    clock.set(now);
    house.runtime.work_all(stage::ROUNDS).await?;
    // Photos of claims for which the village gives nothing.
    web.sweep_files().await?;
    house.store.district().set_note(NOTE, "done").await?;
    house.close().await;
    Ok(())
}

/// Removes what an interrupted building left. Compiled code may stay: it is found by digest.
fn clear(data: &Path) -> Result<()> {
    for entry in std::fs::read_dir(data)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let removed = match name.as_str() {
            "spaces" | "plugins" | "files" => std::fs::remove_dir_all(&path),
            _ if name.starts_with("district.db") => std::fs::remove_file(&path),
            _ => Ok(()),
        };
        removed.with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Syncs every file to disk: the commits were not.
fn sync(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync(&path)?;
        } else {
            std::fs::File::open(&path).and_then(|file| file.sync_all()).with_context(|| path.display().to_string())?;
        }
    }
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).with_context(|| folder.display().to_string())
}

/// Shows how far something is: in place on a terminal, at its beginning elsewhere.
fn progress(what: &str, done: usize, of: usize) {
    let mut error = std::io::stderr();
    if error.is_terminal() {
        let end = if done + 1 >= of { "\n" } else { "" };
        let _ = write!(error, "\r» {what} {}/{of}{end}", (done + 1).min(of));
        let _ = error.flush();
    } else if done == 0 {
        let _ = writeln!(error, "» {what}");
    }
}
