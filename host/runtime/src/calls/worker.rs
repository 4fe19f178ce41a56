//! The platform's own work: carrying, delivering, running jobs, as they fall due.

use std::ops::AddAssign;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use cunshi_model::SpaceId;
use cunshi_model::port::SpaceProfile;
use futures::StreamExt;
use tokio::sync::watch;

use super::hear::Heard;
use super::jobs::Stepped;
use crate::error::CallError;
use crate::runtime::Runtime;

/// Deliveries, carriages and job steps of one visit to a space: then the next space has its turn.
const MAX_STEPS: u32 = 500;
/// How many of each are fetched at once.
const FETCH: u32 = 50;
/// Spaces worked in at once.
const AT_ONCE: usize = 4;
/// Spaces fetched at once.
const DUE: usize = 1_000;
/// The longest sleep of the worker: what other processes wrote is seen after it.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);

/// What [`Runtime::work`] got done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worked {
    /// Events delivered.
    pub delivered: u32,
    /// Deliveries, carriages and job steps that failed and will be tried again.
    pub failed: u32,
    /// Deliveries and job steps that were parked.
    pub parked: u32,
    /// Events carried to another space.
    pub carried: u32,
    /// Job steps done.
    pub jobs: u32,
    /// Documents brought to the present schema.
    pub upgraded: u32,
}

impl Worked {
    /// Nothing at all.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn steps(&self) -> u32 {
        self.delivered + self.failed + self.parked + self.carried + self.jobs
    }
}

impl AddAssign for Worked {
    fn add_assign(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.failed += other.failed;
        self.parked += other.parked;
        self.carried += other.carried;
        self.jobs += other.jobs;
        self.upgraded += other.upgraded;
    }
}

impl Runtime {
    /// Carries, delivers and runs what is due in a space until nothing is, or until it had its turn.
    pub async fn work(&self, space: SpaceId) -> Result<Worked, CallError> {
        let turn = self.turn(space);
        let held = turn.lock().await;
        let worked = self.work_alone(space).await;
        drop(held);
        drop(turn);
        self.end_turn(space);
        worked
    }

    /// [`Self::work`] over all spaces that are due, until quiet or for so many rounds: for tests and the
    /// demo's history.
    pub async fn work_all(&self, max_rounds: u32) -> Result<Worked, CallError> {
        let mut all = Worked::default();
        for _ in 0..max_rounds {
            let worked = self.round().await?;
            if worked.is_nothing() {
                break;
            }
            all += worked;
        }
        Ok(all)
    }

    /// Works until told to stop: whenever something was committed, and by the clock.
    pub async fn run_worker(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let sleep = match self.round().await {
                Ok(worked) if worked.is_nothing() => self.until_due().await,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::warn!(%error, "the worker could not work");
                    LONGEST_SLEEP
                }
            };
            tokio::select! {
                changed = stop.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
                () = self.inner.wake.notified() => {}
                () = tokio::time::sleep(sleep) => {}
            }
        }
    }

    async fn round(&self) -> Result<Worked, CallError> {
        let due = self.inner.spaces.due(self.inner.clock.now(), DUE).await?;
        let mut visited = self.inner.to_visit();
        visited.extend(due);
        let mut all = Worked::default();
        let mut working = futures::stream::iter(visited)
            .map(|space| async move { (space, self.work(space).await) })
            .buffer_unordered(AT_ONCE);
        while let Some((space, worked)) = working.next().await {
            match worked {
                Ok(worked) => all += worked,
                // One space in trouble does not stop the others.
                Err(error) => tracing::warn!(%space, %error, "no work in this space for now"),
            }
        }
        Ok(all)
    }

    async fn until_due(&self) -> Duration {
        let now = self.inner.clock.now();
        match self.inner.spaces.next_due().await {
            Ok(Some(due)) => match u64::try_from(due.saturating_sub(now)) {
                Ok(micros) if micros > 0 => Duration::from_micros(micros).min(LONGEST_SLEEP),
                // Due, and yet nothing could be done: a space is busy, or a plugin is off.
                _ => LONGEST_SLEEP,
            },
            Ok(None) | Err(_) => LONGEST_SLEEP,
        }
    }

    async fn work_alone(&self, space: SpaceId) -> Result<Worked, CallError> {
        let mut all = Worked::default();
        loop {
            let profile = self.inner.spaces.profile(space).await?;
            let worked = self.once(space, &profile).await?;
            all += worked;
            if worked.steps() == 0 {
                return Ok(all);
            }
            if all.steps() >= MAX_STEPS {
                self.inner.visit_soon(space);
                return Ok(all);
            }
        }
    }

    /// What is due now, once through.
    async fn once(&self, space: SpaceId, profile: &Arc<SpaceProfile>) -> Result<Worked, CallError> {
        let mut worked = Worked::default();
        let sites = self.sites(profile);
        for site in &sites {
            worked.upgraded += self.settle(site).await?;
        }
        let plugins: Vec<String> = sites.iter().map(|site| site.release.name().to_owned()).collect();
        let release =
            |plugin: &str| sites.iter().find(|site| site.release.name() == plugin).map(|site| site.release.clone());
        let now = self.inner.clock.now();
        let mut data = self.inner.spaces.read(space).await?;
        let carriages = data.due_carriages(now, FETCH).await?;
        let deliveries = data.due_deliveries(now, &plugins, FETCH).await?;
        let jobs = data.due_jobs(now, &plugins, FETCH).await?;
        drop(data);
        if !carriages.is_empty() {
            let (carried, stayed) = self.carry(space, &carriages).await?;
            worked.carried += carried;
            worked.failed += stayed;
        }
        for delivery in &deliveries {
            let Some(release) = release(&delivery.subscriber) else { continue };
            match self.deliver(profile, release, delivery).await? {
                Heard::Delivered => worked.delivered += 1,
                Heard::Failed => worked.failed += 1,
                Heard::Parked => worked.parked += 1,
                Heard::Later => {}
            }
        }
        for job in &jobs {
            let Some(release) = release(&job.plugin) else { continue };
            match self.step(profile, release, job).await? {
                Stepped::Done => worked.jobs += 1,
                Stepped::Failed => worked.failed += 1,
                Stepped::Parked => worked.parked += 1,
                Stepped::Later => {}
            }
        }
        Ok(worked)
    }

    /// One works in a space at a time, so that nothing is tried twice at once.
    fn turn(&self, space: SpaceId) -> Arc<tokio::sync::Mutex<()>> {
        let mut working = self.inner.working.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(working.entry(space).or_default())
    }

    fn end_turn(&self, space: SpaceId) {
        let mut working = self.inner.working.lock().unwrap_or_else(PoisonError::into_inner);
        if working.get(&space).is_some_and(|turn| Arc::strong_count(turn) == 1) {
            working.remove(&space);
        }
    }
}
