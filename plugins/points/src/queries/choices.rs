//! Options of forms: `[{value, label}]`.

use cunshi_sdk::prelude::{Read, Result, Value, json};

use crate::domain::Source;
use crate::{way, words};

/// What may be claimed.
pub fn options(cx: &Read) -> Result<Value> {
    of(cx, Source::Claim)
}

/// What may be entered as a deduction.
pub fn deductions(cx: &Read) -> Result<Value> {
    of(cx, Source::Deduction)
}

fn of(cx: &Read, how: Source) -> Result<Value> {
    let rows = way::table(cx)?.into_iter().filter(|row| row.how == how);
    let option = |row: crate::domain::table::Row| json!({ "value": row.item, "label": t!("option", label = row.label, worth = words::worth(&row)) });
    Ok(rows.map(option).collect())
}

/// The people of my household; me alone where I have none here.
pub fn family(cx: &Read) -> Result<Value> {
    let me = cx.caller()?;
    let Some(household) = me.household.clone() else {
        return Ok(json!([{ "value": me.person, "label": me.name }]));
    };
    let members = cx.household(&household)?.map(|known| known.members).unwrap_or_default();
    let mut options = Vec::new();
    for member in members.iter().take(30) {
        if let Some(person) = cx.person(member)? {
            options.push(json!({ "value": person.id, "label": person.name }));
        }
    }
    Ok(Value::Array(options))
}
