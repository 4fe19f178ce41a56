//! The to-do list: what every plugin has for the reader, merged into one.

use std::cell::Cell;

use cunshi_contract::view::Tone;
use cunshi_contract::{Manifest, Todo};
use maud::{Markup, html};

use crate::render::layout::{Place, Shell, document};
use crate::render::nodes::cell::time;
use crate::render::nodes::prose::{alert, empty, mark, tone_class};
use crate::render::view::Drawer;
use crate::render::{RenderContext, addresses, say};

/// What one plugin has for the reader; `Err` when it could not be asked.
pub struct ModuleTodos<'a> {
    /// The plugin.
    pub module: &'a Manifest,
    /// Its to-dos; `Err` holds the call's id.
    pub todos: Result<&'a [Todo], Option<String>>,
}

/// The list: due first, then by weight.
pub fn todos(cx: &RenderContext<'_>, modules: &[ModuleTodos<'_>]) -> Markup {
    let words = cx.words();
    let mut all: Vec<(&Manifest, &Todo)> = modules
        .iter()
        .filter_map(|it| Some((it.module, it.todos.as_ref().ok()?)))
        .flat_map(|(module, todos)| todos.iter().map(move |todo| (module, todo)))
        .collect();
    all.sort_by_key(|(_, todo)| (todo.due.unwrap_or(i64::MAX), std::cmp::Reverse(todo.weight)));
    let body = html! {
        @for it in modules {
            @if it.todos.is_err() { (alert(Tone::Hand, &say::card_failed(cx.lang, cx.say(&it.module.title)))) }
        }
        section.card {
            @if all.is_empty() {
                (empty(words.todo_empty))
            } @else {
                ul.list { @for (module, todo) in &all { (row(cx, module, todo)) } }
            }
        }
    };
    let crumbs = cx.space.iter().map(|space| (addresses::home(cx.code()), space.name.clone())).collect();
    document(
        cx,
        &Shell {
            title: words.to_do,
            subtitle: Some(words.todo_intro),
            crumbs,
            place: Place::Todos,
            body: Some(body),
            ..Shell::default()
        },
    )
}

fn row(cx: &RenderContext<'_>, module: &Manifest, todo: &Todo) -> Markup {
    let forms = Cell::new(0);
    let drawer = Drawer::new(cx, module, &forms, &[]);
    html! {
        li {
            span.title { (drawer.linked(&todo.title, Some(&todo.link))) }
            span.under {
                @if let Some(due) = todo.due {
                    @let tone = if due < cx.now { Tone::Late } else { Tone::Hand };
                    span class={ "tag " (tone_class(tone)) } { (mark(tone)) (say::countdown(cx.lang, cx.now, due)) }
                    " " span.meta { (time(cx, due)) } " "
                }
                span.meta { (cx.say(&module.title)) }
            }
        }
    }
}
