//! The states of a notice, and the one table of moves between them.

use serde::{Deserialize, Serialize};

/// Where a notice stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 草稿: the office's only.
    #[default]
    Draft,
    /// 定时待发: goes out by itself on a day.
    Scheduled,
    /// 已发布
    Published,
    /// 已到期: still to be read, among the past ones.
    Expired,
    /// 已撤回: the office's only; readers are told why.
    Withdrawn,
}

impl State {
    /// All of them, in the order of a notice's life.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Scheduled, Self::Published, Self::Expired, Self::Withdrawn];

    /// The word in documents, indexes and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether those for whom it is may read it.
    pub fn is_out(self) -> bool {
        matches!(self, Self::Published | Self::Expired)
    }
}

/// What happens to a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Rewrite it before it is out.
    Edit,
    /// Let it out.
    Publish,
    /// Let it out by itself on a day.
    Schedule,
    /// Back to a draft.
    Hold,
    /// Throw the draft away.
    Discard,
    /// Put something right in it.
    Correct,
    /// Take it back with a reason.
    Withdraw,
    /// Its last day is over.
    Expire,
    /// To the head of the board.
    Pin,
    /// From there.
    Unpin,
    /// Remind those who have not read it.
    Remind,
    /// Say that one knows it.
    Acknowledge,
}

impl Move {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Edit,
        Self::Publish,
        Self::Schedule,
        Self::Hold,
        Self::Discard,
        Self::Correct,
        Self::Withdraw,
        Self::Expire,
        Self::Pin,
        Self::Unpin,
        Self::Remind,
        Self::Acknowledge,
    ];
}

/// Why a move is not possible. The words for people are in `words::refused`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is out already.
    Out,
    /// It is not out yet.
    NotOut,
    /// It goes out on no day yet.
    NotScheduled,
    /// Its last day is over.
    Expired,
    /// It was taken back.
    Withdrawn,
    /// It came from above, and is theirs to change.
    FromAbove,
    /// It is for groups or households, and none is chosen, or too many.
    NobodyChosen,
    /// It would be over before it is out.
    OverBefore,
    /// Three others are pinned.
    TooManyPins,
    /// It is pinned already.
    Pinned,
    /// It is not pinned.
    NotPinned,
    /// It does not ask to be acknowledged.
    NotAsked,
}

/// The state after a move, or why the move is not possible.
pub fn next(state: State, step: Move) -> Result<State, Refused> {
    use State::{Draft, Expired, Published, Scheduled, Withdrawn};
    match (step, state) {
        (Move::Edit | Move::Discard, Draft | Scheduled)
        | (Move::Correct | Move::Pin | Move::Unpin | Move::Remind | Move::Acknowledge, Published) => Ok(state),
        (Move::Publish, Draft | Scheduled) => Ok(Published),
        (Move::Schedule, Draft | Scheduled) => Ok(Scheduled),
        (Move::Hold, Scheduled) => Ok(Draft),
        (Move::Withdraw, Published | Expired) => Ok(Withdrawn),
        (Move::Expire, Published) => Ok(Expired),

        (Move::Hold, Draft) => Err(Refused::NotScheduled),
        (_, Withdrawn) => Err(Refused::Withdrawn),
        (Move::Edit | Move::Discard | Move::Publish | Move::Schedule | Move::Hold, Published | Expired) => {
            Err(Refused::Out)
        }
        (_, Draft | Scheduled) => Err(Refused::NotOut),
        (_, Expired) => Err(Refused::Expired),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::{Draft, Expired, Published, Scheduled, Withdrawn};

    /// Every move, with the states from which it is possible and where it leads.
    fn table() -> Vec<(Move, Vec<(State, State)>)> {
        let stay = |states: &[State]| states.iter().map(|state| (*state, *state)).collect();
        let lead = |states: &[State], to| states.iter().map(|state| (*state, to)).collect();
        vec![
            (Move::Edit, stay(&[Draft, Scheduled])),
            (Move::Publish, lead(&[Draft, Scheduled], Published)),
            (Move::Schedule, lead(&[Draft, Scheduled], Scheduled)),
            (Move::Hold, lead(&[Scheduled], Draft)),
            (Move::Discard, stay(&[Draft, Scheduled])),
            (Move::Correct, stay(&[Published])),
            (Move::Withdraw, lead(&[Published, Expired], Withdrawn)),
            (Move::Expire, lead(&[Published], Expired)),
            (Move::Pin, stay(&[Published])),
            (Move::Unpin, stay(&[Published])),
            (Move::Remind, stay(&[Published])),
            (Move::Acknowledge, stay(&[Published])),
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
        assert_eq!(next(Published, Move::Edit), Err(Refused::Out));
        assert_eq!(next(Draft, Move::Withdraw), Err(Refused::NotOut));
        assert_eq!(next(Draft, Move::Hold), Err(Refused::NotScheduled));
        assert_eq!(next(Expired, Move::Acknowledge), Err(Refused::Expired));
        assert_eq!(next(Withdrawn, Move::Publish), Err(Refused::Withdrawn));
        assert_eq!(next(Withdrawn, Move::Withdraw), Err(Refused::Withdrawn));
    }

    #[test]
    fn the_word_is_what_serde_writes() {
        for state in State::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
    }
}
