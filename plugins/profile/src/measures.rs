//! Numbers over a period, from `from` up to `to`, of public and private questions together.

use cunshi_sdk::prelude::{Measured, Micros, Read, Result, Text};

use crate::domain::{Milestone, MilestoneIndexes as _, Question, QuestionIndexes as _};

/// 大事记新增
pub fn events_recorded(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let n = cx.data::<Milestone>().by_recorded(Milestone::PUBLIC).from(from).to(to).count()?;
    let note = Text::new("期间记下的大事", "Big events recorded in the period");
    Ok(Measured::count(whole(n)).note(note))
}

/// 书记会客厅按时答复: of the questions whose last day lies in the period. Those that are not due yet do not count
/// against the village.
pub fn questions_answered_in_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let of = |outcome: &str, to: Micros| {
        if to <= from {
            return Ok(0);
        }
        cx.data::<Question>().by_outcome(outcome).from(from).to(to).count()
    };
    let in_time = of(Question::IN_TIME, to)?;
    let missed = of(Question::LATE, to)? + of(Question::WAITING, to.min(cx.now()))?;
    let note = Text::new(
        "期间到期的提问中，按时答复的",
        "Of the questions that were due in the period, those answered in time",
    );
    Ok(Measured::share(whole(in_time), whole(in_time + missed)).note(note))
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
