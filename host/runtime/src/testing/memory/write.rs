//! Writing: a private copy that replaces the shared one when it is committed.

use std::sync::{Arc, PoisonError};

use async_trait::async_trait;
use cunshi_contract::Event;
use cunshi_contract::manifest::Direction;
use cunshi_model::port::{
    AuditEntry, Carriage, DataError, Document, DueJob, IdempotencyKey, MAX_CAUSAL_EVENTS, NewEvent, Place, Remembered,
    Result, WriteSpace,
};
use cunshi_model::{EventId, FileId, Micros, PersonId, Space, SpaceId};
use serde_json::Value;

use super::index::{body, keys};
use super::{Audited, CarriageRow, Data, JobRow, One, Row, Sent, Trouble};

/// A transaction, undone unless committed.
pub(super) struct Transaction {
    pub(super) one: Arc<One>,
    pub(super) spaces: Vec<Space>,
    pub(super) data: Data,
    pub(super) trouble: Arc<Trouble>,
    pub(super) _turn: tokio::sync::OwnedMutexGuard<()>,
}

impl Transaction {
    fn row(&mut self) -> i64 {
        self.data.next_row += 1;
        self.data.next_row
    }

    fn put(&mut self, at: Place<'_>, document: &Document) -> Result<()> {
        let new: Value = serde_json::from_str(&document.body)
            .map_err(|error| DataError::Invalid(format!("the body is not JSON: {error}")))?;
        if !new.is_object() {
            return Err(DataError::Invalid("the body is not a JSON object".to_owned()));
        }
        for (name, index) in at.collection.index.iter().filter(|(_, index)| index.unique()) {
            let mine = keys(index, &new);
            let same = |other: &&Document| {
                other.id != document.id && keys(index, &body(other)).iter().any(|k| mine.contains(k))
            };
            if self.data.of(at).any(|other| same(&other)) {
                return Err(DataError::Duplicate { index: name.clone() });
            }
        }
        let key = (at.plugin.to_owned(), at.collection.name.clone(), document.id.clone());
        self.data.documents.insert(key, document.clone());
        Ok(())
    }

    fn stored(&self, at: Place<'_>, id: &str, version: u64) -> Result<Document> {
        let document = self.data.seen(at, id).ok_or(DataError::Missing)?;
        if document.version != version {
            return Err(DataError::Conflict { current: document.version });
        }
        Ok(document.clone())
    }

    fn hearers(&mut self, event: &Event, hearers: &[String], due: Micros) {
        for subscriber in hearers {
            let id = self.row();
            let (subscriber, event) = (subscriber.clone(), event.clone());
            self.data.deliveries.push(Row { id, subscriber, event, due, attempts: 0, parked: None });
        }
    }

    fn targets(&self, event: &NewEvent<'_>) -> Result<Vec<SpaceId>> {
        Ok(match (event.direction, event.answers) {
            (Direction::Here, _) => Vec::new(),
            (Direction::Up, _) => self.one.space.parent.into_iter().collect(),
            (Direction::Down, Some(answered)) => {
                let id = answered.to_string();
                let heard = self.data.outbox.iter().find(|sent| sent.event.id == id);
                vec![heard.and_then(|sent| sent.source).ok_or(DataError::Missing)?]
            }
            (Direction::Down, None) => {
                let below = |space: &&Space| space.parent == Some(self.one.space.id);
                self.spaces.iter().filter(below).map(|space| space.id).collect()
            }
        })
    }
}

#[async_trait]
impl WriteSpace for Transaction {
    fn revision(&self) -> u64 {
        self.data.revision
    }
    async fn insert(&mut self, at: Place<'_>, id: Option<&str>, body: &str, now: Micros) -> Result<Document> {
        let id = id.map_or_else(|| cunshi_model::id::uuid_at(now).to_string(), str::to_owned);
        if self.data.of(at).any(|document| document.id == id) {
            return Err(DataError::Duplicate { index: "id".to_owned() });
        }
        let schema = at.collection.schema;
        let document = Document { id, schema, version: 1, created: now, updated: now, body: body.to_owned() };
        self.put(at, &document)?;
        Ok(document)
    }

    async fn update(&mut self, at: Place<'_>, id: &str, version: u64, body: &str, now: Micros) -> Result<Document> {
        let old = self.stored(at, id, version)?;
        let (schema, body) = (at.collection.schema, body.to_owned());
        let document = Document { schema, version: version + 1, updated: now, body, ..old };
        self.put(at, &document)?;
        Ok(document)
    }

    async fn remove(&mut self, at: Place<'_>, id: &str, version: u64) -> Result<()> {
        self.stored(at, id, version)?;
        self.data.documents.remove(&(at.plugin.to_owned(), at.collection.name.clone(), id.to_owned()));
        Ok(())
    }

    async fn next_number(&mut self, plugin: &str, series: &str) -> Result<u64> {
        let number = self.data.numbers.entry((plugin.to_owned(), series.to_owned())).or_default();
        *number += 1;
        Ok(*number)
    }

    async fn attach(&mut self, file: FileId, at: Place<'_>, document: &str, by: Option<PersonId>) -> Result<()> {
        self.data.seen(at, document).ok_or(DataError::Missing)?;
        let place = (at.plugin.to_owned(), at.collection.name.clone(), document.to_owned());
        let record = self.data.files.get_mut(&file).ok_or(DataError::Missing)?;
        if record.attached.as_ref() != Some(&place) && (record.attached.is_some() || by != Some(record.by)) {
            return Err(DataError::Missing);
        }
        record.attached = Some(place);
        Ok(())
    }

