//! The course of a posting: every move, and why it is not possible.

use serde::{Deserialize, Serialize};

use super::days::Micros;
use super::posting::{Hand, Posting, State, Why};
use super::terms::{Lack, Terms};

/// Why a move is not possible. The words for people are in `words::refused`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is another office's: only that one changes it.
    Elsewhere,
    /// Something is missing.
    Lacks(Vec<Lack>),
    /// It is published already.
    Published,
    /// It is not (or no longer) proposed.
    NotProposed,
    /// It is not open.
    NotOpen,
    /// It is open.
    StillOpen,
    /// It was taken down.
    Hidden,
    /// It was not taken down.
    NotHidden,
    /// Only a draft is deleted.
    NotDraft,
    /// Everybody wanted was hired.
    Full,
    /// Fewer people than were hired.
    BelowHired,
    /// The last day has passed.
    Past,
}

/// What the office above tells of its posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// What it offers.
    pub terms: Terms,
    /// Open, closed or hidden.
    pub state: State,
    /// Why it is closed.
    #[serde(default)]
    pub why: Option<Why>,
    /// Why it was taken down.
    #[serde(default)]
    pub reason: Option<String>,
    /// How many were hired.
    pub hired: i64,
    /// When it was published.
    pub published_at: Micros,
    /// When this was told.
    pub told_at: Micros,
    /// The office whose it is.
    pub office: String,
}

impl Posting {
    /// Published by a cadre, when nothing is missing.
    pub fn publish(&mut self, by: &Hand) -> Result<(), Refused> {
        self.own()?;
        match self.state {
            State::Draft | State::Proposed | State::Declined => {}
            State::Open | State::Closed => return Err(Refused::Published),
            State::Hidden => return Err(Refused::Hidden),
        }
        complete(&self.terms, by.at)?;
        self.cadre = Some(by.person.clone());
        self.cadre_name = Some(by.name.clone());
        self.published_at = Some(by.at);
        self.reason = None;
        self.open(by.at);
        Ok(())
    }

    /// Sent back to the villager who proposed it.
    pub fn decline(&mut self, reason: String) -> Result<(), Refused> {
        self.own()?;
        if self.state != State::Proposed {
            return Err(Refused::NotProposed);
        }
        self.state = State::Declined;
        self.reason = Some(reason);
        self.derive();
        Ok(())
    }

    /// Other terms. What was sent back is proposed again when its villager has changed it; what is published stays whole.
    pub fn revise(&mut self, terms: Terms, by_office: bool, now: Micros) -> Result<(), Refused> {
        self.own()?;
        match self.state {
            State::Draft => {}
            State::Proposed | State::Declined => {
                complete(&terms, now)?;
                if !by_office {
                    self.state = State::Proposed;
                    self.reason = None;
                }
            }
            State::Open if by_office => {
                complete(&terms, now)?;
                if terms.headcount < self.hired {
                    return Err(Refused::BelowHired);
                }
                self.checked_at = Some(now);
            }
            State::Open => return Err(Refused::Published),
            State::Closed => return Err(Refused::NotOpen),
            State::Hidden => return Err(Refused::Hidden),
        }
        self.terms = terms;
        self.fill(now);
        Ok(())
    }

    /// Only a draft is deleted.
    pub fn may_discard(&self) -> Result<(), Refused> {
        if self.state == State::Draft { Ok(()) } else { Err(Refused::NotDraft) }
    }

    /// Whose it is does not hire any more.
    pub fn end(&mut self, now: Micros) -> Result<(), Refused> {
        self.own()?;
        self.must_be_open()?;
        self.close(Why::Ended, now);
        Ok(())
    }

    /// Opened again, with more people or a later day.
    pub fn reopen(&mut self, headcount: i64, closes: Micros, now: Micros) -> Result<(), Refused> {
        self.own()?;
        match self.state {
            State::Closed => {}
            State::Open if !self.is_open(now) => {}
            State::Open => return Err(Refused::StillOpen),
            State::Hidden => return Err(Refused::Hidden),
            State::Draft | State::Proposed | State::Declined => return Err(Refused::NotOpen),
        }
        if headcount <= self.hired {
            return Err(Refused::Full);
        }
        if closes < now {
            return Err(Refused::Past);
        }
        self.terms.headcount = headcount;
        self.terms.closes = Some(closes);
        complete(&self.terms, now)?;
        self.open(now);
        Ok(())
    }

    /// Somebody has asked: it is still open.
    pub fn confirm(&mut self, now: Micros) -> Result<(), Refused> {
        self.own()?;
        self.must_be_open()?;
        self.checked_at = Some(now);
        self.derive();
        Ok(())
    }

