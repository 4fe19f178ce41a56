//! What waits for the actor: entries to confirm, disputes, promises, drafts, and duties at the month's end.

use cunshi_sdk::prelude::{Doc, Read, Result, To, Todo};

use crate::domain::days::{self, DAY, Micros};
use crate::domain::{Entry, Sum, month};
use crate::{books, listing, words};

/// Most to-dos of one sort.
const MOST: u32 = 20;
/// Working days before the end of a month or quarter in which missing duties are said.
const LAST_DAYS: i32 = 5;
/// Days before a promise is due in which it is said.
const AHEAD: i64 = 3;
/// Longest text in a to-do, in characters.
const TEXT: usize = 24;

/// The list, in no special order: the host sorts by due time and weight.
pub fn todos(cx: &Read) -> Result<Vec<Todo>> {
    let Some(actor) = cx.actor() else { return Ok(Vec::new()) };
    let mut todos = Vec::new();
    if let Some(household) = &actor.household {
        to_confirm(cx, household, &actor.person, &mut todos)?;
    }
    if actor.is("supervisor") || actor.is("admin") {
        disputes(cx, &mut todos)?;
    }
    if actor.is("cadre") || actor.is("admin") {
        promises(cx, &actor.person, &mut todos)?;
        drafts(cx, &actor.person, &mut todos)?;
        homes(cx, &mut todos)?;
    }
    if actor.is("cadre") {
        duties(cx, &actor.person, &mut todos)?;
    }
    Ok(todos)
}

fn to_confirm(cx: &Read, household: &str, person: &str, todos: &mut Vec<Todo>) -> Result<()> {
    for entry in listing::waiting_for(cx, household, MOST)? {
        // What nobody answered for a month is not asked for ever.
        if entry.author == person || days::days_between(entry.asked_at(), cx.now()) > month::BACK_DAYS {
            continue;
        }
        let (name, date) = (&entry.author_name, words::date(entry.day));
        let text = t!("todo.confirm", name = name, date = date, kind = words::kind(entry.kind));
        todos.push(Todo::new(text, to(&entry)).weight(50));
    }
    Ok(())
}

fn disputes(cx: &Read, todos: &mut Vec<Todo>) -> Result<()> {
    let Some(actor) = cx.actor() else { return Ok(()) };
    for entry in listing::disputed(cx, MOST, None)?.0 {
        if entry.may_judge(&actor.person, actor.household.as_deref()) {
            let text = t!("todo.dispute", name = entry.author_name, date = words::date(entry.day));
            todos.push(Todo::new(text, to(&entry)).weight(80));
        }
    }
    Ok(())
}

fn promises(cx: &Read, person: &str, todos: &mut Vec<Todo>) -> Result<()> {
    for entry in listing::promises(cx, person, MOST)? {
        let Some(due) = entry.follow_up.map(|due| due + DAY - 1) else { continue };
        if days::days_between(cx.now(), due) > AHEAD {
            continue;
        }
        let promised = words::cut(entry.promised.as_deref().unwrap_or_default(), TEXT);
        let (text, weight) = if due < cx.now() {
            (t!("todo.promise.late", what = promised), 75)
        } else {
            (t!("todo.promise", what = promised), 55)
        };
        todos.push(Todo::new(text, to(&entry)).due(due).weight(weight));
    }
    Ok(())
}

fn drafts(cx: &Read, person: &str, todos: &mut Vec<Todo>) -> Result<()> {
    let drafts = listing::drafts(cx, person, MOST)?;
    let Some(oldest) = drafts.iter().map(|draft| draft.day).min() else { return Ok(()) };
    let text = match drafts.len() {
        1 => t!("todo.drafts.one"),
        n => t!("todo.drafts.many", n = n),
    };
    // After that day it can no longer be published.
    let due = oldest + (month::BACK_DAYS + 1) * DAY - 1;
    todos.push(Todo::new(text, To::page("drafts")).due(due).weight(20));
    Ok(())
}

fn duties(cx: &Read, person: &str, todos: &mut Vec<Todo>) -> Result<()> {
    let start = days::month_start(cx.now());
    let end = days::next_month(start) - 1;
    if !is_near(cx, end)? {
        return Ok(());
    }
    let sheet = books::sheet(cx, start, person)?;
    if sheet.as_ref().is_some_and(|sheet| sheet.excused) {
        return Ok(());
    }
    let sum = sheet.map_or_else(Sum::default, |sheet| sheet.sum());
    if let Some(missing) = words::missing(books::duties(cx)?, &sum) {
        todos.push(Todo::new(t!("todo.duties", missing = missing), To::page("calendar")).due(end).weight(60));
    }
    Ok(())
}

fn homes(cx: &Read, todos: &mut Vec<Todo>) -> Result<()> {
    let end = month::next_quarter(cx.now()) - 1;
    if !cx.setting::<bool>("homes_each_quarter")? || !is_near(cx, end)? {
        return Ok(());
    }
    let visited = books::visited(cx, cx.now())?;
    let homes = books::homes(cx)?;
    let left = homes.iter().filter(|home| !visited.contains_key(&home.household)).count();
    let text = match left {
        0 => return Ok(()),
        1 => t!("todo.homes.one"),
        n => t!("todo.homes.many", n = n),
    };
    todos.push(Todo::new(text, To::page("homes")).due(end).weight(65));
    Ok(())
}

/// Whether today is one of the last working days before an instant.
fn is_near(cx: &Read, end: Micros) -> Result<bool> {
    // From yesterday on, so that today counts where it is worked.
    Ok(cx.working_days_between(cx.now() - DAY, end)? <= LAST_DAYS)
}

fn to(entry: &Doc<Entry>) -> To {
    To::page("diary").with("id", entry.id.as_str())
}
