//! The one row that every commit moves on: revision, head of the audit chain, the counter of events.

use cunshi_model::port::DataError;

use crate::StoreError;
use crate::db::{Connection, Lease, args};

statements! {
    BEGIN_SPACE = "INSERT INTO space_state (space_id, revision, audit_seq, audit_hash, counter, office_phone)
        VALUES ($1, 0, 0, '', 0, NULL) ON CONFLICT DO NOTHING";
    READ = "SELECT revision, audit_seq, audit_hash, counter, ledger_number, ledger_hash FROM space_state
        WHERE space_id = $1";
    SAVE = "UPDATE space_state SET revision = $2, audit_seq = $3, audit_hash = $4, counter = $5, ledger_number = $6,
            ledger_hash = $7
        WHERE space_id = $1";
}

/// The row.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// Grows with every commit.
    pub(crate) revision: i64,
    /// The newest row of the audit.
    pub(crate) audit_seq: i64,
    /// Its hash.
    pub(crate) audit_hash: String,
    /// The last number given to an event, delivery or carriage.
    pub(crate) counter: i64,
    /// The newest row of the ledger.
    pub(crate) ledger_number: i64,
    /// Its hash.
    pub(crate) ledger_hash: String,
}

impl State {
    /// The next number.
    pub(crate) fn next(&mut self) -> i64 {
        self.counter += 1;
        self.counter
    }
}

/// Makes the row of a space that is opened for the first time.
pub(super) async fn begin(connection: &mut Connection, space: &str) -> Result<(), StoreError> {
    connection.execute(BEGIN_SPACE, args![space]).await?;
    Ok(())
}

pub(super) async fn read(lease: &mut Lease, space: &str) -> Result<State, DataError> {
    let row = lease.first(READ, args![space]).await?.ok_or(DataError::NoSpace)?;
    Ok(State {
        revision: row.integer(0)?,
        audit_seq: row.integer(1)?,
        audit_hash: row.text(2)?,
        counter: row.integer(3)?,
        ledger_number: row.integer(4)?,
        ledger_hash: row.text(5)?,
    })
}

pub(super) async fn save(lease: &mut Lease, space: &str, state: &State) -> Result<(), DataError> {
    let State { revision, audit_seq, audit_hash, counter, ledger_number, ledger_hash } = state;
    let args = args![space, *revision, *audit_seq, audit_hash, *counter, *ledger_number, ledger_hash];
    lease.execute(SAVE, args).await?;
    Ok(())
}
