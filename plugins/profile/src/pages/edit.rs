//! The admin changes the introduction, the figures and the list of committee members.

use cunshi_sdk::prelude::*;

use super::front;
use crate::domain::Seat;
use crate::{listing, words};

/// See `plugin.toml`.
pub fn edit(cx: &Read) -> Result<View> {
    let about = listing::about(cx)?;
    let seats = listing::seats(cx)?;
    // Version 0 is the one before the first.
    let mut form = view::form("write-introduction");
    if let Some(about) = &about {
        form = form.value("text", about.text.as_str()).value("seen", about.version.to_string());
    }
    let page = view::page(t!("edit.title")).subtitle(t!("edit.subtitle")).link(t!("edit.back"), To::page("front"));
    let page = page.section(|section| section.title(t!("front.introduction")).add(form));
    let page = page.section(|section| {
        let section = section.title(t!("edit.figures"));
        let section = match about.as_ref().filter(|about| !about.figures.is_empty()) {
            Some(about) => section.facts(front::figures(about)).each(&about.figures, |section, figure| {
                let label = t!("edit.drop", name = words::figure(figure.kind));
                section.add(view::button("drop-figure").value("kind", figure.kind.as_str()).label(label).quiet())
            }),
            None => section.empty(t!("edit.figures.none")),
        };
        section.heading(t!("edit.figures.add")).form("set-figure")
    });
    Ok(page.section(|section| {
        let section = section.title(t!("front.committee"));
        let section = if seats.is_empty() { section.empty(t!("edit.seats.none")) } else { section };
        let section = section.each(&seats, seat);
        section.heading(t!("edit.seats.add")).form("add-seat")
    }))
}

fn seat(section: view::Section, seat: &Doc<Seat>) -> view::Section {
    let form = view::form("edit-seat")
        .value("seat", seat.id.as_str())
        .value("name", seat.name.as_str())
        .value("body", seat.committee.as_str())
        .value("office", seat.office.as_str())
        .value("since", seat.since)
        .value("place", seat.place);
    let form = match seat.until {
        Some(until) => form.value("until", until),
        None => form,
    };
    section
        .heading(seat.name.as_str())
        .text(t!("edit.seat", body = words::body(seat.committee), office = seat.office, term = front::term(seat)))
        .add(form.folded().label(t!("edit.change")))
        .add(view::button("drop-seat").value("seat", seat.id.as_str()).quiet())
}
