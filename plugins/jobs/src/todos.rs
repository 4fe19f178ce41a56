//! What waits for a cadre: reports, proposals, sign-ups, drafts, and postings of which nobody has heard for long.

use cunshi_sdk::days::DAY;
use cunshi_sdk::prelude::{Read, Result, Todo};

use crate::domain::State;
use crate::pages::row;
use crate::words::{Reader, lacks, short};
use crate::{listing, words};

/// Most to-dos of one sort.
const MOST: u32 = 20;
/// Days in which a sign-up should be answered.
const ANSWER: i64 = 3;
/// Days after which a silent posting is everybody's to ask about, not only its own cadre's.
const ANYBODY: i64 = 7;

/// The list, in no special order: the host sorts by due time and weight.
pub fn todos(cx: &Read) -> Result<Vec<Todo>> {
    let reader = Reader::of(cx);
    let mut todos = Vec::new();
    if !reader.cadre {
        return Ok(todos);
    }
    for doubt in listing::doubts(cx, MOST)? {
        let text = t!("todo.doubt", title = short(&doubt.title), why = words::doubt(&doubt.why));
        let weight = if doubt.why == "money" { 95 } else { 85 };
        todos.push(Todo::new(text, row::to_posting(&doubt.posting)).due(doubt.at + DAY).weight(weight));
    }
    for posting in listing::at_desk(cx, State::Proposed, MOST)? {
        let text = t!("todo.proposed", title = short(&posting.terms.title));
        todos.push(Todo::new(text, row::to(&posting)).due(posting.made + ANSWER * DAY).weight(60));
    }
    for signup in listing::waiting(cx, MOST, None)?.0 {
        let text = t!("todo.signup", name = signup.who.name, title = short(&signup.title));
        todos.push(Todo::new(text, row::to_signup(&signup.id)).due(signup.at + ANSWER * DAY).weight(50));
    }
    let days = cx.setting::<i64>("stale_days")?;
    for posting in listing::stale(cx, MOST)? {
        let own = posting.cadre.is_none() || posting.cadre.as_deref() == reader.person();
        if own || posting.is_stale(days + ANYBODY, cx.now()) {
            let text = t!("todo.stale", title = short(&posting.terms.title));
            todos.push(Todo::new(text, row::to(&posting)).weight(30));
        }
    }
    for posting in listing::at_desk(cx, State::Draft, MOST)? {
        if posting.author.as_deref() == reader.person() {
            let missing = posting.terms.lacks(cx.now());
            let title = short(&posting.terms.title);
            let text = if missing.is_empty() {
                t!("todo.draft", title = title)
            } else {
                t!("todo.draft.lacks", title = title, what = lacks(&missing))
            };
            todos.push(Todo::new(text, row::to(&posting)).weight(20));
        }
    }
    Ok(todos)
}
