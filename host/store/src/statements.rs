//! Statements: `const` text beside the function that runs it, with a list per file, so that one test
//! prepares every statement of the crate against the schema that it is written for.

/// One statement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql {
    /// Where it is declared.
    #[cfg_attr(not(test), expect(dead_code, reason = "names the statement that a test cannot prepare"))]
    pub(crate) name: &'static str,
    /// Its text, the same for every engine.
    pub(crate) text: &'static str,
}

/// Declares a file's statements and `ALL`, the list of them.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)+) => {
        $(
            $(#[$doc])*
            const $name: $crate::statements::Sql = $crate::statements::Sql {
                name: concat!(module_path!(), "::", stringify!($name)),
                text: $text,
            };
        )+

        /// Every statement of this file.
        #[cfg(test)]
        pub(crate) const ALL: &[$crate::statements::Sql] = &[$($name),+];
    };
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use cunshi_model::{ManualClock, SpaceKind};

    use super::Sql;
    use crate::{Store, StoreOptions, district, due, outside, space};

    /// The statements that run against the district's database.
    const DISTRICT: &[&[Sql]] = &[
        district::accounts::ALL,
        district::calendar::ALL,
        district::grants::ALL,
        district::notes::ALL,
        district::releases::ALL,
        district::sessions::ALL,
        district::tree::ALL,
        due::ALL,
        outside::ALL,
    ];

    /// The statements that run against a space's database.
    const SPACE: &[&[Sql]] = &[
        space::audit::ALL,
        space::carriages::ALL,
        space::deliveries::ALL,
        space::documents::ALL,
        space::due::ALL,
        space::entries::ALL,
        space::events::ALL,
        space::files::ALL,
        space::find::ALL,
        space::households::ALL,
        space::idempotency::ALL,
        space::jobs::ALL,
        space::ledger::accounts::ALL,
        space::ledger::close::ALL,
        space::ledger::entries::ALL,
        space::ledger::erase::ALL,
        space::ledger::holds::ALL,
        space::ledger::post::ALL,
        space::ledger::proof::ALL,
        space::ledger::sums::ALL,
        space::lists::ALL,
        space::members::ALL,
        space::messages::ALL,
        space::outgoing::ALL,
        space::profile::ALL,
        space::roles::ALL,
        space::rules::decisions::ALL,
        space::rules::failures::ALL,
        space::rules::publications::ALL,
        space::rules::texts::ALL,
        space::rules::versions::ALL,
        space::search::ALL,
        space::seen::ALL,
        space::series::ALL,
        space::settings::ALL,
        space::state::ALL,
        space::verify::ALL,
    ];

    #[tokio::test]
    async fn every_statement_prepares_against_its_schema() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(0));
        let store = Store::open(folder.path(), StoreOptions::default(), clock).await.unwrap();
        let code = "510303108001".parse().unwrap();
        let village = store.district().put_space(&code, "天府社区", SpaceKind::Community, None).await.unwrap();
        let mut district = store.district().writer().await.unwrap();
        for sql in DISTRICT.iter().copied().flatten() {
            district.prepare(*sql).await.unwrap_or_else(|e| panic!("{}: {e:?}", sql.name));
        }
        drop(district);
        let space = store.space(village.id).await.unwrap();
        let mut space = space.writer().await.unwrap();
        for sql in SPACE.iter().copied().flatten() {
            space.prepare(*sql).await.unwrap_or_else(|e| panic!("{}: {e:?}", sql.name));
        }
    }
}
