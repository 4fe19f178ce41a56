//! The outbox to SMS and WeChat: filled with an urgent message in its own transaction, emptied by the host's sender,
//! which tries outside of every transaction and notes here what became of it.

use cunshi_contract::Text;
use cunshi_model::messages::Channel;
use cunshi_model::port::{AuditEntry, Result};
use cunshi_model::{Actor, MessageId, Micros, PersonId};

use super::SpaceStore;
use super::transaction::Transaction;
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    /// A way that is not there any more is taken for one that was never chosen; none by default is `off`. An SMS needs
    /// a telephone.
    FILL = "INSERT INTO outgoing (space_id, message, person, channel, state, attempts, due, error, at)
        SELECT $1, w.message, w.person, w.channel, 'waiting', 0, $3, NULL, $3
        FROM (SELECT r.message AS message, r.person AS person, m.phone AS phone,
                CASE WHEN c.channel = 'off' THEN 'off' WHEN $5 LIKE '%,' || c.channel || ',%' THEN c.channel ELSE $4 END
                AS channel
            FROM message_recipient AS r
            JOIN member AS m ON m.space_id = $1 AND m.person = r.person
            LEFT JOIN message_choice AS c ON c.space_id = $1 AND c.person = r.person
            WHERE r.space_id = $1 AND r.message = $2) AS w
        WHERE w.channel <> 'off' AND (w.channel <> 'sms' OR w.phone IS NOT NULL)";
    DUE = "SELECT o.message, o.person, o.channel, o.attempts, m.plugin, m.key, m.title_zh, m.title_en, m.body_zh,
            m.body_en, p.phone
        FROM outgoing AS o
        JOIN message AS m ON m.space_id = $1 AND m.id = o.message
        LEFT JOIN member AS p ON p.space_id = $1 AND p.person = o.person
        WHERE o.space_id = $1 AND o.state = 'waiting' AND o.due <= $2 ORDER BY o.due, o.message, o.person LIMIT $3";
    NEXT = "SELECT MIN(due) FROM outgoing WHERE space_id = $1 AND state = 'waiting'";
    SENT = "UPDATE outgoing SET state = 'sent', attempts = attempts + 1, error = NULL, at = $4
        WHERE space_id = $1 AND message = $2 AND person = $3 AND state = 'waiting'";
    RETRY = "UPDATE outgoing SET attempts = attempts + 1, error = $5, due = $6, at = $4
        WHERE space_id = $1 AND message = $2 AND person = $3 AND state = 'waiting'";
    END = "UPDATE outgoing SET state = $6, attempts = attempts + 1, error = $5, at = $4
        WHERE space_id = $1 AND message = $2 AND person = $3 AND state = 'waiting'";
    FAILURES = "SELECT COUNT(*) FROM outgoing WHERE space_id = $1 AND state IN ('failed', 'parked')";
    FAILED = "SELECT o.channel, o.state, o.attempts, o.error, o.at, p.name, m.title_zh, m.title_en
        FROM outgoing AS o
        JOIN message AS m ON m.space_id = $1 AND m.id = o.message
        LEFT JOIN member AS p ON p.space_id = $1 AND p.person = o.person
        WHERE o.space_id = $1 AND o.state IN ('failed', 'parked')
        ORDER BY o.at DESC, o.message DESC, o.person LIMIT $2";
    AGAIN = "UPDATE outgoing SET state = 'waiting', attempts = 0, due = $2, at = $2
        WHERE space_id = $1 AND state IN ('failed', 'parked')";
    CHOICE = "SELECT channel FROM message_choice WHERE space_id = $1 AND person = $2";
    CHOOSE = "INSERT INTO message_choice (space_id, person, channel) VALUES ($1, $2, $3)
        ON CONFLICT (space_id, person) DO UPDATE SET channel = excluded.channel";
    WITHDRAW = "DELETE FROM outgoing WHERE space_id = $1 AND person = $2 AND state IN ('waiting', 'failed', 'parked')";
}

