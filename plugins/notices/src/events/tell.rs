//! Telling other spaces.

use cunshi_sdk::prelude::{Doc, Result, Send, Serialize, Write};

use super::{COUNTED, Counted, PUBLISHED, Published, WITHDRAWN, Withdrawn};
use crate::domain::{Notice, Sender};
use crate::words;

/// Its id where it was written.
pub fn source(notice: &Doc<Notice>) -> &str {
    notice.source.as_deref().unwrap_or(&notice.id)
}

/// The spaces below get it, or its later version; villages have none below.
pub fn published(cx: &mut Write, notice: &Doc<Notice>) -> Result<()> {
    if !words::is_office_above(cx) {
        return Ok(());
    }
    let sender = notice.sender.clone().unwrap_or_else(|| Sender {
        name: cx.space().name.clone(),
        kind: cx.space().kind.clone(),
        attachments: u32::try_from(notice.photos.len() + notice.files.len()).unwrap_or(u32::MAX),
    });
    let payload = Published {
        revision: notice.revision,
        kind: notice.kind,
        title: notice.title.clone(),
        text: notice.text.clone(),
        acknowledge: notice.acknowledge,
        urgent: notice.urgent,
        expires_at: notice.expires_at,
        sender,
    };
    send(cx, PUBLISHED, source(notice), &payload)
}

/// The spaces below take it back too.
pub fn withdrawn(cx: &mut Write, notice: &Doc<Notice>) -> Result<()> {
    let Some(withdrawal) = notice.withdrawn.as_ref().filter(|_| words::is_office_above(cx)) else { return Ok(()) };
    let payload = Withdrawn { reason: withdrawal.reason.clone() };
    send(cx, WITHDRAWN, source(notice), &payload)
}

/// The office above hears what was counted here of a notice of its own, or of the office above it. A town without people
/// of its own has nothing to tell of itself: it would stand among the villages as one that nobody reads in.
pub fn counted(cx: &mut Write, notice: &Doc<Notice>) -> Result<()> {
    let (Some(source), Some(count)) = (&notice.source, notice.count) else { return Ok(()) };
    if count.reached == 0 && words::is_office_above(cx) {
        return Ok(());
    }
    pass_up(cx, source, &Counted { place: None, count })
}

/// Passes up what was counted.
pub fn pass_up(cx: &mut Write, source: &str, counted: &Counted) -> Result<()> {
    if cx.space().above.is_none() {
        return Ok(());
    }
    send(cx, COUNTED, source, counted)
}

fn send(cx: &mut Write, name: &str, subject: &str, payload: &impl Serialize) -> Result<()> {
    cx.send(Send::new(name, subject).payload(serde_json::to_value(payload)?))?;
    Ok(())
}
