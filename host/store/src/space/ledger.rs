//! The ledger of a space: accounts per household or person and kind of points, rows that are added and never
//! changed, and a chain that proves it.
//!
//! A posting is checked ([`post`]) before anything is written: a refusal leaves the transaction as it was, so that
//! the caller may go on. Then one row is added ([`entries`]), with the balance ([`accounts`]) and the sums that
//! rankings read ([`sums`]). [`holds`] sets points aside, [`close`] ends a period, [`erase`] forgets a person,
//! [`proof`] recomputes everything.

mod port;

pub(crate) mod accounts;
pub(crate) mod entries;
pub(crate) mod post;
pub(crate) mod sums;

pub(crate) mod close;
pub(crate) mod holds;

pub(crate) mod erase;
pub(crate) mod proof;

use cunshi_contract::ledger::{EntryReason, Holder, PointKind};
use cunshi_model::port::DataError;
use uuid::Uuid;

use crate::StoreError;
use crate::db::Row;

/// An account's holder as its rows name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Owner {
    /// `household` or `person`; in sums `deeds` too.
    whose: &'static str,
    /// Its id.
    id: String,
}

/// Accounts of households.
const HOUSEHOLD: &str = "household";
/// Accounts of persons.
const PERSON: &str = "person";
/// What persons earned, for whichever account.
const DEEDS: &str = "deeds";

impl Owner {
    fn of(holder: &Holder) -> Self {
        match holder {
            Holder::Household(id) => Self { whose: HOUSEHOLD, id: canonical(id) },
            Holder::Person(id) => Self { whose: PERSON, id: canonical(id) },
        }
    }

    /// Whose deeds a row counts among: the person named, or the holder of a person's own account.
    fn of_deeds(&self, person: Option<&str>) -> Option<Self> {
        let own = (self.whose == PERSON).then_some(self.id.as_str());
        person.or(own).map(|id| Self { whose: DEEDS, id: id.to_owned() })
    }

    fn read(row: &Row, whose: usize, id: usize) -> Result<Self, StoreError> {
        let known = |word: &str| [HOUSEHOLD, PERSON, DEEDS].into_iter().find(|whose| *whose == word);
        let word = row.text(whose)?;
        let whose = known(&word).ok_or_else(|| row.damaged(format!("unknown holder `{word}`").into()))?;
        Ok(Self { whose, id: row.text(id)? })
    }

    fn holder(self) -> Holder {
        if self.whose == HOUSEHOLD { Holder::Household(self.id) } else { Holder::Person(self.id) }
    }
}

/// An id as it is stored, however it was written.
fn canonical(id: &str) -> String {
    Uuid::try_parse(id).map_or_else(|_| id.to_owned(), |id| id.to_string())
}

const KINDS: [PointKind; 3] = [PointKind::Base, PointKind::Redeemable, PointKind::Honour];

fn kind_word(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Base => "base",
        PointKind::Redeemable => "redeemable",
        PointKind::Honour => "honour",
    }
}

fn read_kind(row: &Row, column: usize) -> Result<PointKind, StoreError> {
    let word = row.text(column)?;
    let known = KINDS.into_iter().find(|kind| kind_word(*kind) == word);
    known.ok_or_else(|| row.damaged(format!("unknown kind of points `{word}`").into()))
}

const REASONS: [EntryReason; 5] =
    [EntryReason::Award, EntryReason::Deduction, EntryReason::Redeem, EntryReason::Correction, EntryReason::Close];

fn reason_word(reason: EntryReason) -> &'static str {
    match reason {
        EntryReason::Award => "award",
        EntryReason::Deduction => "deduction",
        EntryReason::Redeem => "redeem",
        EntryReason::Correction => "correction",
        EntryReason::Close => "close",
    }
}

fn read_reason(row: &Row, column: usize) -> Result<EntryReason, StoreError> {
    let word = row.text(column)?;
    let known = REASONS.into_iter().find(|reason| reason_word(*reason) == word);
    known.ok_or_else(|| row.damaged(format!("unknown reason `{word}`").into()))
}

/// How many rows an answer has: 1 to 200, 50 when nothing is said.
fn limit(asked: Option<u32>) -> Result<u32, DataError> {
    match asked.unwrap_or(50) {
        limit @ 1..=200 => Ok(limit),
        limit => Err(DataError::Invalid(format!("a limit is 1 to 200, not {limit}"))),
    }
}

/// Hundredths as people write them: `-3.50`.
fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:02}") }
}

fn invalid<T>(text: impl Into<String>) -> Result<T, DataError> {
    Err(DataError::Invalid(text.into()))
}
