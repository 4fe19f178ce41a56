//! Search by pairs of characters, because a search by words fails for Chinese, whose words have two.
//!
//! A text is brought to one form (half width, lower case) and cut where there is neither letter nor digit.
//! Of each piece every two neighbouring characters are kept, and the last one by itself: so a search for one
//! character finds whatever begins with it.

use std::collections::BTreeSet;

use cunshi_contract::manifest::Collection;
use cunshi_model::port::{DataError, Document, Place, Result};
use serde_json::Value;

use super::documents::{self, sight};
use crate::db::{Arg, Lease, args};

statements! {
    /// 32 grams at once; a shorter list repeats its last.
    ADD = "INSERT INTO search_entry (space_id, plugin, collection, gram, document) VALUES
        ($1, $2, $3, $5, $4), ($1, $2, $3, $6, $4), ($1, $2, $3, $7, $4), ($1, $2, $3, $8, $4),
        ($1, $2, $3, $9, $4), ($1, $2, $3, $10, $4), ($1, $2, $3, $11, $4), ($1, $2, $3, $12, $4),
        ($1, $2, $3, $13, $4), ($1, $2, $3, $14, $4), ($1, $2, $3, $15, $4), ($1, $2, $3, $16, $4),
        ($1, $2, $3, $17, $4), ($1, $2, $3, $18, $4), ($1, $2, $3, $19, $4), ($1, $2, $3, $20, $4),
        ($1, $2, $3, $21, $4), ($1, $2, $3, $22, $4), ($1, $2, $3, $23, $4), ($1, $2, $3, $24, $4),
        ($1, $2, $3, $25, $4), ($1, $2, $3, $26, $4), ($1, $2, $3, $27, $4), ($1, $2, $3, $28, $4),
        ($1, $2, $3, $29, $4), ($1, $2, $3, $30, $4), ($1, $2, $3, $31, $4), ($1, $2, $3, $32, $4),
        ($1, $2, $3, $33, $4), ($1, $2, $3, $34, $4), ($1, $2, $3, $35, $4), ($1, $2, $3, $36, $4)
        ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM search_entry WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND document = $4
        AND gram IN ($5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)";
    /// Walks the collection: only for documents whose searched fields were declared otherwise.
    REMOVE_ALL = "DELETE FROM search_entry WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND document = $4";
    BY_PAIRS = "SELECT d.id, d.schema, d.version, d.created, d.updated, d.body
        FROM (SELECT document, COUNT(*) AS hits FROM search_entry
            WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND gram IN
            ($8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39)
            GROUP BY document) AS h
        JOIN document AS d
            ON d.space_id = $1 AND d.plugin = $2 AND d.collection = $3 AND d.id = h.document
        WHERE h.hits >= $4 AND ($5 = -1 OR (d.readers & $5) <> 0 OR d.owner = $6)
        ORDER BY h.hits DESC, d.updated DESC, d.id LIMIT $7";
    BY_CHARACTER = "SELECT d.id, d.schema, d.version, d.created, d.updated, d.body
        FROM (SELECT DISTINCT document FROM search_entry
            WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND gram >= $4 AND gram < $5) AS h
        JOIN document AS d
            ON d.space_id = $1 AND d.plugin = $2 AND d.collection = $3 AND d.id = h.document
        WHERE ($6 = -1 OR (d.readers & $6) <> 0 OR d.owner = $7)
        ORDER BY d.updated DESC, d.id LIMIT $8";
}

const BATCH: usize = 32;
/// Pairs of one document that are kept; text beyond is not searched.
const MAX_GRAMS: usize = 4_096;
/// The greatest number of documents that one search answers.
const MAX_FOUND: u32 = 200;

/// One form for what looks alike: half width, lower case.
pub(crate) fn normalise(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// The pairs of a document's searched fields.
pub(super) fn grams(collection: &Collection, body: &Value) -> BTreeSet<String> {
    let fields = collection.search.iter().filter_map(|field| body.get(field));
    let texts = fields.flat_map(|value| match value {
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect::<Vec<_>>(),
    });
    let mut grams = BTreeSet::new();
    for text in texts {
        for piece in pieces(text) {
            grams.extend(pairs(&piece));
            grams.extend(piece.last().map(char::to_string));
            if grams.len() >= MAX_GRAMS {
                return grams;
            }
        }
    }
    grams
}

fn pieces(text: &str) -> Vec<Vec<char>> {
    let text = normalise(text);
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty());
    pieces.map(|piece| piece.chars().collect()).collect()
}

