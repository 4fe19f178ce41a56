//! JSON for the API: only what the reader may see, names masked as on the pages. Points are decimal strings, money is
//! whole fen, times are microseconds since 1970-01-01 UTC.

pub mod awards;
pub mod choices;
pub mod ledger;
pub mod shop;

use cunshi_sdk::prelude::{Balances, Value, json};

use crate::domain::amount;

/// What an account has.
pub fn balances(balances: Balances) -> Value {
    json!({
        "base": amount::show(balances.base),
        "redeemable": amount::show(balances.redeemable),
        "available": amount::show(balances.redeemable - balances.held),
        "held": amount::show(balances.held),
        "honour": amount::show(balances.honour),
    })
}
