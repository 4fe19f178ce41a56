//! Numbers over a period, from `from` up to `to`, of what went out in it, for everybody or for some.

use cunshi_sdk::prelude::{Doc, Measured, Micros, Read, Result, Text};

use crate::domain::{Count, Notice};

/// Most notices of a period that are added up, by two hundred.
const PAGES: usize = 10;

/// 发布通知
pub fn published(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note = Text::new(
        "期间发布的通知，镇街和区里发来的也算，撤回的不算",
        "Notices published in the period, those of the town and the district too, without withdrawn ones",
    );
    let n = cx.data::<Notice>().by("by_published").from(from).to(to).count()?;
    Ok(Measured::count(i64::try_from(n).unwrap_or(i64::MAX)).note(note))
}

/// 通知阅读率
pub fn read(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note = Text::new(
        "期间的通知发到的人次中，看过的人次",
        "Of all the times that a notice of the period reached somebody, those that were read",
    );
    let total = total(cx, from, to, |_| true)?;
    Ok(Measured::share(total.read, total.reached).note(note))
}

/// 通知确认率
pub fn acknowledged(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note = Text::new(
        "期间要求确认的通知，发到的人次中确认知晓的人次",
        "Of all the times that a notice asked to be acknowledged, those that were",
    );
    let total = total(cx, from, to, |notice| notice.acknowledge)?;
    Ok(Measured::share(total.acknowledged, total.reached).note(note))
}

/// The counts that the clock's job keeps, added up.
fn total(cx: &Read, from: Micros, to: Micros, counts: impl Fn(&Doc<Notice>) -> bool) -> Result<Count> {
    let (mut total, mut cursor) = (Count::default(), None);
    for _ in 0..PAGES {
        let query = cx.data::<Notice>().by("by_published").from(from).to(to);
        let (found, next) = query.page(200, cursor)?;
        let counted = found.iter().filter(|notice| counts(notice)).filter_map(|notice| notice.count);
        total = counted.fold(total, Count::plus);
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(total)
}
