//! One question with its answers.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Answer, Question, Session, Sight, State};
use crate::{AskedParams, words};

/// See `plugin.toml`.
pub fn asked(cx: &Read, params: &AskedParams) -> Result<View> {
    let question = cx.data::<Question>().must(&params.id)?;
    let mine = words::reader(cx).is_some_and(|person| question.is_of(person));
    let mut page = view::page(t!("asked.title"));
    if question.state == State::Waiting && question.due_at > cx.now() {
        page = page.fresh_until(question.due_at.min(cunshi_sdk::days::next_midnight(cx.now())));
    }
    let badges = std::iter::once(words::question_state(&question, cx.now()))
        .chain(words::sight(question.sight).map(|text| Badge::new(text, Tone::Plain)));
    let mut section = view::Section::default().badges(badges).text(question.text.as_str());
    if let Some(reason) = &question.hidden_for {
        section = section.quiet(t!("asked.hidden", reason = reason));
    }
    page = page.add(section.facts(facts(cx, &question)?));
    page = page.when(!question.answers.is_empty(), |page| {
        page.section(|section| section.title(t!("asked.answers")).timeline(question.answers.iter().map(answer)))
    });
    if mine {
        page = page.maybe(own(&question));
    }
    if words::has(cx, "cadre") && question.state != State::Withdrawn {
        page = page.add(desk(&question, mine));
    }
    Ok(page.link(t!("asked.back"), To::page("board")))
}

fn facts(cx: &Read, question: &Doc<Question>) -> Result<Vec<Fact>> {
    let mut facts = vec![
        Fact::new(t!("asked.by"), words::asker(cx, question)),
        Fact::new(t!("asked.at"), Cell::Time(question.asked_at)),
    ];
    if question.state == State::Waiting {
        facts.push(Fact::new(t!("asked.due"), Cell::Day(question.due_at)));
    }
    if let Some(cadre) = question.entered_by.as_deref().filter(|_| words::has(cx, "cadre")) {
        facts.push(Fact::new(t!("asked.entered"), cadre));
    }
    if let Some(id) = &question.session
        && let Some(session) = cx.data::<Session>().get(id)?
    {
        let text = words::session_time(&session);
        facts.push(Fact::new(t!("asked.session"), Cell::link(text, row::to_session(&session))));
    }
    Ok(facts)
}

fn answer(answer: &Answer) -> Step {
    let title = if answer.in_person {
        t!("asked.in-person", name = answer.by)
    } else {
        t!("asked.in-writing", name = answer.by)
    };
    let step = Step::new(title).at(answer.at).tone(Tone::Done);
    match &answer.text {
        Some(text) => step.text(text.as_str()),
        None => step,
    }
}

/// What the asker may do.
fn own(question: &Doc<Question>) -> Option<Node> {
    let id = question.id.as_str();
    let waits = question.state == State::Waiting;
    let public = question.sight == Sight::Public;
    (waits || public).then(|| {
        let section = view::section(t!("asked.mine"));
        let section =
            section.when(public, |section| section.add(view::button("make-private").value("question", id).quiet()));
        section
            .when(waits, |section| section.add(view::button("withdraw-question").value("question", id).quiet()))
            .into()
    })
}

/// What the office may do.
fn desk(question: &Doc<Question>, mine: bool) -> view::Section {
    let id = question.id.as_str();
    let again = question.state == State::Answered;
    let answer = view::form("answer").value("question", id);
    let answer = if again { answer.label(t!("asked.more")).folded() } else { answer };
    let section = view::section(t!("asked.desk")).add(answer);
    let section = section.add(view::form("answer-in-person").value("question", id).folded());
    section.when(question.sight == Sight::Public && !mine, |section| {
        section.add(view::form("make-private").value("question", id).folded())
    })
}
