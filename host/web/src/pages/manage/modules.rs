//! `GET /v/{village}/manage/modules`: the modules that there are, on or off; `POST …/{plugin}/state` switches.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::budgets::BUDGETS;
use cunshi_model::port::PluginState;
use cunshi_runtime::Release;
use maud::{Markup, html};

use super::{address, page, require_admin, say};
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::pages::go;
use crate::visit::{At, Visit};

/// The list.
pub(crate) async fn get(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let lang = visit.reader.lang;
    let fitting = fitting(&web, &visit);
    let body = html! {
        @if fitting.is_empty() { p.empty { (say(lang, "还没有可用的模块。", "There are no modules yet.")) } }
        @for release in &fitting {
            @let module = &release.manifest;
            @let on = visit.profile.plugins.get(&module.name).is_some_and(|state| state.on);
            section.card {
                header {
                    h2 { (module.title.get(lang)) }
                    @if on { span.tag.done { "✓ " (say(lang, "已打开", "On")) } } @else { span.tag.plain { (say(lang, "已关闭", "Off")) } }
                }
                @if let Some(summary) = &module.summary { p { (summary.get(lang)) } }
                p.meta { (module.name) " " (module.version) }
                @if on && !module.settings.is_empty() {
                    a.button.alt href={ (address(visit.code(), "modules")) "/" (module.name) "/settings" } { (say(lang, "设置", "Settings")) }
                }
                form method="post" action={ (address(visit.code(), "modules")) "/" (module.name) "/state" } {
                    input type="hidden" name="on" value=(if on { "off" } else { "on" });
                    button.button.alt type="submit" {
                        (if on { say(lang, "关闭（数据保留）", "Switch off (data stays)") } else { say(lang, "打开", "Switch on") })
                    }
                }
            }
        }
    };
    let body = html! { (body) (budgets(&web, &visit)) };
    Ok(page(&web, &visit, "modules", say(lang, "模块", "Modules"), StatusCode::OK, body).await)
}

/// What one call of a module may use here; the district sets it.
fn budgets(web: &Web, visit: &Visit) -> Markup {
    let lang = visit.reader.lang;
    let own = visit.profile.settings.get(BUDGETS);
    html! {
        section.card {
            details.opens {
                summary { (say(lang, "模块一次能用多少", "What a module may use at once")) }
                p.meta { (say(lang, "由区里定；标“本村”的与别处不同。", "Set by the district; what is marked “here” is not as elsewhere.")) }
                dl.facts {
                    @for (name, value) in web.runtime.budgets_of(&visit.profile).listed() {
                        div {
                            dt { (budget_word(lang, name)) }
                            dd.figures {
                                (value)
                                @if own.is_some_and(|own| own.get(name).is_some()) { " " span.tag.plain { (say(lang, "本村", "here")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn budget_word(lang: Lang, name: &'static str) -> &'static str {
    match name {
        "read_cpu_ms" => say(lang, "看一页的运算（毫秒）", "Computing for a page (ms)"),
        "write_cpu_ms" => say(lang, "办一件事的运算（毫秒）", "Computing for an action (ms)"),
        "wall_ms" => say(lang, "从头到尾（毫秒）", "From beginning to end (ms)"),
        "memory_mib" => say(lang, "内存（MiB）", "Memory (MiB)"),
        "data_operations" => say(lang, "读写次数", "Reads and writes"),
        "json_kib" => say(lang, "收发内容（KiB）", "Content in, and out (KiB)"),
        "events" => say(lang, "发出的事件", "Events sent"),
        "log_kib" => say(lang, "日志（KiB）", "Log (KiB)"),
        other => other,
    }
}

/// The switch: field `on` is `on` or `off`.
pub(crate) async fn state(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let release = fitting(&web, &visit).into_iter().find(|release| release.manifest.name == plugin);
    let release = release.ok_or(Refusal::NotFound)?;
    let on = Sent::read(request, true).await?.text("on") == "on";
    let pinned = visit.profile.plugins.get(&plugin).and_then(|state| state.pinned.clone());
    // They stay when it is switched off, and go on from where they stopped when it is on again.
    let jobs: Vec<String> = release.manifest.jobs.iter().map(|job| job.name.clone()).collect();
    let handle = web.store.space(visit.space.id).await?;
    handle.set_plugin(&plugin, &PluginState { on, pinned }, &jobs, visit.caller().actor, web.clock.now()).await?;
    let lang = visit.reader.lang;
    let title = release.manifest.title.get(lang);
    let text =
        if on { say(lang, "已打开：", "Switched on: ") } else { say(lang, "已关闭：", "Switched off: ") };
    Ok(go(&web, &address(visit.code(), "modules"), Some((format!("{text}{title}"), true))))
}

/// The releases that could run in this kind of space.
fn fitting(web: &Web, visit: &Visit) -> Vec<Arc<Release>> {
    let kind = visit.space.kind.manifest_name();
    web.runtime.releases().into_iter().filter(|release| release.manifest.spaces.contains(&kind)).collect()
}
