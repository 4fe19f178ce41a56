//! JSON for the API and for apps: only what the reader may see. Times are microseconds since 1970-01-01 UTC, money is fen.

use cunshi_sdk::prelude::{Doc, Error, Read, Result, Value, json};

use crate::domain::{Posting, Signup, TRADES};
use crate::listing::{self, Page, Wanted};
use crate::words::{self, Reader};
use crate::{JobParams, JobsParams, MySignupsParams, SignupsParams};

/// Sign-ups of one answer.
const ROWS: u32 = 50;

/// One page of open postings: `{jobs, next}`.
pub fn jobs(cx: &Read, params: JobsParams) -> Result<Value> {
    let wanted = Wanted {
        kind: params.kind,
        near: params.near,
        pay: params.pay,
        trade: params.trade,
        place: params.place,
        q: params.q,
        sort: params.sort,
        limit: u32::try_from(params.limit).unwrap_or(20),
        cursor: params.cursor,
    };
    let (found, next) = listing::find(cx, &wanted)?;
    let jobs: Vec<Value> = found.iter().map(|posting| short(cx, posting)).collect();
    Ok(json!({ "jobs": jobs, "next": next }))
}

/// One posting whole.
pub fn job(cx: &Read, params: &JobParams) -> Result<Value> {
    let posting = cx.data::<Posting>().must(&params.id)?;
    let reader = Reader::of(cx);
    let terms = &posting.terms;
    let contact = reader
        .sees_contact(&posting, cx.now())
        .then(|| json!({ "name": terms.contact_name, "phone": terms.contact_phone }));
    let mine = match reader.person() {
        Some(person) => listing::signup_of(cx, &posting.id, person)?.map(|signup| signed(&signup)),
        None => None,
    };
    let office = reader.cadre || reader.proposed(&posting);
    let mut whole = short(cx, &posting);
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("skills".to_owned(), json!(terms.skills));
        fields.insert("demands".to_owned(), json!(terms.demands));
        fields.insert("detail".to_owned(), json!(terms.detail));
        fields.insert("contact".to_owned(), json!(contact));
        fields.insert("mine".to_owned(), json!(mine));
        fields.insert("why".to_owned(), json!(posting.why));
        fields.insert("warning".to_owned(), json!(t!("fraud")));
        fields.insert("seen".to_owned(), json!(posting.version.to_string()));
        fields.insert("reason".to_owned(), json!(posting.reason.as_ref().filter(|_| office)));
    }
    Ok(whole)
}

/// The trades, as a choice's options.
pub fn trades() -> Value {
    TRADES.into_iter().map(|value| json!({ "value": value, "label": words::trade(value) })).collect()
}

/// My own: `{signups, next}`.
pub fn my_signups(cx: &Read, params: MySignupsParams) -> Result<Value> {
    let person = cx.caller()?.person.clone();
    Ok(page(listing::signups_of(cx, &person, ROWS, params.cursor)?))
}

/// For the office: of one posting, or all that wait.
pub fn signups(cx: &Read, params: SignupsParams) -> Result<Value> {
    if !Reader::of(cx).cadre {
        return Err(Error::Missing);
    }
    Ok(page(match params.posting {
        Some(posting) => listing::signups_for(cx, &posting, ROWS, params.cursor)?,
        None => listing::waiting(cx, ROWS, params.cursor)?,
    }))
}

fn page((found, next): Page<Signup>) -> Value {
    json!({ "signups": found.iter().map(signed).collect::<Vec<Value>>(), "next": next })
}

fn short(cx: &Read, posting: &Doc<Posting>) -> Value {
    let terms = &posting.terms;
    json!({
        "id": posting.id,
        "title": terms.title,
        "employer": terms.employer,
        "kind": terms.kind,
        "away": terms.away,
        "place": terms.place,
        "distance": terms.distance,
        "pay": words::pay(terms),
        "pay_from": terms.pay_from,
        "pay_to": terms.pay_to,
        "pay_per": terms.pay_per,
        "headcount": terms.headcount,
        "hired": posting.hired,
        "trades": terms.trades,
        "housing": terms.housing,
        "meals": terms.meals,
        "closes": terms.closes,
        "published_at": posting.published_at,
        "office": posting.office,
        "state": posting.state.as_str(),
        "open": posting.is_open(cx.now()),
    })
}

fn signed(signup: &Doc<Signup>) -> Value {
    json!({
        "id": signup.id,
        "posting": signup.posting,
        "title": signup.title,
        "name": signup.who.name,
        "phone": signup.who.phone,
        "start": signup.who.start,
        "words": signup.who.words,
        "at": signup.at,
        "state": signup.state.as_str(),
        "said": signup.steps.last().and_then(|step| step.text.as_deref()),
        "entered_by": signup.entered_by,
        "office": signup.office,
        "village": signup.origin.as_ref().map(|origin| origin.village.as_str()),
        "seen": signup.version.to_string(),
    })
}
