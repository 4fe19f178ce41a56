//! The visited household answers: it was so, or it was not. Each person for themselves.

use cunshi_sdk::prelude::{Outcome, Result, Write};

use super::{by, done, household, moved, save, unchanged};
use crate::domain::{ChangeKind, Dispute, Entry};
use crate::{ConfirmForm, DisputeForm, news};

/// It was so.
pub fn confirm(cx: &mut Write, form: &ConfirmForm) -> Result<Outcome> {
    let mut entry = unchanged(cx, &form.entry, form.seen.as_deref())?;
    moved(entry.confirm(&by(cx)?, household(cx)?.as_deref()))?;
    let entry = save(cx, &entry, None, ChangeKind::Confirmed)?;
    news::confirmed(cx, &entry)?;
    Ok(done(&entry, t!("say.confirmed")))
}

/// It was not so: the words go to the supervisors, the mark is public.
pub fn dispute(cx: &mut Write, form: DisputeForm) -> Result<Outcome> {
    let mut entry = cx.data::<Entry>().must(&form.entry)?;
    let by = by(cx)?;
    moved(entry.dispute(&by, household(cx)?.as_deref()))?;
    let entry = save(cx, &entry, None, ChangeKind::Disputed)?;
    let (person, name, at) = (by.person, by.name, by.at);
    cx.insert(&Dispute { entry: entry.id.clone(), person, name, text: form.text, at })?;
    news::disputed(cx, &entry)?;
    Ok(done(&entry, t!("say.disputed")))
}
