//! Words for things: the one place where states, categories, refusals, times and names become text in the
//! reader's language.

use std::borrow::Cow;

use cunshi_sdk::prelude::{Badge, Read, Result, Tone};
use cunshi_sdk::words::masked;
pub use cunshi_sdk::words::{cut, date};

use crate::domain::days::{self, DAY, HOUR, MINUTE, Micros};
use crate::domain::mask::{self, NameStyle};
use crate::domain::{Case, Complexity, Refused, Side, State, Step};

/// Who reads: decides how much of a case is shown.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The signed-in person.
    pub person: Option<String>,
    /// Works in this office.
    pub cadre: bool,
    /// Sits on the supervision committee.
    pub supervisor: bool,
    style: NameStyle,
}

impl Reader {
    /// The reader of a call.
    pub fn of(cx: &Read) -> Result<Self> {
        let actor = cx.actor();
        let has = |role: &str| actor.is_some_and(|actor| actor.is(role));
        Ok(Self {
            person: actor.map(|actor| actor.person.clone()),
            cadre: has("cadre"),
            supervisor: has("supervisor"),
            style: NameStyle::parse(&cx.setting::<String>("mask")?),
        })
    }

    /// Whether the reader reported the case.
    pub fn reported(&self, case: &Case) -> bool {
        self.person.as_deref().is_some_and(|person| case.is_of(person))
    }

    /// Whether the reader sees names and numbers as they were written.
    pub fn sees_all(&self, case: &Case) -> bool {
        self.cadre || self.reported(case)
    }

    /// Whether the reader sees what colleagues note for each other.
    pub fn sees_notes(&self) -> bool {
        self.cadre || self.supervisor
    }

    /// The reporter's name, or that of the space that referred the case.
    pub fn reporter(&self, case: &Case) -> String {
        if let Some(origin) = &case.origin {
            return origin.from_name.clone();
        }
        self.villager(case, case.reporter_name.as_deref())
    }

    /// A villager's name on a case.
    pub fn villager(&self, case: &Case, full: Option<&str>) -> String {
        let shown = full
            .and_then(|full| if self.sees_all(case) { Some(full.to_owned()) } else { mask::name(full, self.style) });
        shown.unwrap_or_else(|| t!("villager"))
    }

    /// Whose hand a step is, as far as this reader may know; none for the platform's.
    pub fn hand(&self, case: &Case, step: &Step) -> Option<String> {
        match step.side {
            Side::Villager => Some(self.villager(case, step.name.as_deref())),
            Side::Office | Side::Above | Side::Below => step.name.clone(),
            Side::Platform => None,
        }
    }

    /// Words of a step, as far as this reader may read them.
    pub fn words(&self, case: &Case, step: &Step) -> Option<String> {
        let text = step.text.as_deref()?;
        Some(if self.sees_all(case) { text.to_owned() } else { masked(text).into_owned() })
    }

    /// Questions with their answers, as far as this reader may read them.
    pub fn answers<'a>(&self, case: &'a Case) -> Vec<(&'a str, Cow<'a, str>)> {
        let all = self.sees_all(case);
        let shown = |value: &'a str| if all { Cow::Borrowed(value) } else { masked(value) };
        case.answers.iter().map(|answer| (answer.question.as_str(), shown(&answer.value))).collect()
    }

    /// Title, details and place, as far as this reader may read them.
    pub fn report<'a>(&self, case: &'a Case) -> (&'a str, Option<&'a str>, Option<&'a str>) {
        match case.original.as_ref().filter(|_| self.sees_all(case)) {
            Some(typed) => (&typed.title, typed.detail.as_deref(), typed.place.as_deref()),
            None => (&case.title, case.detail.as_deref(), case.place.as_deref()),
        }
    }
}

/// A category.
pub fn category(value: &str) -> String {
    match value {
        "safety" => t!("category.safety"),
        "roads" => t!("category.roads"),
        "environment" => t!("category.environment"),
        "water" => t!("category.water"),
        "disputes" => t!("category.disputes"),
        "policy" => t!("category.policy"),
        _ => t!("category.other"),
    }
}

/// The label and the answer of an extra question.
pub fn question(question: &str, value: &str) -> Option<(String, String)> {
    let label = match question {
        "danger" => t!("question.danger"),
        "lamp" => t!("question.lamp"),
        "households" => t!("question.households"),
        "mediate" => t!("question.mediate"),
        "paper" => t!("question.paper"),
        "since" => t!("question.since"),
        _ => return None,
    };
    let answer = match (question, value) {
        (_, "true") => t!("yes"),
        (_, "false") => t!("no"),
        ("since", "today") => t!("since.today"),
        ("since", "days") => t!("since.days"),
        ("since", "weeks") => t!("since.weeks"),
        ("since", "months") => t!("since.months"),
        _ => value.to_owned(),
    };
    Some((label, answer))
}

/// How hard a case is.
pub fn complexity(value: Complexity) -> String {
    match value {
        Complexity::Simple => t!("complexity.simple"),
        Complexity::Ordinary => t!("complexity.ordinary"),
        Complexity::Complex => t!("complexity.complex"),
    }
}

