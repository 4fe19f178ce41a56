//! A ledger in memory that keeps the platform's rules: floors, holds, statements, ranking and closes. For the tests
//! of the host and of plugins; not part of the platform.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Balances, ClosePeriod, Closed, Entry, EntryReason, Hold, Holder, PointKind, Posting, RankBy, Ranked, RankingQuery,
    StatementQuery, period,
};
use crate::call::Micros;

/// Greatest number of characters of a row's text.
const MAX_TEXT: usize = 200;
/// Greatest number of rows of one answer.
const MAX_LIMIT: u32 = 200;

/// Why the ledger does not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No such row or hold.
    Missing,
    /// What is wrong, in a sentence.
    Invalid(String),
}

/// Result of this module.
pub type Result<T> = std::result::Result<T, Refused>;

/// The ledger of one village.
#[derive(Clone, Debug, Default)]
pub struct Books {
    entries: Vec<Entry>,
    holds: BTreeMap<String, (String, Hold)>,
    closed: BTreeSet<(String, Holder)>,
}

impl Books {
    /// The rows, the oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is set aside, by the hold's id.
    pub fn holds(&self) -> impl Iterator<Item = (&str, &Hold)> {
        self.holds.iter().map(|(id, (_, hold))| (id.as_str(), hold))
    }

    /// What an account has.
    pub fn balances(&self, holder: &Holder) -> Balances {
        let mut balances = Balances { held: self.held(holder), ..Balances::default() };
        for entry in self.entries.iter().filter(|entry| entry.holder == *holder) {
            *match entry.kind {
                PointKind::Base => &mut balances.base,
                PointKind::Redeemable => &mut balances.redeemable,
                PointKind::Honour => &mut balances.honour,
            } += entry.amount;
        }
        balances
    }

    /// Rows of an account, the newest first.
    pub fn statement(&self, query: &StatementQuery) -> Result<Vec<Entry>> {
        let limit = checked(query.limit)?;
        let wanted = |entry: &&Entry| {
            entry.holder == query.holder
                && query.kind.is_none_or(|kind| entry.kind == kind)
                && query.before.is_none_or(|before| entry.number < before)
        };
        Ok(self.entries.iter().rev().filter(wanted).take(limit).cloned().collect())
    }

