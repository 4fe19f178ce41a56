//! The office's desk: what waits, exceptions first.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Posting, State, days};
use crate::words::{self, cut};
use crate::{WaitingParams, listing};

/// Rows of each part.
const ROWS: u32 = 20;
/// Rows of the page with all sign-ups.
const ALL: u32 = 50;
/// Longest title in a table, in characters.
const TITLE: usize = 30;

/// The desk.
pub fn desk(cx: &Read) -> Result<View> {
    let doubts = listing::doubts(cx, ROWS)?;
    let (signups, more) = listing::waiting(cx, ROWS, None)?;
    let mut page = view::page(t!("desk.title"))
        .subtitle(t!("desk.subtitle"))
        .fresh_until(days::next_midnight(cx.now()))
        .add(view::link(t!("board.new"), To::page("new")).icon("work").primary());
    if !doubts.is_empty() {
        let items = doubts.iter().map(|doubt| {
            let item = Item::new(cut(&doubt.title, TITLE)).to(row::to_posting(&doubt.posting));
            item.badge(words::doubt(&doubt.why), Tone::Late).at(doubt.at)
        });
        page = page.section(|section| section.title(t!("doubts.title")).list(items));
    }
    page = part(page, t!("desk.proposed"), &listing::at_desk(cx, State::Proposed, ROWS)?);
    let table = view::table(row::columns()).rows(signups.iter().map(row::signup)).empty(t!("desk.signups.none"));
    page = page.section(|section| {
        let section = section.title(t!("desk.signups")).add(table);
        section.when(more.is_some(), |section| section.link(t!("desk.signups.more"), To::page("waiting")))
    });
    page = part(page, t!("desk.stale"), &listing::stale(cx, ROWS)?);
    page = part(page, t!("desk.drafts"), &listing::at_desk(cx, State::Draft, ROWS)?);
    page = part(page, t!("desk.declined"), &listing::at_desk(cx, State::Declined, ROWS)?);
    page = part(page, t!("desk.over"), &listing::over(cx, ROWS)?);
    Ok(part(page, t!("desk.hidden"), &listing::at_desk(cx, State::Hidden, ROWS)?))
}

/// Some postings under a heading; none adds nothing.
fn part(page: View, title: String, postings: &[Doc<Posting>]) -> View {
    if postings.is_empty() {
        return page;
    }
    let columns = [
        Column::text(t!("column.posting")),
        Column::text(t!("posting.pay")),
        Column::text(t!("posting.place")),
        Column::text(t!("posting.author")),
        Column::number(t!("column.hired")),
        Column::number(t!("column.headcount")),
    ];
    let rows = postings.iter().map(|posting| {
        let terms = &posting.terms;
        vec![
            Cell::link(cut(&terms.title, TITLE), row::to(posting)),
            words::pay(terms).into(),
            words::place(terms).into(),
            posting.author_name.clone().or_else(|| posting.office.clone()).unwrap_or_default().into(),
            posting.hired.into(),
            terms.headcount.into(),
        ]
    });
    page.section(|section| section.title(title).table(columns, rows))
}

/// Every sign-up that waits here.
pub fn waiting(cx: &Read, params: WaitingParams) -> Result<View> {
    let (found, next) = listing::waiting(cx, ALL, params.cursor)?;
    let next = next.map(|cursor| To::page("waiting").with("cursor", cursor));
    let table =
        view::table(row::columns()).rows(found.iter().map(row::signup)).empty(t!("desk.signups.none")).next(next);
    Ok(view::page(t!("desk.signups")).section(|section| section.add(table)))
}
