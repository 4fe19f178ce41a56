//! People read their messages; only those of the last days are new to them.

use anyhow::Result;
use cunshi_model::Micros;
use cunshi_model::clock::DAY;

use crate::wire::House;

/// What came within so long has not been read.
pub const UNREAD: Micros = 2 * DAY;
/// People of one space at most.
const PEOPLE: u32 = 10_000;

/// Everybody of every space reads what has come until now.
pub async fn read(house: &House, now: Micros) -> Result<()> {
    for space in house.store.district().tree().all() {
        let handle = house.store.space(space.id).await?;
        for member in handle.members(None, None, PEOPLE).await? {
            handle.read_messages(member.person, now).await?;
        }
    }
    Ok(())
}
