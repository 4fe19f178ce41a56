//! The port's traits over a snapshot and a transaction: each method is one function of its own file.

use async_trait::async_trait;
use cunshi_contract::{Group, Household, HouseholdPage, HouseholdQuery, PeopleQuery, Query, Seen};
use cunshi_model::port::{
    AuditEntry, Carriage, Delivery, Document, DueJob, FileRecord, Found, IdempotencyKey, NewEvent, People, Place,
    ReadSpace, Remembered, Result, WriteSpace,
};
use cunshi_model::{EventId, FileId, HouseholdId, Member, Micros, PersonId};

use super::transaction::{Snapshot, Transaction};
use super::{
    carriages, deliveries, documents, events, files, find, households, idempotency, jobs, lists, members, search, seen,
    series,
};

/// The greatest number of people that one search answers.
const MAX_FOUND: u32 = 200;

/// Reading is the same inside a snapshot and inside a transaction.
macro_rules! read_space {
    ($kind:ty) => {
        #[async_trait]
        impl ReadSpace for $kind {
            async fn get(&mut self, at: Place<'_>, id: &str) -> Result<Option<Document>> {
                documents::get(&mut self.lease, self.space.key(), at, id).await
            }

            async fn find(&mut self, at: Place<'_>, query: &Query) -> Result<Found> {
                find::find(&mut self.lease, self.space.key(), at, query).await
            }

            async fn count(&mut self, at: Place<'_>, query: &Query) -> Result<u64> {
                find::count(&mut self.lease, self.space.key(), at, query).await
            }

            async fn count_each(&mut self, at: Place<'_>, queries: &[Query]) -> Result<Vec<u64>> {
                find::count_each(&mut self.lease, self.space.key(), at, queries).await
            }

            async fn search(&mut self, at: Place<'_>, text: &str, limit: u32) -> Result<Vec<Document>> {
                search::find(&mut self.lease, self.space.key(), at, text, limit).await
            }

            async fn member(&mut self, person: PersonId) -> Result<Option<Member>> {
                members::get(&mut self.lease, self.space.key(), person).await
            }

            async fn search_members(&mut self, text: &str, by_phone: bool, limit: u32) -> Result<Vec<Member>> {
                members::search(&mut self.lease, self.space.key(), text, by_phone, None, limit.min(MAX_FOUND)).await
            }

            async fn household(&mut self, household: HouseholdId) -> Result<Option<Household>> {
                households::get(&mut self.lease, self.space.key(), household).await
            }

            async fn people(&mut self, query: &PeopleQuery) -> Result<People> {
                lists::people(&mut self.lease, self.space.key(), query).await
            }

            async fn households(&mut self, query: &HouseholdQuery) -> Result<HouseholdPage> {
                lists::households(&mut self.lease, self.space.key(), query).await
            }

            async fn groups(&mut self) -> Result<Vec<Group>> {
                lists::groups(&mut self.lease, self.space.key()).await
            }

            async fn seen(&mut self, plugin: &str, subject: &str) -> Result<Vec<Seen>> {
                seen::of(&mut self.lease, self.space.key(), plugin, subject).await
            }

            async fn file(&mut self, file: FileId) -> Result<Option<FileRecord>> {
                files::get(&mut self.lease, self.space.key(), file).await
            }

            async fn due_deliveries(
                &mut self,
                now: Micros,
                subscribers: &[String],
                limit: u32,
            ) -> Result<Vec<Delivery>> {
                deliveries::due(&mut self.lease, self.space.key(), now, subscribers, limit).await
            }

            async fn due_carriages(&mut self, now: Micros, limit: u32) -> Result<Vec<Carriage>> {
                carriages::due(&mut self.lease, &self.space, now, limit).await
            }

            async fn due_jobs(&mut self, now: Micros, plugins: &[String], limit: u32) -> Result<Vec<DueJob>> {
                jobs::due(&mut self.lease, self.space.key(), now, plugins, limit).await
            }
        }
    };
}

read_space!(Snapshot);
read_space!(Transaction);

#[async_trait]
impl WriteSpace for Transaction {
    fn revision(&self) -> u64 {
        Transaction::revision(self)
    }

    async fn insert(&mut self, at: Place<'_>, id: Option<&str>, body: &str, now: Micros) -> Result<Document> {
        documents::insert(self, at, id, body, now).await
    }

    async fn update(&mut self, at: Place<'_>, id: &str, version: u64, body: &str, now: Micros) -> Result<Document> {
        documents::update(self, at, id, version, body, now).await
    }

    async fn remove(&mut self, at: Place<'_>, id: &str, version: u64) -> Result<()> {
        documents::remove(self, at, id, version).await
    }

    async fn next_number(&mut self, plugin: &str, series: &str) -> Result<u64> {
        series::next_number(self, plugin, series).await
    }

    async fn attach(&mut self, file: FileId, at: Place<'_>, document: &str, by: Option<PersonId>) -> Result<()> {
        files::attach(self, file, at, document, by).await
    }

    async fn send(&mut self, event: NewEvent<'_>) -> Result<EventId> {
        events::send(self, event).await
    }

    async fn outdated(&mut self, at: Place<'_>, after: Option<&str>, limit: u32) -> Result<Vec<Document>> {
        documents::outdated(&mut self.lease, self.space.key(), at, after, limit).await
    }

    async fn store_upgraded(&mut self, at: Place<'_>, id: &str, version: u64, body: &str) -> Result<()> {
        documents::store_upgraded(self, at, id, version, body).await
    }

    async fn receive(&mut self, carriage: &Carriage, hearers: &[String], now: Micros) -> Result<bool> {
        events::receive(self, carriage, hearers, now).await
    }

    async fn delivered(&mut self, delivery: i64) -> Result<bool> {
        deliveries::delivered(self, delivery).await
    }

    async fn failed(&mut self, delivery: i64, error: &str, retry_at: Option<Micros>) -> Result<()> {
        deliveries::failed(self, delivery, error, retry_at).await
    }

    async fn carried(&mut self, carriage: i64) -> Result<()> {
        carriages::carried(self, carriage).await
    }

    async fn not_carried(&mut self, carriage: i64, error: &str, retry_at: Micros) -> Result<()> {
        carriages::not_carried(self, carriage, error, retry_at).await
    }

    async fn plan_job(&mut self, job: &DueJob, next_at: Micros) -> Result<()> {
        jobs::plan(self, job, next_at).await
    }

    async fn set_jobs(&mut self, plugin: &str, jobs: &[String], now: Micros) -> Result<()> {
        jobs::set(self, plugin, jobs, now).await.map(drop)
    }

    async fn recall(&mut self, key: &IdempotencyKey, now: Micros) -> Result<Option<Remembered>> {
        idempotency::recall(self, key, now).await
    }

    async fn remember(&mut self, key: &IdempotencyKey, answer: &Remembered, until: Micros) -> Result<()> {
        idempotency::remember(self, key, answer, until).await
    }

    async fn audit(&mut self, entry: AuditEntry<'_>) -> Result<()> {
        self.note(&entry);
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<u64> {
        Transaction::commit(*self).await
    }
}
