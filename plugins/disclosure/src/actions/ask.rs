//! A villager asks, and turns to the town when the answer does not do.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write, json};

use super::in_a_village;
use crate::domain::question::New;
use crate::domain::{Asked, Disclosure, Question};
use crate::events::{hear, tell};
use crate::{AskForm, UnsatisfiedForm, words};

/// A question, about a disclosure or about what should be public.
pub fn ask(cx: &mut Write, form: AskForm) -> Result<Outcome> {
    in_a_village(cx)?;
    crate::keep::here(cx)?;
    let caller = cx.caller()?.clone();
    let (asker, entered_by) = match &caller.on_behalf_of {
        Some(person) => {
            let person = cx.person(person)?.ok_or(Error::Missing)?;
            ((person.id, person.name), Some(caller.name.clone()))
        }
        None => ((caller.person.clone(), caller.name.clone()), None),
    };
    let paper = match form.disclosure.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => Some(cx.data::<Disclosure>().must(id)?),
        None => None,
    };
    // Cadres read drafts too, but nobody asks in public about what is not.
    if paper.as_ref().is_some_and(|paper| !paper.is_public()) {
        return Err(Error::conflict(t!("refused.not-public")));
    }
    let number = hear::next_number(cx)?;
    let question = Question::asked(New {
        number,
        root: paper.as_ref().map(|paper| paper.root.clone()),
        about: paper.as_ref().map(|paper| paper.title.clone()),
        affairs: paper.as_ref().map(|paper| paper.affairs),
        text: form.text,
        asker: Some(asker),
        entered_by,
        private: form.private,
        origin: None,
        at: cx.now(),
    });
    let question = cx.insert(&question)?;
    let date = words::date(question.due_at);
    Ok(done(&question, t!("say.asked", number = question.number, date = date)))
}

/// The asker is not satisfied: the town answers within 20 days.
pub fn unsatisfied(cx: &mut Write, form: UnsatisfiedForm) -> Result<Outcome> {
    let mut question = cx.data::<Question>().must(&form.question)?;
    if !question.is_of(&cx.caller()?.person) {
        return Err(Error::denied(t!("refused.not-yours")));
    }
    let above = cx.space().above.clone().ok_or_else(|| Error::conflict(t!("refused.no-above")))?;
    asked(question.dispute(&above, form.text, cx.now()))?;
    let question = cx.update(&question)?;
    tell::raised(cx, &question)?;
    let date = words::date(question.waits_until().unwrap_or(question.due_at));
    Ok(done(&question, t!("say.raised", office = above, date = date)))
}

/// A move that the domain refused.
pub fn asked(result: Result<(), Asked>) -> Result<()> {
    result.map_err(|why| Error::conflict(words::asked(why)))
}

/// Leads to a question with a sentence.
pub fn done(question: &Doc<Question>, say: String) -> Outcome {
    let result = json!({
        "id": question.id, "number": question.number, "state": question.state, "due_at": question.waits_until(),
    });
    Outcome::go("question", &question.id).say(say).result(result).about(&question.id)
}
