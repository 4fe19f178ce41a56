//! What publication brings with it: the version before is marked, the duty is done, the space above is told.

use cunshi_sdk::prelude::{Doc, Result, Write};

use crate::domain::{Disclosure, DisclosureIndexes as _, Duty, DutyIndexes as _};
use crate::events::tell;

/// Writes a disclosure that has just become public, and what follows from it.
pub fn published(cx: &mut Write, paper: &Doc<Disclosure>) -> Result<Doc<Disclosure>> {
    let saved = cx.update(paper)?;
    let at = saved.published_at.unwrap_or_else(|| cx.now());
    if saved.edition > 1 {
        let before =
            cx.data::<Disclosure>().by_root(saved.root.as_str()).to(i64::from(saved.edition)).newest().first()?;
        if let Some(mut before) = before {
            before.replace();
            cx.update(&before)?;
        }
    }
    if let Some(key) = &saved.duty
        && let Some(mut duty) = cx.data::<Duty>().by_key(key.as_str()).first()?
        && duty.is_open()
    {
        duty.published(at);
        let id = duty.id.clone();
        tell::duty(cx, &id, &mut duty, false)?;
        cx.update(&duty)?;
    }
    Ok(saved)
}
