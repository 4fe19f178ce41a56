//! 书记会客厅: announced times at which the secretary receives, and turns that villagers book.

use cunshi_sdk::days::{DAY, Micros};
use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::Refused;

/// Greatest number of turns: all who booked get a message in one call.
pub const MOST_SEATS: i64 = 15;
/// The longest session, so that those that began earlier are over.
pub const LONGEST: Micros = DAY;
/// How long before it those who booked are reminded.
const REMIND: Micros = DAY;

/// When and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// Inclusive.
    pub starts: Micros,
    /// Exclusive.
    pub ends: Micros,
    /// Where.
    pub place: String,
}

/// It was at another time or place before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// When it was moved.
    pub at: Micros,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What was announced before.
    pub before: When,
}

/// It does not take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// When that was said.
    pub at: Micros,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// One announced time.
#[document("session")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who receives.
    pub host: String,
    /// Inclusive.
    pub starts: Micros,
    /// Exclusive.
    pub ends: Micros,
    /// Where.
    pub place: String,
    /// A note to all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How many turns there are.
    pub seats: u32,
    /// Numbers of those that are booked, from 1.
    #[serde(default)]
    pub taken: Vec<u32>,
    /// The oldest first.
    #[serde(default)]
    pub moved: Vec<Moved>,
    /// Set when it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Cancelled>,
    /// When those who booked are to be reminded; none once they were, or when it is too late for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Micros>,
}

impl Session {
    /// A new one.
    pub fn announced(host: String, when: When, seats: u32, note: Option<String>, now: Micros) -> Result<Self, Refused> {
        check(&when, now)?;
        let remind_at = reminder(when.starts, now);
        let When { starts, ends, place } = when;
        let (taken, moved) = (Vec::new(), Vec::new());
        Ok(Self { host, starts, ends, place, note, seats, taken, moved, cancelled: None, remind_at })
    }

    /// When and where.
    pub fn when(&self) -> When {
        When { starts: self.starts, ends: self.ends, place: self.place.clone() }
    }

    /// Whether it is still to come and has not been cancelled.
    pub fn is_coming(&self, now: Micros) -> bool {
        self.cancelled.is_none() && now < self.starts
    }

    /// Turns that nobody has booked.
    pub fn free(&self) -> u32 {
        self.seats.saturating_sub(u32::try_from(self.taken.len()).unwrap_or(u32::MAX))
    }

    /// Whether turns may change, and the session itself.
    pub fn changeable(&self, now: Micros) -> Result<(), Refused> {
        if self.cancelled.is_some() {
            return Err(Refused::SessionCancelled);
        }
        if now >= self.starts {
            return Err(Refused::SessionBegun);
        }
        Ok(())
    }

    /// Whether questions may still be asked in advance.
    pub fn takes_questions(&self, now: Micros) -> bool {
        self.cancelled.is_none() && now < self.ends
    }

    /// Takes the first free turn.
    pub fn take(&mut self, now: Micros) -> Result<u32, Refused> {
        self.changeable(now)?;
        let turn = (1..=self.seats).find(|turn| !self.taken.contains(turn)).ok_or(Refused::SessionFull)?;
        self.taken.push(turn);
        self.taken.sort_unstable();
        Ok(turn)
    }

    /// Gives a turn back.
    pub fn give_back(&mut self, turn: u32, now: Micros) -> Result<(), Refused> {
        self.changeable(now)?;
        self.taken.retain(|taken| *taken != turn);
        Ok(())
    }

    /// About when a turn begins: the time is shared out evenly.
    pub fn turn_at(&self, turn: u32) -> Micros {
        let each = (self.ends - self.starts) / i64::from(self.seats.max(1));
        self.starts + each * i64::from(turn.saturating_sub(1))
    }

    /// Announces another time or place. Turns stay.
    pub fn shift(&mut self, when: When, reason: &str, by: &str, now: Micros) -> Result<(), Refused> {
        self.changeable(now)?;
        let before = self.when();
        if before == when {
            return Err(Refused::NothingChanged);
        }
        check(&when, now)?;
        self.moved.push(Moved { at: now, by: by.to_owned(), reason: reason.to_owned(), before });
        if when.starts != self.starts {
            self.remind_at = reminder(when.starts, now);
        }
        (self.starts, self.ends, self.place) = (when.starts, when.ends, when.place);
        Ok(())
    }

