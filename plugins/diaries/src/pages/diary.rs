//! One entry: what was done, what the household says, and what this reader can do.

use cunshi_sdk::prelude::*;

use super::{desk, timeline};
use crate::DiaryParams;
use crate::domain::{By, Check, Entry};
use crate::words::{self, Reader};

/// The page of a published entry.
pub fn diary(cx: &Read, params: &DiaryParams) -> Result<View> {
    let entry = cx.data::<Entry>().must(&params.id)?;
    if entry.is_draft() {
        return Err(Error::Missing);
    }
    let reader = Reader::of(cx)?;
    let title = match reader.household(&entry) {
        Some(household) => t!("diary.title", kind = words::kind(entry.kind), household = household),
        None => words::kind(entry.kind),
    };
    let history = view::section(t!("diary.history")).timeline(timeline::nodes(&reader, &entry));
    let mut page = view::page(title)
        .subtitle(t!("diary.subtitle", name = entry.author_name, date = words::date(entry.day)))
        .add(said(&reader, &entry))
        .add(history);
    page.aside = aside(cx, &reader, &entry)?;
    Ok(page)
}

fn said(reader: &Reader, entry: &Entry) -> Node {
    let mut badges: Vec<Badge> = words::badge(entry).into_iter().collect();
    badges.extend(words::late(entry).map(|late| Badge::new(late, Tone::Hand)));
    let mut section = view::Section::default();
    if !badges.is_empty() {
        section = section.badges(badges);
    }
    if entry.withdrawn_at.is_some() {
        section = section.alert(Tone::Plain, t!("diary.withdrawn"));
    }
    section = section.text(reader.text(entry, &entry.text)).facts(facts(reader, entry));
    section = section.images(&entry.photos);
    if let Some(note) = entry.note.as_deref().filter(|_| reader.office()) {
        section = section.heading(t!("diary.note")).text(note).quiet(t!("diary.note.who"));
    }
    if entry.household.is_some() && !reader.sees_all(entry) {
        section = section.quiet(t!("diary.masked"));
    }
    section.into()
}

fn facts(reader: &Reader, entry: &Entry) -> Vec<Fact> {
    let mut facts = vec![Fact::new(t!("fact.day"), Cell::Day(entry.day))];
    facts.extend(reader.household(entry).map(|household| Fact::new(t!("fact.household"), household)));
    facts.extend(reader.place(entry).map(|place| Fact::new(t!("fact.place"), place)));
    facts.extend(entry.minutes.map(|minutes| Fact::new(t!("fact.minutes"), words::minutes(minutes))));
    let helpers = reader.helpers(entry);
    if !helpers.is_empty() {
        facts.push(Fact::new(t!("fact.helpers"), helpers.join(&t!("list.comma"))));
    }
    if let Some(promised) = &entry.promised {
        facts.push(Fact::new(t!("fact.promised"), reader.text(entry, promised)));
        facts.push(match (entry.followed_at, entry.follow_up) {
            (Some(at), _) => Fact::new(t!("fact.followed"), Cell::Day(at)),
            (None, Some(due)) => Fact::new(t!("fact.follow-up"), Cell::Day(due)),
            (None, None) => Fact::new(t!("fact.follow-up"), "—"),
        });
    }
    facts
}

/// Beside it: first the question to the household, then the desk.
fn aside(cx: &Read, reader: &Reader, entry: &Doc<Entry>) -> Result<Vec<Node>> {
    let mut aside = Vec::new();
    if let Some(answer) = answer(cx, reader, entry) {
        aside.push(answer);
    }
    desk::desk(cx, reader, entry, aside)
}

/// For the people of the household: was it so?
fn answer(cx: &Read, reader: &Reader, entry: &Doc<Entry>) -> Option<Node> {
    let actor = cx.actor()?;
    if !reader.visited(entry) || !entry.is_public() || reader.wrote(entry) {
        return None;
    }
    let section = view::section(t!("answer.title"));
    let by = By { person: actor.person.clone(), name: String::new(), at: cx.now() };
    if entry.may_answer(&by, actor.household.as_deref()).is_err() {
        return Some(section.text(t!("answer.too-late")).into());
    }
    let id = entry.id.as_str();
    let confirm = || view::button("confirm").value("entry", id).value("seen", entry.version.to_string());
    let dispute = || view::form("dispute").value("entry", id).folded();
    let section = match entry.check? {
        Check::Waiting => section.text(t!("answer.ask", name = entry.author_name)).add(confirm()).add(dispute()),
        Check::Confirmed => section.text(t!("answer.confirmed")).add(dispute()),
        Check::Disputed => section.text(t!("answer.disputed")),
        Check::Stands | Check::Falls => section.text(t!("answer.settled")),
    };
    Some(section.into())
}
