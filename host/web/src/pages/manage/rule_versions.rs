//! Versions of a rule on its page, and what becomes of them: `POST …/versions/{version}/publish`, by a second person,
//! and `POST …/rollback` to one that decided before. And what the rule failed at.

use axum::extract::{Request, State};
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_contract::rule::OnFailure;
use cunshi_store::RuleState;
use maud::{Markup, html};

use super::rule_form::placed;
use super::rules::of_hook;
use super::{address, runs, say};
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::pages::go;
use crate::render::say as told;
use crate::rules::decision::labelled;
use crate::rules::versions::{Failed, Version, is_draft};
use crate::rules::{self, Here, versions};
use crate::visit::{At, Visit};

/// A draft is published: field `from` is the day, the author's when left out.
pub(crate) async fn publish(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook, version)): At<(String, String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let (by, here) = rules::to_change(&web, &visit, &hook).await?;
    let lang = visit.reader.lang;
    let version: u32 = version.parse().map_err(|_| Refusal::NotFound)?;
    let from = match Sent::read(request, true).await?.text("from") {
        "" => None,
        day => Some(
            versions::day(day).ok_or_else(|| Refusal::field("from", say(lang, "日期不对。", "This is not a day.")))?,
        ),
    };
    versions::publish(&web, &visit, &here, version, from, by).await?;
    let text = match lang {
        Lang::Zh => format!("第 {version} 版已经发布。"),
        Lang::En => format!("Version {version} is published."),
    };
    Ok(go(&web, &of_hook(visit.code(), &hook), Some((text, true))))
}

/// Back to an older version: field `version`.
pub(crate) async fn roll_back(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let (by, here) = rules::to_change(&web, &visit, &hook).await?;
    let lang = visit.reader.lang;
    let version = Sent::read(request, true).await?.text("version").parse().map_err(|_| Refusal::NotFound)?;
    versions::roll_back(&web, &visit, &here, version, by).await?;
    let text = match lang {
        Lang::Zh => format!("已经撤回到第 {version} 版。"),
        Lang::En => format!("Version {version} decides again."),
    };
    Ok(go(&web, &of_hook(visit.code(), &hook), Some((text, true))))
}

/// All versions with what can be done with each.
pub(super) fn list(lang: Lang, visit: &Visit, action: &str, versions: &[Version], writes: bool) -> Markup {
    html! {
        section.card {
            header { h2 { (say(lang, "版本", "Versions")) } }
            @if versions.is_empty() {
                p.empty { (say(lang, "本村还没有自己的版本。", "The village has no version of its own yet.")) }
            }
            ul.list { @for one in versions { (version(lang, visit, action, one, writes)) } }
        }
    }
}

fn version(lang: Lang, visit: &Visit, action: &str, it: &Version, writes: bool) -> Markup {
    let kept = &it.kept;
    let own = kept.author.is_some() && kept.author == visit.person();
    let published = it.published();
    html! {
        li {
            div.versioned {
                p.tags { b { a href={ (action) "?version=" (kept.version) } { (number(lang, kept.version)) } } " " (state(lang, it)) }
                p.lines { (kept.note) }
                p.meta {
                    (it.author) " " (told::dated_time(lang, kept.made))
                    @if let Some(published) = published {
                        " · " (say(lang, "发布：", "published by ")) (it.publisher.as_deref().unwrap_or_default())
                        " " (told::dated_time(lang, published.at))
                    }
                    @if let Some(from) = published.map(|one| one.starts).or(it.wanted()) {
                        " · " (say(lang, "起算：", "from ")) (told::dated_time(lang, from))
                    }
                }
                @if writes && is_draft(kept) {
                    @if own {
                        p.meta { (say(lang, "自己写的，要请另一个人发布。", "You wrote it: another person publishes it.")) }
                    } @else {
                        form method="post" action={ (action) "/versions/" (kept.version) "/publish" } {
                            button.button type="submit" { (say(lang, "看过了，发布", "I have read it: publish")) }
                        }
                    }
                }
                @if writes && !kept.active && kept.state == RuleState::Superseded {
                    form method="post" action={ (action) "/rollback" } {
                        input type="hidden" name="version" value=(kept.version);
                        button.button.alt type="submit" { (say(lang, "撤回到这一版", "Go back to this one")) }
                    }
                }
            }
        }
    }
}

fn number(lang: Lang, version: u32) -> String {
    match lang {
        Lang::Zh => format!("第 {version} 版"),
        Lang::En => format!("Version {version}"),
    }
}

fn state(lang: Lang, it: &Version) -> Markup {
    let (class, mark, zh, en) = match it.kept.state {
        _ if it.kept.active => ("tag done", "✓", "现在用的", "Decides now"),
        RuleState::Published => ("tag up", "↗", "已发布，还没到日子", "Published, still to begin"),
        RuleState::Superseded => ("tag plain", "", "以前用的", "Decided before"),
        RuleState::Draft | RuleState::Checked | RuleState::Tried => {
            ("tag hand", "◔", "草稿，等人发布", "Draft, to be published")
        }
    };
    html! { span class=(class) { @if !mark.is_empty() { span.mark aria-hidden="true" { (mark) } } (say(lang, zh, en)) } }
}

/// What the rule that decides now failed at, with its input, and how many events wait for a mended one.
pub(super) fn failures(lang: Lang, visit: &Visit, here: &Here, failures: &[Failed]) -> Markup {
    let current: Vec<&Failed> = failures.iter().filter(|one| one.is_current).collect();
    html! {
        @if !current.is_empty() {
            section.card {
                header { h2 { (say(lang, "出错的时候", "What it failed at")) } }
                p { @match here.hook.on_failure {
                    OnFailure::Wait => (say(
                        lang,
                        "下面的事没有算成，什么也没有改动。由事件引起的都等着：改好规则、发布以后，会按先后补上，一件不丢。",
                        "These could not be decided and nothing was changed. What came by an event waits: once a mended rule is published it is done, once and in order.",
                    )),
                    OnFailure::FallBack => (say(
                        lang,
                        "下面的事村里的规则没有算成，是按上级的规则算的。",
                        "The village's rule could not decide these; the rule above it did.",
                    )),
                } }
                ul.list {
                    @for one in &current {
                        li {
                            p.error { span.mark aria-hidden="true" { "!" } (placed(lang, &one.mistake)) }
                            p.meta { (told::dated_time(lang, one.at)) " · " (number(lang, one.version)) }
                            dl.facts {
                                @for (label, value) in labelled(&here.hook.input, &one.input, lang) {
                                    div { dt { (label) } dd { (value) } }
                                }
                            }
                        }
                    }
                }
                @if runs(visit) {
                    a.button.alt href=(address(visit.code(), "events")) { (say(lang, "看停下的事件", "See the events that wait")) }
                }
            }
        }
    }
}
