//! The request: how it goes. What is written in it is [`super::Paper`].

use cunshi_sdk::Text;
use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::days::{DAY, Micros};
use super::service::{ResultKind, Service, Source};
use super::state::State;
use super::step::StepKind;

/// Days after the end within which the asker may rate.
pub const RATE_DAYS: i64 = 30;
/// Most requests of one person that are in hand.
pub const MOST_OPEN: usize = 10;

/// Where a request came from that a village passed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The event that brought it last: answers go down by it.
    pub event: String,
    /// The name of the village.
    pub from_name: String,
    /// Its spoken number there.
    pub number: String,
    /// How many photos it has there; they do not travel.
    pub photos: u32,
}

/// That the request went to the town.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// The name of the town.
    pub to: String,
    /// Since when.
    pub at: Micros,
    /// The deadline there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Micros>,
    /// When the town was done with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_at: Option<Micros>,
}

/// One request. The fields from `board` on are kept by [`Request::derive`] for the indexes.
#[document("request")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Spoken number: `B2026-0042`.
    pub number: String,
    /// The service's key.
    pub service: String,
    /// The service's title when it was asked for.
    pub title: Text,
    /// Where the result comes from.
    pub source: Source,
    /// How the result is given.
    pub result: ResultKind,
    /// The asker's person id; none for a request from below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asker: Option<String>,
    /// The asker's full name; goes with the contents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asker_name: Option<String>,
    /// The cadre who entered it for the asker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// Set for a request that a village passed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The request's id in that village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_request: Option<String>,
    /// Where it stands.
    pub state: State,
    /// What happened last.
    pub last: StepKind,
    /// How many steps it has: a form that was drawn with fewer is stale.
    pub steps: u32,
    /// When it came in.
    pub asked_at: Micros,
    /// When it was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Micros>,
    /// The last instant of the day by which it should be done.
    pub due_at: Micros,
    /// Since when it waits for papers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_at: Option<Micros>,
    /// Set once it was passed to the town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<Passed>,
    /// When the result was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Micros>,
    /// When nothing more was to happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Micros>,
    /// 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// When it was rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rated_at: Option<Micros>,
    /// Since when it is marked overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_since: Option<Micros>,
    /// When its contents were removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forgotten_at: Option<Micros>,
    /// See [`State::board`].
    #[serde(default)]
    pub board: String,
    /// The deadline of one in the office's hands that is not marked overdue yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unmarked_due: Option<Micros>,
    /// When it ended, as long as its contents are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents_since: Option<Micros>,
}

/// What is known when a request comes in.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The spoken number.
    pub number: String,
    /// See [`Request::asker`].
    pub asker: Option<String>,
    /// See [`Request::asker_name`].
    pub asker_name: Option<String>,
    /// See [`Request::entered_by`].
    pub entered_by: Option<String>,
    /// When.
    pub at: Micros,
    /// Until when it should be done.
    pub due_at: Micros,
}

impl Request {
    /// A request that has just come in, for a service as it stands.
    pub fn received(asked: Asked, service: &Service) -> Self {
        let mut request = Self {
            number: asked.number,
            service: service.key.clone(),
            title: service.guide.title.clone(),
            source: service.guide.source,
            result: service.guide.result,
            asker: asked.asker,
            asker_name: asked.asker_name,
            entered_by: asked.entered_by,
            origin: None,
            origin_request: None,
            state: State::Received,
            last: StepKind::Received,
            steps: 1,
            asked_at: asked.at,
            accepted_at: None,
            due_at: asked.due_at,
            paused_at: None,
            passed: None,
            done_at: None,
            ended_at: None,
            stars: None,
            rated_at: None,
            late_since: None,
            forgotten_at: None,
            board: String::new(),
            unmarked_due: None,
            contents_since: None,
        };
        request.derive();
        request
    }

    /// Brings the fields that indexes need in line with the rest.
    pub fn derive(&mut self) {
        let working = self.board_is_work();
        self.state.board().as_str().clone_into(&mut self.board);
        if self.state.is_over() || self.done_at.is_some() {
            self.late_since = None;
        }
        self.unmarked_due = (working && self.late_since.is_none()).then_some(self.due_at);
        self.contents_since = self.ended_at.filter(|_| self.forgotten_at.is_none());
    }

    fn board_is_work(&self) -> bool {
        self.state.board() == super::state::Board::Work
    }

    /// Whether it is in the office's hands and past its deadline.
    pub fn is_late(&self, now: Micros) -> bool {
        self.board_is_work() && now > self.due_at
    }

    /// Whether a person asked for it.
    pub fn is_of(&self, person: &str) -> bool {
        self.asker.as_deref() == Some(person)
    }

    /// Until when the asker may rate it, if at all.
    pub fn rate_until(&self) -> Option<Micros> {
        let ended = self.ended_at.filter(|_| self.state == State::Done && self.stars.is_none())?;
        Some(ended + RATE_DAYS * DAY)
    }

    /// Whether the town has given it back to be finished here.
    pub fn is_returned(&self) -> bool {
        self.state == State::Handling && self.passed.as_ref().is_some_and(|passed| passed.returned_at.is_some())
    }

    /// The contents were removed.
    pub fn forget(&mut self, now: Micros) {
        self.forgotten_at = Some(now);
        self.asker_name = None;
        self.entered_by = None;
        self.derive();
    }
}
