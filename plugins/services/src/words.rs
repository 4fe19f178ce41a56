//! Words for things: the one place where states, steps, refusals, times and names become text in the reader's language.

use cunshi_sdk::prelude::{Badge, Lang, Read, Result, Text, Tone};
pub use cunshi_sdk::words::{cut, date};

use crate::domain::days::{self, DAY, HOUR, MINUTE, Micros};
use crate::domain::{Figure, Guide, Refused, Request, ResultKind, Side, Source, State, Step, StepKind};

/// Who reads: decides how much of a request is shown.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The signed-in person.
    pub person: Option<String>,
    /// Works in this office.
    pub cadre: bool,
    /// Sits on the supervision committee.
    pub supervisor: bool,
    /// Keeps the catalogue.
    pub admin: bool,
}

impl Reader {
    /// The reader of a call.
    pub fn of(cx: &Read) -> Self {
        let actor = cx.actor();
        let has = |role: &str| actor.is_some_and(|actor| actor.is(role));
        Self {
            person: actor.map(|actor| actor.person.clone()),
            cadre: has("cadre"),
            supervisor: has("supervisor"),
            admin: has("admin"),
        }
    }

    /// Whether the reader asked for it.
    pub fn asked(&self, request: &Request) -> bool {
        self.person.as_deref().is_some_and(|person| request.is_of(person))
    }

    /// Whether the reader may know who asked and read what is written.
    pub fn sees_all(&self, request: &Request) -> bool {
        self.cadre || self.asked(request)
    }

    /// Who asked, as far as this reader may know.
    pub fn asker(&self, request: &Request) -> Option<String> {
        let known = || {
            let from = request.origin.as_ref().map(|origin| origin.from_name.clone());
            match (request.asker_name.clone(), from) {
                (Some(name), Some(from)) => Some(t!("asker.below", name = name, from = from)),
                (name, from) => name.or(from),
            }
        };
        self.sees_all(request).then(known).flatten()
    }
}

/// A text of the catalogue in the language of the sentence that it stands in.
pub fn said(text: &Text) -> String {
    text.get(Lang::parse(&t!("language")).unwrap_or_default()).to_owned()
}

/// The town to which this space may pass requests.
pub fn town(cx: &Read) -> Option<String> {
    let space = cx.space();
    space.above.clone().filter(|_| matches!(space.kind.as_str(), "village" | "community"))
}

/// What it costs.
pub fn fee(guide: &Guide) -> String {
    guide.fee.as_ref().map_or_else(|| t!("fee.free"), said)
}

/// When the counter is open: the service's own hours, or the village's.
pub fn hours(cx: &Read, guide: &Guide) -> Result<String> {
    if let Some(hours) = &guide.hours {
        return Ok(said(hours));
    }
    let set = cx.setting::<String>("hours")?;
    Ok(if set.trim().is_empty() { t!("hours.usual") } else { set })
}

/// Where the result comes from.
pub fn source(value: Source) -> String {
    match value {
        Source::Village => t!("source.village"),
        Source::Town => t!("source.town"),
    }
}

/// How the result is given.
pub fn result(value: ResultKind) -> String {
    match value {
        ResultKind::File => t!("result.file"),
        ResultKind::Pickup => t!("result.pickup"),
        ResultKind::Both => t!("result.both"),
        ResultKind::Told => t!("result.told"),
    }
}

/// The state of a request with its tone; what is overdue says so first.
pub fn badge(request: &Request, now: Micros) -> Badge {
    if request.is_late(now) {
        return Badge::new(late(request.due_at, now), Tone::Late);
    }
    let (text, tone) = match request.state {
        State::Received => (t!("state.received"), Tone::Hand),
        State::Accepted => (t!("state.accepted"), Tone::Hand),
        State::Lacking => (t!("state.lacking"), Tone::Hand),
        State::Handling => (t!("state.handling"), Tone::Hand),
        State::Passed => (t!("state.passed", office = passed_to(request)), Tone::Up),
        State::Ready => (t!("state.ready"), Tone::Done),
        State::Done => (t!("state.done"), Tone::Done),
        State::Refused => (t!("state.refused"), Tone::Plain),
        State::Withdrawn => (t!("state.withdrawn"), Tone::Plain),
    };
    Badge::new(text, tone)
}

/// How long something is overdue.
pub fn late(due_at: Micros, now: Micros) -> String {
    match days::days_between(due_at, now) {
        ..=1 => t!("state.overdue.one"),
        n => t!("state.overdue.many", n = n),
    }
}

/// The town that has it.
pub fn passed_to(request: &Request) -> String {
    request.passed.as_ref().map(|passed| passed.to.clone()).unwrap_or_default()
}

/// What stands beside the badge: time left, time taken, stars.
pub fn progress(cx: &Read, request: &Request) -> Result<Vec<String>> {
    let mut parts = Vec::new();
    match request.state {
        State::Received | State::Accepted | State::Handling if !request.is_late(cx.now()) => {
            parts.push(match cx.working_days_between(cx.now(), request.due_at)? {
                ..=0 => t!("left.today"),
                n => t!("left", days = working_days(u32::try_from(n).unwrap_or_default())),
            });
        }
        State::Passed => {
            let due = request.passed.as_ref().and_then(|passed| passed.due_at);
            parts.extend(due.map(|due| t!("step.due", date = date(due))));
        }
        State::Ready | State::Done => {
            parts.extend(request.done_at.map(|done| took(done - request.asked_at)));
            parts.extend(request.stars.map(|given| t!("rated", stars = stars(given))));
        }
        _ => {}
    }
    Ok(parts)
}

