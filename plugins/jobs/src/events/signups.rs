//! Hearing of sign-ups: from the villages for a posting of this office, and what the office above answers. In a town both
//! are passed on where the posting is the district's.

use cunshi_sdk::prelude::{Doc, Event, Result, Write};

use super::{ANSWERED, SIGNED, SignedUp, SignupAnswered, read, tell};
use crate::actions::signups::give_back;
use crate::domain::{Origin, Passage, PassageIndexes as _, Posting, Signup, SignupIndexes as _};
use crate::listing;

/// Somebody below signs up for a posting, or withdraws.
pub fn signed_up(cx: &mut Write, event: Event) -> Result<()> {
    let Some(told) = read::<SignedUp>(cx, &event, "below") else { return Ok(()) };
    if let Some(posting) = cx.data::<Posting>().get(&told.posting)?.filter(|posting| posting.is_own()) {
        return enter(cx, event, told, &posting);
    }
    if listing::copy_of(cx, &told.posting)?.is_none() {
        cx.log_warn("a sign-up came up for a posting that is not here");
        return Ok(());
    }
    match cx.data::<Passage>().by_signup(event.subject.as_str()).first()? {
        Some(mut passage) => {
            passage.event = event.id;
            cx.update(&passage)?;
        }
        None => {
            cx.insert(&Passage { signup: event.subject.clone(), event: event.id })?;
        }
    }
    tell::send(cx, SIGNED, &event.subject, &told, None)
}

/// Keeps a sign-up of below. It counts even when the posting has closed meanwhile: the office answers it.
fn enter(cx: &mut Write, event: Event, told: SignedUp, posting: &Doc<Posting>) -> Result<()> {
    let known = cx.data::<Signup>().by_origin(event.subject.as_str()).first()?;
    let origin = Origin { event: event.id, village: told.village };
    let now = cx.now();
    let signup = match (known, told.who) {
        (Some(mut signup), who) => {
            let mut hired = false;
            match who {
                // One that is known already was delivered twice, or answered meanwhile: nothing moves.
                Some(who) => drop(signup.again(who, None, now)),
                None => hired = signup.withdraw(None, now).unwrap_or_default(),
            }
            signup.round = told.round;
            signup.origin = Some(origin);
            signup.derive();
            let signup = cx.update(&signup)?;
            if hired {
                give_back(cx, &signup.posting)?;
            }
            signup
        }
        (None, Some(who)) => {
            let mut signup = Signup::new(&posting.id, &posting.terms.title, &event.subject, who, now);
            signup.round = told.round;
            signup.origin = Some(origin);
            signup.origin_signup = Some(event.subject);
            signup.led = posting.proposed;
            signup.derive();
            cx.insert(&signup)?
        }
        (None, None) => return Ok(()),
    };
    tell::lead(cx, &signup)?;
    tell::cadre(cx, posting, &signup)
}

/// The office above answers a sign-up that was made here, or, in a town, in one of its villages.
pub fn answered(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<SignupAnswered>(cx, event, "above") else { return Ok(()) };
    let known = cx.data::<Signup>().get(&event.subject)?.filter(|signup| signup.office.is_some());
    let Some(mut signup) = known else {
        let passage = cx.data::<Passage>().by_signup(event.subject.as_str()).first()?;
        let Some(passage) = passage else {
            cx.log_warn("an answer came down for a sign-up that is not here");
            return Ok(());
        };
        return tell::send(cx, ANSWERED, &event.subject, &told, Some(passage.body.event));
    };
    // Who has withdrawn meanwhile, or signed up anew, is not meant.
    if told.round != signup.round || signup.answer(told.state, Some(told.office), told.text, cx.now()).is_err() {
        return Ok(());
    }
    let signup = cx.update(&signup)?;
    tell::person(cx, &signup)
}
