//! One case: what was said, how it went, and what this reader can do.

use cunshi_sdk::prelude::*;

use super::{desk, row, timeline};
use crate::domain::{Case, State, VoiceKind};
use crate::listing;
use crate::words::Reader;
use crate::{CaseParams, words};

/// The page of a case.
pub fn case(cx: &Read, params: &CaseParams) -> Result<View> {
    let case = cx.data::<Case>().must(&params.id)?;
    let reader = Reader::of(cx)?;
    let nodes = timeline::nodes(cx, &reader, &case)?;
    let process = view::section(t!("case.process"))
        .when(case.is_public(), |section| section.quiet(t!("case.open.process")))
        .timeline(nodes);
    let mut page = view::page(reader.report(&case).0)
        .subtitle(subtitle(&reader, &case))
        .add(said(cx, &reader, &case)?)
        .add(process);
    page.aside = aside(cx, &reader, &case)?;
    Ok(page)
}

fn subtitle(reader: &Reader, case: &Case) -> String {
    let (category, who) = (words::category(&case.category), reader.reporter(case));
    match case.origin {
        Some(_) => t!("case.from", number = case.number, category = category, who = who),
        None => t!("case.subtitle", number = case.number, category = category, who = who),
    }
}

/// What was said: state, words, place, answers, photos.
fn said(cx: &Read, reader: &Reader, case: &Doc<Case>) -> Result<Node> {
    let (_, detail, place) = reader.report(case);
    let mut section = view::Section::default();
    let badge = words::badge(case, cx.now());
    section = match words::progress(cx, case)? {
        parts if parts.is_empty() => section.badges([badge]),
        parts => section.badges_with([badge], parts.join(" · ")),
    };
    if case.answer("danger").is_some() && case.state.is_open() {
        section = section.alert(Tone::Late, t!("case.danger"));
    }
    if !case.is_public() {
        section = section.alert(Tone::Plain, t!("case.private"));
    }
    if let Some(detail) = detail {
        section = section.text(detail);
    }
    let facts = facts(reader, case, place);
    if !facts.is_empty() {
        section = section.facts(facts);
    }
    section = match (case.photos.as_slice(), case.photos_after()) {
        ([], _) => section,
        (before, []) => section.images_with(before, t!("case.before")),
        (before, after) => section.before_after(before, after),
    };
    if case.original.is_some() && reader.sees_all(case) {
        section = section.quiet(t!("case.masked"));
    }
    if let Some(note) = photos_below(case) {
        section = section.quiet(note);
    }
    if let Some(into) = case.merged_into.as_deref() {
        section = merged(cx, into, section)?;
    }
    Ok(section.into())
}

fn facts(reader: &Reader, case: &Case, place: Option<&str>) -> Vec<Fact> {
    let mut facts: Vec<Fact> = place.map(|place| Fact::new(t!("case.place"), place)).into_iter().collect();
    let answers = reader.answers(case).into_iter().filter_map(|(question, value)| words::question(question, &value));
    facts.extend(answers.map(|(label, value)| Fact::new(label, value)));
    if let Some(origin) = &case.origin {
        facts.push(Fact::new(t!("case.origin"), origin.from_name.as_str()));
        facts.push(Fact::new(t!("case.origin.number"), origin.number.as_str()));
    }
    if let Some(cadre) = &case.entered_by {
        facts.push(Fact::new(t!("case.entered"), cadre.as_str()));
    }
    facts
}

fn photos_below(case: &Case) -> Option<String> {
    let origin = case.origin.as_ref()?;
    let who = &origin.from_name;
    match origin.photos {
        0 => None,
        1 => Some(t!("case.origin.photos.one", who = who)),
        n => Some(t!("case.origin.photos.many", n = n, who = who)),
    }
}

/// Where a merged case goes on, for those who may read that one too.
fn merged(cx: &Read, into: &str, section: view::Section) -> Result<view::Section> {
    let Some(other) = cx.data::<Case>().get(into)? else { return Ok(section) };
    let number = &other.number;
    let section = section.text(t!("case.merged", number = number));
    Ok(section.link(t!("case.merged.go", number = number), row::to(&other)))
}

