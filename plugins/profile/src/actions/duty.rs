//! Cadres keep the duty list.

use cunshi_sdk::days::{self, DAY, Micros};
use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write};

use super::{back, day, filled, moved, right, stamp};
use crate::domain::{Duty, Hours, Part};
use crate::{AddDatedForm, AddWeeklyForm, ChangeDutyForm, CloseDayForm, DropDutyForm, listing, words};

/// Days that one form fills.
const MOST_DAYS: i64 = 10;
/// How far ahead days are planned.
const AHEAD: i64 = 366;

/// See `plugin.toml`.
pub fn add_weekly(cx: &mut Write, form: AddWeeklyForm) -> Result<Outcome> {
    let hours = right("to", Hours::typed(&form.from, &form.to))?;
    let mut weekdays: Vec<i64> =
        form.weekdays.iter().filter_map(|day| day.parse().ok()).filter(|day| (1..=7).contains(day)).collect();
    weekdays.sort_unstable();
    weekdays.dedup();
    let list = listing::weekly(cx)?;
    if weekdays.is_empty() {
        return Err(Error::invalid("weekdays", t!("wrong.weekdays")));
    }
    if list.len() + weekdays.len() > listing::MOST_WEEKLY {
        return Err(Error::conflict(t!("refused.many", n = listing::MOST_WEEKLY)));
    }
    let office = filled(form.office);
    let mut first = None;
    for weekday in weekdays {
        let duty = Duty {
            weekday: Some(weekday),
            name: Some(form.name.clone()),
            office: office.clone(),
            from: hours.from,
            to: hours.to,
            ..Duty::default()
        };
        moved(duty.fits(list.iter().map(|known| &known.body)))?;
        first = Some(cx.insert(&duty)?);
    }
    planned(cx, first.as_ref(), t!("say.duty.weekly", name = form.name))
}

/// See `plugin.toml`.
pub fn add_dated(cx: &mut Write, form: AddDatedForm) -> Result<Outcome> {
    let hours = right("to", Hours::typed(&form.from, &form.to))?;
    let first_day = day("day", &form.day)?;
    let last = match filled(form.last) {
        Some(last) => day("last", &last)?,
        None => first_day,
    };
    let length = days::days_between(first_day, last) + 1;
    if !(1..=MOST_DAYS).contains(&length) {
        return Err(Error::invalid("last", t!("wrong.last", n = MOST_DAYS)));
    }
    plannable(cx, first_day)?;
    let list = listing::dated(cx, first_day, last + DAY)?;
    let office = filled(form.office);
    let mut first = None;
    for n in 0..length {
        let duty = Duty {
            day: Some(first_day + n * DAY),
            name: Some(form.name.clone()),
            office: office.clone(),
            from: hours.from,
            to: hours.to,
            ..Duty::default()
        };
        moved(duty.fits(list.iter().map(|known| &known.body)))?;
        first = Some(cx.insert(&duty)?);
    }
    planned(cx, first.as_ref(), t!("say.duty.dated", name = form.name, date = words::date(first_day)))
}

/// See `plugin.toml`.
pub fn close_day(cx: &mut Write, form: CloseDayForm) -> Result<Outcome> {
    let closed = day("day", &form.day)?;
    plannable(cx, closed)?;
    let duty = Duty::closed(closed, form.note);
    let list = listing::dated(cx, closed, closed + DAY)?;
    moved(duty.fits(list.iter().map(|known| &known.body)))?;
    let duty = cx.insert(&duty)?;
    planned(cx, Some(&duty), t!("say.duty.closed", date = words::date(closed)))
}

/// See `plugin.toml`.
pub fn change_duty(cx: &mut Write, form: ChangeDutyForm) -> Result<Outcome> {
    let mut duty = cx.data::<Duty>().must(&form.duty)?;
    if duty.is_closed() {
        return Err(Error::conflict(t!("refused.closed-day")));
    }
    let hours = right("to", Hours::typed(&form.from, &form.to))?;
    (duty.name, duty.office) = (Some(form.name), filled(form.office));
    (duty.from, duty.to) = (hours.from, hours.to);
    let list = match duty.day {
        Some(day) => listing::dated(cx, day, day + DAY)?,
        None => listing::weekly(cx)?,
    };
    moved(duty.fits(list.iter().filter(|known| known.id != duty.id).map(|known| &known.body)))?;
    let duty = cx.update(&duty)?;
    planned(cx, Some(&duty), t!("say.saved"))
}

/// See `plugin.toml`.
pub fn drop_duty(cx: &mut Write, form: &DropDutyForm) -> Result<Outcome> {
    let duty = cx.data::<Duty>().must(&form.duty)?;
    cx.remove(&duty)?;
    planned(cx, Some(&duty), t!("say.duty.dropped"))
}

/// Refuses days that are over, and those that are too far ahead, and more than a list of days can hold.
fn plannable(cx: &Write, day: Micros) -> Result<()> {
    let ahead = days::days_between(cx.now(), day);
    if !(0..=AHEAD).contains(&ahead) {
        return Err(Error::invalid("day", t!("wrong.day.ahead")));
    }
    if listing::coming(cx)?.len() >= listing::MOST_DATED {
        return Err(Error::conflict(t!("refused.many", n = listing::MOST_DATED)));
    }
    Ok(())
}

fn planned(cx: &mut Write, duty: Option<&Doc<Duty>>, say: String) -> Result<Outcome> {
    stamp(cx, Part::Duty)?;
    Ok(back("duty-desk", duty.map_or("", |duty| duty.id.as_str()), say))
}
