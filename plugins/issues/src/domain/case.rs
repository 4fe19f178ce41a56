//! The case: the document, and what is asked of it.

use cunshi_sdk::prelude::document;
use cunshi_sdk::words::masked;
use serde::{Deserialize, Serialize};

use super::days::{self, Micros};
use super::state::State;
use super::step::{Side, Step, StepKind};

/// Days within which the reporter may reopen a closed case.
pub const REOPEN_DAYS: i64 = 15;

/// Who may read a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Its reporter, the office and the supervisors.
    Private,
}

/// How hard a case is; decides its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Complexity {
    /// 3 working days, by the rule that villages begin with.
    Simple,
    /// 7 working days.
    Ordinary,
    /// 15 working days.
    Complex,
}

impl Complexity {
    /// Reads the form's value; anything unknown is ordinary.
    pub fn parse(text: &str) -> Self {
        match text {
            "simple" => Self::Simple,
            "complex" => Self::Complex,
            _ => Self::Ordinary,
        }
    }

    /// The word in forms and in the rule for deadlines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Ordinary => "ordinary",
            Self::Complex => "complex",
        }
    }
}

/// The answer to an extra question of the report form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The field's name.
    pub question: String,
    /// What was answered, as text (`true` for a yes).
    pub value: String,
}

/// Where a case came from that another space referred here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The event that brought it last: answers go down by it.
    pub event: String,
    /// The name of that space.
    pub from_name: String,
    /// Its spoken number there.
    pub number: String,
    /// How many photos it has there; they do not travel.
    pub photos: u32,
}

/// That the case went to the office above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// The name of that office.
    pub to: String,
    /// Since when.
    pub at: Micros,
    /// When that office accepted it.
    #[serde(default)]
    pub accepted_at: Option<Micros>,
    /// When that office was done with it.
    #[serde(default)]
    pub returned_at: Option<Micros>,
}

/// The words as they were typed, where publishing them would tell a private number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// See [`Case::title`].
    pub title: String,
    /// See [`Case::detail`].
    pub detail: Option<String>,
    /// See [`Case::place`].
    pub place: Option<String>,
}

/// One matter. The fields from `board` on to `unmarked_due` are kept by [`Case::derive`] for the indexes.
#[document("case")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Spoken number: `2026-0042`.
    pub number: String,
    /// What it is, as it may be published.
    pub title: String,
    /// More of it, as it may be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Where it is, as it may be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The words as typed, for the office and the reporter; none when they are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    /// One of [`super::category::CATEGORIES`].
    pub category: String,
    /// Answers to the category's own questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// Photos from the report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The reporter's person id; none for a case from below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<String>,
    /// The reporter's full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter_name: Option<String>,
    /// The cadre who entered it for the reporter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Set when accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complexity: Option<Complexity>,
    /// The last instant of the day by which it should be accepted, then settled.
    pub due_at: Micros,
    /// The deadline was put off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub extended: bool,
    /// Everything that happened, oldest first.
    pub steps: Vec<Step>,
    /// How many neighbours stand behind it.
    #[serde(default)]
    pub supporters: u32,
    /// When it was said.
    pub reported_at: Micros,
    /// When it was closed; none again when reopened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Micros>,
    /// When it was rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rated_at: Option<Micros>,
    /// 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// The id of the case as which it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
    /// Set for a case that a space below referred here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The case's id in that space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_case: Option<String>,
    /// Set once it was referred upward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    /// Since when it is marked overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue_since: Option<Micros>,
    /// `open` or `done`.
    #[serde(default)]
    pub board: String,
    /// Closed within the deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_time: Option<bool>,
    /// Rated with 4 stars or 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied: Option<bool>,
    /// The deadline of an open case that is not marked overdue yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unmarked_due: Option<Micros>,
}

/// What a report holds before it is a case.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// See [`Case::number`].
    pub number: String,
    /// As typed.
    pub title: String,
    /// As typed.
    pub detail: Option<String>,
    /// As typed.
    pub place: Option<String>,
    /// See [`Case::category`].
    pub category: String,
    /// See [`Case::answers`].
    pub answers: Vec<Answer>,
    /// See [`Case::photos`].
    pub photos: Vec<String>,
    /// See [`Case::visibility`].
    pub visibility: Visibility,
    /// See [`Case::reporter`].
    pub reporter: Option<String>,
    /// See [`Case::reporter_name`].
    pub reporter_name: Option<String>,
    /// See [`Case::entered_by`].
    pub entered_by: Option<String>,
    /// When.
    pub at: Micros,
    /// Until when it should be accepted.
    pub due_at: Micros,
}

