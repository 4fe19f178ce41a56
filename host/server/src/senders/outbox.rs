//! From the outboxes of the spaces to the senders. A letter is tried outside of every transaction and settled
//! afterwards: a host that is killed in between tries it again under the same id.

use std::ops::AddAssign;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use cunshi_contract::Lang;
use cunshi_model::clock::{HOUR, MINUTE, SECOND};
use cunshi_model::messages::{Channel, Letter, NotSent};
use cunshi_model::{Clock, MessageId, Micros, SpaceId};
use cunshi_store::{Outgoing, Store, Tried};
use futures::StreamExt as _;
use tokio::sync::watch;

use super::Senders;
use crate::wire::sha256;

/// Waiting times after the first failure, the second and so on; after the last it is parked.
pub const BACKOFF: [Micros; 5] = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR];
/// Letters fetched, tried and settled together.
const BATCH: u32 = 32;
/// Letters of a batch that are under way at once.
const AT_ONCE: usize = 8;
/// Spaces worked in at once.
const SPACES: usize = 4;
/// The longest sleep: what was put off meanwhile, by whatever clock, is seen after it.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// What a round got done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Taken by a gateway.
    pub sent: u32,
    /// To be tried again.
    pub later: u32,
    /// Refused, or tried too often.
    pub failed: u32,
}

impl AddAssign for Sent {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.later += other.later;
        self.failed += other.failed;
    }
}

/// Empties the outboxes of all spaces.
pub struct Outbox {
    store: Store,
    senders: Senders,
    clock: Arc<dyn Clock>,
    public_url: Option<String>,
}

impl Outbox {
    /// An outbox over some senders. From now on urgent messages are kept for their ways; `public_url` is the address
    /// that people type, for the way back in.
    pub fn new(store: Store, senders: Senders, clock: Arc<dyn Clock>, public_url: Option<String>) -> Self {
        let channels: Vec<_> = senders.keys().copied().collect();
        store.set_channels(&channels);
        Self { store, senders, clock, public_url }
    }

