//! Calls into plugins: one file per reason to call.
//!
//! Each goes the same way: the space's profile, the plugin that runs there, who may, what was given, a place
//! among the space's calls, a snapshot or transaction, a fresh instance, and the answer checked. To add a
//! reason: its interface in `plugin-sdk/wit/exports.wit`, its arm in `abi::Export`, a file here.

use std::sync::Arc;

use cunshi_contract::Lang;
use cunshi_contract::manifest::Audience;
use cunshi_model::port::SpaceProfile;
use cunshi_model::{Actor, HouseholdId, Roles, SpaceId, Viewer};

use crate::admission::Admission;
use crate::error::CallError;
use crate::release::Release;
use crate::rules::FailedRule;
use crate::runtime::Inner;

mod act;
mod cards;
mod carry;
mod context;
mod hear;
mod jobs;
mod measure;
mod page;
mod query;
mod settle;
mod todos;
mod visit;
mod worker;

pub use act::Acted;
pub use cards::Card;
pub use todos::PluginTodos;
pub use worker::Worked;

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The space.
    pub space: SpaceId,
    /// The signed-in person; none for visitors.
    pub actor: Option<Actor>,
    /// Their name; empty for visitors.
    pub name: String,
    /// Their household in this space.
    pub household: Option<HouseholdId>,
    /// Their roles in this space.
    pub roles: Roles,
    /// The reader's language.
    pub lang: Lang,
}

impl Caller {
    /// Somebody who is not signed in.
    pub fn visitor(space: SpaceId, lang: Lang) -> Self {
        Self { space, actor: None, name: String::new(), household: None, roles: Roles::NONE, lang }
    }

    pub(crate) fn viewer(&self) -> Viewer {
        Viewer::Reader { person: self.actor.map(|actor| actor.person), roles: self.roles }
    }

    /// Lets in whom a manifest's `who` names. Who may not is not told that there is something, unless
    /// signing in could help.
    pub(crate) fn pass(&self, who: &Audience) -> Result<(), CallError> {
        match self.roles.meets(who) {
            true => Ok(()),
            false if self.actor.is_none() => Err(CallError::Unauthenticated),
            false => Err(CallError::NotFound),
        }
    }
}

/// A plugin at work in a space.
pub(crate) struct Site {
    pub(crate) profile: Arc<SpaceProfile>,
    pub(crate) release: Arc<Release>,
}

impl Inner {
    /// The plugin as it runs in the space; not found when it is off or does not fit.
    pub(crate) async fn site(&self, space: SpaceId, plugin: &str) -> Result<Site, CallError> {
        let profile = self.spaces.profile(space).await?;
        let release = self.catalogue.running(&profile, plugin).ok_or(CallError::NotFound)?;
        Ok(Site { profile, release })
    }

    /// Keeps rules that failed, in a transaction of its own after that of the call.
    pub(crate) async fn keep_failed_rules(&self, space: SpaceId, failed: Vec<FailedRule>) {
        if failed.is_empty() {
            return;
        }
        if let Err(error) = self.record_failed_rules(space, &failed).await {
            tracing::warn!(%space, %error, "the failure of a rule could not be kept");
        }
    }

    async fn record_failed_rules(&self, space: SpaceId, failed: &[FailedRule]) -> Result<(), CallError> {
        let now = self.clock.now();
        let mut data = self.spaces.write(space).await?;
        for FailedRule { hook, rule, input, failure, .. } in failed {
            data.record_rule_failure(hook, rule, input, failure, now).await?;
        }
        data.commit().await?;
        Ok(())
    }

    /// A place among the calls of the space.
    pub(crate) fn admit(&self, space: SpaceId) -> Result<Admission, CallError> {
        self.loads.admit(space).ok_or(CallError::Busy { retry_after_s: 1 })
    }
}
