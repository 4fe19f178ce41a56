//! The forms with which points are claimed, and deductions entered.

use cunshi_sdk::prelude::*;

use crate::domain::Source;
use crate::{NewClaimParams, way};

/// A claim.
pub fn new(cx: &Read, params: NewClaimParams) -> Result<View> {
    let any = way::table(cx)?.iter().any(|row| row.how == Source::Claim);
    let page = view::page(t!("claim.title")).subtitle(t!("claim.subtitle"));
    if !any {
        return Ok(page.empty(t!("claim.none")));
    }
    let mut form = view::form("claim");
    if let Some(item) = params.item {
        form = form.value("item", item);
    }
    Ok(page.section(|section| section.add(form)).link(t!("earn.title"), To::page("earn")))
}

/// A deduction.
pub fn deduction(cx: &Read) -> Result<View> {
    let any = way::table(cx)?.iter().any(|row| row.how == Source::Deduction);
    let page = view::page(t!("deduct.title")).subtitle(t!("deduct.subtitle"));
    if !any {
        return Ok(page.empty(t!("deduct.none")));
    }
    Ok(page.section(|section| section.add(view::form("deduct"))))
}
