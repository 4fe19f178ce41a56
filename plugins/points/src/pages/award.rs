//! One award: what was done, why it earns what it does, how it went, and what this reader can do.

use cunshi_sdk::prelude::*;

use super::timeline;
use crate::domain::{Award, Correction, CorrectionState, Objection, ObjectionState, Source, State, amount};
use crate::words::{self, Reader};
use crate::{AwardParams, listing};

/// The page of an award.
pub fn award(cx: &Read, params: &AwardParams) -> Result<View> {
    let award = cx.data::<Award>().must(&params.id)?;
    let reader = Reader::of(cx)?;
    let title = t!("award.title", label = award.label, points = words::signed(award.points));
    let who = reader.whose(&award);
    let subtitle = t!("award.subtitle", number = award.number, who = who, source = words::source(award.source));
    let steps = timeline::nodes(cx, &reader, &award)?;
    let objections = listing::objections_to(cx, &award.id)?;
    let mut page = view::page(title).subtitle(subtitle).add(said(&reader, &award)).add(why(&reader, &award));
    page = page.section(|section| section.title(t!("award.process")).timeline(steps));
    if !objections.is_empty() {
        page = page.add(voices(cx, &reader, &award, &objections));
    }
    page.aside = aside(cx, &reader, &award)?;
    Ok(page)
}

fn said(reader: &Reader, award: &Doc<Award>) -> Node {
    let mut section = view::Section::default().badges([words::state(award)]);
    if award.state == State::Objected {
        section = section.alert(Tone::Late, t!("award.objected"));
    }
    if !award.text.is_empty() {
        section = section.text(reader.text(award, &award.text));
    }
    let mut facts = vec![
        Fact::new(t!("award.points"), words::signed(award.points)),
        Fact::new(t!("award.kind"), words::kind(award.kind)),
        Fact::new(t!("award.account"), account(&award.holder)),
        Fact::new(t!("award.at"), Cell::Day(award.at)),
    ];
    facts.extend(words::quantity(award).map(|quantity| Fact::new(t!("award.quantity"), quantity)));
    if let Some(posted) = award.posted_at {
        facts.push(Fact::new(t!("award.posted"), Cell::Time(posted)));
        if award.posted != award.points {
            facts.push(Fact::new(t!("award.really"), words::signed(award.posted)));
        }
    }
    section = section.facts(facts).images(&award.photos);
    match award.link.clone().filter(|_| reader.concerned(award) || reader.office()) {
        Some(link) => section.link(t!("award.evidence"), link).into(),
        None => section.into(),
    }
}

fn account(holder: &Holder) -> String {
    match holder {
        Holder::Household(_) => t!("account.household"),
        Holder::Person(_) => t!("account.person"),
    }
}

/// Why: the rule's own words. The decision's page is for whom it concerns and the supervisors.
fn why(reader: &Reader, award: &Award) -> Node {
    let because = &award.why.because;
    let own = reader.concerned(award) || reader.supervisor || reader.admin;
    let section = view::section(t!("award.why"));
    let section = match award.why.decision.as_deref().filter(|_| own) {
        Some(decision) => section.decision(decision, because),
        None => section.each(because, view::Section::text),
    };
    let section = section.quiet(words::origin(&award.why));
    section.when(award.why.fell_back, |section| section.quiet(t!("award.fell-back"))).into()
}

fn voices(cx: &Read, reader: &Reader, award: &Award, objections: &[Doc<Objection>]) -> Node {
    let section = view::section(t!("award.objections"));
    section.each(objections, |section, objection| voice(cx, reader, award, section, objection)).into()
}

fn voice(
    cx: &Read,
    reader: &Reader,
    award: &Award,
    section: view::Section,
    objection: &Doc<Objection>,
) -> view::Section {
    let (text, tone) = match objection.state {
        ObjectionState::Open if objection.is_overdue(cx.now()) => (t!("objection.late"), Tone::Late),
        ObjectionState::Open => (t!("objection.open", date = words::date(objection.due)), Tone::Hand),
        ObjectionState::Upheld => (t!("objection.upheld"), Tone::Done),
        ObjectionState::Dismissed => (t!("objection.dismissed"), Tone::Plain),
    };
    let who = if reader.office() { objection.by.name.clone() } else { t!("villager") };
    let mut section = section.badges_with([Badge::new(text, tone)], who).text(words::public(reader, &objection.text));
    if let Some(answer) = &objection.answer {
        let name = objection.answered_by.as_ref().map(|hand| hand.name.clone()).unwrap_or_default();
        section = section.quiet(t!("objection.answer", name = name, text = words::public(reader, answer)));
    }
    let Some(hand) = reader.hand.as_ref().filter(|_| reader.office() && objection.state == ObjectionState::Open) else {
        return section;
    };
    let own = objection.by.is_of(Some(&hand.person), hand.household.as_deref());
    if own || award.may_judge(hand).is_err() {
        return section.quiet(t!("objection.not-me"));
    }
    section.add(view::form("answer-objection").value("objection", objection.id.as_str()).folded())
}

