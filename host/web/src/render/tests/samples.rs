//! A village, its people and its modules: the demo's story.

use cunshi_contract::view::To;
use cunshi_contract::{FileInfo, Lang, Manifest};
use cunshi_model::{PersonId, Role, Roles, SpaceCode, SpaceKind};
use jiff::civil::date;
use serde_json::{Map, Value, json};

use crate::render::{NavEntry, Opt, PersonView, RenderContext, SpaceView};

/// An instant of September 2026 in China.
pub(super) fn at(day: i8, hour: i8, minute: i8) -> i64 {
    let local = date(2026, 9, day).at(hour, minute, 0, 0);
    local.to_zoned_datetime(cunshi_model::calendar::china()).unwrap().timestamp().as_microsecond()
}

pub(super) fn to(page: &str, params: Value) -> To {
    let Value::Object(params) = params else { return To { page: page.to_owned(), ..To::default() } };
    To { plugin: None, page: page.to_owned(), params }
}

pub(super) fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// 天府社区 on 4 September 2026, 17:00, for a visitor.
pub(super) fn context(lang: Lang) -> RenderContext<'static> {
    let mut cx = RenderContext::new(lang, at(4, 17, 0));
    "贡井区".clone_into(&mut cx.district);
    cx.space = Some(SpaceView {
        code: "510303108001".parse::<SpaceCode>().unwrap(),
        name: "天府社区".to_owned(),
        kind: SpaceKind::Community,
        above: Some("成佳镇".to_owned()),
        office_phone: Some("0813-555 0136".to_owned()),
    });
    "/v/510303108001/issues".clone_into(&mut cx.path);
    "k7".clone_into(&mut cx.key);
    cx.nav = vec![NavEntry {
        label: if lang == Lang::Zh { "说事" } else { "Issues" }.to_owned(),
        href: "/v/510303108001/issues".to_owned(),
        icon: Some("speak".to_owned()),
        current: true,
    }];
    cx.links = Box::new(|plugin, to| {
        let query: Vec<String> = to
            .params
            .iter()
            .map(|(name, value)| {
                format!("{name}={}", crate::render::addresses::encode(value.as_str().unwrap_or_default()))
            })
            .collect();
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        let plugin = to.plugin.as_deref().unwrap_or(plugin);
        (to.page != "nowhere").then(|| format!("/v/510303108001/{plugin}/{}{query}", to.page))
    });
    for (id, width, height) in [("photo-1", 1600, 1200), ("photo-2", 900, 1600)] {
        cx.files.insert(
            id.to_owned(),
            FileInfo {
                id: id.to_owned(),
                kind: "image".to_owned(),
                name: format!("{id}.jpg"),
                media_type: "image/jpeg".to_owned(),
                bytes: 240_000,
                width: Some(width),
                height: Some(height),
            },
        );
    }
    cx.files.insert(
        "plan".to_owned(),
        FileInfo {
            id: "plan".to_owned(),
            kind: "file".to_owned(),
            name: "修剪方案.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: 1_340_000,
            width: None,
            height: None,
        },
    );
    cx
}

/// The same for a signed-in person.
pub(super) fn signed_in(lang: Lang, name: &str, roles: &[Role]) -> RenderContext<'static> {
    let mut cx = context(lang);
    cx.person = Some(PersonView {
        id: "01992f3a-0000-7000-8000-000000000007".parse::<PersonId>().unwrap(),
        name: name.to_owned(),
    });
    cx.roles = Roles::granted(roles.iter().copied());
    cx
}

fn text(zh: &str, en: &str) -> Value {
    json!({ "zh": zh, "en": en })
}

