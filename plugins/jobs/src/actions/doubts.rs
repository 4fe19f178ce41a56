//! Reports that a posting is false, and what the office decides.

use cunshi_sdk::prelude::{Doc, Error, Message, Outcome, Reach, Result, Send, Write, json};

use super::course::to_proposer;
use super::{done, hand, inform, moved, save};
use crate::domain::{Doubt, DoubtIndexes as _, Posting, Refused, State};
use crate::events::{HIDDEN, tell};
use crate::words::{said, short};
use crate::{JudgeForm, ReportForm, listing};

/// Reports that are settled at once: each is a message. Others stay on the desk.
const AT_ONCE: u32 = 15;

/// A villager reports a posting.
pub fn report(cx: &mut Write, form: ReportForm) -> Result<Outcome> {
    let posting = cx.data::<Posting>().must(&form.posting)?;
    let by = hand(cx)?;
    if !posting.is_public() {
        return moved(Err(Refused::NotOpen));
    }
    if posting.is_proposed_by(&by.person) {
        return Err(Error::conflict(t!("refused.own-doubt")));
    }
    let key = Doubt::key(&posting.id, &by.person);
    if cx.data::<Doubt>().by_key(key.as_str()).first()?.is_some() {
        return Err(Error::conflict(t!("refused.doubted")));
    }
    let doubt = cx.insert(&Doubt {
        posting: posting.id.clone(),
        title: posting.terms.title.clone(),
        person: Some(by.person),
        name: Some(by.name),
        village: None,
        why: form.why,
        text: form.text.filter(|text| !text.trim().is_empty()),
        at: by.at,
        open: true,
        verdict: None,
        key: Some(key),
    })?;
    tell::doubt(cx, &posting, &doubt)?;
    let result = json!({ "id": doubt.id, "posting": posting.id });
    Ok(done(&posting, t!("say.doubted")).result(result))
}

/// A cadre has looked into it.
pub fn judge(cx: &mut Write, form: &JudgeForm) -> Result<Outcome> {
    let mut posting = cx.data::<Posting>().must(&form.posting)?;
    let doubts = listing::doubts_of(cx, &posting.id, AT_ONCE)?;
    let hides = form.verdict == "hide";
    let before = posting.state;
    let change = if hides { posting.hide(form.text.clone()) } else { posting.restore(cx.now()) };
    match change {
        Ok(()) => {}
        // Already as it was decided: only the reports are settled.
        Err(Refused::Hidden | Refused::NotHidden) if !doubts.is_empty() => {}
        Err(why) => return moved(Err(why)),
    }
    if posting.state != before {
        posting = save(cx, &posting)?;
        if hides {
            cx.send(Send::new(HIDDEN, &posting.id).payload(json!({})))?;
            let title = both!("message.hidden.proposer", title = short(&posting.terms.title));
            to_proposer(cx, &posting, title, Some(said(&form.text)))?;
        }
    }
    for doubt in doubts {
        settle(cx, doubt, &posting, &form.text)?;
    }
    let say = if posting.state == State::Hidden { t!("say.hidden") } else { t!("say.kept") };
    Ok(done(&posting, say))
}

fn settle(cx: &mut Write, mut doubt: Doc<Doubt>, posting: &Doc<Posting>, text: &str) -> Result<()> {
    doubt.settle(text);
    let doubt = cx.update(&doubt)?;
    let Some(person) = doubt.person.clone() else { return Ok(()) };
    let title = short(&posting.terms.title);
    let message = if posting.state == State::Hidden {
        Message::new(Reach::Person(person), format!("doubt:{}", doubt.id), both!("message.doubt.hidden", title = title))
    } else {
        Message::new(Reach::Person(person), format!("doubt:{}", doubt.id), both!("message.doubt.kept", title = title))
            .link(crate::pages::row::to(posting))
    };
    inform(cx, message.body(said(text)))
}
