//! Sessions: who is signed in. Only the hash of a token is kept.

use cunshi_contract::Lang;
use cunshi_model::clock::{DAY, HOUR};
use cunshi_model::port::Result;
use cunshi_model::{Micros, PersonId};

use super::District;
use crate::db::args;

statements! {
    OPEN = "INSERT INTO session (token_hash, person, opened, seen) VALUES ($1, $2, $3, $3)";
    GET = "SELECT person, opened, seen FROM session WHERE token_hash = $1";
    SEEN = "UPDATE session SET seen = $2 WHERE token_hash = $1";
    CLOSE = "DELETE FROM session WHERE token_hash = $1";
    CLOSE_ALL = "DELETE FROM session WHERE person = $1";
    PURGE = "DELETE FROM session WHERE seen <= $1 OR opened <= $2";
}

/// A session ends when it was not used for so long.
const IDLE: Micros = 30 * DAY;
/// A session ends after so long, however much it is used.
const ABSOLUTE: Micros = 90 * DAY;

/// A session that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Who signed in.
    pub person: PersonId,
    /// When.
    pub opened: Micros,
    /// When it was last used, to the hour.
    pub seen: Micros,
}

/// The person of a session, as every request needs to know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who it is.
    pub person: PersonId,
    /// The name of the account.
    pub name: String,
    /// The language chosen.
    pub lang: Option<Lang>,
    /// Larger type and fewer words.
    pub elder: bool,
}

impl SessionRecord {
    fn stands(&self, now: Micros) -> bool {
        now - self.seen < IDLE && now - self.opened < ABSOLUTE
    }

    /// Its use is written down, and need not be again.
    fn is_noted(&self, now: Micros) -> bool {
        now - self.seen < HOUR
    }
}

impl District {
    /// Opens a session under the hash of its token. Sessions that have expired go at the same time.
    pub async fn open_session(&self, token_hash: &str, person: PersonId, now: Micros) -> Result<()> {
        let mut tx = self.write().await?;
        tx.execute(PURGE, args![now - IDLE, now - ABSOLUTE]).await?;
        tx.execute(OPEN, args![token_hash, person, now]).await?;
        Ok(tx.commit().await?)
    }

    /// The person of a token's hash, from memory while nothing of it has changed; none where [`Self::session`] has
    /// none.
    pub async fn signed_in(&self, token_hash: &str, now: Micros) -> Result<Option<SignedIn>> {
        if let Some((session, signed)) = self.0.kept.signed_in(token_hash)
            && session.stands(now)
            && session.is_noted(now)
        {
            return Ok(Some(signed));
        }
        let changes = self.0.kept.changes();
        let Some(session) = self.session(token_hash, now).await? else { return Ok(None) };
        let Some(account) = self.account(session.person).await? else { return Ok(None) };
        let signed = SignedIn { person: account.person, name: account.name, lang: account.lang, elder: account.elder };
        self.0.kept.keep(changes, token_hash, session, signed.clone());
        Ok(Some(signed))
    }

    /// The session of a token's hash; none when it was closed, unused for 30 days, or opened 90 days ago.
    /// That it was used is written down at most once an hour.
    pub async fn session(&self, token_hash: &str, now: Micros) -> Result<Option<SessionRecord>> {
        let Some(row) = self.reader().await?.first(GET, args![token_hash]).await? else { return Ok(None) };
        let record = SessionRecord { person: row.parsed(0)?, opened: row.integer(1)?, seen: row.integer(2)? };
        if !record.stands(now) {
            return Ok(None);
        }
        if record.is_noted(now) {
            return Ok(Some(record));
        }
        self.writer().await?.execute(SEEN, args![token_hash, now]).await?;
        Ok(Some(SessionRecord { seen: now, ..record }))
    }

    /// Closes one session.
    pub async fn close_session(&self, token_hash: &str) -> Result<()> {
        let _changed = self.0.kept.change();
        self.writer().await?.execute(CLOSE, args![token_hash]).await?;
        Ok(())
    }

    /// Closes all sessions of a person.
    pub async fn close_sessions_of(&self, person: PersonId) -> Result<()> {
        let _changed = self.0.kept.change();
        self.writer().await?.execute(CLOSE_ALL, args![person]).await?;
        Ok(())
    }
}
