//! The course of a posting: published, sent back, closed, opened again, confirmed, located, discarded.

use cunshi_sdk::prelude::{Doc, Error, Message, Outcome, Reach, Result, Text, To, Write, json};

use super::{done, hand, inform, moved, of_owner, save, unchanged};
use crate::domain::terms::closing;
use crate::domain::{Posting, Refused};
use crate::words::{self, said, short};
use crate::{CloseForm, ConfirmForm, DeclineForm, DiscardForm, LocateForm, PublishForm, ReopenForm};

/// Checked and published.
pub fn publish(cx: &mut Write, form: &PublishForm) -> Result<Outcome> {
    let mut posting = unchanged(cx, &form.posting, form.seen.as_deref())?;
    let by = hand(cx)?;
    moved(posting.publish(&by))?;
    let posting = save(cx, &posting)?;
    let title = both!("message.published", title = short(&posting.terms.title));
    to_proposer(cx, &posting, title, None)?;
    Ok(done(&posting, t!("say.published")))
}

/// Sent back to the villager who proposed it.
pub fn decline(cx: &mut Write, form: DeclineForm) -> Result<Outcome> {
    let mut posting = cx.data::<Posting>().must(&form.posting)?;
    let reason = said(&form.text);
    moved(posting.decline(form.text))?;
    let posting = save(cx, &posting)?;
    let title = both!("message.declined", title = short(&posting.terms.title));
    to_proposer(cx, &posting, title, Some(reason))?;
    Ok(done(&posting, t!("say.declined")))
}

/// A draft is deleted.
pub fn discard(cx: &mut Write, form: &DiscardForm) -> Result<Outcome> {
    let posting = cx.data::<Posting>().must(&form.posting)?;
    moved(posting.may_discard())?;
    cx.remove(&posting)?;
    let result = json!({ "id": posting.id });
    Ok(Outcome::to(To::page("desk")).say(t!("say.discarded")).result(result).about(&posting.id))
}

/// Does not hire any more.
pub fn close(cx: &mut Write, form: &CloseForm) -> Result<Outcome> {
    let mut posting = of_owner(cx, &form.posting)?;
    moved(posting.end(cx.now()))?;
    let posting = save(cx, &posting)?;
    Ok(done(&posting, t!("say.closed")))
}

/// More people or a later day.
pub fn reopen(cx: &mut Write, form: &ReopenForm) -> Result<Outcome> {
    let mut posting = cx.data::<Posting>().must(&form.posting)?;
    let closes = closing(&form.closes, cx.now()).ok_or_else(|| Error::invalid("closes", t!("wrong.closes")))?;
    match posting.reopen(form.headcount, closes, cx.now()) {
        Err(Refused::Full) => return Err(Error::invalid("headcount", t!("wrong.headcount", n = posting.hired))),
        other => moved(other)?,
    }
    let posting = save(cx, &posting)?;
    Ok(done(&posting, t!("say.reopened", date = words::date(closes))))
}

/// It is still open: the clock of silence begins anew.
pub fn confirm(cx: &mut Write, form: &ConfirmForm) -> Result<Outcome> {
    let mut posting = of_owner(cx, &form.posting)?;
    moved(posting.confirm(cx.now()))?;
    let posting = cx.update(&posting)?;
    Ok(done(&posting, t!("say.confirmed")))
}

/// How far one of another office is from here.
pub fn locate(cx: &mut Write, form: &LocateForm) -> Result<Outcome> {
    let mut posting = cx.data::<Posting>().must(&form.posting)?;
    if posting.is_own() {
        return Err(Error::conflict(t!("refused.locate")));
    }
    posting.locate(form.distance);
    let posting = cx.update(&posting)?;
    Ok(done(&posting, t!("say.located")))
}

/// Tells the villager whose proposal it is.
pub fn to_proposer(cx: &mut Write, posting: &Doc<Posting>, title: Text, body: Option<Text>) -> Result<()> {
    let Some(author) = posting.author.clone().filter(|_| posting.proposed) else { return Ok(()) };
    let key = format!("posting:{}:{}", posting.id, posting.version);
    let message = Message::new(Reach::Person(author), key, title).link(crate::pages::row::to(posting));
    inform(cx, Message { body, ..message })
}
