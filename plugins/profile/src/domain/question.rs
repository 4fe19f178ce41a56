//! Questions to the secretary, public or private, with a clock for the answer.

use cunshi_sdk::days::{self, DAY, Micros};
use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::Refused;

/// Open questions that one person may have.
pub const MOST_OPEN: usize = 5;

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 等答复
    Waiting,
    /// 已答复
    Answered,
    /// 已撤回
    Withdrawn,
}

impl State {
    /// The word in documents, parameters and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a parameter; anything unknown is answered.
    pub fn parse(text: &str) -> Self {
        if text == "waiting" { Self::Waiting } else { Self::Answered }
    }
}

/// Who reads it, beside its asker and the admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sight {
    /// Everybody.
    Public,
    /// The cadres.
    Office,
    /// Nobody.
    Secretary,
    /// Nobody, and it waits for no answer: it was withdrawn.
    Own,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The words; may be left out when it was said in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// It was said in person.
    pub in_person: bool,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Micros,
}

/// Who asks, and how.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Id of the person.
    pub asker: String,
    /// Their name.
    pub name: String,
    /// Name of the cadre who entered it.
    pub entered_by: Option<String>,
    /// Who reads it.
    pub sight: Sight,
    /// For which session it is asked in advance.
    pub session: Option<String>,
    /// Within how many days it is to be answered.
    pub days: i64,
    /// When.
    pub at: Micros,
}

/// A question.
#[document("question")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Id of the person.
    pub asker: String,
    /// Their name: for themselves and the office.
    pub asker_name: String,
    /// Name of the cadre who entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// The words.
    pub text: String,
    /// Who reads it.
    pub sight: Sight,
    /// For which session it is asked in advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Where it stands.
    pub state: State,
    /// When it was asked.
    pub asked_at: Micros,
    /// The end of the last day for an answer, inclusive.
    pub due_at: Micros,
    /// The oldest first.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// Why a cadre made it private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden_for: Option<String>,
    /// `waiting`, `in-time`, `late` or `withdrawn`: what is counted.
    pub outcome: String,
}

impl Question {
    /// Nobody has answered.
    pub const WAITING: &'static str = "waiting";
    /// First answered by the last day.
    pub const IN_TIME: &'static str = "in-time";
    /// First answered later.
    pub const LATE: &'static str = "late";
    /// Does not count.
    pub const WITHDRAWN: &'static str = "withdrawn";

    /// A new one.
    pub fn asked(asked: Asked, text: String) -> Self {
        let due_at = days::next_midnight(asked.at + asked.days.clamp(1, 60) * DAY) - 1;
        Self {
            asker: asked.asker,
            asker_name: asked.name,
            entered_by: asked.entered_by,
            text,
            sight: asked.sight,
            session: asked.session,
            state: State::Waiting,
            asked_at: asked.at,
            due_at,
            answers: Vec::new(),
            hidden_for: None,
            outcome: Self::WAITING.to_owned(),
        }
    }

    /// Whether a person asked it.
    pub fn is_of(&self, person: &str) -> bool {
        self.asker == person
    }

    /// Whether it waits longer than it should.
    pub fn is_late(&self, now: Micros) -> bool {
        self.state == State::Waiting && now > self.due_at
    }

    /// Answers it; once more adds to what was answered.
    pub fn answer(&mut self, answer: Answer) -> Result<(), Refused> {
        if self.state == State::Withdrawn {
            return Err(Refused::Withdrawn);
        }
        if self.state == State::Waiting {
            let outcome = if answer.at <= self.due_at { Self::IN_TIME } else { Self::LATE };
            outcome.clone_into(&mut self.outcome);
        }
        self.state = State::Answered;
        self.answers.push(answer);
        Ok(())
    }

    /// The asker does not want to know any more.
    pub fn withdraw(&mut self) -> Result<(), Refused> {
        match self.state {
            State::Answered => Err(Refused::Answered),
            State::Withdrawn => Err(Refused::Withdrawn),
            State::Waiting => {
                self.state = State::Withdrawn;
                self.sight = Sight::Own;
                Self::WITHDRAWN.clone_into(&mut self.outcome);
                Ok(())
            }
        }
    }

    /// Takes it out of everybody's sight.
    pub fn hide(&mut self, sight: Sight, reason: Option<String>) -> Result<(), Refused> {
        match (self.state, self.sight) {
            (State::Withdrawn, _) => Err(Refused::Withdrawn),
            (_, Sight::Public) => {
                (self.sight, self.hidden_for) = (sight, reason);
                Ok(())
            }
            _ => Err(Refused::PrivateAlready),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(sight: Sight) -> Question {
        let (asker, name) = ("p".to_owned(), "林秀英".to_owned());
        let at = days::read_day("2026-09-02").unwrap_or_default() + days::HOUR;
        let asked = Asked { asker, name, entered_by: None, sight, session: None, days: 7, at };
        Question::asked(asked, "路灯什么时候修？".to_owned())
    }

    fn answer(at: Micros) -> Answer {
        Answer { text: Some("下周".to_owned()), in_person: false, by: "简书记".to_owned(), at }
    }

    #[test]
    fn the_last_day_counts_whole() {
        let mut asked = question(Sight::Public);
        let last = days::read_day("2026-09-10").unwrap_or_default() - 1;
        assert_eq!(asked.due_at, last);
        assert!(!asked.is_late(last) && asked.is_late(last + 1));
        let mut late = asked.clone();
        assert_eq!((asked.answer(answer(last)), asked.outcome.as_str()), (Ok(()), Question::IN_TIME));
        assert_eq!((late.answer(answer(last + 1)), late.outcome.as_str()), (Ok(()), Question::LATE));
        assert_eq!((asked.answer(answer(last + 5)), asked.outcome.as_str()), (Ok(()), Question::IN_TIME));
        assert_eq!(asked.answers.len(), 2, "what was said before stays");
        assert!(!late.is_late(last + 9));
    }

    #[test]
    fn only_what_waits_is_withdrawn() {
        let mut asked = question(Sight::Public);
        assert_eq!(asked.withdraw(), Ok(()));
        assert_eq!((asked.sight, asked.outcome.as_str()), (Sight::Own, Question::WITHDRAWN));
        assert_eq!(asked.withdraw(), Err(Refused::Withdrawn));
        assert_eq!(asked.answer(answer(0)), Err(Refused::Withdrawn));
        assert_eq!(asked.hide(Sight::Office, None), Err(Refused::Withdrawn));
        let mut answered = question(Sight::Public);
        assert_eq!(answered.answer(answer(0)), Ok(()));
        assert_eq!(answered.withdraw(), Err(Refused::Answered));
    }

    #[test]
    fn what_is_private_does_not_become_wider() {
        let mut asked = question(Sight::Secretary);
        assert_eq!(asked.hide(Sight::Office, None), Err(Refused::PrivateAlready));
        assert_eq!(asked.sight, Sight::Secretary);
        let mut public = question(Sight::Public);
        assert_eq!(public.hide(Sight::Office, Some("写了别人的私事".to_owned())), Ok(()));
        assert_eq!(public.sight, Sight::Office);
    }
}
