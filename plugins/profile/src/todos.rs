//! What waits for the office: questions to answer, a day without duty, a page without an introduction.

use cunshi_sdk::days::DAY;
use cunshi_sdk::prelude::{Doc, Read, Result, To, Todo};

use crate::domain::{Question, Rota, State};
use crate::{listing, words};

/// Most questions in the list.
const MOST: u32 = 50;

/// The list, in no special order: the host sorts by due time and weight.
pub fn todos(cx: &Read) -> Result<Vec<Todo>> {
    let mut todos = Vec::new();
    if !words::has(cx, "cadre") {
        return Ok(todos);
    }
    let (waiting, _) = listing::questions(cx, State::Waiting, MOST, None)?;
    todos.extend(waiting.iter().map(|question| answer(cx, question)));
    todos.extend(nobody_on_duty(cx)?);
    if words::has(cx, "admin") && listing::about(cx)?.is_none_or(|about| about.text.is_empty()) {
        todos.push(Todo::new(t!("todo.introduction"), To::page("edit")).weight(10));
    }
    Ok(todos)
}

fn answer(cx: &Read, question: &Doc<Question>) -> Todo {
    let text = words::cut(&words::short(question), 24);
    let (text, weight) = if question.is_late(cx.now()) {
        (t!("todo.late", question = text), 85)
    } else {
        (t!("todo.answer", question = text), 45)
    };
    Todo::new(text, To::page("asked").with("id", question.id.as_str())).due(question.due_at).weight(weight)
}

/// On a working day somebody should be on duty, or it should be said that nobody is.
fn nobody_on_duty(cx: &Read) -> Result<Option<Todo>> {
    let now = cx.now();
    if cx.working_days_between(now - DAY, now)? < 1 {
        return Ok(None);
    }
    let duties = listing::duties(cx, cunshi_sdk::days::midnight(now), 1)?;
    let all: Vec<_> = duties.iter().map(|duty| &duty.body).collect();
    let rota = Rota::of(&all, now);
    let missing = rota.on.is_empty() && rota.closed.is_none();
    Ok(missing.then(|| Todo::new(t!("todo.duty"), To::page("duty-desk")).weight(20)))
}
