//! Publications: from when which version decides. Rolling back is publishing an old version again.

use std::collections::BTreeMap;
use std::sync::Arc;

use cunshi_model::port::{AuditEntry, DataError, Result};
use cunshi_model::rules::{Origin, Rule};
use cunshi_model::{Micros, PersonId};

use super::versions::{self, audited};
use crate::StoreError;
use crate::db::{Lease, Row, args};
use crate::space::SpaceStore;
use crate::space::audit::RecordState;
use crate::space::digest::Fields;
use crate::space::transaction::Transaction;

statements! {
    ADD = "INSERT INTO rule_publication (space_id, hook, number, version, starts, publisher, at, is_rollback, withdrawn)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)";
    OF_HOOK = "SELECT version, number, starts, publisher, at, is_rollback, withdrawn FROM rule_publication
        WHERE space_id = $1 AND hook = $2 ORDER BY number DESC";
    WITHDRAW = "UPDATE rule_publication SET withdrawn = $4
        WHERE space_id = $1 AND hook = $2 AND number = $3 AND withdrawn IS NULL";
    ACTIVE = "SELECT p.version, v.digest FROM rule_publication AS p
        JOIN rule_version AS v ON v.space_id = $1 AND v.hook = $2 AND v.version = p.version
        WHERE p.space_id = $1 AND p.hook = $2 AND p.starts <= $3 AND p.withdrawn IS NULL
        ORDER BY p.starts DESC, p.number DESC LIMIT 1";
    HOOKS = "SELECT DISTINCT hook FROM rule_publication WHERE space_id = $1 ORDER BY hook";
    NEXT = "SELECT MIN(starts) FROM rule_publication WHERE space_id = $1 AND starts > $2 AND withdrawn IS NULL";
    EVERY = "SELECT version, number, starts, publisher, at, is_rollback, withdrawn, hook FROM rule_publication
        WHERE space_id = $1";
}

/// Records of this kind in the audit's traces: `hook/number`.
const TRACED: &str = "rule-publication";

/// That a version decides from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Number among the hook's publications, from 1.
    pub number: u32,
    /// From when it decides.
    pub starts: Micros,
    /// Who published it; none when it came from files.
    pub by: Option<PersonId>,
    /// When it was published.
    pub at: Micros,
    /// Whether it brought an old version back.
    pub rolled_back: bool,
    /// When it was withdrawn: before it had begun, or to leave the hook to the district.
    pub withdrawn: Option<Micros>,
}

impl Publication {
    /// Whether it has decided, or could have.
    pub(super) fn has_begun(&self, now: Micros) -> bool {
        self.starts <= now && self.withdrawn.is_none_or(|at| at > self.starts)
    }
}

impl SpaceStore {
    /// Lets a version decide from an instant on (not before now, unless it is of the past by files). Refused when the
    /// author publishes their own, or nobody does; `alone` is for a district that applies files.
    pub async fn publish_rule(
        &self,
        hook: &str,
        version: u32,
        from: Micros,
        by: Option<PersonId>,
        alone: bool,
        now: Micros,
    ) -> Result<()> {
        let mut tx = self.transaction().await?;
        let found = versions::author(&mut tx.lease, self.key(), hook, version).await?;
        let (author, _) = found.ok_or(DataError::Missing)?;
        if !alone && (by.is_none() || by == author) {
            let text = "a rule is published by a second person: ask somebody other than its author";
            return Err(DataError::Invalid(text.to_owned()));
        }
        let starts = if alone { from } else { from.max(now) };
        let publications = of_hook(&mut tx.lease, self.key(), hook).await?;
        let number = next_number(&publications);
        let publication = Publication { number, starts, by, at: now, rolled_back: false, withdrawn: None };
        publish(&mut tx, hook, version, &publication, "host/rule-publish").await?;
        tx.commit().await.map(drop)
    }

    /// Publishes an old version again, from now on. Publications that have not begun are withdrawn. Going back to
    /// what decided before needs no second person.
    pub async fn roll_back_rule(&self, hook: &str, version: u32, by: Option<PersonId>, now: Micros) -> Result<()> {
        let mut tx = self.transaction().await?;
        let publications = of_hook(&mut tx.lease, self.key(), hook).await?;
        let began = |(number, publication): &(u32, Publication)| *number == version && publication.has_begun(now);
        if !publications.iter().any(began) {
            let text = "only a version that has decided before can be brought back: publish this one instead";
            return Err(DataError::Invalid(text.to_owned()));
        }
        for (version, publication) in &publications {
            if publication.starts > now && publication.withdrawn.is_none() {
                tx.lease.execute(WITHDRAW, args![self.key(), hook, publication.number, now]).await?;
                let withdrawn = Publication { withdrawn: Some(now), ..publication.clone() };
                let record = format!("{hook}/{}", publication.number);
                tx.pending.trace("", TRACED, &record, 0, hash(hook, *version, &withdrawn));
            }
        }
        let number = next_number(&publications);
        let publication = Publication { number, starts: now, by, at: now, rolled_back: true, withdrawn: None };
        publish(&mut tx, hook, version, &publication, "host/rule-roll-back").await?;
        tx.commit().await.map(drop)
    }

