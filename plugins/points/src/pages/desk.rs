//! The office's desk: what waits, a code to hand out, an account to look up.

use cunshi_sdk::prelude::*;

use super::{publicity, row};
use crate::domain::{Reservation, ReservationIndexes as _, code};
use crate::words::{self, Reader};
use crate::{DeskParams, listing};

/// Rows of one sort.
const ROWS: u32 = 20;

/// The desk.
pub fn desk(cx: &Read, params: &DeskParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let mut page = view::page(t!("desk.title"));
    if reader.cadre {
        page = hand_out(cx, params.code.as_deref().unwrap_or_default(), page)?;
    }
    page = objections(cx, &reader, page)?;
    page = reviews(cx, &reader, page)?;
    page = corrections(cx, page)?;
    if reader.cadre {
        let (held, _) = listing::to_hand_out(cx, ROWS, None)?;
        let items: Vec<Item> = held.iter().map(|found| row::reservation(found, true)).collect();
        let list = view::list(items).empty(t!("desk.none.held"));
        page = page.section(|section| section.title(t!("desk.held")).add(list));
    }
    page = accounts(cx, params.name.as_deref().unwrap_or_default(), page)?;
    let page = page.link(t!("deduct.title"), To::page("new-deduction"));
    let page = page.link(t!("activities.title"), To::page("activities"));
    Ok(page.when(reader.cadre, |page| page.link(t!("stocking.title"), To::page("stocking"))))
}

/// The code that a villager shows: what it is for, and the button.
fn hand_out(cx: &Read, typed: &str, page: View) -> Result<View> {
    let wanted = code::read(typed);
    let found = if wanted.is_empty() { None } else { cx.data::<Reservation>().by_code(wanted.as_str()).first()? };
    Ok(page.section(|section| {
        let section = section.title(t!("desk.hand-out")).search(t!("desk.code"), To::page("desk"), "code", typed);
        match &found {
            Some(reservation) => {
                let label = t!("desk.hand-out.button", title = reservation.title, name = reservation.name);
                let section = section.list([row::reservation(reservation, true)]);
                section.add(view::button("hand-out").value("code", wanted.as_str()).label(label))
            }
            None if wanted.is_empty() => section,
            None => section.alert(Tone::Late, t!("refused.no-code")),
        }
    }))
}

fn objections(cx: &Read, reader: &Reader, page: View) -> Result<View> {
    let (found, _) = listing::open_objections(cx, ROWS, None)?;
    if found.is_empty() {
        return Ok(page);
    }
    let item = |objection: &Doc<crate::domain::Objection>| {
        let late = objection.is_overdue(cx.now());
        let (text, tone) = if late {
            (t!("objection.late"), Tone::Late)
        } else {
            (t!("objection.open", date = words::date(objection.due)), Tone::Hand)
        };
        let to = To::page("award").with("id", objection.award.as_str());
        let title = format!("{} {}", objection.number, objection.label);
        Item::new(title).to(to).badge(text, tone).meta(words::cut(&words::public(reader, &objection.text), 40))
    };
    let items: Vec<Item> = found.iter().map(item).collect();
    Ok(page.section(|section| section.title(t!("desk.objections")).list(items)))
}

fn reviews(cx: &Read, reader: &Reader, page: View) -> Result<View> {
    let (found, more) = listing::in_review(cx, ROWS, None)?;
    let quorum = cx.setting::<i64>("reviewers")?;
    let columns = [
        t!("column.item"),
        t!("column.who"),
        t!("column.points"),
        t!("column.text"),
        t!("column.votes"),
        t!("column.due"),
    ];
    let table = view::table(columns.map(Column::text))
        .rows(found.iter().map(|award| publicity::cells(reader, award, quorum)))
        .empty(t!("reviewing.none"));
    Ok(page.section(|section| {
        let section = section.title(t!("reviewing.title"));
        let section = if more.is_some() { section.more(t!("more"), To::page("reviewing")) } else { section };
        section.add(table)
    }))
}

fn corrections(cx: &Read, page: View) -> Result<View> {
    let found = listing::open_corrections(cx)?;
    if found.is_empty() {
        return Ok(page);
    }
    let item = |correction: &Doc<crate::domain::Correction>| {
        let to = To::page("award").with("id", correction.award.as_str());
        let title = format!("{} {}", correction.number, correction.label);
        Item::new(title).to(to).badge(t!("correction.waiting"), Tone::Hand).meta(words::cut(&correction.text, 40))
    };
    let items: Vec<Item> = found.iter().map(item).collect();
    Ok(page.section(|section| section.title(t!("desk.corrections")).list(items)))
}

/// Somebody's account, by name.
fn accounts(cx: &Read, name: &str, page: View) -> Result<View> {
    let found = if name.trim().is_empty() { Vec::new() } else { cx.search_people(name.trim(), 20)? };
    let item = |person: &Person| {
        let to = match &person.household {
            Some(household) => To::page("account").with("household", household.as_str()),
            None => To::page("account").with("person", person.id.as_str()),
        };
        Item::new(&person.name).to(to)
    };
    let items: Vec<Item> = found.iter().map(item).collect();
    Ok(page.section(|section| {
        let section = section.title(t!("desk.accounts")).search(t!("desk.name"), To::page("desk"), "name", name);
        section.when(!name.trim().is_empty(), |section| section.add(view::list(items).empty(t!("desk.nobody"))))
    }))
}
