//! Several statements as one text. SQLite runs in a thread of its own, and each message to it costs two changes of
//! threads, more than most statements themselves: what belongs together is sent together.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{LazyLock, PoisonError, RwLock};

use crate::statements::Sql;

/// Most statements of one text.
pub(super) const MOST: usize = 8;

type Texts = HashMap<(&'static str, &'static str, usize), &'static str>;

/// The texts made so far: a few for each statement of this crate, kept for ever as the statements are.
static TEXTS: LazyLock<RwLock<Texts>> = LazyLock::new(RwLock::default);

/// A text of `first`, which takes no values, and then `sql` so many times, each with the values after those of the one
/// before. The same text each time, so that an engine prepares it once.
pub(super) fn text(first: Option<Sql>, sql: Sql, times: usize) -> &'static str {
    let key = (first.map_or("", |first| first.text), sql.text, times);
    if let Some(made) = TEXTS.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return made;
    }
    let mut texts = TEXTS.write().unwrap_or_else(PoisonError::into_inner);
    texts.entry(key).or_insert_with(|| write(first, sql, times).leak())
}

fn write(first: Option<Sql>, sql: Sql, times: usize) -> String {
    let mut parts: Vec<String> = first.into_iter().map(|first| first.text.to_owned()).collect();
    parts.extend((0..times).map(|nth| renumbered(sql.text, nth * places(sql.text))));
    parts.join(";\n")
}

/// How many values a statement takes.
fn places(text: &str) -> usize {
    pieces(text).filter_map(|(_, place)| place).max().unwrap_or_default()
}

/// A statement whose `$1` is `$(1 + by)`.
fn renumbered(text: &str, by: usize) -> String {
    let mut shifted = String::with_capacity(text.len() + 8);
    for (words, place) in pieces(text) {
        shifted.push_str(words);
        if let Some(place) = place {
            let _ = write!(shifted, "${}", place + by);
        }
    }
    shifted
}

/// The words of a statement, each with the number of the place that follows it. No statement of this crate has a `$`
/// in a literal.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<usize>)> {
    let mut parts = text.split('$');
    let head = parts.next().unwrap_or_default();
    let mut before = Some(head);
    let mut rest = parts;
    std::iter::from_fn(move || {
        let words = before.take()?;
        let Some(part) = rest.next() else { return Some((words, None)) };
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (digits, after) = part.split_at(end);
        before = Some(after);
        Some((words, digits.parse().ok()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: Sql = Sql { name: "begin", text: "BEGIN DEFERRED" };
    const COUNT: Sql = Sql { name: "count", text: "SELECT COUNT(*) FROM t WHERE a = $1 AND (b < $12 OR $2 = -1)" };

    #[test]
    fn each_takes_the_values_after_those_before() {
        assert_eq!(text(None, COUNT, 1), COUNT.text);
        assert_eq!(
            text(Some(BEGIN), COUNT, 2),
            "BEGIN DEFERRED;\nSELECT COUNT(*) FROM t WHERE a = $1 AND (b < $12 OR $2 = -1);\n\
            SELECT COUNT(*) FROM t WHERE a = $13 AND (b < $24 OR $14 = -1)"
        );
        let again = text(Some(BEGIN), COUNT, 2);
        assert!(std::ptr::eq(again, text(Some(BEGIN), COUNT, 2)), "made once");
    }
}
