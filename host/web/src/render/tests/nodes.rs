//! How nodes and forms come out: snapshots of whole bodies, and the rules behind forms.

use cunshi_contract::{Lang, Node, View};
use cunshi_model::Role;
use serde_json::json;

use super::gallery::{asking, pages, refused};
use super::samples::{context, issues, map, signed_in, to, with_options};
use crate::render::pages::plugin;
use crate::render::{RenderContext, file_ids};

/// The body of a page, a tag per line.
fn body(html: &str) -> String {
    let (_, rest) = html.split_once("<main").unwrap();
    let (main, _) = rest.split_once("</main>").unwrap();
    format!("<main{main}").replace("><", ">\n<")
}

fn draw(cx: &RenderContext<'_>, nodes: Vec<Node>) -> String {
    let module = issues();
    let view = View { title: "页".to_owned(), body: nodes, ..View::default() };
    plugin(cx, &module, module.page("case").unwrap(), &view).into_string()
}

fn form(action: &str, values: serde_json::Value) -> Node {
    Node::Form { action: action.to_owned(), values: map(values), folded: false, label: None, templates: None }
}

#[test]
fn pages_look_as_they_did() {
    for (lang, names) in [
        (
            Lang::Zh,
            &[
                "case",
                "board",
                "desk",
                "report-wrong",
                "private",
                "month",
                "fields",
                "slip",
                "account",
                "decision",
                "home",
                "portal-search",
                "p404",
            ][..],
        ),
        (Lang::En, &["case-cadre", "report", "sign-in-wrong", "todos", "p503"][..]),
    ] {
        for (name, page) in pages(lang).into_iter().filter(|(name, _)| names.contains(name)) {
            insta::assert_snapshot!(format!("{name}-{}", lang.code()), body(&page.into_string()));
        }
    }
}

#[test]
fn the_shell_looks_as_it_did() {
    let page = draw(&signed_in(Lang::Zh, "林秀英", &[Role::Member]), Vec::new());
    let (_, rest) = page.split_once("<body").unwrap();
    insta::assert_snapshot!("shell-zh", format!("<body{rest}").replace("><", ">\n<"));
}

#[test]
fn who_may_not_do_an_action_does_not_see_it() {
    let nodes = || {
        vec![
            form("answer", json!({ "case": "c1" })),
            Node::Button {
                action: "answer".to_owned(),
                values: map(json!({ "case": "c1" })),
                label: None,
                quiet: false,
            },
        ]
    };
    let villager = draw(&signed_in(Lang::Zh, "林秀英", &[Role::Member]), nodes());
    assert!(!villager.contains("回复并办结"), "{villager}");
    let cadre = draw(&signed_in(Lang::Zh, "简书记", &[Role::Cadre]), nodes());
    assert_eq!(cadre.matches("action=\"/v/510303108001/issues/a/answer\"").count(), 2);
    assert!(!draw(&context(Lang::Zh), nodes()).contains("回复并办结"), "nor do visitors hear of an office's work");
    let visitor = draw(&context(Lang::Zh), vec![form("rate", json!({ "case": "c1" }))]);
    assert!(!visitor.contains("/a/rate"), "{visitor}");
    assert!(visitor.contains("sign-in?next=%2Fv%2F510303108001%2Fissues\" rel=\"nofollow\""), "{visitor}");
}

#[test]
fn two_forms_of_one_action_have_their_own_keys_and_only_the_refused_one_shows_its_mistakes() {
    let mut cx = signed_in(Lang::Zh, "简书记", &[Role::Cadre]);
    cx.form = Some(crate::render::FormState {
        plugin: "issues".to_owned(),
        action: "answer".to_owned(),
        values: map(json!({ "case": "c2", "words": "已经" })),
        errors: vec![("words".to_owned(), "再写几个字。".to_owned()), (String::new(), "刚有人回复过。".to_owned())],
        private: Vec::new(),
    });
    let html = draw(&cx, vec![form("answer", json!({ "case": "c1" })), form("answer", json!({ "case": "c2" }))]);
    assert!(html.contains("value=\"k7-f0\"") && html.contains("value=\"k7-f1\""));
    assert_eq!(html.matches("再写几个字。").count(), 2, "in the summary, and at the field");
    assert!(html.contains("href=\"#f1-words\"") && !html.contains("href=\"#f0-words\""));
    assert_eq!(html.matches("刚有人回复过。").count(), 1, "what is about the whole form stands in the summary");
    assert_eq!(html.matches(">\n已经</textarea>").count(), 1, "what was typed is kept where it was typed");
    assert!(html.contains("<title>错误 · "), "{html}");
}

#[test]
fn a_refused_form_is_known_by_its_document_even_when_something_else_moved_on() {
    let mut cx = signed_in(Lang::Zh, "简书记", &[Role::Cadre]);
    cx.form = Some(crate::render::FormState {
        plugin: "issues".to_owned(),
        action: "same".to_owned(),
        values: map(json!({ "case": "c2", "seen": "4" })),
        errors: vec![(String::new(), "这件事刚有新的进展。".to_owned())],
        private: Vec::new(),
    });
    let html = draw(
        &cx,
        vec![form("same", json!({ "case": "c1", "seen": "4" })), form("same", json!({ "case": "c2", "seen": "5" }))],
    );
    let (first, second) = html.split_once("id=\"f1\"").unwrap();
    assert!(!first.contains("这件事刚有新的进展。"), "{first}");
    assert!(second.contains("这件事刚有新的进展。") && second.contains("name=\"seen\" value=\"5\""), "{second}");
}

