//! Every kind of page, drawn. With `CUNSHI_GALLERY=<folder>` the pages are written there, to be looked at in a
//! browser; without it the test only makes sure that each is a whole document.

use std::fmt::Write as _;
use std::path::Path;

use cunshi_contract::view::To;
use cunshi_contract::{Lang, Node, Todo, View};
use cunshi_model::Role;
use maud::Markup;
use serde_json::json;

use super::samples::{at, context, issues, map, points, signed_in, to, with_options};
use super::trees::{account, board, desk, fig_tree, month, slip};
use crate::assets;
use crate::render::pages::{
    Card, Decided, MessageRow, Messages, Mine, ModuleTodos, Overview, OverviewRow, Portal, PortalTown, PortalVillage,
    Problem, SignIn, decision, form, home, messages, mine, outside, overview, plugin, portal, problem, sign_in, todos,
};
use crate::render::{Flash, FormState, Opt, RenderContext};
use crate::words::words;

/// The 94 villages of the district: the first state of its tenants' file.
const VILLAGES: &str = include_str!("../../../../../tenants/gongjing/villages.csv");

/// All pages in a language.
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, Markup)> {
    let issues = issues();
    let page = |name: &str| issues.page(name).unwrap();
    let grandma = || signed_in(lang, "林秀英", &[Role::Member]);
    let cadre = || {
        let mut cx = with_options(signed_in(lang, "简书记", &[Role::Cadre]));
        cx.todos = Some(3);
        cx
    };
    let mut out = Vec::new();
    out.push(("board", plugin(&context(lang), &issues, page("board"), &board(lang))));
    let mut cx = grandma();
    cx.flash = Some(Flash { text: "收到了，编号 2026-0042。".to_owned(), good: true });
    out.push(("case", plugin(&cx, &issues, page("case"), &fig_tree(lang))));
    out.push(("case-cadre", plugin(&cadre(), &issues, page("case"), &fig_tree(lang))));
    out.push(("case-visitor", plugin(&context(lang), &issues, page("case"), &fig_tree(lang))));
    out.push(("desk", plugin(&cadre(), &issues, page("case"), &desk(lang))));
    out.push(("account", plugin(&grandma(), &issues, page("case"), &account(lang))));
    let because = ["合理建议被采纳，一次得 5 分".to_owned(), "这个月第 2 条，没有到上限".to_owned()];
    out.push(("decision", decision(&grandma(), &decided(lang, &because))));
    out.push(("slip", plugin(&cadre(), &issues, page("case"), &slip(lang))));
    out.push(("report", plugin(&grandma(), &issues, page("report"), &asking("report", lang))));
    out.push(("report-wrong", plugin(&refused(cadre(), lang), &issues, page("report"), &asking("report", lang))));
    out.push(("private", plugin(&private(cadre(), lang), &issues, page("report"), &asking("report", lang))));
    out.push(("month", plugin(&cadre(), &issues, page("case"), &month(lang))));
    out.push(("form", form(&refused(cadre(), lang), &issues, issues.action("report").unwrap())));
    out.push(("fields", plugin(&cadre(), &issues, page("report"), &asking("everything", lang))));
    out.push(("home", at_home(grandma())));
    let mut cx = grandma();
    cx.nav.iter_mut().for_each(|entry| entry.current = false);
    let spaces = vec![("/v/510303110202".to_owned(), "重滩村".to_owned())];
    cx.messages = Some(2);
    let way = |value: &str, label: &str| Opt { value: value.to_owned(), label: label.to_owned() };
    let words = words(lang);
    let letters = vec![(way("sms", words.letters_sms), true), (way("off", words.letters_off), false)];
    out.push(("mine", mine(&cx, &Mine { cards: Vec::new(), letters, spaces })));
    let rows = vec![
        told("办结了，请来看看：三组路灯不亮", Some("灯泡换好了，线路也检查过了。"), at(2, 16, 4), true),
        told("积分入账：反映问题被采纳 +2 分", None, at(2, 8, 20), true),
        told("社区受理了：房子旁边的黄桷树存在安全隐患", None, at(1, 9, 0), false),
    ];
    out.push((
        "messages",
        messages(&cx, &Messages { rows, next: Some("/v/510303108001/me/messages?cursor=1".to_owned()) }),
    ));
    let waiting = [
        todo("回复「排水沟堵了，下雨倒灌」", Some(at(3, 18, 0)), 50),
        todo("受理「三组路灯不亮」", Some(at(5, 18, 0)), 40),
        todo("补传修剪后的照片", None, 10),
    ];
    let points = points();
    let modules = [
        ModuleTodos { module: &issues, todos: Ok(&waiting) },
        ModuleTodos { module: &points, todos: Err(Some("c-81".to_owned())) },
    ];
    out.push(("todos", todos(&cadre(), &modules)));
    out.push(("todos-empty", todos(&cadre(), &[])));
    let mut nobody = RenderContext::new(lang, at(4, 17, 0));
    "贡井区".clone_into(&mut nobody.district);
    out.push(("portal", portal(&nobody, &district(""))));
    out.push(("portal-search", portal(&nobody, &district("石"))));
    out.push(("portal-none", portal(&nobody, &district("北京"))));
    out.push(("overview", overview(&nobody, &numbers())));
    out.push(("sign-in", sign_in(&context(lang), &SignIn::default())));
    let wrong = if lang == Lang::Zh { "手机号或密码不对。" } else { "That number and password do not match." };
    let wrong =
        SignIn { phone: "13800000000".to_owned(), next: "/v/510303108001".to_owned(), error: Some(wrong.to_owned()) };
    out.push(("sign-in-wrong", sign_in(&context(lang), &wrong)));
    out.push(("outside", outside(&context(lang), "https://www.example.org/rules?id=1", "/v/510303108001")));
    out.push(("outside-bad", outside(&context(lang), "javascript:alert(1)", "/v/510303108001")));
    for (name, status) in [
        ("p400", 400),
        ("p401", 401),
        ("p403", 403),
        ("p404", 404),
        ("p409", 409),
        ("p413", 413),
        ("p422", 422),
        ("p429", 429),
        ("p500", 500),
        ("p503", 503),
    ] {
        let it = Problem {
            status,
            retry_after_s: (status == 503).then_some(5),
            call: (status == 500).then(|| "01992f3a".to_owned()),
            ..Problem::default()
        };
        out.push((name, problem(&context(lang), &it)));
    }
    out
}

