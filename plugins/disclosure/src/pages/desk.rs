//! The desk of the office and the supervisors: what is to be signed, written, answered.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Disclosure, DisclosureIndexes as _, days};
use crate::listing::{self, Show};
use crate::words::Reader;

/// Rows of each kind.
const ROWS: u32 = 30;

/// See `plugin.toml`.
pub fn desk(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx);
    let on = |board: &str| cx.data::<Disclosure>().by_board(board).take(ROWS);
    let (submitted, drafts, signed) = (on("submitted")?, on("draft")?, on("signed")?);
    let mut page = view::page(t!("desk.title")).fresh_until(days::next_midnight(cx.now()));
    let papers = |papers: &[Doc<Disclosure>]| papers.iter().map(row::paper).collect::<Vec<_>>();
    page = page.section(|section| {
        section.title(t!("desk.submitted")).add(view::list(papers(&submitted)).empty(t!("desk.submitted.none")))
    });
    if reader.cadre {
        let mut duties = listing::overdue(cx, ROWS)?;
        duties.extend(listing::coming(cx, ROWS)?);
        let duties = duties.iter().map(|duty| row::duty(cx, &reader, duty));
        page = page
            .section(|section| section.title(t!("desk.due")).add(view::list(duties).empty(t!("desk.due.none"))))
            .section(|section| {
                let list = view::list(papers(&drafts)).empty(t!("desk.drafts.none"));
                section.title(t!("desk.drafts")).more(t!("write.title"), To::page("write")).add(list)
            });
    }
    if !signed.is_empty() {
        page = page.section(|section| section.title(t!("desk.signed")).list(papers(&signed)));
    }
    let (open, _) = listing::questions(cx, Show::Open, ROWS, None)?;
    let open = open.iter().map(|question| row::question(cx, &reader, question));
    Ok(page.section(|section| {
        let list = view::list(open).empty(t!("desk.questions.none"));
        section.title(t!("desk.questions")).more(t!("questions.title"), To::page("questions")).add(list)
    }))
}
