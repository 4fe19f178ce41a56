//! Problem pages: what went wrong in words, the way back, the telephone. Never a blank page.

use maud::{Markup, html};

use crate::render::icon::icon;
use crate::render::layout::{Shell, document, office_call};
use crate::render::{RenderContext, addresses, say};

/// What went wrong.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// The HTTP status: 400, 401, 403, 404, 405, 409, 413, 422, 429, 503; any other reads like 500.
    pub status: u16,
    /// A sentence for the reader, when there is a better one than the status's own.
    pub reason: Option<String>,
    /// When to try again, in seconds.
    pub retry_after_s: Option<u32>,
    /// The call's id, to name on the telephone.
    pub call: Option<String>,
    /// Where the reader came from, an address of this host: the way back. Home when there is none.
    pub back: Option<String>,
}

/// The page for a problem.
pub fn problem(cx: &RenderContext<'_>, problem: &Problem) -> Markup {
    let words = cx.words();
    let (title, what_to_do) = sentences(cx, problem.status);
    let (home, home_words) = match &cx.space {
        Some(_) => (addresses::home(cx.code()), words.back_home),
        None => (addresses::PORTAL.to_owned(), words.back_portal),
    };
    let body = html! {
        section.card.narrow.problem {
            p.big aria-hidden="true" { (icon(if problem.status == 401 { "person" } else { "alert" })) }
            @if let Some(reason) = &problem.reason { p.lines.lead { (reason) } }
            p { (what_to_do) }
            @if let Some(seconds) = problem.retry_after_s { p { (say::wait(cx.lang, seconds)) } }
            @if problem.status == 401 {
                a.button.do href=(addresses::sign_in_then(cx.code(), &cx.path)) { (words.sign_in) }
            }
            @match &problem.back {
                Some(back) => {
                    a.button.do[problem.status != 401].alt[problem.status == 401] href=(back) { (icon("back")) (words.back) }
                    a.button.alt href=(home) { (icon("home")) (home_words) }
                }
                None => a.button.do[problem.status != 401].alt[problem.status == 401] href=(home) { (icon("home")) (home_words) },
            }
            (office_call(cx))
            @if let Some(call) = &problem.call { p.meta { (words.call_number) ": " code { (call) } } }
        }
    };
    let crumbs = match &cx.space {
        Some(space) => vec![(addresses::home(cx.code()), space.name.clone())],
        None => vec![(addresses::PORTAL.to_owned(), words.platform.to_owned())],
    };
    document(cx, &Shell { title, crumbs, body: Some(body), ..Shell::default() })
}

fn sentences(cx: &RenderContext<'_>, status: u16) -> (&'static str, &'static str) {
    let words = cx.words();
    match status {
        400 => (words.p400, words.p400_do),
        401 => (words.p401, words.p401_do),
        403 => (words.p403, words.p403_do),
        404 | 405 => (words.p404, words.p404_do),
        409 => (words.p409, words.p409_do),
        413 => (words.p413, words.p413_do),
        422 => (words.p422, words.p422_do),
        429 => (words.p429, words.p429_do),
        503 => (words.p503, words.p503_do),
        _ => (words.p500, words.p500_do),
    }
}
