//! Numbers over a period, from `from` up to `to`.

use cunshi_sdk::prelude::{Measured, Micros, Read, Result, Text};

use crate::domain::{Award, AwardIndexes as _, Day, Objection, ObjectionIndexes as _, Source};

/// What of a period is counted.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// Inclusive.
    pub from: Micros,
    /// Exclusive.
    pub to: Micros,
}

/// 积分申请
pub fn claims(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new("期间村民提交的积分申请", "Claims that villagers made in the period");
    let found = cx.data::<Award>().by_source(Source::Claim.as_str()).from(period.from).to(period.to).count()?;
    Ok(Measured::count(whole(found)).note(note))
}

/// 入账积分
pub fn posted_points(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new("期间入账的加分，取整", "Points posted in the period, in whole points");
    let given: i64 = days(cx, period)?.iter().map(|day| day.given).sum();
    Ok(Measured::count(given / 100).note(note))
}

/// 参与户数
pub fn participants(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new("期间得过分的户", "Households that got points in the period");
    let mut households: Vec<String> = days(cx, period)?.into_iter().flat_map(|day| day.households).collect();
    households.sort_unstable();
    households.dedup();
    Ok(Measured::count(i64::try_from(households.len()).unwrap_or(i64::MAX)).note(note))
}

/// 兑换积分
pub fn redeemed(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new("期间换走东西用掉的分，取整", "Points spent in the shop in the period, in whole points");
    let spent: i64 = days(cx, period)?.iter().map(|day| day.redeemed).sum();
    Ok(Measured::count(spent / 100).note(note))
}

/// 异议按期答复
pub fn objections_answered_on_time(cx: &Read, period: Period) -> Result<Measured> {
    let note = Text::new(
        "期间答复的异议中，在期限内答复的",
        "Of the objections answered in the period, those within their deadline",
    );
    let of = |on_time| cx.data::<Objection>().by_answered(on_time).from(period.from).to(period.to).count();
    let (on_time, late) = (whole(of(true)?), whole(of(false)?));
    Ok(Measured::share(on_time, on_time.saturating_add(late)).note(note))
}

fn days(cx: &Read, period: Period) -> Result<Vec<Day>> {
    let (mut days, mut cursor) = (Vec::new(), None);
    // Ten years of days: a period of the platform's is far shorter.
    for _ in 0..20 {
        let (found, next) = cx.data::<Day>().by("by_day").from(period.from).to(period.to).page(200, cursor)?;
        days.extend(found.into_iter().map(|day| day.body));
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(days)
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
