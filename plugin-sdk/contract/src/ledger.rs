//! The ledger as plugins see it: postings, holds, balances, statements, ranking and the close of a period.
//!
//! Amounts are whole hundredths of a point. A row is never changed: a correction is a row of its own.

use serde::{Deserialize, Serialize};

use crate::call::Micros;

#[cfg(feature = "testing")]
pub mod books;
mod period;

pub use period::period;

/// Whose account: a household's, or a person's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// Id of a household of the space.
    Household(String),
    /// Id of a person of the space.
    Person(String),
}

/// Kinds of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PointKind {
    /// 基础分: not to be redeemed.
    Base,
    /// 可兑换分.
    Redeemable,
    /// 荣誉分: counts for honours only.
    Honour,
}

/// Why a row is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EntryReason {
    /// A rule awarded it; names the decision.
    Award,
    /// A rule deducted it; names the decision.
    Deduction,
    /// Spent in the shop; names the decision or the person who handed the thing out.
    Redeem,
    /// Puts an earlier row right; names that row and the person.
    Correction,
    /// The close of a period.
    Close,
}

/// A row to post. It names a decision, or the call's actor is the one who made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// Whose account.
    pub holder: Holder,
    /// Whose deed it was, when the account is the household's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Which points.
    pub kind: PointKind,
    /// Hundredths of a point; negative takes away. Not 0.
    pub amount: i64,
    /// Why.
    pub reason: EntryReason,
    /// The item of the village's table, such as `volunteer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What people read: at most 200 characters. Part of the row's erasable payload.
    pub text: String,
    /// The decision that it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// The row that a correction puts right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<String>,
    /// When the deed was done; the call's clock when left out. Decides the period that it counts in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Micros>,
    /// The account may go down to this many hundredths (at most 0), by default 0.
    #[serde(default)]
    pub floor: i64,
    /// Take only what is there instead of refusing: a deduction that meets its floor.
    #[serde(default)]
    pub clip: bool,
}

/// A row as kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Opaque id.
    pub id: String,
    /// Number in the space's ledger, from 1.
    pub number: u64,
    /// Whose account.
    pub holder: Holder,
    /// Whose deed it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Which points.
    pub kind: PointKind,
    /// Hundredths of a point.
    pub amount: i64,
    /// The balance of that kind after it.
    pub balance: i64,
    /// Why.
    pub reason: EntryReason,
    /// The item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What people read; empty when it was erased.
    pub text: String,
    /// The decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// The row that it puts right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<String>,
    /// Who made it, when a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When the deed was done.
    pub at: Micros,
    /// When the row was posted.
    pub posted: Micros,
}

/// Redeemable points to set aside until they are captured or released.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Whose account.
    pub holder: Holder,
    /// Which points.
    pub kind: PointKind,
    /// Hundredths of a point, above 0.
    pub amount: i64,
}

/// What an account has, in hundredths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Balances {
    /// 基础分.
    pub base: i64,
    /// 可兑换分, what is set aside included.
    pub redeemable: i64,
    /// 荣誉分.
    pub honour: i64,
    /// Of the redeemable: set aside.
    pub held: i64,
}

/// Rows of an account, the newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementQuery {
    /// Whose account.
    pub holder: Holder,
    /// Only this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PointKind>,
    /// At most this many, 1 to 200; 50 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Only rows with a smaller number: the last one of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
}

/// Who has most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RankingQuery {
    /// Accounts of households, or the deeds of persons.
    pub by: RankBy,
    /// Only this kind; all kinds together when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PointKind>,
    /// Earned in this year, quarter or month (`2026`, `2026-Q3`, `2026-09`); the balances when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// At most this many, 1 to 200; 50 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What a ranking ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RankBy {
    /// Accounts of households.
    Households,
    /// What persons earned, for whichever account.
    Persons,
}

/// A place in a ranking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ranked {
    /// From 1; equals share a place.
    pub place: u32,
    /// Household or person.
    pub holder: Holder,
    /// Hundredths of a point.
    pub points: i64,
}

/// The close of a period: what happens to the balances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClosePeriod {
    /// `2026`, `2026-Q3` or `2026-09`; it must be over.
    pub period: String,
    /// The kinds that begin again at 0. What is held stays.
    pub clear: Vec<PointKind>,
    /// What people read on the rows.
    pub text: String,
    /// At most this many accounts in one call, 1 to 100: call again until none is left.
    pub limit: u32,
}

/// How far a close has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closed {
    /// Rows posted by this call.
    pub rows: u32,
    /// Whether accounts are left.
    pub more: bool,
}
