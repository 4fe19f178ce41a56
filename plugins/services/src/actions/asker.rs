//! What the asker does: add papers, withdraw, rate.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};
use cunshi_sdk::words::{masked, masked_name};

use super::{Opened, asker, attach, moved, office, resumed};
use crate::domain::{Board, Rating};
use crate::{RateForm, SupplementForm, WithdrawForm};

/// Adds words or papers. A cadre may, for somebody who brought them to the counter.
pub fn supplement(cx: &mut Write, form: SupplementForm) -> Result<Outcome> {
    let mut opened = Opened::get(cx, &form.request)?;
    let caller = cx.caller()?;
    let own = opened.request.is_of(&caller.person);
    if !own && !caller.is("cadre") {
        return Err(Error::denied(t!("refused.not-yours")));
    }
    let text = form.text.filter(|text| !text.trim().is_empty());
    if text.is_none() && form.photos.is_empty() {
        return Err(Error::invalid("text", t!("refused.nothing-added")));
    }
    let by = if own { asker(cx)? } else { office(cx)? };
    attach(cx, &opened.paper, &form.photos)?;
    let due_at = resumed(cx, &opened.request)?;
    let step = moved(opened.request.supplement(&by, text, form.photos, due_at))?;
    let say = match opened.request.state.board() {
        Board::Up => t!("say.supplemented.up"),
        _ if own => t!("say.supplemented"),
        _ => t!("say.added"),
    };
    opened.save(cx, step, say)
}

/// Does not want it any more.
pub fn withdraw(cx: &mut Write, form: WithdrawForm) -> Result<Outcome> {
    let mut opened = Opened::of_asker(cx, &form.request)?;
    let step = moved(opened.request.withdraw(&asker(cx)?, form.text))?;
    opened.save(cx, step, t!("say.withdrawn"))
}

/// Stars and words, once. They are public, with a masked name and without a way back to the request.
pub fn rate(cx: &mut Write, form: RateForm) -> Result<Outcome> {
    let mut opened = Opened::of_asker(cx, &form.request)?;
    let by = asker(cx)?;
    let step = moved(opened.request.rate(&by, form.stars))?;
    let text = form.text.filter(|text| !text.trim().is_empty());
    cx.insert(&Rating {
        service: opened.request.service.clone(),
        stars: opened.request.stars.unwrap_or(form.stars),
        text: text.map(|text| masked(&text).into_owned()),
        name: masked_name(by.name.as_deref().unwrap_or_default()),
        at: cx.now(),
    })?;
    opened.save(cx, step, t!("say.rated"))
}