/// The word for no way at all.
const OFF: &str = "off";
const FAILED_FOR_GOOD: &str = "failed";
const TRIED_TOO_OFTEN: &str = "parked";

/// A letter that is due.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The message.
    pub message: MessageId,
    /// Who gets it.
    pub person: PersonId,
    /// The way.
    pub channel: Channel,
    /// Failed attempts so far.
    pub attempts: u32,
    /// The plugin that sent the message.
    pub plugin: String,
    /// The plugin's key.
    pub key: String,
    /// What it says first.
    pub title: Text,
    /// A sentence or two more.
    pub body: Option<Text>,
    /// The telephone that the village knows.
    pub phone: Option<String>,
}

/// Without telephone and words: what is printed for debugging ends up in logs.
impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Outgoing");
        shown.field("message", &self.message).field("person", &self.person).finish_non_exhaustive()
    }
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// It was taken.
    Sent,
    /// It was not, and is tried again at an instant.
    Again(Micros, String),
    /// It was tried too often.
    Parked(String),
    /// It was refused for good.
    Failed(String),
}

/// A letter that did not go out, for whoever runs the village.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedLetter {
    /// The way.
    pub channel: String,
    /// Refused for good; otherwise it was tried too often.
    pub refused: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last.
    pub error: String,
    /// When.
    pub at: Micros,
    /// Whom it was for.
    pub name: String,
    /// What it said first.
    pub title: Text,
}

/// By which way somebody wants urgent messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// By none.
    Off,
    /// By this one.
    By(Channel),
}

/// Letters of an urgent message, to everybody whom it reached and who wants them, where the host has a way.
pub(super) async fn fill(tx: &mut Transaction, message: &str, now: Micros) -> Result<()> {
    let outside = &tx.space.shared.outside;
    let channels = outside.channels();
    if channels.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = channels.iter().map(|channel| channel.as_str()).collect();
    // WeChat reaches those who follow the district's account there: only who asks for it.
    let default = if channels.contains(&Channel::Sms) { Channel::Sms.as_str() } else { OFF };
    let space = tx.space.key().to_owned();
    let names = format!(",{},", names.join(","));
    let filled = tx.lease.execute(FILL, args![space, message, now, default, names]).await?;
    if filled > 0 {
        outside.open(&tx.space.shared.district, tx.space.id()).await?;
        tx.letters_wait();
    }
    Ok(())
}

impl SpaceStore {
    /// Letters that are due, the longest due first.
    pub async fn due_outgoing(&self, now: Micros, limit: u32) -> Result<Vec<Outgoing>> {
        let rows = self.reader().await?.rows(DUE, args![self.key(), now, limit]).await?;
        Ok(rows.iter().map(outgoing).collect::<Result<_, StoreError>>()?)
    }

    /// When the next letter is due. None when none waits: then nobody needs to look here until the next one comes.
    pub async fn next_outgoing(&self) -> Result<Option<Micros>> {
        let found = next(&mut self.reader().await?, self.key()).await?;
        if found.is_some() {
            return Ok(found);
        }
        // Holding the writer keeps others from filling meanwhile.
        let mut lease = self.writer().await?;
        let found = next(&mut lease, self.key()).await?;
        if found.is_none() {
            self.shared.outside.settle(&self.shared.district, self.id()).await?;
        }
        Ok(found)
    }

    /// Notes what became of some letters. What was settled otherwise meanwhile stays so.
    pub async fn settle_outgoing(&self, tried: &[(MessageId, PersonId, Tried)], now: Micros) -> Result<()> {
        let mut lease = self.writer().await?;
        lease.begin_writing().await?;
        for (message, person, tried) in tried {
            let message = message.to_string();
            match tried {
                Tried::Sent => lease.execute(SENT, args![self.key(), message, *person, now]).await?,
                Tried::Again(at, error) => {
                    lease.execute(RETRY, args![self.key(), message, *person, now, error, *at]).await?
                }
                Tried::Parked(error) | Tried::Failed(error) => {
                    let state = if matches!(tried, Tried::Failed(_)) { FAILED_FOR_GOOD } else { TRIED_TOO_OFTEN };
                    lease.execute(END, args![self.key(), message, *person, now, error, state]).await?
                }
            };
        }
        Ok(lease.commit().await?)
    }

