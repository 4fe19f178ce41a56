//! JSON for the API, for apps and for other villages' curiosity: only what the reader may see, names masked
//! as on the pages. Times are microseconds since 1970-01-01 UTC.

use cunshi_sdk::prelude::{Doc, Error, Read, Result, Value, json};

use crate::domain::Case;
use crate::domain::category::CATEGORIES;
use crate::listing::{self, Show, Wanted};
use crate::pages::timeline;
use crate::words::Reader;
use crate::{CasesParams, LookupParams, SimilarParams, words};

/// One page of the board: `{cases, next}`.
pub fn cases(cx: &Read, params: CasesParams) -> Result<Value> {
    let wanted = Wanted {
        show: Show::parse(&params.show),
        category: params.category,
        q: params.q,
        limit: u32::try_from(params.limit).unwrap_or(20),
        cursor: params.cursor,
    };
    let reader = Reader::of(cx)?;
    let (cases, next) = listing::find(cx, &wanted)?;
    let cases: Vec<Value> = cases.iter().map(|case| short(cx, &reader, case)).collect();
    Ok(json!({ "cases": cases, "next": next }))
}

/// One case with its timeline, by id or spoken number.
pub fn lookup(cx: &Read, params: LookupParams) -> Result<Value> {
    let case = match (params.id, params.number) {
        (Some(id), _) => cx.data::<Case>().must(&id)?,
        (None, Some(number)) => listing::by_number(cx, &number)?.ok_or(Error::Missing)?,
        (None, None) => return Err(Error::Missing),
    };
    let reader = Reader::of(cx)?;
    let (_, detail, place) = reader.report(&case);
    let answers =
        reader.answers(&case).into_iter().map(|(question, value)| json!({ "question": question, "value": value }));
    let answers: Value = answers.collect();
    let mut whole = short(cx, &reader, &case);
    let steps: Vec<Value> = case
        .steps
        .iter()
        .filter(|step| !step.is_internal() || reader.sees_notes())
        .map(|step| {
            json!({
                "kind": step.kind, "side": step.side, "at": step.at,
                "title": timeline::title(cx, &case, step),
                "by": reader.hand(&case, step),
                "text": reader.words(&case, step), "photos": step.photos, "until": step.until, "stars": step.stars,
            })
        })
        .collect();
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("detail".to_owned(), json!(detail));
        fields.insert("place".to_owned(), json!(place));
        fields.insert("answers".to_owned(), answers);
        fields.insert("photos".to_owned(), json!(case.photos));
        fields.insert("complexity".to_owned(), json!(case.complexity));
        fields.insert("steps".to_owned(), json!(steps));
        fields.insert("seen".to_owned(), json!(case.steps.len().to_string()));
    }
    Ok(whole)
}

/// Open cases that sound like a text.
pub fn similar(cx: &Read, params: &SimilarParams) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let cases = listing::similar(cx, &params.text, None, 5)?;
    Ok(cases.iter().map(|case| short(cx, &reader, case)).collect())
}

/// The categories, as a choice's options.
pub fn categories() -> Value {
    CATEGORIES.into_iter().map(|value| json!({ "value": value, "label": words::category(value) })).collect()
}

fn short(cx: &Read, reader: &Reader, case: &Doc<Case>) -> Value {
    json!({
        "id": case.id,
        "number": case.number,
        "title": reader.report(case).0,
        "category": case.category,
        "visibility": case.visibility,
        "state": case.state.as_str(),
        "reporter": reader.reporter(case),
        "reported_at": case.reported_at,
        "due_at": case.due_at,
        "overdue": case.is_overdue(cx.now()),
        "closed_at": case.closed_at,
        "on_time": case.on_time,
        "stars": case.stars,
        "supporters": case.supporters,
        "referred_to": case.referral.as_ref().map(|referral| referral.to.as_str()),
        "mine": reader.reported(case),
    })
}
