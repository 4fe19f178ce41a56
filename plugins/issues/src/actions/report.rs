//! A villager says something; or a cadre enters it for somebody without a phone.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write};

use super::deadline::to_accept;
use super::{done, register};
use crate::domain::{Answer, Case, Report, Visibility};
use crate::{ReportForm, words};

/// See `plugin.toml`.
pub fn report(cx: &mut Write, form: ReportForm) -> Result<Outcome> {
    let caller = cx.caller()?.clone();
    let (reporter, reporter_name, entered_by) = match &caller.on_behalf_of {
        Some(person) => {
            let person = cx.person(person)?.ok_or(Error::Missing)?;
            (person.id, person.name, Some(caller.name.clone()))
        }
        None => (caller.person.clone(), caller.name.clone(), None),
    };
    let due_at = to_accept(cx, &form.category)?;
    let report = Report {
        answers: answers(&form),
        title: form.title,
        detail: form.detail,
        place: form.place,
        category: form.category,
        photos: form.photos,
        visibility: if form.private { Visibility::Private } else { Visibility::Public },
        reporter: Some(reporter),
        reporter_name: Some(reporter_name),
        entered_by,
        at: cx.now(),
        due_at,
        ..Report::default()
    };
    let case = register(cx, report, Case::reported)?;
    Ok(lead_on(&case))
}

/// The villager goes to their case; the cadre to the receipt that the villager takes home.
fn lead_on(case: &Doc<Case>) -> Outcome {
    if case.entered_by.is_none() {
        let date = words::date(case.due_at);
        return done(case, t!("say.reported", number = case.number, date = date));
    }
    let name = case.reporter_name.as_deref().unwrap_or_default();
    let said = done(case, t!("say.entered", number = case.number, name = name));
    Outcome { go: Outcome::go("receipt", &case.id).go, ..said }
}

/// What was answered to the questions of the category.
fn answers(form: &ReportForm) -> Vec<Answer> {
    let yes = |given: bool| given.then(|| "true".to_owned());
    let given = [
        ("danger", yes(form.danger)),
        ("lamp", form.lamp.clone()),
        ("households", form.households.map(|n| n.to_string())),
        ("mediate", yes(form.mediate)),
        ("paper", form.paper.clone()),
        ("since", form.since.clone()),
    ];
    let answers = given.into_iter().filter_map(|(question, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(Answer { question: question.to_owned(), value })
    });
    answers.collect()
}
