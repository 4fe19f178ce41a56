//! The calendar at work: this space's list, the duties that follow from it, and the numbers that it comes to.

use cunshi_sdk::prelude::{Doc, Read, Result, Write};

use crate::domain::{
    Calendar, CalendarIndexes as _, Counts, Duty, DutyIndexes as _, Every, Question, QuestionIndexes as _,
};
use crate::domain::{calendar::HERE, days, period};
use crate::events::tell;

/// Duties that are opened or looked at in one call: small enough for one transaction.
pub const BATCH: u32 = 50;

/// Whether this space has duties of its own: towns and the district look after those of others.
pub fn has_duties(cx: &Read) -> bool {
    !matches!(cx.space().kind.as_str(), "town" | "district")
}

/// Whether this space keeps the list for all.
pub fn keeps_the_list(cx: &Read) -> bool {
    cx.space().kind == "district"
}

/// The calendar as it is known here; before anything was written the set that ships with the plugin.
pub fn calendar(cx: &Read) -> Result<Calendar> {
    let known = cx.data::<Calendar>().by_key(HERE).first()?;
    Ok(known.map_or_else(|| Calendar::began(cx.now(), String::new()), |known| known.body))
}

/// The calendar to be changed: with the first call that writes, this space begins.
pub fn here(cx: &mut Write) -> Result<Doc<Calendar>> {
    if let Some(known) = cx.data::<Calendar>().by_key(HERE).first()? {
        return Ok(known);
    }
    let begun = Calendar::began(cx.now(), cx.new_id());
    Ok(cx.insert(&begun)?)
}

/// What a batch came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batch {
    /// There was nothing to do.
    Nothing,
    /// All that there was is done.
    Done,
    /// There may be more.
    Full,
}

impl Batch {
    /// What was done, of a batch of so many at most.
    pub fn of(done: usize, most: u32) -> Self {
        match u32::try_from(done) {
            Ok(0) => Self::Nothing,
            Ok(done) if done < most => Self::Done,
            _ => Self::Full,
        }
    }
}

/// Opens the duties of periods that have begun, at most [`BATCH`].
pub fn open(cx: &mut Write) -> Result<Batch> {
    if !has_duties(cx) {
        return Ok(Batch::Nothing);
    }
    let mut calendar = here(cx)?;
    let limit = usize::try_from(BATCH).unwrap_or_default();
    let pending = calendar.pending(cx.now(), limit);
    let batch = Batch::of(pending.len(), BATCH);
    if batch == Batch::Nothing {
        return Ok(batch);
    }
    for duty in pending {
        calendar.opened.insert(duty.item.clone(), duty.start);
        // An item that came back has some of its duties still.
        if cx.data::<Duty>().by_key(duty.key.as_str()).first()?.is_none() {
            cx.insert(&duty)?;
        }
    }
    cx.update(&calendar)?;
    Ok(batch)
}

/// Holds a page of open duties against the calendar: what is no longer asked for goes, what changed follows.
pub fn follow(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
    let calendar = calendar(cx)?;
    let (duties, next) = cx.data::<Duty>().by_due("open").page(BATCH, cursor)?;
    for mut duty in duties {
        match calendar.item(&duty.item) {
            Some(item) if item.every == duty.every => {
                if duty.follow(item) {
                    let overdue = duty.is_overdue(cx.now());
                    if !overdue {
                        let id = duty.id.clone();
                        tell::duty(cx, &id, &mut duty, false)?;
                    }
                    cx.update(&duty)?;
                }
            }
            // A matter that happened is still to be told of.
            _ if duty.every == Every::AtOnce => {}
            _ => {
                let id = duty.id.clone();
                tell::duty(cx, &id, &mut duty, false)?;
                cx.remove(&duty)?;
            }
        }
    }
    Ok(next)
}

/// How this village stands now.
pub fn counts(cx: &Read) -> Result<Counts> {
    let now = cx.now();
    let (this_year, _, _) = days::date(now);
    let (from, _) = period::year(this_year).unwrap_or_default();
    Ok(Counts {
        overdue: whole(cx.data::<Duty>().by_due("open").to(now).count()?),
        questions: whole(cx.data::<Question>().by_late(true).count()?),
        due: whole(cx.data::<Duty>().by("by_end").from(from).to(now).count()?),
        in_time: whole(cx.data::<Duty>().by_in_time(true).from(from).to(now).count()?),
    })
}

/// A count as the number that measures and pages show.
pub fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
