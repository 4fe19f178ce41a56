//! The states of a request, and the one table of moves between them.

use serde::{Deserialize, Serialize};

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 已收到: at once, by the platform.
    Received,
    /// 已受理
    Accepted,
    /// 待补充: something is missing, the asker has it.
    Lacking,
    /// 办理中
    Handling,
    /// 已交镇上
    Passed,
    /// 待领取: the result is at the counter.
    Ready,
    /// 已办结
    Done,
    /// 不能办理
    Refused,
    /// 已撤回
    Withdrawn,
}

impl State {
    /// All of them, in the order of a request's life.
    pub const ALL: [Self; 9] = [
        Self::Received,
        Self::Accepted,
        Self::Lacking,
        Self::Handling,
        Self::Passed,
        Self::Ready,
        Self::Done,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// Where the office finds it.
    pub fn board(self) -> Board {
        match self {
            Self::Received | Self::Accepted | Self::Handling => Board::Work,
            Self::Lacking => Board::Asker,
            Self::Passed => Board::Up,
            Self::Ready => Board::Ready,
            Self::Done | Self::Refused | Self::Withdrawn => Board::Over,
        }
    }

    /// Whether nothing more happens to it, ratings left aside.
    pub fn is_over(self) -> bool {
        self.board() == Board::Over
    }

    /// The word in documents, indexes and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Lacking => "lacking",
            Self::Handling => "handling",
            Self::Passed => "passed",
            Self::Ready => "ready",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Board {
    /// The office's.
    Work,
    /// The asker's, to add what is missing.
    Asker,
    /// The town's.
    Up,
    /// The asker's, to fetch it.
    Ready,
    /// Nobody's.
    Over,
}

impl Board {
    /// All of them, in the order of the desk.
    pub const ALL: [Self; 5] = [Self::Work, Self::Asker, Self::Up, Self::Ready, Self::Over];

    /// The word in indexes and parameters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Asker => "asker",
            Self::Up => "up",
            Self::Ready => "ready",
            Self::Over => "over",
        }
    }
}

/// What somebody does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Take it up.
    Accept,
    /// Say what is missing.
    NeedMore,
    /// Add words or papers.
    Supplement,
    /// Record what was done.
    Progress,
    /// Pass it to the town.
    Pass,
    /// The town is on its way with it.
    UpperStep,
    /// The town misses something.
    UpperNeeds,
    /// The town is done with it.
    UpperDone,
    /// Finish it, with nothing to fetch.
    Finish,
    /// Finish it: the result is at the counter.
    FinishAtCounter,
    /// Give the result to the asker.
    HandOver,
    /// Refuse it with a reason.
    Refuse,
    /// The asker does not want it any more.
    Withdraw,
    /// The village below passes once more what was over here.
    AskAgain,
    /// Give it stars.
    Rate,
}

impl Move {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Accept,
        Self::NeedMore,
        Self::Supplement,
        Self::Progress,
        Self::Pass,
        Self::UpperStep,
        Self::UpperNeeds,
        Self::UpperDone,
        Self::Finish,
        Self::FinishAtCounter,
        Self::HandOver,
        Self::Refuse,
        Self::Withdraw,
        Self::AskAgain,
        Self::Rate,
    ];
}

/// Why a move is not possible. The words for people are in `words::refused`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Somebody has accepted it already.
    AlreadyAccepted,
    /// It waits for papers of the asker.
    Lacking,
    /// The town has it.
    WithUpper,
    /// The town does not have it (any more).
    NotWithUpper,
    /// The result waits at the counter.
    WaitsAtCounter,
    /// Nothing waits at the counter.
    NothingToFetch,
    /// It is over: done, refused or withdrawn.
    Over(State),
    /// It is not done yet.
    NotDone,
    /// It was rated before.
    AlreadyRated,
    /// More than 30 days have gone by since it was done.
    TooLateToRate,
}

