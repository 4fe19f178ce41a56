//! A villager's question with its two clocks: the village answers within 10 days, the town within 20.

use cunshi_sdk::prelude::{Text, document};
use serde::{Deserialize, Serialize};

use super::days::{self, Micros};
use super::item::Affairs;
use super::period::within;

/// Calendar days within which the village answers.
pub const VILLAGE_DAYS: i64 = 10;
/// Calendar days within which the town answers.
pub const TOWN_DAYS: i64 = 20;
/// Days after an answer within which its asker may turn to the town.
pub const RAISE_DAYS: i64 = 15;

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuestionState {
    /// Waits for this office.
    Asked,
    /// This office has answered.
    Answered,
    /// The office above has it.
    Raised,
    /// The office above has answered.
    Settled,
}

/// Why something cannot be done to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It was answered already.
    Answered,
    /// The office above has it, or has answered it.
    WithUpper,
    /// There is no answer yet that one could be dissatisfied with.
    NotAnswered,
    /// The days for it are over.
    TooLate,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// The name of whoever answered; of the office, where it came from above.
    pub name: String,
    /// When.
    pub at: Micros,
}

/// That it went to the office above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// That office.
    pub to: String,
    /// When.
    pub at: Micros,
    /// What the asker still misses; none: nobody answered in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Until when it answers.
    pub due_at: Micros,
}

/// Where a question came from that a space below raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The event that brought it: the answer goes down by it.
    pub event: String,
    /// The name of that space.
    pub from_name: String,
    /// Its spoken number there.
    pub number: String,
    /// What the village had answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// What the asker still misses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A question.
#[document("question")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The spoken number.
    pub number: String,
    /// The disclosure that it is about: its root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// What that was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// Which affairs that was of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affairs: Option<Affairs>,
    /// The words.
    pub text: String,
    /// Who asked; none for one from below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asker: Option<String>,
    /// Their full name; masked before it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asker_name: Option<String>,
    /// The cadre who entered it for somebody without a phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// `public` or `private`, for the readers.
    pub visibility: String,
    /// Where it stands.
    pub state: QuestionState,
    /// When it was asked here.
    pub asked_at: Micros,
    /// Until when this office answers.
    pub due_at: Micros,
    /// This office's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Said>,
    /// That it went up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised: Option<Raised>,
    /// The answer from above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Said>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Its id in that space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_question: Option<String>,
    /// The space above knows that it is overdue here.
    #[serde(default)]
    pub told: bool,
    /// `open`, `up` or `done`, for the indexes.
    pub board: String,
    /// Whether this office answered in time; none while it may still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_time: Option<bool>,
    /// When that was seen: the answer in time, or the day that passed without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_at: Option<Micros>,
    /// `true` while nobody has answered though this office's day has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_open: Option<bool>,
    /// Its day, until it is answered or marked as overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unmarked_due: Option<Micros>,
}

/// What a question begins with.
#[derive(Clone, Debug, Default)]
pub struct New {
    /// See [`Question::number`].
    pub number: String,
    /// See [`Question::root`].
    pub root: Option<String>,
    /// See [`Question::about`].
    pub about: Option<Text>,
    /// See [`Question::affairs`].
    pub affairs: Option<Affairs>,
    /// See [`Question::text`].
    pub text: String,
    /// Id and full name of the asker.
    pub asker: Option<(String, String)>,
    /// See [`Question::entered_by`].
    pub entered_by: Option<String>,
    /// Only for the office and the supervisors.
    pub private: bool,
    /// Where it came from, with its id there.
    pub origin: Option<(Origin, String)>,
    /// When.
    pub at: Micros,
}

