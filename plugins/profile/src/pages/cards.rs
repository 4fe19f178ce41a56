//! The plugin's cards on the host's own pages: the door, the village's home, the person's own page.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use super::{mine, row};
use crate::domain::Rota;
use crate::listing;

/// One of the large doors.
pub fn door(cx: &Read) -> View {
    view::door(t!("door.title", name = cx.space().name), To::page("front"), "home", t!("door.hint"))
}

/// Who is on duty today, the next hours, the newest event. The office's telephone is the host's to show.
pub fn home(cx: &Read) -> Result<View> {
    let now = cx.now();
    let duties = listing::duties(cx, days::midnight(now), 1)?;
    let all: Vec<_> = duties.iter().map(|duty| &duty.body).collect();
    let rota = Rota::of(&all, now);
    let next = listing::next_session(cx)?;
    let (newest, _) = listing::milestones(cx, None, 1, None)?;
    let fresh = next.iter().flat_map(|next| [next.starts, next.ends]).filter(|at| *at > now).min();
    let page = view::page(t!("home.title", name = cx.space().name))
        .fresh_until(rota.until(now).min(fresh.unwrap_or(i64::MAX)));
    let page = page.heading(t!("duty.today"));
    let page = match rota.closed {
        Some(note) => page.alert(Tone::Hand, t!("duty.closed", note = note)),
        None => page.add(view::list(rota.on.iter().map(|duty| row::duty(cx, &rota, duty))).empty(t!("duty.none"))),
    };
    let page = page.when(next.is_some(), |page| page.heading(t!("home.session")));
    let page = page.each(&next, |page, next| page.list([row::session(cx, next)]));
    let page = page.when(!newest.is_empty(), |page| page.heading(t!("home.newest")));
    let page = page.each(&newest, |page, newest| page.list([row::milestone(newest)]));
    Ok(page.link(t!("home.more"), To::page("front")))
}

/// My turns and my latest questions.
pub fn my_card(cx: &Read) -> Result<View> {
    let person = cx.caller()?.person.clone();
    let turns = mine::turns(cx, &person, 5)?;
    let (questions, _) = listing::own_questions(cx, &person, 3, None)?;
    let page = view::page(t!("hours.title")).fresh_until(days::next_midnight(cx.now()));
    if turns.is_empty() && questions.is_empty() {
        return Ok(page.empty(t!("mine.none")).link(t!("hours.title"), To::page("hours")));
    }
    let page = page.when(!turns.is_empty(), |page| page.heading(t!("mine.turns")).list(turns));
    let items: Vec<Item> = questions.iter().map(|question| row::question(cx, question)).collect();
    let page = page.when(!items.is_empty(), |page| page.heading(t!("mine.questions")).list(items));
    Ok(page.link(t!("mine.more"), To::page("mine")))
}