fn pairs(piece: &[char]) -> impl Iterator<Item = String> {
    piece.windows(2).map(|pair| pair.iter().collect())
}

/// Adds pairs of a document.
pub(super) async fn add<'a>(
    lease: &mut Lease,
    space: &str,
    at: Place<'_>,
    document: &str,
    grams: impl IntoIterator<Item = &'a String>,
) -> Result<()> {
    batches(lease, ADD, space, at, document, grams).await
}

/// Removes pairs of a document.
pub(super) async fn remove<'a>(
    lease: &mut Lease,
    space: &str,
    at: Place<'_>,
    document: &str,
    grams: impl IntoIterator<Item = &'a String>,
) -> Result<()> {
    batches(lease, REMOVE, space, at, document, grams).await
}

/// Removes all pairs of a document, whatever they were made from.
pub(super) async fn remove_all(lease: &mut Lease, space: &str, at: Place<'_>, document: &str) -> Result<()> {
    lease.execute(REMOVE_ALL, args![space, at.plugin, at.collection.name.as_str(), document]).await?;
    Ok(())
}

async fn batches<'a>(
    lease: &mut Lease,
    sql: crate::statements::Sql,
    space: &str,
    at: Place<'_>,
    document: &str,
    grams: impl IntoIterator<Item = &'a String>,
) -> Result<()> {
    let grams: Vec<_> = grams.into_iter().collect();
    for batch in grams.chunks(BATCH) {
        let mut args: Vec<Arg<'_>> = Vec::with_capacity(4 + BATCH);
        args.extend([space.into(), at.plugin.into(), at.collection.name.as_str().into(), document.into()]);
        let last = batch.last().into_iter().cycle();
        args.extend(batch.iter().chain(last).take(BATCH).map(|gram| Arg::from(gram.as_str())));
        lease.execute(sql, &args).await?;
    }
    Ok(())
}

/// Documents that hold the text or the larger part of it, best first: at least a quarter of the pairs of
/// characters must be there.
pub(super) async fn find(
    lease: &mut Lease,
    space: &str,
    at: Place<'_>,
    text: &str,
    limit: u32,
) -> Result<Vec<Document>> {
    if at.collection.search.is_empty() {
        return Err(DataError::Invalid(format!("`{}` declares no `search` fields", at.collection.name)));
    }
    let limit = limit.clamp(1, MAX_FOUND);
    let (mask, person) = sight(at.viewer);
    let collection = at.collection.name.as_str();
    let pieces = pieces(text);
    let grams: BTreeSet<String> = pieces.iter().flat_map(|piece| pairs(piece)).take(BATCH).collect();
    let rows = if let Some(last) = grams.last() {
        let enough = i64::try_from(grams.len().div_ceil(4)).unwrap_or(1);
        let mut args: Vec<Arg<'_>> = Vec::with_capacity(7 + BATCH);
        args.extend([space.into(), at.plugin.into(), collection.into(), enough.into()]);
        args.extend([mask.into(), person.as_str().into(), limit.into()]);
        args.extend(grams.iter().chain(std::iter::repeat(last)).take(BATCH).map(|gram| Arg::from(gram.as_str())));
        lease.rows(BY_PAIRS, &args).await?
    } else if let Some(character) = pieces.first().and_then(|piece| piece.first()) {
        let (from, to) = (character.to_string(), format!("{character}{}", char::MAX));
        lease.rows(BY_CHARACTER, args![space, at.plugin, collection, from, to, mask, person, limit]).await?
    } else {
        Vec::new()
    };
    rows.iter().map(|row| Ok(documents::document(row, 0)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_look_alike_are_one() {
        assert_eq!(normalise("ＡＢｃ　１２３村"), "abc 123村");
    }

    #[test]
    fn chinese_is_cut_into_pairs_and_a_last_character() {
        let body = serde_json::json!({ "title": "黄桷树，倒了" });
        let declared = serde_json::json!({ "name": "case", "schema": 1, "search": ["title"] });
        let collection: Collection = serde_json::from_value(declared).unwrap();
        let expected = ["黄桷", "桷树", "树", "倒了", "了"].map(str::to_owned);
        assert_eq!(grams(&collection, &body), BTreeSet::from(expected));
    }
}
