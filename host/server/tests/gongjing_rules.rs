//! The rules of `tenants/gongjing` as they lie in the files: each passes the check that a console would make, and the
//! same deed earns what each village's own rule says.

#![expect(clippy::unwrap_used, reason = "a test stops where its files cannot be read")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cunshi_contract::rule::{Hook, RuleText};
use cunshi_contract::{Lang, Manifest};
use cunshi_model::rules::{Answered, Guard, Origin, Rule, RuleEngine, Step, digest};
use cunshi_rules::{Rules, files};
use cunshi_runtime::fields;
use cunshi_server::tenants::Tenants;
use serde_json::{Map, Value, json};

const TIANFU: &str = "510303108001";
const ZHAOSHI: &str = "510303106209";
/// 友好村 has no rules of its own.
const DEFAULT: &str = "510303108212";

struct Gongjing {
    folder: PathBuf,
    manifest: Manifest,
    issues: Manifest,
    guards: Vec<Guard>,
    engine: Rules,
}

/// What a rule says of a deed: hundredths, and the lines that the villager reads.
#[derive(Debug, PartialEq)]
struct Award {
    points: i64,
    because: Vec<String>,
    origin: Origin,
}

impl Gongjing {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folder = root.join("tenants/gongjing");
        let guards = files::read_guards(&folder.join("rules/guards.toml")).unwrap().guards;
        let (manifest, issues) = (built(&root.join("plugins/points")), built(&root.join("plugins/issues")));
        Self { manifest, issues, folder, guards, engine: Rules::new() }
    }

    fn hook(&self, name: &str) -> &Hook {
        let hook = self.manifest.rule(name).or_else(|| self.issues.rule(name));
        hook.unwrap_or_else(|| panic!("neither points nor issues has a rule {name}"))
    }

    /// Every folder with rules, and the hooks that it has files for.
    fn folders(&self) -> BTreeMap<PathBuf, Vec<String>> {
        let villages = fs::read_dir(self.folder.join("villages")).unwrap();
        let villages = villages.map(|entry| entry.unwrap().path().join("rules"));
        let folders = villages.chain([self.folder.join("rules")]);
        let with_rules = folders.map(|folder| (files::hooks(&folder).unwrap(), folder));
        with_rules.filter(|(hooks, _)| !hooks.is_empty()).map(|(hooks, folder)| (folder, hooks)).collect()
    }

    /// The rule that decides in a village: its own, the district's, or the module's.
    fn rule(&self, village: &str, hook: &str) -> Rule {
        let hook = self.hook(hook);
        let own = files::read(&self.folder.join("villages").join(village).join("rules"), hook).unwrap();
        let district = || files::read(&self.folder.join("rules"), hook).unwrap();
        let (origin, text) = match own.map(|own| (Origin::Village, own.text)) {
            Some(own) => own,
            None => match district() {
                Some(district) => (Origin::District, district.text),
                None => (Origin::Plugin, hook.built.clone().unwrap()),
            },
        };
        Rule { origin, version: 1, digest: digest(&hook.name, &text), text: Arc::new(text) }
    }

    /// What the village gives for a deed of somebody who has done nothing before.
    fn award(&self, village: &str, deed: &Value) -> Award {
        let (hook, rule) = (self.hook("points.award"), self.rule(village, "points.award"));
        let mut answers: Vec<Answered> = Vec::new();
        loop {
            match self.engine.step(hook, &rule, &self.guards, deed.as_object().unwrap(), &answers) {
                Step::Asks { question, .. } => answers.push(Answered { question, answer: 0 }),
                Step::Decided { output, because } => {
                    let points = output["points"].as_i64().unwrap();
                    return Award { points, because, origin: rule.origin };
                }
                Step::Failed(failure) => panic!("{village}: {failure:?}"),
            }
        }
    }
}

/// The module's manifest with the files of its rules inside, as a build makes it.
fn built(folder: &Path) -> Manifest {
    let mut manifest = Manifest::from_toml(&fs::read_to_string(folder.join("plugin.toml")).unwrap()).unwrap();
    for hook in &mut manifest.rules {
        let script = fs::read_to_string(folder.join(&hook.default)).unwrap();
        let table = hook.rows.as_ref().map(|path| files::read_table(&folder.join(path)).unwrap().0);
        let cases = hook.cases.as_ref().map(|path| files::read_cases(&folder.join(path)).unwrap().0);
        hook.built = Some(RuleText { script, table: table.unwrap_or_default(), cases: cases.unwrap_or_default() });
    }
    manifest
}

fn deed(kind: &str, quantity: &str, unit: &str) -> Value {
    json!({
        "kind": kind, "item": kind, "quantity": quantity, "year_quantity": quantity, "unit": unit,
        "at": 1_788_307_200_000_000_i64, "source": "deed", "has_household": true,
    })
}

