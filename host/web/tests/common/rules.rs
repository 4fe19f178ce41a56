//! A plugin with one rule, and a village with people who write and read rules.

use cunshi_contract::rule::Ask;
use cunshi_model::{PersonId, Role};
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use serde_json::{Value, json};

use super::{START, Site};

pub const HOOK: &str = "notes.award";
pub const SCRIPT: &str = r#"fn award(deed) {
    let it = row(deed.item);
    if it == () {
        because("表上没有这一项");
        return #{ item: deed.item, points: 0 };
    }
    because(it.label + "，一次得 " + it.points + " 分");
    #{ item: deed.item, points: it.points }
}
"#;

/// Tokens of the people.
pub struct People {
    pub admin: String,
    pub second: String,
    pub cadre: String,
    pub supervisor: String,
    pub villager: String,
    pub neighbour: String,
    pub officer: String,
    pub elsewhere: String,
    pub lin: PersonId,
}

pub fn hook() -> Value {
    json!({
        "name": HOOK,
        "title": { "zh": "给分", "en": "Award" },
        "summary": { "zh": "一件好事得几分。", "en": "How many points a deed earns." },
        "entry": "award(deed)",
        "input": [
            { "name": "item", "kind": "text", "required": true, "label": { "zh": "项目", "en": "Item" } },
            { "name": "doer", "kind": "person", "label": { "zh": "谁做的", "en": "Who" } },
        ],
        "output": [
            { "name": "item", "kind": "text", "required": true, "label": { "zh": "项目", "en": "Item" } },
            { "name": "points", "kind": "points", "required": true, "label": { "zh": "得分", "en": "Points" } },
        ],
        "table": [
            { "name": "item", "kind": "text", "required": true, "label": { "zh": "代号", "en": "Key" } },
            { "name": "label", "kind": "text", "label": { "zh": "项目", "en": "Item" } },
            { "name": "points", "kind": "points", "label": { "zh": "得分", "en": "Points" } },
            { "name": "review", "kind": "choice", "label": { "zh": "评议", "en": "Review" }, "choices": [
                { "value": "none", "label": { "zh": "不用评议", "en": "None" } },
                { "value": "group", "label": { "zh": "小组评议", "en": "By a group" } },
            ] },
        ],
        "default": "rules/award.rhai",
        "on_failure": "wait",
        "built": {
            "script": SCRIPT,
            "table": [{ "item": "help", "label": "帮助老人", "points": 2, "review": "none" }],
            "cases": [{ "name": "帮助老人得2分", "input": { "item": "help" }, "output": { "points": 2 } }],
        },
    })
}

/// Somebody's deed is sent as an event, and the rule decides about it.
pub fn plugin(doer: PersonId) -> Guest {
    let mut declared = manifest("notes");
    declared["uses"]["sends"] = json!(["notes.put/1"]);
    declared["uses"]["hears"] = json!(["notes.put/1"]);
    declared["rule"] = json!([hook()]);
    let ask = Ask::new().fact("item", "help").fact("doer", doer.to_string()).about(doer.to_string());
    let decide = Step::Ask("rules", "decide", vec![HOOK.to_owned(), json!(ask).to_string()]);
    let event = json!({ "name": "notes.put/1", "subject": "deed-1", "payload": {} }).to_string();
    Guest::new(declared)
        .on("actions", [Step::Send(event), Step::Answer("{}".into())])
        .on("events", [decide, Step::InsertLast("note"), Step::Answer(String::new())])
}

/// The village with the plugin and its people.
pub async fn settled() -> (Site, People) {
    let site = Site::new().await;
    let lin = site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    site.install(plugin(lin)).await;
    for (name, phone, role) in [
        ("管理员", "13890010002", Role::Admin),
        ("副管理员", "13890010003", Role::Admin),
        ("简书记", "13890010004", Role::Cadre),
        ("监督", "13890010005", Role::Supervisor),
        ("邻居", "13890010006", Role::Member),
    ] {
        site.person(&site.village, name, phone, &[role]).await;
    }
    let officer = site.person(&site.district, "区里干部", "13890010007", &[]).await;
    let root = site.store.space(site.district.id).await.unwrap();
    root.grant(officer, Role::Officer, true, None, START).await.unwrap();
    site.person(&site.other, "外村管理员", "13890010008", &[Role::Admin]).await;
    let people = People {
        villager: site.token("13890010001").await,
        admin: site.token("13890010002").await,
        second: site.token("13890010003").await,
        cadre: site.token("13890010004").await,
        supervisor: site.token("13890010005").await,
        neighbour: site.token("13890010006").await,
        officer: site.token("13890010007").await,
        elsewhere: site.token("13890010008").await,
        lin,
    };
    (site, people)
}
