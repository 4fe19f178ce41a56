//! The slip that somebody without a phone takes home: the spoken number, and where to ask.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::Request;
use crate::words::{self, Reader};
use crate::{ReceiptParams, listing};

/// For whoever asked and the office.
pub fn receipt(cx: &Read, params: &ReceiptParams) -> Result<View> {
    let request = cx.data::<Request>().must(&params.id)?;
    let reader = Reader::of(cx);
    if !reader.sees_all(&request) {
        return Err(Error::Missing);
    }
    let mut facts = vec![
        Fact::new(t!("receipt.name"), reader.asker(&request).unwrap_or_else(|| t!("forgotten.name"))),
        Fact::new(t!("column.service"), words::said(&request.title)),
        Fact::new(t!("receipt.when"), Cell::Time(request.asked_at)),
        Fact::new(t!("receipt.due"), Cell::Day(request.due_at)),
    ];
    if let Ok(service) = listing::service(cx, &request.service) {
        let bring: Vec<String> = service.guide.bring.iter().map(words::said).collect();
        if !bring.is_empty() {
            facts.push(Fact::new(t!("guide.bring"), bring.join("\n")));
        }
        facts.push(Fact::new(t!("guide.hours"), words::hours(cx, &service.guide)?));
    }
    if let Some(cadre) = &request.entered_by {
        facts.push(Fact::new(t!("receipt.by"), cadre.as_str()));
    }
    let title = t!("receipt.slip", space = cx.space().name);
    let page = view::page(t!("receipt.title")).receipt(title, &request.number, facts, Some(t!("receipt.note")));
    Ok(page.link(t!("receipt.back"), row::to(&request)))
}
