//! By the clock: months are closed some days after their end.

use cunshi_sdk::prelude::{Result, Write};

use crate::books::{self, Month};
use crate::domain::Summary;
use crate::domain::days::{self, Micros};

/// Closes the first month that is due and not closed; a cursor asks to be called again, for the next one.
pub fn freeze_months(cx: &mut Write) -> Result<Option<String>> {
    let Some(month) = next(cx)? else { return Ok(None) };
    if cx.now() < books::closes_at(cx, month)? {
        return Ok(None);
    }
    let read = Month::of(cx, month)?;
    let (homes, homes_visited) = homes(cx, days::next_month(month) - 1)?;
    let summary = Summary {
        month,
        at: cx.now(),
        duties: read.duties,
        rows: read.rows,
        homes,
        homes_visited,
        changes: Vec::new(),
        more_changes: 0,
    };
    cx.insert(&summary)?;
    Ok(Some(days::write_month(month)))
}

/// The month after the last one that was closed; at first, the month in which the diary began.
fn next(cx: &Write) -> Result<Option<Micros>> {
    if let Some(last) = cx.data::<Summary>().by("by_month").newest().first()? {
        return Ok(Some(days::next_month(last.month)));
    }
    Ok(books::began(cx)?.map(days::month_start))
}

/// Hard-pressed homes on the list, and how many of them were visited in the quarter until an instant.
pub fn homes(cx: &Write, until: Micros) -> Result<(i64, i64)> {
    let visited = books::visited(cx, until)?;
    let homes = books::homes(cx)?;
    let reached = homes.iter().filter(|home| visited.contains_key(&home.household)).count();
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok((whole(homes.len()), whole(reached)))
}
