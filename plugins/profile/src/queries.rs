//! JSON for the API: only what is for the reader, names of askers as far as the reader may know them. Times are
//! microseconds since 1970-01-01 UTC.

use cunshi_sdk::prelude::{Doc, Read, Result, Value, json};

use crate::domain::duty::clock;
use crate::domain::{Milestone, Part, Question, Session, State};
use crate::pages::week;
use crate::{DutyParams, EventParams, EventsParams, QuestionParams, QuestionsParams, listing, words};

/// See `plugin.toml`.
pub fn profile(cx: &Read) -> Result<Value> {
    let about = listing::about(cx)?.map(|about| about.body).unwrap_or_default();
    let changed = listing::changed(cx, Part::Introduction)?;
    let committee: Vec<Value> = listing::seats(cx)?
        .iter()
        .map(|seat| {
            json!({
                "name": seat.name, "body": seat.committee, "office": seat.office, "since": seat.since,
                "until": seat.until,
            })
        })
        .collect();
    Ok(json!({
        "text": about.text,
        "photos": about.photos,
        "figures": about.figures,
        "committee": committee,
        "changed": changed.map(|stamp| json!({ "at": stamp.at, "by": stamp.by })),
    }))
}

/// See `plugin.toml`.
pub fn duty(cx: &Read, params: &DutyParams) -> Result<Value> {
    let monday = week::monday(cx, params.week);
    let duties = listing::duties(cx, monday, 7)?;
    let all: Vec<_> = duties.iter().map(|duty| &duty.body).collect();
    let days: Vec<Value> = week::rotas(&all, monday)
        .iter()
        .map(|rota| {
            let on: Vec<Value> = rota
                .on
                .iter()
                .map(|duty| {
                    json!({
                        "name": duty.name, "office": duty.office, "from": clock(duty.from), "to": clock(duty.to),
                        "now": rota.is_on(duty, cx.now()),
                    })
                })
                .collect();
            json!({ "day": rota.day, "closed": rota.closed, "on": on })
        })
        .collect();
    Ok(json!({ "days": days }))
}

/// See `plugin.toml`.
pub fn events(cx: &Read, params: EventsParams) -> Result<Value> {
    let limit = u32::try_from(params.limit).unwrap_or(20);
    let (found, next) = listing::milestones(cx, params.year, limit, params.cursor)?;
    let events: Vec<Value> = found.iter().map(one_event).collect();
    Ok(json!({ "events": events, "next": next }))
}

/// See `plugin.toml`.
pub fn event(cx: &Read, params: &EventParams) -> Result<Value> {
    let milestone = cx.data::<Milestone>().must(&params.id)?;
    let mut whole = one_event(&milestone);
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("corrections".to_owned(), json!(milestone.corrections));
        fields.insert("struck".to_owned(), json!(milestone.struck));
    }
    Ok(whole)
}

fn one_event(milestone: &Doc<Milestone>) -> Value {
    json!({
        "id": milestone.id,
        "title": milestone.title,
        "text": milestone.text,
        "day": milestone.day,
        "photos": milestone.photos,
        "recorded_at": milestone.recorded_at,
        "recorded_by": milestone.recorded_by,
        "corrected": milestone.corrections.len(),
    })
}

/// See `plugin.toml`.
pub fn questions(cx: &Read, params: QuestionsParams) -> Result<Value> {
    let limit = u32::try_from(params.limit).unwrap_or(20);
    let (found, next) = match (params.show.as_str(), words::reader(cx)) {
        ("mine", Some(person)) => listing::own_questions(cx, person, limit, params.cursor)?,
        ("mine", None) => (Vec::new(), None),
        (show, _) => listing::questions(cx, State::parse(show), limit, params.cursor)?,
    };
    let questions: Vec<Value> = found.iter().map(|question| one_question(cx, question)).collect();
    Ok(json!({ "questions": questions, "next": next }))
}

/// See `plugin.toml`.
pub fn question(cx: &Read, params: &QuestionParams) -> Result<Value> {
    let question = cx.data::<Question>().must(&params.id)?;
    Ok(one_question(cx, &question))
}

fn one_question(cx: &Read, question: &Doc<Question>) -> Value {
    let mine = words::reader(cx).is_some_and(|person| question.is_of(person));
    json!({
        "id": question.id,
        "text": question.text,
        "asker": words::asker(cx, question),
        "mine": mine,
        "sight": question.sight,
        "state": question.state,
        "late": question.is_late(cx.now()),
        "asked_at": question.asked_at,
        "due_at": question.due_at,
        "session": question.session,
        "answers": question.answers,
    })
}

/// See `plugin.toml`.
pub fn sessions(cx: &Read) -> Result<Value> {
    let sessions: Vec<Value> = listing::coming_sessions(cx)?.iter().map(one_session).collect();
    Ok(json!({ "sessions": sessions }))
}

fn one_session(session: &Doc<Session>) -> Value {
    json!({
        "id": session.id,
        "host": session.host,
        "starts": session.starts,
        "ends": session.ends,
        "place": session.place,
        "note": session.note,
        "seats": session.seats,
        "free": session.free(),
        "cancelled": session.cancelled.as_ref().map(|cancelled| cancelled.reason.as_str()),
    })
}
