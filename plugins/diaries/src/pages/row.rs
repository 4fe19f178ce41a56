//! An entry in a list, and the ways between months.

use cunshi_sdk::prelude::*;

use crate::domain::days::{self, Micros};
use crate::domain::{Entry, month};
use crate::words::{self, Reader};

/// Longest text in a list, in characters.
const TEXT: usize = 40;

/// A row: what was done, for whom, by whom, and what the household says.
pub fn item(reader: &Reader, entry: &Doc<Entry>) -> Item {
    let text = reader.text(entry, &entry.text);
    let title = match (text.is_empty(), words::kind(entry.kind)) {
        (true, kind) => kind,
        (false, kind) => t!("row.title", kind = kind, text = words::cut(&text, TEXT)),
    };
    let mut meta = vec![words::date(entry.day), entry.author_name.clone()];
    meta.extend(reader.household(entry));
    meta.extend(words::late(entry));
    let to = if entry.is_draft() { "draft" } else { "diary" };
    let mut item = Item::new(title).to(To::page(to).with("id", entry.id.as_str())).meta(meta.join(" · "));
    item.badge = words::badge(entry);
    item
}

/// Rows.
pub fn items(reader: &Reader, entries: &[Doc<Entry>]) -> Vec<Item> {
    entries.iter().map(|entry| item(reader, entry)).collect()
}

/// The month before, this one, and the one after where it has begun.
pub fn months(cx: &Read, shown: Micros, to: impl Fn(Micros) -> To) -> Vec<Tab> {
    let before = month::before(shown);
    let after = Some(days::next_month(shown)).filter(|after| *after <= cx.now());
    let tab = |at: Micros| Tab::new(words::month(at), to(at)).current(at == shown);
    [Some(before), Some(shown), after].into_iter().flatten().map(tab).collect()
}