#[test]
fn a_section_with_nothing_for_the_reader_leaves_no_heading() {
    let section = Node::Section {
        title: Some("处理".to_owned()),
        more: None,
        body: vec![form("answer", json!({ "case": "c1" }))],
    };
    let nodes = || vec![section.clone(), form("answer", json!({ "case": "c1" }))];
    let villager = draw(&signed_in(Lang::Zh, "林秀英", &[Role::Member]), nodes());
    assert!(!villager.contains("处理") && !villager.contains("class=\"card\""), "{villager}");
    assert!(draw(&signed_in(Lang::Zh, "简书记", &[Role::Cadre]), nodes()).contains("<h2>处理</h2>"));
}

#[test]
fn a_form_with_files_is_multipart_for_those_who_may_send_files() {
    let html = draw(&signed_in(Lang::Zh, "林秀英", &[Role::Member]), vec![form("report", json!({}))]);
    assert!(html.contains("enctype=\"multipart/form-data\"") && html.contains("accept=\"image/*\""));
    let html = draw(&signed_in(Lang::Zh, "林秀英", &[Role::Member]), vec![form("rate", json!({ "case": "c1" }))]);
    assert!(!html.contains("multipart"));
    let html = draw(&context(Lang::Zh), vec![form("everything", json!({}))]);
    assert!(!html.contains("type=\"file\""), "visitors send no files");
    assert!(!html.contains("data-draft"), "drafts of visitors are not kept");
}

#[test]
fn only_those_who_may_are_asked_on_whose_behalf() {
    let asks = |roles: &[Role]| {
        draw(&with_options(signed_in(Lang::Zh, "某", roles)), vec![form("report", json!({}))]).contains("on_behalf_of")
    };
    assert!(asks(&[Role::Cadre]) && asks(&[Role::Admin]));
    assert!(!asks(&[Role::Member]));
}

#[test]
fn money_starts_from_fen_and_keeps_what_was_typed() {
    let cx = signed_in(Lang::Zh, "林秀英", &[Role::Member]);
    assert!(draw(&cx, vec![form("everything", json!({ "m": 1_250 }))]).contains("value=\"12.50\""));
    assert!(draw(&cx, vec![form("everything", json!({ "m": "12.5" }))]).contains("value=\"12.5\""));
}

#[test]
fn points_start_from_hundredths_and_say_their_unit() {
    let cx = signed_in(Lang::Zh, "林秀英", &[Role::Member]);
    let html = draw(&cx, vec![form("everything", json!({ "p": -250 }))]);
    assert!(html.contains("value=\"-2.50\"") && html.contains("<span>分</span>"), "{html}");
}

#[test]
fn many_choices_become_a_list_and_a_condition_is_said_in_words() {
    let cx = with_options(signed_in(Lang::Zh, "林秀英", &[Role::Member]));
    let html = draw(&cx, vec![form("everything", json!({ "of": "c3" })), form("report", json!({}))]);
    assert!(html.contains("<option value=\"c3\" selected>2026-0003</option>"), "{html}");
    assert!(html.contains("只有「类别」是「公共安全」时才填。"));
    assert!(html.contains("data-when=\"category\" data-is=\"[&quot;safety&quot;]\""), "{html}");
}

#[test]
fn a_refused_report_keeps_the_photo_that_was_stored() {
    let cx = refused(with_options(signed_in(Lang::Zh, "简书记", &[Role::Cadre])), Lang::Zh);
    let html = draw(&cx, asking("report", Lang::Zh).body);
    assert!(html.contains("type=\"checkbox\" name=\"photos\" value=\"photo-1\" checked"), "{html}");
}

#[test]
fn a_search_carries_along_what_the_address_holds() {
    let html = draw(
        &context(Lang::Zh),
        vec![Node::Search {
            to: to("board", json!({ "state": "办 & 完", "q": "旧" })),
            param: "q".to_owned(),
            label: "搜".to_owned(),
            value: "灯".to_owned(),
        }],
    );
    assert!(html.contains("action=\"/v/510303108001/issues/board\""), "{html}");
    assert!(html.contains("type=\"hidden\" name=\"state\" value=\"办 &amp; 完\""), "{html}");
    assert!(!html.contains("value=\"旧\""));
}

#[test]
fn a_page_that_does_not_exist_leaves_its_words_without_a_link() {
    let item = cunshi_contract::view::Item {
        title: "看这里".to_owned(),
        to: Some(to("nowhere", json!({}))),
        ..cunshi_contract::view::Item::default()
    };
    let html = draw(&context(Lang::Zh), vec![Node::List { items: vec![item], empty: None, next: None }]);
    assert!(html.contains("<span class=\"title\">看这里</span>"), "{html}");
}

#[test]
fn what_no_village_counts_is_left_out_of_the_overview() {
    use crate::render::pages::{Overview, OverviewRow, overview};
    let row =
        |name: &str, open, overdue| OverviewRow { name: name.to_owned(), open, overdue, ..OverviewRow::default() };
    let mut rows = vec![row("甲村", None, Some(1)), row("乙村", None, Some(4))];
    let html = overview(&context(Lang::Zh), &Overview { rows: rows.clone() }).into_string();
    assert!(!html.contains("在办") && html.find("乙村") < html.find("甲村"), "most overdue first: {html}");
    rows[0].open = Some(3);
    assert!(overview(&context(Lang::Zh), &Overview { rows }).into_string().contains("在办"));
}

#[test]
fn files_of_a_tree_are_listed_once() {
    assert_eq!(file_ids(&super::trees::fig_tree(Lang::Zh)), ["photo-1", "photo-2", "plan"]);
}
