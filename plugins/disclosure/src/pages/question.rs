//! One question: how it went, who answers next and until when, and what this reader can do.

use cunshi_sdk::prelude::*;

use crate::domain::question::RAISE_DAYS;
use crate::domain::{Question, QuestionState, days};
use crate::words::Reader;
use crate::{QuestionParams, keep, listing, words};

/// See `plugin.toml`.
pub fn question(cx: &Read, params: &QuestionParams) -> Result<View> {
    let question = cx.data::<Question>().must(&params.id)?;
    let reader = Reader::of(cx);
    let who = reader.asker(&question);
    let mut page = view::page(t!("question.title", number = question.number))
        .subtitle(t!("question.subtitle", who = who))
        .fresh_until(days::next_midnight(cx.now()));
    let about = match &question.root {
        Some(root) => listing::latest(cx, root)?,
        None => None,
    };
    page = page.section(|section| {
        let section = section.badges([words::question_badge(&question, cx.now())]).text(question.text.as_str());
        let section = section.when(question.origin.is_none() && !question.is_public(), |section| {
            section.alert(Tone::Plain, t!("question.private"))
        });
        let section = section.facts(facts(&question));
        match &about {
            Some(paper) => section
                .link(t!("question.about.go", title = words::in_language(&paper.title)), super::row::to_paper(paper)),
            None => section,
        }
    });
    page = page.section(|section| section.title(t!("paper.process")).timeline(timeline(cx, &question)));
    page.aside = aside(cx, &reader, &question);
    Ok(page)
}

fn facts(question: &Question) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(question.about.as_ref().map(|about| Fact::new(t!("question.about"), words::in_language(about))));
    facts.extend(question.entered_by.as_deref().map(|name| Fact::new(t!("question.entered"), name)));
    if let Some(origin) = &question.origin {
        facts.push(Fact::new(
            t!("question.from"),
            t!("question.from.number", from = origin.from_name, number = origin.number),
        ));
    }
    facts.extend(question.waits_until().map(|until| Fact::new(t!("question.until"), Cell::Day(until))));
    facts
}

fn timeline(cx: &Read, question: &Question) -> Vec<Step> {
    let mut steps = vec![Step::new(t!("question.step.asked")).at(question.asked_at)];
    if let Some(origin) = &question.origin {
        steps.extend(
            origin
                .answer
                .as_deref()
                .map(|text| Step::new(t!("question.step.below", from = origin.from_name)).text(text)),
        );
        steps.push(match origin.why.as_deref() {
            Some(why) => Step::new(t!("question.step.disputed")).text(why).tone(Tone::Hand),
            None => Step::new(t!("question.step.lapsed")).tone(Tone::Late),
        });
    }
    if let Some(said) = &question.answer {
        let (title, tone) = if question.in_time == Some(false) {
            (t!("question.step.answered.late"), Tone::Hand)
        } else {
            (t!("question.step.answered"), Tone::Plain)
        };
        steps.push(Step::new(title).at(said.at).meta(said.name.as_str()).text(said.text.as_str()).tone(tone));
    }
    if let Some(raised) = &question.raised {
        let step = match raised.why.as_deref() {
            Some(why) => Step::new(t!("question.step.raised.disputed", office = raised.to)).text(why),
            None => Step::new(t!("question.step.raised.lapsed", office = raised.to)),
        };
        steps.push(step.at(raised.at).tone(Tone::Up));
    }
    if let Some(said) = &question.settled {
        let title = t!("question.step.settled", office = said.name);
        steps.push(Step::new(title).at(said.at).text(said.text.as_str()).tone(Tone::Up));
    }
    if let Some(until) = question.waits_until() {
        let (here, date) = (cx.space().name.as_str(), words::date(until));
        let title = match question.state {
            QuestionState::Raised => t!("question.next", office = words::above(question), date = date),
            _ => t!("question.next", office = here, date = date),
        };
        steps.push(Step::new(title).next());
    }
    steps
}

fn aside(cx: &Read, reader: &Reader, question: &Doc<Question>) -> Vec<Node> {
    let id = question.id.as_str();
    let mut aside = Vec::new();
    if reader.cadre && question.state == QuestionState::Asked {
        aside = aside.section(|section| {
            section
                .title(t!("question.answer"))
                .countdown(question.due_at, t!("question.countdown"))
                .add(view::form("answer").value("question", id))
        });
    }
    let above = cx.space().above.as_deref().filter(|_| keep::has_duties(cx));
    if let Some(office) = above
        && reader.asked(question)
        && question.may_dispute(cx.now())
    {
        aside = aside.section(|section| {
            let section = section.title(t!("question.unsatisfied"));
            let section = section.quiet(t!("question.unsatisfied.why", office = office, n = RAISE_DAYS));
            section.add(view::form("unsatisfied").value("question", id).folded())
        });
    }
    aside
}
