//! Disclosures, duties and questions as rows of lists.

use cunshi_sdk::prelude::*;

use crate::domain::{Disclosure, Duty, Question};
use crate::words::{self, Reader};

/// Longest title in a list, in characters.
const TITLE: usize = 40;

/// A disclosure: title, how it stands, affairs, day.
pub fn paper(paper: &Doc<Disclosure>) -> Item {
    let badge = words::paper_badge(paper);
    let title = words::cut(&words::in_language(&paper.title), TITLE);
    let mut meta = vec![words::affairs(paper.affairs), paper.number.clone()];
    if paper.edition > 1 {
        meta.push(t!("edition", n = paper.edition));
    }
    Item::new(title).to(to_paper(paper)).badge(badge.text, badge.tone).meta(meta.join(" · ")).at(paper.at)
}

/// A duty: what, how it stands, until when; for the office it leads to writing it.
pub fn duty(cx: &Read, reader: &Reader, duty: &Duty) -> Item {
    let badge = words::duty_badge(duty, cx.now());
    let until = t!("duty.until", date = words::date(duty.due_at));
    let mut meta = vec![words::affairs(duty.affairs), until];
    if duty.told
        && let Some(above) = &cx.space().above
    {
        meta.push(t!("told.above", office = above));
    }
    let item = Item::new(words::duty(duty)).badge(badge.text, badge.tone).meta(meta.join(" · "));
    match &duty.disclosure {
        Some(id) if !duty.is_open() || reader.inside() => item.to(To::page("disclosure").with("id", id.as_str())),
        None if duty.is_open() && reader.cadre => item.to(To::page("write").with("duty", duty.key.as_str())),
        _ => item,
    }
}

/// A question: the words, how it stands, about what, who.
pub fn question(cx: &Read, reader: &Reader, question: &Doc<Question>) -> Item {
    let badge = words::question_badge(question, cx.now());
    let mut meta = vec![reader.asker(question)];
    meta.extend(question.about.as_ref().map(|about| words::cut(&words::in_language(about), 20)));
    if question.origin.is_none() && !question.is_public() {
        meta.push(t!("private"));
    }
    let item = Item::new(words::cut(&question.text, TITLE)).to(to_question(question)).badge(badge.text, badge.tone);
    item.meta(meta.join(" · ")).at(question.asked_at)
}

/// The page of a disclosure.
pub fn to_paper(paper: &Doc<Disclosure>) -> To {
    To::page("disclosure").with("id", paper.id.as_str())
}

/// The page of a question.
pub fn to_question(question: &Doc<Question>) -> To {
    To::page("question").with("id", question.id.as_str())
}
