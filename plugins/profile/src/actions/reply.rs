//! Answers to questions, in writing or noted when they were given in person.

use cunshi_sdk::prelude::{Outcome, Result, Write};

use super::{done, filled, moved};
use crate::domain::{Answer, Question};
use crate::{AnswerForm, AnswerInPersonForm, messages};

/// See `plugin.toml`.
pub fn answer(cx: &mut Write, form: AnswerForm) -> Result<Outcome> {
    reply(cx, &form.question, Some(form.text), false)
}

/// See `plugin.toml`.
pub fn answer_in_person(cx: &mut Write, form: AnswerInPersonForm) -> Result<Outcome> {
    reply(cx, &form.question, filled(form.text), true)
}

fn reply(cx: &mut Write, id: &str, text: Option<String>, in_person: bool) -> Result<Outcome> {
    let mut question = cx.data::<Question>().must(id)?;
    let answer = Answer { text, in_person, by: cx.caller()?.name.clone(), at: cx.now() };
    moved(question.answer(answer))?;
    let question = cx.update(&question)?;
    messages::answered(cx, &question)?;
    Ok(done("asked", &question.id, t!("say.answered")))
}
