//! What waits for the actor: cases for the office, a rating for the reporter.

use cunshi_sdk::prelude::{Doc, Read, Result, Todo};

use crate::domain::case::REOPEN_DAYS;
use crate::domain::days::DAY;
use crate::domain::{Case, CaseIndexes as _, State};
use crate::pages::row;
use crate::words;

/// Longest title in a to-do, in characters.
const TITLE: usize = 30;

/// The list, in no special order: the host sorts by due time and weight.
pub fn todos(cx: &Read) -> Result<Vec<Todo>> {
    let Some(actor) = cx.actor() else { return Ok(Vec::new()) };
    let mut todos = Vec::new();
    if actor.is("cadre") {
        for case in cx.data::<Case>().by_due("open").take(100)? {
            todos.extend(of_office(cx, &case)?);
        }
    }
    for case in cx.data::<Case>().by_reporter(actor.person.as_str()).newest().take(20)? {
        todos.extend(of_reporter(cx, &case));
    }
    Ok(todos)
}

fn of_office(cx: &Read, case: &Doc<Case>) -> Result<Option<Todo>> {
    let title = words::cut(&case.title, TITLE);
    let (text, weight) = match case.state {
        State::Reported if case.answer("danger").is_some() => (t!("todo.danger", title = title), 100),
        _ if case.is_overdue(cx.now()) => (t!("todo.overdue", title = title), 90),
        State::Reported => (t!("todo.accept", title = title), 60),
        State::Reopened => (t!("todo.reopened", title = title), 70),
        State::Handling if case.words_from_above().is_some() => {
            (t!("todo.returned", office = words::upper(case), title = title), 65)
        }
        _ if cx.working_days_between(cx.now(), case.due_at)? <= 1 => (t!("todo.soon", title = title), 50),
        _ => return Ok(None),
    };
    Ok(Some(Todo::new(words::capital(text), row::to(case)).due(case.due_at).weight(weight)))
}

fn of_reporter(cx: &Read, case: &Doc<Case>) -> Option<Todo> {
    if case.state != State::Closed || !case.may_reopen(cx.now()) {
        return None;
    }
    let until = case.closed_at? + REOPEN_DAYS * DAY;
    let text = t!("todo.rate", title = words::cut(&case.title, TITLE));
    Some(Todo::new(text, row::to(case)).due(until).weight(30))
}
