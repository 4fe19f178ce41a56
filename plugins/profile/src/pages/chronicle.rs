//! 大事记: big events by year.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Milestone, Part};
use crate::{ChronicleParams, listing, words};

/// Events on a page.
const ROWS: u32 = 20;
/// Years to choose from, the newest.
const YEARS: usize = 12;

/// See `plugin.toml`.
pub fn chronicle(cx: &Read, params: ChronicleParams) -> Result<View> {
    let cadre = words::has(cx, "cadre");
    let years = listing::years(cx, YEARS)?;
    let (found, next) = listing::milestones(cx, params.year, ROWS, params.cursor)?;
    let next = next.map(|cursor| here(params.year).with("cursor", cursor));
    let mut page = view::page(t!("chronicle.title")).subtitle(t!("chronicle.subtitle", name = cx.space().name));
    if years.len() > 1 {
        let every = Tab::new(t!("chronicle.all"), here(None)).current(params.year.is_none());
        let tab = |year: i64| Tab::new(t!("chronicle.year", year = year), here(Some(year)));
        let tabs = years.into_iter().map(|year| tab(year).current(params.year == Some(year)));
        page = page.filters(std::iter::once(every).chain(tabs));
    }
    if found.is_empty() {
        page = page.empty(match (params.year, cadre) {
            (Some(year), _) => t!("chronicle.none.year", year = year),
            (None, true) => t!("chronicle.none.cadre"),
            (None, false) => t!("chronicle.none"),
        });
    }
    let last = found.last().map(|milestone| milestone.year());
    for year in in_order(&found) {
        let of_year = found.iter().filter(|milestone| milestone.year() == year).map(row::milestone);
        let list = view::list(of_year).next(next.clone().filter(|_| Some(year) == last));
        page = page.section(|section| section.title(t!("chronicle.year", year = year)).add(list));
    }
    if let Some(changed) = words::changed(cx, Part::Milestones)? {
        page = page.quiet(changed);
    }
    Ok(page.when(cadre, |page| {
        let form = view::form("record-milestone").value("day", days::write_day(cx.now()));
        page.section(|section| section.title(t!("chronicle.add")).add(form))
    }))
}

/// The years of events that stand in order.
fn in_order(found: &[Doc<Milestone>]) -> Vec<i64> {
    let mut years: Vec<i64> = found.iter().map(|milestone| milestone.year()).collect();
    years.dedup();
    years
}

fn here(year: Option<i64>) -> To {
    let to = To::page("chronicle");
    match year {
        Some(year) => to.with("year", year),
        None => to,
    }
}