/// The figures of a service in one line; none before anything was asked for.
pub fn figures(figure: &Figure) -> Option<String> {
    if figure.asked == 0 {
        return None;
    }
    let mut parts = vec![if figure.asked == 1 { t!("figure.one") } else { t!("figure.many", n = figure.asked) }];
    parts.extend(figure.median.map(|minutes| t!("figure.median", time = span(minutes * MINUTE))));
    parts.extend(figure.tenths.map(average));
    Some(parts.join(" · "))
}

/// Average stars from tenths: ★ 4.9.
pub fn average(tenths: u64) -> String {
    format!("★ {}.{}", tenths / 10, tenths % 10)
}

/// A number of working days.
pub fn working_days(n: u32) -> String {
    if n == 1 { t!("days.one") } else { t!("days.many", n = n) }
}

/// A span of time, in the greatest unit that fits.
pub fn span(span: Micros) -> String {
    match span {
        ..MINUTE => t!("took.now"),
        MINUTE..HOUR => match span / MINUTE {
            1 => t!("took.minutes.one"),
            n => t!("took.minutes.many", n = n),
        },
        HOUR..DAY => match span / HOUR {
            1 => t!("took.hours.one"),
            n => t!("took.hours.many", n = n),
        },
        _ => match span / DAY {
            1 => t!("took.days.one"),
            n => t!("took.days.many", n = n),
        },
    }
}

/// How long something took.
pub fn took(time: Micros) -> String {
    t!("took", time = span(time))
}

/// Stars inside a sentence.
pub fn stars(n: u8) -> String {
    "★".repeat(usize::from(n.min(5)))
}

/// What happened in a step, in a few words.
pub fn step(cx: &Read, request: &Request, step: &Step) -> String {
    let name = step.name.clone().unwrap_or_default();
    let to = step.to.clone().unwrap_or_default();
    match (step.side, step.kind) {
        (Side::Above, kind) => above(kind, &name),
        (Side::Below, StepKind::Received) => t!("step.received.below", name = name),
        (Side::Below, StepKind::Withdrawn) => t!("step.withdrawn.below", name = name),
        (Side::Below, _) => t!("step.supplemented.below", name = name),
        (_, StepKind::Received) => match &request.entered_by {
            Some(cadre) => t!("step.received.for", name = cadre),
            None => t!("step.received"),
        },
        (_, StepKind::Accepted) => t!("step.accepted"),
        (_, StepKind::NeedMore) => t!("step.need-more"),
        (Side::Office, StepKind::Supplemented) => t!("step.supplemented.office"),
        (_, StepKind::Supplemented) => t!("step.supplemented"),
        (_, StepKind::Progress) => t!("step.progress"),
        (_, StepKind::Passed) if step.with_details => t!("step.passed.details", to = to),
        (_, StepKind::Passed) => t!("step.passed", to = to),
        (_, StepKind::Overdue) => t!("step.overdue"),
        (_, StepKind::Finished) => match &request.origin {
            Some(origin) => t!("step.finished.below", name = origin.from_name),
            None => t!("step.finished", space = cx.space().name),
        },
        (_, StepKind::Ready) => t!("step.ready", place = to),
        (_, StepKind::HandedOver) if !to.is_empty() => t!("step.handed-over.taker", name = to),
        (_, StepKind::HandedOver) => t!("step.handed-over"),
        (_, StepKind::Refused) => t!("step.refused"),
        (_, StepKind::Withdrawn) => t!("step.withdrawn"),
        (_, StepKind::Rated) => t!("step.rated", stars = stars(request.stars.unwrap_or_default())),
    }
}

fn above(kind: StepKind, office: &str) -> String {
    match kind {
        StepKind::Accepted => t!("step.above.accepted", office = office),
        StepKind::NeedMore => t!("step.above.need-more", office = office),
        StepKind::Finished | StepKind::Ready => t!("step.above.finished", office = office),
        StepKind::Refused => t!("step.above.refused", office = office),
        _ => t!("step.above.progress", office = office),
    }
}

/// Why something cannot be done to a request.
pub fn refused(why: Refused) -> String {
    match why {
        Refused::AlreadyAccepted => t!("refused.already-accepted"),
        Refused::Lacking => t!("refused.lacking"),
        Refused::WithUpper => t!("refused.with-upper"),
        Refused::NotWithUpper => t!("refused.not-with-upper"),
        Refused::WaitsAtCounter => t!("refused.waits-at-counter"),
        Refused::NothingToFetch => t!("refused.nothing-to-fetch"),
        Refused::Over(State::Refused) => t!("refused.over.refused"),
        Refused::Over(State::Withdrawn) => t!("refused.over.withdrawn"),
        Refused::Over(_) => t!("refused.over.done"),
        Refused::NotDone => t!("refused.not-done"),
        Refused::AlreadyRated => t!("refused.already-rated"),
        Refused::TooLateToRate => t!("refused.too-late"),
    }
}