    /// Takes the space's own rule of a hook out of force from now on: the district's or the plugin's decides again.
    pub async fn withdraw_rule(&self, hook: &str, by: Option<PersonId>, now: Micros) -> Result<()> {
        let mut tx = self.transaction().await?;
        let standing = of_hook(&mut tx.lease, self.key(), hook).await?;
        let standing: Vec<_> = standing.into_iter().filter(|(_, one)| one.withdrawn.is_none()).collect();
        if standing.is_empty() {
            return Err(DataError::Missing);
        }
        for (version, publication) in standing {
            tx.lease.execute(WITHDRAW, args![self.key(), hook, publication.number, now]).await?;
            let record = format!("{hook}/{}", publication.number);
            let withdrawn = Publication { withdrawn: Some(now), ..publication };
            tx.pending.trace("", TRACED, &record, 0, hash(hook, version, &withdrawn));
        }
        let actor = by.map(|person| cunshi_model::Actor { person, via: cunshi_model::Via::Web, on_behalf_of: None });
        let digest = Fields::of("host/rule-withdraw").text(hook).finish();
        let action = "host/rule-withdraw";
        tx.note(&AuditEntry { at: now, actor, action, subject: Some(hook), digest: &digest });
        tx.renew_rules();
        tx.commit().await.map(drop)
    }

    /// The space's own rules that decide at an instant, by hook.
    pub async fn active_rules(&self, at: Micros) -> Result<BTreeMap<String, Rule>> {
        Ok(self.active_rules_until(at, Origin::Village).await?.0)
    }

    /// The same, and when the next one begins.
    pub(crate) async fn active_rules_until(
        &self,
        at: Micros,
        origin: Origin,
    ) -> Result<(BTreeMap<String, Rule>, Option<Micros>)> {
        let mut snapshot = self.snapshot().await?;
        let mut rules = BTreeMap::new();
        for row in snapshot.lease.rows(HOOKS, args![self.key()]).await? {
            let hook = row.text(0)?;
            if let Some(rule) = active_rule(&mut snapshot.lease, self, &hook, at).await? {
                rules.insert(hook, Rule { origin, ..rule });
            }
        }
        let next = snapshot.lease.first(NEXT, args![self.key(), at]).await?;
        Ok((rules, next.map_or(Ok(None), |row| row.maybe_integer(0))?))
    }
}

/// The space's own version of a hook that decides at an instant.
pub(super) async fn active_rule(lease: &mut Lease, space: &SpaceStore, hook: &str, at: Micros) -> Result<Option<Rule>> {
    let Some(row) = lease.first(ACTIVE, args![space.key(), hook, at]).await? else { return Ok(None) };
    let (version, digest) = (row.small(0)?, row.text(1)?);
    let key = (space.id(), format!("{hook}/{version}/{digest}"));
    let text = if let Some(text) = space.shared.texts.get(&key) {
        text
    } else {
        // A version is never changed: what was read once stays.
        let text = Arc::new(versions::text(lease, space.key(), hook, version).await?);
        space.shared.texts.insert(key, Arc::clone(&text));
        text
    };
    Ok(Some(Rule { origin: Origin::Village, version, digest, text }))
}

async fn publish(
    tx: &mut Transaction,
    hook: &str,
    version: u32,
    publication: &Publication,
    action: &str,
) -> Result<()> {
    let Publication { number, starts, by, at, rolled_back, .. } = *publication;
    tx.lease.execute(ADD, args![tx.space.key(), hook, number, version, starts, by, at, rolled_back]).await?;
    let (record, hash) = (format!("{hook}/{number}"), hash(hook, version, publication));
    audited(tx, action, &format!("{hook}/{version}"), (TRACED, &record, &hash), by, at);
    tx.renew_rules();
    Ok(())
}

/// The publications of a hook with their versions, the newest first.
pub(super) async fn of_hook(lease: &mut Lease, space: &str, hook: &str) -> Result<Vec<(u32, Publication)>> {
    let rows = lease.rows(OF_HOOK, args![space, hook]).await?;
    Ok(rows.iter().map(publication).collect::<Result<_, StoreError>>()?)
}

/// The version that decides at an instant: that of the publication that began last, of those the newest.
pub(super) fn active(publications: &[(u32, Publication)], at: Micros) -> Option<u32> {
    let begun = publications.iter().filter(|(_, one)| one.withdrawn.is_none() && one.starts <= at);
    begun.max_by_key(|(_, one)| (one.starts, one.number)).map(|(version, _)| *version)
}

fn next_number(publications: &[(u32, Publication)]) -> u32 {
    publications.first().map_or(1, |(_, newest)| newest.number + 1)
}

fn publication(row: &Row) -> Result<(u32, Publication), StoreError> {
    let publication = Publication {
        number: row.small(1)?,
        starts: row.integer(2)?,
        by: row.maybe_parsed(3)?,
        at: row.integer(4)?,
        rolled_back: row.truth(5)?,
        withdrawn: row.maybe_integer(6)?,
    };
    Ok((row.small(0)?, publication))
}

fn hash(hook: &str, version: u32, publication: &Publication) -> String {
    let Publication { number, starts, by, at, rolled_back, withdrawn } = *publication;
    let (by, withdrawn) = (by.map(|person| person.to_string()), withdrawn.map(|at| at.to_string()));
    let fields = Fields::of(TRACED).text(hook).number(i64::from(number)).number(i64::from(version)).number(starts);
    let fields = fields.maybe(by.as_deref()).number(at).number(i64::from(rolled_back));
    fields.maybe(withdrawn.as_deref()).finish()
}

/// What the audit's traces should say.
pub(in crate::space) async fn states(
    lease: &mut Lease,
    space: &str,
) -> Result<Vec<(&'static str, String, RecordState)>> {
    let rows = lease.rows(EVERY, args![space]).await?;
    let state = |row: &Row| {
        let (version, publication) = publication(row)?;
        let hook = row.text(7)?;
        let hash = hash(&hook, version, &publication);
        Ok((TRACED, format!("{hook}/{}", publication.number), RecordState { version: 0, hash }))
    };
    Ok(rows.iter().map(state).collect::<Result<_, StoreError>>()?)
}
