//! Why something was decided so, in large plain type: how many points, the rule's own sentences, the row of the table,
//! whose rule it was.

use cunshi_model::Micros;
use maud::{Markup, html};

use crate::render::layout::{Shell, document};
use crate::render::{RenderContext, addresses, say};

/// A decision as its reader sees it. Values are words already.
#[derive(Clone, Debug, Default)]
pub struct Decided<'a> {
    /// What was decided.
    pub title: String,
    /// Hundredths of a point, where points were decided.
    pub points: Option<i64>,
    /// What the rule said.
    pub because: &'a [String],
    /// What else came out.
    pub output: Vec<(String, String)>,
    /// The row of the table that it rests on.
    pub row: Vec<(String, String)>,
    /// What the rule was told.
    pub facts: Vec<(String, String)>,
    /// What the rule asked of the platform.
    pub answers: Vec<(String, i64)>,
    /// Whose rule: 天府社区的规则.
    pub whose: String,
    /// 0 for a module's default.
    pub version: u32,
    /// The instant that it is about.
    pub at: Micros,
    /// When it was set aside.
    pub voided: Option<Micros>,
    /// The village's own rule failed, and this one stood in.
    pub fell_back: bool,
    /// The rule's script.
    pub script: &'a str,
    /// Its digest.
    pub digest: &'a str,
    /// The module's page and name.
    pub back: Option<(String, String)>,
}

/// The page.
pub fn decision(cx: &RenderContext<'_>, it: &Decided<'_>) -> Markup {
    let words = cx.words();
    let body = html! {
        section.card.narrow.decided {
            @if it.voided.is_some() { p.alert.hand { span.mark aria-hidden="true" { "◔" } span.lines { (words.decision_voided) } } }
            @if let Some(points) = it.points {
                p.many { b.figures.less[points < 0] { (say::points_signed(points)) } " " span { (words.points_unit) } }
            }
            @if !it.because.is_empty() {
                h2 { (words.decision_why) }
                ul.lead { @for line in it.because { li.lines { (line) } } }
            }
            p { (say::by_rule(cx.lang, &it.whose, it.version)) " " span.meta { (say::dated_time(cx.lang, it.at)) } }
            @if it.fell_back { p.alert.hand { span.mark aria-hidden="true" { "◔" } span.lines { (words.decision_fell_back) } } }
        }
        @if !it.row.is_empty() { (card(words.decision_row, &it.row)) }
        @if !it.output.is_empty() { (card(words.decision_output, &it.output)) }
        section.card.narrow {
            details.opens.why-more {
                summary { (words.decision_more) }
                @if !it.facts.is_empty() { h3 { (words.decision_facts) } (pairs(&it.facts)) }
                @if !it.answers.is_empty() {
                    h3 { (words.decision_answers) }
                    dl.facts { @for (question, answer) in &it.answers { div { dt { code { (question) } } dd.figures { (answer) } } } }
                }
                h3 { (words.decision_script) }
                pre.code { (it.script) }
                p.meta { code { (it.digest) } }
            }
            p.meta { (words.decision_objection) }
            @if let Some((href, name)) = &it.back { a.button.alt href=(href) { (name) } }
        }
    };
    let mut crumbs = Vec::new();
    if let Some(space) = &cx.space {
        crumbs.push((addresses::home(cx.code()), space.name.clone()));
    }
    crumbs.extend(it.back.clone());
    document(cx, &Shell { title: &it.title, subtitle: Some(words.why), crumbs, body: Some(body), ..Shell::default() })
}

fn card(title: &str, items: &[(String, String)]) -> Markup {
    html! { section.card.narrow { h2 { (title) } (pairs(items)) } }
}

fn pairs(items: &[(String, String)]) -> Markup {
    html! { dl.facts { @for (label, value) in items { div { dt { (label) } dd.lines { (value) } } } } }
}
