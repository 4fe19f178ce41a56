//! Reading a snapshot, and the private copy of a transaction alike.

use std::sync::Arc;

use async_trait::async_trait;
use cunshi_contract::{Group, Household, HouseholdPage, HouseholdQuery, PeopleQuery, Query, Seen};
use cunshi_model::port::{
    Carriage, DataError, Delivery, Document, DueJob, FileRecord, Found, People, Place, ReadSpace, Result,
};
use cunshi_model::{FileId, HouseholdId, Member, Micros, PersonId};

use super::index::{body, sees, select};
use super::{Data, Transaction, Trouble};

/// One snapshot.
pub(super) struct Snapshot {
    pub(super) data: Arc<Data>,
    pub(super) trouble: Arc<Trouble>,
}

impl Data {
    pub(super) fn of<'a>(&'a self, at: Place<'a>) -> impl Iterator<Item = &'a Document> {
        let of = move |key: &(String, String, String)| key.0 == at.plugin && key.1 == at.collection.name;
        self.documents.iter().filter(move |(key, _)| of(key)).map(|(_, document)| document)
    }

    pub(super) fn seen<'a>(&'a self, at: Place<'a>, id: &str) -> Option<&'a Document> {
        self.of(at).find(|document| document.id == id && sees(at, &body(document)))
    }

    fn find_now(&self, at: Place<'_>, query: &Query) -> Result<Found> {
        let skip = match &query.cursor {
            None => 0,
            Some(cursor) => cursor.parse().map_err(|_| DataError::Invalid("this is not a cursor".to_owned()))?,
        };
        let limit = query.limit.unwrap_or(50) as usize;
        let found = select(at, query, self.of(at))?;
        let next = (found.len() > skip + limit).then(|| (skip + limit).to_string());
        Ok(Found { documents: found.into_iter().skip(skip).take(limit).cloned().collect(), next })
    }

    fn deliveries_now(&self, now: Micros, subscribers: &[String], limit: u32) -> Vec<Delivery> {
        let mut blocked = std::collections::BTreeSet::new();
        let mut due = Vec::new();
        for row in &self.deliveries {
            let first = blocked.insert((&row.subscriber, &row.event.subject));
            if first && row.parked.is_none() && row.due <= now && subscribers.contains(&row.subscriber) {
                let (subscriber, event) = (row.subscriber.clone(), row.event.clone());
                due.push(Delivery { id: row.id, subscriber, attempts: row.attempts, event });
            }
        }
        due.truncate(limit as usize);
        due
    }
}

macro_rules! read_space {
    ($type:ty, $data:ident => $access:expr) => {
        #[async_trait]
        impl ReadSpace for $type {
            async fn get(&mut self, at: Place<'_>, id: &str) -> Result<Option<Document>> {
                self.trouble.meet().await?;
                let $data = self;
                Ok($access.seen(at, id).cloned())
            }
            async fn find(&mut self, at: Place<'_>, query: &Query) -> Result<Found> {
                let $data = self;
                $access.find_now(at, query)
            }
            async fn count_each(&mut self, at: Place<'_>, queries: &[Query]) -> Result<Vec<u64>> {
                let mut counts = Vec::new();
                for query in queries {
                    counts.push(self.count(at, query).await?);
                }
                Ok(counts)
            }
            async fn count(&mut self, at: Place<'_>, query: &Query) -> Result<u64> {
                let $data = self;
                Ok(select(at, query, $access.of(at))?.len() as u64)
            }
            async fn search(&mut self, at: Place<'_>, text: &str, limit: u32) -> Result<Vec<Document>> {
                let $data = self;
                let holds = |document: &&Document| {
                    let body = body(document);
                    let fields = &at.collection.search;
                    sees(at, &body) && fields.iter().any(|field| body[field].as_str().is_some_and(|t| t.contains(text)))
                };
                Ok($access.of(at).filter(holds).take(limit as usize).cloned().collect())
            }
            async fn member(&mut self, person: PersonId) -> Result<Option<Member>> {
                let $data = self;
                Ok($access.members.get(&person).cloned())
            }
            async fn search_members(&mut self, text: &str, by_phone: bool, limit: u32) -> Result<Vec<Member>> {
                let $data = self;
                let by = |member: &&Member| {
                    member.name.contains(text)
                        || by_phone && member.phone.as_ref().is_some_and(|phone| phone.ends_with(text))
                };
                Ok($access.members.values().filter(by).take(limit as usize).cloned().collect())
            }
            async fn household(&mut self, household: HouseholdId) -> Result<Option<Household>> {
                let $data = self;
                Ok($access.households.get(&household).cloned())
            }
            async fn people(&mut self, query: &PeopleQuery) -> Result<People> {
                let $data = self;
                $access.people_now(query)
            }
            async fn households(&mut self, query: &HouseholdQuery) -> Result<HouseholdPage> {
                let $data = self;
                $access.households_now(query)
            }
            async fn groups(&mut self) -> Result<Vec<Group>> {
                let $data = self;
                Ok($access.groups_now())
            }
            async fn seen(&mut self, plugin: &str, subject: &str) -> Result<Vec<Seen>> {
                let $data = self;
                Ok($access.seen.get(&(plugin.to_owned(), subject.to_owned())).cloned().unwrap_or_default())
            }
            async fn file(&mut self, file: FileId) -> Result<Option<FileRecord>> {
                let $data = self;
                Ok($access.files.get(&file).cloned())
            }
            async fn due_deliveries(&mut self, now: Micros, subs: &[String], limit: u32) -> Result<Vec<Delivery>> {
                let $data = self;
                Ok($access.deliveries_now(now, subs, limit))
            }
            async fn due_carriages(&mut self, now: Micros, limit: u32) -> Result<Vec<Carriage>> {
                let $data = self;
                let due = $access.carriages.iter().filter(|row| row.due <= now).take(limit as usize);
                Ok(due.map(|row| row.carriage.clone()).collect())
            }
            async fn due_jobs(&mut self, now: Micros, plugins: &[String], limit: u32) -> Result<Vec<DueJob>> {
                let $data = self;
                let due = $access.jobs.iter().filter(|((plugin, _), job)| job.due <= now && plugins.contains(plugin));
                let job = |((plugin, job), row): (&(String, String), &super::JobRow)| DueJob {
                    plugin: plugin.clone(),
                    job: job.clone(),
                    cursor: row.cursor.clone(),
                    attempts: row.attempts,
                };
                Ok(due.take(limit as usize).map(job).collect())
            }
        }
    };
}

read_space!(Snapshot, this => this.data);
read_space!(Transaction, this => this.data);
