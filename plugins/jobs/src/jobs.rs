//! By the clock: what is open past its last day closes, here and, by the same clock, in every copy.

use cunshi_sdk::prelude::{Result, Write};

use crate::domain::Posting;

/// Postings per step of the job: small enough for one transaction.
const BATCH: u32 = 50;

/// Closes the next batch. What is closed leaves the index, so that an interrupted job goes on by itself.
pub fn close_expired(cx: &mut Write) -> Result<Option<String>> {
    let now = cx.now();
    let over = cx.data::<Posting>().by("by_due").to(now).take(BATCH)?;
    let full = u32::try_from(over.len()).is_ok_and(|found| found == BATCH);
    let mut closed = 0;
    for mut posting in over {
        if posting.expire(now) {
            cx.update(&posting)?;
            closed += 1;
        }
    }
    // Without progress there is nothing to go on with.
    Ok((full && closed > 0).then(|| "more".to_owned()))
}
