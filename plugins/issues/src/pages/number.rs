//! Looking a case up by its spoken number, for whoever holds a receipt.

use cunshi_sdk::prelude::*;

use super::row;
use crate::NumberParams;
use crate::domain::days;
use crate::listing;

/// The search box, and the case when its number is typed right.
pub fn number(cx: &Read, params: NumberParams) -> Result<View> {
    let typed = params.number.unwrap_or_default();
    let page = view::page(t!("number.title"));
    let page = page.search(t!("number.label"), To::page("number"), "number", typed.as_str());
    if typed.trim().is_empty() {
        return Ok(page);
    }
    let Some(number) = days::read_number(&typed) else { return Ok(page.empty(t!("number.bad"))) };
    Ok(match listing::by_number(cx, &number)? {
        Some(case) => {
            let item = row::item(cx, &case)?;
            page.section(|section| section.list([item]))
        }
        None => page.empty(t!("number.none", number = number)),
    })
}
