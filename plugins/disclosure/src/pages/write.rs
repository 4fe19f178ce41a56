//! Writing: a new disclosure, and the changes of a draft.

use cunshi_sdk::prelude::*;

use crate::actions::draft::OTHER;
use crate::domain::{Disclosure, State};
use crate::{EditParams, WriteParams, keep, listing, words};

/// A new one, for a duty where one was chosen.
pub fn write(cx: &Read, params: WriteParams) -> Result<View> {
    let page = view::page(t!("write.title")).subtitle(t!("write.subtitle"));
    if !keep::has_duties(cx) {
        return Ok(page.empty(t!("refused.not-a-village")));
    }
    let (duties, matters) = listing::to_write(cx)?;
    let offered = |key: &String| {
        key == OTHER || duties.iter().any(|duty| duty.key == *key) || matters.iter().any(|item| item.key == *key)
    };
    let first = duties.first().map(|duty| duty.key.clone());
    let duty = params.duty.filter(offered).or(first).unwrap_or_else(|| OTHER.to_owned());
    let page = page.section(|section| section.add(view::form("draft").value("duty", duty)));
    Ok(page.section(|section| section.title(t!("write.rows")).text(t!("write.rows.how")).quiet(t!("write.privacy"))))
}

/// The changes of a draft.
pub fn edit(cx: &Read, params: &EditParams) -> Result<View> {
    let paper = cx.data::<Disclosure>().must(&params.id)?;
    let page = view::page(t!("write.edit")).subtitle(words::in_language(&paper.title));
    let back = To::page("disclosure").with("id", paper.id.as_str());
    if paper.state != State::Draft {
        return Ok(page.empty(t!("write.not-a-draft")).link(t!("write.back"), back));
    }
    let mut form = view::form("revise")
        .value("id", paper.id.as_str())
        .value("seen", paper.steps.len().to_string())
        .value("title", words::in_language(&paper.title))
        .value("text", paper.text.as_str());
    if let Some(finance) = &paper.finance {
        form = form.value("opening", finance.opening).value("rows", finance.typed()).value("closing", finance.closing);
    }
    if let Some(day) = paper.publish_on {
        form = form.value("publish_on", cunshi_sdk::days::write_day(day));
    }
    let page = match paper.returned().and_then(|step| step.text.as_deref()) {
        Some(why) => page.alert(Tone::Late, t!("paper.returned", reason = why)),
        None => page,
    };
    let page = page.section(|section| section.add(form));
    let page = page.section(|section| section.title(t!("paper.files")).images(&paper.photos).files(&paper.files));
    Ok(page.link(t!("write.back"), back))
}
