//! By the clock: what is past its deadline is marked, contents whose time is over are removed, figures age.

use cunshi_sdk::prelude::{Result, Write};

use crate::actions::keep;
use crate::domain::{Figure, Request, time};
use crate::{books, listing};

/// Requests to mark per step: each is a message, and a call sends at most 20.
const LATE: u32 = 15;
/// Requests to clear per step.
const FORGET: u32 = 40;
/// Figures per step.
const FIGURES: u32 = 20;
/// The least time for which contents are kept, in months.
const LEAST_MONTHS: i64 = 3;

/// Marks the next ones. Marked requests leave the index, so that an interrupted job goes on by itself.
pub fn raise_overdue(cx: &mut Write) -> Result<Option<String>> {
    let now = cx.now();
    let late = cx.data::<Request>().by("by_unmarked").to(now).take(LATE)?;
    let full = u32::try_from(late.len()).is_ok_and(|found| found == LATE);
    let mut marked = 0;
    for mut request in late {
        let Some(step) = request.mark_late(now) else { continue };
        let Some(paper) = listing::paper(cx, &request.id)? else { continue };
        keep(cx, &request, paper, step)?;
        marked += 1;
    }
    // Without progress there is nothing to go on with.
    Ok((full && marked > 0).then(|| "more".to_owned()))
}

/// Removes identity data, words and papers of requests that ended long ago; states and figures stay. What is cleared
/// leaves the index.
pub fn forget(cx: &mut Write) -> Result<Option<String>> {
    let months = cx.setting::<i64>("retention_months")?.max(LEAST_MONTHS);
    let before = time::months_before(cx.now(), months);
    let old = cx.data::<Request>().by("by_contents").to(before).take(FORGET)?;
    let full = u32::try_from(old.len()).is_ok_and(|found| found == FORGET);
    for mut request in old {
        if let Some(paper) = listing::paper(cx, &request.id)? {
            cx.remove(&paper)?;
        }
        request.forget(cx.now());
        cx.update(&request)?;
    }
    Ok(full.then(|| "more".to_owned()))
}

/// Brings the figures of every service up to date, some at a time.
pub fn refresh_figures(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
    let (figures, next) = cx.data::<Figure>().by("by_service").page(FIGURES, cursor)?;
    for figure in figures {
        books::refresh(cx, &figure.service)?;
    }
    Ok(next)
}
