//! Small facts of the host, such as the digest of the tenant folder that was applied last.

use cunshi_model::port::Result;

use super::District;
use crate::StoreError;
use crate::db::{Connection, args};

statements! {
    GET = "SELECT value FROM note WHERE key = $1";
    SET = "INSERT INTO note (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
}

/// The schema of the spaces' own files, kept here so that a program too old for them says so when it starts.
pub(super) async fn space_schema(connection: &mut Connection, known: i64) -> Result<i64, StoreError> {
    const KEY: &str = "store/space-schema";
    let row = connection.first(GET, args![KEY]).await?;
    let found = row.map_or(Ok(0), |row| row.parsed(0))?;
    if found < known {
        connection.execute(SET, args![KEY, known.to_string()]).await?;
    }
    Ok(found)
}

impl District {
    /// The value under a key.
    pub async fn note(&self, key: &str) -> Result<Option<String>> {
        let row = self.reader().await?.first(GET, args![key]).await?;
        Ok(row.map(|row| row.text(0)).transpose()?)
    }

    /// Keeps a value under a key.
    pub async fn set_note(&self, key: &str, value: &str) -> Result<()> {
        self.writer().await?.execute(SET, args![key, value]).await?;
        Ok(())
    }
}
