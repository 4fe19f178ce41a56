//! How a notice moves: each method asks the table of [`super::state`] first, and puts in order what follows.

use cunshi_sdk::days::Micros;

use super::{Audience, Count, Kind, Move, Notice, Refused, Sender, State, Withdrawal, next};

/// Most notices at the head of the board.
pub const MAX_PINS: u64 = 3;
/// Most pictures of one notice.
pub const MAX_PHOTOS: usize = 9;
/// Most attachments of one notice.
pub const MAX_FILES: usize = 6;

/// What the office writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What it is about.
    pub kind: Kind,
    /// One line.
    pub title: String,
    /// The text.
    pub text: String,
    /// For whom.
    pub addressed: Audience,
    /// Asks to be acknowledged.
    pub acknowledge: bool,
    /// Also outside the platform; of safety notices only.
    pub urgent: bool,
    /// The end of its last day.
    pub expires_at: Option<Micros>,
}

/// What the space above made known, or put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its words.
    pub words: Words,
    /// Which version of it.
    pub revision: u32,
    /// When it arrived.
    pub at: Micros,
}

impl Notice {
    /// A draft.
    pub fn draft(words: Words, author: Option<String>, at: Micros) -> Self {
        let mut notice = Self { at, author, ..Self::default() };
        notice.take(words);
        notice
    }

    /// A copy of a notice of the space above, out at once; already over where it came late.
    pub fn from_above(change: Change, source: &str, sender: Sender) -> Self {
        let mut notice = Self {
            state: State::Published,
            at: change.at,
            revision: change.revision,
            source: Some(source.to_owned()),
            sender: Some(sender),
            ..Self::default()
        };
        notice.take(change.words);
        let _ = notice.expire(change.at);
        notice
    }

    /// Rewrites a draft.
    pub fn edit(&mut self, words: Words) -> Result<(), Refused> {
        self.state = next(self.state, Move::Edit)?;
        let before = self.clone();
        self.take(words);
        self.fits(self.publish_at).inspect_err(|_| *self = before)
    }

    /// Lets it out.
    pub fn publish(&mut self, at: Micros) -> Result<(), Refused> {
        let state = next(self.state, Move::Publish)?;
        self.fits(Some(at))?;
        (self.state, self.at, self.revision) = (state, at, 1);
        self.arrange();
        Ok(())
    }

    /// Lets it out by itself later.
    pub fn schedule(&mut self, publish_at: Micros) -> Result<(), Refused> {
        let state = next(self.state, Move::Schedule)?;
        self.fits(Some(publish_at))?;
        (self.state, self.publish_at) = (state, Some(publish_at));
        self.arrange();
        Ok(())
    }

    /// Back to a draft.
    pub fn hold(&mut self) -> Result<(), Refused> {
        self.state = next(self.state, Move::Hold)?;
        self.arrange();
        Ok(())
    }

    /// Puts something right.
    pub fn correct(
        &mut self,
        title: String,
        text: String,
        expires_at: Option<Micros>,
        at: Micros,
    ) -> Result<(), Refused> {
        next(self.state, Move::Correct)?;
        self.own()?;
        if expires_at.is_some_and(|end| end <= at) {
            return Err(Refused::OverBefore);
        }
        (self.title, self.text, self.expires_at) = (title, text, expires_at);
        (self.corrected_at, self.revision) = (Some(at), self.revision.saturating_add(1));
        self.arrange();
        Ok(())
    }

    /// Takes it back.
    pub fn withdraw(&mut self, reason: String, by: Option<String>, at: Micros) -> Result<(), Refused> {
        next(self.state, Move::Withdraw)?;
        self.own()?;
        self.recall(Withdrawal { at, reason, by })
    }

    /// The space above has taken it back.
    pub fn recall(&mut self, withdrawal: Withdrawal) -> Result<(), Refused> {
        self.state = next(self.state, Move::Withdraw)?;
        self.withdrawn = Some(withdrawal);
        self.arrange();
        Ok(())
    }

