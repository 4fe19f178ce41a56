//! Messages in people's inboxes. What goes out of the platform besides is in [`outgoing`](super::outgoing).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use cunshi_contract::manifest::Who;
use cunshi_contract::view::To;
use cunshi_contract::{Message, Reach, Text};
use cunshi_model::messages::{NewMessage, WriteMessages};
use cunshi_model::port::{DataError, Result};
use cunshi_model::{MessageId, Micros, PersonId};

use super::transaction::Transaction;
use super::{SpaceStore, members, outgoing};
use crate::StoreError;
use crate::db::{Lease, Row, args};

/// What [`message`] reads of a row `m` of the table and a row `r` of its recipients.
macro_rules! columns {
    () => {
        "m.id, m.plugin, m.key, m.title_zh, m.title_en, m.body_zh, m.body_en, m.link, m.urgent, m.at, r.read_at"
    };
}

statements! {
    ADD = "INSERT INTO message (space_id, id, plugin, key, title_zh, title_en, body_zh, body_en, link, urgent, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    TO_PERSON = "INSERT INTO message_recipient (space_id, person, message, plugin, key, read_at)
        VALUES ($1, $2, $3, $4, $5, NULL) ON CONFLICT DO NOTHING";
    /// Everybody of a household, a group, or with one of three roles; an empty text does not ask. Officers count in
    /// their own office ($10 = 1), and nowhere else.
    TO_MANY = "INSERT INTO message_recipient (space_id, person, message, plugin, key, read_at)
        SELECT $1, c.person, $2, $3, $4, NULL FROM member AS c
            WHERE c.space_id = $1 AND ($5 = '' OR c.household = $5)
            AND ($6 = '' OR EXISTS (SELECT 1 FROM household AS h
                WHERE h.space_id = $1 AND h.id = c.household AND h.village_group = $6))
            AND EXISTS (SELECT 1 FROM role AS o WHERE o.space_id = $1 AND o.person = c.person
                AND (o.role <> 'officer' OR $10 = 1) AND ($7 = '' OR o.role = $7 OR o.role = $8 OR o.role = $9))
        ON CONFLICT DO NOTHING";
    DROP_UNSENT = "DELETE FROM message WHERE space_id = $1 AND id = $2";
    PAGE = concat!("SELECT ", columns!(), " FROM message_recipient AS r
        JOIN message AS m ON m.space_id = $1 AND m.id = r.message
        WHERE r.space_id = $1 AND r.person = $2 AND r.message < $3 ORDER BY r.message DESC LIMIT $4");
    PAGE_UNREAD = concat!("SELECT ", columns!(), " FROM message_recipient AS r
        JOIN message AS m ON m.space_id = $1 AND m.id = r.message
        WHERE r.space_id = $1 AND r.person = $2 AND r.message < $3 AND r.read_at IS NULL
        ORDER BY r.message DESC LIMIT $4");
    GET = concat!("SELECT ", columns!(), " FROM message_recipient AS r
        JOIN message AS m ON m.space_id = $1 AND m.id = r.message
        WHERE r.space_id = $1 AND r.person = $2 AND r.message = $3");
    UNREAD = "SELECT COUNT(*) FROM (SELECT 1 FROM message_recipient
        WHERE space_id = $1 AND person = $2 AND read_at IS NULL LIMIT $3) AS unread";
    READ = "UPDATE message_recipient SET read_at = $4
        WHERE space_id = $1 AND person = $2 AND message = $3 AND read_at IS NULL";
    READ_ALL = "UPDATE message_recipient SET read_at = $3 WHERE space_id = $1 AND person = $2 AND read_at IS NULL";
    OLD = "SELECT r.message FROM message AS m
        JOIN message_recipient AS r ON r.space_id = $1 AND r.message = m.id AND r.read_at IS NOT NULL
        WHERE m.space_id = $1 AND m.at < $2 LIMIT 1";
    DROP_OLD_OUTGOING = "DELETE FROM outgoing WHERE space_id = $1 AND state <> 'waiting' AND EXISTS
        (SELECT 1 FROM message AS m WHERE m.space_id = $1 AND m.id = outgoing.message AND m.at < $2)";
    DROP_OLD_RECIPIENTS = "DELETE FROM message_recipient WHERE space_id = $1 AND read_at IS NOT NULL AND EXISTS
        (SELECT 1 FROM message AS m WHERE m.space_id = $1 AND m.id = message_recipient.message AND m.at < $2)";
    DROP_OLD = "DELETE FROM message WHERE space_id = $1 AND at < $2
        AND NOT EXISTS (SELECT 1 FROM message_recipient AS r WHERE r.space_id = $1 AND r.message = message.id)
        AND NOT EXISTS (SELECT 1 FROM outgoing AS o WHERE o.space_id = $1 AND o.message = message.id)";
}

/// The greatest number of unread messages that is told: what is more is said to be so many.
const MOST_UNREAD: u32 = 100;
/// Greater than every id.
const NEWEST: &str = "g";

/// A message as one person got it.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// Its id.
    pub id: MessageId,
    /// The plugin that sent it.
    pub plugin: String,
    /// The plugin's key.
    pub key: String,
    /// What it says first.
    pub title: Text,
    /// A sentence or two more.
    pub body: Option<Text>,
    /// The page of the plugin that it leads to.
    pub link: Option<To>,
    /// Also sent outside the platform.
    pub urgent: bool,
    /// When.
    pub at: Micros,
    /// When it was read.
    pub read_at: Option<Micros>,
}

/// How many unread messages people have, as counted last. Every page asks, and few find anything new.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Moves on whenever a message came or was read.
    changes: AtomicU64,
    counted: Mutex<HashMap<PersonId, (u64, u32)>>,
}

