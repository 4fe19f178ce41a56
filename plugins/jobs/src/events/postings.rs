//! Hearing of postings: those of the office above, and reports from below. The host delivers each event once and in order
//! per subject; what comes late or twice nevertheless changes nothing.

use cunshi_sdk::prelude::{Event, Result, Send, Write, json};

use super::{DOUBTED, HIDDEN, POSTING, PostingDoubted, read, tell};
use crate::domain::{Doubt, DoubtIndexes as _, News, Posting, State};
use crate::listing;

/// The office above tells of a posting: it is kept here as its copy; a town passes it on.
pub fn changed(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(news) = read::<News>(cx, event, "above") else { return Ok(()) };
    let source = &event.subject;
    if let Some(mut copy) = listing::copy_of(cx, source)? {
        let before = copy.state;
        if !copy.take_news(news.clone()) {
            return Ok(());
        }
        let copy = cx.update(&copy)?;
        if before != State::Hidden && copy.state == State::Hidden {
            cx.send(Send::new(HIDDEN, &copy.id).payload(json!({})))?;
        }
    } else if news.state == State::Open {
        cx.insert(&Posting::copy(source, news.clone(), cx.now()))?;
    }
    if tell::has_below(cx) {
        tell::send(cx, POSTING, source, &news, None)?;
    }
    Ok(())
}

/// A village reports a posting of this office, or, in a town, of the district: then it is passed on too.
pub fn doubted(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<PostingDoubted>(cx, event, "below") else { return Ok(()) };
    let here = match cx.data::<Posting>().get(&told.posting)?.filter(|posting| posting.is_own()) {
        Some(own) => Some(own),
        None => listing::copy_of(cx, &told.posting)?,
    };
    let Some(posting) = here else {
        cx.log_warn("a report came up for a posting that is not here");
        return Ok(());
    };
    if cx.data::<Doubt>().by_key(event.subject.as_str()).first()?.is_some() {
        return Ok(());
    }
    if !posting.is_own() {
        tell::send(cx, DOUBTED, &event.subject, &told, None)?;
    }
    if posting.state == State::Hidden {
        return Ok(());
    }
    cx.insert(&Doubt {
        posting: posting.id.clone(),
        title: posting.terms.title.clone(),
        person: None,
        name: None,
        village: Some(told.village),
        why: told.why,
        text: told.text,
        at: cx.now(),
        open: true,
        verdict: None,
        key: Some(event.subject.clone()),
    })?;
    Ok(())
}