/// Why a suggestion earned 5 points.
fn decided(lang: Lang, because: &[String]) -> Decided<'_> {
    let l = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    Decided {
        title: l("积分", "Points"),
        points: Some(500),
        because,
        output: vec![(l("评议", "Review"), l("不用评议", "None"))],
        row: vec![(l("项目", "Item"), "合理建议".to_owned()), (l("得分", "Points"), "5".to_owned())],
        facts: vec![(l("来源", "Source"), l("说事采纳", "A report taken up"))],
        answers: vec![("times(suggestion, month)".to_owned(), 1)],
        whose: l("天府社区的规则", "the rule of 天府社区"),
        version: 3,
        at: at(4, 9, 0),
        voided: None,
        fell_back: true,
        script: "fn award(deed) {\n    row(deed.item)\n}",
        digest: "9f2c",
        back: Some(("/v/510303108001/points".to_owned(), l("积分", "Points"))),
    }
}

/// A page that is one form.
pub(super) fn asking(action: &str, lang: Lang) -> View {
    View {
        title: if lang == Lang::Zh { "我要说事" } else { "Raise a matter" }.to_owned(),
        body: vec![Node::Form {
            action: action.to_owned(),
            values: map(json!({})),
            folded: false,
            label: None,
            templates: None,
        }],
        ..View::default()
    }
}

