//! Numbers with their meaning: stats, bars, stars, countdowns.

use cunshi_contract::view::{Stat, Tone};
use cunshi_model::Micros;
use maud::{Markup, html};

use super::cell::time;
use super::prose::{mark, tone_class};
use crate::render::RenderContext;
use crate::render::say;
use crate::render::view::Drawer;

pub(crate) fn stats(drawer: &Drawer<'_>, items: &[Stat]) -> Markup {
    html! {
        ul.stats {
            @for item in items {
                li class=(tone_class(item.tone)) {
                    b { (mark(item.tone)) (item.value) }
                    span { (drawer.linked(&item.label, item.to.as_ref())) }
                }
            }
        }
    }
}

/// Bars as a description of the numbers; their lengths are drawn as SVG, because a style would need an
/// exception of the page's policy.
pub(crate) fn chart(title: &str, bars: &[(String, i64)]) -> Markup {
    let most = bars.iter().map(|(_, number)| number.saturating_abs()).max().unwrap_or(0).max(1);
    html! {
        figure.chart {
            figcaption { (title) }
            ul {
                @for (label, number) in bars {
                    // In thousandths of the longest bar; at least a sliver, so that 1 beside 10,000 is seen.
                    @let width = i128::from(number.saturating_abs()) * 1_000 / i128::from(most);
                    @let width = if *number == 0 { 0 } else { width.max(8) };
                    li {
                        span.label { (label) }
                        svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                            rect.track width="1000" height="10" {}
                            rect.fill.below[*number < 0] width=(width) height="10" {}
                        }
                        b.figures { (say::count(*number)) }
                    }
                }
            }
        }
    }
}

pub(crate) fn stars(cx: &RenderContext<'_>, value: u8, label: Option<&str>) -> Markup {
    html! {
        p.rated {
            @if let Some(label) = label { span { (label) } " " }
            (star_row(cx, value))
        }
    }
}

/// ★★★★☆, with the number for those who do not see it.
pub(crate) fn star_row(cx: &RenderContext<'_>, value: u8) -> Markup {
    let full = usize::from(value.min(5));
    html! {
        span.stars role="img" aria-label=(say::stars(cx.lang, value.min(5))) {
            @for _ in 0..full { "★" } @for _ in full..5 { "☆" }
        }
    }
}

pub(crate) fn countdown(cx: &RenderContext<'_>, until: Micros, label: &str) -> Markup {
    let tone = if until < cx.now { Tone::Late } else { Tone::Hand };
    html! {
        p.countdown {
            span class={ "tag " (tone_class(tone)) } { (mark(tone)) (say::countdown(cx.lang, cx.now, until)) }
            " " span.meta { (label) " " (time(cx, until)) }
        }
    }
}
