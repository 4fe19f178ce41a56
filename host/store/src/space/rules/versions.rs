//! Versions that the space wrote: drafts, what was checked and tried, what was published.

use cunshi_contract::rule::RuleText;
use cunshi_model::port::{AuditEntry, DataError, Result};
use cunshi_model::{Actor, Micros, PersonId, Via, rules};

use super::publications::{self, Publication};
use super::{json, texts, to_json};
use crate::StoreError;
use crate::db::{Lease, Row, args};
use crate::space::SpaceStore;
use crate::space::audit::RecordState;
use crate::space::digest::Fields;
use crate::space::transaction::Transaction;

statements! {
    ADD = "INSERT INTO rule_version (space_id, hook, version, digest, cases, note, author, made, wanted, checked, tried)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL)";
    NEWEST = "SELECT hook, version, digest, note, author, made, checked, tried, wanted, cases FROM rule_version
        WHERE space_id = $1 AND hook = $2 ORDER BY version DESC LIMIT 1";
    LIST = "SELECT hook, version, digest, note, author, made, checked, tried, wanted FROM rule_version
        WHERE space_id = $1 AND hook = $2 ORDER BY version DESC";
    GET = "SELECT hook, version, digest, note, author, made, checked, tried, wanted, cases FROM rule_version
        WHERE space_id = $1 AND hook = $2 AND version = $3";
    SET_CHECKED = "UPDATE rule_version SET checked = $4 WHERE space_id = $1 AND hook = $2 AND version = $3";
    SET_TRIED = "UPDATE rule_version SET tried = $4 WHERE space_id = $1 AND hook = $2 AND version = $3";
    EVERY = "SELECT hook, version, digest, note, author, made, cases, wanted FROM rule_version WHERE space_id = $1";
}

/// Records of this kind in the audit's traces: `hook/version`.
const TRACED: &str = "rule-version";
/// Greatest size of script, table and cases together, in bytes.
const LARGEST: usize = 256 * 1024;
/// Greatest number of characters of a note.
const LONGEST_NOTE: usize = 500;

/// How far a version has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleState {
    /// Written.
    Draft,
    /// It compiles and its cases pass.
    Checked,
    /// The deeds of the last months were run through it.
    Tried,
    /// It decides, or will from the start of a publication.
    Published,
    /// It was published, and another one decides now.
    Superseded,
}

/// A version, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleVersion {
    /// The hook.
    pub hook: String,
    /// From 1.
    pub version: u32,
    /// [`rules::digest`] of its text.
    pub digest: String,
    /// What changed, in its author's words.
    pub note: String,
    /// Who wrote it; none when it came from files.
    pub author: Option<PersonId>,
    /// When it was written.
    pub made: Micros,
    /// When it was last found to compile and to pass its cases.
    pub checked: Option<Micros>,
    /// When it was last run through the deeds of the past.
    pub tried: Option<Micros>,
    /// From when its author wants it to decide; at once when none.
    pub wanted: Option<Micros>,
    /// How far it has come by the store's clock.
    pub state: RuleState,
    /// Whether it decides now.
    pub active: bool,
    /// When it was published, the newest first.
    pub publications: Vec<Publication>,
}

