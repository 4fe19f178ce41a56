//! One posting: what it offers, whom to call, how to sign up; for the office its sign-ups, reports and course.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Doubt, Lead, LeadIndexes as _, Posting, SignState, State, days};
use crate::words::{self, Reader};
use crate::{PostingParams, listing};

/// Sign-ups on a page.
const ROWS: u32 = 50;
/// Reports on a page.
const DOUBTS: u32 = 20;

/// The page of a posting.
pub fn posting(cx: &Read, params: PostingParams) -> Result<View> {
    let posting = cx.data::<Posting>().must(&params.id)?;
    let reader = Reader::of(cx);
    let mut page = view::page(&posting.terms.title)
        .subtitle(subtitle(&posting))
        .fresh_until(days::next_midnight(cx.now()))
        .add(offer(cx, &reader, &posting))
        .alert(Tone::Hand, t!("fraud"));
    if reader.proposed(&posting) && posting.published_at.is_some() {
        page = leads(cx, &posting, page)?;
    }
    let reports = if reader.cadre { listing::doubts_of(cx, &posting.id, DOUBTS)? } else { Vec::new() };
    if reader.cadre {
        page = doubts(&posting, &reports, page);
        page = signups(cx, &posting, page, params.cursor)?;
    }
    page.aside = aside(cx, &reader, &posting, !reports.is_empty())?;
    Ok(page)
}

fn subtitle(posting: &Posting) -> String {
    let employer = posting.terms.employer.clone().unwrap_or_else(|| t!("posting.employer.none"));
    match &posting.office {
        Some(office) => t!("posting.from", employer = employer, office = office),
        None => employer,
    }
}

/// What it offers: the pay in large, then the rest.
fn offer(cx: &Read, reader: &Reader, posting: &Doc<Posting>) -> Node {
    let terms = &posting.terms;
    let mut stats = vec![Stat::new(words::pay(terms), t!("posting.pay")).tone(Tone::Done)];
    if posting.is_open(cx.now()) {
        stats.push(Stat::new(posting.places().to_string(), t!("posting.places")));
    }
    let mut section = view::Section::default()
        .badges([words::badge(posting, cx.now()), Badge::new(words::kind(terms.kind), Tone::Plain)])
        .stats(stats);
    if let Some(reason) = posting.reason.as_ref().filter(|_| reader.cadre || reader.proposed(posting)) {
        section = section.alert(Tone::Late, t!("posting.reason", text = reason));
    }
    let mut facts = vec![Fact::new(t!("posting.place"), words::place(terms))];
    if let Some(closes) = terms.closes {
        facts.push(Fact::new(t!("posting.closes"), Cell::Day(closes)));
    }
    let counted = t!("posting.headcount.of", n = terms.headcount, hired = posting.hired);
    facts.push(Fact::new(t!("posting.headcount"), counted));
    let mut fact = |label: String, value: Option<String>| {
        if let Some(value) = value {
            facts.push(Fact::new(label, value));
        }
    };
    fact(t!("posting.included"), words::included(terms));
    fact(t!("posting.trades"), (!terms.trades.is_empty()).then(|| words::trades(&terms.trades)));
    fact(t!("posting.skills"), terms.skills.clone());
    fact(t!("posting.demands"), terms.demands.clone());
    if reader.cadre {
        fact(t!("posting.author"), posting.author_name.clone());
        fact(t!("posting.cadre"), posting.cadre_name.clone());
    }
    section = section.facts(facts);
    match &terms.detail {
        Some(detail) => section.text(detail),
        None => section,
    }
    .into()
}

