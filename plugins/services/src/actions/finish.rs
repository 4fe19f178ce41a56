//! The ends of a request: finished, handed over, refused.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::{Opened, attach, moved, office};
use crate::domain::{Finish, Paper, PaperIndexes as _, code};
use crate::{FinishForm, HandOverForm, RefuseForm, words};

/// Gives the result: as a file, at the counter, or by saying that it is done.
pub fn finish(cx: &mut Write, form: FinishForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.request, form.seen.as_deref())?;
    let by = office(cx)?;
    let from_below = opened.request.origin.as_ref().map(|origin| origin.from_name.clone());
    let (how, say) = match (form.how.as_str(), &from_below) {
        // What the village below asked for, it gives to its villager itself.
        ("file" | "pickup", Some(name)) => {
            return Err(Error::invalid("how", t!("refused.result-below", name = name)));
        }
        (_, Some(name)) => (Finish::Now, t!("say.finished.below", name = name)),
        ("pickup", None) => {
            let given = form.place.filter(|place| !place.trim().is_empty());
            let place = given.unwrap_or_else(|| t!("counter", space = cx.space().name));
            (Finish::AtCounter(place), t!("say.ready"))
        }
        ("file", None) if form.files.is_empty() => {
            return Err(Error::invalid("files", t!("refused.no-file")));
        }
        (_, None) => (Finish::Now, t!("say.finished")),
    };
    if from_below.is_some() && form.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
        return Err(Error::invalid("text", t!("refused.say-result")));
    }
    attach(cx, &opened.paper, &form.files)?;
    opened.paper.files.extend(form.files);
    if let Finish::AtCounter(place) = &how {
        opened.paper.place = Some(place.clone());
        opened.paper.open_code = Some(fresh_code(cx)?);
    }
    let step = moved(opened.request.finish(&by, how, form.text))?;
    opened.save(cx, step, say)
}

/// A cadre hands the result over, by the code or by the identity card. A code is good once.
pub fn hand_over(cx: &mut Write, form: HandOverForm) -> Result<Outcome> {
    let typed = code::read(form.code.as_deref().unwrap_or_default());
    let by_code = if typed.is_empty() {
        None
    } else {
        let found = cx.data::<Paper>().by_code(typed).first()?;
        Some(found.ok_or_else(|| Error::invalid("code", t!("refused.no-code")))?.body.request)
    };
    let id = match (by_code, form.request) {
        (Some(found), Some(wanted)) if found != wanted => {
            return Err(Error::invalid("code", t!("refused.other-code")));
        }
        (Some(found), _) => found,
        (None, Some(wanted)) if form.checked => wanted,
        (None, _) => return Err(Error::invalid("code", t!("refused.code-or-card"))),
    };
    let mut opened = Opened::get(cx, &id)?;
    let taker = form.taker.filter(|taker| !taker.trim().is_empty());
    let step = moved(opened.request.hand_over(&office(cx)?, taker))?;
    opened.paper.open_code = None;
    let name = opened.request.asker_name.clone().unwrap_or_default();
    let title = words::said(&opened.request.title);
    opened.save(cx, step, t!("say.handed-over", name = name, title = title))
}

/// Refuses it with a reason, and with what to do instead.
pub fn refuse(cx: &mut Write, form: RefuseForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.request, form.seen.as_deref())?;
    let step = moved(opened.request.refuse(&office(cx)?, form.text, form.instead))?;
    opened.save(cx, step, t!("say.refused"))
}

/// A code with which nothing else waits.
fn fresh_code(cx: &mut Write) -> Result<String> {
    for _ in 0..8 {
        let code = code::of(&cx.new_id());
        if cx.data::<Paper>().by_code(code.as_str()).first()?.is_none() {
            return Ok(code);
        }
    }
    Err(Error::failed("no free pick-up code was found"))
}