    /// How far it is from here: for one of another office, which cannot know.
    pub fn locate(&mut self, distance: i64) {
        if !self.terms.away {
            self.terms.distance = Some(distance);
        }
        self.derive();
    }

    /// Taken down; one of another office is so here only.
    pub fn hide(&mut self, reason: String) -> Result<(), Refused> {
        match self.state {
            State::Open | State::Closed => {}
            State::Hidden => return Err(Refused::Hidden),
            State::Draft | State::Proposed | State::Declined => return Err(Refused::NotOpen),
        }
        self.state = State::Hidden;
        self.reason = Some(reason);
        self.held = !self.is_own();
        self.derive();
        Ok(())
    }

    /// Brought back: open when it still can be.
    pub fn restore(&mut self, now: Micros) -> Result<(), Refused> {
        if self.state != State::Hidden {
            return Err(Refused::NotHidden);
        }
        if !self.is_own() && !self.held {
            return Err(Refused::Elsewhere);
        }
        self.held = false;
        self.reason = None;
        self.state = State::Closed;
        if self.why.is_none() {
            self.open(now);
        }
        self.expire(now);
        self.derive();
        Ok(())
    }

    /// One more was hired: closes by itself when that was the last.
    pub fn hire(&mut self, now: Micros) -> Result<(), Refused> {
        self.own()?;
        if self.places() == 0 {
            return Err(Refused::Full);
        }
        self.hired += 1;
        self.fill(now);
        Ok(())
    }

    /// One who was hired does not come. What was full stays closed until it is opened again: others have been told.
    pub fn lose(&mut self) {
        self.hired = (self.hired - 1).max(0);
        self.derive();
    }

    /// Closes when its last day is over; false when it is not.
    pub fn expire(&mut self, now: Micros) -> bool {
        let over = self.state == State::Open && !self.is_open(now);
        if over {
            self.close(Why::Expired, now);
        }
        over
    }

    /// What the office above tells; false for what is older than what is known. The distance from here stays.
    pub fn take_news(&mut self, news: News) -> bool {
        if self.told_at.is_some_and(|known| known > news.told_at) {
            return false;
        }
        let distance = self.terms.distance;
        self.terms = news.terms;
        self.terms.distance = if self.terms.away { None } else { distance };
        self.hired = news.hired;
        self.published_at = Some(news.published_at);
        self.office = Some(news.office);
        self.closed_at = (news.state == State::Closed).then_some(news.told_at);
        self.why = news.why;
        self.told_at = Some(news.told_at);
        // What its office took down too is not brought back here.
        self.held &= news.state != State::Hidden;
        if !self.held {
            self.state = match news.state {
                State::Draft | State::Proposed | State::Declined => State::Closed,
                published => published,
            };
            self.reason = news.reason;
        }
        self.derive();
        true
    }

    /// What the spaces below are told of it; none before it is published.
    pub fn news(&self, office: &str, now: Micros) -> Option<News> {
        Some(News {
            terms: Terms { distance: None, ..self.terms.clone() },
            state: self.state,
            why: self.why,
            reason: self.reason.clone().filter(|_| self.state == State::Hidden),
            hired: self.hired,
            published_at: self.published_at?,
            told_at: now,
            office: office.to_owned(),
        })
    }

    fn own(&self) -> Result<(), Refused> {
        if self.is_own() { Ok(()) } else { Err(Refused::Elsewhere) }
    }

    fn must_be_open(&self) -> Result<(), Refused> {
        match self.state {
            State::Open => Ok(()),
            State::Hidden => Err(Refused::Hidden),
            _ => Err(Refused::NotOpen),
        }
    }

    fn open(&mut self, now: Micros) {
        self.state = State::Open;
        self.checked_at = Some(now);
        self.closed_at = None;
        self.why = None;
        self.fill(now);
    }

    fn fill(&mut self, now: Micros) {
        if self.state == State::Open && self.places() == 0 {
            self.close(Why::Full, now);
        }
        self.derive();
    }

    fn close(&mut self, why: Why, now: Micros) {
        self.state = State::Closed;
        self.why = Some(why);
        self.closed_at = Some(now);
        self.derive();
    }
}

/// Refuses what cannot be published, with everything that is missing.
pub(super) fn complete(terms: &Terms, now: Micros) -> Result<(), Refused> {
    let lacks = terms.lacks(now);
    if lacks.is_empty() { Ok(()) } else { Err(Refused::Lacks(lacks)) }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