    /// One row.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Who has most, or earned most: neither what was spent nor a close counts as earned.
    pub fn ranking(&self, query: &RankingQuery) -> Result<Vec<Ranked>> {
        let limit = checked(query.limit)?;
        let span = match &query.period {
            None => None,
            Some(text) => Some(period(text).ok_or_else(|| not_a_period(text))?),
        };
        let mut sums: BTreeMap<Holder, i64> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| query.kind.is_none_or(|kind| entry.kind == kind)) {
            let earned = self.is_earned(entry);
            let holder = match (query.by, &entry.holder, &entry.person) {
                (RankBy::Households, Holder::Household(_), _) if span.is_none() || earned => entry.holder.clone(),
                (RankBy::Persons, _, Some(person)) | (RankBy::Persons, Holder::Person(person), None) if earned => {
                    Holder::Person(person.clone())
                }
                _ => continue,
            };
            if span.is_none_or(|(from, to)| (from..to).contains(&entry.at)) {
                *sums.entry(holder).or_default() += entry.amount;
            }
        }
        let mut sums: Vec<(Holder, i64)> = sums.into_iter().collect();
        sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut ranked: Vec<Ranked> = Vec::new();
        for (at, (holder, points)) in (1..).zip(sums).take(limit) {
            let place = ranked.last().filter(|last| last.points == points).map_or(at, |last| last.place);
            ranked.push(Ranked { place, holder, points });
        }
        Ok(ranked)
    }

    /// Adds a row with an id of the caller's, who has seen that holder and decision are of this village.
    pub fn post(&mut self, id: String, posting: &Posting, by: Option<&str>, now: Micros) -> Result<Entry> {
        check(posting, by)?;
        if posting.corrects.as_ref().is_some_and(|row| self.entry(row).is_none()) {
            return invalid("the row to put right is not in this ledger");
        }
        let there = self.balance(&posting.holder, posting.kind) - self.held_of(&posting.holder, posting.kind);
        let amount = match posting.amount {
            amount if amount > 0 || there + amount >= posting.floor => amount,
            _ if posting.clip => (posting.floor - there).min(0),
            amount => {
                let floor = match posting.floor {
                    0 => String::new(),
                    floor => format!(" and may go down to {}", points(floor)),
                };
                let (there, wanted) = (points(there), points(-amount));
                return invalid(&format!("the account has {there} points{floor}: {wanted} cannot be taken"));
            }
        };
        Ok(self.add(id, posting, amount, by, now))
    }

    /// Sets points aside under an id of the caller's.
    pub fn reserve(&mut self, id: String, plugin: &str, hold: &Hold) -> Result<String> {
        if hold.kind != PointKind::Redeemable {
            return invalid("only redeemable points are set aside");
        }
        if hold.amount <= 0 {
            return invalid("an amount to set aside is above 0");
        }
        let there = self.balance(&hold.holder, hold.kind) - self.held(&hold.holder);
        if there < hold.amount {
            let (there, wanted) = (points(there), points(hold.amount));
            return invalid(&format!("the account has {there} points: {wanted} cannot be set aside"));
        }
        self.holds.insert(id.clone(), (plugin.to_owned(), hold.clone()));
        Ok(id)
    }

    /// Gives back what was set aside.
    pub fn release(&mut self, plugin: &str, hold: &str) -> Result<()> {
        self.hold(plugin, hold)?;
        self.holds.remove(hold);
        Ok(())
    }

    /// Spends exactly what was set aside.
    pub fn capture(
        &mut self,
        id: String,
        plugin: &str,
        hold: &str,
        posting: &Posting,
        by: Option<&str>,
        now: Micros,
    ) -> Result<Entry> {
        let held = self.hold(plugin, hold)?;
        if (&posting.holder, posting.kind, posting.amount) != (&held.holder, held.kind, -held.amount) {
            let amount = points(held.amount);
            return invalid(&format!("the row takes exactly the {amount} points set aside, of the same account"));
        }
        check(posting, by)?;
        self.holds.remove(hold);
        Ok(self.add(id, posting, posting.amount, by, now))
    }

    /// Closes a part of a period's accounts: what was in them at its end and is still there goes, what is held stays.
    pub fn close_period(&mut self, close: &ClosePeriod, now: Micros, mut id: impl FnMut() -> String) -> Result<Closed> {
        if close.text.trim().is_empty() || close.text.chars().count() > MAX_TEXT {
            return invalid("a close says in 1 to 200 characters what it is");
        }
        let (_, end) = period(&close.period).ok_or_else(|| not_a_period(&close.period))?;
        if now < end {
            return invalid(&format!("the period {} is not over", close.period));
        }
        if !(1..=100).contains(&close.limit) {
            return invalid("1 to 100 accounts are closed in one call");
        }
        let accounts: BTreeSet<Holder> = self.entries.iter().map(|entry| entry.holder.clone()).collect();
        let mut open =
            accounts.into_iter().filter(|holder| !self.closed.contains(&(close.period.clone(), holder.clone())));
        let turn: Vec<Holder> = open.by_ref().take(close.limit as usize).collect();
        let more = open.next().is_some();
        let mut rows = 0;
        for holder in turn {
            for kind in &close.clear {
                let of = |entry: &&Entry| entry.holder == holder && entry.kind == *kind;
                let at_end: i64 = self.entries.iter().filter(of).filter(|row| row.at < end).map(|row| row.amount).sum();
                let held = self.held_of(&holder, *kind);
                let there = self.balance(&holder, *kind) - held;
                let goes = if at_end > 0 { at_end.min(there).max(0) } else { at_end };
                if goes != 0 {
                    let posting = closing(&holder, *kind, -goes, &close.text, end - 1);
                    self.add(id(), &posting, -goes, None, now);
                    rows += 1;
                }
            }
            self.closed.insert((close.period.clone(), holder));
        }
        Ok(Closed { rows, more })
    }

    fn add(&mut self, id: String, posting: &Posting, amount: i64, by: Option<&str>, now: Micros) -> Entry {
        let entry = Entry {
            id,
            number: self.entries.last().map_or(1, |last| last.number + 1),
            holder: posting.holder.clone(),
            person: posting.person.clone(),
            kind: posting.kind,
            amount,
            balance: self.balance(&posting.holder, posting.kind) + amount,
            reason: posting.reason,
            item: posting.item.clone(),
            text: posting.text.clone(),
            decision: posting.decision.clone(),
            corrects: posting.corrects.clone(),
            by: by.map(str::to_owned),
            at: posting.at.unwrap_or(now),
            posted: now,
        };
        self.entries.push(entry.clone());
        entry
    }

    /// What puts a row right counts as that row does.
    fn is_earned(&self, entry: &Entry) -> bool {
        match entry.reason {
            EntryReason::Award | EntryReason::Deduction => true,
            EntryReason::Redeem | EntryReason::Close => false,
            EntryReason::Correction => {
                let corrected = entry.corrects.as_ref().and_then(|row| self.entry(row));
                corrected.is_none_or(|row| self.is_earned(row))
            }
        }
    }

    fn hold(&self, plugin: &str, hold: &str) -> Result<&Hold> {
        let found = self.holds.get(hold).filter(|(by, _)| by == plugin);
        found.map(|(_, hold)| hold).ok_or(Refused::Missing)
    }

    fn balance(&self, holder: &Holder, kind: PointKind) -> i64 {
        let of = |entry: &&Entry| entry.holder == *holder && entry.kind == kind;
        self.entries.iter().filter(of).map(|entry| entry.amount).sum()
    }

    fn held(&self, holder: &Holder) -> i64 {
        self.holds.values().filter(|(_, hold)| hold.holder == *holder).map(|(_, hold)| hold.amount).sum()
    }

    fn held_of(&self, holder: &Holder, kind: PointKind) -> i64 {
        if kind == PointKind::Redeemable { self.held(holder) } else { 0 }
    }
}