    async fn send(&mut self, new: NewEvent<'_>) -> Result<EventId> {
        let id = EventId::new(new.now);
        let cause = new.cause.map(|cause| cause.to_string());
        let cause = cause.and_then(|cause| self.data.outbox.iter().find(|sent| sent.event.id == cause));
        let root = cause.map_or(id, |sent| sent.root);
        let caused = self.data.outbox.iter().filter(|sent| sent.root == root).count();
        if caused >= MAX_CAUSAL_EVENTS as usize {
            return Err(DataError::Invalid(format!("one event may cause at most {MAX_CAUSAL_EVENTS} others")));
        }
        let event = Event {
            id: id.to_string(),
            name: new.name.to_owned(),
            from_plugin: new.plugin.to_owned(),
            from: "here".to_owned(),
            from_name: None,
            subject: new.subject.to_owned(),
            payload: serde_json::from_str(new.payload).unwrap_or_default(),
            at: new.now,
        };
        let due = new.not_before.unwrap_or(new.now);
        self.hearers(&event, new.hearers, due);
        for target in self.targets(&new)? {
            let (row, source) = (self.row(), self.one.space.id);
            let from = if new.direction == Direction::Up { "below" } else { "above" };
            let event = Event { from: from.to_owned(), from_name: Some(self.one.space.name.clone()), ..event.clone() };
            let sequence = i64::try_from(self.data.outbox.len()).unwrap_or_default();
            let direction = new.direction;
            let carriage = Carriage { id: row, source, sequence, target, direction, root, event, attempts: 0 };
            self.data.carriages.push(CarriageRow { carriage, due });
        }
        self.data.outbox.push(Sent { event, root, source: None });
        Ok(id)
    }

    async fn outdated(&mut self, at: Place<'_>, after: Option<&str>, limit: u32) -> Result<Vec<Document>> {
        let old =
            |document: &&Document| document.schema < at.collection.schema && after.is_none_or(|a| *document.id > *a);
        Ok(self.data.of(at).filter(old).take(limit as usize).cloned().collect())
    }

    async fn store_upgraded(&mut self, at: Place<'_>, id: &str, version: u64, body: &str) -> Result<()> {
        let old = self.stored(at, id, version)?;
        self.put(at, &Document { schema: at.collection.schema, body: body.to_owned(), ..old })
    }

    async fn receive(&mut self, carriage: &Carriage, hearers: &[String], now: Micros) -> Result<bool> {
        if !self.data.received.insert((carriage.source, carriage.sequence)) {
            return Ok(false);
        }
        let (event, root) = (carriage.event.clone(), carriage.root);
        self.hearers(&event, hearers, now);
        self.data.outbox.push(Sent { event, root, source: Some(carriage.source) });
        Ok(true)
    }

    async fn delivered(&mut self, delivery: i64) -> Result<bool> {
        let before = self.data.deliveries.len();
        self.data.deliveries.retain(|row| row.id != delivery);
        Ok(self.data.deliveries.len() < before)
    }

    async fn failed(&mut self, delivery: i64, error: &str, retry_at: Option<Micros>) -> Result<()> {
        let row = self.data.deliveries.iter_mut().find(|row| row.id == delivery).ok_or(DataError::Missing)?;
        row.attempts += 1;
        match retry_at {
            Some(due) => row.due = due,
            None => row.parked = Some(error.to_owned()),
        }
        Ok(())
    }

    async fn carried(&mut self, carriage: i64) -> Result<()> {
        self.data.carriages.retain(|row| row.carriage.id != carriage);
        Ok(())
    }

    async fn not_carried(&mut self, carriage: i64, _error: &str, retry_at: Micros) -> Result<()> {
        for row in self.data.carriages.iter_mut().filter(|row| row.carriage.id == carriage) {
            row.due = retry_at;
            row.carriage.attempts += 1;
        }
        Ok(())
    }

    async fn plan_job(&mut self, job: &DueJob, next_at: Micros) -> Result<()> {
        let row = JobRow { due: next_at, cursor: job.cursor.clone(), attempts: job.attempts };
        self.data.jobs.insert((job.plugin.clone(), job.job.clone()), row);
        Ok(())
    }

    async fn set_jobs(&mut self, plugin: &str, jobs: &[String], now: Micros) -> Result<()> {
        self.data.jobs.retain(|(of, job), _| of != plugin || jobs.contains(job));
        for job in jobs {
            let new = JobRow { due: now, cursor: None, attempts: 0 };
            self.data.jobs.entry((plugin.to_owned(), job.clone())).or_insert(new);
        }
        Ok(())
    }

    async fn recall(&mut self, key: &IdempotencyKey, now: Micros) -> Result<Option<Remembered>> {
        let kept = self.data.remembered.iter().find(|(kept, _, until)| kept == key && *until > now);
        Ok(kept.map(|(_, answer, _)| answer.clone()))
    }

    async fn remember(&mut self, key: &IdempotencyKey, answer: &Remembered, until: Micros) -> Result<()> {
        self.data.remembered.push((key.clone(), answer.clone(), until));
        Ok(())
    }

    async fn audit(&mut self, entry: AuditEntry<'_>) -> Result<()> {
        self.data.audit.push(Audited {
            actor: entry.actor.map(|actor| actor.person),
            action: entry.action.to_owned(),
            subject: entry.subject.map(str::to_owned),
        });
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<u64> {
        let Self { one, mut data, .. } = *self;
        data.revision += 1;
        let revision = data.revision;
        *one.data.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(data);
        Ok(revision)
    }
}
