//! Numbers over a period, from `from` up to `to`. Copies of other offices' postings are counted where they were made,
//! sign-ups where the people are.

use cunshi_sdk::prelude::{Measured, Micros, Read, Result, Text};

use crate::domain::{Posting, PostingIndexes as _, Signup};

/// 正在招的岗位
pub fn open(cx: &Read) -> Result<Measured> {
    let note = Text::new("本级发布、现在还在招的岗位", "Postings of this office that are open now");
    let count = cx.data::<Posting>().by("by_own").eq("open").count()?;
    Ok(Measured::count(whole(count)).note(note))
}

/// 报名人次
pub fn signups(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note = Text::new("期间在这里报的名，替人报的也算", "Sign-ups made here in the period, those by a cadre too");
    let count = cx.data::<Signup>().by("by_made").from(from).to(to).count()?;
    Ok(Measured::count(whole(count)).note(note))
}

/// 录用人次
pub fn hired(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note = Text::new("期间录用、在这里报名的人", "People who signed up here and were hired in the period");
    let count = cx.data::<Signup>().by("by_hired").from(from).to(to).count()?;
    Ok(Measured::count(whole(count)).note(note))
}

/// 招满的岗位
pub fn filled(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note =
        Text::new("期间结束的岗位中，招满的", "Of the postings closed in the period, those that found everybody");
    let of = |full| cx.data::<Posting>().by_closed(full).from(from).to(to).count();
    let (full, rest) = (whole(of(true)?), whole(of(false)?));
    Ok(Measured::share(full, full.saturating_add(rest)).note(note))
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
