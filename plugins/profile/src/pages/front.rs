//! The first page: who this is, who is on duty today, the next hours, what happened, pictures.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{About, Body as Bench, Part, Rota, Seat};
use crate::{listing, words};

/// See `plugin.toml`.
pub fn front(cx: &Read) -> Result<View> {
    let about = listing::about(cx)?;
    let seats = listing::seats(cx)?;
    let (events, _) = listing::milestones(cx, None, 4, None)?;
    let (albums, _) = listing::albums(cx, 3, None)?;
    let next = listing::next_session(cx)?;
    let duties = listing::duties(cx, cunshi_sdk::days::midnight(cx.now()), 1)?;
    let all: Vec<_> = duties.iter().map(|duty| &duty.body).collect();
    let rota = Rota::of(&all, cx.now());

    let fresh = next.iter().flat_map(|next| [next.starts, next.ends]).filter(|at| *at > cx.now()).min();
    let fresh = rota.until(cx.now()).min(fresh.unwrap_or(i64::MAX));
    let mut page = view::page(t!("front.title", name = cx.space().name)).fresh_until(fresh);
    if words::has(cx, "admin") {
        page = page.link(t!("front.edit"), To::page("edit"));
    }
    page = page.add(introduction(cx, about.as_deref())?).section(|section| today(cx, section, &rota));
    if !seats.is_empty() {
        page = page.add(committee(cx, &seats)?);
    }
    let hours = next.iter().map(|next| row::session(cx, next));
    let hours = view::list(hours).empty(t!("front.hours.none"));
    let chronicle = view::list(events.iter().map(row::milestone)).empty(t!("chronicle.none"));
    let pictures = view::list(albums.iter().map(row::album)).empty(t!("albums.none"));
    Ok(page.aside(|aside| {
        aside
            .section(|section| {
                let section = section.title(t!("hours.title")).more(t!("front.more"), To::page("hours"));
                section.add(hours).link(t!("front.questions"), To::page("board"))
            })
            .section(|section| {
                section.title(t!("chronicle.title")).more(t!("front.more"), To::page("chronicle")).add(chronicle)
            })
            .section(|section| {
                section.title(t!("albums.title")).more(t!("front.more"), To::page("albums")).add(pictures)
            })
    }))
}

fn introduction(cx: &Read, about: Option<&About>) -> Result<view::Section> {
    let section = view::section(t!("front.introduction"));
    let Some(about) = about.filter(|about| !about.text.is_empty() || !about.figures.is_empty()) else {
        let hint = if words::has(cx, "admin") { t!("front.none.admin") } else { t!("front.none") };
        return Ok(section.empty(hint));
    };
    let section = section.images(about.photos.iter().map(String::as_str));
    let section = section.when(!about.text.is_empty(), |section| section.markdown(about.text.as_str()));
    let section = section.when(!about.figures.is_empty(), |section| section.facts(figures(about)));
    Ok(match words::changed(cx, Part::Introduction)? {
        Some(changed) => section.quiet(changed),
        None => section,
    })
}

/// The figures, each with its unit and the year that it is of.
pub fn figures(about: &About) -> Vec<Fact> {
    let fact = |figure: &crate::domain::Figure| {
        let value = t!("figure.of", amount = words::amount(figure), year = figure.year);
        Fact::new(words::figure(figure.kind), value)
    };
    about.figures.iter().map(fact).collect()
}

/// Who is on duty today.
fn today(cx: &Read, section: view::Section, rota: &Rota<'_>) -> view::Section {
    let section = section.title(t!("duty.today")).more(t!("duty.week"), To::page("week"));
    let section = match rota.closed {
        Some(note) => section.alert(Tone::Hand, t!("duty.closed", note = note)),
        None => section.add(view::list(rota.on.iter().map(|duty| row::duty(cx, rota, duty))).empty(t!("duty.none"))),
    };
    section.quiet(t!("duty.call"))
}

/// Who sits on the committees.
fn committee(cx: &Read, seats: &[Doc<Seat>]) -> Result<view::Section> {
    let columns = [
        Column::text(t!("seat.name")),
        Column::text(t!("seat.body")),
        Column::text(t!("seat.office")),
        Column::text(t!("seat.term")),
    ];
    let rows = Bench::ALL.into_iter().flat_map(|bench| {
        let of_bench = seats.iter().filter(move |seat| seat.committee == bench);
        of_bench.map(|seat| {
            let cells = [seat.name.clone(), words::body(seat.committee), seat.office.clone(), term(seat)];
            cells.map(Cell::from).to_vec()
        })
    });
    let section = view::section(t!("front.committee")).add(view::table(columns).rows(rows));
    Ok(match words::changed(cx, Part::Committee)? {
        Some(changed) => section.quiet(changed),
        None => section,
    })
}

/// From when to when somebody is in office.
pub fn term(seat: &Seat) -> String {
    match seat.until {
        Some(until) => t!("seat.from-to", since = seat.since, until = until),
        None => t!("seat.from", since = seat.since),
    }
}
