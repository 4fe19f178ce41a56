//! Hearing other spaces. The host delivers each event once and in order per subject; what comes twice nevertheless
//! changes nothing, because a notice is known by the id that it has where it was written.

use cunshi_sdk::prelude::{Doc, Event, Result, Write};
use serde::de::DeserializeOwned;

use super::{Counted, Published, Withdrawn, tell};
use crate::actions::stamp;
use crate::domain::{
    Audience, Change, Notice, NoticeIndexes as _, Slip, State, Tally, TallyIndexes as _, Withdrawal, Words,
};
use crate::messages;

/// Longest name of a place that is kept, in characters.
const NAME: usize = 60;

/// The office above makes something known, or puts it right: it becomes a notice here, and goes on down.
pub fn published(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<Published>(cx, event, "above") else { return Ok(()) };
    let sender = told.sender;
    let words = Words {
        kind: told.kind,
        title: told.title,
        text: told.text,
        addressed: Audience::All,
        acknowledge: told.acknowledge,
        urgent: told.urgent,
        expires_at: told.expires_at,
    };
    let notice = if let Some(mut known) = by_source(cx, &event.subject)? {
        if !known.change(Change { words, revision: told.revision, at: cx.now() }) {
            return Ok(());
        }
        cx.update(&known)?
    } else {
        let change = Change { words, revision: told.revision, at: stamp(cx)? };
        let notice = cx.insert(&Notice::from_above(change, &event.subject, sender))?;
        // What was over before it arrived is kept, and rouses nobody.
        if notice.state == State::Published {
            messages::published(cx, &notice)?;
        }
        notice
    };
    tell::published(cx, &notice)
}

/// The office above takes something back: so does this space, and those below.
pub fn withdrawn(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<Withdrawn>(cx, event, "above") else { return Ok(()) };
    let Some(mut notice) = by_source(cx, &event.subject)? else {
        cx.log_warn("a notice was taken back that is not here");
        return Ok(());
    };
    let (sight, at) = (notice.sight, cx.now());
    if notice.recall(Withdrawal { at, reason: told.reason.clone(), by: None }).is_err() {
        return Ok(());
    }
    let notice = cx.update(&notice)?;
    cx.insert(&Slip::of(&notice.id, &notice, sight, &told.reason, at))?;
    messages::withdrawn(cx, &notice, &told.reason)?;
    tell::withdrawn(cx, &notice)
}

/// A space below has counted its readers. A town keeps what its villages say under their own names, and passes it on
/// where the notice came from the district.
pub fn counted(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<Counted>(cx, event, "below") else { return Ok(()) };
    let notice = match by_source(cx, &event.subject)? {
        Some(copy) => Some(copy),
        None => cx.data::<Notice>().get(&event.subject)?,
    };
    let Some(notice) = notice else {
        cx.log_warn("readers were counted of a notice that is not here");
        return Ok(());
    };
    let from = short(event.from_name.as_deref().unwrap_or_default());
    // Right below a town are villages: they speak for themselves only. Below the district a town speaks for itself or
    // names one of its villages; a village right below the district names none.
    let (town, place) = match told.place.as_deref() {
        Some(place) if cx.space().kind == "district" => (from, short(place)),
        _ => (String::new(), from),
    };
    let count = told.count.sane();
    let tally = Tally {
        key: Tally::key(&event.subject, &town, &place),
        notice: event.subject.clone(),
        town,
        place,
        count,
        percent: count.percent_read(),
        at: event.at,
    };
    match cx.data::<Tally>().by_key(tally.key.as_str()).first()? {
        Some(known) if known.at > tally.at || known.body == tally => return Ok(()),
        Some(mut known) => {
            known.body = tally.clone();
            cx.update(&known)?;
        }
        None => {
            cx.insert(&tally)?;
        }
    }
    if notice.is_copy() {
        let place = Some(tally.place);
        return tell::pass_up(cx, tell::source(&notice), &Counted { place, count });
    }
    Ok(())
}

/// The notice of here that is a copy of that one.
fn by_source(cx: &Write, source: &str) -> Result<Option<Doc<Notice>>> {
    Ok(cx.data::<Notice>().by_source(source).first()?)
}

fn short(name: &str) -> String {
    name.chars().take(NAME).collect()
}

/// The payload, if it is for this space at all. What cannot be read is said in the log and not tried again: it would
/// block later news of the same notice.
fn read<T: DeserializeOwned>(cx: &Write, event: &Event, from: &str) -> Option<T> {
    if event.from_plugin != "notices" || event.from != from {
        return None;
    }
    let read = event.read();
    if read.is_err() {
        cx.log_warn("an event came whose payload cannot be read");
    }
    read.ok()
}