impl SpaceStore {
    /// Keeps a draft; its number. The same text by the same author with the same note and the same day as the newest
    /// version is that version.
    pub async fn save_rule(
        &self,
        hook: &str,
        text: &RuleText,
        note: &str,
        wanted: Option<Micros>,
        author: Option<PersonId>,
        now: Micros,
    ) -> Result<u32> {
        let (digest, cases) = (rules::digest(hook, text), to_json(&text.cases)?);
        if text.script.len() + to_json(&text.table)?.len() + cases.len() > LARGEST {
            return Err(DataError::Invalid(format!("a rule has at most {} KiB", LARGEST / 1024)));
        }
        if note.chars().count() > LONGEST_NOTE {
            return Err(DataError::Invalid(format!("a note has at most {LONGEST_NOTE} characters")));
        }
        let mut tx = self.transaction().await?;
        let newest = tx.lease.first(NEWEST, args![self.key(), hook]).await?;
        let mut number = 1;
        if let Some(row) = &newest {
            let stored = version(row)?;
            let by_same = stored.author == author && stored.wanted == wanted;
            if by_same && stored.digest == digest && stored.note == note && row.text(9)? == cases {
                return Ok(stored.version);
            }
            number = stored.version + 1;
        }
        texts::keep(&mut tx, hook, &digest, text).await?;
        let args = args![self.key(), hook, number, &digest, &cases, note, author, now, wanted];
        tx.lease.execute(ADD, args).await?;
        let hash =
            Hashed { hook, version: number, digest: &digest, cases: &cases, note, author, made: now, wanted }.hash();
        let subject = format!("{hook}/{number}");
        audited(&mut tx, "host/rule-draft", &subject, (TRACED, &subject, &hash), author, now);
        tx.commit().await?;
        Ok(number)
    }

    /// Notes that a version compiles and passes its cases.
    pub async fn rule_checked(&self, hook: &str, version: u32, now: Micros) -> Result<()> {
        self.note_rule(SET_CHECKED, "host/rule-checked", hook, version, now).await
    }

    /// Notes that a version was run through the deeds of the past.
    pub async fn rule_tried(&self, hook: &str, version: u32, now: Micros) -> Result<()> {
        self.note_rule(SET_TRIED, "host/rule-tried", hook, version, now).await
    }

    async fn note_rule(
        &self,
        sql: crate::statements::Sql,
        action: &str,
        hook: &str,
        version: u32,
        now: Micros,
    ) -> Result<()> {
        let mut tx = self.transaction().await?;
        if tx.lease.execute(sql, args![self.key(), hook, version, now]).await? == 0 {
            return Err(DataError::Missing);
        }
        let subject = format!("{hook}/{version}");
        tx.note(&AuditEntry { at: now, actor: None, action, subject: Some(&subject), digest: "" });
        tx.commit().await.map(drop)
    }

    /// The versions of a hook, the newest first.
    pub async fn rule_versions(&self, hook: &str) -> Result<Vec<RuleVersion>> {
        let mut snapshot = self.snapshot().await?;
        let rows = snapshot.lease.rows(LIST, args![self.key(), hook]).await?;
        let mut versions = rows.iter().map(version).collect::<Result<Vec<_>, StoreError>>()?;
        let publications = publications::of_hook(&mut snapshot.lease, self.key(), hook).await?;
        let now = self.shared.clock.now();
        for version in &mut versions {
            version.place(&publications, now);
        }
        Ok(versions)
    }

    /// One version with its text; none when there is no such.
    pub async fn rule_version(&self, hook: &str, number: u32) -> Result<Option<(RuleVersion, RuleText)>> {
        let mut snapshot = self.snapshot().await?;
        let (lease, key) = (&mut snapshot.lease, self.key());
        let Some(row) = lease.first(GET, args![key, hook, number]).await? else { return Ok(None) };
        let mut version = version(&row)?;
        let mut text = texts::get(lease, key, &version.digest).await?;
        text.cases = json(&row, &row.text(9)?)?;
        version.place(&publications::of_hook(lease, key, hook).await?, self.shared.clock.now());
        Ok(Some((version, text)))
    }
}

impl RuleVersion {
    /// What its publications make of it; all of the hook's are given, the newest first.
    fn place(&mut self, publications: &[(u32, Publication)], now: Micros) {
        let active = publications::active(publications, now);
        self.active = active == Some(self.version);
        let mine = publications.iter().filter(|(version, _)| *version == self.version);
        self.publications = mine.map(|(_, publication)| publication.clone()).collect();
        let begins = |publication: &Publication| publication.withdrawn.is_none() && publication.starts > now;
        self.state = if self.active || self.publications.iter().any(begins) {
            RuleState::Published
        } else if self.publications.iter().any(|publication| publication.has_begun(now)) {
            RuleState::Superseded
        } else if self.tried.is_some() {
            RuleState::Tried
        } else if self.checked.is_some() {
            RuleState::Checked
        } else {
            RuleState::Draft
        };
    }
}