/// Who signed up, for the villager whose posting it is.
fn leads(cx: &Read, posting: &Doc<Posting>, page: View) -> Result<View> {
    let mut found = cx.data::<Lead>().by_posting(posting.id.as_str()).newest().take(ROWS)?;
    found.retain(|lead| lead.state != SignState::Withdrawn);
    Ok(page.section(|section| {
        let section = section.title(t!("leads.title")).quiet(t!("leads.why"));
        let section = section.when(found.is_empty(), |section| section.empty(t!("leads.none")));
        section.each(&found, |section, lead| {
            let section = section.badges_with([words::sign_badge(lead.state)], &lead.who.name);
            let section = match &lead.who.words {
                Some(text) => section.text(text),
                None => section,
            };
            section.call(t!("call", name = lead.who.name), &lead.who.phone)
        })
    }))
}

/// Reports that wait for a decision.
fn doubts(posting: &Doc<Posting>, found: &[Doc<Doubt>], page: View) -> View {
    if found.is_empty() {
        return page;
    }
    page.section(|section| {
        let section = section.title(t!("doubts.title")).timeline(found.iter().map(doubt));
        section.add(view::form("judge").value("posting", posting.id.as_str()))
    })
}

fn doubt(doubt: &Doc<Doubt>) -> Step {
    let who = match (&doubt.village, &doubt.name) {
        (Some(village), _) => t!("doubts.village", village = village),
        (None, Some(name)) => name.clone(),
        (None, None) => String::new(),
    };
    let step = Step::new(words::doubt(&doubt.why)).at(doubt.at).meta(who).tone(Tone::Late);
    match &doubt.text {
        Some(text) => step.text(text),
        None => step,
    }
}

/// Who signed up, for the office.
fn signups(cx: &Read, posting: &Doc<Posting>, page: View, cursor: Option<String>) -> Result<View> {
    if posting.published_at.is_none() {
        return Ok(page);
    }
    let (found, next) = listing::signups_for(cx, &posting.id, ROWS, cursor)?;
    let next = next.map(|cursor| row::to(posting).with("cursor", cursor));
    let table = view::table(row::columns()).rows(found.iter().map(row::signup)).empty(t!("signups.none")).next(next);
    Ok(page.section(|section| {
        let section = section.title(t!("signups.title"));
        let section = match &posting.office {
            Some(office) => section.quiet(t!("signups.elsewhere", office = office)),
            None => section,
        };
        section.add(table)
    }))
}

/// Beside it: the telephone, signing up, and for the office its course.
fn aside(cx: &Read, reader: &Reader, posting: &Doc<Posting>, doubted: bool) -> Result<Vec<Node>> {
    let mut aside = Vec::new();
    if let Some((name, phone)) = row::contact(reader, posting, cx) {
        let title = if posting.is_open(cx.now()) { t!("posting.ask") } else { t!("posting.ask.closed") };
        aside = aside.section(|section| section.title(title).call(t!("call", name = name), phone));
    }
    aside = sign_up(cx, reader, posting, aside)?;
    if reader.cadre {
        return Ok(course(cx, posting, doubted, aside));
    }
    let id = posting.id.as_str();
    if reader.proposed(posting) {
        return Ok(proposer(cx, posting, aside));
    }
    if reader.hand.is_some() && posting.is_public() {
        let form = view::form("report").value("posting", id).folded();
        aside = aside.section(|section| section.title(t!("posting.doubt")).add(form));
    }
    Ok(aside)
}

/// My sign-up, or the form for one.
fn sign_up(cx: &Read, reader: &Reader, posting: &Doc<Posting>, aside: Vec<Node>) -> Result<Vec<Node>> {
    let open = posting.is_open(cx.now());
    let Some(person) = reader.person() else {
        return Ok(aside.when(open, |aside| aside.section(|section| section.quiet(t!("posting.signin")))));
    };
    let mine = listing::signup_of(cx, &posting.id, person)?;
    let signed = mine.as_ref().is_some_and(|mine| mine.state != SignState::Withdrawn);
    let aside = match &mine {
        Some(mine) if signed => aside.section(|section| {
            let section = section.title(t!("posting.mine")).badges([words::sign_badge(mine.state)]);
            section.link(t!("posting.mine.go"), row::to_signup(&mine.id))
        }),
        _ => aside,
    };
    if !open || reader.proposed(posting) || (signed && !reader.cadre) {
        return Ok(aside);
    }
    let mut form = view::form("sign-up").value("posting", posting.id.as_str());
    if reader.cadre {
        // The form also asks for whom: a number that stands there would be the wrong one.
        let other = view::form("sign-up-other").value("posting", posting.id.as_str()).folded();
        return Ok(aside.section(|section| section.title(t!("posting.sign-for")).add(form.folded()).add(other)));
    }
    if let Some(phone) = cx.person(person)?.and_then(|person| person.phone) {
        form = form.value("phone", phone);
    }
    Ok(aside.section(|section| section.title(t!("posting.sign")).add(form)))
}

