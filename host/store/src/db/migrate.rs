//! Schema versions: numbered scripts, applied forward only, each in its own transaction.

use super::{Connection, Row};
use crate::StoreError;
use crate::statements::Sql;
use std::path::Path;

/// One step of a schema. Its number is its place in the list, from 1.
#[derive(Debug)]
pub(crate) struct Migration {
    sqlite: &'static str,
}

/// The district's database.
pub(crate) const DISTRICT: &[Migration] = &[
    Migration { sqlite: include_str!("../../migrations/sqlite/district/0001_district.sql") },
    Migration { sqlite: include_str!("../../migrations/sqlite/district/0002_outgoing.sql") },
];

/// A space's database.
pub(crate) const SPACE: &[Migration] = &[
    Migration { sqlite: include_str!("../../migrations/sqlite/space/0001_space.sql") },
    Migration { sqlite: include_str!("../../migrations/sqlite/space/0002_rules_and_ledger.sql") },
    Migration { sqlite: include_str!("../../migrations/sqlite/space/0003_rule_version_wanted.sql") },
    Migration { sqlite: include_str!("../../migrations/sqlite/space/0004_people_and_receipts.sql") },
    Migration { sqlite: include_str!("../../migrations/sqlite/space/0005_messages.sql") },
];

const VERSION: Sql = Sql { name: "migrate::VERSION", text: "PRAGMA user_version" };

/// Brings a database to the version that this program knows; refuses one that is newer.
///
/// A script sets `user_version` itself, as its last statement: it stands in the same transaction.
pub(crate) async fn migrate(
    connection: &mut Connection,
    path: &Path,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    let found = version(connection).await?;
    if found > known {
        return Err(StoreError::NewerVersion { path: path.to_owned(), found, known });
    }
    for migration in migrations.iter().skip(usize::try_from(found).unwrap_or_default()) {
        connection.script(migration.sqlite).await?;
    }
    Ok(())
}

async fn version(connection: &mut Connection) -> Result<i64, StoreError> {
    let row = connection.first(VERSION, &[]).await?;
    row.as_ref().map_or(Ok(0), |row: &Row| row.integer(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The script's last words are `PRAGMA user_version = <its number>; COMMIT;`.
    #[test]
    fn every_script_is_one_transaction_that_ends_with_its_own_number() {
        for migrations in [DISTRICT, SPACE] {
            for (index, migration) in migrations.iter().enumerate() {
                let statements = migration.sqlite.lines().filter(|line| !line.starts_with("--"));
                let text = statements.collect::<Vec<_>>().join("\n");
                let end = format!("PRAGMA user_version = {};\nCOMMIT;", index + 1);
                assert!(text.trim_start().starts_with("BEGIN IMMEDIATE;"), "{index}");
                assert!(text.trim_end().ends_with(&end), "{index}");
            }
        }
    }
}
