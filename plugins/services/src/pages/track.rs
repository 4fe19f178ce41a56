//! One request: what was asked for, how it goes, the result, and what this reader can do. Supervisors see state and
//! times, and nothing of what is written.

use cunshi_sdk::prelude::*;

use super::{counter, timeline};
use crate::domain::{Paper, Request, State, StepKind, code, days};
use crate::words::{self, Reader};
use crate::{TrackParams, listing};

/// The page of a request.
pub fn track(cx: &Read, params: &TrackParams) -> Result<View> {
    let request = cx.data::<Request>().must(&params.id)?;
    let reader = Reader::of(cx);
    let whole = reader.sees_all(&request);
    let paper = if whole { listing::paper(cx, &request.id)? } else { None };
    let subtitle = match reader.asker(&request) {
        Some(name) => t!("track.subtitle", number = request.number, name = name),
        None => t!("track.number", number = request.number),
    };
    let mut page =
        view::page(words::said(&request.title)).subtitle(subtitle).add(state(cx, &reader, &request, paper.as_ref())?);
    page = match &paper {
        Some(paper) => {
            let page = page.maybe(result(&reader, &request, paper));
            let nodes = timeline::whole(cx, &reader, &request, paper)?;
            let page = page.add(view::section(t!("track.process")).timeline(nodes));
            page.maybe(written(&request, paper))
        }
        None => page.add(view::section(t!("track.process")).timeline(timeline::times(&reader, &request))),
    };
    page = page.fresh_until(days::next_midnight(cx.now()));
    page.aside = aside(&reader, &request, paper.is_some());
    if reader.cadre && paper.is_some() {
        page.aside = counter::forms(cx, &request, page.aside)?;
    }
    if whole {
        let link = To::page("receipt").with("id", request.id.as_str());
        page.aside = page.aside.link(t!("track.receipt"), link);
    }
    Ok(page)
}

/// Where it stands, and what must be seen first.
fn state(cx: &Read, reader: &Reader, request: &Doc<Request>, paper: Option<&Doc<Paper>>) -> Result<Node> {
    let badge = words::badge(request, cx.now());
    let section = view::Section::default();
    let mut section = match words::progress(cx, request)? {
        parts if parts.is_empty() => section.badges([badge]),
        parts => section.badges_with([badge], parts.join(" · ")),
    };
    if request.forgotten_at.is_some() {
        section = section.alert(Tone::Plain, t!("track.forgotten"));
    } else if paper.is_none() {
        section = section.alert(Tone::Plain, t!("track.supervisor"));
    }
    if let Some(missing) = paper.filter(|_| request.state == State::Lacking).and_then(|paper| missing(paper)) {
        section = section.alert(Tone::Hand, t!("track.missing", text = missing));
    }
    if request.is_returned() && reader.cadre {
        section = section.alert(Tone::Up, t!("track.returned", office = words::passed_to(request)));
    }
    if let Some(origin) = request.origin.as_ref().filter(|_| reader.cadre) {
        section = section.facts([
            Fact::new(t!("track.origin"), origin.from_name.as_str()),
            Fact::new(t!("track.origin.number"), origin.number.as_str()),
        ]);
        section = match origin.photos {
            0 => section,
            n => section.quiet(t!("track.origin.photos", n = n, who = origin.from_name)),
        };
    }
    Ok(section.into())
}

/// What was said to be missing last.
fn missing(paper: &Paper) -> Option<&str> {
    let last = paper.steps.iter().rev().find(|step| step.kind == StepKind::NeedMore)?;
    last.text.as_deref()
}

/// The result: files, or the code with which it is fetched. The office hands over by the code, so it does not see it.
fn result(reader: &Reader, request: &Request, paper: &Paper) -> Option<Node> {
    let section = view::section(t!("track.result"));
    if request.state == State::Ready {
        let place = paper.place.clone().unwrap_or_default();
        let section = section.text(t!("track.fetch", place = place));
        let code = paper.open_code.as_deref().filter(|_| reader.asked(request));
        let Some(code) = code else { return Some(section.into()) };
        let section = section.qr(code, t!("track.code"));
        return Some(section.facts([Fact::new(t!("track.code.spoken"), code::spoken(code))]).into());
    }
    (!paper.files.is_empty()).then(|| section.quiet(t!("track.files")).files(&paper.files).into())
}

/// What was written when it was asked for.
fn written(request: &Request, paper: &Paper) -> Option<Node> {
    let want = paper.want.as_deref().map(|want| match want {
        "file" => t!("result.file"),
        _ => t!("result.pickup"),
    });
    let given = [
        (t!("written.purpose"), paper.purpose.clone()),
        (t!("written.details"), paper.details.clone()),
        (t!("written.id-number"), paper.id_number.clone()),
        (t!("written.phone"), paper.phone.clone()),
        (t!("written.want"), want),
        (t!("receipt.by"), request.entered_by.clone()),
    ];
    let facts: Vec<Fact> =
        given.into_iter().filter_map(|(label, value)| value.map(|value| Fact::new(label, value))).collect();
    if facts.is_empty() && paper.photos.is_empty() {
        return None;
    }
    let section = view::section(t!("written.title")).quiet(t!("written.private"));
    let section = if facts.is_empty() { section } else { section.facts(facts) };
    Some(section.images_with(&paper.photos, t!("written.photos")).into())
}

/// What the asker can do, the most likely thing first.
fn aside(reader: &Reader, request: &Doc<Request>, kept: bool) -> Vec<Node> {
    let aside = Vec::new();
    if !reader.asked(request) || !kept {
        return aside;
    }
    let form = |name: &str| view::form(name).value("request", request.id.as_str());
    match request.state {
        State::Lacking => aside
            .section(|section| section.title(t!("track.add")).add(form("supplement")).add(form("withdraw").folded())),
        State::Received | State::Accepted | State::Handling => {
            aside.section(|section| section.add(form("supplement").folded()).add(form("withdraw").folded()))
        }
        State::Passed => aside.section(|section| section.add(form("supplement").folded())),
        State::Done if request.stars.is_none() => {
            let until = request.rate_until().map(words::date).unwrap_or_default();
            aside.section(|section| {
                section.title(t!("track.rate")).quiet(t!("track.rate.until", date = until)).add(form("rate"))
            })
        }
        _ => aside,
    }
}