/// What the villager may do whose posting it is.
fn proposer(cx: &Read, posting: &Doc<Posting>, aside: Vec<Node>) -> Vec<Node> {
    let id = posting.id.as_str();
    let open = posting.is_open(cx.now());
    let changes = matches!(posting.state, State::Proposed | State::Declined);
    aside.section(|section| {
        let section = section.title(t!("posting.own"));
        let section = section.when(posting.state == State::Proposed, |section| section.quiet(t!("posting.waits")));
        let section = section.when(changes, |section| section.link(t!("posting.change"), change(posting)));
        let section = section.when(open, |section| {
            section
                .add(view::button("confirm").value("posting", id))
                .add(view::form("close").value("posting", id).folded())
        });
        section.when(!changes, |section| section.quiet(t!("posting.own.ask")))
    })
}

/// What the office may do, the likeliest first.
fn course(cx: &Read, posting: &Doc<Posting>, doubted: bool, aside: Vec<Node>) -> Vec<Node> {
    let id = posting.id.as_str();
    let form = |name: &str| view::form(name).value("posting", id);
    let seen = posting.version.to_string();
    let lacks = posting.terms.lacks(cx.now());
    // Where it is reported, the same form stands beneath the reports.
    let judge = |section: view::Section| {
        let hidden = posting.state == State::Hidden;
        let label = if hidden { t!("posting.restore") } else { t!("posting.hide") };
        let form = form("judge").value("verdict", if hidden { "keep" } else { "hide" }).label(label).folded();
        section.when(!doubted, |section| section.add(form))
    };
    let publish = || form("publish").value("seen", seen.as_str());
    aside.section(|section| {
        let section = section.title(t!("posting.course"));
        if !posting.is_own() {
            let section =
                section.quiet(t!("posting.elsewhere", office = posting.office.as_deref().unwrap_or_default()));
            let section = section.when(!posting.terms.away && posting.state == State::Open, |section| {
                section.add(match posting.terms.distance {
                    Some(km) => form("locate").value("distance", km).folded(),
                    None => form("locate"),
                })
            });
            return judge(section);
        }
        match posting.state {
            State::Draft | State::Proposed | State::Declined => {
                let section = if lacks.is_empty() {
                    section.add(publish())
                } else {
                    section.alert(Tone::Hand, t!("posting.lacks", what = words::lacks(&lacks)))
                };
                let section = section.link(t!("posting.change"), change(posting));
                match posting.state {
                    State::Draft => section.add(form("discard").folded()),
                    State::Proposed => section.add(form("decline").folded()),
                    _ => section,
                }
            }
            State::Open if posting.is_open(cx.now()) => judge(
                section
                    .add(view::button("confirm").value("posting", id))
                    .link(t!("posting.change"), change(posting))
                    .add(form("close").folded()),
            ),
            State::Open | State::Closed => {
                let headcount = (posting.hired + 1).max(posting.terms.headcount);
                judge(section.add(form("reopen").value("headcount", headcount)))
            }
            State::Hidden => judge(section),
        }
    })
}

fn change(posting: &Doc<Posting>) -> To {
    To::page("change").with("id", posting.id.as_str())
}
