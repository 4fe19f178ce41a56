//! One announced time of the secretary's hours: turns to book, and for the office who comes.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Booking, Session};
use crate::{SessionParams, listing, words};

/// See `plugin.toml`.
pub fn session(cx: &Read, params: &SessionParams) -> Result<View> {
    let session = cx.data::<Session>().must(&params.id)?;
    let now = cx.now();
    let cadre = words::has(cx, "cadre");
    let own = match words::reader(cx) {
        Some(person) => listing::booking(cx, &session.id, person)?,
        None => None,
    };
    let fresh = [session.starts, session.ends].into_iter().filter(|at| *at > now).min();
    let mut page = view::page(t!("session.title", host = session.host)).subtitle(words::session_time(&session));
    page = page.fresh_until(fresh.unwrap_or(i64::MAX).min(days::next_midnight(now)));
    page = page.add(announced(cx, &session));
    page = page.maybe(turn(cx, &session, own.as_ref()));
    if session.takes_questions(now) {
        let to = To::page("ask-page").with("session", session.id.as_str());
        page = page.add(view::link(t!("session.ask"), to).icon("speak"));
    }
    let questions = listing::questions_for(cx, &session.id)?;
    if !questions.is_empty() {
        let items = questions.iter().map(|question| row::question(cx, question));
        page = page.section(|section| section.title(t!("session.questions")).list(items));
    }
    if !session.moved.is_empty() {
        let steps = session.moved.iter().rev().map(|moved| {
            let before = t!("session.before", time = words::moment(moved.before.starts), place = moved.before.place);
            Step::new(t!("session.moved", name = moved.by, reason = moved.reason)).at(moved.at).text(before)
        });
        page = page.section(|section| section.title(t!("session.moves")).timeline(steps));
    }
    if cadre {
        let bookings = listing::bookings(cx, &session.id)?;
        page = page.section(|section| desk(cx, section, &session, &bookings));
    }
    Ok(page.link(t!("session.back"), To::page("hours")))
}

fn announced(cx: &Read, session: &Doc<Session>) -> view::Section {
    let section = view::Section::default().badges([words::session_state(session, cx.now())]);
    let section = match &session.cancelled {
        Some(cancelled) => section.alert(Tone::Late, t!("session.why", reason = cancelled.reason)),
        None => section,
    };
    let mut facts = vec![
        Fact::new(t!("session.host"), session.host.as_str()),
        Fact::new(t!("session.when"), words::session_time(session)),
        Fact::new(t!("session.place"), session.place.as_str()),
        Fact::new(t!("session.turns"), t!("session.seats", seats = session.seats, taken = session.taken.len())),
    ];
    if let Some(note) = &session.note {
        facts.push(Fact::new(t!("session.note"), note.as_str()));
    }
    section.facts(facts)
}

/// The reader's own turn, or how to get one.
fn turn(cx: &Read, session: &Doc<Session>, own: Option<&Doc<Booking>>) -> Option<view::Section> {
    if session.cancelled.is_some() {
        return None;
    }
    let section = view::section(t!("session.mine"));
    if let Some(own) = own {
        let section = section.alert(Tone::Done, t!("session.yours", turn = own.turn, time = words::time(own.starts)));
        let section = match &own.topic {
            Some(topic) => section.quiet(t!("session.topic", topic = topic)),
            None => section,
        };
        let open = session.is_coming(cx.now());
        return Some(
            section.when(open, |section| section.add(view::button("unbook").value("booking", own.id.as_str()).quiet())),
        );
    }
    if !session.is_coming(cx.now()) {
        return None;
    }
    Some(match (session.free(), cx.actor()) {
        (0, _) => section.text(t!("session.none-free")),
        (_, None) => section.text(t!("session.sign-in")),
        (_, Some(actor)) if actor.is("member") => section.add(view::form("book").value("session", session.id.as_str())),
        _ => return None,
    })
}

/// For the office: who comes, and what it may change.
fn desk(cx: &Read, section: view::Section, session: &Doc<Session>, bookings: &[Doc<Booking>]) -> view::Section {
    let section = section.title(t!("session.desk"));
    let section = if bookings.is_empty() { section.empty(t!("session.nobody")) } else { section };
    let open = session.is_coming(cx.now());
    let section = section.each(bookings, |section, booking| {
        let (turn, time) = (booking.turn, words::time(booking.starts));
        let who = match &booking.entered_by {
            Some(cadre) => t!("session.who.entered", turn = turn, time = time, name = booking.name, cadre = cadre),
            None => t!("session.who", turn = turn, time = time, name = booking.name),
        };
        let section = section.text(who);
        let section = match &booking.topic {
            Some(topic) => section.quiet(t!("session.topic", topic = topic)),
            None => section,
        };
        let button = view::button("unbook").value("booking", booking.id.as_str());
        section.when(open, |section| section.add(button.label(t!("session.unbook", name = booking.name)).quiet()))
    });
    section.when(open, |section| {
        let form = view::form("move-session")
            .value("session", session.id.as_str())
            .value("day", days::write_day(session.starts))
            .value("from", words::time(session.starts))
            .value("to", words::time(session.ends))
            .value("place", session.place.as_str());
        let cancel = view::form("cancel-session").value("session", session.id.as_str());
        section.add(form.folded()).add(cancel.folded())
    })
}
