//! One version: what is made public, who wrote and signed it, its versions, its questions, and what this reader can do.

use cunshi_sdk::prelude::*;

use super::{row, table};
use crate::domain::{Disclosure, Move, State, StepKind, days, next};
use crate::words::Reader;
use crate::{DisclosureParams, listing, words};

/// Questions beneath it.
const QUESTIONS: u32 = 20;

/// See `plugin.toml`.
pub fn disclosure(cx: &Read, params: &DisclosureParams) -> Result<View> {
    let paper = cx.data::<Disclosure>().must(&params.id)?;
    let reader = Reader::of(cx);
    let mut page = view::page(words::in_language(&paper.title))
        .subtitle(t!("paper.subtitle", number = paper.number, affairs = words::affairs(paper.affairs)))
        .fresh_until(days::next_midnight(cx.now()));
    page = versions(cx, &paper, page)?;
    page = page.section(|section| head(&reader, &paper, section));
    if !paper.text.trim().is_empty() {
        page = page.section(|section| section.markdown(paper.text.as_str()));
    }
    if let Some(finance) = &paper.finance {
        page = page.section(|section| table::nodes(section, finance));
        // Whoever is to sign it should see at once what does not go on from the period before.
        let before = if reader.inside() { listing::closing_before(cx, &paper)? } else { None };
        if let Some(before) = before.filter(|before| *before != finance.opening) {
            let (before, opening) = (words::money(before), words::money(finance.opening));
            page = page.alert(Tone::Hand, t!("table.carried", before = before, opening = opening));
        }
    }
    if !paper.photos.is_empty() || !paper.files.is_empty() {
        page = page.section(|section| section.title(t!("paper.files")).images(&paper.photos).files(&paper.files));
    }
    if paper.is_public() {
        page = questions(cx, &reader, &paper, page)?;
    }
    page = page.section(|section| section.title(t!("paper.process")).timeline(timeline(&reader, &paper)));
    page.aside = aside(cx, &reader, &paper);
    Ok(page)
}

/// That it is a correction, or was corrected; the other versions.
fn versions(cx: &Read, paper: &Doc<Disclosure>, page: View) -> Result<View> {
    if paper.edition == 1 && !paper.replaced {
        return Ok(page);
    }
    let page = match &paper.reason {
        Some(reason) => page.alert(Tone::Up, t!("paper.corrects", n = paper.edition, reason = reason)),
        None => page,
    };
    let page = if paper.replaced { page.alert(Tone::Hand, t!("paper.replaced")) } else { page };
    let others = listing::versions(cx, &paper.root)?;
    let others = others.iter().filter(|other| other.id != paper.id).map(|other| {
        let badge = words::paper_badge(other);
        let item = Item::new(t!("edition", n = other.edition)).to(row::to_paper(other)).at(other.at);
        item.badge(badge.text, badge.tone).meta(other.reason.clone().unwrap_or_else(|| t!("paper.first")))
    });
    Ok(page.section(|section| section.title(t!("paper.versions")).list(others)))
}

fn head(reader: &Reader, paper: &Disclosure, section: view::Section) -> view::Section {
    let mut facts = Vec::new();
    facts.extend(paper.happened.map(|day| Fact::new(t!("paper.happened"), Cell::Day(day))));
    facts.extend(paper.published_at.map(|at| Fact::new(t!("paper.published"), Cell::Day(at))));
    if paper.edition == 1 {
        facts.extend(paper.due_at.map(|at| Fact::new(t!("paper.due"), Cell::Day(at))));
    }
    let name = |step: Option<&crate::domain::Step>| step.and_then(|step| step.name.clone());
    facts.extend(name(paper.author()).map(|name| Fact::new(t!("paper.author"), name)));
    facts.extend(name(paper.signature()).map(|name| Fact::new(t!("paper.signed"), name)));
    let section = section.badges([words::paper_badge(paper)]);
    let section = match paper.returned().and_then(|step| step.text.as_deref()) {
        Some(why) if reader.inside() => section.alert(Tone::Late, t!("paper.returned", reason = why)),
        _ => section,
    };
    let section = section.facts(facts);
    match paper.signature().and_then(|step| step.text.as_deref()) {
        Some(note) => section.text(t!("paper.note", text = note)),
        None => section,
    }
}