impl Case {
    /// A villager's report.
    pub fn reported(report: Report) -> Self {
        let step = Step::new(StepKind::Reported, Side::Villager, report.at)
            .by(report.reporter.clone(), report.reporter_name.clone());
        Self::begin(report, step)
    }

    /// A case that a space below referred here, with what it said about it.
    pub fn from_below(report: Report, case_there: &str, origin: Origin, words: Option<String>) -> Self {
        let step =
            Step::new(StepKind::Reported, Side::Below, report.at).by(None, Some(origin.from_name.clone())).words(words);
        let mut case = Self::begin(report, step);
        case.origin = Some(origin);
        case.origin_case = Some(case_there.to_owned());
        case
    }

    fn begin(report: Report, first: Step) -> Self {
        let publish = |text: &String| masked(text).into_owned();
        let title = publish(&report.title);
        let detail = report.detail.as_ref().map(publish);
        let place = report.place.as_ref().map(publish);
        let same = title == report.title && detail == report.detail && place == report.place;
        let original = Original { title: report.title, detail: report.detail, place: report.place };
        let mut case = Self {
            number: report.number,
            title,
            detail,
            place,
            original: (!same).then_some(original),
            category: report.category,
            answers: report.answers,
            photos: report.photos,
            visibility: report.visibility,
            reporter: report.reporter,
            reporter_name: report.reporter_name,
            entered_by: report.entered_by,
            state: State::Reported,
            complexity: None,
            due_at: report.due_at,
            extended: false,
            steps: vec![first],
            supporters: 0,
            reported_at: report.at,
            closed_at: None,
            rated_at: None,
            stars: None,
            merged_into: None,
            origin: None,
            origin_case: None,
            referral: None,
            overdue_since: None,
            board: String::new(),
            on_time: None,
            satisfied: None,
            unmarked_due: None,
        };
        case.derive();
        case
    }

    /// Brings the fields that indexes need in line with the rest.
    pub fn derive(&mut self) {
        let open = self.state.is_open();
        if open { "open" } else { "done" }.clone_into(&mut self.board);
        self.on_time = self.closed_at.map(|closed| closed <= self.due_at);
        self.satisfied = self.rated_at.and(self.stars).map(|stars| stars >= 4);
        if !open {
            self.overdue_since = None;
        }
        self.unmarked_due = (open && self.overdue_since.is_none()).then_some(self.due_at);
    }

    /// Whether it is open and past its deadline.
    pub fn is_overdue(&self, now: Micros) -> bool {
        self.state.is_open() && now > self.due_at
    }

    /// Whether a person reported it.
    pub fn is_of(&self, person: &str) -> bool {
        self.reporter.as_deref() == Some(person)
    }

    /// Whether everybody may read it.
    pub fn is_public(&self) -> bool {
        self.visibility == Visibility::Public
    }

    /// Whether the reporter may still reopen it.
    pub fn may_reopen(&self, now: Micros) -> bool {
        self.closed_at.is_some_and(|closed| days::days_between(closed, now) <= REOPEN_DAYS)
    }

    /// Photos of the result: those of the last closing.
    pub fn photos_after(&self) -> &[String] {
        let closed = self.steps.iter().rev().find(|step| step.kind == StepKind::Closed && step.side == Side::Office);
        closed.map(|step| step.photos.as_slice()).unwrap_or_default()
    }

    /// What the office above said when it was done with the case, if it was: the draft of an answer.
    pub fn words_from_above(&self) -> Option<&str> {
        self.referral.as_ref()?.returned_at?;
        let said = self.steps.iter().rev().find(|step| step.side == Side::Above && step.text.is_some());
        said?.text.as_deref()
    }

    /// The answer to an extra question, as typed.
    pub fn answer(&self, question: &str) -> Option<&str> {
        self.answers.iter().find(|answer| answer.question == question).map(|answer| answer.value.as_str())
    }
}
