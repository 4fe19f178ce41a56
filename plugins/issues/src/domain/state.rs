//! The states of a case, and the one table of moves between them.

use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 已反映: said, nobody has taken it yet.
    Reported,
    /// 已受理: taken, with a deadline.
    Accepted,
    /// 已转上级: the office above has it.
    Referred,
    /// 办理中
    Handling,
    /// 已重开: closed, but the reporter says it is not solved.
    Reopened,
    /// 已办结: answered, waits for the reporter's rating.
    Closed,
    /// 已评价
    Rated,
    /// 不予受理
    Declined,
    /// 已并案: goes on as another case.
    Merged,
}

impl State {
    /// All of them, in the order of a case's life.
    pub const ALL: [Self; 9] = [
        Self::Reported,
        Self::Accepted,
        Self::Referred,
        Self::Handling,
        Self::Reopened,
        Self::Closed,
        Self::Rated,
        Self::Declined,
        Self::Merged,
    ];

    /// Whether somebody still has to do something about it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Reported | Self::Accepted | Self::Referred | Self::Handling | Self::Reopened)
    }

    /// The word in documents, indexes and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Accepted => "accepted",
            Self::Referred => "referred",
            Self::Handling => "handling",
            Self::Reopened => "reopened",
            Self::Closed => "closed",
            Self::Rated => "rated",
            Self::Declined => "declined",
            Self::Merged => "merged",
        }
    }
}

/// What somebody does to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Take it up, with a deadline.
    Accept,
    /// Record what was done.
    Progress,
    /// Reply to the reporter on the way.
    Answer,
    /// Hand it to the office above.
    Refer,
    /// The office above is on its way with it.
    UpperStep,
    /// The office above is done with it.
    UpperDone,
    /// Put the deadline off.
    Extend,
    /// Close it with an answer.
    Close,
    /// Refuse it with a reason.
    Decline,
    /// Let it go on as another case.
    Merge,
    /// Say that it is not solved.
    Reopen,
    /// The same from the office below, which refers it once more.
    ReferAgain,
    /// Give it stars.
    Rate,
    /// Write something for colleagues only.
    Note,
    /// Add words or photos to one's report.
    Supplement,
    /// Take it from the public board.
    Hide,
}

impl Move {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Accept,
        Self::Progress,
        Self::Answer,
        Self::Refer,
        Self::UpperStep,
        Self::UpperDone,
        Self::Extend,
        Self::Close,
        Self::Decline,
        Self::Merge,
        Self::Reopen,
        Self::ReferAgain,
        Self::Rate,
        Self::Note,
        Self::Supplement,
        Self::Hide,
    ];
}

/// Why a move is not possible. The words for people are in `words::refused`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It must be accepted first.
    NotAccepted,
    /// Somebody has accepted it already.
    AlreadyAccepted,
    /// The office above has it.
    WithUpper,
    /// The office above does not have it (any more).
    NotWithUpper,
    /// It is over: closed, rated, declined or merged.
    Settled(State),
    /// It is not closed yet.
    NotClosed,
    /// It was rated before.
    AlreadyRated,
    /// More than 15 days have gone by since it was closed.
    TooLate,
    /// Its deadline was put off before.
    AlreadyExtended,
    /// It is under way, and can only be closed.
    UnderWay,
    /// It is private already.
    AlreadyPrivate,
    /// It cannot be merged with itself, with a merged case, or a public one into a private one.
    BadTarget,
}

