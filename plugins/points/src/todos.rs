//! What waits for the actor: reviews, objections, corrections, reservations and hours for the office; for villagers
//! a thing to fetch, and a deduction of theirs that is public and may be objected to.

use cunshi_sdk::prelude::{Read, Result, To, Todo};

use crate::domain::{Activity, Award, Hand, ReservationState, State};
use crate::listing;
use crate::pages::row;
use crate::words::{self, Reader};

/// Most to-dos of one sort.
const MOST: u32 = 30;
/// Longest title in a to-do, in characters.
const TITLE: usize = 24;

/// The list, in no special order: the host sorts by due time and weight.
pub fn todos(cx: &Read) -> Result<Vec<Todo>> {
    let reader = Reader::of(cx)?;
    let Some(hand) = reader.hand.clone() else { return Ok(Vec::new()) };
    let mut todos = Vec::new();
    to_fetch(cx, &hand, &mut todos)?;
    to_object(cx, &reader, &mut todos)?;
    if reader.office() {
        reviews(cx, &hand, &mut todos)?;
        objections(cx, &hand, &mut todos)?;
        corrections(cx, &hand, &mut todos)?;
        hours(cx, &mut todos)?;
    }
    if reader.cadre {
        reservations(cx, &mut todos)?;
    }
    Ok(todos)
}

fn to_fetch(cx: &Read, hand: &Hand, todos: &mut Vec<Todo>) -> Result<()> {
    let (found, _) = listing::reservations_of(cx, &hand.person, 10, None)?;
    for reservation in found.into_iter().filter(|found| found.state == ReservationState::Held) {
        let text = t!("todo.fetch", title = words::cut(&reservation.title, TITLE));
        todos.push(Todo::new(text, row::to_reservation(&reservation)).due(reservation.until).weight(30));
    }
    Ok(())
}

/// Nobody loses points without having heard of it in time.
fn to_object(cx: &Read, reader: &Reader, todos: &mut Vec<Todo>) -> Result<()> {
    let awards = listing::of_reader(cx, reader, MOST)?;
    for award in awards.into_iter().filter(|award| award.takes() && award.state == State::Published) {
        let text = t!("todo.deduction", label = award.label, points = words::signed(award.points));
        todos.push(Todo::new(text, row::to(&award)).due(award.due).weight(60));
    }
    Ok(())
}

fn reviews(cx: &Read, hand: &Hand, todos: &mut Vec<Todo>) -> Result<()> {
    let (found, _) = listing::in_review(cx, MOST, None)?;
    for award in found.into_iter().filter(|award| award.may_vote(hand).is_ok()) {
        let text = t!("todo.review", label = award.label, text = words::cut(&award.text, TITLE));
        let weight = if award.due < cx.now() { 70 } else { 50 };
        todos.push(Todo::new(text, row::to(&award)).due(award.due).weight(weight));
    }
    Ok(())
}

fn objections(cx: &Read, hand: &Hand, todos: &mut Vec<Todo>) -> Result<()> {
    let (found, _) = listing::open_objections(cx, MOST, None)?;
    for objection in found {
        if objection.by.is_of(Some(&hand.person), hand.household.as_deref()) {
            continue;
        }
        let award = cx.data::<Award>().get(&objection.award)?;
        if award.is_none_or(|award| award.may_judge(hand).is_err()) {
            continue;
        }
        let (label, text) = (&objection.label, words::cut(&objection.text, TITLE));
        let text = if objection.is_overdue(cx.now()) {
            t!("todo.objection.late", label = label, text = text)
        } else {
            t!("todo.objection", label = label, text = text)
        };
        let to = To::page("award").with("id", objection.award.as_str());
        todos.push(Todo::new(text, to).due(objection.due).weight(80));
    }
    Ok(())
}

fn corrections(cx: &Read, hand: &Hand, todos: &mut Vec<Todo>) -> Result<()> {
    for correction in listing::open_corrections(cx)? {
        if correction.by.person != hand.person {
            let text = t!("todo.correction", label = correction.label, number = correction.number);
            todos.push(Todo::new(text, To::page("award").with("id", correction.award.as_str())).weight(40));
        }
    }
    Ok(())
}

fn reservations(cx: &Read, todos: &mut Vec<Todo>) -> Result<()> {
    let (found, _) = listing::to_hand_out(cx, MOST, None)?;
    for reservation in found {
        let (name, title) = (&reservation.name, words::cut(&reservation.title, TITLE));
        let text = t!("todo.hand-out", name = name, title = title);
        todos.push(Todo::new(text, row::to_reservation(&reservation)).due(reservation.until).weight(20));
    }
    Ok(())
}

fn hours(cx: &Read, todos: &mut Vec<Todo>) -> Result<()> {
    for activity in cx.data::<Activity>().by("by_waiting").to(cx.now()).take(MOST)? {
        let text = t!("todo.hours", title = words::cut(&activity.title, TITLE), n = activity.unconfirmed);
        todos.push(Todo::new(text, row::to_activity(&activity)).weight(45));
    }
    Ok(())
}
