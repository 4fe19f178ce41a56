//! Corrections: the admin asks, another person lets them through. Rows of the ledger are never changed.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write, json};

use super::moved;
use crate::domain::{Award, Correction, CorrectionIndexes as _, Refused, amount};
use crate::{ApproveCorrectionForm, CorrectForm, RefuseCorrectionForm, messages, way, words};

/// Asks for one.
pub fn correct(cx: &mut Write, form: CorrectForm) -> Result<Outcome> {
    let award = cx.data::<Award>().must(&form.award)?;
    if cx.data::<Correction>().by_open(award.id.as_str()).first()?.is_some() {
        return moved(Err(Refused::CorrectionWaits));
    }
    let (by, now) = (way::actor(cx)?, cx.now());
    let correction = moved(Correction::ask(&award.id, &award, form.points, form.text, by, now))?;
    let correction = cx.insert(&correction)?;
    Ok(done(&award, &correction, t!("say.correction-asked")))
}

/// Lets it through: a row of its own puts the first one right.
pub fn approve(cx: &mut Write, form: &ApproveCorrectionForm) -> Result<Outcome> {
    let mut correction = cx.data::<Correction>().must(&form.correction)?;
    let mut award = cx.data::<Award>().must(&correction.award)?;
    let (second, now) = (way::actor(cx)?, cx.now());
    moved(correction.decide(&award, second.clone(), None, now))?;
    let posted = way::correct(cx, &award, correction.by_hundredths(), &correction.text)?;
    let posted = posted.ok_or_else(|| Error::conflict(t!("refused.nothing-there")))?;
    award.corrected(second, posted, correction.text.clone(), now);
    let (correction, award) = (cx.update(&correction)?, cx.update(&award)?);
    messages::corrected(cx, &award, &correction, posted)?;
    Ok(done(&award, &correction, t!("say.corrected", points = words::signed(award.posted))))
}

/// Does not agree.
pub fn refuse(cx: &mut Write, form: RefuseCorrectionForm) -> Result<Outcome> {
    let mut correction = cx.data::<Correction>().must(&form.correction)?;
    let award = cx.data::<Award>().must(&correction.award)?;
    let (second, now) = (way::actor(cx)?, cx.now());
    moved(correction.decide(&award, second, Some(form.text), now))?;
    let correction = cx.update(&correction)?;
    Ok(done(&award, &correction, t!("say.correction-refused")))
}

fn done(award: &Doc<Award>, correction: &Doc<Correction>, say: String) -> Outcome {
    let result = json!({
        "id": correction.id, "award": award.id, "state": correction.state,
        "from": amount::show(correction.from), "to": amount::show(correction.to), "posted": amount::show(award.posted),
    });
    super::done(award, say).result(result)
}
