//! What waits for the actor: for the office drafts and notices that few have read or acknowledged, for those asked to
//! acknowledge one.

use cunshi_sdk::days::DAY;
use cunshi_sdk::prelude::{Doc, Micros, Read, Result, To, Todo};

use crate::domain::{Count, Notice, NoticeIndexes as _};
use crate::listing;
use crate::pages::row;
use crate::reader::Reader;
use crate::words;

/// Most to-dos of one sort.
const MOST: u32 = 20;
/// Longest title in a to-do, in characters.
const TITLE: usize = 30;
/// How long few readers are somebody's to-do.
const UNTIL: Micros = 30 * DAY;

/// The list, in no special order: the host sorts by due time and weight.
pub fn todos(cx: &Read) -> Result<Vec<Todo>> {
    let reader = Reader::of(cx)?;
    let mut todos = Vec::new();
    for notice in listing::waiting(cx, &reader, MOST)? {
        todos.push(to_acknowledge(&notice));
    }
    if reader.cadre {
        for notice in cx.data::<Notice>().by_state("draft").newest().take(MOST)? {
            let text = t!("todo.draft", title = words::cut(&notice.title, TITLE));
            todos.push(Todo::new(text, row::to(&notice)).weight(40));
        }
        few_readers(cx, &mut todos)?;
    }
    Ok(todos)
}

fn to_acknowledge(notice: &Doc<Notice>) -> Todo {
    let text = t!("todo.acknowledge", title = words::cut(&notice.title, TITLE));
    let todo = Todo::new(text, row::to(notice)).weight(if notice.urgent { 90 } else { 50 });
    match notice.expires_at {
        Some(end) => todo.due(end),
        None => todo,
    }
}

/// By the counts that the clock's job keeps.
fn few_readers(cx: &Read, todos: &mut Vec<Todo>) -> Result<()> {
    let days = cx.setting::<i64>("low_days")?.clamp(1, 30);
    let least = cx.setting::<i64>("low_percent")?.clamp(1, 100);
    let (from, to) = (cx.now() - UNTIL, cx.now() - days * DAY);
    for notice in cx.data::<Notice>().by_board("current").from(from).to(to).newest().take(MOST)? {
        let Some(count) = notice.count else { continue };
        let Some((text, show)) = few(&notice, count, least) else { continue };
        let to = To::page("readers").with("id", notice.id.as_str()).with("show", show);
        todos.push(Todo::new(text, to).weight(if notice.urgent { 70 } else { 30 }));
    }
    Ok(())
}

fn few(notice: &Notice, count: Count, least: i64) -> Option<(String, &'static str)> {
    let title = words::cut(&notice.title, TITLE);
    let missing = count.reached - count.acknowledged;
    if count.percent_read() < least {
        return Some((t!("todo.unread", title = title, percent = count.percent_read()), "unread"));
    }
    match missing {
        1 if notice.acknowledge => Some((t!("todo.unacknowledged.one", title = title), "unacknowledged")),
        n if notice.acknowledge && n > 1 => {
            Some((t!("todo.unacknowledged.many", title = title, n = n), "unacknowledged"))
        }
        _ => None,
    }
}
