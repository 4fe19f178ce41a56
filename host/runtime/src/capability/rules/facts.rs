//! What a rule is told: declared facts only, with pseudonyms in the place of people.

use cunshi_contract::rule::{Ask, Hook};
use cunshi_contract::{FieldKind, Lang};
use cunshi_model::{HouseholdId, Micros, PersonId};
use serde_json::{Map, Value};

use super::Answer;
use crate::abi::Refusal;
use crate::fields;
use crate::state::CallState;

/// The facts of one question.
pub(super) struct Facts {
    /// As the script sees them.
    pub(super) input: Map<String, Value>,
    /// Whom it is about.
    pub(super) person: Option<PersonId>,
    /// Their household.
    pub(super) household: Option<HouseholdId>,
    /// The instant that it is about.
    pub(super) at: Micros,
}

/// Reads a `contract::Ask` and holds it against the hook and the village.
pub(super) async fn read(state: &mut CallState, hook: &Hook, ask: &str) -> Answer<Facts> {
    state.count_out(ask.len())?;
    let ask: Ask = serde_json::from_str(ask)
        .map_err(|error| Refusal::Invalid(format!("this is not a `contract::rule::Ask`: {error}")))?;
    let mut input = declared(hook, &ask.input)?;
    let person = id::<PersonId>(ask.person.as_deref(), "person")?;
    let household = id::<HouseholdId>(ask.household.as_deref(), "household")?;
    let waiting = state.meter.wait();
    if let Some(person) = person {
        let found = state.reader()?.member(person).await;
        found.map_err(|error| state.refusal(error))?.ok_or_else(|| stranger("person"))?;
    }
    if let Some(household) = household {
        let found = state.reader()?.household(household).await;
        found.map_err(|error| state.refusal(error))?.ok_or_else(|| stranger("household"))?;
    }
    drop(waiting);
    pseudonyms(hook, &mut input);
    Ok(Facts { input, person, household, at: ask.at.unwrap_or(state.now) })
}

/// The facts in the shape that their kinds promise; what was not given stays away unless it has a default.
fn declared(hook: &Hook, given: &Map<String, Value>) -> Answer<Map<String, Value>> {
    // An instant is a time in microseconds, which no form gives.
    let instant = |name: &str| {
        let time = hook.input.iter().any(|field| field.name == name && field.kind == FieldKind::Time);
        given.get(name).filter(|value| time && value.is_i64())
    };
    let asked: Vec<_> = hook.input.iter().filter(|field| instant(&field.name).is_none()).cloned().collect();
    let plain = given.iter().filter(|(name, _)| instant(name).is_none());
    let plain: Map<String, Value> = plain.map(|(name, value)| (name.clone(), value.clone())).collect();
    let mut taken = fields::validate(&asked, &plain, Lang::En).map_err(|errors| {
        let all: Vec<String> = errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
        Refusal::Invalid(format!("the facts for `{}` are wrong: {}", hook.name, all.join("; ")))
    })?;
    let mut facts = Map::new();
    for field in &hook.input {
        let known = given.get(&field.name).is_some_and(|value| !value.is_null()) || field.default.is_some();
        let value = instant(&field.name).cloned().or_else(|| taken.remove(&field.name).filter(|_| known));
        if let Some(value) = value {
            facts.insert(field.name.clone(), value);
        }
    }
    Ok(facts)
}

/// People become `p1`, `p2`, …, households `h1`, `h2`, … in the order in which they appear.
fn pseudonyms(hook: &Hook, input: &mut Map<String, Value>) {
    let (mut people, mut households) = (Vec::new(), Vec::new());
    for field in &hook.input {
        let (letter, seen) = match field.kind {
            FieldKind::Person => ('p', &mut people),
            FieldKind::Household => ('h', &mut households),
            _ => continue,
        };
        let Some(value) = input.get_mut(&field.name) else { continue };
        let place = seen.iter().position(|known| known == value).unwrap_or(seen.len());
        if place == seen.len() {
            seen.push(value.clone());
        }
        *value = Value::String(format!("{letter}{}", place + 1));
    }
}

fn id<T: std::str::FromStr>(text: Option<&str>, what: &str) -> Answer<Option<T>> {
    text.map(|text| text.parse::<T>().map_err(|_| stranger(what))).transpose()
}

fn stranger(what: &str) -> Refusal {
    Refusal::Invalid(format!("the {what} that it is about is not of this village"))
}
