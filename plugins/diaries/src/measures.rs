//! Numbers over a period, from `from` up to `to`, by the days that entries tell of.

use cunshi_sdk::prelude::{Measured, Micros, Read, Result, Text};

use crate::books::{self, Month};
use crate::domain::{Check, Entry, EntryIndexes as _, Kind, month, summary};

/// What of a period is counted.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// Inclusive.
    pub from: Micros,
    /// Exclusive.
    pub to: Micros,
}

/// 日记篇数
pub fn entries(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new("期间发布、计数的日记", "Entries of the period that are public and count");
    let found = cx.data::<Entry>().by("by_counted").from(period.from).to(period.to).count()?;
    Ok(Measured::count(whole(found)).note(note))
}

/// 走访次数
pub fn visits(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new("期间的走访", "Household visits in the period");
    let visits = cx.data::<Entry>().by_counted_kind(Kind::Visit.as_str()).from(period.from).to(period.to);
    Ok(Measured::count(whole(visits.count()?)).note(note))
}

/// 村民确认
pub fn confirmed(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new(
        "期间写了户的日记中，这户人确认的，或核实属实的",
        "Of the entries about a household, those that it confirmed or that were found right",
    );
    let (mut good, mut all) = (0, 0);
    for check in Check::ALL {
        let found = cx.data::<Entry>().by_check(check.as_str()).from(period.from).to(period.to).count()?;
        all += whole(found);
        good += if check.is_good() { whole(found) } else { 0 };
    }
    Ok(Measured::share(good, all).note(note))
}

/// 任务完成
pub fn duties_done(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new(
        "期间结束的月份里，每位干部应做的走访和会议中做到的；超额的不算，免任务的不算",
        "Of the visits and meetings asked of each cadre in the months that ended in the period, those done; no more than asked, the excused left out",
    );
    let (mut done, mut of) = (0, 0);
    for start in month::ended_within(period.from, period.to.min(cx.now())) {
        // Before the diary began nobody has duties there.
        let month = Month::of(cx, start)?;
        let (part, whole) = summary::duties_done(month.duties, month.fixed_rows());
        (done, of) = (done + part, of + whole);
    }
    Ok(Measured::share(done, of).note(note))
}

/// 困难户走访
pub fn homes_visited(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new(
        "名单上的困难户中，期末所在季度里走访过的",
        "Of the hard-pressed homes on the list, those visited in the quarter in which the period ends",
    );
    let until = period.to.min(cx.now() + 1) - 1;
    let visited = books::visited(cx, until)?;
    let homes: Vec<_> = books::homes(cx)?.into_iter().filter(|home| home.since <= until).collect();
    let reached = homes.iter().filter(|home| visited.contains_key(&home.household)).count();
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Measured::share(whole(reached), whole(homes.len())).note(note))
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