    /// It does not take place.
    pub fn cancel(&mut self, reason: &str, by: &str, now: Micros) -> Result<(), Refused> {
        self.changeable(now)?;
        self.cancelled = Some(Cancelled { at: now, by: by.to_owned(), reason: reason.to_owned() });
        self.remind_at = None;
        Ok(())
    }
}

fn check(when: &When, now: Micros) -> Result<(), Refused> {
    if when.ends <= when.starts {
        return Err(Refused::EndsBeforeStart);
    }
    if when.starts <= now {
        return Err(Refused::SessionBegun);
    }
    Ok(())
}

fn reminder(starts: Micros, now: Micros) -> Option<Micros> {
    Some(starts - REMIND).filter(|at| *at > now)
}

/// Somebody comes to a session.
#[document("booking")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// To which.
    pub session: String,
    /// Id of the person.
    pub person: String,
    /// Their name.
    pub name: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// From 1.
    pub turn: u32,
    /// About when the turn begins.
    pub starts: Micros,
    /// When it was booked.
    pub at: Micros,
    /// Name of the cadre who entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// Nobody books twice.
    pub key: String,
}

impl Booking {
    /// The unique key.
    pub fn key(session: &str, person: &str) -> String {
        format!("{session}|{person}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cunshi_sdk::days::HOUR;

    const NOW: Micros = 1_000 * DAY;

    fn when(hours: i64, length: i64) -> When {
        let starts = NOW + hours * HOUR;
        When { starts, ends: starts + length * HOUR, place: "村委会".to_owned() }
    }

    fn session(seats: u32) -> Session {
        let made = Session::announced("简书记".to_owned(), when(48, 2), seats, None, NOW);
        made.unwrap_or_else(|why| panic!("{why:?}"))
    }

    #[test]
    fn turns_go_in_order_and_are_given_back() {
        let mut session = session(2);
        assert_eq!((session.take(NOW), session.take(NOW)), (Ok(1), Ok(2)));
        assert_eq!((session.free(), session.take(NOW)), (0, Err(Refused::SessionFull)));
        assert_eq!(session.give_back(1, NOW), Ok(()));
        assert_eq!((session.free(), session.take(NOW)), (1, Ok(1)));
        assert_eq!(session.turn_at(2) - session.starts, HOUR);
        assert_eq!(session.take(session.starts), Err(Refused::SessionBegun));
        assert_eq!(session.give_back(1, session.starts), Err(Refused::SessionBegun));
    }

    #[test]
    fn it_moves_until_it_begins_and_remembers_what_was_announced() {
        let mut session = session(2);
        assert_eq!(session.remind_at, Some(session.starts - DAY));
        assert_eq!(session.shift(session.when(), "?", "刘会计", NOW), Err(Refused::NothingChanged));
        assert_eq!(session.shift(when(-1, 1), "?", "刘会计", NOW), Err(Refused::SessionBegun));
        assert_eq!(session.shift(when(5, 0), "?", "刘会计", NOW), Err(Refused::EndsBeforeStart));
        assert_eq!(session.shift(when(5, 1), "开会", "刘会计", NOW), Ok(()));
        assert_eq!(session.moved.first().map(|moved| moved.before.clone()), Some(when(48, 2)));
        assert_eq!(session.remind_at, None, "those who booked have just been told");
    }

    #[test]
    fn what_is_cancelled_stays_cancelled() {
        let mut session = session(2);
        assert_eq!(session.cancel("防汛", "刘会计", NOW), Ok(()));
        assert!(!session.is_coming(NOW) && !session.takes_questions(NOW));
        for again in [
            session.clone().cancel("再来", "刘会计", NOW),
            session.clone().take(NOW).map(|_| ()),
            session.clone().shift(when(5, 1), "?", "刘会计", NOW),
        ] {
            assert_eq!(again, Err(Refused::SessionCancelled));
        }
    }

    #[test]
    fn a_session_is_announced_before_it_begins() {
        let late = Session::announced("简书记".to_owned(), when(0, 1), 3, None, NOW);
        assert_eq!(late, Err(Refused::SessionBegun));
    }
}
