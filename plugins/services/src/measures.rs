//! Numbers over a period, from `from` up to `to`.

use cunshi_sdk::prelude::{Measured, Micros, Read, Result, Text};

use crate::books::SAMPLE;
use crate::domain::{Tally, TallyIndexes as _, time};

/// What of a period is counted.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// Inclusive.
    pub from: Micros,
    /// Exclusive.
    pub to: Micros,
}

/// 便民服务申请
pub fn requests(cx: &Read, period: Period) -> Result<Measured> {
    let asked = cx.data::<Tally>().by("by_asked").from(period.from).to(period.to).count()?;
    let note = Text::new("期间收到的办事申请", "Requests that came in during the period");
    Ok(Measured::count(whole(asked)).note(note))
}

/// 便民服务按期办结
pub fn done_on_time(cx: &Read, period: Period) -> Result<Measured> {
    let of = |on_time| cx.data::<Tally>().by_done(on_time).from(period.from).to(period.to).count();
    let note = Text::new("期间办结的申请中，在承诺时限内办结的", "Of the requests done in the period, those in time");
    Ok(share(of(true)?, of(false)?).note(note))
}

/// 便民服务办结用时
pub fn median_minutes(cx: &Read, period: Period) -> Result<Measured> {
    let done = cx.data::<Tally>().by("by_finished").from(period.from).to(period.to).newest().take(SAMPLE)?;
    let median = time::median(done.iter().filter_map(|tally| tally.minutes).collect());
    let note = Text::new(
        "期间办结的申请（最近 200 件）从提交到办结用的分钟数，取中位数；一件也没有时是 0",
        "Minutes from asking to done, the median of the newest 200 done in the period; 0 when there are none",
    );
    Ok(Measured::count(median.unwrap_or_default()).note(note))
}

/// 便民服务满意
pub fn satisfaction(cx: &Read, period: Period) -> Result<Measured> {
    let of = |satisfied| cx.data::<Tally>().by_rated(satisfied).from(period.from).to(period.to).count();
    let note =
        Text::new("期间评价的申请中，4 星和 5 星的", "Of the requests rated in the period, those with 4 stars or 5");
    Ok(share(of(true)?, of(false)?).note(note))
}

fn share(part: u64, rest: u64) -> Measured {
    Measured::share(whole(part), whole(part.saturating_add(rest)))
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
