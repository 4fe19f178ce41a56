//! Words for things: the one place where kinds, states, days, names and refusals become text in the reader's language.

use cunshi_sdk::days::{self, Micros};
use cunshi_sdk::prelude::{Badge, Doc, Read, Result, Tone};
use cunshi_sdk::words::masked_name;
pub use cunshi_sdk::words::{cut, date};

use crate::domain::duty::{clock, weekday};
use crate::domain::{Body, Duty, Figure, FigureKind, Part, Question, Refused, Session, Sight, State};
use crate::listing;

/// Whether the caller has a role here.
pub fn has(cx: &Read, role: &str) -> bool {
    cx.actor().is_some_and(|actor| actor.is(role))
}

/// The caller, if somebody is signed in.
pub fn reader(cx: &Read) -> Option<&str> {
    cx.actor().map(|actor| actor.person.as_str())
}

/// What a figure counts.
pub fn figure(kind: FigureKind) -> String {
    match kind {
        FigureKind::Households => t!("figure.households"),
        FigureKind::People => t!("figure.people"),
        FigureKind::Residents => t!("figure.residents"),
        FigureKind::Area => t!("figure.area"),
        FigureKind::Groups => t!("figure.groups"),
        FigureKind::Villages => t!("figure.villages"),
        FigureKind::Farmland => t!("figure.farmland"),
        FigureKind::Forest => t!("figure.forest"),
        FigureKind::Party => t!("figure.party"),
        FigureKind::Income => t!("figure.income"),
    }
}

/// A figure with its unit.
pub fn amount(figure: &Figure) -> String {
    let n = figure.grouped();
    match figure.kind {
        FigureKind::Households => t!("unit.households", n = n),
        FigureKind::People | FigureKind::Residents | FigureKind::Party => t!("unit.people", n = n),
        FigureKind::Area => t!("unit.area", n = n),
        FigureKind::Groups | FigureKind::Villages => t!("unit.things", n = n),
        FigureKind::Farmland | FigureKind::Forest => t!("unit.mu", n = n),
        FigureKind::Income => t!("unit.income", n = n),
    }
}

/// A body that somebody sits on.
pub fn body(body: Body) -> String {
    match body {
        Body::Party => t!("body.party"),
        Body::Village => t!("body.village"),
        Body::Supervision => t!("body.supervision"),
        Body::Other => t!("body.other"),
    }
}

/// A day of the week, 1 for Monday.
pub fn day_of_week(weekday: i64) -> String {
    match weekday {
        1 => t!("weekday.1"),
        2 => t!("weekday.2"),
        3 => t!("weekday.3"),
        4 => t!("weekday.4"),
        5 => t!("weekday.5"),
        6 => t!("weekday.6"),
        _ => t!("weekday.7"),
    }
}

/// A day with its weekday: 9月2日（周三）.
pub fn weekday_date(at: Micros) -> String {
    t!("date.weekday", date = date(at), weekday = day_of_week(weekday(at)))
}

/// A day with its year: 2026年9月2日.
pub fn full_date(at: Micros) -> String {
    t!("date.full", year = days::date(at).0, date = date(at))
}

/// A time of day: 08:30.
pub fn time(at: Micros) -> String {
    days::write_time(at)
}

/// A day with its time.
pub fn moment(at: Micros) -> String {
    t!("date.moment", day = weekday_date(at), time = time(at))
}

/// From when to when somebody is on duty.
pub fn hours(duty: &Duty) -> String {
    t!("hours", from = clock(duty.from), to = clock(duty.to))
}

/// Who is on duty, with their office.
pub fn on_duty(duty: &Duty) -> String {
    let name = duty.name.as_deref().unwrap_or_default();
    match &duty.office {
        Some(office) => t!("duty.person", name = name, office = office),
        None => name.to_owned(),
    }
}

/// When a session is: the day, and from when to when.
pub fn session_time(session: &Session) -> String {
    let hours = t!("hours", from = time(session.starts), to = time(session.ends));
    t!("date.moment", day = weekday_date(session.starts), time = hours)
}

/// How a session stands.
pub fn session_state(session: &Session, now: Micros) -> Badge {
    match () {
        () if session.cancelled.is_some() => Badge::new(t!("session.cancelled"), Tone::Late),
        () if now >= session.ends => Badge::new(t!("session.over"), Tone::Plain),
        () if now >= session.starts => Badge::new(t!("session.on"), Tone::Done),
        () if session.free() == 0 => Badge::new(t!("session.full"), Tone::Hand),
        () => match session.free() {
            1 => Badge::new(t!("session.free.one"), Tone::Done),
            n => Badge::new(t!("session.free.many", n = n), Tone::Done),
        },
    }
}

/// Who asked, as far as this reader may know: themselves and the office know the name.
pub fn asker(cx: &Read, question: &Question) -> String {
    match reader(cx) {
        Some(person) if question.is_of(person) => t!("asker.you"),
        Some(_) if has(cx, "cadre") => question.asker_name.clone(),
        _ => masked_name(&question.asker_name),
    }
}

/// How a question stands.
pub fn question_state(question: &Question, now: Micros) -> Badge {
    match question.state {
        State::Withdrawn => Badge::new(t!("state.withdrawn"), Tone::Plain),
        State::Answered if question.answers.iter().all(|answer| answer.in_person) => {
            Badge::new(t!("state.in-person"), Tone::Done)
        }
        State::Answered => Badge::new(t!("state.answered"), Tone::Done),
        State::Waiting if question.is_late(now) => Badge::new(t!("state.late"), Tone::Late),
        State::Waiting => Badge::new(t!("state.waiting"), Tone::Hand),
    }
}

/// Who reads a question that not everybody reads.
pub fn sight(sight: Sight) -> Option<String> {
    match sight {
        Sight::Public => None,
        Sight::Office => Some(t!("sight.office")),
        Sight::Secretary => Some(t!("sight.secretary")),
        Sight::Own => Some(t!("sight.own")),
    }
}

/// The last change of a part, when there was one.
pub fn changed(cx: &Read, part: Part) -> Result<Option<String>> {
    let stamp = listing::changed(cx, part)?;
    Ok(stamp.map(|stamp| t!("changed", date = full_date(stamp.at), name = stamp.by)))
}

/// The first characters of a question, in one line.
pub fn short(question: &Doc<Question>) -> String {
    cut(&question.text.split_whitespace().collect::<Vec<_>>().join(" "), 44)
}

/// Why something cannot be done.
pub fn refused(why: Refused) -> String {
    match why {
        Refused::EndsBeforeStart => t!("refused.ends-before"),
        Refused::OnDutyAlready => t!("refused.on-duty"),
        Refused::DayClosed => t!("refused.day-closed"),
        Refused::DayTaken => t!("refused.day-taken"),
        Refused::NotWhole => t!("refused.not-whole"),
        Refused::TermEndsBefore => t!("refused.term"),
        Refused::AlbumFull => t!("refused.album-full"),
        Refused::Struck => t!("refused.struck"),
        Refused::NothingChanged => t!("refused.nothing-changed"),
        Refused::TooManyPhotos => t!("refused.photos"),
        Refused::SessionBegun => t!("refused.begun"),
        Refused::SessionCancelled => t!("refused.cancelled"),
        Refused::SessionFull => t!("refused.full"),
        Refused::Withdrawn => t!("refused.withdrawn"),
        Refused::Answered => t!("refused.answered"),
        Refused::PrivateAlready => t!("refused.private"),
    }
}