impl Question {
    /// A question that waits for this office: a villager's, or one from below.
    pub fn asked(new: New) -> Self {
        let days = if new.origin.is_some() { TOWN_DAYS } else { VILLAGE_DAYS };
        let (asker, asker_name) = new.asker.unzip();
        let (origin, origin_question) = new.origin.unzip();
        let due_at = within(new.at, days);
        let mut question = Self {
            number: new.number,
            root: new.root,
            about: new.about,
            affairs: new.affairs,
            text: new.text,
            asker,
            asker_name,
            entered_by: new.entered_by,
            visibility: if new.private { "private" } else { "public" }.to_owned(),
            state: QuestionState::Asked,
            asked_at: new.at,
            due_at,
            answer: None,
            raised: None,
            settled: None,
            origin,
            origin_question,
            told: false,
            board: String::new(),
            in_time: None,
            judged_at: None,
            late_open: None,
            unmarked_due: Some(due_at),
        };
        question.derive();
        question
    }

    /// This office answers.
    pub fn say(&mut self, said: Said) -> Result<(), Asked> {
        match self.state {
            QuestionState::Asked => {}
            QuestionState::Answered => return Err(Asked::Answered),
            QuestionState::Raised | QuestionState::Settled => return Err(Asked::WithUpper),
        }
        self.state = QuestionState::Answered;
        if self.in_time.is_none() {
            let in_time = said.at <= self.due_at;
            self.in_time = Some(in_time);
            self.judged_at = Some(if in_time { said.at } else { self.due_at });
        }
        self.answer = Some(said);
        self.derive();
        Ok(())
    }

    /// The asker is not satisfied with the answer: the office above has until `due_at` of `raised`.
    pub fn dispute(&mut self, to: &str, why: String, at: Micros) -> Result<(), Asked> {
        match (self.state, &self.answer) {
            (QuestionState::Asked, _) => return Err(Asked::NotAnswered),
            (QuestionState::Raised | QuestionState::Settled, _) => return Err(Asked::WithUpper),
            (QuestionState::Answered, Some(said)) if days::days_between(said.at, at) > RAISE_DAYS => {
                return Err(Asked::TooLate);
            }
            (QuestionState::Answered, _) => {}
        }
        self.raise(to, Some(why), at);
        Ok(())
    }

    /// Its day has passed without an answer: marked once, and raised to the office above where there is one.
    pub fn lapse(&mut self, to: Option<&str>, now: Micros) -> bool {
        if self.state != QuestionState::Asked || now <= self.due_at || self.unmarked_due.is_none() {
            return false;
        }
        self.in_time = Some(false);
        self.judged_at = Some(self.due_at);
        match to {
            // A town answers itself; only what villagers asked goes up.
            Some(to) if self.origin.is_none() => self.raise(to, None, now),
            _ => {}
        }
        self.derive();
        true
    }

    fn raise(&mut self, to: &str, why: Option<String>, at: Micros) {
        self.state = QuestionState::Raised;
        self.raised = Some(Raised { to: to.to_owned(), at, why, due_at: within(at, TOWN_DAYS) });
        self.derive();
    }

    /// The office above has answered.
    pub fn settle(&mut self, said: Said) -> Result<(), Asked> {
        if self.state != QuestionState::Raised {
            return Err(Asked::Answered);
        }
        self.state = QuestionState::Settled;
        self.settled = Some(said);
        self.derive();
        Ok(())
    }

    /// Whether everybody reads it.
    pub fn is_public(&self) -> bool {
        self.visibility == "public"
    }

    /// Whether a person asked it.
    pub fn is_of(&self, person: &str) -> bool {
        self.asker.as_deref() == Some(person)
    }

    /// Until when whoever has it now answers.
    pub fn waits_until(&self) -> Option<Micros> {
        match (self.state, &self.raised) {
            (QuestionState::Asked, _) => Some(self.due_at),
            (QuestionState::Raised, Some(raised)) => Some(raised.due_at),
            _ => None,
        }
    }

    /// Whether the asker may still turn to the office above.
    pub fn may_dispute(&self, now: Micros) -> bool {
        self.state == QuestionState::Answered
            && self.answer.as_ref().is_some_and(|said| days::days_between(said.at, now) <= RAISE_DAYS)
    }

