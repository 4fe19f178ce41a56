//! Volunteer activities: announced, signed up for, confirmed by the hour.

use cunshi_sdk::prelude::{Deed, Doc, Error, Evidence, Outcome, Result, Send, To, Write, json};

use crate::domain::activity::NotPossible;
use crate::domain::table::VOLUNTEER;
use crate::domain::{Activity, ActivityState, Signup, SignupIndexes as _, SignupState, amount, days};
use crate::{CancelActivityForm, ConfirmHoursForm, PlanActivityForm, SignUpForm, WithdrawForm, way, words};

/// A cadre announces one.
pub fn plan(cx: &mut Write, form: PlanActivityForm) -> Result<Outcome> {
    let day = days::read_day(&form.day).ok_or_else(|| Error::invalid("day", t!("wrong.day")))?;
    let starts = days::read_time(&form.starts).ok_or_else(|| Error::invalid("starts", t!("wrong.time")))?;
    let ends = days::read_time(&form.ends).ok_or_else(|| Error::invalid("ends", t!("wrong.time")))?;
    if ends <= starts {
        return Err(Error::invalid("ends", t!("wrong.ends")));
    }
    if day + starts <= cx.now() {
        return Err(Error::invalid("day", t!("wrong.past")));
    }
    let activity = cx.insert(&Activity {
        title: form.title,
        text: form.text.filter(|text| !text.is_empty()),
        place: form.place,
        starts: day + starts,
        ends: day + ends,
        seats: form.seats,
        taken: 0,
        unconfirmed: 0,
        waiting: None,
        state: ActivityState::Open,
        by: way::actor(cx)?,
        reason: None,
    })?;
    Ok(done(&activity, t!("say.planned")))
}

/// A cadre calls it off.
pub fn cancel(cx: &mut Write, form: CancelActivityForm) -> Result<Outcome> {
    let mut activity = cx.data::<Activity>().must(&form.activity)?;
    possible(activity.cancel(form.text))?;
    let activity = cx.update(&activity)?;
    Ok(done(&activity, t!("say.activity-cancelled")))
}

/// A villager signs up; or a cadre does for somebody without a phone.
pub fn sign_up(cx: &mut Write, form: &SignUpForm) -> Result<Outcome> {
    let (hand, _) = way::beneficiary(cx)?;
    let mut activity = cx.data::<Activity>().must(&form.activity)?;
    let now = cx.now();
    let known = cx.data::<Signup>().by_key(Signup::key(&activity.id, &hand.person)).first()?;
    let signup = if let Some(mut signup) = known {
        possible(signup.sign_again(now))?;
        possible(activity.take(now))?;
        cx.update(&signup)?
    } else {
        possible(activity.take(now))?;
        cx.insert(&Signup::new(&activity.id, hand, now))?
    };
    let activity = cx.update(&activity)?;
    let (date, time) = (words::date(activity.starts), days::write_time(activity.starts));
    let said = done(&activity, t!("say.signed-up", date = date, time = time, place = activity.place));
    Ok(said.result(json!({ "id": signup.id, "activity": activity.id, "state": signup.state })))
}

/// They will not come.
pub fn withdraw(cx: &mut Write, form: &WithdrawForm) -> Result<Outcome> {
    let (hand, _) = way::beneficiary(cx)?;
    let mut activity = cx.data::<Activity>().must(&form.activity)?;
    let known = cx.data::<Signup>().by_key(Signup::key(&activity.id, &hand.person)).first()?;
    let Some(mut signup) = known else { return possible(Err(NotPossible::NotSignedUp)) };
    possible(signup.withdraw())?;
    possible(activity.give_back(cx.now()))?;
    let (signup, activity) = (cx.update(&signup)?, cx.update(&activity)?);
    let said = done(&activity, t!("say.signed-off"));
    Ok(said.result(json!({ "id": signup.id, "activity": activity.id, "state": signup.state })))
}

/// The office confirms somebody's hours: the deed is told of, and the village's rule says what it earns.
pub fn confirm(cx: &mut Write, form: &ConfirmHoursForm) -> Result<Outcome> {
    let mut signup = cx.data::<Signup>().must(&form.signup)?;
    let mut activity = cx.data::<Activity>().must(&signup.activity)?;
    let hours = amount::read(&form.hours).filter(|hours| *hours >= 0);
    let hours = hours.ok_or_else(|| Error::invalid("hours", t!("wrong.hours")))?;
    let given = (hours > 0).then(|| amount::show(hours));
    possible(signup.confirm(way::actor(cx)?, given.clone()))?;
    possible(activity.confirm(hours, cx.now()))?;
    let (signup, activity) = (cx.update(&signup)?, cx.update(&activity)?);
    if let Some(hours) = given {
        let link = To::page("activity").with("id", activity.id.as_str());
        let evidence = Evidence::new(&signup.id, &activity.title).link(link);
        let deed = Deed::new(VOLUNTEER, activity.starts, evidence).by(&signup.person).measured(hours, "hours");
        cx.send(Send::deed(&deed))?;
    }
    let say = match signup.state {
        SignupState::Confirmed => t!("say.hours", name = signup.name, hours = amount::show(hours)),
        _ => t!("say.absent", name = signup.name),
    };
    Ok(done(&activity, say).result(json!({ "id": signup.id, "activity": activity.id, "state": signup.state })))
}

fn possible<T>(result: Result<T, NotPossible>) -> Result<T> {
    result.map_err(|why| Error::conflict(words::not_possible(why)))
}

fn done(activity: &Doc<Activity>, say: String) -> Outcome {
    let result = json!({
        "id": activity.id, "title": activity.title, "state": activity.state, "seats": activity.seats,
        "taken": activity.taken,
    });
    Outcome::go("activity", &activity.id).say(say).result(result).about(&activity.id)
}
