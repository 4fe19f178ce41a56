//! What one run of a script knows and has used.
//!
//! A run stays on its thread from beginning to end, so what the functions of `host` and the meter need of it lies in
//! one thread-local place, for as long as the run lasts. Whatever has stopped a run stays the reason: a script cannot
//! catch it.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cunshi_model::rules::{Answered, Question};
use rhai::Position;

use crate::table::Table;

/// Greatest number of operations of one run, calls from within `map` and the like included. It is part of the
/// engine's version: a replay stops where the run stopped.
pub(crate) const MOST_OPERATIONS: u64 = 50_000;
/// Longest run by the clock. Operational: it says that the machine is not well, and is never recorded.
pub(crate) const LONGEST: Duration = Duration::from_millis(50);
/// Greatest number of questions of one decision.
pub(crate) const MOST_QUESTIONS: usize = 16;
/// Operations before the first look at the clock, and between two: what ends sooner is never stopped because the
/// machine was busy with something else.
const LOOK: u64 = 1_000;

/// Why a run ended before the script did.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stop {
    /// It asks what was not answered yet.
    Asks(String, Question),
    /// It asks too much.
    TooManyQuestions,
    /// It counted too many operations.
    Operations,
    /// It took too long.
    Time,
}

/// One run.
pub(crate) struct Run {
    pub(crate) table: Arc<Table>,
    pub(crate) because: Vec<String>,
    pub(crate) stop: Option<Stop>,
    /// The last place that a traced run came by.
    pub(crate) place: Position,
    answers: Vec<Answered>,
    operations: u64,
    began: Instant,
}

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
}

impl Run {
    /// A run at its beginning.
    pub(crate) fn new(table: Arc<Table>, answers: &[Answered]) -> Self {
        Self {
            table,
            because: Vec::new(),
            stop: None,
            place: Position::NONE,
            answers: answers.to_vec(),
            operations: 0,
            began: Instant::now(),
        }
    }

    /// The recorded answer to a question; without one the run stops.
    pub(crate) fn ask(&mut self, question: String, what: Question) -> Option<i64> {
        if let Some(answered) = self.answers.iter().find(|answered| answered.question == question) {
            return Some(answered.answer);
        }
        self.stop.get_or_insert(if self.answers.len() < MOST_QUESTIONS {
            Stop::Asks(question, what)
        } else {
            Stop::TooManyQuestions
        });
        None
    }

    /// Whether the run may go on for one more operation.
    fn may_go_on(&mut self) -> bool {
        self.operations += 1;
        if self.stop.is_none() {
            if self.operations > MOST_OPERATIONS {
                self.stop = Some(Stop::Operations);
            } else if self.operations.is_multiple_of(LOOK) && self.began.elapsed() > LONGEST {
                self.stop = Some(Stop::Time);
            }
        }
        self.stop.is_none()
    }
}

/// Does the work with this run in place, and gives the run back.
pub(crate) fn during<T>(run: Run, work: impl FnOnce() -> T) -> (T, Option<Run>) {
    RUN.with_borrow_mut(|place| *place = Some(run));
    let done = work();
    (done, RUN.take())
}

/// The run that is under way on this thread.
pub(crate) fn current<T>(look: impl FnOnce(&mut Run) -> T) -> Option<T> {
    RUN.with_borrow_mut(|place| place.as_mut().map(look))
}

/// Counts an operation; false ends the run.
pub(crate) fn tick() -> bool {
    current(Run::may_go_on).unwrap_or(true)
}

/// Notes a place of a traced run.
pub(crate) fn came_by(position: Position) {
    if !position.is_none() {
        current(|run| run.place = position);
    }
}
