//! A statement: what is in an account, every row with its reason, and what is still on its way.

use cunshi_sdk::prelude::*;

use super::row;
use crate::words::{self, Reader};
use crate::{AccountParams, books, listing};

/// My household's account, or my own; for the office any.
pub fn account(cx: &Read, params: &AccountParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let (household, person) = (params.household.as_deref(), params.person.as_deref());
    let account = books::account(cx, &reader, &params.of, household, person)?;
    let balances = cx.balances(&account.holder)?;
    let (rows, before) = books::rows(cx, &account.holder, params.before)?;
    let here = |of: &str| {
        let to = To::page("account").with("of", of);
        match (household, person) {
            (Some(household), _) => to.with("household", household),
            (None, Some(person)) => to.with("person", person),
            (None, None) => to,
        }
    };
    let next = before.map(|before| here(&params.of).with("before", before));
    let statement = view::statement(rows.iter().map(|row| LedgerRow::from(row).meta(meta(row))));
    let statement = statement.empty(t!("account.none")).next(next);
    let mut page = view::page(t!("account.title")).subtitle(t!("account.of", name = account.name));
    if account.own && reader.hand.as_ref().is_some_and(|hand| hand.household.is_some()) {
        let own = matches!(account.holder, Holder::Person(_));
        page = page.filters([
            Tab::new(t!("account.household"), here("household")).current(!own),
            Tab::new(t!("account.person"), here("person")).current(own),
        ]);
    }
    page = page.stats(row::balances(balances));
    if balances.held > 0 {
        page = page.quiet(t!("points.held", points = words::points(balances.held)));
    }
    page = page.section(|section| section.title(t!("account.rows")).add(statement));
    if account.own && params.before.is_none() {
        let awards = row::awards(cx, &reader, &listing::of_reader(cx, &reader, 20)?);
        page = page
            .section(|section| section.title(t!("account.awards")).add(view::list(awards).empty(t!("points.none"))));
    }
    Ok(page.link(t!("earn.title"), To::page("earn")).link(t!("shop.title"), To::page("shop")))
}

/// Which points, and what sort of row.
fn meta(row: &Entry) -> String {
    let reason = match row.reason {
        EntryReason::Award => t!("reason.award"),
        EntryReason::Deduction => t!("reason.deduction"),
        EntryReason::Redeem => t!("reason.redeem"),
        EntryReason::Correction => t!("reason.correction"),
        EntryReason::Close => t!("reason.close"),
    };
    format!("{reason} · {}", words::kind(row.kind))
}
