//! A villager asks the secretary, withdraws a question, or takes it out of everybody's sight.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Read, Result, To, Write};

use super::{done, filled, moved, whom};
use crate::domain::question::{Asked, MOST_OPEN};
use crate::domain::{Question, QuestionIndexes as _, Session, Sight, State};
use crate::{AskForm, MakePrivateForm, WithdrawQuestionForm, messages, words};

/// See `plugin.toml`.
pub fn ask(cx: &mut Write, form: AskForm) -> Result<Outcome> {
    let (asker, name, entered_by) = whom(cx)?;
    if entered_by.is_some() && form.private && private_sight(cx)? == Sight::Secretary && !cx.caller()?.is("admin") {
        // Whoever enters it reads it, so it would not be for the secretary alone.
        return Err(Error::invalid("private", t!("wrong.private")));
    }
    let own = cx.data::<Question>().by_asker(asker.as_str()).newest().take(50)?;
    if own.iter().filter(|question| question.state == State::Waiting).count() >= MOST_OPEN {
        return Err(Error::conflict(t!("refused.questions", n = MOST_OPEN)));
    }
    let session = match filled(form.session) {
        Some(id) => {
            let session = cx.data::<Session>().must(&id)?;
            if !session.takes_questions(cx.now()) {
                return Err(Error::conflict(t!("refused.session-over")));
            }
            Some(id)
        }
        None => None,
    };
    let sight = if form.private { private_sight(cx)? } else { Sight::Public };
    let days = cx.setting::<i64>("answer_days")?;
    let asked = Asked { asker, name, entered_by, sight, session, days, at: cx.now() };
    let question = cx.insert(&Question::asked(asked, form.text))?;
    Ok(done("asked", &question.id, t!("say.asked", date = words::date(question.due_at))))
}

/// See `plugin.toml`.
pub fn withdraw_question(cx: &mut Write, form: &WithdrawQuestionForm) -> Result<Outcome> {
    let mut question = cx.data::<Question>().must(&form.question)?;
    if !question.is_of(&cx.caller()?.person) {
        return Err(Error::denied(t!("refused.not-yours")));
    }
    moved(question.withdraw())?;
    let question = cx.update(&question)?;
    Ok(leave(&question, t!("say.withdrawn")))
}

/// By the asker at will; by a cadre with a reason, which the asker is told.
pub fn make_private(cx: &mut Write, form: MakePrivateForm) -> Result<Outcome> {
    let mut question = cx.data::<Question>().must(&form.question)?;
    let caller = cx.caller()?;
    if question.is_of(&caller.person) {
        moved(question.hide(private_sight(cx)?, None))?;
        let question = cx.update(&question)?;
        return Ok(done("asked", &question.id, t!("say.hidden")));
    }
    if !caller.is("cadre") {
        return Err(Error::denied(t!("refused.not-yours")));
    }
    let reason = filled(form.reason).ok_or_else(|| Error::invalid("reason", t!("wrong.reason")))?;
    // The cadres have read it already: the one who answers must not lose it.
    moved(question.hide(Sight::Office, Some(reason.clone())))?;
    let question = cx.update(&question)?;
    messages::hidden(cx, &question, &reason)?;
    Ok(done("asked", &question.id, t!("say.hidden")))
}

/// Who reads private questions here.
pub fn private_sight(cx: &Read) -> Result<Sight> {
    Ok(if cx.setting::<String>("private_for")? == "cadres" { Sight::Office } else { Sight::Secretary })
}

fn leave(question: &Doc<Question>, say: String) -> Outcome {
    Outcome::to(To::page("mine")).say(say).about(&question.id)
}
