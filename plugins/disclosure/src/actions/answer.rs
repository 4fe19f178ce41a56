//! An office answers: the village a villager, the town what a village raised.

use cunshi_sdk::prelude::{Outcome, Result, Write};

use super::ask::{asked, done};
use crate::domain::{Question, Said};
use crate::events::tell;
use crate::{AnswerForm, notes};

/// See `plugin.toml`.
pub fn answer(cx: &mut Write, form: &AnswerForm) -> Result<Outcome> {
    let mut question = cx.data::<Question>().must(&form.question)?;
    let name = cx.caller()?.name.clone();
    asked(question.say(Said { text: form.text.clone(), name, at: cx.now() }))?;
    let id = question.id.clone();
    tell::question(cx, &id, &mut question, false)?;
    let question = cx.update(&question)?;
    tell::answered(cx, &question, &form.text)?;
    notes::asker(cx, &question, "answered", both!("message.answered", number = question.number), None)?;
    let say = match &question.origin {
        Some(origin) => t!("say.answered-below", from = origin.from_name),
        None => t!("say.answered"),
    };
    Ok(done(&question, say))
}