/// A report that came in without its title, with a photo that was stored already.
pub(super) fn refused(mut cx: RenderContext<'_>, lang: Lang) -> RenderContext<'_> {
    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    cx.form = Some(FormState {
        plugin: "issues".to_owned(),
        action: "report".to_owned(),
        values: map(json!({
            "title": "", "category": "safety", "detail": "枝子干枯，\n路过都害怕", "photos": ["photo-1"], "on_behalf_of": "p2",
        })),
        errors: vec![
            ("title".to_owned(), say("请写一写是什么事。", "Please say what it is.")),
            ("photos".to_owned(), say("最多 6 张照片。", "At most 6 photos.")),
        ],
        private: Vec::new(),
    });
    cx
}

/// A report whose words hold a telephone and a card: a cadre wanted to keep them and said no reason.
pub(super) fn private(cx: RenderContext<'_>, lang: Lang) -> RenderContext<'_> {
    let mut cx = refused(cx, lang);
    let fields = issues().action("report").unwrap().fields.clone();
    if let Some(form) = &mut cx.form {
        form.values = map(json!({
            "title": "招小工", "category": "other", "photos": ["photo-1"], "privacy": "keep", "privacy_reason": "",
            "detail": "一天 150 元，打 199 0000 1234 <找老周>。\n工钱打到 6220000001234567890 也行。",
        }));
        form.private = cunshi_runtime::privacy::search(&fields, &form.values);
        let say = if lang == Lang::Zh { "请写明为什么要保留" } else { "Please say why they are kept" };
        form.errors = vec![("privacy_reason".to_owned(), say.to_owned())];
    }
    cx
}

fn at_home(mut cx: RenderContext<'_>) -> Markup {
    cx.nav.iter_mut().for_each(|entry| entry.current = false);
    let cx = &cx;
    let (issues, points) = (issues(), points());
    let l = |zh: &str, en: &str| if cx.lang == Lang::Zh { zh } else { en }.to_owned();
    let door = |text: String, icon: &str, hint: String, primary| View {
        title: text.clone(),
        body: vec![Node::Link {
            text,
            to: to("report", json!({})),
            icon: Some(icon.to_owned()),
            hint: Some(hint),
            primary,
        }],
        ..View::default()
    };
    let doors = [
        door(l("我要说事", "Raise a matter"), "speak", l("拍照、说清楚，村里来办", "A photo and a few words"), true),
        door(l("我的积分", "My points"), "star", l("可兑换 126 分", "126 to redeem"), false),
        door(l("通知公告", "Notices"), "notice", l("2 条未读", "2 unread"), false),
        door(l("找工作", "Find work"), "work", l("本周新增 5 个", "5 new this week"), false),
    ];
    let doors: Vec<Card<'_>> = doors.iter().map(|view| Card { module: &issues, view: Ok(view) }).collect();
    let mut rows = board(cx.lang).body.pop().unwrap();
    if let Node::List { next, .. } = &mut rows {
        *next = None;
    }
    let list = View { title: l("村民说事", "Village issues"), body: vec![rows], ..View::default() };
    let cards =
        [Card { module: &issues, view: Ok(&list) }, Card { module: &points, view: Err(Some("c-81".to_owned())) }];
    home(cx, &doors, &cards)
}

fn told(title: &str, body: Option<&str>, at: i64, unread: bool) -> MessageRow {
    MessageRow {
        href: "/v/510303108001/me/messages/1".to_owned(),
        title: title.to_owned(),
        body: body.map(str::to_owned),
        module: Some("村民说事".to_owned()),
        at,
        unread,
        urgent: unread && body.is_some(),
    }
}

fn todo(title: &str, due: Option<i64>, weight: u8) -> Todo {
    Todo { title: title.to_owned(), due, link: To { page: "case".to_owned(), ..To::default() }, weight }
}

fn district(query: &str) -> Portal {
    let mut all = Portal { query: query.to_owned(), ..Portal::default() };
    for line in VILLAGES.lines().skip(1) {
        let [code, name, _, town_code, town] = line.split(',').collect::<Vec<_>>()[..] else { continue };
        if all.towns.last().is_none_or(|last| last.code != town_code) {
            all.towns.push(PortalTown { code: town_code.to_owned(), name: town.to_owned(), villages: Vec::new() });
        }
        all.total += 1;
        if name.contains(query) || town.contains(query) {
            let village = PortalVillage { code: code.to_owned(), name: name.to_owned() };
            all.towns.last_mut().unwrap().villages.push(village);
        }
    }
    all
}

fn numbers() -> Overview {
    let mut rows = Vec::new();
    for (town, village) in district("").towns.iter().flat_map(|town| town.villages.iter().map(move |it| (town, it))) {
        let n = i64::try_from(rows.len()).unwrap();
        rows.push(OverviewRow {
            code: village.code.clone(),
            name: village.name.clone(),
            town: town.name.clone(),
            cases: Some(n * 7 % 40),
            open: Some(n % 9),
            overdue: Some((n * 3 % 29 - 24).max(0)),
            on_time: (n % 11 != 0).then_some((n * 7 % 40, n * 7 % 40 + n % 2)),
        });
    }
    Overview { rows }
}

#[test]
fn every_page_is_a_whole_document_in_both_languages() {
    let folder = std::env::var_os("CUNSHI_GALLERY");
    let mut index = String::new();
    for lang in [Lang::Zh, Lang::En] {
        for (name, page) in pages(lang) {
            let html = page.into_string();
            assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>"), "{name}");
            assert_eq!(html.matches("<h1>").count(), 1, "{name} has one heading of the page");
            assert_eq!(html.matches("<main").count(), 1, "{name}");
            if let Some(folder) = &folder {
                write(Path::new(folder), &format!("{name}-{}", lang.code()), &html);
                writeln!(index, "<p><a href='{name}-{0}.html'>{name} {0}</a>", lang.code()).unwrap();
            }
        }
    }
    if let Some(folder) = &folder {
        std::fs::write(Path::new(folder).join("index.html"), index).unwrap();
    }
}

/// A page with its files beside it, so that a browser can open it from disk; once more in large type.
fn write(folder: &Path, name: &str, html: &str) {
    let mut html = html.to_owned();
    for path in [assets::stylesheet(), assets::script(), assets::icon()] {
        let file = path.trim_start_matches("/assets/");
        std::fs::write(folder.join(file), assets::find(path).unwrap().bytes).unwrap();
        html = html.replace(path, file);
    }
    for id in ["photo-1", "photo-2"] {
        html = html.replace(&format!("/v/510303108001/files/{id}/small"), &format!("{id}.svg"));
        let colour = if id == "photo-1" { "#8fae8b" } else { "#7fa6bd" };
        let picture = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='300'><rect width='400' height='300' fill='{colour}'/></svg>"
        );
        std::fs::write(folder.join(format!("{id}.svg")), picture).unwrap();
    }
    std::fs::write(folder.join(format!("{name}.html")), &html).unwrap();
    let large = html.replacen("<html lang", "<html class=\"elder\" lang", 1);
    std::fs::write(folder.join(format!("{name}-elder.html")), large).unwrap();
}
