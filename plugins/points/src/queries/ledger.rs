//! Statements, rankings, and the table of the rule.

use cunshi_sdk::prelude::{Read, Result, Value, json};

use super::balances;
use crate::books::{self, PLACES, Wanted};
use crate::domain::amount;
use crate::words::Reader;
use crate::{RankingParams, StatementParams, way};

/// Rows of an account.
pub fn statement(cx: &Read, params: &StatementParams) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let (household, person) = (params.household.as_deref(), params.person.as_deref());
    let account = books::account(cx, &reader, &params.of, household, person)?;
    let (rows, before) = books::rows(cx, &account.holder, params.before)?;
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "id": row.id, "number": row.number, "kind": row.kind, "amount": amount::show(row.amount),
                "balance": amount::show(row.balance), "reason": row.reason, "item": row.item, "text": row.text,
                "decision": row.decision, "corrects": row.corrects, "at": row.at, "posted": row.posted,
                "person": row.person,
            })
        })
        .collect();
    Ok(json!({
        "holder": account.holder, "name": account.name, "balances": balances(cx.balances(&account.holder)?),
        "rows": rows, "before": before,
    }))
}

/// Who has most.
pub fn ranking(cx: &Read, params: &RankingParams) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let wanted = Wanted { by: &params.by, period: &params.period, kind: &params.kind, limit: PLACES };
    let (period, places) = books::ranking(cx, &reader, wanted)?;
    let places: Vec<Value> = places
        .iter()
        .map(|at| json!({ "place": at.place, "name": at.name, "points": amount::show(at.points), "mine": at.mine }))
        .collect();
    Ok(json!({ "period": period, "ranking": places }))
}

/// The rule's table, as it is handled here.
pub fn table(cx: &Read) -> Result<Value> {
    let rows = way::handled(cx)?;
    let row = |row: crate::domain::table::Row| {
        let (cap, span) = row.cap.unzip();
        json!({
            "item": row.item, "label": row.label, "points": amount::show(row.points), "per": row.per,
            "kind": row.kind, "cap": cap, "cap_span": span, "reviewed": row.reviewed,
            "publicity_days": row.days, "how": row.how,
        })
    };
    Ok(rows.into_iter().map(row).collect())
}
