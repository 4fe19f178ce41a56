//! Finding awards and what hangs on them. The host shows each reader only what is for them.

use cunshi_sdk::prelude::{Doc, Read, Result};

use crate::domain::state::{PUBLICITY, REVIEW};
use crate::domain::{
    Award, AwardIndexes as _, Correction, CorrectionIndexes as _, Objection, ObjectionIndexes as _, ObjectionState,
    Reservation, ReservationIndexes as _, ReservationState,
};
use crate::words::Reader;

/// Some documents, and where to go on.
pub type Page<T> = (Vec<Doc<T>>, Option<String>);

/// In its publicity period, that which ends first first.
pub fn in_publicity(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page<Award>> {
    Ok(cx.data::<Award>().by_desk(PUBLICITY).page(limit, cursor)?)
}

/// Waits for review, the most urgent first.
pub fn in_review(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page<Award>> {
    Ok(cx.data::<Award>().by_desk(REVIEW).page(limit, cursor)?)
}

/// The latest of the reader's household, or their own.
pub fn of_reader(cx: &Read, reader: &Reader, limit: u32) -> Result<Vec<Doc<Award>>> {
    let Some(hand) = &reader.hand else { return Ok(Vec::new()) };
    let mut found = cx.data::<Award>().by_person(hand.person.as_str()).newest().take(limit)?;
    if let Some(household) = &hand.household {
        for award in cx.data::<Award>().by_household(household.as_str()).newest().take(limit)? {
            if found.iter().all(|known| known.id != award.id) {
                found.push(award);
            }
        }
    }
    found.sort_by(|a, b| b.made.cmp(&a.made).then_with(|| b.id.cmp(&a.id)));
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

/// An award by its spoken number, as people type it.
pub fn by_number(cx: &Read, typed: &str) -> Result<Option<Doc<Award>>> {
    let number = typed.trim().to_uppercase();
    Ok(cx.data::<Award>().by_number(number).first()?)
}

/// Objections to an award, the oldest first.
pub fn objections_to(cx: &Read, award: &str) -> Result<Vec<Doc<Objection>>> {
    Ok(cx.data::<Objection>().by_award(award).take(50)?)
}

/// Objections that wait for an answer, the most urgent first.
pub fn open_objections(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page<Objection>> {
    Ok(cx.data::<Objection>().by_due(ObjectionState::Open.as_str()).page(limit, cursor)?)
}

/// Corrections of an award.
pub fn corrections_of(cx: &Read, award: &str) -> Result<Vec<Doc<Correction>>> {
    Ok(cx.data::<Correction>().by_award(award).take(50)?)
}

/// Corrections that wait for their second person.
pub fn open_corrections(cx: &Read) -> Result<Vec<Doc<Correction>>> {
    Ok(cx.data::<Correction>().by_state("waiting").take(50)?)
}

/// Reservations of a person, the latest first.
pub fn reservations_of(cx: &Read, person: &str, limit: u32, cursor: Option<String>) -> Result<Page<Reservation>> {
    Ok(cx.data::<Reservation>().by_person(person).newest().page(limit, cursor)?)
}

/// Reservations that wait to be fetched, that which lapses first first.
pub fn to_hand_out(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page<Reservation>> {
    Ok(cx.data::<Reservation>().by_state(ReservationState::Held.as_str()).page(limit, cursor)?)
}
