//! Rules in files: published once, the console's later word kept, and what is wrong with one said by its place.

use cunshi_contract::Manifest;
use cunshi_contract::rule::RuleText;
use cunshi_runtime::package;
use cunshi_store::SpaceStore;

use super::*;

/// A component without anything in it: a module whose manifest declares a rule and nothing else.
const EMPTY: [u8; 8] = [0, b'a', b's', b'm', 0x0d, 0, 1, 0];

const MANIFEST: &str = r#"
name = "points"
version = "1.0.0"
title = { zh = "积分", en = "Points" }
summary = { zh = "好事记分", en = "Good deeds earn points" }
icon = "star"
in = ["village", "district"]

[uses]

[[rule]]
name = "points.award"
title = { zh = "记多少分", en = "What a deed earns" }
entry = "award(deed)"
default = "rules/award.rhai"
input = [{ name = "item", kind = "text", required = true }]
output = [{ name = "points", kind = "points", required = true }]
table = [
  { name = "item", kind = "text", required = true, label = { zh = "项目", en = "Item" } },
  { name = "points", kind = "points", required = true, label = { zh = "分数", en = "Points" } },
]
"#;

const SCRIPT: &str = "fn award(deed) {\n    #{ points: row(deed.item).points }\n}\n";

const TABLE: &str = "[[row]]\nitem = \"help\"\npoints = 1\n\n[[row]]\nitem = \"patrol\"\npoints = 10\n";
const TABLE_FILE: &str = "villages/510303108001/rules/points.award.table.toml";
const CASES_FILE: &str = "villages/510303108001/rules/points.award.cases.toml";
const SCRIPT_FILE: &str = "villages/510303108001/rules/points.award.rhai";
const GUARDS_FILE: &str = "rules/guards.toml";

const CASES: &str = r#"[[case]]
name = "帮一次 1 分"
input = { item = "help" }
output = { points = 1 }

[[case]]
name = "巡逻一次 10 分"
input = { item = "patrol" }
output = { points = 10 }
"#;

const GUARDS: &str = r#"[[guard]]
name = "cap-per-award"
hook = "points.award"
say = { zh = "一次最多 100 分", en = "At most 100 points" }
output = "points"
max = 100
"#;

impl Office {
    /// An office with the module that declares the rule.
    async fn with_rules() -> Self {
        let office = Self::new().await;
        let mut manifest = Manifest::from_toml(MANIFEST).unwrap();
        manifest.rules[0].built = Some(RuleText { script: SCRIPT.into(), table: Vec::new(), cases: Vec::new() });
        let file = office.folder.path().join("points.wasm");
        fs::write(&file, package::append_manifest(&EMPTY, &manifest).unwrap()).unwrap();
        office.house.install(&file).await.unwrap();
        office
    }

    fn removes(&self, name: &str) {
        fs::remove_file(self.folder.path().join("tenants").join(name)).unwrap();
    }

    /// What is said of a folder that cannot even be read.
    fn unreadable(&self) -> String {
        let error = Tenants::read(&self.folder.path().join("tenants")).unwrap_err();
        error.to_string().replace(&format!("{}/tenants/", self.folder.path().display()), "")
    }

    async fn rules_of(&self, code: &str) -> Arc<SpaceStore> {
        let space = self.house.space(code).unwrap();
        self.house.store.space(space.id).await.unwrap()
    }

    /// Version of the rule that decides, and what it gives for an item.
    async fn decides(&self, code: &str, item: &str) -> Option<(u32, Value)> {
        let rules = self.rules_of(code).await.active_rules(self.house.clock.now()).await.unwrap();
        let rule = rules.get("points.award")?;
        let row = rule.text.table.iter().find(|row| row["item"] == item)?;
        Some((rule.version, row["points"].clone()))
    }

    /// What a village publishes in its console.
    async fn console_publishes(&self, code: &str, points: i64) {
        let row = json!({ "item": "help", "points": points }).as_object().unwrap().clone();
        let text = RuleText { script: SCRIPT.into(), table: vec![row], cases: Vec::new() };
        let (store, now) = (self.rules_of(code).await, self.house.clock.now());
        let version = store.save_rule("points.award", &text, "按大家的意见", None, None, now).await.unwrap();
        store.publish_rule("points.award", version, now, None, true, now).await.unwrap();
    }
}

