//! What waits for the actor: duties, drafts and questions for the office, signatures for the supervisors.

use cunshi_sdk::prelude::{Doc, Read, Result, To, Todo};

use crate::domain::days::{DAY, Micros};
use crate::domain::{Disclosure, DisclosureIndexes as _, Duty, Question};
use crate::listing::{self, Show};
use crate::pages::row;
use crate::{keep, words};

/// Days before its day from which a duty is somebody's to do.
const SOON: Micros = 7 * DAY;
/// Longest title in a to-do, in characters.
const TITLE: usize = 30;
/// Things of each kind.
const EACH: u32 = 30;

/// The list, in no special order: the host sorts by due time and weight.
pub fn todos(cx: &Read) -> Result<Vec<Todo>> {
    let Some(actor) = cx.actor() else { return Ok(Vec::new()) };
    let mut todos = Vec::new();
    if actor.is("supervisor") {
        for paper in on(cx, "submitted")?.iter().filter(|paper| !paper.is_by(&actor.person)) {
            let text = t!("todo.sign", title = title(paper));
            todos.push(with_due(Todo::new(text, row::to_paper(paper)).weight(70), paper.due_at));
        }
    }
    if !actor.is("cadre") {
        return Ok(todos);
    }
    let (open, _) = listing::questions(cx, Show::Open, EACH, None)?;
    todos.extend(open.iter().map(|question| of_question(cx, question)));
    if keep::keeps_the_list(cx) && keep::calendar(cx)?.unsent {
        todos.push(Todo::new(t!("todo.send"), To::page("items")).weight(40));
    }
    if !keep::has_duties(cx) {
        return Ok(todos);
    }
    for duty in listing::overdue(cx, EACH)?.iter().chain(&listing::coming(cx, EACH)?) {
        todos.extend(of_duty(cx, duty));
    }
    for paper in on(cx, "draft")?.iter().filter(|paper| paper.returned().is_some()) {
        let text = t!("todo.returned", title = title(paper));
        todos.push(with_due(Todo::new(text, row::to_paper(paper)).weight(75), paper.due_at));
    }
    Ok(todos)
}

fn on(cx: &Read, board: &str) -> Result<Vec<Doc<Disclosure>>> {
    Ok(cx.data::<Disclosure>().by_board(board).take(EACH)?)
}

fn title(paper: &Disclosure) -> String {
    words::cut(&words::in_language(&paper.title), TITLE)
}

fn with_due(todo: Todo, due: Option<Micros>) -> Todo {
    match due {
        Some(at) => todo.due(at),
        None => todo,
    }
}

fn of_question(cx: &Read, question: &Doc<Question>) -> Todo {
    let text = words::cut(&question.text, TITLE);
    let (text, weight) = if cx.now() > question.due_at {
        (t!("todo.question.late", title = text), 90)
    } else {
        (t!("todo.question", title = text), 60)
    };
    Todo::new(text, row::to_question(question)).due(question.due_at).weight(weight)
}

/// A duty that is near or past; with the supervisors it is theirs, not the office's.
fn of_duty(cx: &Read, duty: &Duty) -> Option<Todo> {
    if duty.due_at - cx.now() > SOON {
        return None;
    }
    let title = words::cut(&words::duty(duty), TITLE);
    let late = duty.is_overdue(cx.now());
    let (text, to) = match &duty.disclosure {
        Some(id) => (t!("todo.finish", title = title), To::page("disclosure").with("id", id.as_str())),
        None if late => (t!("todo.overdue", title = title), write(duty)),
        None => (t!("todo.soon", title = title), write(duty)),
    };
    Some(Todo::new(text, to).due(duty.due_at).weight(if late { 90 } else { 50 }))
}

fn write(duty: &Duty) -> To {
    To::page("write").with("duty", duty.key.as_str())
}
