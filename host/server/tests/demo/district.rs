//! Four villages of the district, by their own files, and the demo in them: built once, copied for each test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use cunshi_contract::Lang;
use cunshi_model::calendar::start_of;
use cunshi_model::clock::HOUR;
use cunshi_model::{Actor, ManualClock, Member, Micros, Role, Via};
use cunshi_runtime::Caller;
use cunshi_server::demo::{self, Made, Order};
use cunshi_server::wire::House;
use cunshi_store::StoreOptions;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// 天府社区
pub const TIANFU: &str = "510303108001";
/// 照石村
pub const ZHAOSHI: &str = "510303106209";
/// 万坪村, with judging by three.
pub const WANPING: &str = "510303104201";
/// 重滩村, whose worker comes home.
pub const CHONGTAN: &str = "510303101210";
/// All of them.
pub const VILLAGES: [&str; 4] = [TIANFU, ZHAOSHI, WANPING, CHONGTAN];
/// 成佳镇, 五宝镇, 龙潭镇 and 建设镇.
pub const TOWNS: [&str; 4] = ["510303108000", "510303106000", "510303104000", "510303101000"];
/// 贡井区
pub const DISTRICT: &str = "510303000000";
/// What runs in them.
const MODULES: [&str; 8] = ["issues", "points", "notices", "jobs", "services", "diaries", "disclosure", "profile"];

/// Tuesday, 24 November 2026, at 15:00 in China.
pub fn now() -> Micros {
    start_of(jiff::civil::date(2026, 11, 24)) + 15 * HOUR
}

/// The demo of the four villages in a folder.
pub fn order(folder: &Path) -> Order {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (from, tenants) = (root.join("tenants/gongjing"), folder.join("tenants"));
    copy(&from.join("rules"), &tenants.join("rules"));
    for file in ["district.toml", "calendar.toml"] {
        fs::copy(from.join(file), tenants.join(file)).unwrap();
    }
    let all = fs::read_to_string(from.join("villages.csv")).unwrap();
    let ours = |line: &&str| line.starts_with("code,") || VILLAGES.iter().any(|code| line.starts_with(code));
    fs::write(tenants.join("villages.csv"), all.lines().filter(ours).collect::<Vec<_>>().join("\n")).unwrap();
    for code in VILLAGES {
        copy(&from.join("villages").join(code), &tenants.join("villages").join(code));
    }
    let plugins = MODULES.map(|name| root.join(format!("target/cunshi/{name}.wasm"))).into();
    Order { data: folder.join("data"), files: None, tenants, plugins, now: now(), compiler: None }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap().path();
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, target).unwrap();
        }
    }
}

/// The demo, built once by whichever test needs it first.
static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let order = order(folder.path());
    let building = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(demo::make(&order)).unwrap()
    });
    assert_eq!(building.join().unwrap(), Made::Now);
    folder
});

/// A data folder, opened at the present.
pub async fn open(data: &Path) -> House {
    let clock = Arc::new(ManualClock::at(now()));
    House::open(data, StoreOptions::default(), clock, None::<PathBuf>).await.unwrap()
}

/// The demo's district, for one test.
pub struct Demo {
    pub house: House,
    _folder: TempDir,
}

impl Demo {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        tokio::task::spawn_blocking({
            let data = data.clone();
            move || copy(&BUILT.path().join("data"), &data)
        })
        .await
        .unwrap();
        Self { house: open(&data).await, _folder: folder }
    }

    /// The same district built once more.
    pub async fn again() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let order = order(folder.path());
        assert_eq!(demo::make(&order).await.unwrap(), Made::Now);
        Self { house: open(&order.data).await, _folder: folder }
    }

    /// Everybody of a village.
    pub async fn people(&self, code: &str) -> Vec<Member> {
        let space = self.house.space(code).unwrap().id;
        self.house.store.space(space).await.unwrap().members(None, None, 200).await.unwrap()
    }

    /// Somebody of a village, by name.
    pub async fn person(&self, code: &str, name: &str) -> Member {
        self.people(code).await.into_iter().find(|member| member.name == name).unwrap()
    }

    /// Somebody of an office: a cadre of a village, an officer of a town or the district.
    pub async fn worker(&self, code: &str) -> Member {
        let works = |role: &Role| [Role::Cadre, Role::Officer].contains(role);
        self.people(code).await.into_iter().find(|member| member.roles.iter().any(works)).unwrap()
    }

    /// What a page says, as JSON.
    pub async fn page(&self, code: &str, by: Option<&Member>, plugin: &str, page: &str, params: Value) -> String {
        let caller = self.caller(code, by).await;
        let params = params.as_object().cloned().unwrap_or_default();
        let view = self.house.runtime.page(&caller, plugin, page, params).await.unwrap();
        serde_json::to_string(&view).unwrap()
    }

    /// Who asks: somebody, or a visitor.
    async fn caller(&self, code: &str, by: Option<&Member>) -> Caller {
        let visitor = Caller::visitor(self.house.space(code).unwrap().id, Lang::Zh);
        let Some(member) = by else { return visitor };
        Caller {
            actor: Some(Actor { person: member.person, via: Via::Web, on_behalf_of: None }),
            name: member.name.clone(),
            household: member.household,
            roles: self.house.store.standing(member.person, visitor.space).await.unwrap().roles,
            ..visitor
        }
    }

    /// What a query answers.
    pub async fn ask(&self, code: &str, by: Option<&Member>, plugin: &str, query: &str, params: Value) -> Value {
        let caller = self.caller(code, by).await;
        let params = params.as_object().cloned().unwrap_or_default();
        self.house.runtime.query(&caller, plugin, query, params).await.unwrap()
    }

    /// All that a query lists, page by page.
    pub async fn list(&self, code: &str, by: Option<&Member>, query: [&str; 3], params: Value) -> Vec<Value> {
        let [plugin, query, list] = query;
        let (mut all, mut params) = (Vec::new(), params.as_object().cloned().unwrap_or_else(Map::new));
        loop {
            let page = self.ask(code, by, plugin, query, Value::Object(params.clone())).await;
            all.extend(page[list].as_array().unwrap().iter().cloned());
            match page.get("next").filter(|next| !next.is_null()) {
                Some(next) => drop(params.insert("cursor".to_owned(), next.clone())),
                None => return all,
            }
        }
    }

    /// The public cases of a village, newest first.
    pub async fn cases(&self, code: &str) -> Vec<Value> {
        self.list(code, None, ["issues", "cases", "cases"], json!({ "limit": 50 })).await
    }
}