/// People whose count is kept in a space.
const MOST_COUNTED: usize = 4_096;

impl Counts {
    /// Something came or was read.
    pub(super) fn forget(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    fn get(&self, person: PersonId) -> (u64, Option<u32>) {
        let now = self.changes.load(Ordering::Acquire);
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        (now, counted.get(&person).filter(|(at, _)| *at == now).map(|(_, count)| *count))
    }

    /// Keeps a count that was begun when so much had changed.
    fn keep(&self, person: PersonId, changes: u64, count: u32) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST_COUNTED {
            counted.clear();
        }
        counted.insert(person, (changes, count));
    }
}

#[async_trait]
impl WriteMessages for Transaction {
    async fn notify(&mut self, message: NewMessage<'_>) -> Result<u32> {
        notify(self, message).await
    }
}

async fn notify(tx: &mut Transaction, new: NewMessage<'_>) -> Result<u32> {
    let NewMessage { plugin, message, now } = new;
    let id = fresh_id(tx, now).to_string();
    let space = tx.space.key().to_owned();
    let link = match &message.link {
        Some(link) => Some(serde_json::to_string(link).map_err(|error| DataError::Invalid(error.to_string()))?),
        None => None,
    };
    let Message { key, title, body, urgent, .. } = message;
    let (body_zh, body_en) = (body.as_ref().map(|body| body.zh.as_str()), body.as_ref().map(|body| body.en.as_str()));
    let args = args![&space, &id, plugin, key, &title.zh, &title.en, body_zh, body_en, link, *urgent, now];
    tx.lease.execute(ADD, args).await?;
    let reached = match &message.to {
        Reach::Person(person) => {
            let person = person.parse::<PersonId>().map_err(|_| DataError::Missing)?;
            members::get(&mut tx.lease, &space, person).await?.ok_or(DataError::Missing)?;
            tx.lease.execute(TO_PERSON, args![&space, person, &id, plugin, key]).await?
        }
        Reach::Household(household) => to_many(tx, plugin, message, &id, household, "", Who::Member).await?,
        Reach::Group(group) => to_many(tx, plugin, message, &id, "", group, Who::Member).await?,
        Reach::Role(role) => to_many(tx, plugin, message, &id, "", "", *role).await?,
    };
    if reached == 0 {
        tx.lease.execute(DROP_UNSENT, args![&space, &id]).await?;
        return Ok(0);
    }
    tx.messages_changed();
    if *urgent {
        outgoing::fill(tx, &id, now).await?;
    }
    Ok(u32::try_from(reached).unwrap_or(u32::MAX))
}

/// An id that sorts behind those of messages before it, those of the same instant too.
fn fresh_id(tx: &mut Transaction, now: Micros) -> MessageId {
    let mut bytes = MessageId::new(now).0.into_bytes();
    // The 12 bits after the milliseconds, which are random otherwise.
    let [.., high, low] = tx.state.next().to_be_bytes();
    let [_, _, _, _, _, _, version, after, ..] = &mut bytes;
    *version = 0x70 | (high & 0x0f);
    *after = low;
    MessageId(uuid::Uuid::from_bytes(bytes))
}

