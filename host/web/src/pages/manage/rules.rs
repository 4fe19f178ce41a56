//! `GET /v/{village}/manage/rules`: what the village decides for itself, whose rule decides now, and what waits.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::rules::Origin;
use maud::{Markup, html};

use super::{address, page, say};
use crate::Web;
use crate::error::Refusal;
use crate::render::addresses::encode;
use crate::rules::{self, Here, versions, whose};
use crate::visit::Visit;

/// What the list says of one hook.
struct Line {
    here: Here,
    drafts: usize,
    failures: usize,
}

/// The list.
pub(crate) async fn get(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    rules::require_reader(&visit)?;
    let lang = visit.reader.lang;
    let mut lines = Vec::new();
    for here in rules::all(&web, &visit).await? {
        let drafts = versions::all(&web, &visit, &here.hook.name).await?;
        let drafts = drafts.iter().filter(|one| versions::is_draft(&one.kept)).count();
        let failures = versions::failures(&web, &visit, &here).await?.iter().filter(|one| one.is_current).count();
        lines.push(Line { here, drafts, failures });
    }
    let district = web.store.district().tree().root().map(|root| root.name.clone()).unwrap_or_default();
    let body = html! {
        p { (say(
            lang,
            "一条规则决定一件事。没有自己规则的，用区里的；区里也没有，用通用的。",
            "A rule decides one thing. Without one of its own the village follows the district's, and without that the module's.",
        )) }
        @if lines.is_empty() { p.empty { (say(lang, "打开的模块没有要定的规则。", "No module that is on asks for rules.")) } }
        @for line in &lines { (card(lang, &visit, line, &district)) }
    };
    Ok(page(&web, &visit, "rules", say(lang, "规则", "Rules"), StatusCode::OK, body).await)
}

fn card(lang: Lang, visit: &Visit, line: &Line, district: &str) -> Markup {
    let here = &line.here;
    html! {
        section.card {
            header {
                h2 { a href=(of_hook(visit.code(), &here.hook.name)) { (here.hook.title.get(lang)) } }
                span.meta { (here.release.manifest.title.get(lang)) }
            }
            @if let Some(summary) = &here.hook.summary { p { (summary.get(lang)) } }
            p.tags {
                (origin_tag(lang, here, &visit.space.name, district)) " "
                @if here.locked { span.tag.up { (say(lang, "全区统一", "Same everywhere")) } " " }
                @if line.drafts > 0 {
                    span.tag.hand { span.mark aria-hidden="true" { "◔" } (drafts(lang, line.drafts)) } " "
                }
                @if line.failures > 0 {
                    span.tag.late { span.mark aria-hidden="true" { "!" } (say(lang, "出过错，要修", "It failed: mend it")) }
                }
            }
        }
    }
}

/// Whose rule decides now, and its version.
pub(super) fn origin_tag(lang: Lang, here: &Here, village: &str, district: &str) -> Markup {
    let own = here.rule.origin == Origin::Village;
    html! {
        span.tag.done[own].plain[!own] {
            (whose(lang, here.rule.origin, village, district))
            @if here.rule.version > 0 { (version_words(lang, here.rule.version)) }
        }
    }
}

/// 第3版.
pub(super) fn version_words(lang: Lang, version: u32) -> String {
    match lang {
        Lang::Zh => format!(" 第 {version} 版"),
        Lang::En => format!(", version {version}"),
    }
}

fn drafts(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("{count} 份草稿等人发布"),
        (Lang::En, 1) => "1 draft to be published".to_owned(),
        (Lang::En, _) => format!("{count} drafts to be published"),
    }
}

/// The page of one hook.
pub(super) fn of_hook(code: &str, hook: &str) -> String {
    address(code, &format!("rules/{}", encode(hook)))
}
