//! Messages: who gets word of what.

use cunshi_sdk::contract::manifest::Who;
use cunshi_sdk::contract::message::{MAX_BODY, MAX_TITLE};
use cunshi_sdk::prelude::{Doc, Message, Reach, Result, Text, Write};
use cunshi_sdk::words::cut;

use crate::domain::{Disclosure, Question};
use crate::pages::row::{to_paper, to_question};
use crate::words;

/// The supervisors are asked for a signature.
pub fn supervisors(cx: &mut Write, paper: &Doc<Disclosure>) -> Result<()> {
    let title = both!("message.sign", title = short(&paper.title));
    let key = format!("sign:{}:{}", paper.id, paper.steps.len());
    send(cx, Message::new(Reach::Role(Who::Supervisor), key, title).link(to_paper(paper)))
}

/// Whoever wrote it hears what became of it, and why.
pub fn author(cx: &mut Write, paper: &Doc<Disclosure>, title: Text, why: Option<&str>) -> Result<()> {
    let Some(author) = paper.author().and_then(|step| step.by.clone()) else { return Ok(()) };
    let key = format!("paper:{}:{}", paper.id, paper.steps.len());
    let message = Message::new(Reach::Person(author), key, title).link(to_paper(paper));
    send(cx, with(message, why.map(|why| Text::new(why, why))))
}

/// The asker hears of an answer, or where the question went.
pub fn asker(cx: &mut Write, question: &Doc<Question>, what: &str, title: Text, body: Option<Text>) -> Result<()> {
    let Some(asker) = question.asker.clone() else { return Ok(()) };
    let message = Message::new(Reach::Person(asker), format!("{what}:{}", question.id), title);
    send(cx, with(message, body).link(to_question(question)))
}

/// The officers hear of a question from below.
pub fn office(cx: &mut Write, question: &Doc<Question>, title: Text, body: Text) -> Result<()> {
    let message = Message::new(Reach::Role(Who::Cadre), format!("raised:{}", question.id), title);
    send(cx, message.body(body).link(to_question(question)))
}

/// A title that fits into the first line of a message.
pub fn short(title: &Text) -> String {
    cut(&words::in_language(title), 30)
}

fn with(message: Message, body: Option<Text>) -> Message {
    match body {
        Some(body) => message.body(body),
        None => message,
    }
}

/// Names of places may be long, and people may have left the village: neither stops what was done.
fn send(cx: &mut Write, message: Message) -> Result<()> {
    if let Reach::Person(person) = &message.to
        && cx.person(person)?.is_none()
    {
        return Ok(());
    }
    let fit = |text: &Text, most| Text::new(cut(&text.zh, most), cut(&text.en, most));
    let title = fit(&message.title, MAX_TITLE);
    let body = message.body.as_ref().map(|body| fit(body, MAX_BODY));
    cx.notify(Message { title, body, ..message })?;
    Ok(())
}