#[test]
fn the_script_of_the_how_to_works_as_it_stands_there() {
    let gongjing = Gongjing::read();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/howto/write-a-rule.md");
    let page = fs::read_to_string(page).unwrap();
    let script = page.split("```rhai\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap().to_owned();
    let hook = gongjing.hook("points.award");
    let table = hook.built.clone().unwrap().table;
    let case = json!({
        "name": "neighbour help",
        "input": { "kind": "neighbour-help", "item": "neighbour-help", "quantity": "1", "at": 1_788_519_900_000_000_i64, "source": "claim" },
        "output": { "item": "neighbour-help", "points": 1, "review": "group" },
    });
    let cases = vec![serde_json::from_value(case).unwrap()];
    let report = gongjing.engine.check(hook, &RuleText { script, table, cases }, &gongjing.guards);
    assert!(report.is_ok(), "{report:#?}");
}

#[test]
fn every_rule_passes_its_check_and_the_guards() {
    let gongjing = Gongjing::read();
    let folders = gongjing.folders();
    assert_eq!(folders.len(), 9, "eight villages and the district");
    let mut wrong = Vec::new();
    for (folder, hooks) in &folders {
        assert!(hooks.contains(&"points.award".to_owned()), "{}", folder.display());
        for hook in hooks {
            let hook = gongjing.hook(hook);
            let written = files::read(folder, hook).unwrap().unwrap();
            assert!(written.cases.is_some(), "{}: {} needs cases of its own", folder.display(), hook.name);
            let report = gongjing.engine.check(hook, &written.text, &gongjing.guards);
            let told = report.errors.iter().map(|mistake| {
                let (line, row, text) = (mistake.line, mistake.row, &mistake.message.zh);
                format!("{}/{} line {line:?} row {row:?}: {text}", folder.display(), hook.name)
            });
            wrong.extend(told);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_report_that_is_adopted_earns_what_each_village_says() {
    let gongjing = Gongjing::read();
    let adopted = deed("issue.adopted", "1", "times");
    let tianfu = gongjing.award(TIANFU, &adopted);
    let zhaoshi = gongjing.award(ZHAOSHI, &adopted);
    let default = gongjing.award(DEFAULT, &adopted);
    assert_eq!((tianfu.points, zhaoshi.points, default.points), (200, 500, 100));
    assert_eq!((tianfu.origin, zhaoshi.origin, default.origin), (Origin::Village, Origin::Village, Origin::District));
    assert_eq!(tianfu.because, ["反映问题被采纳，得2分"]);
    assert_eq!(zhaoshi.because, ["反映问题被采纳，得5分"]);
    assert_eq!(default.because, ["反映问题被采纳，按次记 1 分"]);

    let mut of_the_old = adopted;
    of_the_old["age"] = json!(71);
    assert_eq!(gongjing.award(ZHAOSHI, &of_the_old).points, 700);
    assert_eq!(gongjing.award(TIANFU, &of_the_old).points, 200);
}

#[test]
fn ten_hours_of_volunteering_are_a_tier_here_and_hours_there() {
    let gongjing = Gongjing::read();
    let hours = deed("volunteer.hours", "10", "hours");
    let tianfu = gongjing.award(TIANFU, &hours);
    assert_eq!(tianfu.points, 200);
    assert_eq!(tianfu.because, ["志愿服务今年累计10小时", "志愿满10小时，得2分"]);
    let zhaoshi = gongjing.award(ZHAOSHI, &hours);
    assert_eq!(zhaoshi.points, 1_000);
    assert_eq!(zhaoshi.because, ["志愿服务，每小时1分，10小时得10分"]);
    assert_eq!(gongjing.award(DEFAULT, &hours).points, 500);
}

#[test]
fn the_young_who_help_the_old_earn_double_in_zhaoshi() {
    let gongjing = Gongjing::read();
    let mut claim = deed("teach-phone", "1", "");
    claim["source"] = json!("claim");
    claim["age"] = json!(24);
    let award = gongjing.award(ZHAOSHI, &claim);
    assert_eq!(award.points, 600);
    assert_eq!(award.because, ["教老人用手机、看通知，得3分", "你是35岁以下的年轻人，帮的是老人，加倍得6分"]);
}

#[test]
fn reporting_costs_nobody_anything_anywhere() {
    let gongjing = Gongjing::read();
    let tenants = Tenants::read(&gongjing.folder).unwrap();
    for village in tenants.spaces.iter().filter(|space| space.kind.is_village()) {
        for kind in ["issue.adopted", "issue.solved"] {
            let award = gongjing.award(village.code.as_str(), &deed(kind, "1", "times"));
            assert!(award.points > 0 && !award.because.is_empty(), "{} {kind}: {award:?}", village.name);
        }
    }
}

#[test]
fn what_the_villages_set_is_what_the_module_lets_them_set() {
    let gongjing = Gongjing::read();
    let tenants = Tenants::read(&gongjing.folder).unwrap();
    let mut own = 0;
    for space in &tenants.spaces {
        let Some(points) = space.modules.get("points") else { continue };
        let given: Map<String, Value> =
            points.settings.iter().map(|(name, given)| (name.clone(), given.value.clone())).collect();
        own += usize::from(given.len() > 1);
        for (name, value) in &given {
            let field = gongjing.manifest.settings.iter().find(|field| field.name == *name);
            let field = field.unwrap_or_else(|| panic!("{}: points has no setting {name}", space.name));
            let alone = Map::from_iter([(name.clone(), value.clone())]);
            let kept = fields::validate(std::slice::from_ref(field), &alone, Lang::Zh);
            assert!(kept.is_ok(), "{}: {name} = {value}: {kept:?}", space.name);
        }
    }
    assert_eq!(own, 8, "villages with points settings of their own");
}