/// A version as its row says, before its publications are looked at.
fn version(row: &Row) -> Result<RuleVersion, StoreError> {
    Ok(RuleVersion {
        hook: row.text(0)?,
        version: row.small(1)?,
        digest: row.text(2)?,
        note: row.text(3)?,
        author: row.maybe_parsed(4)?,
        made: row.integer(5)?,
        checked: row.maybe_integer(6)?,
        tried: row.maybe_integer(7)?,
        wanted: row.maybe_integer(8)?,
        state: RuleState::Draft,
        active: false,
        publications: Vec::new(),
    })
}

/// The version's author and digest.
pub(super) async fn author(
    lease: &mut Lease,
    space: &str,
    hook: &str,
    number: u32,
) -> Result<Option<(Option<PersonId>, String)>> {
    let Some(row) = lease.first(GET, args![space, hook, number]).await? else { return Ok(None) };
    let RuleVersion { author, digest, .. } = version(&row)?;
    Ok(Some((author, digest)))
}

/// The whole text of a version that is there.
pub(super) async fn text(lease: &mut Lease, space: &str, hook: &str, number: u32) -> Result<RuleText> {
    let row = lease.first(GET, args![space, hook, number]).await?.ok_or(DataError::Missing)?;
    let mut text = texts::get(lease, space, &row.text(2)?).await?;
    text.cases = json(&row, &row.text(9)?)?;
    Ok(text)
}

/// A row in the audit with the trace of one record.
pub(super) fn audited(
    tx: &mut Transaction,
    action: &str,
    subject: &str,
    (collection, record, hash): (&str, &str, &str),
    by: Option<PersonId>,
    now: Micros,
) {
    let actor = by.map(|person| Actor { person, via: Via::Web, on_behalf_of: None });
    tx.note(&AuditEntry { at: now, actor, action, subject: Some(subject), digest: hash });
    tx.pending.trace("", collection, record, 0, hash.to_owned());
}

/// What the trace of a version covers.
struct Hashed<'a> {
    hook: &'a str,
    version: u32,
    digest: &'a str,
    cases: &'a str,
    note: &'a str,
    author: Option<PersonId>,
    made: Micros,
    wanted: Option<Micros>,
}

impl Hashed<'_> {
    fn hash(&self) -> String {
        let author = self.author.map(|person| person.to_string());
        let fields = Fields::of(TRACED).text(self.hook).number(i64::from(self.version)).text(self.digest);
        let fields = fields.text(self.cases).text(self.note).maybe(author.as_deref()).number(self.made);
        // Versions without such a day, and all from before there was one, have the hash that they always had.
        match self.wanted {
            Some(wanted) => fields.number(wanted).finish(),
            None => fields.finish(),
        }
    }
}

/// What the audit's traces should say.
pub(in crate::space) async fn states(
    lease: &mut Lease,
    space: &str,
) -> Result<Vec<(&'static str, String, RecordState)>> {
    let rows = lease.rows(EVERY, args![space]).await?;
    let state = |row: &Row| {
        let (hook, version) = (row.text(0)?, row.small(1)?);
        let (author, made) = (row.maybe_parsed(4)?, row.integer(5)?);
        let (digest, cases, note) = (&row.text(2)?, &row.text(6)?, &row.text(3)?);
        let wanted = row.maybe_integer(7)?;
        let hash = Hashed { hook: &hook, version, digest, cases, note, author, made, wanted }.hash();
        Ok((TRACED, format!("{hook}/{version}"), RecordState { version: 0, hash }))
    };
    Ok(rows.iter().map(state).collect::<Result<_, StoreError>>()?)
}
