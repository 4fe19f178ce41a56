//! The public board: what is in its publicity period, that which ends first first; and what waits for review.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Award, days};
use crate::words::{self, Reader};
use crate::{PublicityParams, ReviewingParams, listing};

/// Rows on a page.
const ROWS: u32 = 20;

/// 公示栏
pub fn publicity(cx: &Read, params: PublicityParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let (awards, next) = listing::in_publicity(cx, ROWS, params.cursor)?;
    let items = row::awards(cx, &reader, &awards);
    let next = next.map(|cursor| To::page("publicity").with("cursor", cursor));
    let page = view::page(t!("publicity.title")).subtitle(t!("publicity.subtitle"));
    let list = view::list(items).empty(t!("publicity.none")).next(next);
    Ok(page.fresh_until(days::next_midnight(cx.now())).section(|section| section.add(list)))
}

/// 评议, for the office.
pub fn reviewing(cx: &Read, params: ReviewingParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let (awards, next) = listing::in_review(cx, ROWS, params.cursor)?;
    let next = next.map(|cursor| To::page("reviewing").with("cursor", cursor));
    let columns = [
        t!("column.item"),
        t!("column.who"),
        t!("column.points"),
        t!("column.text"),
        t!("column.votes"),
        t!("column.due"),
    ];
    let quorum = cx.setting::<i64>("reviewers")?;
    let table = view::table(columns.map(Column::text))
        .rows(awards.iter().map(|award| cells(&reader, award, quorum)))
        .empty(t!("reviewing.none"))
        .next(next);
    let page = view::page(t!("reviewing.title")).subtitle(t!("reviewing.subtitle"));
    Ok(page.section(|section| section.add(table)))
}

/// A row of the review list.
pub fn cells(reader: &Reader, award: &Doc<Award>, quorum: i64) -> Vec<Cell> {
    let may = reader.hand.as_ref().map(|hand| award.may_vote(hand));
    let votes = t!("votes", n = award.votes_of(true), of = quorum, against = award.votes_of(false));
    let votes: Cell = match may {
        Some(Ok(())) => Badge::new(votes, Tone::Hand).into(),
        Some(Err(why)) => t!("votes.not-me", votes = votes, why = words::short_refusal(why)).into(),
        None => votes.into(),
    };
    vec![
        Cell::link(format!("{} {}", award.number, award.label), row::to(award)),
        reader.whose(award).into(),
        Badge::new(words::signed(award.points), words::tone(award.points)).into(),
        words::cut(&award.text, 40).into(),
        votes,
        Cell::Day(award.due),
    ]
}
