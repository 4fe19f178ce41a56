//! Writing an entry, and the drafts of a cadre.

use cunshi_sdk::prelude::*;

use super::row;
use crate::actions::write::own_draft;
use crate::domain::{Entry, days};
use crate::words::Reader;
use crate::{DraftParams, listing};

/// Most drafts that are shown.
const ROWS: u32 = 50;

/// A new entry. Its day stands in the form, so that what is written without a signal keeps it.
pub fn new(cx: &Read) -> Result<View> {
    let form = view::form("write").value("day", days::write_day(cx.now()));
    let page = view::page(t!("new.title")).subtitle(t!("new.subtitle")).fresh_until(days::next_midnight(cx.now()));
    Ok(page.section(|section| section.add(form)))
}

/// My drafts.
pub fn drafts(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx)?;
    let drafts = listing::drafts(cx, &cx.caller()?.person, ROWS)?;
    let list = view::list(row::items(&reader, &drafts)).empty(t!("drafts.none"));
    let page = view::page(t!("drafts.title")).subtitle(t!("drafts.subtitle"));
    let page = page.add(view::link(t!("board.write"), To::page("new")).icon("diary").primary());
    Ok(page.section(|section| section.add(list)))
}

/// One draft, to be finished.
pub fn draft(cx: &Read, params: &DraftParams) -> Result<View> {
    let entry = own_draft(cx, &params.id)?;
    let page = view::page(t!("draft.title")).subtitle(t!("drafts.subtitle"));
    let page = page.section(|section| {
        let section = section.images_with(&entry.photos, t!("draft.photos"));
        section.add(form(&entry))
    });
    Ok(page.section(|section| section.add(view::button("discard").value("draft", entry.id.as_str()).quiet())))
}

fn form(entry: &Doc<Entry>) -> view::Form {
    let mut form = view::form("finish")
        .value("draft", entry.id.as_str())
        .value("kind", entry.kind.as_str())
        .value("day", days::write_day(entry.day))
        .value("text", entry.text.as_str());
    let texts = [
        ("household", &entry.household),
        ("place", &entry.place),
        ("promised", &entry.promised),
        ("note", &entry.note),
    ];
    for (field, text) in texts {
        if let Some(text) = text {
            form = form.value(field, text.as_str());
        }
    }
    if let Some(minutes) = entry.minutes {
        form = form.value("minutes", minutes);
    }
    if let Some(due) = entry.follow_up {
        form = form.value("follow_up", days::write_day(due));
    }
    for (field, helper) in ["helper", "helper2", "helper3"].into_iter().zip(&entry.helpers) {
        form = form.value(field, helper.person.as_str());
    }
    form
}
