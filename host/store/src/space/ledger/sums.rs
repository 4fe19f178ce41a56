//! Sums of the rows per month, quarter, year and ever, and the rankings that read them.

use cunshi_contract::ledger::{Entry, Holder, RankBy, Ranked, RankingQuery, period};
use cunshi_model::Micros;
use cunshi_model::calendar::local_day;
use cunshi_model::port::Result;

use super::{DEEDS, HOUSEHOLD, Owner, invalid, kind_word, limit};
use crate::StoreError;
use crate::db::{Lease, Row, args};
use crate::space::transaction::Transaction;

statements! {
    ADD = "INSERT INTO ledger_sum (space_id, whose, span, period, kind, holder, amount, earned)
        VALUES ($1, $2, 'month', $3, $6, $7, $8, $9), ($1, $2, 'quarter', $4, $6, $7, $8, $9),
            ($1, $2, 'year', $5, $6, $7, $8, $9), ($1, $2, 'ever', '', $6, $7, $8, $9)
        ON CONFLICT (space_id, whose, span, period, kind, holder)
        DO UPDATE SET amount = ledger_sum.amount + excluded.amount, earned = ledger_sum.earned + excluded.earned";
    BY_BALANCE = "SELECT holder, balance FROM ledger_account
        WHERE space_id = $1 AND whose = 'household' AND kind = $2 ORDER BY balance DESC, holder LIMIT $3";
    BY_ALL_BALANCES = "SELECT holder, CAST(SUM(balance) AS BIGINT) AS points FROM ledger_account
        WHERE space_id = $1 AND whose = 'household' GROUP BY holder ORDER BY points DESC, holder LIMIT $2";
    BY_EARNED = "SELECT holder, earned FROM ledger_sum
        WHERE space_id = $1 AND whose = $2 AND span = $3 AND period = $4 AND kind = $5 AND earned <> 0
        ORDER BY earned DESC, holder LIMIT $6";
    BY_ALL_EARNED = "SELECT holder, CAST(SUM(earned) AS BIGINT) AS points FROM ledger_sum
        WHERE space_id = $1 AND whose = $2 AND span = $3 AND period = $4
        GROUP BY holder HAVING SUM(earned) <> 0 ORDER BY points DESC, holder LIMIT $5";
}

/// The periods that an instant lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Periods {
    /// `2026-09`
    pub(super) month: String,
    /// `2026-Q3`
    pub(super) quarter: String,
    /// `2026`
    pub(super) year: String,
}

impl Periods {
    pub(super) fn of(instant: Micros) -> Self {
        let day = local_day(instant);
        let (year, month) = (day.year(), day.month());
        Self {
            month: format!("{year:04}-{month:02}"),
            quarter: format!("{year:04}-Q{}", (month + 2) / 3),
            year: format!("{year:04}"),
        }
    }
}

/// A row's amount joins the sums of its account and of the deeds of its person.
pub(super) async fn add(tx: &mut Transaction, owner: &Owner, entry: &Entry, earned: bool) -> Result<()> {
    if entry.amount == 0 {
        return Ok(());
    }
    let periods = Periods::of(entry.at);
    let of_earned = if earned { entry.amount } else { 0 };
    let deeds = owner.of_deeds(entry.person.as_deref()).filter(|_| earned);
    for owner in [Some(owner), deeds.as_ref()].into_iter().flatten() {
        let args = args![
            tx.space.key(),
            owner.whose,
            &periods.month,
            &periods.quarter,
            &periods.year,
            kind_word(entry.kind),
            &owner.id,
            entry.amount,
            of_earned,
        ];
        tx.lease.execute(ADD, args).await?;
    }
    Ok(())
}

/// Who has most, or earned most; who earned nothing is not listed.
pub(super) async fn ranking(lease: &mut Lease, space: &str, query: &RankingQuery) -> Result<Vec<Ranked>> {
    let limit = limit(query.limit)?;
    let (span, period) = span(query.period.as_deref())?;
    let whose = match query.by {
        RankBy::Households => HOUSEHOLD,
        RankBy::Persons => DEEDS,
    };
    let kind = query.kind.map(kind_word);
    let rows = match (query.by, span, kind) {
        (RankBy::Households, "ever", Some(kind)) => lease.rows(BY_BALANCE, args![space, kind, limit]).await?,
        (RankBy::Households, "ever", None) => lease.rows(BY_ALL_BALANCES, args![space, limit]).await?,
        (_, span, Some(kind)) => lease.rows(BY_EARNED, args![space, whose, span, period, kind, limit]).await?,
        (_, span, None) => lease.rows(BY_ALL_EARNED, args![space, whose, span, period, limit]).await?,
    };
    Ok(places(query.by, &rows)?)
}

/// A period as the sums name it.
fn span(asked: Option<&str>) -> Result<(&'static str, &str)> {
    let Some(text) = asked else { return Ok(("ever", "")) };
    if period(text).is_none() {
        return invalid(format!("`{text}` is not a period such as 2026, 2026-Q3 or 2026-09"));
    }
    match text.len() {
        4 => Ok(("year", text)),
        _ if text.contains('Q') => Ok(("quarter", text)),
        _ => Ok(("month", text)),
    }
}

/// Equals share a place.
fn places(by: RankBy, rows: &[Row]) -> Result<Vec<Ranked>, StoreError> {
    let mut ranked: Vec<Ranked> = Vec::new();
    for (at, row) in (1..).zip(rows) {
        let (id, points) = (row.text(0)?, row.integer(1)?);
        let place = ranked.last().filter(|last| last.points == points).map_or(at, |last| last.place);
        let holder = match by {
            RankBy::Households => Holder::Household(id),
            RankBy::Persons => Holder::Person(id),
        };
        ranked.push(Ranked { place, holder, points });
    }
    Ok(ranked)
}
