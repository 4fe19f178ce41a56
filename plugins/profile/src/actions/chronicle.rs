//! Cadres record what happens in the village, and put it right; the admin strikes what should not stand there.

use cunshi_sdk::prelude::{Doc, Outcome, Result, Write};

use super::{done, moved, past_day, stamp, unchanged};
use crate::domain::{Milestone, Part, Words};
use crate::{CorrectMilestoneForm, RecordMilestoneForm, StrikeMilestoneForm};

/// See `plugin.toml`.
pub fn record(cx: &mut Write, form: RecordMilestoneForm) -> Result<Outcome> {
    let words = Words { day: past_day(cx, &form.day)?, title: form.title, text: form.text };
    let by = cx.caller()?.name.clone();
    let milestone = cx.insert(&Milestone::recorded(words, form.photos, &by, cx.now()))?;
    for file in &milestone.photos {
        cx.attach(file, &milestone)?;
    }
    stamp(cx, Part::Milestones)?;
    Ok(done("milestone", &milestone.id, t!("say.recorded")))
}

/// See `plugin.toml`.
pub fn correct(cx: &mut Write, form: CorrectMilestoneForm) -> Result<Outcome> {
    let mut milestone = cx.data::<Milestone>().must(&form.milestone)?;
    unchanged(&milestone, form.seen.as_deref())?;
    let words = Words { day: past_day(cx, &form.day)?, title: form.title, text: form.text };
    let (by, now) = (cx.caller()?.name.clone(), cx.now());
    for file in &form.photos {
        cx.attach(file, &milestone)?;
    }
    moved(milestone.correct(words, form.photos, &form.reason, &by, now))?;
    save(cx, &milestone, t!("say.corrected"))
}

/// See `plugin.toml`.
pub fn strike(cx: &mut Write, form: &StrikeMilestoneForm) -> Result<Outcome> {
    let mut milestone = cx.data::<Milestone>().must(&form.milestone)?;
    let (by, now) = (cx.caller()?.name.clone(), cx.now());
    moved(milestone.strike(&form.reason, &by, now))?;
    save(cx, &milestone, t!("say.struck"))
}

fn save(cx: &mut Write, milestone: &Doc<Milestone>, say: String) -> Result<Outcome> {
    let milestone = cx.update(milestone)?;
    stamp(cx, Part::Milestones)?;
    Ok(done("milestone", &milestone.id, say))
}
