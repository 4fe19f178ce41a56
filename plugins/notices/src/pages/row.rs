//! A notice in a list.

use cunshi_sdk::prelude::*;

use crate::domain::Notice;
use crate::reader::Reader;
use crate::words;

/// Longest title in a list, in characters.
const TITLE: usize = 40;

/// A row for readers: title, the word that matters most, who made it known, when.
pub fn item(cx: &Read, reader: &Reader, notice: &Doc<Notice>, waits: bool) -> Item {
    let badge = words::badge(notice, waits);
    let mut meta = vec![words::kind(notice.kind)];
    if notice.is_copy() {
        meta.push(words::sender(cx, notice).to_owned());
    }
    if words::is_particular(notice) {
        meta.push(t!("row.for", audience = words::audience(reader, notice)));
    }
    if let Some(count) = notice.count.filter(|_| reader.cadre) {
        meta.push(words::read_share(count));
    }
    let item = Item::new(words::cut(&notice.title, TITLE)).to(to(notice)).badge(badge.text, badge.tone);
    let item = item.meta(meta.join(" · ")).at(notice.at);
    match notice.photos.first() {
        Some(photo) => item.image(photo.as_str()),
        None => item,
    }
}

/// Rows; those of `waiting` say that they wait to be acknowledged.
pub fn items(cx: &Read, reader: &Reader, notices: &[Doc<Notice>], waiting: &[Doc<Notice>]) -> Vec<Item> {
    let waits = |notice: &Doc<Notice>| waiting.iter().any(|waits| waits.id == notice.id);
    notices.iter().map(|notice| item(cx, reader, notice, waits(notice))).collect()
}

/// The page of a notice.
pub fn to(notice: &Doc<Notice>) -> To {
    To::page("show").with("id", notice.id.as_str())
}
