//! Words for things: the one place where states, periods, refusals, names and times become text in the reader's
//! language.

use cunshi_sdk::lang;
use cunshi_sdk::prelude::{Badge, Read, Text, Tone};
use cunshi_sdk::words::masked_name;
pub use cunshi_sdk::words::{cut, date, money, month};

use crate::domain::days::{self, Micros};
use crate::domain::finance::MAX_TEXT;
use crate::domain::question::{RAISE_DAYS, TOWN_DAYS};
use crate::domain::{
    Affairs, Asked, Disclosure, Duty, Every, LineError, LineProblem, Mark, Question, QuestionState, Refused, State,
};

/// Who reads: decides how much is shown.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The signed-in person.
    pub person: Option<String>,
    /// Works in this office.
    pub cadre: bool,
    /// Sits on the supervision committee.
    pub supervisor: bool,
}

impl Reader {
    /// The reader of a call.
    pub fn of(cx: &Read) -> Self {
        let actor = cx.actor();
        let has = |role: &str| actor.is_some_and(|actor| actor.is(role));
        Self { person: actor.map(|actor| actor.person.clone()), cadre: has("cadre"), supervisor: has("supervisor") }
    }

    /// Whether the reader sees what is not public yet.
    pub fn inside(&self) -> bool {
        self.cadre || self.supervisor
    }

    /// Whether the reader asked a question.
    pub fn asked(&self, question: &Question) -> bool {
        self.person.as_deref().is_some_and(|person| question.is_of(person))
    }

    /// The asker's name: in full for the office and for themselves; the space, where it came from below.
    pub fn asker(&self, question: &Question) -> String {
        if let Some(origin) = &question.origin {
            return t!("asker.below", from = origin.from_name);
        }
        let full = question.asker_name.as_deref().filter(|name| !name.trim().is_empty());
        match full {
            Some(full) if self.cadre || self.asked(question) => full.to_owned(),
            Some(full) => masked_name(full),
            None => t!("villager"),
        }
    }
}

/// A text in the reader's language.
pub fn in_language(text: &Text) -> String {
    text.get(lang::current()).to_owned()
}

/// Which affairs.
pub fn affairs(affairs: Affairs) -> String {
    match affairs {
        Affairs::Party => t!("affairs.party"),
        Affairs::Village => t!("affairs.village"),
        Affairs::Finance => t!("affairs.finance"),
    }
}

/// How often, and within how many days.
pub fn rhythm(every: Every, days: u32) -> String {
    match every {
        Every::Monthly => t!("every.monthly", n = days),
        Every::Quarterly => t!("every.quarterly", n = days),
        Every::Yearly => t!("every.yearly", n = days),
        Every::AtOnce => t!("every.at-once", n = days),
    }
}

/// A period as people say it: 2026年9月, Q3 2026.
pub fn period(every: Every, start: Micros) -> String {
    let (year, of_year, _) = days::date(start);
    match every {
        Every::Monthly => month(start),
        Every::Quarterly => t!("period.quarter", year = year, n = crate::domain::period::quarter(of_year)),
        Every::Yearly => t!("period.year", year = year),
        Every::AtOnce => date(start),
    }
}

/// What a duty asks for, in the reader's language.
pub fn duty(duty: &Duty) -> String {
    t!("duty.title", period = period(duty.every, duty.start), title = in_language(&duty.title))
}

/// What a duty asks for, in both.
pub fn duty_title(duty: &Duty) -> Text {
    both!("duty.title", period = period(duty.every, duty.start), title = in_language(&duty.title))
}

/// How a duty stands, as a mark with its words and tone.
pub fn mark(mark: Mark) -> (&'static str, String, Tone) {
    match mark {
        Mark::Done => ("✓", t!("mark.done"), Tone::Done),
        Mark::Late => ("✓", t!("mark.late"), Tone::Hand),
        Mark::Overdue => ("!", t!("mark.overdue"), Tone::Late),
        Mark::InHand => ("…", t!("mark.in-hand"), Tone::Up),
        Mark::NotDue => ("○", t!("mark.not-due"), Tone::Plain),
    }
}

