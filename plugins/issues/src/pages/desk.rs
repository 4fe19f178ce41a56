//! The office's desk on a case: the forms that its state allows, the likeliest one open, the others folded.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Case, Move, State, next};
use crate::listing;
use crate::words;
use crate::words::Reader;

/// Most templates that are offered.
const TEMPLATES: usize = 10;

/// Adds the desk to an aside. Supervisors get the note only.
pub fn desk(cx: &Read, reader: &Reader, case: &Doc<Case>, aside: Vec<Node>) -> Result<Vec<Node>> {
    if !reader.cadre {
        let note = view::form("note").value("case", case.id.as_str()).folded();
        return Ok(aside.section(|section| section.add(note)));
    }
    let templates = templates(cx)?;
    let names = forms(cx, case);
    let first = names.first().copied().filter(|_| case.state.is_open() && case.state != State::Referred);
    let section = view::section(t!("case.handle")).maybe(hint(case));
    let section = section.each(names, |section, name| section.add(form(case, name, Some(name) != first, &templates)));
    Ok(aside.add(section).maybe(similar(cx, case)?))
}

/// What the state calls for.
fn hint(case: &Case) -> Option<Node> {
    let office = words::upper(case);
    let text = match case.state {
        State::Referred => t!("case.with.above", office = office),
        State::Handling if case.words_from_above().is_some() => t!("case.returned", office = office),
        _ => return None,
    };
    Some(Node::Alert { tone: Tone::Up, text })
}

/// The actions that are possible now, the likeliest first.
fn forms(cx: &Read, case: &Case) -> Vec<&'static str> {
    let closes_next = case.state == State::Handling;
    let possible = |name: &&'static str| {
        let can = |step| next(case.state, step).is_ok();
        match *name {
            "accept" => can(Move::Accept),
            "progress" => can(Move::Progress),
            "close" => can(Move::Close),
            "answer" => can(Move::Answer),
            "refer" => can(Move::Refer) && cx.space().above.is_some(),
            "extend" => can(Move::Extend) && !case.extended,
            "decline" => can(Move::Decline),
            "merge" => can(Move::Merge) && case.origin.is_none(),
            "hide" => case.is_public(),
            _ => true,
        }
    };
    let order = if closes_next { ["close", "progress"] } else { ["progress", "close"] };
    let rest = ["answer", "refer", "extend", "decline", "merge", "note", "hide"];
    std::iter::once("accept").chain(order).chain(rest).filter(possible).collect()
}

fn form(case: &Doc<Case>, name: &'static str, folded: bool, templates: &[String]) -> view::Form {
    let mut form = view::form(name).value("case", case.id.as_str());
    if !matches!(name, "note" | "hide") {
        form = form.value("seen", case.steps.len().to_string());
    }
    if let Some(words) = case.words_from_above().filter(|_| name == "close") {
        form = form.value("text", words);
    }
    if folded {
        form = form.folded();
    }
    let speaks = matches!(name, "accept" | "progress" | "answer" | "close" | "decline");
    form.templates((speaks && !templates.is_empty()).then(|| Templates::new("text", templates)))
}

/// The village's response templates: one per line.
fn templates(cx: &Read) -> Result<Vec<String>> {
    let setting = cx.setting::<String>("templates")?;
    let lines = setting.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.take(TEMPLATES).map(str::to_owned).collect())
}

/// Open cases that sound alike, before a case is handled twice.
fn similar(cx: &Read, case: &Doc<Case>) -> Result<Option<Node>> {
    if next(case.state, Move::Merge).is_err() {
        return Ok(None);
    }
    let similar = listing::similar(cx, &case.title, Some(&case.id), 3)?;
    if similar.is_empty() {
        return Ok(None);
    }
    Ok(Some(view::section(t!("case.similar")).list(row::items(cx, &similar)?).into()))
}
