//! The HTTP side of Cunshi: pages and forms for people, the JSON API for programs, the renderer from view
//! tree to HTML, the consoles and the assets.
//!
//! One file per endpoint: `pages/` answers HTML, `api/` answers JSON, `ops.rs` answers machines. To add an
//! endpoint, write its file and add its line to the table in [`routes`]; the tests that walk the routes then
//! cover it. What a request is refused with is decided once, in `error.rs`. What does not belong here: SQL
//! (`store`), wasm (`runtime`), and anything that decides about village affairs (plugins).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use cunshi_model::{Clock, FileId, PersonId, SpaceId};
use cunshi_runtime::Runtime;
use cunshi_store::Store;

mod api;
mod assets;
mod badge;
mod body;
mod cache;
mod error;
mod files;
mod flash;
mod form;
mod frame;
mod inbox;
mod layers;
mod metrics;
mod ops;
mod pages;
mod passwords;
mod reader;
mod receipts;
mod render;
mod routes;
mod rules;
mod serve;
mod session;
mod signing;
mod state;
mod throttle;
mod visit;
mod words;

pub use passwords::{PasswordCost, hash_password, verify_password};
pub use routes::{RouteInfo, routes};
pub use serve::serve;

/// How the web side is set up.
#[derive(Clone, Debug)]
pub struct WebOptions {
    /// Folder of the uploaded files; made when it is missing.
    pub files: PathBuf,
    /// Cookies for https only, named `__Host-…`, with HSTS: everywhere but on a loopback address.
    pub secure_cookies: bool,
    /// The address that people type, such as `https://cunshi.example`, when a proxy stands in front.
    pub public_url: Option<String>,
    /// A proxy stands in front and appends the client's address to `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// What a password costs to check.
    pub passwords: PasswordCost,
    /// Longest time for a request that uploads nothing.
    pub request_timeout: Duration,
}

/// Why the web side cannot be set up, or cannot do what it was asked. `Display` is one sentence.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The folder of files.
    #[error("the folder for files `{}` cannot be used: {reason}", path.display())]
    Files {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A password that cannot be hashed.
    #[error("the password cannot be hashed: {0}")]
    Password(String),
    /// `public_url` is not an origin.
    #[error("`{0}` is not an address such as https://cunshi.example")]
    PublicUrl(String),
    /// A file that is not taken.
    #[error("the file is not taken: {0}")]
    File(String),
    /// Data that is not given or taken.
    #[error("{0}")]
    Data(#[from] cunshi_model::port::DataError),
}

impl WebOptions {
    /// Options for a folder of files, everything else as it should be behind https.
    pub fn new(files: impl Into<PathBuf>) -> Self {
        Self {
            files: files.into(),
            secure_cookies: true,
            public_url: None,
            behind_proxy: false,
            passwords: PasswordCost::STRONG,
            request_timeout: Duration::from_secs(30),
        }
    }
}

/// The web side of one host. Clones share everything.
#[derive(Clone)]
pub struct Web(Arc<state::Inner>);

impl Web {
    /// Sets the web side up; fails when the folder of files cannot be used.
    pub fn new(options: WebOptions, store: Store, runtime: Runtime, clock: Arc<dyn Clock>) -> Result<Self, WebError> {
        let inner = state::Inner {
            files: files::Files::open(&options.files)?,
            passwords: passwords::Passwords::new(options.passwords)?,
            throttle: throttle::Throttle::new(),
            flashes: flash::Flashes::new(),
            cache: cache::PageCache::new(),
            receipts: receipts::Receipts::new(),
            badges: badge::Badges::new(),
            overviews: pages::overview::Overviews::new(),
            metrics: metrics::Metrics::new(),
            options,
            store,
            runtime,
            rules: Arc::new(cunshi_rules::Rules::new()),
            clock,
        };
        Ok(Self(Arc::new(inner)))
    }

    /// Everything that this host answers, with its layers.
    pub fn router(&self) -> Result<Router, WebError> {
        layers::around(routes::table(), self)
    }

    /// Waits until everything that is kept beside the answers so far, such as read receipts, is written: before the
    /// store is closed.
    pub async fn caught_up(&self) {
        self.0.receipts.written().await;
    }

    /// Takes a file as an upload would: checks it, re-encodes a photo, stores it unattached. For tools that
    /// act for people, such as the demo's generator.
    pub async fn put_file(
        &self,
        space: SpaceId,
        by: PersonId,
        name: &str,
        content: Vec<u8>,
    ) -> Result<FileId, WebError> {
        let accept = files::Accept::Any;
        match files::take(self, space, by, name, content.into(), accept).await {
            Ok(record) => Ok(record.id),
            Err(files::NotTaken::Refused(why)) => Err(WebError::File(why.say(cunshi_contract::Lang::En))),
            Err(files::NotTaken::Failed(refusal)) => Err(WebError::File(refusal.to_string())),
        }
    }

    /// Removes files that no record hangs on a day after they came; returns how many.
    pub async fn sweep_files(&self) -> Result<usize, WebError> {
        files::sweep(self).await
    }

    /// Removes messages that were read half a year after they came; returns how many.
    pub async fn sweep_messages(&self) -> u64 {
        inbox::sweep(self).await
    }

    /// Sweeps an hour after the start and then once a day, until told to stop. (Each sweep opens every space.)
    pub async fn run_sweeper(&self, mut stop: tokio::sync::watch::Receiver<bool>) {
        let mut wait = Duration::from_hours(1);
        while !*stop.borrow() {
            tokio::select! {
                () = tokio::time::sleep(wait) => {
                    if let Err(error) = self.sweep_files().await {
                        tracing::warn!(%error, "sweeping files failed");
                    }
                    self.sweep_messages().await;
                    wait = Duration::from_hours(24);
                }
                changed = stop.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
            }
        }
    }
}
