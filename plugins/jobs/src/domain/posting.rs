//! The posting: the document, and what is asked of it. How it may move is in [`super::course`].

use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::course::{News, Refused, complete};
use super::days::{DAY, Micros};
use super::terms::Terms;

/// Where a posting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 草稿: a cadre has begun it.
    Draft,
    /// 待核实: a villager proposes it.
    Proposed,
    /// 已退回: with what to change.
    Declined,
    /// 招聘中
    Open,
    /// 已结束
    Closed,
    /// 已撤下: false, or asks for money.
    Hidden,
}

impl State {
    /// The word in documents and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Declined => "declined",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Hidden => "hidden",
        }
    }
}

/// Why a posting is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// 招满
    Full,
    /// The last day is over.
    Expired,
    /// By whose it is.
    Ended,
}

/// Whoever acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// The person's id.
    pub person: String,
    /// The name.
    pub name: String,
    /// When.
    pub at: Micros,
}

/// A posting. The fields from `visibility` on are kept by [`Posting::derive`] for readers and indexes.
#[document("posting")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// What it offers.
    pub terms: Terms,
    /// Where it stands.
    pub state: State,
    /// The person who made or proposed it; none for one of another office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Their full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_name: Option<String>,
    /// A villager's own, checked by the office.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proposed: bool,
    /// The cadre who published it: asked whether it is still open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadre: Option<String>,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadre_name: Option<String>,
    /// When it came to be here.
    pub made: Micros,
    /// When it was published first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Micros>,
    /// When somebody last said that it is still open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Micros>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Micros>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Why it was sent back or taken down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many were hired.
    pub hired: i64,
    /// Its id at the office whose it is; none for one of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The name of that office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// When that office last told of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<Micros>,
    /// Taken down here, whatever that office says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    /// `public` or `office`.
    pub visibility: String,
    /// `open` or `over`, once it is published and as long as it is not hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub board: Option<String>,
    /// The same for one of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_board: Option<String>,
    /// `draft`, `proposed`, `declined` or `hidden`: what only the office lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
    /// What a search looks through.
    pub find: String,
    /// See [`Terms::far`].
    pub far: i64,
    /// The last instant, while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_until: Option<Micros>,
    /// See `checked_at`, while it is open and of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unchecked_since: Option<Micros>,
    /// Whether it was closed because everybody was found; for one of this office that is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<bool>,
}

impl Posting {
    /// A cadre begins one.
    pub fn draft(terms: Terms, by: &Hand) -> Self {
        Self::new(terms, State::Draft, Some(by), by.at)
    }

    /// A villager proposes one.
    pub fn proposal(terms: Terms, by: &Hand) -> Result<Self, Refused> {
        complete(&terms, by.at)?;
        let mut posting = Self::new(terms, State::Proposed, Some(by), by.at);
        posting.proposed = true;
        Ok(posting)
    }

    /// One of the office above.
    pub fn copy(source: &str, news: News, now: Micros) -> Self {
        let mut copy = Self::new(Terms::default(), State::Closed, None, now);
        copy.source = Some(source.to_owned());
        copy.take_news(news);
        copy
    }

    fn new(terms: Terms, state: State, by: Option<&Hand>, made: Micros) -> Self {
        let mut posting = Self {
            terms,
            state,
            author: by.map(|by| by.person.clone()),
            author_name: by.map(|by| by.name.clone()),
            proposed: false,
            cadre: None,
            cadre_name: None,
            made,
            published_at: None,
            checked_at: None,
            closed_at: None,
            why: None,
            reason: None,
            hired: 0,
            source: None,
            office: None,
            told_at: None,
            held: false,
            visibility: String::new(),
            board: None,
            own_board: None,
            desk: None,
            find: String::new(),
            far: 0,
            open_until: None,
            unchecked_since: None,
            full: None,
        };
        posting.derive();
        posting
    }

    /// Whether this office may change it.
    pub fn is_own(&self) -> bool {
        self.source.is_none()
    }

    /// Whether it is this person's, who proposed it.
    pub fn is_proposed_by(&self, person: &str) -> bool {
        self.proposed && self.author.as_deref() == Some(person)
    }

    /// Whether everybody may read it.
    pub fn is_public(&self) -> bool {
        matches!(self.state, State::Open | State::Closed)
    }

    /// Whether people may sign up.
    pub fn is_open(&self, now: Micros) -> bool {
        self.state == State::Open && self.terms.closes.is_some_and(|closes| closes >= now)
    }

    /// How many are still wanted.
    pub fn places(&self) -> i64 {
        (self.terms.headcount - self.hired).max(0)
    }

    /// Whether nobody has touched it for so many days.
    pub fn is_stale(&self, days: i64, now: Micros) -> bool {
        self.is_own() && self.is_open(now) && self.checked_at.is_some_and(|checked| checked + days * DAY <= now)
    }

    /// Keeps what readers' rules and indexes go by.
    pub(super) fn derive(&mut self) {
        let terms = &self.terms;
        let visibility = if self.is_public() { "public" } else { "office" };
        visibility.clone_into(&mut self.visibility);
        self.board = match self.state {
            State::Open => Some("open".to_owned()),
            State::Closed => Some("over".to_owned()),
            _ => None,
        };
        self.own_board = self.board.clone().filter(|_| self.is_own());
        self.desk = (!self.is_public()).then(|| self.state.as_str().to_owned());
        let parts = [Some(&terms.title), terms.employer.as_ref(), terms.place.as_ref(), terms.skills.as_ref()];
        self.find = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        self.far = terms.far();
        self.open_until = terms.closes.filter(|_| self.state == State::Open);
        self.unchecked_since = self.checked_at.filter(|_| self.state == State::Open && self.is_own());
        self.full = (self.state == State::Closed && self.is_own()).then_some(self.why == Some(Why::Full));
    }
}
