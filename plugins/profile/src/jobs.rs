//! By the clock: those who booked are reminded a day before.

use cunshi_sdk::prelude::{Result, Write};

use crate::domain::Session;
use crate::{listing, messages};

/// One session in a step, because each may be fifteen messages. What was told leaves the index, so that an interrupted
/// job goes on by itself.
pub fn remind(cx: &mut Write) -> Result<Option<String>> {
    let now = cx.now();
    let Some(mut session) = cx.data::<Session>().by("by_reminder").to(now.saturating_add(1)).first()? else {
        return Ok(None);
    };
    session.remind_at = None;
    let session = cx.update(&session)?;
    if session.is_coming(now) {
        for booking in listing::bookings(cx, &session.id)? {
            messages::reminder(cx, &session, &booking)?;
        }
    }
    Ok(Some("next".to_owned()))
}
