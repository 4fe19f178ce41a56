//! One sign-up: for the person how it stands, for the office whom to call and what to answer.

use cunshi_sdk::prelude::*;

use super::row;
use crate::SignupParams;
use crate::domain::signup::SignStep;
use crate::domain::{Posting, SignState, Signup, days};
use crate::words::{self, Reader};

/// The page of a sign-up.
pub fn signup(cx: &Read, params: &SignupParams) -> Result<View> {
    let signup = cx.data::<Signup>().must(&params.id)?;
    let reader = Reader::of(cx);
    let own = reader.person().is_some_and(|person| signup.is_of(person));
    let posting = cx.data::<Posting>().get(&signup.posting)?;
    let mut page = view::page(&signup.title).subtitle(if own { t!("signup.own") } else { t!("signup.other") });
    if posting.is_none() {
        page = page.alert(Tone::Late, t!("signup.gone"));
    }
    let mut page = page.add(what(&signup, posting.as_ref())).add(story(&signup)).alert(Tone::Hand, t!("fraud"));
    let mut aside = Vec::new();
    if reader.cadre && !own {
        aside = aside.section(|section| section.call(t!("call", name = signup.who.name), &signup.who.phone));
    }
    if let Some((name, phone)) = posting.as_ref().and_then(|posting| row::contact(&reader, posting, cx)) {
        aside = aside.section(|section| section.title(t!("posting.ask")).call(t!("call", name = name), phone));
    }
    if reader.cadre && signup.office.is_none() {
        aside = answer(&signup, aside);
    }
    let withdraws = signup.state.waits() || signup.state == SignState::Hired;
    if withdraws && signup.origin.is_none() {
        let form = view::form("withdraw").value("signup", signup.id.as_str()).folded();
        aside = aside.section(|section| section.add(form));
    }
    page.aside = aside;
    Ok(page)
}

fn what(signup: &Doc<Signup>, posting: Option<&Doc<Posting>>) -> Node {
    let who = &signup.who;
    let mut facts = Vec::new();
    if let Some(posting) = posting {
        facts.push(Fact::new(t!("column.posting"), Cell::link(&posting.terms.title, row::to(posting))));
        facts.push(Fact::new(t!("posting.pay"), words::pay(&posting.terms)));
        facts.push(Fact::new(t!("posting.place"), words::place(&posting.terms)));
    }
    facts.push(Fact::new(t!("column.name"), who.name.as_str()));
    facts.push(Fact::new(t!("signup.phone"), who.phone.as_str()));
    if let Some(start) = who.start.as_deref().and_then(days::read_day) {
        facts.push(Fact::new(t!("column.start"), Cell::Day(start)));
    }
    if let Some(origin) = &signup.origin {
        facts.push(Fact::new(t!("signup.village"), origin.village.as_str()));
    }
    if let Some(office) = &signup.office {
        facts.push(Fact::new(t!("signup.office"), office.as_str()));
    }
    if let Some(cadre) = &signup.entered_by {
        facts.push(Fact::new(t!("signup.entered"), cadre.as_str()));
    }
    let section = view::Section::default().badges([words::sign_badge(signup.state)]).facts(facts);
    match &who.words {
        Some(text) => section.text(text),
        None => section,
    }
    .into()
}

/// What happened, and what comes next.
fn story(signup: &Signup) -> Node {
    let mut steps: Vec<Step> = signup.steps.iter().map(step).collect();
    match signup.state {
        SignState::Applied => steps.push(Step::new(t!("signup.next.call")).next()),
        SignState::Contacted => steps.push(Step::new(t!("signup.next.result")).next()),
        SignState::Hired | SignState::Rejected | SignState::Withdrawn => {}
    }
    view::section(t!("signup.story")).timeline(steps).quiet(t!("signup.private")).into()
}

fn step(step: &SignStep) -> Step {
    let badge = words::sign_badge(step.state);
    let shown = Step::new(badge.text).at(step.at).tone(badge.tone);
    let shown = match &step.by {
        Some(name) => shown.meta(name),
        None => shown,
    };
    match &step.text {
        Some(text) => shown.text(text),
        None => shown,
    }
}

/// The office's form, with the likeliest answer chosen.
fn answer(signup: &Doc<Signup>, aside: Vec<Node>) -> Vec<Node> {
    let form = view::form("answer").value("signup", signup.id.as_str()).value("seen", signup.version.to_string());
    let form = match signup.state {
        SignState::Applied => form.value("state", "contacted"),
        SignState::Contacted => form,
        SignState::Hired | SignState::Rejected => form.folded(),
        SignState::Withdrawn => return aside,
    };
    let texts = [t!("template.come"), t!("template.call"), t!("template.full")];
    aside.section(|section| section.title(t!("signup.answer")).add(form.templates(Templates::new("text", texts))))
}
