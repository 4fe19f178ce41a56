//! Messages: who gets word of what.

use cunshi_sdk::contract::manifest::Who;
use cunshi_sdk::prelude::{Doc, Message, Reach, Result, Text, To, Write};

use crate::domain::{Disclosure, Question};

/// The supervisors are asked for a signature.
pub fn supervisors(cx: &mut Write, paper: &Doc<Disclosure>) -> Result<()> {
    let title = both!("message.sign", title = short(&paper.title));
    let key = format!("sign:{}:{}", paper.id, paper.steps.len());
    cx.notify(Message::new(Reach::Role(Who::Supervisor), key, title).link(to_paper(paper)))?;
    Ok(())
}

/// Whoever wrote it hears what became of it, and why.
pub fn author(cx: &mut Write, paper: &Doc<Disclosure>, title: Text, why: Option<&str>) -> Result<()> {
    let Some(author) = paper.author().and_then(|step| step.by.clone()) else { return Ok(()) };
    // Somebody who has left the village misses nothing.
    if cx.person(&author)?.is_none() {
        return Ok(());
    }
    let key = format!("paper:{}:{}", paper.id, paper.steps.len());
    let mut message = Message::new(Reach::Person(author), key, title).link(to_paper(paper));
    if let Some(why) = why {
        let why = cunshi_sdk::words::cut(why, 280);
        message = message.body(Text::new(why.clone(), why));
    }
    cx.notify(message)?;
    Ok(())
}

/// The asker hears of an answer, or where the question went.
pub fn asker(cx: &mut Write, question: &Doc<Question>, what: &str, title: &Text) -> Result<()> {
    let Some(asker) = question.asker.clone() else { return Ok(()) };
    if cx.person(&asker)?.is_none() {
        return Ok(());
    }
    let link = To::page("question").with("id", question.id.as_str());
    let message = Message::new(Reach::Person(asker), format!("{what}:{}", question.id), title.clone()).link(link);
    cx.notify(message)?;
    Ok(())
}

/// A title that fits into the first line of a message.
pub fn short(title: &Text) -> String {
    cunshi_sdk::words::cut(&crate::words::in_language(title), 30)
}

fn to_paper(paper: &Doc<Disclosure>) -> To {
    To::page("disclosure").with("id", paper.id.as_str())
}
