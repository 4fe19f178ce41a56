//! `apply` as its operators meet it: what is said, and that the second run has nothing to say.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cunshi_model::{ManualClock, SpaceKind};
use cunshi_store::StoreOptions;
use serde_json::json;
use tempfile::TempDir;

use super::*;

mod rules;

const TREE: &str = "code,name,kind,town_code,town
510303106209,照石村,village,510303106,五宝镇
510303108001,天府社区,community,510303108,成佳镇
";

const DISTRICT: &str = r#"code = "510303000000"
name = "贡井区"

[village]
office_phone = "0813-0100{n}"

[village.plugins.issues]
settings.mask = "surname"

[town]
[town.plugins.issues]
"#;

struct Office {
    folder: TempDir,
    house: House,
}

impl Office {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let office = Self { house: open(folder.path()).await, folder };
        office.house.install(&issues()).await.unwrap();
        office.writes("district.toml", DISTRICT);
        office.writes("villages.csv", TREE);
        office
    }

    fn writes(&self, name: &str, text: &str) {
        let path = self.folder.path().join("tenants").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn tenants(&self) -> Tenants {
        Tenants::read(&self.folder.path().join("tenants")).unwrap()
    }

    async fn plans(&self, force: bool) -> Plan {
        Plan::draw(&self.house, &self.tenants(), force).await.unwrap()
    }

    /// Applies and gives the lines, without the folder's own path.
    async fn applies(&self, force: bool) -> Vec<String> {
        let plan = self.plans(force).await;
        plan.make(&self.house).await.unwrap();
        self.lines(&plan)
    }

    fn lines(&self, plan: &Plan) -> Vec<String> {
        let path = format!("{}/tenants/", self.folder.path().display());
        plan.lines.iter().map(|line| line.to_string().replace(&path, "")).collect()
    }

    async fn refused(&self) -> String {
        let error = Plan::draw(&self.house, &self.tenants(), false).await.err().unwrap();
        error.to_string().replace(&format!("{}/tenants/", self.folder.path().display()), "")
    }

    async fn setting(&self, code: &str, name: &str) -> Value {
        let space = self.house.space(code).unwrap();
        let profile = self.house.store.space(space.id).await.unwrap().profile().await.unwrap();
        profile.settings.get("issues").and_then(|settings| settings.get(name)).cloned().unwrap_or_default()
    }

    /// What the village's admin sets in the console.
    async fn console_sets(&self, code: &str, settings: Value) {
        let space = self.house.space(code).unwrap();
        let store = self.house.store.space(space.id).await.unwrap();
        store.set_settings("issues", &settings, None, self.house.clock.now()).await.unwrap();
    }
}

async fn open(folder: &Path) -> House {
    let clock = Arc::new(ManualClock::at(1_788_000_000_000_000));
    House::open(&folder.join("data"), StoreOptions::default(), clock, None).await.unwrap()
}

/// Built by `cargo xtask plugins`.
fn issues() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/cunshi/issues.wasm")
}

#[tokio::test]
async fn budgets_are_told_set_and_taken_back() {
    let office = Office::new().await;
    office.applies(false).await;
    let of = async |code: &str| {
        let space = office.house.space(code).unwrap();
        let profile = office.house.store.space(space.id).await.unwrap().profile().await.unwrap();
        office.house.runtime.budgets_of(&profile)
    };
    let usual = of("510303108001").await;
    let path = "villages/510303108001/village.toml";
    office.writes(path, "[budgets]\ndata_operations = 50\nread_cpu_ms = 40\n");
    let lines = office.applies(false).await;
    assert!(lines[0].starts_with("+ 510303108001 天府社区: budgets.data_operations 50 (villages/"), "{lines:#?}");
    let lower = of("510303108001").await;
    assert_eq!((lower.data_operations, lower.read_cpu.as_millis()), (50, 40));
    assert_eq!(of("510303106209").await, usual);
    assert!(office.plans(false).await.is_nothing());
    office.writes(path, "");
    let lines = office.applies(false).await;
    assert!(lines[0].starts_with("~ 510303108001 天府社区: budgets.data_operations 50 → default"), "{lines:#?}");
    assert_eq!(of("510303108001").await, usual);
}

