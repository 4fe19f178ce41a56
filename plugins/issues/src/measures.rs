//! Numbers over a period, from `from` up to `to`, of public and private cases together.

use cunshi_sdk::prelude::{Measured, Micros, Read, Result, Text};

use crate::domain::{Case, CaseIndexes as _};

/// What of a period was counted. The host asks through `plugin.toml`'s measures; the figures page shows them.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// Inclusive.
    pub from: Micros,
    /// Exclusive.
    pub to: Micros,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: i64,
    /// The whole.
    pub of: i64,
}

impl Share {
    fn of(part: i64, rest: i64) -> Self {
        Self { part, of: part.saturating_add(rest) }
    }
}

impl Period {
    /// Cases registered.
    pub fn registered(self, cx: &Read) -> Result<i64> {
        Ok(whole(cx.data::<Case>().by("by_reported").from(self.from).to(self.to).count()?))
    }

    /// Cases closed, and how many of them in time.
    pub fn closed(self, cx: &Read) -> Result<Share> {
        let of = |on_time| cx.data::<Case>().by_closed(on_time).from(self.from).to(self.to).count();
        Ok(Share::of(whole(of(true)?), whole(of(false)?)))
    }

    /// Cases rated, and how many of them with 4 stars or more.
    pub fn satisfied(self, cx: &Read) -> Result<Share> {
        let of = |satisfied| cx.data::<Case>().by_rated(satisfied).from(self.from).to(self.to).count();
        Ok(Share::of(whole(of(true)?), whole(of(false)?)))
    }
}

/// Open cases.
pub fn open(cx: &Read) -> Result<i64> {
    Ok(whole(cx.data::<Case>().by_board("open").count()?))
}

/// Open cases past their deadline now.
pub fn overdue(cx: &Read) -> Result<i64> {
    Ok(whole(cx.data::<Case>().by_due("open").to(cx.now()).count()?))
}

/// 登记事项
pub fn registered(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new("期间登记的事项，公开和不公开的都算", "Cases registered in the period, public and private");
    Ok(Measured::count(period.registered(cx)?).note(note))
}

/// 办结事项
pub fn closed(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new("期间办结并答复的事项", "Cases closed with an answer in the period");
    Ok(Measured::count(period.closed(cx)?.of).note(note))
}

/// 按期办结
pub fn closed_on_time(cx: &Read, period: Period) -> Result<Measured> {
    let note =
        Text::new("期间办结的事项中，在期限内办结的", "Of the cases closed in the period, those within their deadline");
    let Share { part, of } = period.closed(cx)?;
    Ok(Measured::share(part, of).note(note))
}

/// 村民满意
pub fn satisfied(cx: &Read, period: Period) -> Result<Measured> {
    let note =
        Text::new("期间评价的事项中，4 星和 5 星的", "Of the cases rated in the period, those with 4 stars or 5");
    let Share { part, of } = period.satisfied(cx)?;
    Ok(Measured::share(part, of).note(note))
}

/// 正在办
pub fn open_now(cx: &Read) -> Result<Measured> {
    let note = Text::new("现在还没有办结的事项，超期的也算", "Cases not closed yet, overdue ones among them");
    Ok(Measured::count(open(cx)?).note(note))
}

/// 现有超期
pub fn overdue_open(cx: &Read) -> Result<Measured> {
    let note = Text::new("现在超过期限还没有办结的事项", "Open cases that are past their deadline now");
    Ok(Measured::count(overdue(cx)?).note(note))
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
