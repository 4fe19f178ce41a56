//! Read receipts: who of a space has opened a page that declares `seen = true`. Noted when the page has been answered,
//! and written beside the answers, several at once; a crash may lose the last ones.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::OnceLock;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use cunshi_contract::manifest::Page;
use cunshi_model::{Micros, Role, SpaceId};
use cunshi_store::{Sight, Store};
use moka::sync::Cache;
use serde_json::{Map, Value};
use tokio::sync::{mpsc, oneshot};

use crate::Web;
use crate::visit::Visit;

/// Receipts that wait to be written; what comes beyond is dropped, and noted when the page is opened again.
const WAITING: usize = 10_000;
/// Receipts of one write.
const AT_ONCE: usize = 500;
/// Receipts that are known to be kept, so that nobody is written about twice.
const KNOWN: u64 = 100_000;
/// Longest subject in bytes, as for events.
const MAX_SUBJECT: usize = 200;

/// Receipts on their way.
pub(crate) struct Receipts {
    queue: OnceLock<mpsc::Sender<Note>>,
    known: Cache<(SpaceId, Sight), ()>,
}

enum Note {
    Seen(SpaceId, Sight, Micros),
    /// Answered when everything before it is written.
    Until(oneshot::Sender<()>),
}

/// Whether a person asked for the page with their eyes: not a `HEAD`, not a browser that fetches ahead.
pub(crate) struct Opened(bool);

impl<S: Sync> FromRequestParts<S> for Opened {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let ahead = ["sec-purpose", "purpose", "x-purpose", "x-moz"].iter().any(|name| {
            let value = parts.headers.get(*name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            value.contains("prefetch") || value.contains("prerender") || value.contains("preview")
        });
        Ok(Self(parts.method == Method::GET && !ahead))
    }
}

impl Receipts {
    pub(crate) fn new() -> Self {
        Self { queue: OnceLock::new(), known: Cache::new(KNOWN) }
    }

    /// Notes that somebody has got a page, when it asks for that and they are of the space.
    pub(crate) fn note(
        &self,
        web: &Web,
        visit: &Visit,
        opened: &Opened,
        plugin: &str,
        page: &Page,
        params: &Map<String, Value>,
    ) {
        let belongs = |member: &cunshi_model::Member| member.roles.iter().any(|role| *role != Role::Officer);
        let Some(member) = visit.member.as_ref().filter(|member| page.seen && opened.0 && belongs(member)) else {
            return;
        };
        let Some(subject) = subject(page, params).filter(|subject| subject.len() <= MAX_SUBJECT) else { return };
        let sight = Sight { plugin: plugin.to_owned(), subject, person: member.person };
        let key = (visit.space.id, sight);
        if self.known.contains_key(&key) {
            return;
        }
        let note = Note::Seen(key.0, key.1.clone(), web.clock.now());
        if self.queue(web).try_send(note).is_ok() {
            self.known.insert(key, ());
        } else {
            tracing::warn!("too many read receipts at once: one was dropped");
        }
    }

    /// Waits until what was noted so far is written.
    pub(crate) async fn written(&self) {
        let Some(queue) = self.queue.get() else { return };
        let (told, done) = oneshot::channel();
        if queue.send(Note::Until(told)).await.is_ok() {
            let _ = done.await;
        }
    }

    fn queue(&self, web: &Web) -> &mpsc::Sender<Note> {
        self.queue.get_or_init(|| {
            let (sender, receiver) = mpsc::channel(WAITING);
            tokio::spawn(write(web.store.clone(), self.known.clone(), receiver));
            sender
        })
    }
}

/// The value of the route's first parameter, or the page's name.
fn subject(page: &Page, params: &Map<String, Value>) -> Option<String> {
    let first = page.route.split('/').find_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    match first {
        None => Some(page.name.clone()),
        Some(name) => params.get(name)?.as_str().map(|value| value.trim().to_owned()),
    }
}

/// Writes until nobody can note anything any more. What gathers meanwhile goes into the next write.
async fn write(store: Store, known: Cache<(SpaceId, Sight), ()>, mut queue: mpsc::Receiver<Note>) {
    let mut notes = Vec::new();
    while queue.recv_many(&mut notes, AT_ONCE).await > 0 {
        let mut spaces: BTreeMap<SpaceId, Vec<(Sight, Micros)>> = BTreeMap::new();
        let mut waiting = Vec::new();
        for note in notes.drain(..) {
            match note {
                Note::Seen(space, sight, at) => spaces.entry(space).or_default().push((sight, at)),
                Note::Until(told) => waiting.push(told),
            }
        }
        for (space, sights) in spaces {
            let kept = match store.space(space).await {
                Ok(handle) => handle.see(&sights).await,
                Err(error) => Err(error),
            };
            if let Err(error) = kept {
                tracing::warn!(%space, %error, "read receipts were not kept: they are noted again when opened again");
                for (sight, _) in sights {
                    known.invalidate(&(space, sight));
                }
            }
        }
        for told in waiting {
            let _ = told.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_is_about_the_first_parameter_of_its_route() {
        let page = |route: &str| -> Page {
            serde_json::from_value(json!({ "name": "notice", "route": route, "who": "member", "seen": true })).unwrap()
        };
        let params = json!({ "id": "n1", "year": "2026" });
        let params = params.as_object().unwrap();
        assert_eq!(subject(&page("notice/{id}"), params).as_deref(), Some("n1"));
        assert_eq!(subject(&page("{year}/notice/{id}"), params).as_deref(), Some("2026"));
        assert_eq!(subject(&page("rules"), params).as_deref(), Some("notice"));
        assert_eq!(subject(&page("notice/{other}"), params), None);
    }
}
