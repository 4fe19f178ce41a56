//! The desk on an entry: what its author, a cadre, or a supervisor can do with it; and the list of disputes.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Check, Dispute, DisputeIndexes as _, Entry, days};
use crate::listing;
use crate::words::Reader;

/// Disputes on the list.
const ROWS: u32 = 50;

/// Adds to an aside what this reader can do.
pub fn desk(cx: &Read, reader: &Reader, entry: &Doc<Entry>, aside: Vec<Node>) -> Result<Vec<Node>> {
    let aside = aside.maybe(judge(cx, reader, entry)?);
    if !entry.is_public() || !reader.cadre {
        return Ok(aside);
    }
    let id = entry.id.as_str();
    let promise = entry.follow_of.is_some();
    let own = reader.wrote(entry);
    let corrects = own && !entry.check.is_some_and(Check::is_settled);
    let withdraws = if own { entry.check != Some(Check::Falls) } else { reader.admin };
    if !(promise || corrects || withdraws) {
        return Ok(aside);
    }
    Ok(aside.section(|section| {
        section
            .title(t!("desk.title"))
            .when(promise, |section| section.add(view::form("follow").value("entry", id).folded()))
            .when(corrects, |section| section.add(correct(entry)))
            .when(withdraws, |section| section.add(view::form("withdraw").value("entry", id).folded()))
    }))
}

fn correct(entry: &Doc<Entry>) -> view::Form {
    let mut form = view::form("correct")
        .value("entry", entry.id.as_str())
        .value("seen", entry.version.to_string())
        .value("text", entry.text.as_str())
        .value("day", days::write_day(entry.day))
        .folded();
    if let Some(place) = &entry.place {
        form = form.value("place", place.as_str());
    }
    if let Some(minutes) = entry.minutes {
        form = form.value("minutes", minutes);
    }
    if let Some(promised) = &entry.promised {
        form = form.value("promised", promised.as_str());
    }
    if let Some(due) = entry.follow_up {
        form = form.value("follow_up", days::write_day(due));
    }
    form
}

/// The words of the household, and the form for what was found: for those without a part in it.
fn judge(cx: &Read, reader: &Reader, entry: &Doc<Entry>) -> Result<Option<Node>> {
    let person = reader.person.as_deref().unwrap_or_default();
    let involved = !entry.may_judge(person, reader.household.as_deref());
    if !reader.judges() || involved {
        return Ok(None);
    }
    let disputes = cx.data::<Dispute>().by_entry(entry.id.as_str()).take(20)?;
    if disputes.is_empty() {
        return Ok(None);
    }
    let said = disputes.iter().map(|dispute| Step::new(&dispute.name).at(dispute.at).text(&dispute.text));
    let section = view::section(t!("judge.title")).quiet(t!("judge.who")).timeline(said);
    if entry.check != Some(Check::Disputed) || !entry.is_public() {
        return Ok(Some(section.into()));
    }
    let form = view::form("settle").value("entry", entry.id.as_str()).value("seen", entry.version.to_string());
    Ok(Some(section.add(form).into()))
}

/// The disputes that wait, and those that were settled.
pub fn disputes(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx)?;
    let (open, _) = listing::disputed(cx, ROWS, None)?;
    let settled = listing::settled(cx, 20)?;
    let list = view::list(row::items(&reader, &open)).empty(t!("disputes.none"));
    let page = view::page(t!("disputes.title")).subtitle(t!("disputes.subtitle"));
    let page = page.section(|section| section.title(t!("disputes.open")).add(list));
    Ok(page.when(!settled.is_empty(), |page| {
        page.section(|section| section.title(t!("disputes.settled")).list(row::items(&reader, &settled)))
    }))
}
