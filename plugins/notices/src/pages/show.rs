//! One notice: its words, and what this reader can do.

use cunshi_sdk::prelude::*;

use super::office;
use crate::domain::{Acknowledgment, Notice, Slip, SlipIndexes as _, State};
use crate::reader::Reader;
use crate::{ShowParams, listing, words};

/// The page of a notice; of one that was taken back, why.
pub fn show(cx: &Read, params: &ShowParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let notice = match listing::get(cx, &reader, &params.id) {
        Ok(notice) => notice,
        Err(Error::Missing) => return slip(cx, &reader, &params.id),
        Err(error) => return Err(error),
    };
    let known = match &reader.person {
        Some(person) => listing::acknowledged(cx, &notice.id, person)?,
        None => None,
    };
    let mut page = view::page(notice.title.as_str()).subtitle(t!(
        "show.subtitle",
        kind = words::kind(notice.kind),
        sender = words::sender(cx, &notice)
    ));
    page = page.add(said(cx, &reader, &notice)).maybe(acknowledgment(&reader, &notice, known.as_ref()));
    if reader.cadre {
        page.aside = office::desk(cx, &notice)?;
    }
    Ok(page)
}

fn said(cx: &Read, reader: &Reader, notice: &Doc<Notice>) -> view::Section {
    let mut section = view::Section::default();
    let badges = badges(reader, notice);
    if !badges.is_empty() {
        section = section.badges(badges);
    }
    if let Some(withdrawal) = &notice.withdrawn {
        section = section.alert(Tone::Late, t!("show.withdrawn.office", reason = withdrawal.reason));
    }
    if notice.state == State::Expired {
        section = section.alert(Tone::Plain, t!("show.expired"));
    }
    section = section.text(notice.text.as_str()).images(notice.photos.iter().map(String::as_str));
    if !notice.files.is_empty() {
        section = section.heading(t!("show.files")).files(notice.files.iter().map(String::as_str));
    }
    if let Some(note) = attachments_there(cx, notice) {
        section = section.quiet(note);
    }
    section.facts(facts(reader, notice))
}

fn badges(reader: &Reader, notice: &Doc<Notice>) -> Vec<Badge> {
    let mut badges = Vec::new();
    if notice.state != State::Published || reader.cadre {
        badges.push(words::state(notice.state));
    }
    if notice.urgent {
        badges.push(Badge::new(t!("badge.urgent"), Tone::Late));
    }
    if notice.pin.is_some() {
        badges.push(Badge::new(t!("badge.pinned"), Tone::Up));
    }
    badges
}

fn facts(reader: &Reader, notice: &Doc<Notice>) -> Vec<Fact> {
    let mut facts = Vec::new();
    if notice.state.is_out() {
        facts.push(Fact::new(t!("show.published"), Cell::Time(notice.at)));
    }
    if let Some(at) = notice.publish_at {
        facts.push(Fact::new(t!("show.publish-at"), Cell::Time(at)));
    }
    if let Some(at) = notice.corrected_at {
        facts.push(Fact::new(t!("show.corrected"), Cell::Time(at)));
    }
    if let Some(end) = notice.expires_at {
        facts.push(Fact::new(t!("show.until"), Cell::Day(end - 1)));
    }
    if words::is_particular(notice) || reader.cadre {
        facts.push(Fact::new(t!("show.for"), words::audience(reader, notice)));
    }
    if let Some(author) = notice.author.as_deref().filter(|_| reader.cadre) {
        facts.push(Fact::new(t!("show.author"), author));
    }
    facts
}

/// Files stay in the space where they were uploaded.
fn attachments_there(cx: &Read, notice: &Notice) -> Option<String> {
    let sender = notice.sender.as_ref()?;
    let name = words::sender(cx, notice);
    match sender.attachments {
        0 => None,
        1 => Some(t!("show.there.one", name = name)),
        n => Some(t!("show.there.many", n = n, name = name)),
    }
}

fn acknowledgment(reader: &Reader, notice: &Doc<Notice>, known: Option<&Doc<Acknowledgment>>) -> Option<Node> {
    if !notice.acknowledge || !notice.state.is_out() {
        return None;
    }
    let section = view::Section::default();
    if let Some(known) = known {
        let date = words::date(known.at);
        let text = match &known.entered_by {
            Some(cadre) => t!("show.acknowledged.by", date = date, name = cadre),
            None => t!("show.acknowledged", date = date),
        };
        return Some(section.alert(Tone::Done, text).into());
    }
    if reader.is_asked(notice) {
        let button = view::button("acknowledge").value("notice", notice.id.as_str());
        return Some(section.text(t!("show.asks")).add(button).into());
    }
    (reader.person.is_none() && notice.asks()).then(|| section.quiet(t!("show.sign-in")).into())
}

/// What readers of a withdrawn notice are told.
fn slip(cx: &Read, reader: &Reader, id: &str) -> Result<View> {
    let slip = cx.data::<Slip>().by_notice(id).first()?.filter(|slip| reader.may_read_slip(slip));
    let slip = slip.ok_or(Error::Missing)?;
    let facts = [Fact::new(t!("slip.reason"), slip.reason.as_str()), Fact::new(t!("slip.at"), Cell::Time(slip.at))];
    let page = view::page(t!("slip.title")).section(|section| section.text(t!("slip.text")).facts(facts));
    Ok(page.link(t!("slip.board"), To::page("board")))
}
