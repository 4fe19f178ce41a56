//! Awards, their objections and corrections.

use cunshi_sdk::prelude::{Doc, Error, Read, Result, Value, json};

use super::balances;
use crate::domain::{Award, Correction, Objection, amount};
use crate::pages::timeline;
use crate::words::{self, Reader};
use crate::{BoardParams, LookupParams, ObjectionsParams, ReviewsParams, books, listing, way};

/// What I have, what is on its way, what I may fetch.
pub fn mine(cx: &Read) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let hand = reader.hand.clone().ok_or(Error::Missing)?;
    let mut accounts = Vec::new();
    for account in way::accounts(&hand) {
        accounts.push(json!({ "holder": account, "balances": balances(cx.balances(&account)?) }));
    }
    let awards: Vec<Value> = listing::of_reader(cx, &reader, 20)?.iter().map(|award| short(&reader, award)).collect();
    let (reservations, _) = listing::reservations_of(cx, &hand.person, 20, None)?;
    let reservations: Vec<Value> =
        reservations.iter().map(|reservation| super::shop::reservation(&reader, reservation)).collect();
    Ok(json!({
        "person": hand.person, "household": hand.household, "balances": balances(books::together(cx, &reader)?),
        "accounts": accounts, "awards": awards, "reservations": reservations,
    }))
}

/// In their publicity period.
pub fn board(cx: &Read, params: BoardParams) -> Result<Value> {
    page(cx, listing::in_publicity(cx, limit(params.limit), params.cursor)?)
}

/// What waits for review.
pub fn reviews(cx: &Read, params: ReviewsParams) -> Result<Value> {
    page(cx, listing::in_review(cx, limit(params.limit), params.cursor)?)
}

fn page(cx: &Read, (awards, next): listing::Page<Award>) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let awards: Vec<Value> = awards.iter().map(|award| short(&reader, award)).collect();
    Ok(json!({ "awards": awards, "next": next }))
}

/// One award whole.
pub fn lookup(cx: &Read, params: LookupParams) -> Result<Value> {
    let award = match (params.id, params.number) {
        (Some(id), _) => cx.data::<Award>().must(&id)?,
        (None, Some(number)) => listing::by_number(cx, &number)?.ok_or(Error::Missing)?,
        (None, None) => return Err(Error::Missing),
    };
    let reader = Reader::of(cx)?;
    let mut whole = short(&reader, &award);
    let objections: Vec<Value> =
        listing::objections_to(cx, &award.id)?.iter().map(|found| objection(&reader, found)).collect();
    let corrections: Vec<Value> = listing::corrections_of(cx, &award.id)?.iter().map(correction).collect();
    let steps: Vec<Value> = award
        .steps
        .iter()
        .map(|step| {
            json!({
                "kind": step.kind, "at": step.at, "title": timeline::title(step),
                "by": timeline::hand(&reader, &award, step), "text": timeline::text(&reader, &award, step),
                "until": step.until,
            })
        })
        .collect();
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("quantity".to_owned(), json!(award.quantity));
        fields.insert("unit".to_owned(), json!(award.unit));
        fields.insert("photos".to_owned(), json!(award.photos));
        fields.insert("link".to_owned(), json!(award.link));
        fields.insert("because".to_owned(), json!(award.why.because));
        fields.insert("decision".to_owned(), json!(award.why.decision));
        fields.insert("origin".to_owned(), json!(award.why.origin));
        fields.insert("version".to_owned(), json!(award.why.version));
        fields.insert("fell_back".to_owned(), json!(award.why.fell_back));
        fields.insert("steps".to_owned(), json!(steps));
        fields.insert("objections".to_owned(), json!(objections));
        fields.insert("corrections".to_owned(), json!(corrections));
    }
    Ok(whole)
}

/// Objections that wait for an answer.
pub fn objections(cx: &Read, params: ObjectionsParams) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let (found, next) = listing::open_objections(cx, limit(params.limit), params.cursor)?;
    let found: Vec<Value> = found.iter().map(|found| objection(&reader, found)).collect();
    Ok(json!({ "objections": found, "next": next }))
}

/// Corrections that wait for their second person.
pub fn corrections(cx: &Read) -> Result<Value> {
    let found: Vec<Value> = listing::open_corrections(cx)?.iter().map(correction).collect();
    Ok(json!({ "corrections": found }))
}

fn short(reader: &Reader, award: &Doc<Award>) -> Value {
    json!({
        "id": award.id,
        "number": award.number,
        "source": award.source,
        "state": award.state.as_str(),
        "item": award.item,
        "label": award.label,
        "text": reader.text(award, &award.text),
        "whose": reader.whose(award),
        "points": amount::show(award.points),
        "posted": award.posted_at.map(|_| amount::show(award.posted)),
        "kind": award.kind,
        "at": award.at,
        "made": award.made,
        "due": award.due,
        "until": award.until,
        "posted_at": award.posted_at,
        "entry": award.entry,
        "approvals": award.votes_of(true),
        "objections": award.objections,
        "mine": reader.concerned(award),
    })
}

fn objection(reader: &Reader, objection: &Doc<Objection>) -> Value {
    json!({
        "id": objection.id,
        "award": objection.award,
        "number": objection.number,
        "label": objection.label,
        "by": reader.office().then_some(&objection.by.name),
        "text": words::public(reader, &objection.text),
        "at": objection.at,
        "due": objection.due,
        "state": objection.state,
        "answer": objection.answer.as_ref().map(|text| words::public(reader, text)),
        "answered_at": objection.answered_at,
        "on_time": objection.on_time,
    })
}

fn correction(correction: &Doc<Correction>) -> Value {
    json!({
        "id": correction.id,
        "award": correction.award,
        "number": correction.number,
        "label": correction.label,
        "from": amount::show(correction.from),
        "to": amount::show(correction.to),
        "text": correction.text,
        "by": correction.by.name,
        "at": correction.at,
        "state": correction.state,
        "second": correction.second.as_ref().map(|hand| &hand.name),
        "answer": correction.answer,
    })
}

fn limit(limit: i64) -> u32 {
    u32::try_from(limit).unwrap_or(20)
}
