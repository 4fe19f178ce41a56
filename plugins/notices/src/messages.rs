//! Messages to those for whom a notice is: that it is out, that it was taken back, and reminders.

use cunshi_sdk::contract::manifest::Who;
use cunshi_sdk::contract::message::{MAX_BODY, MAX_TITLE};
use cunshi_sdk::prelude::{Doc, Message, Reach, Refusal, Result, Text, To, Write};
use cunshi_sdk::words::cut;

use crate::domain::{Audience, Notice};
use crate::words;

/// Characters of the text in a message.
const EXCERPT: usize = 120;

/// It is out.
pub fn published(cx: &mut Write, notice: &Doc<Notice>) -> Result<()> {
    let from = words::sender(cx, notice);
    let title = if notice.urgent {
        both!("message.urgent", from = from, title = notice.title)
    } else {
        both!("message.published", from = from, title = notice.title)
    };
    let excerpt = excerpt(&notice.text);
    let body = if notice.acknowledge {
        both!("message.acknowledge", text = excerpt)
    } else {
        Text::new(excerpt.as_str(), excerpt.as_str())
    };
    let message = |to| {
        let message = Message::new(to, format!("notice:{}", notice.id), short(&title, MAX_TITLE));
        let message = message.body(short(&body, MAX_BODY)).link(To::page("show").with("id", notice.id.as_str()));
        if notice.urgent { message.urgent() } else { message }
    };
    to_all(cx, notice, message)
}

/// It was taken back; says why, and nothing of what stood in it.
pub fn withdrawn(cx: &mut Write, notice: &Doc<Notice>, reason: &str) -> Result<()> {
    let title = both!("message.withdrawn", from = words::sender(cx, notice));
    let body = short(&Text::new(reason, reason), MAX_BODY);
    let message = |to| {
        let message = Message::new(to, format!("withdrawn:{}", notice.id), short(&title, MAX_TITLE));
        message.body(body.clone()).link(To::page("show").with("id", notice.id.as_str()))
    };
    to_all(cx, notice, message)
}

/// Somebody has not read it, or not acknowledged it; once a day.
pub fn reminder(cx: &mut Write, notice: &Doc<Notice>, person: &str, day: &str) -> Result<()> {
    let title = if notice.asks() {
        both!("message.remind.acknowledge", title = notice.title)
    } else {
        both!("message.remind", title = notice.title)
    };
    let key = format!("remind:{}:{day}", notice.id);
    let message = Message::new(Reach::Person(person.to_owned()), key, short(&title, MAX_TITLE));
    send(cx, message.link(To::page("show").with("id", notice.id.as_str())))
}

/// One message for each group or household, so that the host finds the people.
fn to_all(cx: &mut Write, notice: &Notice, message: impl Fn(Reach) -> Message) -> Result<()> {
    let reaches: Vec<Reach> = match &notice.addressed {
        Audience::All => vec![Reach::Role(Who::Member)],
        Audience::Groups(names) => names.iter().cloned().map(Reach::Group).collect(),
        Audience::Households(ids) => ids.iter().cloned().map(Reach::Household).collect(),
    };
    for reach in reaches {
        send(cx, message(reach))?;
    }
    Ok(())
}

/// A person or household that is no longer here keeps nobody else from being told.
fn send(cx: &mut Write, message: Message) -> Result<()> {
    match cx.notify(message) {
        Ok(_) => Ok(()),
        Err(Refusal::Missing) => {
            cx.log_info("somebody who was to be told is no longer here");
            Ok(())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn excerpt(text: &str) -> String {
    cut(&text.split_whitespace().collect::<Vec<_>>().join(" "), EXCERPT)
}

fn short(text: &Text, most: usize) -> Text {
    Text::new(cut(&text.zh, most), cut(&text.en, most))
}