#[tokio::test]
async fn a_rule_of_the_files_is_published_once() {
    let office = Office::with_rules().await;
    office.writes(TABLE_FILE, TABLE);
    office.writes(CASES_FILE, CASES);
    office.writes("rules/points.award.table.toml", "[[row]]\nitem = \"help\"\npoints = \"0.5\"\n");
    let lines = office.applies(false).await;
    let published: Vec<_> = lines.iter().filter(|line| line.contains("rule")).collect();
    assert_eq!(
        published,
        [
            "+ 510303000000 贡井区: would publish rule points.award (version 1) (rules/points.award.table.toml)",
            "+ 510303108001 天府社区: would publish rule points.award (version 1) \
             (villages/510303108001/rules/points.award.table.toml)",
        ]
    );
    assert_eq!(office.decides("510303108001", "help").await, Some((1, json!(1))));
    assert_eq!(office.decides("510303106209", "help").await, None, "it follows the district");
    assert_eq!(office.decides("510303000000", "help").await, Some((1, json!("0.5"))));
    let versions = office.rules_of("510303108001").await.rule_versions("points.award").await.unwrap();
    let [version] = versions.as_slice() else { panic!("one version") };
    assert!(version.active && version.checked.is_some() && version.author.is_none());

    assert!(Plan::is_made(&office.house, &office.tenants()).await.unwrap());
    let second = office.plans(false).await;
    assert!(second.is_nothing());
    assert_eq!(office.lines(&second), ["= 5 spaces are as they should be"]);
}

#[tokio::test]
async fn a_changed_file_is_the_next_version() {
    let office = Office::with_rules().await;
    office.writes(TABLE_FILE, TABLE);
    office.applies(false).await;
    office.writes(TABLE_FILE, &TABLE.replace("points = 1\n", "points = 2\n"));
    assert!(!Plan::is_made(&office.house, &office.tenants()).await.unwrap());
    assert_eq!(
        office.applies(false).await,
        [
            "~ 510303108001 天府社区: would publish rule points.award (version 2) \
             (villages/510303108001/rules/points.award.table.toml)",
            "= 4 spaces are as they should be",
        ]
    );
    assert_eq!(office.decides("510303108001", "help").await, Some((2, json!(2))));
}

#[tokio::test]
async fn what_a_village_published_in_its_console_is_reported_and_kept() {
    let office = Office::with_rules().await;
    office.writes(TABLE_FILE, TABLE);
    office.applies(false).await;
    office.console_publishes("510303108001", 7).await;

    let drift = "! 510303108001 天府社区: rule points.award was published in the console since (version 2); \
                 the files say otherwise (villages/510303108001/rules/points.award.table.toml); kept unless --force";
    assert_eq!(office.applies(false).await, [drift, "= 4 spaces are as they should be"]);
    assert_eq!(office.applies(false).await, [drift, "= 4 spaces are as they should be"], "it is said every time");
    assert_eq!(office.decides("510303108001", "help").await, Some((2, json!(7))));

    let forced = office.applies(true).await;
    assert!(
        forced[0].starts_with("~ 510303108001 天府社区: would publish rule points.award (version 3)"),
        "{forced:?}"
    );
    assert_eq!(office.decides("510303108001", "help").await, Some((3, json!(1))));
    assert_eq!(office.applies(false).await, ["= 5 spaces are as they should be"]);
}

#[tokio::test]
async fn a_rule_taken_out_of_the_files_leaves_the_hook_to_the_district() {
    let office = Office::with_rules().await;
    office.writes(TABLE_FILE, TABLE);
    office.applies(false).await;
    office.removes(TABLE_FILE);
    assert_eq!(
        office.applies(false).await,
        [
            "~ 510303108001 天府社区: would take rule points.award out of force: the files have it no more",
            "= 4 spaces are as they should be",
        ]
    );
    assert_eq!(office.decides("510303108001", "help").await, None);
}

