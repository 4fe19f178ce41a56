//! Sign-ups: by the person, by a cadre for somebody else, withdrawn, answered.

use cunshi_sdk::days;
use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write};

use super::{fresh, hand, moved, possible, save, signed};
use crate::domain::{Applicant, NotPossible, Posting, Refused, SignState, Signup, State};
use crate::events::tell;
use crate::words::{self, Reader};
use crate::{AnswerForm, SignUpForm, SignUpOtherForm, WithdrawForm, listing};

/// Longest time ahead in which somebody can begin.
const AHEAD: i64 = 366 * days::DAY;

/// A villager signs up; or a cadre does for somebody who telephoned.
pub fn sign_up(cx: &mut Write, form: SignUpForm) -> Result<Outcome> {
    let caller = cx.caller()?.clone();
    let id = caller.for_whom().to_owned();
    let entered_by = caller.on_behalf_of.as_ref().map(|_| caller.name.clone());
    let (name, known) = match cx.person(&id)? {
        Some(person) => (person.name, person.phone),
        None if entered_by.is_none() => (caller.name, None),
        None => return Err(Error::Missing),
    };
    let given = form.phone.filter(|phone| !phone.trim().is_empty());
    let phone = given.or(known).ok_or_else(|| Error::invalid("phone", t!("wrong.phone")))?;
    let who = Applicant { name, phone, start: start(cx, form.start)?, words: form.words };
    enter(cx, &form.posting, &id, Some(&id), who, entered_by)
}

/// For somebody who is not in the system.
pub fn sign_up_other(cx: &mut Write, form: SignUpOtherForm) -> Result<Outcome> {
    let entered_by = Some(cx.caller()?.name.clone());
    let key = Signup::caller(&form.phone);
    let who = Applicant { name: form.name, phone: form.phone, start: start(cx, form.start)?, words: form.words };
    enter(cx, &form.posting, &key, None, who, entered_by)
}

fn start(cx: &Write, day: Option<String>) -> Result<Option<String>> {
    let Some(day) = day.filter(|day| !day.is_empty()) else { return Ok(None) };
    let today = days::midnight(cx.now());
    let fits = days::read_day(&day).is_some_and(|at| (today..today + AHEAD).contains(&at));
    if fits { Ok(Some(day)) } else { Err(Error::invalid("start", t!("wrong.start"))) }
}

fn enter(
    cx: &mut Write,
    posting: &str,
    key: &str,
    person: Option<&str>,
    who: Applicant,
    entered_by: Option<String>,
) -> Result<Outcome> {
    let posting = cx.data::<Posting>().must(posting)?;
    if !posting.is_open(cx.now()) {
        let why = if posting.state == State::Hidden { Refused::Hidden } else { Refused::NotOpen };
        return moved(Err(why));
    }
    if person.is_some_and(|person| posting.is_proposed_by(person)) {
        return Err(Error::conflict(t!("refused.own")));
    }
    let (name, now) = (who.name.clone(), cx.now());
    let for_other = entered_by.is_some();
    let signup = if let Some(mut signup) = listing::signup_of(cx, &posting.id, key)? {
        possible(signup.again(who, entered_by, now))?;
        cx.update(&signup)?
    } else {
        let mut signup = Signup::new(&posting.id, &posting.terms.title, key, who, now);
        signup.person = person.map(str::to_owned);
        signup.entered_by = entered_by;
        signup.office.clone_from(&posting.office);
        signup.source.clone_from(&posting.source);
        signup.led = posting.proposed;
        signup.derive();
        cx.insert(&signup)?
    };
    tell::signed(cx, &signup)?;
    tell::cadre(cx, &posting, &signup)?;
    let say = if for_other { t!("say.signed-other", name = name) } else { t!("say.signed") };
    Ok(signed(&signup, say))
}

/// By the person, or by a cadre for one who rang. One that came from a village is withdrawn there.
pub fn withdraw(cx: &mut Write, form: &WithdrawForm) -> Result<Outcome> {
    let mut signup = cx.data::<Signup>().must(&form.signup)?;
    let by = hand(cx)?;
    let own = signup.is_of(&by.person);
    if !own && !Reader::of(cx).cadre {
        return Err(Error::denied(t!("refused.not-yours")));
    }
    if signup.origin.is_some() {
        return Err(Error::conflict(t!("refused.withdraw-there")));
    }
    let hired = possible(signup.withdraw((!own).then_some(by.name), by.at))?;
    let signup = cx.update(&signup)?;
    if hired {
        give_back(cx, &signup.posting)?;
    }
    tell::signed(cx, &signup)?;
    Ok(signed(&signup, t!("say.withdrawn")))
}

/// One who was hired does not come: the place is free again. A posting that the actor cannot read was taken down.
pub fn give_back(cx: &mut Write, posting: &str) -> Result<()> {
    if let Some(mut posting) = cx.data::<Posting>().get(posting)?.filter(|posting| posting.is_own()) {
        posting.lose();
        save(cx, &posting)?;
    }
    Ok(())
}

/// The office tells what came of it.
pub fn answer(cx: &mut Write, form: AnswerForm) -> Result<Outcome> {
    let mut signup = cx.data::<Signup>().must(&form.signup)?;
    fresh(signup.version, form.seen.as_deref())?;
    if signup.office.is_some() {
        return possible(Err(NotPossible::Elsewhere));
    }
    let state = SignState::parse(&form.state).unwrap_or(SignState::Applied);
    let before = signup.state;
    let by = hand(cx)?;
    let text = form.text.filter(|text| !text.trim().is_empty());
    possible(signup.answer(state, Some(by.name), text, by.at))?;
    let full = count(cx, &signup, before)?;
    let signup = cx.update(&signup)?;
    tell::answered(cx, &signup)?;
    let name = &signup.who.name;
    let mut say = if full {
        t!("say.hired.full", name = name)
    } else {
        t!("say.answered", name = name, state = words::sign_state(signup.state))
    };
    // Nobody who is not in the system has an inbox.
    say.push_str(&if signup.person.is_some() || signup.origin.is_some() { t!("say.told") } else { t!("say.call") });
    Ok(signed(&signup, say))
}

/// Counts the hired against the posting's headcount; true when that was the last place.
fn count(cx: &mut Write, signup: &Doc<Signup>, before: SignState) -> Result<bool> {
    match (before, signup.state) {
        (SignState::Hired, SignState::Hired) => Ok(false),
        (_, SignState::Hired) => {
            let mut posting = cx.data::<Posting>().must(&signup.posting)?;
            moved(posting.hire(cx.now()))?;
            let posting = save(cx, &posting)?;
            Ok(posting.places() == 0)
        }
        (SignState::Hired, _) => {
            give_back(cx, &signup.posting)?;
            Ok(false)
        }
        _ => Ok(false),
    }
}