/// The state after a move, or why the move is not possible.
pub fn next(state: State, step: Move) -> Result<State, Refused> {
    use State::{Accepted, Done, Handling, Lacking, Passed, Ready, Received, Refused as No, Withdrawn};
    match (step, state) {
        (Move::Rate, Done) | (Move::HandOver, Ready) => Ok(Done),
        (Move::AskAgain, Done | No | Withdrawn) => Ok(Received),
        (_, Done | No | Withdrawn) => Err(Refused::Over(state)),
        (_, Ready) => Err(Refused::WaitsAtCounter),
        (Move::Rate | Move::AskAgain, _) => Err(Refused::NotDone),
        (Move::HandOver, _) => Err(Refused::NothingToFetch),

        (Move::UpperStep, Passed) => Ok(Passed),
        (Move::UpperNeeds, Passed) => Ok(Lacking),
        (Move::UpperDone, Passed) | (Move::Supplement, Lacking) => Ok(Handling),
        (Move::UpperStep | Move::UpperNeeds | Move::UpperDone, _) => Err(Refused::NotWithUpper),

        (Move::Supplement, open) => Ok(open),
        (_, Passed) => Err(Refused::WithUpper),

        (Move::Accept, Received) => Ok(Accepted),
        (Move::Accept, Lacking) => Err(Refused::Lacking),
        (Move::Accept, _) => Err(Refused::AlreadyAccepted),
        (Move::NeedMore, _) => Ok(Lacking),
        (Move::Refuse, _) => Ok(No),
        (Move::Withdraw, _) => Ok(Withdrawn),
        (_, Lacking) => Err(Refused::Lacking),
        (Move::Progress, _) => Ok(Handling),
        (Move::Pass, _) => Ok(Passed),
        (Move::Finish, _) => Ok(Done),
        (Move::FinishAtCounter, _) => Ok(Ready),
    }
}

#[cfg(test)]
mod tests {
    use State::{Accepted, Done, Handling, Lacking, Passed, Ready, Received, Refused as No, Withdrawn};

    use super::*;

    /// Every move, with the states from which it is possible and where it leads.
    fn table() -> Vec<(Move, Vec<(State, State)>)> {
        let lead = |states: &[State], to| states.iter().map(|state| (*state, to)).collect::<Vec<_>>();
        let office = [Received, Accepted, Handling];
        let open = [Received, Accepted, Lacking, Handling];
        let supplement = [(Received, Received), (Accepted, Accepted), (Lacking, Handling), (Handling, Handling)];
        vec![
            (Move::Accept, lead(&[Received], Accepted)),
            (Move::NeedMore, lead(&open, Lacking)),
            (Move::Supplement, [supplement.as_slice(), &[(Passed, Passed)]].concat()),
            (Move::Progress, lead(&office, Handling)),
            (Move::Pass, lead(&office, Passed)),
            (Move::UpperStep, lead(&[Passed], Passed)),
            (Move::UpperNeeds, lead(&[Passed], Lacking)),
            (Move::UpperDone, lead(&[Passed], Handling)),
            (Move::Finish, lead(&office, Done)),
            (Move::FinishAtCounter, lead(&office, Ready)),
            (Move::HandOver, lead(&[Ready], Done)),
            (Move::Refuse, lead(&open, No)),
            (Move::Withdraw, lead(&open, Withdrawn)),
            (Move::AskAgain, lead(&[Done, No, Withdrawn], Received)),
            (Move::Rate, lead(&[Done], Done)),
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
        assert_eq!(next(Accepted, Move::Accept), Err(Refused::AlreadyAccepted));
        assert_eq!(next(Passed, Move::Finish), Err(Refused::WithUpper));
        assert_eq!(next(Passed, Move::Withdraw), Err(Refused::WithUpper));
        assert_eq!(next(Lacking, Move::Finish), Err(Refused::Lacking));
        assert_eq!(next(Ready, Move::Rate), Err(Refused::WaitsAtCounter));
        assert_eq!(next(Done, Move::HandOver), Err(Refused::Over(Done)));
        assert_eq!(next(Handling, Move::HandOver), Err(Refused::NothingToFetch));
        assert_eq!(next(Handling, Move::UpperDone), Err(Refused::NotWithUpper));
    }

    #[test]
    fn the_word_is_what_serde_writes() {
        for state in State::ALL {
            assert_eq!(serde_json::to_value(state).ok(), Some(state.as_str().into()));
        }
        assert_eq!(Board::ALL.map(Board::as_str), ["work", "asker", "up", "ready", "over"]);
    }
}