    /// How many letters did not go out, and the latest of them.
    pub async fn failed_letters(&self, limit: u32) -> Result<(u64, Vec<FailedLetter>)> {
        let mut lease = self.reader().await?;
        let count = lease.first(FAILURES, args![self.key()]).await?.map_or(Ok(0), |row| row.count(0))?;
        let rows = lease.rows(FAILED, args![self.key(), limit]).await?;
        let failed = |row: &Row| {
            Ok(FailedLetter {
                channel: row.text(0)?,
                refused: row.text(1)? == FAILED_FOR_GOOD,
                attempts: row.small(2)?,
                error: row.maybe_text(3)?.unwrap_or_default(),
                at: row.integer(4)?,
                name: row.maybe_text(5)?.unwrap_or_default(),
                title: Text { zh: row.text(6)?, en: row.text(7)? },
            })
        };
        Ok((count, rows.iter().map(failed).collect::<Result<_, StoreError>>()?))
    }

    /// Lets letters that did not go out be tried again at once, with the ids that they had; how many.
    pub async fn retry_letters(&self, actor: Option<Actor>, now: Micros) -> Result<u64> {
        let mut tx = self.transaction().await?;
        let again = tx.lease.execute(AGAIN, args![self.key(), now]).await?;
        if again == 0 {
            return Ok(0);
        }
        self.shared.outside.open(&self.shared.district, self.id()).await?;
        tx.letters_wait();
        tx.note(&AuditEntry { at: now, actor, action: "host/retry-letters", subject: None, digest: "" });
        tx.commit().await?;
        Ok(again)
    }

    /// By which way somebody wants urgent messages; none when they never chose.
    pub async fn letter_choice(&self, person: PersonId) -> Result<Option<Choice>> {
        let row = self.reader().await?.first(CHOICE, args![self.key(), person]).await?;
        let Some(row) = row else { return Ok(None) };
        let word = row.text(0)?;
        Ok(if word == OFF { Some(Choice::Off) } else { Channel::parse(&word).map(Choice::By) })
    }

    /// Somebody chooses. Who wants none gets none of those that wait, either.
    pub async fn choose_letters(&self, person: PersonId, choice: Choice) -> Result<()> {
        let word = match choice {
            Choice::Off => OFF,
            Choice::By(channel) => channel.as_str(),
        };
        let mut lease = self.writer().await?;
        lease.begin_writing().await?;
        lease.execute(CHOOSE, args![self.key(), person, word]).await?;
        if choice == Choice::Off {
            lease.execute(WITHDRAW, args![self.key(), person]).await?;
        }
        Ok(lease.commit().await?)
    }
}

async fn next(lease: &mut Lease, space: &str) -> Result<Option<Micros>> {
    let row = lease.first(NEXT, args![space]).await?;
    Ok(row.map_or(Ok(None), |row| row.maybe_integer(0))?)
}

fn outgoing(row: &Row) -> Result<Outgoing, StoreError> {
    let channel = row.text(2)?;
    let body = match (row.maybe_text(8)?, row.maybe_text(9)?) {
        (Some(zh), Some(en)) => Some(Text { zh, en }),
        _ => None,
    };
    Ok(Outgoing {
        message: row.parsed(0)?,
        person: row.parsed(1)?,
        channel: Channel::parse(&channel).ok_or_else(|| row.damaged(format!("unknown channel `{channel}`").into()))?,
        attempts: row.small(3)?,
        plugin: row.text(4)?,
        key: row.text(5)?,
        title: Text { zh: row.text(6)?, en: row.text(7)? },
        body,
        phone: row.maybe_text(10)?,
    })
}
