//! Finding entries for pages and queries. The host shows each reader only what is for them.

use cunshi_sdk::prelude::{Doc, Read, Result};

use crate::domain::days::{self, Micros};
use crate::domain::{Entry, EntryIndexes as _, Kind};

/// Some entries, and where to go on.
pub type Page = (Vec<Doc<Entry>>, Option<String>);

/// Public entries, the newest day first.
pub fn public(cx: &Read, kind: Option<Kind>, limit: u32, cursor: Option<String>) -> Result<Page> {
    let entries = cx.data::<Entry>();
    let found = match kind {
        Some(kind) => entries.by_kind(kind.as_str()),
        None => entries.by("by_day"),
    };
    Ok(found.newest().page(limit, cursor)?)
}

/// Public entries of a cadre.
pub fn of_cadre(cx: &Read, person: &str, limit: u32, cursor: Option<String>) -> Result<Page> {
    Ok(cx.data::<Entry>().by_author(person).newest().page(limit, cursor)?)
}

/// Public entries of a cadre in a month.
pub fn of_month(cx: &Read, person: &str, month: Micros, limit: u32, cursor: Option<String>) -> Result<Page> {
    let found = cx.data::<Entry>().by_author(person).from(month).to(days::next_month(month));
    Ok(found.newest().page(limit, cursor)?)
}

/// Public entries about a household: for its own people and the office only.
pub fn of_household(cx: &Read, household: &str, limit: u32, cursor: Option<String>) -> Result<Page> {
    Ok(cx.data::<Entry>().by_household(household).newest().page(limit, cursor)?)
}

/// Entries that a household has not answered, the newest first.
pub fn waiting_for(cx: &Read, household: &str, limit: u32) -> Result<Vec<Doc<Entry>>> {
    Ok(cx.data::<Entry>().by_waiting(household).newest().take(limit)?)
}

/// A cadre's drafts, the last touched first.
pub fn drafts(cx: &Read, person: &str, limit: u32) -> Result<Vec<Doc<Entry>>> {
    Ok(cx.data::<Entry>().by_draft(person).newest().take(limit)?)
}

/// A cadre's open promises, the first due first.
pub fn promises(cx: &Read, person: &str, limit: u32) -> Result<Vec<Doc<Entry>>> {
    Ok(cx.data::<Entry>().by_follow(person).take(limit)?)
}

/// Entries that somebody says were not so.
pub fn disputed(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page> {
    Ok(cx.data::<Entry>().by_check("disputed").page(limit, cursor)?)
}

/// Entries about which the supervisors have spoken, the newest day first.
pub fn settled(cx: &Read, limit: u32) -> Result<Vec<Doc<Entry>>> {
    let mut found = cx.data::<Entry>().by_check("falls").newest().take(limit)?;
    found.extend(cx.data::<Entry>().by_check("stands").newest().take(limit)?);
    found.sort_by_key(|entry| std::cmp::Reverse(entry.day));
    Ok(found)
}
