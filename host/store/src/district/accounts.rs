//! Accounts: one person each, by telephone or by a card that a cadre issues.

use cunshi_contract::Lang;
use cunshi_model::PersonId;
use cunshi_model::port::{DataError, Result};

use super::District;
use crate::StoreError;
use crate::db::{Row, args};

statements! {
    ADD = "INSERT INTO account (person, name, phone, password_hash, lang, elder, created)
        VALUES ($1, $2, $3, $4, NULL, 0, $5) ON CONFLICT DO NOTHING";
    BY_PERSON = "SELECT person, name, phone, password_hash, lang, elder FROM account WHERE person = $1";
    BY_PHONE = "SELECT person, name, phone, password_hash, lang, elder FROM account WHERE phone = $1";
    SET_PASSWORD = "UPDATE account SET password_hash = $2 WHERE person = $1";
    SET_PREFERENCES = "UPDATE account SET lang = $2, elder = $3 WHERE person = $1";
}

/// An account to be made.
#[derive(Clone, Default)]
pub struct NewAccount {
    /// The id, when it was given before; a fresh one when none.
    pub person: Option<PersonId>,
    /// The name.
    pub name: String,
    /// The telephone, digits only: what one signs in with.
    pub phone: Option<String>,
    /// An Argon2 hash in PHC form; none: cannot sign in yet.
    pub password_hash: Option<String>,
}

/// Without the hash: what is printed for debugging ends up in logs.
impl std::fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAccount").field("person", &self.person).finish_non_exhaustive()
    }
}

/// An account: one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The opaque id.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The telephone, digits only.
    pub phone: Option<String>,
    /// The hash of the password, in PHC form.
    pub password_hash: Option<String>,
    /// The language chosen.
    pub lang: Option<Lang>,
    /// Larger type and fewer words.
    pub elder: bool,
}

/// Without the hash, for the same reason.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("person", &self.person).finish_non_exhaustive()
    }
}

impl District {
    /// Makes an account; [`DataError::Duplicate`] names `phone` when another has the telephone, `person` when
    /// the id is taken.
    pub async fn create_account(&self, account: NewAccount) -> Result<PersonId> {
        let now = self.0.clock.now();
        let person = account.person.unwrap_or_else(|| PersonId::new(now));
        let NewAccount { name, phone, password_hash, .. } = account;
        let mut writer = self.writer().await?;
        let added = writer.execute(ADD, args![person, name, phone, password_hash, now]).await?;
        if added == 1 {
            return Ok(person);
        }
        let taken = writer.first(BY_PERSON, args![person]).await?.is_some();
        Err(DataError::Duplicate { index: if taken { "person" } else { "phone" }.to_owned() })
    }

    /// The account of a person.
    pub async fn account(&self, person: PersonId) -> Result<Option<Account>> {
        let row = self.reader().await?.first(BY_PERSON, args![person]).await?;
        Ok(row.as_ref().map(account).transpose()?)
    }

    /// The account with a telephone.
    pub async fn account_by_phone(&self, phone: &str) -> Result<Option<Account>> {
        let row = self.reader().await?.first(BY_PHONE, args![phone]).await?;
        Ok(row.as_ref().map(account).transpose()?)
    }

    /// Another password, as its hash; [`DataError::Missing`] for an unknown person.
    pub async fn set_password(&self, person: PersonId, hash: &str) -> Result<()> {
        changed(self.writer().await?.execute(SET_PASSWORD, args![person, hash]).await?)
    }

    /// Language and elder mode; [`DataError::Missing`] for an unknown person.
    pub async fn set_preferences(&self, person: PersonId, lang: Option<Lang>, elder: bool) -> Result<()> {
        let lang = lang.map(Lang::code);
        let _changed = self.0.kept.change();
        changed(self.writer().await?.execute(SET_PREFERENCES, args![person, lang, elder]).await?)
    }
}

fn changed(rows: u64) -> Result<()> {
    if rows == 0 { Err(DataError::Missing) } else { Ok(()) }
}

fn account(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        person: row.parsed(0)?,
        name: row.text(1)?,
        phone: row.maybe_text(2)?,
        password_hash: row.maybe_text(3)?,
        lang: row.maybe_text(4)?.as_deref().and_then(Lang::parse),
        elder: row.truth(5)?,
    })
}