/// The state after a move, or why the move is not possible.
pub fn next(state: State, step: Move) -> Result<State, Refused> {
    use State::{Accepted, Closed, Declined, Handling, Merged, Rated, Referred, Reopened, Reported};
    match (step, state) {
        (Move::Note | Move::Hide, any) => Ok(any),

        (Move::Reopen, Closed | Rated) => Ok(Reopened),
        (Move::Rate, Closed) => Ok(Rated),
        (Move::Rate, Rated) => Err(Refused::AlreadyRated),
        (Move::ReferAgain, Closed | Rated | Declined | Merged) => Ok(Reported),
        (Move::Reopen | Move::Rate, Declined | Merged) => Err(Refused::Settled(state)),
        (Move::Reopen | Move::Rate | Move::ReferAgain, _) => Err(Refused::NotClosed),

        (_, Closed | Rated | Declined | Merged) => Err(Refused::Settled(state)),

        (Move::Answer | Move::Supplement, open) => Ok(open),
        (Move::UpperStep, Referred) => Ok(Referred),
        (Move::UpperDone, Referred) => Ok(Handling),
        (Move::UpperStep | Move::UpperDone, _) => Err(Refused::NotWithUpper),

        (Move::Accept, Reported) => Ok(Accepted),
        (Move::Accept, _) => Err(Refused::AlreadyAccepted),
        (Move::Decline, Reported | Accepted) => Ok(Declined),
        (Move::Merge, Reported | Accepted | Handling | Reopened) => Ok(Merged),
        (Move::Extend, Accepted | Handling | Reopened | Referred) => Ok(state),

        (_, Reported) => Err(Refused::NotAccepted),
        (_, Referred) => Err(Refused::WithUpper),
        (Move::Decline, _) => Err(Refused::UnderWay),
        (Move::Progress, _) => Ok(Handling),
        (Move::Refer, _) => Ok(Referred),
        (Move::Close, _) => Ok(Closed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::{Accepted, Closed, Declined, Handling, Merged, Rated, Referred, Reopened, Reported};

    /// Every move, with the states from which it is possible and where it leads.
    fn table() -> Vec<(Move, Vec<(State, State)>)> {
        let stay = |states: &[State]| states.iter().map(|state| (*state, *state)).collect();
        let open = [Reported, Accepted, Referred, Handling, Reopened];
        let lead = |states: &[State], to| states.iter().map(|state| (*state, to)).collect();
        vec![
            (Move::Accept, lead(&[Reported], Accepted)),
            (Move::Progress, lead(&[Accepted, Handling, Reopened], Handling)),
            (Move::Answer, stay(&open)),
            (Move::Refer, lead(&[Accepted, Handling, Reopened], Referred)),
            (Move::UpperStep, lead(&[Referred], Referred)),
            (Move::UpperDone, lead(&[Referred], Handling)),
            (Move::Extend, stay(&[Accepted, Referred, Handling, Reopened])),
            (Move::Close, lead(&[Accepted, Handling, Reopened], Closed)),
            (Move::Decline, lead(&[Reported, Accepted], Declined)),
            (Move::Merge, lead(&[Reported, Accepted, Handling, Reopened], Merged)),
            (Move::Reopen, lead(&[Closed, Rated], Reopened)),
            (Move::ReferAgain, lead(&[Closed, Rated, Declined, Merged], Reported)),
            (Move::Rate, lead(&[Closed], Rated)),
            (Move::Note, stay(&State::ALL)),
            (Move::Supplement, stay(&open)),
            (Move::Hide, stay(&State::ALL)),
        ]
    }

    #[test]
    fn every_move_in_every_state_is_as_the_table_says() {
        let table = table();
        assert_eq!(table.len(), Move::ALL.len());
        for (step, allowed) in table {
            for state in State::ALL {
                let expected = allowed.iter().find(|(from, _)| *from == state).map(|(_, to)| *to);
                assert_eq!(next(state, step).ok(), expected, "{step:?} in {state:?}");
            }
        }
    }

    #[test]
    fn a_refusal_says_what_stands_in_the_way() {
        assert_eq!(next(Reported, Move::Close), Err(Refused::NotAccepted));
        assert_eq!(next(Accepted, Move::Accept), Err(Refused::AlreadyAccepted));
        assert_eq!(next(Referred, Move::Close), Err(Refused::WithUpper));
        assert_eq!(next(Handling, Move::UpperDone), Err(Refused::NotWithUpper));
        assert_eq!(next(Handling, Move::Decline), Err(Refused::UnderWay));
        assert_eq!(next(Closed, Move::Close), Err(Refused::Settled(Closed)));
        assert_eq!(next(Merged, Move::Reopen), Err(Refused::Settled(Merged)));
        assert_eq!(next(Handling, Move::Rate), Err(Refused::NotClosed));
        assert_eq!(next(Rated, Move::Rate), Err(Refused::AlreadyRated));
        assert_eq!(next(Declined, Move::Accept), Err(Refused::Settled(Declined)));
    }

    #[test]
    fn what_is_over_stays_over_but_for_the_reporter_and_the_office_below() {
        for state in State::ALL.into_iter().filter(|state| !state.is_open()) {
            for step in Move::ALL {
                let after = next(state, step);
                let reopens = matches!(step, Move::Reopen | Move::ReferAgain);
                assert!(reopens || !after.is_ok_and(State::is_open), "{step:?} in {state:?}");
            }
        }
    }

    #[test]
    fn the_word_is_what_serde_writes() {
        for state in State::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
    }
}
