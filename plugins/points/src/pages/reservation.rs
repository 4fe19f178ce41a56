//! A thing set aside: the code with which it is fetched, and until when.

use cunshi_sdk::prelude::*;

use crate::ReservationParams;
use crate::domain::{Reservation, ReservationState, code};
use crate::words::{self, Reader};

/// The slip of whoever redeemed it; the office sees it without the code.
pub fn reservation(cx: &Read, params: &ReservationParams) -> Result<View> {
    let reservation = cx.data::<Reservation>().must(&params.id)?;
    let reader = Reader::of(cx)?;
    let held = reservation.state == ReservationState::Held;
    let mut page = view::page(&reservation.title).subtitle(t!("reservation.subtitle", name = reservation.name));
    page = page.section(|section| {
        let section = section.badges([words::reservation(reservation.state)]);
        let section = section.when(held, |section| section.countdown(reservation.until, t!("reservation.countdown")));
        section.facts(facts(&reservation))
    });
    if held && reader.sees_code(&reservation) {
        let spoken = code::spoken(&reservation.code);
        let facts = [
            Fact::new(t!("reservation.thing"), reservation.title.as_str()),
            Fact::new(t!("reservation.name"), reservation.name.as_str()),
            Fact::new(t!("reservation.until"), Cell::Day(reservation.until)),
        ];
        page =
            page.section(|section| section.title(t!("reservation.code")).qr(&reservation.code, t!("reservation.show")));
        page =
            page.receipt(t!("reservation.slip", space = cx.space().name), spoken, facts, Some(t!("reservation.note")));
    }
    let own = reader.is_of(Some(&reservation.person), None);
    if held && (own || reader.cadre) {
        let button = view::button("cancel-reservation").value("reservation", reservation.id.as_str()).quiet();
        page = page.section(|section| section.add(button));
    }
    if held && reader.cadre {
        page = page.section(|section| section.title(t!("desk.hand-out")).add(view::form("hand-out")));
    }
    if reservation.why.because.is_empty() {
        return Ok(page);
    }
    let because = &reservation.why.because;
    Ok(page.section(|section| {
        let section = section.title(t!("award.why"));
        match reservation.why.decision.as_deref().filter(|_| own || reader.supervisor || reader.admin) {
            Some(decision) => section.decision(decision, because),
            None => section.each(because, view::Section::text),
        }
    }))
}

fn facts(reservation: &Reservation) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(t!("goods.price.label"), words::points(reservation.price)),
        Fact::new(t!("reservation.at"), Cell::Time(reservation.at)),
    ];
    if reservation.state == ReservationState::Held {
        facts.push(Fact::new(t!("reservation.until"), Cell::Time(reservation.until)));
    }
    if let Some(over) = reservation.over_at {
        facts.push(Fact::new(words::reservation(reservation.state).text, Cell::Time(over)));
    }
    if let Some(by) = &reservation.over_by {
        facts.push(Fact::new(t!("reservation.by"), by.name.as_str()));
    }
    facts
}
