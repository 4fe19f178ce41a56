//! What waits for the actor: requests for the office; papers, a result or a rating for whoever asked.

use cunshi_sdk::prelude::{Doc, Read, Result, Todo};

use crate::domain::days::DAY;
use crate::domain::{Board, Request, RequestIndexes as _, State, StepKind};
use crate::pages::row;
use crate::words;

/// Days after which the office asks about what the asker has not added or fetched: contents are kept until it ends.
const QUIET_DAYS: i64 = 30;

/// The list, in no special order: the host sorts by due time and weight.
pub fn todos(cx: &Read) -> Result<Vec<Todo>> {
    let Some(actor) = cx.actor() else { return Ok(Vec::new()) };
    let mut todos = Vec::new();
    if actor.is("cadre") {
        for request in cx.data::<Request>().by_board(Board::Work.as_str()).take(100)? {
            todos.extend(of_office(cx, &request)?);
        }
        for board in [Board::Asker, Board::Ready] {
            let waiting = cx.data::<Request>().by_board(board.as_str()).take(50)?;
            todos.extend(waiting.iter().filter_map(|request| quiet(cx, request)));
        }
    }
    for request in cx.data::<Request>().by_asker(actor.person.as_str()).newest().take(20)? {
        todos.extend(of_asker(cx, &request));
    }
    Ok(todos)
}

fn of_office(cx: &Read, request: &Doc<Request>) -> Result<Option<Todo>> {
    let (service, number) = (words::said(&request.title), request.number.as_str());
    let (text, weight) = match request.state {
        _ if request.is_late(cx.now()) => (t!("todo.overdue", service = service, number = number), 90),
        State::Received if request.last == StepKind::Supplemented => {
            (t!("todo.supplemented", service = service, number = number), 65)
        }
        State::Received => (t!("todo.new", service = service, number = number), 60),
        State::Handling if request.is_returned() => {
            (t!("todo.returned", service = service, number = number, office = words::passed_to(request)), 65)
        }
        State::Handling if request.last == StepKind::Supplemented => {
            (t!("todo.supplemented", service = service, number = number), 65)
        }
        _ if cx.working_days_between(cx.now(), request.due_at)? <= 1 => {
            (t!("todo.soon", service = service, number = number), 50)
        }
        _ => return Ok(None),
    };
    Ok(Some(Todo::new(text, row::to(request)).due(request.due_at).weight(weight)))
}

/// Nothing was heard for long.
fn quiet(cx: &Read, request: &Doc<Request>) -> Option<Todo> {
    let (service, number) = (words::said(&request.title), request.number.as_str());
    let (since, text) = match request.state {
        State::Lacking => (request.paused_at?, t!("todo.quiet.papers", service = service, number = number)),
        _ => (request.done_at?, t!("todo.quiet.fetch", service = service, number = number)),
    };
    (cx.now() - since > QUIET_DAYS * DAY).then(|| Todo::new(text, row::to(request)).weight(10))
}

fn of_asker(cx: &Read, request: &Doc<Request>) -> Option<Todo> {
    let service = words::said(&request.title);
    match request.state {
        State::Lacking => Some(Todo::new(t!("todo.lacking", service = service), row::to(request)).weight(70)),
        State::Ready => Some(Todo::new(t!("todo.fetch", service = service), row::to(request)).weight(60)),
        State::Done => {
            let until = request.rate_until().filter(|until| cx.now() <= *until)?;
            Some(Todo::new(t!("todo.rate", service = service), row::to(request)).due(until).weight(20))
        }
        _ => None,
    }
}