/// How a duty stands, for a list.
pub fn duty_badge(duty: &Duty, now: Micros) -> Badge {
    let stands = duty.mark(now);
    let (_, text, tone) = mark(stands);
    let text = match stands {
        Mark::Overdue => late(duty.due_at, now),
        Mark::NotDue | Mark::InHand => left(duty.due_at, now),
        Mark::Done | Mark::Late => text,
    };
    Badge { text, tone }
}

/// How long something is overdue.
pub fn late(due_at: Micros, now: Micros) -> String {
    match days::days_between(due_at, now) {
        ..=1 => t!("late.one"),
        n => t!("late.many", n = n),
    }
}

/// How long there is still time.
pub fn left(due_at: Micros, now: Micros) -> String {
    match days::days_between(now, due_at) {
        ..=0 => t!("left.today"),
        1 => t!("left.one"),
        n => t!("left.many", n = n),
    }
}

/// Where a disclosure stands.
pub fn paper_badge(paper: &Disclosure) -> Badge {
    let (text, tone) = match paper.state {
        State::Draft if paper.returned().is_some() => (t!("state.returned"), Tone::Late),
        State::Draft => (t!("state.draft"), Tone::Plain),
        State::Submitted => (t!("state.submitted"), Tone::Hand),
        State::Signed => match paper.waits_until {
            Some(day) => (t!("state.signed", date = date(day)), Tone::Hand),
            None => (t!("state.signed.now"), Tone::Hand),
        },
        State::Published if paper.replaced => (t!("state.replaced"), Tone::Plain),
        State::Published => match paper.in_time() {
            Some(false) => (t!("mark.late"), Tone::Hand),
            _ => (t!("state.published"), Tone::Done),
        },
    };
    Badge { text, tone }
}

/// Where a question stands.
pub fn question_badge(question: &Question, now: Micros) -> Badge {
    let (text, tone) = match (question.state, question.waits_until()) {
        (QuestionState::Asked, _) if now > question.due_at => (late(question.due_at, now), Tone::Late),
        (QuestionState::Asked, _) => (t!("question.waits", left = left(question.due_at, now)), Tone::Hand),
        (QuestionState::Raised, Some(due_at)) if now > due_at => (late(due_at, now), Tone::Late),
        (QuestionState::Raised, _) => (t!("question.raised", office = above(question)), Tone::Up),
        (QuestionState::Answered | QuestionState::Settled, _) => (t!("question.answered"), Tone::Done),
    };
    Badge { text, tone }
}

/// The office above, as a question knows it.
pub fn above(question: &Question) -> String {
    question.raised.as_ref().map(|raised| raised.to.clone()).unwrap_or_default()
}

/// Why something cannot be done to a disclosure.
pub fn refused(why: Refused) -> String {
    match why {
        Refused::WithSupervisors => t!("refused.with-supervisors"),
        Refused::WaitsForItsDay => t!("refused.waits"),
        Refused::Published => t!("refused.published"),
        Refused::NotSubmitted => t!("refused.not-submitted"),
        Refused::NotSigned => t!("refused.not-signed"),
        Refused::Empty => t!("refused.empty"),
        Refused::OwnHand => t!("refused.own-hand"),
    }
}

/// Why something cannot be done to a question.
pub fn asked(why: Asked) -> String {
    match why {
        Asked::Answered => t!("refused.answered"),
        Asked::WithUpper => t!("refused.with-upper", n = TOWN_DAYS),
        Asked::NotAnswered => t!("refused.not-answered"),
        Asked::TooLate => t!("refused.too-late", n = RAISE_DAYS),
    }
}

/// What is wrong with a line of a table.
pub fn line(error: LineError) -> String {
    let what = match error.problem {
        LineProblem::NoColumns => t!("line.no-columns"),
        LineProblem::TooManyColumns => t!("line.too-many"),
        LineProblem::NoItem => t!("line.no-item"),
        LineProblem::TooLong => t!("line.too-long", n = MAX_TEXT),
        LineProblem::Income => t!("line.income"),
        LineProblem::Expense => t!("line.expense"),
        LineProblem::NoAmount => t!("line.no-amount"),
    };
    t!("line", n = error.line, what = what)
}