/// Beside it: the deadline, and what this reader can do, the most likely thing first.
fn aside(cx: &Read, reader: &Reader, case: &Doc<Case>) -> Result<Vec<Node>> {
    let mut aside = Vec::new();
    if reader.reported(case) {
        aside = of_reporter(cx, case, aside)?;
    }
    aside = aside.maybe(deadline(case));
    if reader.sees_notes() {
        aside = desk::desk(cx, reader, case, aside)?;
    }
    if cx.actor().is_none() && case.state.is_open() {
        aside = aside.section(|section| section.title(t!("case.voices")).quiet(t!("case.signin")));
    } else if !reader.reported(case) && !reader.cadre {
        aside = aside.maybe(voices(cx, case)?);
    }
    if reader.sees_all(case) {
        aside = aside.link(t!("case.receipt"), To::page("receipt").with("id", id(case)));
    }
    Ok(aside)
}

fn deadline(case: &Case) -> Option<Node> {
    if !case.state.is_open() {
        return None;
    }
    let accepting = case.state == State::Reported;
    let (label, counting) = if accepting {
        (t!("case.due.accept"), t!("case.countdown.accept"))
    } else {
        (t!("case.due"), t!("case.countdown"))
    };
    let mut facts = vec![Fact::new(label, Cell::Day(case.due_at))];
    if let Some(complexity) = case.complexity {
        facts.push(Fact::new(t!("case.complexity"), words::complexity(complexity)));
    }
    Some(view::Section::default().countdown(case.due_at, counting).facts(facts).into())
}

/// The reporter is asked for a rating when it is closed, and shown what neighbours said before it is accepted.
fn of_reporter(cx: &Read, case: &Doc<Case>, mut aside: Vec<Node>) -> Result<Vec<Node>> {
    if case.state == State::Closed {
        aside = aside.section(|section| section.title(t!("case.rate")).add(view::form("rate").value("case", id(case))));
    }
    if let Some(closed) = case.closed_at.filter(|_| case.may_reopen(cx.now())) {
        let until = closed + crate::domain::case::REOPEN_DAYS * crate::domain::days::DAY;
        aside = aside.section(|section| {
            let section = section.quiet(t!("case.reopen.until", date = words::date(until)));
            section.add(view::form("reopen").value("case", id(case)).folded())
        });
    }
    if case.state == State::Reported {
        let similar = listing::similar(cx, &case.title, Some(&case.id), 3)?;
        if !similar.is_empty() {
            aside = aside.section(|section| same(section, case, &similar));
        }
    }
    if case.state.is_open() {
        let form = view::form("supplement").value("case", id(case)).folded();
        aside = aside.section(|section| section.title(t!("case.add")).add(form));
    }
    Ok(aside)
}

fn same(section: view::Section, case: &Doc<Case>, similar: &[Doc<Case>]) -> view::Section {
    let section = section.title(t!("case.same")).text(t!("case.same.why"));
    // Out of sight is no place to join: a public report does not vanish into a private one.
    let open_to_all = similar.iter().filter(|other| other.is_public() || !case.is_public());
    section.each(open_to_all, |section, other| {
        let label = t!("case.same.button", number = other.number);
        let button = view::button("same").value("case", id(case)).value("into", id(other)).label(label).quiet();
        section.link(&other.title, row::to(other)).add(button)
    })
}

/// A neighbour's part: me too, and following.
fn voices(cx: &Read, case: &Doc<Case>) -> Result<Option<Node>> {
    if !case.state.is_open() {
        return Ok(None);
    }
    let supports = listing::has_voice(cx, &case.id, VoiceKind::Support)?;
    let follows = listing::has_voice(cx, &case.id, VoiceKind::Follow)?;
    let section = view::section(t!("case.voices"));
    let section = if supports {
        section.badges([Badge::new(t!("case.supported"), Tone::Done)])
    } else {
        section.add(view::button("me-too").value("case", id(case)))
    };
    let other = if follows { "unfollow" } else { "follow" };
    Ok(Some(section.add(view::button(other).value("case", id(case)).quiet()).into()))
}

fn id(case: &Doc<Case>) -> &str {
    &case.id
}