async fn to_many(
    tx: &mut Transaction,
    plugin: &str,
    message: &Message,
    id: &str,
    household: &str,
    group: &str,
    role: Who,
) -> Result<u64> {
    let asks_for_nobody = matches!(&message.to, Reach::Household(id) | Reach::Group(id) if id.is_empty());
    if asks_for_nobody {
        return Ok(0);
    }
    let [first, second, third] = match role {
        Who::Member => ["", "", ""],
        // An admin is a cadre too, and so is an officer in their own office.
        Who::Cadre => ["cadre", "admin", "officer"],
        Who::Supervisor => ["supervisor"; 3],
        Who::Admin => ["admin"; 3],
        Who::Anyone | Who::Officer => {
            return Err(DataError::Invalid("a message goes to member, cadre, supervisor or admin".to_owned()));
        }
    };
    let tree = tx.space.shared.district.tree();
    let office = tree.by_id(tx.space.id()).is_some_and(|space| !space.kind.is_village());
    let space = tx.space.key().to_owned();
    let args = args![space, id, plugin, &message.key, household, group, first, second, third, office];
    Ok(tx.lease.execute(TO_MANY, args).await?)
}

fn message(row: &Row) -> Result<Received, StoreError> {
    let body = match (row.maybe_text(5)?, row.maybe_text(6)?) {
        (Some(zh), Some(en)) => Some(Text { zh, en }),
        _ => None,
    };
    let link = match row.maybe_text(7)? {
        Some(link) => Some(serde_json::from_str(&link).map_err(|error| row.damaged(error.into()))?),
        None => None,
    };
    Ok(Received {
        id: row.parsed(0)?,
        plugin: row.text(1)?,
        key: row.text(2)?,
        title: Text { zh: row.text(3)?, en: row.text(4)? },
        body,
        link,
        urgent: row.truth(8)?,
        at: row.integer(9)?,
        read_at: row.maybe_integer(10)?,
    })
}

impl SpaceStore {
    /// Somebody's messages, newest first, those older than one.
    pub async fn messages(
        &self,
        person: PersonId,
        unread: bool,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Received>> {
        let before = before.map_or_else(|| NEWEST.to_owned(), |id| id.to_string());
        let sql = if unread { PAGE_UNREAD } else { PAGE };
        let rows = self.reader().await?.rows(sql, args![self.key(), person, before, limit]).await?;
        Ok(rows.iter().map(message).collect::<Result<_, StoreError>>()?)
    }

    /// One message of somebody.
    pub async fn message(&self, person: PersonId, id: MessageId) -> Result<Option<Received>> {
        let row = self.reader().await?.first(GET, args![self.key(), person, id.to_string()]).await?;
        Ok(row.as_ref().map(message).transpose()?)
    }

    /// How many messages somebody has not read, up to a hundred. From memory while none came and none was read.
    pub async fn unread(&self, person: PersonId) -> Result<u32> {
        let (changes, counted) = self.counts.get(person);
        if let Some(count) = counted {
            return Ok(count);
        }
        let row = self.reader().await?.first(UNREAD, args![self.key(), person, MOST_UNREAD]).await?;
        let count = row.map_or(Ok(0), |row| row.small(0))?;
        self.counts.keep(person, changes, count);
        Ok(count)
    }

    /// Somebody has read a message; false when they had before, or have no such message. Moves no revision: what
    /// was read is nobody else's business, and the pages of the village stay as they are.
    pub async fn read_message(&self, person: PersonId, id: MessageId, now: Micros) -> Result<bool> {
        let read = self.writer().await?.execute(READ, args![self.key(), person, id.to_string(), now]).await?;
        self.counts.forget();
        Ok(read > 0)
    }

    /// Somebody has read everything; how many messages that were.
    pub async fn read_messages(&self, person: PersonId, now: Micros) -> Result<u64> {
        let read = self.writer().await?.execute(READ_ALL, args![self.key(), person, now]).await?;
        self.counts.forget();
        Ok(read)
    }

    /// Removes what was sent before an instant and has been read. A space without any is not written.
    pub async fn forget_messages(&self, before: Micros) -> Result<u64> {
        if self.reader().await?.first(OLD, args![self.key(), before]).await?.is_none() {
            return Ok(0);
        }
        let mut lease: Lease = self.writer().await?;
        lease.begin_writing().await?;
        lease.execute(DROP_OLD_OUTGOING, args![self.key(), before]).await?;
        let gone = lease.execute(DROP_OLD_RECIPIENTS, args![self.key(), before]).await?;
        lease.execute(DROP_OLD, args![self.key(), before]).await?;
        lease.commit().await?;
        Ok(gone)
    }
}