    /// The space above has put something right. False where that is known already, or where it was taken back.
    pub fn change(&mut self, change: Change) -> bool {
        if change.revision <= self.revision || !self.state.is_out() {
            return false;
        }
        self.state = State::Published;
        (self.revision, self.corrected_at) = (change.revision, Some(change.at));
        self.take(change.words);
        let _ = self.expire(change.at);
        true
    }

    /// Its last day is over; false while it is not.
    pub fn expire(&mut self, now: Micros) -> bool {
        let over = self.expires_at.is_some_and(|end| end <= now);
        match next(self.state, Move::Expire) {
            Ok(state) if over => {
                self.state = state;
                self.arrange();
                true
            }
            _ => false,
        }
    }

    /// To the head of the board, where `pinned` others stand.
    pub fn pin(&mut self, pinned: u64, at: Micros) -> Result<(), Refused> {
        next(self.state, Move::Pin)?;
        if self.pin.is_some() {
            return Err(Refused::Pinned);
        }
        if pinned >= MAX_PINS {
            return Err(Refused::TooManyPins);
        }
        self.pin = Some(at);
        Ok(())
    }

    /// From the head of the board.
    pub fn unpin(&mut self) -> Result<(), Refused> {
        next(self.state, Move::Unpin)?;
        self.pin.take().map(|_| ()).ok_or(Refused::NotPinned)
    }

    /// Whether somebody may say that they know it.
    pub fn may_acknowledge(&self) -> Result<(), Refused> {
        next(self.state, Move::Acknowledge)?;
        if self.acknowledge { Ok(()) } else { Err(Refused::NotAsked) }
    }

    /// One more household; false where it is there already.
    pub fn add_household(&mut self, household: &str) -> Result<bool, Refused> {
        next(self.state, Move::Edit)?;
        let Audience::Households(chosen) = &mut self.addressed else { return Err(Refused::NobodyChosen) };
        if chosen.iter().any(|known| known == household) {
            return Ok(false);
        }
        if chosen.len() >= Audience::MOST {
            return Err(Refused::NobodyChosen);
        }
        chosen.push(household.to_owned());
        self.arrange();
        Ok(true)
    }

    /// One household less; what goes out on a day keeps its last one.
    pub fn drop_household(&mut self, household: &str) -> Result<(), Refused> {
        next(self.state, Move::Edit)?;
        let scheduled = self.state == State::Scheduled;
        let Audience::Households(chosen) = &mut self.addressed else { return Err(Refused::NobodyChosen) };
        if scheduled && chosen.iter().all(|known| known == household) {
            return Err(Refused::NobodyChosen);
        }
        chosen.retain(|known| known != household);
        self.arrange();
        Ok(())
    }

    /// Keeps counts; false where they are the same.
    pub fn counted(&mut self, count: Count) -> bool {
        let count = Some(count);
        let news = self.count != count;
        self.count = count;
        news
    }

    fn take(&mut self, words: Words) {
        let Words { kind, title, text, addressed, acknowledge, urgent, expires_at } = words;
        (self.kind, self.title, self.text, self.addressed) = (kind, title, text, addressed);
        (self.acknowledge, self.urgent, self.expires_at) = (acknowledge, urgent, expires_at);
        self.arrange();
    }

    /// What goes out at an instant is for somebody, and not over by then; a draft without one may still become so.
    fn fits(&self, at: Option<Micros>) -> Result<(), Refused> {
        let Some(at) = at else { return Ok(()) };
        if !self.addressed.is_complete() {
            return Err(Refused::NobodyChosen);
        }
        if self.expires_at.is_some_and(|end| end <= at) {
            return Err(Refused::OverBefore);
        }
        Ok(())
    }

    /// A copy is changed where it was written.
    fn own(&self) -> Result<(), Refused> {
        if self.is_copy() { Err(Refused::FromAbove) } else { Ok(()) }
    }
}

#[cfg(test)]
#[path = "moves_tests.rs"]
mod tests;
