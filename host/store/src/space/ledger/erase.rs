//! Forgetting a person: their words, name and item leave the rows, which stay with their amounts and the chain.

use cunshi_model::port::{AuditEntry, Result};
use cunshi_model::{Micros, PersonId};

use super::DEEDS;
use crate::db::args;
use crate::space::SpaceStore;
use crate::space::digest::Fields;

statements! {
    PAYLOADS = "UPDATE ledger_entry SET text = NULL, person = NULL, item = NULL, salt = NULL
        WHERE space_id = $1 AND salt IS NOT NULL AND (person = $2 OR (whose = 'person' AND holder = $2))";
    SUMS = "DELETE FROM ledger_sum WHERE space_id = $1 AND whose = $2 AND holder = $3";
}

impl SpaceStore {
    /// Erases payload and salt of the rows about a person's deeds and of their own account, and what was summed of
    /// their deeds; how many rows. Amounts, accounts and the digests stay, so that the chain holds.
    pub async fn erase_person_payloads(&self, person: PersonId, now: Micros) -> Result<u64> {
        let mut tx = self.transaction().await?;
        let text = person.to_string();
        let erased = tx.lease.execute(PAYLOADS, args![self.key(), &text]).await?;
        if erased == 0 {
            return Ok(0);
        }
        tx.lease.execute(SUMS, args![self.key(), DEEDS, &text]).await?;
        let digest = Fields::of("host/erase").text(&text).finish();
        tx.note(&AuditEntry { at: now, actor: None, action: "host/erase", subject: Some(&text), digest: &digest });
        tx.commit().await?;
        Ok(erased)
    }
}