fn questions(cx: &Read, reader: &Reader, paper: &Doc<Disclosure>, page: View) -> Result<View> {
    let asked = listing::beneath(cx, &paper.root, QUESTIONS)?;
    let page = page.section(|section| {
        let list = asked.iter().map(|question| row::question(cx, reader, question));
        section.title(t!("paper.questions")).add(view::list(list).empty(t!("paper.questions.none")))
    });
    Ok(match cx.actor() {
        // An officer from above looks on here, and asks nothing.
        Some(actor) if !actor.is("member") => page,
        Some(_) => page.section(|section| {
            let form = view::form("ask").value("disclosure", paper.id.as_str()).folded();
            section.title(t!("ask.about")).add(form)
        }),
        None => page.quiet(t!("ask.signin")),
    })
}

fn timeline(reader: &Reader, paper: &Disclosure) -> Vec<Step> {
    let mut steps = Vec::new();
    let counts = |step: &crate::domain::Step| step.kind != StepKind::Signed || paper.signature() == Some(step);
    for step in paper.steps.iter().filter(|step| reader.inside() || (!step.is_internal() && counts(step))) {
        let (title, tone) = match step.kind {
            StepKind::Written => (t!("step.written"), Tone::Plain),
            StepKind::Revised => (t!("step.revised"), Tone::Plain),
            StepKind::Submitted => (t!("step.submitted"), Tone::Plain),
            StepKind::Withdrawn => (t!("step.withdrawn"), Tone::Hand),
            StepKind::Returned => (t!("step.returned"), Tone::Hand),
            StepKind::Signed => (t!("step.signed"), Tone::Plain),
            StepKind::Published => (t!("step.published"), Tone::Plain),
        };
        let mut node = Step::new(title).at(step.at).tone(tone);
        node.meta.clone_from(&step.name);
        node.text.clone_from(&step.text);
        steps.push(node);
    }
    let next = match paper.state {
        State::Draft => Some(t!("next.submit")),
        State::Submitted => Some(t!("next.sign")),
        State::Signed => paper.waits_until.map(|day| t!("next.publish", date = words::date(day))),
        State::Published => None,
    };
    steps.extend(next.map(|title| Step::new(title).next()));
    steps
}

/// What this reader can do, the likeliest first.
fn aside(cx: &Read, reader: &Reader, paper: &Doc<Disclosure>) -> Vec<Node> {
    let id = paper.id.as_str();
    let seen = paper.steps.len().to_string();
    let own = reader.person.as_deref().is_some_and(|person| paper.is_by(person));
    let can = |step| next(paper.state, step).is_ok();
    let mut aside = Vec::new();
    if reader.supervisor && can(Move::Sign) {
        aside = if own {
            aside.section(|section| section.title(t!("sign.title")).quiet(t!("refused.own-hand")))
        } else {
            let form = |name| view::form(name).value("id", id).value("seen", seen.as_str());
            aside.section(|section| section.title(t!("sign.title")).add(form("sign")).add(form("send-back").folded()))
        };
    }
    if !reader.cadre {
        return aside;
    }
    if can(Move::Revise) {
        aside = aside.section(|section| {
            section
                .title(t!("paper.draft"))
                .add(view::button("submit").value("id", id))
                .link(t!("write.edit"), To::page("edit").with("id", id))
                .add(view::button("discard").value("id", id).quiet())
        });
    }
    if can(Move::Withdraw) {
        aside = aside.section(|section| {
            section.quiet(t!("paper.withdraw")).add(view::button("withdraw").value("id", id).quiet())
        });
    }
    if paper.is_public() && !paper.replaced && crate::keep::has_duties(cx) {
        aside = aside
            .section(|section| section.title(t!("paper.wrong")).add(view::form("correct").value("id", id).folded()));
    }
    aside
}
