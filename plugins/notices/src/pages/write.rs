//! Writing a notice, and changing one: the whole of a draft, the words of what is out.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Audience, Move, Notice, next};
use crate::{ChangeParams, words};

/// A new one.
pub fn new(cx: &Read) -> View {
    let note = if words::is_office_above(cx) { t!("new.below") } else { t!("new.subtitle") };
    view::page(t!("new.title")).subtitle(note).section(|section| section.form("write"))
}

/// One that is there: what its state allows to change.
pub fn change(cx: &Read, params: &ChangeParams) -> Result<View> {
    let notice = cx.data::<Notice>().must(&params.id)?;
    let draft = next(notice.state, Move::Edit).is_ok();
    let title = if draft { t!("change.draft") } else { t!("change.correct") };
    let page = view::page(title).subtitle(notice.title.as_str());
    let page = match next(notice.state, Move::Correct) {
        _ if draft => page.section(|section| section.add(edit(&notice))),
        Ok(_) if !notice.is_copy() => page.section(|section| section.add(correct(&notice))),
        Ok(_) => page.section(|section| section.alert(Tone::Plain, t!("refused.from-above"))),
        Err(why) => page.section(|section| section.alert(Tone::Plain, words::refused(why))),
    };
    Ok(page.link(t!("change.back"), row::to(&notice)))
}

fn edit(notice: &Doc<Notice>) -> view::Form {
    let form = view::form("edit")
        .value("kind", notice.kind.as_str())
        .value("audience", notice.addressed.as_str())
        .value("acknowledge", notice.acknowledge)
        .value("urgent", notice.urgent);
    let form = match &notice.addressed {
        Audience::Groups(names) => form.value("groups", names.clone()),
        _ => form,
    };
    words(form, notice)
}

fn correct(notice: &Doc<Notice>) -> view::Form {
    words(view::form("correct"), notice)
}

fn words(form: view::Form, notice: &Doc<Notice>) -> view::Form {
    let form = form
        .value("notice", notice.id.as_str())
        .value("title", notice.title.as_str())
        .value("text", notice.text.as_str());
    match notice.expires_at {
        Some(end) => form.value("until", days::write_day(end - 1)),
        None => form,
    }
}