/// A module like 村民说事, with a form of every kind of field.
pub(super) fn issues() -> Manifest {
    let choice = |value: &str, zh: &str, en: &str| json!({ "value": value, "label": text(zh, en) });
    serde_json::from_value(json!({
        "name": "issues", "version": "1.0.0", "title": text("村民说事", "Village issues"), "icon": "speak",
        "page": [
            { "name": "board", "route": "", "who": "anyone", "nav": text("说事", "Issues") },
            { "name": "case", "route": "case/{id}", "who": "anyone" },
            { "name": "report", "route": "report", "who": "member" },
        ],
        "action": [
            {
                "name": "report", "who": "member", "label": text("提交", "Send"),
                "intro": text("写清楚是什么事、在哪里。村里 1 个工作日内受理，办到哪一步你都看得到。",
                    "Say what it is and where. The village accepts it within 1 working day, and you see every step."),
                "on_behalf": ["cadre"],
                "fields": [
                    { "name": "title", "kind": "text", "required": true, "max": 80, "label": text("什么事", "What is it") },
                    { "name": "category", "kind": "choice", "required": true, "label": text("类别", "Kind"),
                      "choices": [choice("safety", "公共安全", "Public safety"), choice("road", "道路路灯", "Roads and lights"),
                        choice("water", "饮水排水", "Water and drains"), choice("other", "其他", "Something else")] },
                    { "name": "danger", "kind": "text", "label": text("危险到谁", "Who is in danger"),
                      "when": { "field": "category", "is": ["safety"] } },
                    { "name": "detail", "kind": "long-text", "label": text("详细情况", "Details"),
                      "hint": text("什么时候开始的、影响到谁。", "Since when, and whom it affects.") },
                    { "name": "place", "kind": "place", "label": text("在哪里", "Where") },
                    { "name": "photos", "kind": "photos", "max": 6, "label": text("照片", "Photos") },
                    { "name": "private", "kind": "yes/no", "label": text("不公开，只给村干部看", "Keep it private: cadres only") },
                ],
            },
            {
                "name": "answer", "who": "cadre", "label": text("回复并办结", "Answer and close"),
                "fields": [
                    { "name": "case", "kind": "reference", "required": true, "label": text("事项", "Case") },
                    { "name": "words", "kind": "long-text", "required": true, "max": 500, "label": text("回复", "Answer") },
                    { "name": "after", "kind": "photos", "label": text("办理后的照片", "Photos afterwards") },
                ],
            },
            {
                "name": "rate", "who": "member", "label": text("提交评价", "Send rating"),
                "fields": [
                    { "name": "case", "kind": "reference", "required": true, "label": text("事项", "Case") },
                    { "name": "stars", "kind": "stars", "required": true, "label": text("这件事办得怎么样？", "How was it handled?") },
                    { "name": "words", "kind": "long-text", "label": text("想说的话", "Anything to add") },
                ],
            },
            { "name": "same", "who": "member", "label": text("并过去", "Join it"),
              "fields": [
                { "name": "case", "kind": "reference", "required": true, "label": text("事项", "Case") },
                { "name": "seen", "kind": "reference", "label": text("所见", "Seen") },
              ] },
            { "name": "metoo", "who": "member", "label": text("我也遇到了", "Me too"),
              "fields": [{ "name": "case", "kind": "reference", "required": true, "label": text("事项", "Case") }] },
            {
                "name": "everything", "who": "anyone", "label": text("全部字段", "Every field"),
                "fields": [
                    { "name": "t", "kind": "text", "label": text("一行字", "A line"), "hint": text("提示", "A hint") },
                    { "name": "lt", "kind": "long-text", "label": text("几行字", "Some lines") },
                    { "name": "md", "kind": "markdown", "label": text("正文", "Body") },
                    { "name": "ph", "kind": "phone", "label": text("电话", "Phone") },
                    { "name": "i", "kind": "integer", "min": 1, "max": 9, "label": text("人数", "How many") },
                    { "name": "d", "kind": "decimal", "label": text("亩数", "Acreage") },
                    { "name": "m", "kind": "money", "label": text("金额", "Amount") },
                    { "name": "p", "kind": "points", "label": text("分值", "Points") },
                    { "name": "day", "kind": "date", "label": text("日期", "Day") },
                    { "name": "clock", "kind": "time", "label": text("时间", "Time") },
                    { "name": "span", "kind": "period", "label": text("起止", "From and to") },
                    { "name": "yn", "kind": "yes/no", "label": text("同意公开", "May be shown"), "default": true },
                    { "name": "mc", "kind": "multi-choice", "label": text("涉及", "Concerns"),
                      "choices": [choice("a", "老人", "The old"), choice("b", "孩子", "Children")] },
                    { "name": "who", "kind": "person", "label": text("联系人", "Contact") },
                    { "name": "home", "kind": "household", "label": text("哪一户", "Household") },
                    { "name": "of", "kind": "choice", "options": "open-cases", "label": text("相关事项", "Related case") },
                    { "name": "f", "kind": "files", "label": text("附件", "Files") },
                ],
            },
        ],
    }))
    .unwrap()
}

pub(super) fn points() -> Manifest {
    serde_json::from_value(json!({
        "name": "points", "version": "1.0.0", "title": text("积分", "Points"), "icon": "star",
        "page": [{ "name": "mine", "route": "", "who": "member" }],
    }))
    .unwrap()
}

/// People and other options for forms.
pub(super) fn with_options(mut cx: RenderContext<'_>) -> RenderContext<'_> {
    let opt = |value: &str, label: &str| Opt { value: value.to_owned(), label: label.to_owned() };
    cx.people = vec![opt("p1", "林秀英"), opt("p2", "王大明")];
    cx.households = vec![opt("h1", "林家 · 三组")];
    let many = (1..=9).map(|n| opt(&format!("c{n}"), &format!("2026-000{n}"))).collect();
    cx.options.insert(("issues".to_owned(), "open-cases".to_owned()), many);
    cx
}
