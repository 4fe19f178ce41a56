//! What every handler may reach.

use std::ops::Deref;
use std::sync::Arc;

use cunshi_model::Clock;
use cunshi_rules::Rules;
use cunshi_runtime::Runtime;
use cunshi_store::Store;

use crate::badge::Badges;
use crate::cache::PageCache;
use crate::files::Files;
use crate::flash::Flashes;
use crate::metrics::Metrics;
use crate::pages::overview::Overviews;
use crate::passwords::Passwords;
use crate::receipts::Receipts;
use crate::throttle::Throttle;
use crate::{Web, WebOptions};

/// The parts of a [`Web`].
pub struct Inner {
    pub(crate) options: WebOptions,
    pub(crate) store: Store,
    pub(crate) runtime: Runtime,
    pub(crate) rules: Arc<Rules>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) files: Files,
    pub(crate) passwords: Passwords,
    pub(crate) throttle: Throttle,
    pub(crate) flashes: Flashes,
    pub(crate) cache: PageCache,
    pub(crate) receipts: Receipts,
    pub(crate) badges: Badges,
    pub(crate) overviews: Overviews,
    pub(crate) metrics: Metrics,
}

impl Deref for Web {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
