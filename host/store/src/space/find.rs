//! Finding and counting by a declared index.

use std::collections::HashSet;

use cunshi_contract::Query;
use cunshi_model::port::{DataError, Found, Place, Result};

use super::digest::hex;
use super::documents::{document, sight};
use super::key::{self, Bounds};
use crate::StoreError;
use crate::db::{Arg, Lease, args};

statements! {
    UP = "SELECT e.key, d.id, d.schema, d.version, d.created, d.updated, d.body
        FROM index_entry AS e
        JOIN document AS d
            ON d.space_id = $1 AND d.plugin = $2 AND d.collection = $3 AND d.id = e.document
        WHERE e.space_id = $1 AND e.plugin = $2 AND e.collection = $3 AND e.index_name = $4
        AND e.key >= $5 AND e.key < $6 AND (e.key > $7 OR (e.key = $7 AND e.document > $8))
        AND ($9 = -1 OR (e.readers & $9) <> 0 OR e.owner = $10)
        ORDER BY e.key, e.document LIMIT $11";
    DOWN = "SELECT e.key, d.id, d.schema, d.version, d.created, d.updated, d.body
        FROM index_entry AS e
        JOIN document AS d
            ON d.space_id = $1 AND d.plugin = $2 AND d.collection = $3 AND d.id = e.document
        WHERE e.space_id = $1 AND e.plugin = $2 AND e.collection = $3 AND e.index_name = $4
        AND e.key >= $5 AND e.key < $6 AND (e.key < $7 OR (e.key = $7 AND e.document < $8))
        AND ($9 = -1 OR (e.readers & $9) <> 0 OR e.owner = $10)
        ORDER BY e.key DESC, e.document DESC LIMIT $11";
    /// A document with several keys in the range counts once.
    COUNT = "SELECT COUNT(DISTINCT document) FROM index_entry
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND index_name = $4 AND key >= $5 AND key < $6
        AND ($7 = -1 OR (readers & $7) <> 0 OR owner = $8)";
}

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// Documents by an index, and where to go on.
pub(super) async fn find(lease: &mut Lease, space: &str, at: Place<'_>, query: &Query) -> Result<Found> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(DataError::Invalid(format!("a limit of {limit}: ask for 1 to {MAX_LIMIT} documents")));
    }
    let Bounds { mut from, mut to } = key::bounds(at.collection, query)?;
    let cursor = query.cursor.as_deref().map(|cursor| Cursor::read(cursor, &from, &to)).transpose()?;
    let (mask, person) = sight(at.viewer);
    // The cursor narrows the range too, so that the engine starts reading where the page before ended.
    let (sql, start) = if query.descending {
        let start = cursor.unwrap_or_else(|| Cursor { key: to.clone(), document: String::new() });
        to = to.min(key::right_after(&start.key));
        (DOWN, start)
    } else {
        let start = cursor.unwrap_or(Cursor { key: String::new(), document: String::new() });
        from = from.max(start.key.clone());
        (UP, start)
    };
    let collection = at.collection.name.as_str();
    let args = args![
        space,
        at.plugin,
        collection,
        &query.index,
        from,
        to,
        start.key,
        start.document,
        mask,
        person,
        limit + 1,
    ];
    let rows = lease.rows(sql, args).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut found = Found::default();
    let mut seen = HashSet::new();
    let mut last = None;
    for row in rows.iter().take(limit) {
        let document = document(row, 1)?;
        last = Some(Cursor { key: row.text(0)?, document: document.id.clone() });
        // A range over a list may meet a document again.
        if seen.insert(document.id.clone()) {
            found.documents.push(document);
        }
    }
    found.next = last.filter(|_| rows.len() > limit).map(|cursor| cursor.write());
    Ok(found)
}

/// How many documents a query finds, whatever its limit and cursor.
pub(super) async fn count(lease: &mut Lease, space: &str, at: Place<'_>, query: &Query) -> Result<u64> {
    let Bounds { from, to } = key::bounds(at.collection, query)?;
    let (mask, person) = sight(at.viewer);
    let args = args![space, at.plugin, at.collection.name.as_str(), &query.index, from, to, mask, person];
    let row = lease.first(COUNT, args).await?;
    Ok(row.map_or(Ok(0), |row| row.count(0))?)
}

/// The same for several queries of one collection.
pub(super) async fn count_each(lease: &mut Lease, space: &str, at: Place<'_>, queries: &[Query]) -> Result<Vec<u64>> {
    let (mask, person) = sight(at.viewer);
    let bounds: Vec<Bounds> = queries.iter().map(|query| key::bounds(at.collection, query)).collect::<Result<_>>()?;
    let lists: Vec<[Arg<'_>; 8]> = queries
        .iter()
        .zip(&bounds)
        .map(|(query, Bounds { from, to })| {
            let (plugin, collection) = (at.plugin.into(), at.collection.name.as_str().into());
            let person = person.clone().into();
            [space.into(), plugin, collection, (&query.index).into(), from.into(), to.into(), mask.into(), person]
        })
        .collect();
    let lists: Vec<&[Arg<'_>]> = lists.iter().map(<[Arg<'_>; 8]>::as_slice).collect();
    let rows = lease.each(COUNT, &lists).await?;
    Ok(rows.iter().map(|row| row.count(0)).collect::<Result<_, StoreError>>()?)
}

/// Where a page ended: its last key and document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cursor {
    key: String,
    document: String,
}

impl Cursor {
    fn write(&self) -> String {
        format!("{}.{}", hex(self.key.as_bytes()), self.document)
    }

    fn read(text: &str, from: &str, to: &str) -> Result<Self> {
        // Cursors travel through the reader's address bar: one that this query did not give is a page that is not there.
        let wrong = || DataError::Missing;
        let (key, document) = text.split_once('.').ok_or_else(wrong)?;
        let key = unhex(key).ok_or_else(wrong)?;
        let inside = from <= key.as_str() && key.as_str() < to;
        if !inside || uuid::Uuid::parse_str(document).is_err() {
            return Err(wrong());
        }
        Ok(Self { key, document: document.to_owned() })
    }
}

fn unhex(text: &str) -> Option<String> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    String::from_utf8(pairs.iter().map(|[high, low]| high << 4 | low).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_garbage_is_refused() {
        let document = "019213f0-0000-7000-8000-000000000000".to_owned();
        let cursor = Cursor { key: "6f!80".to_owned(), document };
        assert_eq!(Cursor::read(&cursor.write(), "6f!", "6f!~").unwrap(), cursor);
        let other_query = Cursor::read(&cursor.write(), "70!", "70!~");
        assert!(matches!(other_query, Err(DataError::Missing)));
        for garbage in ["", ".", "zz.x", "6f", "6.019213f0-0000-7000-8000-000000000000", "36662138.' OR 1=1"] {
            assert!(matches!(Cursor::read(garbage, "", "~"), Err(DataError::Missing)), "{garbage}");
        }
    }
}
