//! What people do to entries: one file for each kind of hand, and what they share.
//!
//! Each action reads the entry, lets the domain move it, and saves it through [`save`], which keeps the month's sheet
//! in line. What does not belong here: which moves are possible (that is `domain::moves`).

pub mod change;
pub mod homes;
pub mod household;
pub mod supervise;
pub mod write;

use cunshi_sdk::prelude::{Doc, Error, Outcome, Read, Result, Write};

use crate::domain::days::Micros;
use crate::domain::{By, ChangeKind, Entry, Refused};
use crate::{books, words};

/// Who acts, and when.
pub fn by(cx: &Read) -> Result<By> {
    let caller = cx.caller()?;
    Ok(By { person: caller.person.clone(), name: caller.name.clone(), at: cx.now() })
}

/// The actor's household.
pub fn household(cx: &Read) -> Result<Option<String>> {
    Ok(cx.caller()?.household.clone())
}

/// A move that the domain refused, in the reader's language.
pub fn moved(result: Result<(), Refused>) -> Result<()> {
    result.map_err(|why| match why {
        Refused::NotYours | Refused::NotYourHousehold | Refused::OwnEntry | Refused::Involved => {
            Error::denied(words::refused(why))
        }
        _ => Error::conflict(words::refused(why)),
    })
}

/// An entry that is to be changed, as it was when its page was drawn.
pub fn unchanged(cx: &Read, id: &str, seen: Option<&str>) -> Result<Doc<Entry>> {
    let entry = cx.data::<Entry>().must(id)?;
    let seen = seen.and_then(|seen| seen.trim().parse::<u64>().ok());
    if seen.is_some_and(|seen| seen < entry.version) {
        return Err(Error::conflict(t!("refused.stale")));
    }
    Ok(entry)
}

/// Writes a published entry that was changed; its sheet follows.
pub fn save(cx: &mut Write, entry: &Doc<Entry>, old_day: Option<Micros>, kind: ChangeKind) -> Result<Doc<Entry>> {
    let saved = cx.update(entry)?;
    books::keep(cx, &saved, old_day, kind)?;
    Ok(saved)
}

/// Leads to an entry with a sentence.
pub fn done(entry: &Doc<Entry>, say: String) -> Outcome {
    let result = serde_json::json!({
        "id": entry.id,
        "state": entry.visibility,
        "check": entry.check.map(crate::domain::Check::as_str),
    });
    Outcome::go("diary", &entry.id).say(say).result(result).about(&entry.id)
}
