//! The village's console: people, modules and their settings, rules, parked events, SMS that failed. Cadres see the people and set
//! passwords anew; rules are read by cadres, supervisors and officers too; everything else is for the admin.

use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::port::{AuditEntry, Spaces};
use cunshi_model::{Role, Roles};
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::private;
use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::render::layout::{Shell, document};
use crate::render::{RenderContext, addresses};
use crate::session::hex;
use crate::visit::Visit;

mod control;
pub(crate) mod events;
pub(crate) mod letters;
pub(crate) mod modules;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod rule;
mod rule_form;
pub(crate) mod rule_versions;
pub(crate) mod rules;
pub(crate) mod settings;

/// The parts of the console: last segment of the address, names, who may open it beside those who run it.
const PARTS: [(&str, &str, &str, &[Role]); 5] = [
    ("people", "人员", "People", &[Role::Cadre]),
    ("modules", "模块", "Modules", &[]),
    ("rules", "规则", "Rules", &[Role::Cadre, Role::Supervisor, Role::Officer]),
    ("events", "事件", "Events", &[]),
    ("letters", "短信微信", "SMS and WeChat", &[]),
];

/// Who runs a space's console: its admin; in towns and the district their officers too.
fn runs(visit: &Visit) -> bool {
    visit.roles.has(Role::Admin) || (!visit.space.kind.is_village() && visit.roles.has(Role::Officer))
}

/// Lets those in who run the console.
fn require_admin(visit: &Visit) -> Result<(), Refusal> {
    visit.require(runs(visit))
}

/// Lets cadres in too.
fn require_cadre(visit: &Visit) -> Result<(), Refusal> {
    visit.require(runs(visit) || visit.roles.has(Role::Cadre))
}

/// A text in the reader's language.
fn say<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The word for a role.
fn role_word(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Member => say(lang, "村民", "Villager"),
        Role::Cadre => say(lang, "村干部", "Cadre"),
        Role::Supervisor => say(lang, "监委会", "Supervisor"),
        Role::Admin => say(lang, "管理员", "Admin"),
        Role::Officer => say(lang, "镇区干部", "Officer"),
    }
}

/// An address of the console.
pub(crate) fn address(code: &str, part: &str) -> String {
    format!("{}/manage/{part}", addresses::home(code))
}

/// Draws a page of the console.
async fn page(web: &Web, visit: &Visit, part: &str, title: &str, status: StatusCode, body: Markup) -> Response {
    let cx = frame::of_visit(web, visit).await;
    let body = html! { (tabs(&cx, visit, part)) (body) };
    let crumbs = vec![(addresses::home(visit.code()), visit.space.name.clone())];
    let shell = Shell { title, crumbs, desk: true, body: Some(body), ..Shell::default() };
    private(web, &visit.reader, status, document(&cx, &shell))
}

fn tabs(cx: &RenderContext<'_>, visit: &Visit, part: &str) -> Markup {
    let opens = |roles: &[Role]| runs(visit) || roles.iter().any(|role| visit.roles.has(*role));
    html! {
        nav.filters aria-label=(say(cx.lang, "管理", "Console")) {
            @for (name, zh, en, _) in PARTS.into_iter().filter(|(.., roles)| opens(roles)) {
                a href=(address(visit.code(), name)) aria-current=[(name == part).then_some("page")] { (say(cx.lang, zh, en)) }
            }
        }
    }
}

/// Notes in the space's audit what was done in the console; `what` is never kept as it is, only its digest.
async fn audit(web: &Web, visit: &Visit, action: &str, subject: &str, what: &str) -> Result<(), Refusal> {
    let digest = hex(&Sha256::digest(what.as_bytes()));
    let mut space = web.store.write(visit.space.id).await?;
    let actor = visit.caller().actor;
    space.audit(AuditEntry { at: web.clock.now(), actor, action, subject: Some(subject), digest: &digest }).await?;
    space.commit().await?;
    Ok(())
}

/// Roles that are more than a villager's.
fn is_elevated(roles: Roles) -> bool {
    roles.iter().any(|role| role != Role::Member)
}