#[tokio::test]
async fn guards_and_locks_are_the_districts() {
    let office = Office::with_rules().await;
    let locked = format!("lock = [\"points.award\"]\n\n{GUARDS}");
    office.writes(GUARDS_FILE, &locked);
    office.applies(false).await;
    let district = office.house.store.district();
    assert_eq!(district.guards().await.unwrap()[0].name, "cap-per-award");
    assert_eq!(district.locks().await.unwrap(), ["points.award"]);

    office.writes(GUARDS_FILE, GUARDS);
    assert_eq!(
        office.applies(false).await,
        ["~ 510303000000 贡井区: locks 1 entries → default", "= 4 spaces are as they should be"]
    );
    assert!(district.locks().await.unwrap().is_empty());

    office.writes(GUARDS_FILE, &GUARDS.replace("hook = \"points.award\"", "hook = \"points.awards\""));
    assert_eq!(office.refused().await, "rules/guards.toml: `points` has no rule `points.awards`; it has points.award");
    office.writes(GUARDS_FILE, &GUARDS.replace("output = \"points\"", "output = \"point\""));
    assert_eq!(
        office.refused().await,
        "rules/guards.toml: the guard `cap-per-award`: `points.award` has no output `point`"
    );
}

#[tokio::test]
async fn a_rule_that_fails_its_check_is_refused_by_its_place() {
    let office = Office::with_rules().await;
    office.writes(GUARDS_FILE, GUARDS);
    office.writes(TABLE_FILE, &TABLE.replace("points = 10", "points = 1000"));
    let said = office.refused().await;
    assert!(said.starts_with(&format!("{TABLE_FILE}:5: ")) && said.contains("At most 100 points"), "{said}");

    office.writes(TABLE_FILE, &TABLE.replace("points = 10", "pionts = 10"));
    let said = office.refused().await;
    assert!(said.starts_with(&format!("{TABLE_FILE}:5: ")) && said.contains("pionts"), "{said}");
    assert_eq!(said.lines().count(), 2, "an unknown column, and the one that is missing: {said}");

    office.writes(TABLE_FILE, TABLE);
    office.writes(CASES_FILE, &CASES.replace("points = 10", "points = 11"));
    let said = office.refused().await;
    assert!(said.starts_with(&format!("{CASES_FILE}:6: ")) && said.contains("巡逻一次 10 分"), "{said}");

    office.writes(CASES_FILE, &CASES.replace("\"patrol\"", "\"singing\""));
    let said = office.refused().await;
    assert!(said.starts_with(&format!("{CASES_FILE}:6: in the module's own script, line 2, column ")), "{said}");

    office.writes(CASES_FILE, CASES);
    office.writes(SCRIPT_FILE, "// 记分\nfn award(deed) {\n    #{ points: rwo(deed.item).points }\n}\n");
    let said = office.refused().await;
    assert!(said.starts_with(&format!("{SCRIPT_FILE}:3: column ")) && said.contains("rwo"), "{said}");
}

#[tokio::test]
async fn a_broken_file_is_one_sentence_with_its_line() {
    let office = Office::with_rules().await;
    office.writes(TABLE_FILE, "[[row]]\nitem = \"help\"\npoints = \n");
    let said = office.refused().await;
    assert!(said.starts_with(&format!("{TABLE_FILE}:3: ")) && said.lines().count() == 1, "{said}");

    office.removes(TABLE_FILE);
    office.writes("villages/510303108001/rules/points.awards.rhai", SCRIPT);
    assert_eq!(
        office.refused().await,
        "villages/510303108001/rules/points.awards.rhai: `points` has no rule `points.awards`; it has points.award"
    );
    office.removes("villages/510303108001/rules/points.awards.rhai");

    office.writes("villages/510303108001/rules/award.rhai", SCRIPT);
    assert_eq!(
        office.unreadable(),
        "villages/510303108001/rules/award.rhai: it is no file of a rule: these are named like points.award.rhai \
         or points.award.table.toml"
    );
    office.removes("villages/510303108001/rules/award.rhai");

    office.writes(GUARDS_FILE, "lock = \"points.award\"\n");
    let said = office.unreadable();
    assert!(said.starts_with("rules/guards.toml:1: "), "{said}");
}

#[tokio::test]
async fn rules_wait_for_their_module() {
    let office = Office::new().await;
    office.writes(TABLE_FILE, TABLE);
    assert_eq!(
        office.refused().await,
        "villages/510303108001/rules/points.award.table.toml: the module `points` is not installed: run `cunshi \
         plugin install` first"
    );
}
