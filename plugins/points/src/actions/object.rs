//! Objections during the publicity period, and their answers.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write, json};

use super::{done, due_after, moved};
use crate::domain::{Award, Objection, ObjectionIndexes as _, Refused};
use crate::{AnswerObjectionForm, ObjectForm, messages, way, words};

/// Messages to those who objected to the same: a call sends no more than so many.
const MOST_TOLD: u32 = 15;

/// Any villager objects.
pub fn object(cx: &mut Write, form: ObjectForm) -> Result<Outcome> {
    let mut award = cx.data::<Award>().must(&form.award)?;
    let (by, now) = (way::actor(cx)?, cx.now());
    if cx.data::<Objection>().by_open(Objection::key(&award.id, &by.person)).first()?.is_some() {
        return moved(Err(Refused::AlreadyObjected));
    }
    moved(award.object(now))?;
    let due = due_after(cx, "days_answer")?;
    let objection = Objection::new(&award.id, &award.number, &award.label, by, form.text, now, due);
    let objection = cx.insert(&objection)?;
    let award = way::save(cx, true, award)?;
    let said = done(&award, t!("say.objected", date = words::date(due)));
    Ok(said.result(json!({ "id": objection.id, "award": award.id, "state": objection.state, "due": due })))
}

/// Somebody of the office answers who has no part in it.
pub fn answer(cx: &mut Write, form: &AnswerObjectionForm) -> Result<Outcome> {
    let mut objection = cx.data::<Objection>().must(&form.objection)?;
    let mut award = cx.data::<Award>().must(&objection.award)?;
    let (by, now) = (way::actor(cx)?, cx.now());
    if objection.open_key.is_none() {
        return moved(Err(Refused::Answered));
    }
    if objection.by.is_of(Some(&by.person), by.household.as_deref()) {
        return moved(Err(Refused::OwnHand));
    }
    let upheld = match form.verdict.as_str() {
        "upheld" => true,
        "dismissed" => false,
        _ => return Err(Error::invalid("verdict", t!("wrong.verdict"))),
    };
    moved(award.answered(by.clone(), upheld, form.text.clone(), now))?;
    objection.answer(by.clone(), upheld, form.text.clone(), now);
    let objection = cx.update(&objection)?;
    messages::answered(cx, &objection)?;
    if upheld {
        answer_the_rest(cx, &award)?;
    }
    let award = way::save(cx, true, award)?;
    let say = if upheld { t!("say.upheld") } else { t!("say.dismissed") };
    let result = json!({ "id": objection.id, "award": award.id, "award_state": award.state.as_str(), "state": objection.state, "on_time": objection.on_time });
    Ok(done(&award, say).result(result))
}

/// Others objected too: what is struck is struck for them as well.
fn answer_the_rest(cx: &mut Write, award: &Doc<Award>) -> Result<()> {
    let (by, now) = (way::actor(cx)?, cx.now());
    let mut told = 0;
    for mut other in cx.data::<Objection>().by_award(award.id.as_str()).take(50)? {
        if other.open_key.is_some() {
            other.answer(by.clone(), true, t!("objection.with-another"), now);
            let other = cx.update(&other)?;
            told += 1;
            if told < MOST_TOLD {
                messages::answered(cx, &other)?;
            }
        }
    }
    Ok(())
}
