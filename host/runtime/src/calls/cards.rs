//! Cards: pages that plugins put on the host's own pages.

use cunshi_contract::manifest::Slot;
use cunshi_contract::{Text, View};
use serde_json::Map;

use super::visit::Visit;
use super::{Caller, Site};
use crate::abi::Export;
use crate::error::CallError;
use crate::runtime::Runtime;
use crate::state::Access;

/// A card on one of the host's own pages.
#[derive(Debug)]
pub struct Card {
    /// The plugin.
    pub plugin: String,
    /// The page that is the card.
    pub page: String,
    /// The plugin's title.
    pub title: Text,
    /// The card, or why there is none.
    pub view: Result<View, CallError>,
}

impl Runtime {
    /// The cards of a slot that the caller may see; one that fails leaves the rest.
    pub async fn cards(&self, caller: &Caller, slot: Slot) -> Result<Vec<Card>, CallError> {
        let profile = self.inner.spaces.profile(caller.space).await?;
        let mut cards = Vec::new();
        for release in self.inner.catalogue.all_running(&profile) {
            let site = Site { profile: profile.clone(), release };
            let manifest = &site.release.manifest;
            for page in manifest.pages.iter().filter(|page| page.slot == Some(slot) && caller.roles.meets(&page.who)) {
                cards.push(Card {
                    plugin: manifest.name.clone(),
                    page: page.name.clone(),
                    title: manifest.title.clone(),
                    view: self.card(caller, &site, &page.name).await,
                });
            }
        }
        Ok(cards)
    }

    async fn card(&self, caller: &Caller, site: &Site, page: &str) -> Result<View, CallError> {
        let admission = self.inner.admit(caller.space)?;
        let space = self.inner.spaces.read(caller.space).await?;
        let visit = Visit::of(&self.inner, site, Export::Pages, page, caller);
        let context = visit.context(&Map::new())?;
        let (state, answer) = visit.run::<String>(Access::Read(space), admission, context).await;
        visit.view(&answer?, &state.log)
    }
}