/// This office in a sentence: 村里, 社区, 镇街, 区里.
pub fn office(cx: &Read) -> String {
    match cx.space().kind.as_str() {
        "community" => t!("office.community"),
        "town" => t!("office.town"),
        "district" => t!("office.district"),
        _ => t!("office.village"),
    }
}

/// A sentence that begins with the office's name, in languages that have capitals.
pub fn capital(sentence: String) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or(sentence)
}

/// The state of a case with its tone; what is overdue says so first.
pub fn badge(case: &Case, now: Micros) -> Badge {
    if case.is_overdue(now) {
        return Badge { text: late(case.due_at, now), tone: Tone::Late };
    }
    let (text, tone) = match case.state {
        State::Reported => (t!("state.reported"), Tone::Hand),
        State::Accepted => (t!("state.accepted"), Tone::Hand),
        State::Referred => (t!("state.referred", office = upper(case)), Tone::Up),
        State::Handling => (t!("state.handling"), Tone::Hand),
        State::Reopened => (t!("state.reopened"), Tone::Hand),
        State::Closed | State::Rated => (t!("state.closed"), Tone::Done),
        State::Declined => (t!("state.declined"), Tone::Plain),
        State::Merged => (t!("state.merged"), Tone::Plain),
    };
    Badge { text, tone }
}

/// How long something is overdue.
pub fn late(due_at: Micros, now: Micros) -> String {
    match days::days_between(due_at, now) {
        ..=1 => t!("state.overdue.one"),
        n => t!("state.overdue.many", n = n),
    }
}

/// The office above, as the case knows it.
pub fn upper(case: &Case) -> String {
    case.referral.as_ref().map(|referral| referral.to.clone()).unwrap_or_default()
}

/// What stands beside the badge: time left, time taken, stars, neighbours.
pub fn progress(cx: &Read, case: &Case) -> Result<Vec<String>> {
    let now = cx.now();
    let mut parts = Vec::new();
    if case.is_overdue(now) {
        if let Some(above) = cx.space().above.as_ref().filter(|_| case.overdue_since.is_some()) {
            parts.push(t!("told.above", office = above));
        }
    } else if case.state == State::Referred {
        let accepted = case.referral.as_ref().is_some_and(|referral| referral.accepted_at.is_some());
        let office = upper(case);
        parts.push(if accepted { t!("above.accepted", office = office) } else { t!("above.waiting", office = office) });
    } else if case.state.is_open() {
        parts.push(left(cx, case.due_at)?);
    } else if let Some(closed) = case.closed_at {
        parts.push(match days::days_between(case.reported_at, closed) {
            0 => t!("handled.sameday"),
            _ => t!("handled", time = span_in_days(case.reported_at, closed)),
        });
        if let Some(given) = case.stars.filter(|_| case.rated_at.is_some()) {
            parts.push(t!("rated", stars = stars(given)));
        }
    }
    match case.supporters {
        0 => {}
        1 => parts.push(t!("supporters.one")),
        n => parts.push(t!("supporters.many", n = n)),
    }
    if !case.is_public() {
        parts.push(t!("private"));
    }
    Ok(parts)
}

/// Working days left until a deadline.
pub fn left(cx: &Read, due_at: Micros) -> Result<String> {
    Ok(match cx.working_days_between(cx.now(), due_at)? {
        ..=0 => t!("left.today"),
        n => t!("left", days = working_days(i64::from(n))),
    })
}

/// A number of working days.
pub fn working_days(n: i64) -> String {
    if n == 1 { t!("days.one") } else { t!("days.many", n = n) }
}

fn span_in_days(from: Micros, to: Micros) -> String {
    match days::days_between(from, to) {
        1 => t!("took.days.one"),
        n => t!("took.days.many", n = n),
    }
}

/// How long something took, in the greatest unit that fits.
pub fn took(span: Micros) -> String {
    let time = match span {
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
    };
    t!("took", time = time)
}

/// Stars inside a sentence.
pub fn stars(n: u8) -> String {
    "★".repeat(usize::from(n.min(5)))
}

/// Why something cannot be done to a case.
pub fn refused(why: Refused) -> String {
    match why {
        Refused::NotAccepted => t!("refused.not-accepted"),
        Refused::AlreadyAccepted => t!("refused.already-accepted"),
        Refused::WithUpper => t!("refused.with-upper"),
        Refused::NotWithUpper => t!("refused.not-with-upper"),
        Refused::Settled(State::Rated) => t!("refused.settled.rated"),
        Refused::Settled(State::Declined) => t!("refused.settled.declined"),
        Refused::Settled(State::Merged) => t!("refused.settled.merged"),
        Refused::Settled(_) => t!("refused.settled.closed"),
        Refused::NotClosed => t!("refused.not-closed"),
        Refused::AlreadyRated => t!("refused.already-rated"),
        Refused::TooLate => t!("refused.too-late"),
        Refused::AlreadyExtended => t!("refused.already-extended"),
        Refused::UnderWay => t!("refused.under-way"),
        Refused::AlreadyPrivate => t!("refused.already-private"),
        Refused::BadTarget => t!("refused.bad-target"),
    }
}
