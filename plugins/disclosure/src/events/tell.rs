//! Telling other spaces what happened here.

use cunshi_sdk::prelude::{Doc, Result, Send, Serialize, Write};
use cunshi_sdk::words::masked;

use super::{
    ANSWERED, CALENDAR, COUNTS, CalendarSent, CountsTold, OVERDUE, Overdue, QuestionAnswered, QuestionRaised, RAISED,
};
use crate::domain::{Calendar, Duty, Question, What};
use crate::words;

/// The calendar goes to the spaces below.
pub fn calendar(cx: &mut Write, calendar: &Calendar) -> Result<()> {
    let payload = CalendarSent { version: calendar.list, items: calendar.items.clone() };
    send(cx, CALENDAR, "calendar", &payload, None)
}

/// A question goes to the office above.
pub fn raised(cx: &mut Write, question: &Doc<Question>) -> Result<()> {
    let publish = |text: &String| masked(text).into_owned();
    let payload = QuestionRaised {
        number: question.number.clone(),
        about: question.about.clone(),
        affairs: question.affairs,
        text: publish(&question.text),
        answer: question.answer.as_ref().map(|said| publish(&said.text)),
        why: question.raised.as_ref().and_then(|raised| raised.why.as_ref()).map(publish),
    };
    send(cx, RAISED, &question.id, &payload, None)
}

/// The answer goes back to the village that raised the question.
pub fn answered(cx: &mut Write, question: &Question, text: &str) -> Result<()> {
    let (Some(origin), Some(subject)) = (&question.origin, &question.origin_question) else { return Ok(()) };
    let payload = QuestionAnswered { office: cx.space().name.clone(), text: masked(text).into_owned() };
    send(cx, ANSWERED, subject, &payload, Some(origin.event.clone()))
}

/// A duty is overdue, or no longer is: told where there is somebody to tell, and only when it changed.
pub fn duty(cx: &mut Write, id: &str, duty: &mut Duty, open: bool) -> Result<()> {
    if duty.told == open || cx.space().above.is_none() {
        return Ok(());
    }
    duty.told = open;
    let (title, affairs) = (Some(words::duty_title(duty)), Some(duty.affairs));
    let payload = Overdue { what: What::Duty, title, affairs, due_at: duty.due_at, open };
    send(cx, OVERDUE, id, &payload, None)
}

/// The same for a question that a town has not answered.
pub fn question(cx: &mut Write, id: &str, question: &mut Question, open: bool) -> Result<()> {
    if question.told == open || cx.space().above.is_none() {
        return Ok(());
    }
    question.told = open;
    // What a villager asked stays with the town; the district learns whose question it is, and since when.
    let title = question.origin.as_ref().map(|origin| {
        let (from, number) = (&origin.from_name, &origin.number);
        both!("overdue.question", from = from, number = number)
    });
    let payload = Overdue { what: What::Question, title, affairs: question.affairs, due_at: question.due_at, open };
    send(cx, OVERDUE, id, &payload, None)
}

/// How this village stands, or one below.
pub fn counts(cx: &mut Write, mark: &str, payload: &CountsTold) -> Result<()> {
    if cx.space().above.is_none() {
        return Ok(());
    }
    send(cx, COUNTS, mark, payload, None)
}

fn send(cx: &mut Write, name: &str, subject: &str, payload: &impl Serialize, answers: Option<String>) -> Result<()> {
    let event = Send::new(name, subject).payload(serde_json::to_value(payload)?);
    cx.send(Send { answers, ..event })?;
    Ok(())
}
