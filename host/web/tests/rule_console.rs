//! Rules on the console's pages, without scripts: rows are added and removed, mistakes stand at their lines, a second
//! person publishes, and what waited for a mended rule goes on.

mod common;

use axum::http::StatusCode;
use common::rules::{HOOK, SCRIPT, settled};
use common::{Answer, Site};
use cunshi_contract::rule::RuleText;

const RULES: &str = "/v/510303108001/manage/rules";

fn page() -> String {
    format!("{RULES}/{HOOK}")
}

/// The form with one row of so many points.
fn form<'t>(points: &'t str, script: &'t str, act: &'t str) -> Vec<(&'t str, &'t str)> {
    vec![
        ("rows", "1"),
        ("row.0.item", "help"),
        ("row.0.label", "帮助老人"),
        ("row.0.points", points),
        ("row.0.review", "none"),
        ("script", script),
        ("note", "试一试"),
        ("from", ""),
        ("do", act),
    ]
}

async fn sent(site: &Site, pairs: &[(&str, &str)], token: &str) -> Answer {
    site.post_form(&page(), pairs, Some(token)).await
}

#[tokio::test]
async fn the_list_says_whose_rule_decides_and_is_not_there_for_villagers() {
    let (site, people) = settled().await;
    for reader in [&people.admin, &people.cadre, &people.supervisor, &people.officer] {
        let list = site.get_as(RULES, Some(reader)).await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.text().contains("给分") && list.text().contains("通用规则"), "{}", list.text());
        assert_eq!(site.get_as(&page(), Some(reader)).await.status, StatusCode::OK);
    }
    for stranger in [&people.villager, &people.elsewhere] {
        assert_eq!(site.get_as(RULES, Some(stranger)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(site.get_as(&page(), Some(stranger)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(sent(&site, &form("2", SCRIPT, "save"), stranger).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(site.get(RULES).await.status, StatusCode::SEE_OTHER, "visitors sign in first");
    let home = site.get_as("/v/510303108001/me", Some(&people.supervisor)).await.text();
    assert!(home.contains(RULES), "the navigation leads there");
    let reads = site.get_as(&page(), Some(&people.cadre)).await.text();
    assert!(!reads.contains("存为草稿") && reads.contains("检查"), "who may not write does not see the button");
}

#[tokio::test]
async fn rows_are_added_and_removed_without_being_kept() {
    let (site, people) = settled().await;
    let whole = site.get_as(&page(), Some(&people.admin)).await.text();
    assert!(whole.contains("name=\"row.0.label\"") && whole.contains("value=\"帮助老人\""), "{whole}");
    assert!(!whole.contains("row.1."), "one row");
    let more = sent(&site, &form("2", SCRIPT, "add"), &people.admin).await.text();
    assert!(more.contains("name=\"row.1.item\"") && more.contains("name=\"rows\" value=\"2\""), "{more}");
    let none = sent(&site, &form("2", SCRIPT, "remove.0"), &people.admin).await.text();
    assert!(!none.contains("name=\"row.0.item\"") && none.contains("还没有一行"), "{none}");
    assert!(none.contains("value=\"试一试\""), "what else was typed is still there");
    assert!(site.store.space(site.village.id).await.unwrap().rule_versions(HOOK).await.unwrap().is_empty());
}

#[tokio::test]
async fn mistakes_stand_at_their_line_in_words() {
    let (site, people) = settled().await;
    let script = "fn award(deed) {\r\n    let it = ;\r\n    <b>\r\n}";
    let checked = sent(&site, &form("2", script, "check"), &people.cadre).await;
    assert_eq!(checked.status, StatusCode::OK);
    let page = checked.text();
    assert!(page.contains("脚本第 2 行第"), "{page}");
    assert!(page.contains("   2 │     let it = ;"), "the line itself is shown: {page}");
    assert!(page.contains("&lt;b&gt;") && !page.contains("<b>\n}"), "what was typed is kept, as text");
    let table = sent(&site, &form("很多", SCRIPT, "check"), &people.cadre).await.text();
    assert!(table.contains("href=\"#row.0.item\"") && table.contains("value=\"很多\""), "{table}");
    let good = sent(&site, &form("2", SCRIPT, "check"), &people.cadre).await.text();
    assert!(good.contains("检查通过") && good.contains("帮助老人得2分"), "{good}");
    let unfit = sent(&site, &form("3", SCRIPT, "save"), &people.admin).await;
    assert_eq!(unfit.status, StatusCode::UNPROCESSABLE_ENTITY, "a case does not hold");
    assert_eq!(sent(&site, &form("2", SCRIPT, "save"), &people.cadre).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_draft_is_published_by_somebody_else() {
    let (site, people) = settled().await;
    let kept = sent(&site, &form("2", SCRIPT, "save"), &people.admin).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    let own = site.get_as(&page(), Some(&people.admin)).await.text();
    assert!(own.contains("要请另一个人发布") && !own.contains("/versions/1/publish"), "{own}");
    let publish = format!("{}/versions/1/publish", page());
    assert_eq!(site.post_form(&publish, &[], Some(&people.admin)).await.status, StatusCode::CONFLICT);
    assert_eq!(site.post_form(&publish, &[], Some(&people.villager)).await.status, StatusCode::NOT_FOUND);
    assert!(site.get_as(&page(), Some(&people.second)).await.text().contains("/versions/1/publish"));
    assert_eq!(site.post_form(&publish, &[], Some(&people.second)).await.status, StatusCode::SEE_OTHER);
    let list = site.get_as(RULES, Some(&people.cadre)).await.text();
    assert!(list.contains("天府社区的规则 第 1 版"), "{list}");
    let old = site.get_as(&format!("{}?version=1", page()), Some(&people.cadre)).await;
    assert!(old.text().contains("第 1 版的内容"));
    assert_eq!(site.get_as(&format!("{}?version=9", page()), Some(&people.cadre)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_rule_failed_at_is_shown_and_goes_on_once_it_is_mended() {
    let (site, people) = settled().await;
    let handle = site.store.space(site.village.id).await.unwrap();
    let script = "fn award(deed) {\n    #{ item: deed.item, points: 7 / (times(deed.item, \"ever\") - 0) }\n}";
    let broken = RuleText { script: script.to_owned(), ..RuleText::default() };
    let version = handle.save_rule(HOOK, &broken, "坏的", None, None, common::START).await.unwrap();
    handle.publish_rule(HOOK, version, common::START, None, true, common::START).await.unwrap();
    let put = "/api/v1/villages/510303108001/notes/a/put";
    let done = site.post_json(put, &serde_json::json!({}), Some(&people.villager)).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    site.runtime.work_all(10).await.unwrap();
    assert_eq!(handle.parked(10).await.unwrap().len(), 1);

    let list = site.get_as(RULES, Some(&people.admin)).await.text();
    assert!(list.contains("出过错，要修"), "{list}");
    let shown = site.get_as(&page(), Some(&people.admin)).await.text();
    assert!(shown.contains("脚本第 2 行") && shown.contains("<dd>help</dd>"), "with its input: {shown}");
    assert!(!shown.contains("林秀英"), "and without names");

    let kept = sent(&site, &form("2", SCRIPT, "save"), &people.admin).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    let publish = format!("{}/versions/2/publish", page());
    assert_eq!(site.post_form(&publish, &[], Some(&people.second)).await.status, StatusCode::SEE_OTHER);
    site.runtime.work_all(10).await.unwrap();
    assert!(handle.parked(10).await.unwrap().is_empty(), "what waited has gone on");
    assert!(!site.get_as(RULES, Some(&people.admin)).await.text().contains("出过错"));
}