    fn derive(&mut self) {
        let (board, waits) = match self.state {
            QuestionState::Asked => ("open", true),
            QuestionState::Raised => ("up", true),
            QuestionState::Answered | QuestionState::Settled => ("done", false),
        };
        board.clone_into(&mut self.board);
        // An answer that came and did not satisfy is not a late one.
        self.late_open = (waits && self.in_time == Some(false) && self.answer.is_none()).then_some(true);
        let unmarked = self.state == QuestionState::Asked && self.in_time.is_none();
        self.unmarked_due = unmarked.then_some(self.due_at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::days::DAY;

    fn asked() -> Question {
        let asker = Some(("lin".to_owned(), "林秀英".to_owned()));
        Question::asked(New { text: "电费怎么多了？".to_owned(), asker, at: 0, ..New::default() })
    }

    fn said(at: Micros) -> Said {
        Said { text: "换了两盏灯".to_owned(), name: "简书记".to_owned(), at }
    }

    #[test]
    fn ten_days_for_the_village_and_then_it_is_the_towns() {
        let mut question = asked();
        assert_eq!(question.due_at, within(0, 10));
        assert!(!question.lapse(Some("成佳镇"), question.due_at));
        assert!(question.lapse(Some("成佳镇"), question.due_at + 1));
        assert!(!question.lapse(Some("成佳镇"), question.due_at + 2), "once");
        assert_eq!((question.state, question.late_open), (QuestionState::Raised, Some(true)));
        assert_eq!(question.waits_until(), Some(within(question.due_at + 1, 20)));
        assert_eq!(question.say(said(20 * DAY)), Err(Asked::WithUpper));
        question.settle(said(25 * DAY)).unwrap();
        assert_eq!((question.state, question.late_open, question.in_time), (QuestionState::Settled, None, Some(false)));
        assert_eq!(question.settle(said(26 * DAY)), Err(Asked::Answered));
    }

    #[test]
    fn an_answer_in_time_may_be_disputed_for_fifteen_days() {
        let mut question = asked();
        assert_eq!(question.dispute("成佳镇", "?".to_owned(), DAY), Err(Asked::NotAnswered));
        question.say(said(DAY)).unwrap();
        assert_eq!((question.in_time, question.judged_at), (Some(true), Some(DAY)));
        assert_eq!(question.say(said(2 * DAY)), Err(Asked::Answered));
        assert!(question.may_dispute(16 * DAY) && !question.may_dispute(17 * DAY));
        assert_eq!(question.clone().dispute("成佳镇", "?".to_owned(), 17 * DAY), Err(Asked::TooLate));
        question.dispute("成佳镇", "没说清".to_owned(), 2 * DAY).unwrap();
        assert_eq!((question.state, question.late_open, question.in_time), (QuestionState::Raised, None, Some(true)));
    }

    #[test]
    fn where_nothing_is_above_it_stays_and_a_late_answer_is_late() {
        let mut question = asked();
        assert!(question.lapse(None, 20 * DAY));
        assert_eq!((question.state, question.late_open), (QuestionState::Asked, Some(true)));
        question.say(said(21 * DAY)).unwrap();
        assert_eq!((question.in_time, question.late_open, question.unmarked_due), (Some(false), None, None));
    }

    #[test]
    fn a_town_has_twenty_days_and_keeps_it() {
        let origin = Origin {
            event: "e".to_owned(),
            from_name: "天府社区".to_owned(),
            number: "2026-0001".to_owned(),
            answer: None,
            why: None,
        };
        let mut question = Question::asked(New { origin: Some((origin, "q".to_owned())), ..New::default() });
        assert_eq!(question.due_at, within(0, 20));
        assert!(question.lapse(Some("贡井区"), question.due_at + 1));
        assert_eq!(question.state, QuestionState::Asked);
    }
}