#[tokio::test]
async fn the_second_run_has_nothing_to_do() {
    let office = Office::new().await;
    let first = office.applies(false).await;
    assert_eq!(
        first,
        [
            "+ 510303000000 贡井区 (district)",
            "+ 510303106000 五宝镇 (town, issues)",
            "+ 510303108000 成佳镇 (town, issues)",
            "+ 510303106209 照石村 (village, issues)",
            "+ 510303108001 天府社区 (community, issues)",
        ]
    );
    let tianfu = office.house.space("510303108001").unwrap();
    assert_eq!(tianfu.kind, SpaceKind::Community);
    let town = office.house.space("510303108").unwrap();
    assert_eq!(tianfu.parent, Some(town.id));
    assert!(Plan::is_made(&office.house, &office.tenants()).await.unwrap());

    let second = office.plans(false).await;
    assert!(second.is_nothing());
    assert_eq!(office.lines(&second), ["= 5 spaces are as they should be"]);
}

#[tokio::test]
async fn a_changed_file_changes_what_it_says_and_nothing_else() {
    let office = Office::new().await;
    office.applies(false).await;
    office.writes("villages/510303106209/village.toml", "plugins.issues.settings.mask = \"ends\"\n");
    assert!(!Plan::is_made(&office.house, &office.tenants()).await.unwrap());

    let lines = office.applies(false).await;
    assert_eq!(
        lines,
        [
            "~ 510303106209 照石村: issues.settings.mask surname → ends (villages/510303106209/village.toml:1)",
            "= 4 spaces are as they should be",
        ]
    );
    assert_eq!(office.setting("510303106209", "mask").await, "ends");
    assert_eq!(office.setting("510303108001", "mask").await, "surname");
}

#[tokio::test]
async fn what_a_village_set_in_its_console_is_reported_and_kept() {
    let office = Office::new().await;
    office.applies(false).await;
    office.console_sets("510303108001", json!({ "mask": "villager", "templates": "好的" })).await;

    let drift = "! 510303108001 天府社区: issues.settings.mask was set to villager since; the files say surname \
                 (district.toml:8); kept unless --force";
    assert_eq!(office.applies(false).await, [drift, "= 4 spaces are as they should be"]);
    assert_eq!(office.setting("510303108001", "mask").await, "villager");
    assert_eq!(office.applies(false).await, [drift, "= 4 spaces are as they should be"], "it is said every time");

    let forced = office.applies(true).await;
    assert_eq!(
        forced.first().unwrap(),
        "~ 510303108001 天府社区: issues.settings.mask villager → surname (district.toml:8)"
    );
    assert_eq!(office.setting("510303108001", "mask").await, "surname");
    assert_eq!(office.setting("510303108001", "templates").await, "好的", "the files never spoke of it");
    assert_eq!(office.applies(false).await, ["= 5 spaces are as they should be"]);
}

#[tokio::test]
async fn a_value_taken_out_of_the_files_goes_back_to_its_default() {
    let office = Office::new().await;
    office.applies(false).await;
    office.console_sets("510303108001", json!({ "mask": "villager" })).await;
    office.writes("district.toml", &DISTRICT.replace("settings.mask = \"surname\"\n", ""));

    let lines = office.applies(false).await;
    assert_eq!(
        lines,
        ["~ 510303106209 照石村: issues.settings.mask surname → default", "= 4 spaces are as they should be",]
    );
    assert_eq!(office.setting("510303106209", "mask").await, Value::Null);
    assert_eq!(office.setting("510303108001", "mask").await, "villager", "the village had set its own");
}

#[tokio::test]
async fn drawing_a_plan_changes_nothing() {
    let office = Office::new().await;
    let plan = office.plans(false).await;
    assert!(!plan.is_nothing());
    assert!(office.house.store.district().tree().all().is_empty());
}

#[tokio::test]
async fn a_village_that_left_the_list_stays() {
    let office = Office::new().await;
    office.applies(false).await;
    office.writes("villages.csv", TREE.lines().take(2).collect::<Vec<_>>().join("\n").as_str());
    let lines = office.applies(false).await;
    assert!(
        lines.contains(&"? 510303108001 天府社区 is not in the files and is left as it is".to_owned()),
        "{lines:?}"
    );
    assert!(office.house.space("510303108001").is_ok());
}

#[tokio::test]
async fn a_wrong_setting_is_named_with_its_line() {
    let office = Office::new().await;
    office.writes("district.toml", &DISTRICT.replace("mask", "masc"));
    let said = office.refused().await;
    assert!(said.starts_with("district.toml:8: `issues` has no setting `masc`; it has mask, "), "{said}");

    office.writes("district.toml", &DISTRICT.replace("surname", "everything"));
    let said = office.refused().await;
    assert!(said.starts_with("district.toml:8: mask: "), "{said}");

    office.writes("district.toml", &DISTRICT.replace("[town.plugins.issues]", "[town.plugins.points]"));
    assert_eq!(
        office.refused().await,
        "district.toml:11: the module `points` is not installed: run `cunshi plugin install` first"
    );
}