fn check(posting: &Posting, by: Option<&str>) -> Result<()> {
    if posting.amount == 0 {
        return invalid("a row of 0 says nothing");
    }
    if posting.floor > 0 {
        return invalid("a floor is at most 0");
    }
    if posting.text.trim().is_empty() || posting.text.chars().count() > MAX_TEXT {
        return invalid("a row says in 1 to 200 characters why it is there");
    }
    if posting.decision.is_none() && by.is_none() {
        return invalid("every row names the decision or the person that made it");
    }
    match (posting.reason, &posting.corrects) {
        (EntryReason::Correction, None) => invalid("a correction names the row that it puts right"),
        (EntryReason::Close, _) => invalid("the rows of a close are those of `close-period`"),
        _ => Ok(()),
    }
}

fn closing(holder: &Holder, kind: PointKind, amount: i64, text: &str, at: Micros) -> Posting {
    Posting {
        holder: holder.clone(),
        person: None,
        kind,
        amount,
        reason: EntryReason::Close,
        item: None,
        text: text.to_owned(),
        decision: None,
        corrects: None,
        at: Some(at),
        floor: 0,
        clip: false,
    }
}

fn checked(limit: Option<u32>) -> Result<usize> {
    match limit.unwrap_or(50) {
        limit @ 1..=MAX_LIMIT => Ok(limit as usize),
        limit => invalid(&format!("a limit is 1 to {MAX_LIMIT}, not {limit}")),
    }
}

fn not_a_period(text: &str) -> Refused {
    Refused::Invalid(format!("`{text}` is not a period such as 2026, 2026-Q3 or 2026-09"))
}

/// Hundredths as people read them.
fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:02}") }
}

fn invalid<T>(text: &str) -> Result<T> {
    Err(Refused::Invalid(text.to_owned()))
}
