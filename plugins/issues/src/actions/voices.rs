//! Neighbours: "me too", and following.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write};

use super::{Opened, done};
use crate::domain::{Case, Voice, VoiceIndexes as _, VoiceKind};
use crate::{FollowForm, MeTooForm, UnfollowForm};

/// It happens to me too: counted, and followed.
pub fn me_too(cx: &mut Write, form: &MeTooForm) -> Result<Outcome> {
    let mut opened = Opened::get(cx, &form.case)?;
    let person = cx.caller()?.person.clone();
    if opened.case.is_of(&person) {
        return Err(Error::conflict(t!("refused.own")));
    }
    if !opened.case.state.is_open() {
        return Err(Error::conflict(t!("refused.over")));
    }
    if !add(cx, &opened.case, &person, VoiceKind::Support)? {
        return Ok(done(&opened.case, t!("say.supported.before")));
    }
    opened.case.supporters += 1;
    opened.save(cx, t!("say.supported"))
}

/// Shows it under "mine" from now on.
pub fn follow(cx: &mut Write, form: &FollowForm) -> Result<Outcome> {
    let case = cx.data::<Case>().must(&form.case)?;
    let person = cx.caller()?.person.clone();
    add(cx, &case, &person, VoiceKind::Follow)?;
    Ok(done(&case, t!("say.following")))
}

/// No longer.
pub fn unfollow(cx: &mut Write, form: &UnfollowForm) -> Result<Outcome> {
    let case = cx.data::<Case>().must(&form.case)?;
    let person = cx.caller()?.person.clone();
    let key = Voice::key(&case.id, &person, VoiceKind::Follow);
    if let Some(voice) = cx.data::<Voice>().by_key(key).first()? {
        cx.remove(&voice)?;
    }
    Ok(done(&case, t!("say.unfollowed")))
}

/// Adds a voice; false when it was there.
pub fn add(cx: &mut Write, case: &Doc<Case>, person: &str, kind: VoiceKind) -> Result<bool> {
    let voice = Voice::new(&case.id, person, kind, cx.now());
    if case.is_of(person) || cx.data::<Voice>().by_key(voice.key.as_str()).first()?.is_some() {
        return Ok(false);
    }
    cx.insert(&voice)?;
    Ok(true)
}

/// Everybody who is with a case: its reporter as one who says "me too", supporters, followers.
pub fn of(cx: &Write, case: &Doc<Case>) -> Result<Vec<(String, VoiceKind)>> {
    let voices = cx.data::<Voice>().by_case(case.id.as_str()).take(200)?;
    let reporter = case.reporter.clone().map(|person| (person, VoiceKind::Support));
    Ok(reporter.into_iter().chain(voices.into_iter().map(|voice| (voice.body.person, voice.body.kind))).collect())
}
