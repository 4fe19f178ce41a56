//! The states of a disclosure, and the one table of moves between them.

use serde::{Deserialize, Serialize};

/// Where a disclosure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 草稿: being written.
    Draft,
    /// 待审签: with the supervisors.
    Submitted,
    /// 已审签: signed, to be published from a day.
    Signed,
    /// 已公开: for everybody, and for good.
    Published,
}

impl State {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Submitted, Self::Signed, Self::Published];

    /// The word in documents and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Signed => "signed",
            Self::Published => "published",
        }
    }
}

/// What somebody does to a disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Change its content.
    Revise,
    /// Remove it.
    Discard,
    /// Send it to the supervisors.
    Submit,
    /// Take it back.
    Withdraw,
    /// A supervisor returns it.
    SendBack,
    /// A supervisor signs it.
    Sign,
    /// It becomes public.
    Publish,
}

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is with the supervisors.
    WithSupervisors,
    /// It is signed and waits for its day.
    WaitsForItsDay,
    /// It is public: only a correction is possible.
    Published,
    /// It is still a draft.
    NotSubmitted,
    /// It is not signed.
    NotSigned,
    /// It has neither text nor table nor files.
    Empty,
    /// Whoever wrote it does not sign it.
    OwnHand,
}

/// The state after a move.
pub fn next(state: State, step: Move) -> Result<State, Refused> {
    match (state, step) {
        (State::Draft, Move::Revise | Move::Discard)
        | (State::Submitted, Move::SendBack | Move::Withdraw)
        | (State::Signed, Move::Withdraw) => Ok(State::Draft),
        (State::Draft, Move::Submit) => Ok(State::Submitted),
        (State::Submitted, Move::Sign) => Ok(State::Signed),
        (State::Signed, Move::Publish) => Ok(State::Published),
        (State::Published, _) => Err(Refused::Published),
        (State::Draft | State::Submitted, Move::Publish) => Err(Refused::NotSigned),
        (State::Draft, _) => Err(Refused::NotSubmitted),
        (State::Submitted, _) => Err(Refused::WithSupervisors),
        (State::Signed, _) => Err(Refused::WaitsForItsDay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_public_that_was_not_signed_and_what_is_public_stays() {
        let moves =
            [Move::Revise, Move::Discard, Move::Submit, Move::Withdraw, Move::SendBack, Move::Sign, Move::Publish];
        for state in State::ALL {
            for step in moves {
                match next(state, step) {
                    Ok(State::Published) => assert_eq!((state, step), (State::Signed, Move::Publish)),
                    Ok(State::Signed) => assert_eq!((state, step), (State::Submitted, Move::Sign)),
                    Ok(_) => assert_ne!(state, State::Published),
                    Err(_) => {}
                }
            }
        }
    }
}
