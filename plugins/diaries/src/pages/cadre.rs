//! One cadre's month: figures and entries.

use cunshi_sdk::prelude::*;

use super::row;
use crate::books::{self, Month};
use crate::domain::days::{self, Micros};
use crate::domain::{Kind, month as months};
use crate::words::{self, Reader};
use crate::{CadreParams, listing};

/// Entries on a page.
const ROWS: u32 = 30;

/// The page of a cadre; of anybody else there is none.
pub fn cadre(cx: &Read, params: CadreParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let month = Month::of(cx, months::asked(params.month.as_deref(), cx.now()))?;
    let person = params.person;
    let known = month.rows.iter().find(|row| row.person == person).cloned();
    let Some(row) = known else { return elsewhere(cx, &person, month.start) };
    let to = |at: Micros| super::calendar::to_cadre(&person, at);
    let over = days::next_month(month.start) <= cx.now();
    let (entries, next) = listing::of_month(cx, &person, month.start, ROWS, params.cursor)?;
    let next = next.map(|cursor| to(month.start).with("cursor", cursor));
    let stats = Kind::ALL.into_iter().map(|kind| Stat::new(row.sum.of(kind).to_string(), words::kind(kind)));
    let stats = stats.chain([
        Stat::new(row.sum.households.to_string(), t!("column.households")),
        Stat::new(words::share(row.sum.confirmed, row.sum.asked), t!("stat.confirmed")).tone(Tone::Done),
    ]);
    let list = view::list(row::items(&reader, &entries)).empty(t!("cadre.none")).next(next);
    Ok(view::page(t!("cadre.title", name = row.name))
        .subtitle(words::month(month.start))
        .fresh_until(days::next_midnight(cx.now()))
        .filters(row::months(cx, month.start, to))
        .badges([words::duties(month.duties, &row, over)])
        .stats(stats)
        .section(|section| section.add(list)))
}

/// Somebody who has nothing in this month: whoever is a cadre or ever wrote an entry has a page, nobody else.
fn elsewhere(cx: &Read, person: &str, month: Micros) -> Result<View> {
    let cadre = books::cadres(cx)?.into_iter().find(|(id, _)| id == person).map(|(_, name)| name);
    let name = if let Some(name) = cadre {
        name
    } else {
        let (last, _) = listing::of_cadre(cx, person, 1, None)?;
        last.first().ok_or(Error::Missing)?.author_name.clone()
    };
    let to = |at: Micros| super::calendar::to_cadre(person, at);
    let page = view::page(t!("cadre.title", name = name)).subtitle(words::month(month));
    Ok(page.filters(row::months(cx, month, to)).empty(t!("cadre.none")))
}
