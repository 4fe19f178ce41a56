//! JSON for the API and for forms: only what the reader may see, names masked as on the pages. Times are microseconds
//! since 1970-01-01 UTC, money whole fen.

use cunshi_sdk::prelude::{Doc, Read, Result, Value, json};

use crate::actions::draft::OTHER;
use crate::actions::list::NEW;
use crate::domain::{Affairs, Disclosure, Duty, DutyIndexes as _, Question};
use crate::listing::{self, Show};
use crate::pages::below::standing;
use crate::words::Reader;
use crate::{AskedParams, DisclosuresParams, DutiesParams, LookupParams, VillagesParams, keep, words};

/// What was published: `{disclosures, next}`.
pub fn disclosures(cx: &Read, params: DisclosuresParams) -> Result<Value> {
    let (affairs, limit) = (Affairs::parse(&params.affairs), u32::try_from(params.limit).unwrap_or(20));
    let (papers, next) = listing::published(cx, affairs, params.q.as_deref(), limit, params.cursor)?;
    let papers: Vec<Value> = papers.iter().map(short).collect();
    Ok(json!({ "disclosures": papers, "next": next }))
}

/// One version, whole.
pub fn lookup(cx: &Read, params: &LookupParams) -> Result<Value> {
    let paper = cx.data::<Disclosure>().must(&params.id)?;
    let reader = Reader::of(cx);
    let questions = listing::beneath(cx, &paper.root, 50)?;
    let questions: Vec<Value> = questions.iter().map(|question| of_question(cx, &reader, question)).collect();
    let finance = paper.finance.as_ref().map(|finance| {
        json!({
            "opening": finance.opening, "rows": finance.rows, "closing": finance.closing,
            "income": finance.income(), "expense": finance.expense(),
        })
    });
    let mut whole = short(&paper);
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("text".to_owned(), json!(paper.text));
        fields.insert("finance".to_owned(), json!(finance));
        fields.insert("photos".to_owned(), json!(paper.photos));
        fields.insert("files".to_owned(), json!(paper.files));
        fields.insert("author".to_owned(), json!(paper.author().and_then(|step| step.name.clone())));
        fields.insert("signed_by".to_owned(), json!(paper.signature().and_then(|step| step.name.clone())));
        fields.insert("note".to_owned(), json!(paper.signature().and_then(|step| step.text.clone())));
        fields.insert("questions".to_owned(), json!(questions));
        fields.insert("seen".to_owned(), json!(paper.steps.len().to_string()));
    }
    Ok(whole)
}

fn short(paper: &Doc<Disclosure>) -> Value {
    json!({
        "id": paper.id,
        "number": paper.number,
        "root": paper.root,
        "edition": paper.edition,
        "reason": paper.reason,
        "replaced": paper.replaced,
        "affairs": paper.affairs,
        "title": words::in_language(&paper.title),
        "state": paper.state.as_str(),
        "duty": paper.duty,
        "due_at": paper.due_at,
        "published_at": paper.published_at,
        "in_time": paper.in_time(),
    })
}

/// What is due: `{duties, next}`.
pub fn duties(cx: &Read, params: DutiesParams) -> Result<Value> {
    let duties = cx.data::<Duty>();
    let query = match params.show.as_str() {
        "done" => duties.by_due("done").newest(),
        "overdue" => duties.by_due("open").to(cx.now()),
        _ => duties.by_due("open"),
    };
    let (duties, next) = query.page(u32::try_from(params.limit).unwrap_or(50), params.cursor)?;
    let inside = Reader::of(cx).inside();
    let duties: Vec<Value> = duties.iter().map(|duty| of_duty(cx, duty, inside)).collect();
    Ok(json!({ "duties": duties, "next": next }))
}

fn of_duty(cx: &Read, duty: &Duty, inside: bool) -> Value {
    // Whoever may not read a draft need not know its id.
    let disclosure = duty.disclosure.as_deref().filter(|_| inside || !duty.is_open());
    json!({
        "key": duty.key,
        "item": duty.item,
        "affairs": duty.affairs,
        "title": words::duty(duty),
        "every": duty.every,
        "due_at": duty.due_at,
        "overdue": duty.is_overdue(cx.now()),
        "published_at": duty.published_at,
        "in_time": duty.in_time,
        "disclosure": disclosure,
    })
}

/// Questions: `{questions, next}`.
pub fn asked(cx: &Read, params: AskedParams) -> Result<Value> {
    let reader = Reader::of(cx);
    let (found, next) = listing::questions(cx, Show::All, u32::try_from(params.limit).unwrap_or(20), params.cursor)?;
    let found: Vec<Value> = found.iter().map(|question| of_question(cx, &reader, question)).collect();
    Ok(json!({ "questions": found, "next": next }))
}

fn of_question(cx: &Read, reader: &Reader, question: &Doc<Question>) -> Value {
    json!({
        "id": question.id,
        "number": question.number,
        "text": question.text,
        "about": question.about.as_ref().map(words::in_language),
        "asker": reader.asker(question),
        "private": !question.is_public(),
        "state": question.state,
        "asked_at": question.asked_at,
        "due_at": question.waits_until(),
        "overdue": question.waits_until().is_some_and(|until| cx.now() > until),
        "answer": question.answer,
        "raised_to": question.raised.as_ref().map(|raised| raised.to.as_str()),
        "settled": question.settled,
        "mine": reader.asked(question),
    })
}

/// How the villages below stand: `{villages, next}`.
pub fn villages(cx: &Read, params: VillagesParams) -> Result<Value> {
    let (villages, next) = standing(cx, 100, params.cursor)?;
    let villages: Vec<Value> = villages
        .iter()
        .map(
            |village| json!({ "name": village.name, "town": village.town, "counts": village.counts, "at": village.at }),
        )
        .collect();
    Ok(json!({ "villages": villages, "next": next }))
}

/// The choices of a new draft.
pub fn open_duties(cx: &Read) -> Result<Value> {
    let (duties, matters) = listing::to_write(cx)?;
    let of_duty = |duty: &Duty| {
        let badge = words::duty_badge(duty, cx.now());
        json!({ "value": duty.key, "label": t!("choice.duty", title = words::duty(duty), state = badge.text) })
    };
    let mut choices: Vec<Value> = duties.iter().map(of_duty).collect();
    choices.extend(matters.iter().map(
        |item| json!({ "value": item.key, "label": t!("choice.matter", title = words::in_language(&item.title)) }),
    ));
    choices.push(json!({ "value": OTHER, "label": t!("choice.other") }));
    Ok(Value::Array(choices))
}

/// The choices of the district's form.
pub fn item_choices(cx: &Read) -> Result<Value> {
    let calendar = keep::calendar(cx)?;
    let new = json!({ "value": NEW, "label": t!("choice.new") });
    let items = calendar.items.iter();
    let items = items.map(|item| json!({ "value": item.key, "label": words::in_language(&item.title) }));
    Ok(std::iter::once(new).chain(items).collect())
}