/// Beside it: the countdown, and what this reader can do.
fn aside(cx: &Read, reader: &Reader, award: &Doc<Award>) -> Result<Vec<Node>> {
    let mut aside = Vec::new();
    if let Some(until) = award.until.filter(|_| award.state.is_public()) {
        aside = aside.section(|section| section.countdown(until, t!("award.countdown")));
    }
    let Some(hand) = &reader.hand else {
        return Ok(aside.when(award.state.is_public(), |aside| aside.section(|s| s.quiet(t!("award.signin")))));
    };
    if reader.office() && award.state.is_in_review() {
        aside = aside.section(|section| vote(section.title(t!("award.review")), award, award.may_vote(hand)));
    }
    let claimant = award.source == Source::Claim && award.person.as_deref() == Some(hand.person.as_str());
    if claimant && award.state.is_in_review() {
        let button = view::button("withdraw-claim").value("award", award.id.as_str()).quiet();
        aside = aside.section(|section| section.add(button));
    }
    if award.state.is_public() && award.until.is_some_and(|until| cx.now() < until) {
        let form = view::form("object").value("award", award.id.as_str()).folded();
        aside = aside.section(|section| section.title(t!("award.object")).add(form));
    }
    let corrections = listing::corrections_of(cx, &award.id)?;
    let waits = corrections.iter().any(|found| found.state == CorrectionState::Waiting);
    if reader.office() || reader.concerned(award) {
        for correction in &corrections {
            aside = aside.section(|section| corrected(reader, award, section, correction));
        }
    }
    if reader.admin && award.entry.is_some() && !award.concerns(hand) && !waits {
        let form = view::form("correct").value("award", award.id.as_str()).folded();
        aside = aside.section(|section| section.add(form));
    }
    Ok(aside)
}

fn vote(section: view::Section, award: &Doc<Award>, may: Result<(), crate::domain::Refused>) -> view::Section {
    match may {
        Ok(()) => section
            .add(view::button("approve").value("award", award.id.as_str()))
            .add(view::form("decline").value("award", award.id.as_str()).folded()),
        Err(why) => section.quiet(words::refused(why)),
    }
}

fn corrected(reader: &Reader, award: &Award, section: view::Section, correction: &Doc<Correction>) -> view::Section {
    let (from, to) = (amount::show(correction.from), amount::show(correction.to));
    let section = section.title(t!("correction.title")).text(t!("correction.what", from = from, to = to));
    let section = section.text(&correction.text).quiet(t!("correction.by", name = correction.by.name));
    match (correction.state, &correction.second, &reader.hand) {
        (CorrectionState::Waiting, _, Some(hand))
            if reader.office() && correction.by.person != hand.person && !award.concerns(hand) =>
        {
            section
                .add(view::button("approve-correction").value("correction", correction.id.as_str()))
                .add(view::form("refuse-correction").value("correction", correction.id.as_str()).folded())
        }
        (CorrectionState::Waiting, ..) => section.badges([Badge::new(t!("correction.waiting"), Tone::Hand)]),
        (CorrectionState::Posted, second, _) => {
            let name = second.as_ref().map(|hand| hand.name.clone()).unwrap_or_default();
            section.badges_with([Badge::new(t!("correction.posted"), Tone::Done)], name)
        }
        (CorrectionState::Refused, second, _) => {
            let name = second.as_ref().map(|hand| hand.name.clone()).unwrap_or_default();
            let section = section.badges_with([Badge::new(t!("correction.refused"), Tone::Plain)], name);
            section.maybe(correction.answer.as_ref().map(|text| Node::Text { text: text.clone(), quiet: true }))
        }
    }
}
