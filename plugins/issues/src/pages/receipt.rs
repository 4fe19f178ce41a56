//! The slip that somebody without a phone takes home: the spoken number, and where to ask.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Case, State};
use crate::words::Reader;
use crate::{ReceiptParams, words};

/// For the reporter and the office.
pub fn receipt(cx: &Read, params: &ReceiptParams) -> Result<View> {
    let case = cx.data::<Case>().must(&params.id)?;
    let reader = Reader::of(cx)?;
    if !reader.sees_all(&case) {
        return Err(Error::Missing);
    }
    let mut facts = vec![
        Fact::new(t!("receipt.name"), reader.reporter(&case)),
        Fact::new(t!("receipt.what"), reader.report(&case).0),
        Fact::new(t!("column.category"), words::category(&case.category)),
        Fact::new(t!("receipt.when"), Cell::Time(case.reported_at)),
    ];
    if case.state == State::Reported {
        facts.push(Fact::new(t!("receipt.due"), Cell::Day(case.due_at)));
    }
    if let Some(cadre) = &case.entered_by {
        facts.push(Fact::new(t!("receipt.by"), cadre.as_str()));
    }
    let title = t!("receipt.slip", space = cx.space().name);
    let page = view::page(t!("receipt.title")).receipt(title, &case.number, facts, Some(t!("receipt.note")));
    Ok(page.link(t!("receipt.back"), row::to(&case)))
}