    /// Works until told to stop: whenever a letter was kept, and by the clock. What is under way then is tried again
    /// when the host is back.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let round = async {
                self.round().await;
                tokio::time::timeout(self.until_due().await, self.store.wait_for_letters()).await
            };
            tokio::select! {
                _ = round => {}
                changed = stop.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
            }
        }
    }

    /// Tries every letter that is due, once.
    pub async fn round(&self) -> Sent {
        let spaces = self.store.spaces_with_letters();
        let mut working = futures::stream::iter(spaces)
            .map(|space| async move { (space, self.visit(space).await) })
            .buffer_unordered(SPACES);
        let mut all = Sent::default();
        while let Some((space, sent)) = working.next().await {
            match sent {
                Ok(sent) => all += sent,
                // One space in trouble does not stop the others.
                Err(error) => tracing::warn!(%space, "no letters of this space for now: {error:#}"),
            }
        }
        all
    }

    async fn visit(&self, id: SpaceId) -> Result<Sent> {
        let space = self.store.space(id).await?;
        let now = self.clock.now();
        let mut all = Sent::default();
        loop {
            let due = space.due_outgoing(now, BATCH).await?;
            if due.is_empty() {
                break;
            }
            let tried: Vec<_> = futures::stream::iter(due)
                .map(|letter| async move { (letter.message, letter.person, self.attempt(id, &letter).await) })
                .buffer_unordered(AT_ONCE)
                .collect()
                .await;
            space.settle_outgoing(&tried, self.clock.now()).await?;
            for (message, _, tried) in &tried {
                all += counted(id, message, tried);
            }
        }
        Ok(all)
    }

    async fn attempt(&self, space: SpaceId, outgoing: &Outgoing) -> Tried {
        let tried = match self.letter(space, outgoing).await {
            Ok(Some(letter)) => match self.senders.get(&letter.channel) {
                Some(sender) => sender.send(&letter).await,
                None => Err(NotSent::Later(format!("this host has no way `{}` now", letter.channel))),
            },
            Ok(None) => Err(NotSent::Refused("the village knows no telephone of this person".to_owned())),
            Err(error) => Err(NotSent::Later(format!("{error:#}"))),
        };
        match tried {
            Ok(()) => Tried::Sent,
            Err(NotSent::Refused(why)) => Tried::Failed(why),
            Err(NotSent::Later(why)) => {
                let attempts = usize::try_from(outgoing.attempts).unwrap_or(usize::MAX);
                match BACKOFF.get(attempts) {
                    Some(wait) => Tried::Again(self.clock.now() + wait, why),
                    None => Tried::Parked(why),
                }
            }
        }
    }

    /// The letter as its sender gets it; none when there is nobody to send it to.
    async fn letter(&self, space: SpaceId, outgoing: &Outgoing) -> Result<Option<Letter>> {
        let Outgoing { message, person, channel, plugin, key, title, body, phone, .. } = outgoing;
        let to = match channel {
            Channel::Sms => match phone {
                Some(phone) => phone.clone(),
                None => return Ok(None),
            },
            Channel::WechatTemplate => person.to_string(),
        };
        let district = self.store.district();
        let tree = district.tree();
        let here = tree.by_id(space).context("the space is gone")?;
        let lang = district.account(*person).await?.and_then(|account| account.lang).unwrap_or(Lang::Zh);
        let below = format!("/v/{}/me/messages/{message}", here.code);
        Ok(Some(Letter {
            id: letter_id(space, outgoing),
            channel: *channel,
            to,
            template: template(plugin, key),
            village: here.name.clone(),
            title: title.get(lang).to_owned(),
            body: body.as_ref().map(|body| body.get(lang).to_owned()),
            url: self.public_url.as_ref().map(|base| format!("{}{below}", base.trim_end_matches('/'))),
        }))
    }

    async fn until_due(&self) -> Duration {
        let now = self.clock.now();
        let mut wait = LONGEST_SLEEP;
        for id in self.store.spaces_with_letters() {
            let next = async { self.store.space(id).await?.next_outgoing().await };
            match next.await {
                Ok(None) => {}
                Ok(Some(due)) => {
                    let micros = u64::try_from(due.saturating_sub(now)).unwrap_or_default();
                    wait = wait.min(Duration::from_micros(micros));
                }
                Err(error) => tracing::warn!(space = %id, %error, "no letters of this space for now"),
            }
        }
        wait
    }
}

/// The same for the same letter, whenever it is tried.
fn letter_id(space: SpaceId, outgoing: &Outgoing) -> String {
    let Outgoing { message, person, channel, .. } = outgoing;
    let mut id = sha256(format!("{space}/{message}/{person}/{channel}").as_bytes());
    id.truncate(32);
    id
}

/// The kind of message: the plugin, and what its key begins with (`closed:<id>`).
fn template(plugin: &str, key: &str) -> String {
    let word = key.split_once(':').map_or(key, |(word, _)| word);
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let fits = key.contains(':') && !word.is_empty() && word.len() <= 40 && word.bytes().all(plain);
    format!("{plugin}.{}", if fits { word } else { "message" })
}

fn counted(space: SpaceId, message: &MessageId, tried: &Tried) -> Sent {
    match tried {
        Tried::Sent => Sent { sent: 1, ..Sent::default() },
        Tried::Again(..) => Sent { later: 1, ..Sent::default() },
        Tried::Parked(why) | Tried::Failed(why) => {
            tracing::warn!(%space, %message, why, "a letter did not go out");
            Sent { failed: 1, ..Sent::default() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_message_is_what_its_key_begins_with() {
        assert_eq!(template("issues", "closed:0190"), "issues.closed");
        assert_eq!(template("notices", "0190"), "notices.message");
        assert_eq!(template("issues", "Closed!:0190"), "issues.message");
        assert_eq!(template("issues", ":0190"), "issues.message");
    }
}
