//! A reader's inbox: whose it is, what is in it, and where a message leads. Shared by page and API.

use cunshi_contract::view::To;
use cunshi_model::clock::DAY;
use cunshi_model::{MessageId, PersonId, Role};
use cunshi_runtime::Runtime;
use cunshi_store::Received;
use serde_json::{Value, json};

use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::render::pages::MessageRow;
use crate::render::{addresses, say};
use crate::visit::Visit;

/// How long a message stays that has been read.
const KEPT: i64 = 180 * DAY;

/// Some messages, and where to go on.
pub(crate) struct Page {
    pub(crate) messages: Vec<Received>,
    pub(crate) next: Option<MessageId>,
}

/// Who has an inbox here: people of the space. For everybody else there is none.
pub(crate) fn owner(visit: &Visit) -> Result<PersonId, Refusal> {
    visit.require(has_inbox(visit))?;
    visit.person().ok_or(Refusal::SignIn)
}

/// Whether the reader belongs to the space.
pub(crate) fn has_inbox(visit: &Visit) -> bool {
    visit.member.is_some() && visit.roles.has(Role::Member)
}

/// How many messages the reader has not read; none where they have no inbox.
pub(crate) async fn unread(web: &Web, visit: &Visit) -> Option<u32> {
    let person = visit.person().filter(|_| has_inbox(visit))?;
    let space = web.store.space(visit.space.id).await.ok()?;
    space.unread(person).await.ok()
}

/// Messages of somebody, newest first. A cursor that no page gave is a page that is not there.
pub(crate) async fn page(
    web: &Web,
    visit: &Visit,
    unread: bool,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page, Refusal> {
    let person = owner(visit)?;
    let before = cursor.map(|cursor| cursor.parse::<MessageId>().map_err(|_| Refusal::NotFound)).transpose()?;
    let space = web.store.space(visit.space.id).await?;
    let mut messages = space.messages(person, unread, before, limit.saturating_add(1)).await?;
    let kept = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = messages.len() > kept;
    messages.truncate(kept);
    let next = messages.last().filter(|_| more).map(|last| last.id);
    Ok(Page { messages, next })
}

/// Marks a message as read and gives it; somebody else's is not there.
pub(crate) async fn open(web: &Web, visit: &Visit, id: &str) -> Result<Received, Refusal> {
    let person = owner(visit)?;
    let id: MessageId = id.parse().map_err(|_| Refusal::NotFound)?;
    let space = web.store.space(visit.space.id).await?;
    let message = space.message(person, id).await?.ok_or(Refusal::NotFound)?;
    if message.read_at.is_none() {
        space.read_message(person, id, web.clock.now()).await?;
    }
    Ok(message)
}

/// The address of the page that a message leads to; none when it leads nowhere, or nowhere for this reader any more.
pub(crate) fn leads_to(web: &Web, visit: &Visit, message: &Received) -> Option<String> {
    let to = message.link.as_ref()?;
    let release = visit.plugin(web, &message.plugin).ok()?;
    let manifest = &release.manifest;
    let page = manifest.page(&to.page).filter(|page| visit.roles.meets(&page.who))?;
    let to = To { plugin: None, page: page.name.clone(), params: to.params.clone() };
    Some(frame::address(visit.code(), manifest, &Runtime::route_of(manifest, &to)?))
}

/// Removes messages of all spaces that are old and have been read; how many. One space in trouble does not stop it.
pub(crate) async fn sweep(web: &Web) -> u64 {
    let before = web.clock.now() - KEPT;
    let mut removed = 0;
    for space in web.store.district().tree().all() {
        let swept = async { web.store.space(space.id).await?.forget_messages(before).await };
        match swept.await {
            Ok(gone) => removed += gone,
            Err(error) => tracing::warn!(space = %space.id, %error, "old messages could not be removed"),
        }
    }
    removed
}

/// A message as the page draws it.
pub(crate) fn row(web: &Web, visit: &Visit, message: &Received) -> MessageRow {
    let lang = visit.reader.lang;
    let module = visit.plugin(web, &message.plugin).ok();
    MessageRow {
        href: addresses::message(visit.code(), &message.id.to_string()),
        title: message.title.get(lang).to_owned(),
        body: message.body.as_ref().map(|body| body.get(lang).to_owned()),
        module: module.map(|release| release.manifest.title.get(lang).to_owned()),
        at: message.at,
        unread: message.read_at.is_none(),
        urgent: message.urgent,
    }
}

/// A message as the API gives it.
pub(crate) fn json(web: &Web, visit: &Visit, message: &Received) -> Value {
    let lang = visit.reader.lang;
    json!({
        "id": message.id.to_string(),
        "plugin": message.plugin,
        "title": message.title.get(lang),
        "body": message.body.as_ref().map(|body| body.get(lang)),
        "page": message.link,
        "address": leads_to(web, visit, message),
        "urgent": message.urgent,
        "at": say::machine(message.at),
        "read": message.read_at.is_some(),
    })
}
