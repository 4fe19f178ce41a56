//! By the clock: reservations that nobody fetched, the close of a period, past activities.

use cunshi_sdk::prelude::{ClosePeriod, PointKind, Result, Write};

use crate::actions::redeem;
use crate::domain::days::DAY;
use crate::domain::{
    Activity, ActivityIndexes as _, ActivityState, Cycle, CycleIndexes as _, Reservation, ReservationIndexes as _,
    ReservationState, Span,
};
use crate::messages;

/// Reservations per step: each gives back points, stock and budget.
const RESERVATIONS: u32 = 20;
/// People warned per step.
const WARNINGS: usize = 15;
/// Activities per step.
const ACTIVITIES: u32 = 50;
/// Accounts per step.
const ACCOUNTS: u32 = 100;

/// Gives back what nobody fetched. What lapsed leaves the index, so that an interrupted job goes on by itself.
pub fn lapse(cx: &mut Write) -> Result<Option<String>> {
    let held = ReservationState::Held.as_str();
    let late = cx.data::<Reservation>().by_state(held).to(cx.now() + 1).take(RESERVATIONS)?;
    let full = u32::try_from(late.len()).is_ok_and(|found| found == RESERVATIONS);
    for mut reservation in late {
        redeem::give_back(cx, &mut reservation, ReservationState::Lapsed, None)?;
    }
    Ok((full || warn(cx)?).then(|| "more".to_owned()))
}

/// Tells people a day before what they set aside goes back; whether more of them have to be told.
fn warn(cx: &mut Write) -> Result<bool> {
    let (held, now) = (ReservationState::Held.as_str(), cx.now());
    let soon = cx.data::<Reservation>().by_state(held).from(now + 1).to(now + DAY).take(200)?;
    let mut waiting: Vec<_> = soon.into_iter().filter(|reservation| !reservation.warned).collect();
    let more = waiting.len() > WARNINGS;
    waiting.truncate(WARNINGS);
    for mut reservation in waiting {
        reservation.warned = true;
        let reservation = cx.update(&reservation)?;
        messages::lapses(cx, &reservation)?;
    }
    Ok(more)
}

/// Closes the last period that is over, once, a part of the accounts at a time.
pub fn close_cycle(cx: &mut Write) -> Result<Option<String>> {
    let Some(span) = Span::parse(&cx.setting::<String>("cycle")?) else { return Ok(None) };
    let period = span.before(cx.now());
    let known = cx.data::<Cycle>().by_period(period.as_str()).first()?;
    if known.as_ref().is_some_and(|cycle| cycle.done) {
        return Ok(None);
    }
    let clear = cx.setting::<Vec<PointKind>>("clear")?;
    let text = t!("row.close", period = period);
    let closed = cx.close_period(&ClosePeriod { period: period.clone(), clear, text, limit: ACCOUNTS })?;
    match known {
        Some(mut cycle) => {
            cycle.rows += closed.rows;
            cycle.done = !closed.more;
            cx.update(&cycle)?;
        }
        None => {
            cx.insert(&Cycle { period, done: !closed.more, rows: closed.rows, at: cx.now() })?;
        }
    }
    Ok(closed.more.then(|| "more".to_owned()))
}

/// Activities that are over leave the list of those to sign up for.
pub fn end_activities(cx: &mut Write) -> Result<Option<String>> {
    let now = cx.now();
    let begun = cx.data::<Activity>().by_state(ActivityState::Open.as_str()).to(now).take(ACTIVITIES)?;
    let full = u32::try_from(begun.len()).is_ok_and(|found| found == ACTIVITIES);
    let mut ended = 0;
    for mut activity in begun.into_iter().filter(|activity| activity.ends <= now) {
        activity.state = ActivityState::Done;
        cx.update(&activity)?;
        ended += 1;
    }
    Ok((full && ended > 0).then(|| "more".to_owned()))
}
