//! One call in the making: from its parts to an answer, or to an error that tells the author everything
//! and the reader little.

use std::sync::Arc;

use cunshi_contract::view::To;
use cunshi_contract::{Lang, View};
use cunshi_model::{Actor, EventId, Micros, Viewer};
use serde::Serialize;
use tracing::Instrument;
use wasmtime::component::{ComponentNamedList, Lift, Lower};

use super::context::Context;
use super::{Caller, Site};
use crate::abi::{Export, GuestFailure, Level};
use crate::admission::Admission;
use crate::budget::{Budgets, Limit};
use crate::error::{CallError, Failure, FieldError, RuleFailed, Stopped};
use crate::instance::{Ending, invoke};
use crate::meter::Meter;
use crate::report::{FailureReport, Told, public_failure, public_stopped};
use crate::rules::FailedRule;
use crate::runtime::{CallId, Inner, Runtime};
use crate::state::{Access, CallState, LogLine, Used};
use crate::view::{self, Known, ViewError};

/// One call in the making.
pub(crate) struct Visit<'a> {
    pub(crate) inner: &'a Arc<Inner>,
    pub(crate) site: &'a Site,
    pub(crate) export: Export,
    /// The page, action, event … within the export.
    pub(crate) name: &'a str,
    /// None for the platform's own calls.
    pub(crate) caller: Option<&'a Caller>,
    /// The caller's, with whom it is done for.
    pub(crate) actor: Option<Actor>,
    pub(crate) now: Micros,
    pub(crate) cause: Option<EventId>,
    pub(crate) id: CallId,
}

impl<'a> Visit<'a> {
    /// A call that somebody makes.
    pub(crate) fn of(inner: &'a Arc<Inner>, site: &'a Site, export: Export, name: &'a str, caller: &'a Caller) -> Self {
        let (now, id) = (inner.clock.now(), inner.call_id());
        Self { inner, site, export, name, caller: Some(caller), actor: caller.actor, now, cause: None, id }
    }

    /// A call that the platform makes.
    pub(crate) fn own(inner: &'a Arc<Inner>, site: &'a Site, export: Export, name: &'a str) -> Self {
        let (now, id) = (inner.clock.now(), inner.call_id());
        Self { inner, site, export, name, caller: None, actor: None, now, cause: None, id }
    }

    /// What the guest is told.
    pub(crate) fn context(&self, params: &impl Serialize) -> Result<String, CallError> {
        let uses = &self.site.release.manifest.uses;
        let context = Context::new(self.caller, self.actor, uses, &self.site.profile, self.now, params);
        let json = serde_json::to_string(&context).map_err(|error| CallError::TooLarge(error.to_string()))?;
        let most = self.budgets().bytes;
        if json.len() > most {
            return Err(CallError::TooLarge(match self.lang() {
                Lang::Zh => format!("内容太多：最多 {} KB", most >> 10),
                Lang::En => format!("this is too much: at most {} KiB", most >> 10),
            }));
        }
        Ok(json)
    }

    /// Calls the export with its name and context.
    pub(crate) async fn run<R>(
        &self,
        access: Access,
        admission: Admission,
        context: String,
    ) -> (CallState, Result<R, CallError>)
    where
        R: Send + 'static,
        (Result<R, GuestFailure>,): ComponentNamedList + Lift + Send,
    {
        self.run_with(access, admission, (self.name.to_owned(), context)).await
    }

    /// Calls the export with any parameters.
    pub(crate) async fn run_with<P, R>(
        &self,
        access: Access,
        admission: Admission,
        params: P,
    ) -> (CallState, Result<R, CallError>)
    where
        P: ComponentNamedList + Lower + Send + Sync + 'static,
        R: Send + 'static,
        (Result<R, GuestFailure>,): ComponentNamedList + Lift + Send,
    {
        // A debug span: nobody pays for it on the way of every call.
        let span = tracing::debug_span!(
            "call",
            space = %self.site.profile.space.code,
            plugin = self.site.release.name(),
            what = self.export.function(),
            name = self.name,
            call = %self.id,
            actor = self.actor.map(|actor| tracing::field::display(actor.person)),
        );
        let state = self.state(access, admission);
        let (state, result) = invoke(state, self.export, params).instrument(span).await;
        if state.saw_outdated {
            self.inner.visit_soon(self.site.profile.space.id);
        }
        self.write_log(&state.log);
        let result = result.map_err(|ending| match (ending, state.failed_rules.last()) {
            (Ending::Rule, Some(failed)) => self.rule_failed(failed),
            (ending, _) => self.error(ending, &state.log),
        });
        (state, result)
    }

    /// Reads a view that the guest answered.
    pub(crate) fn view(&self, json: &str, log: &[LogLine]) -> Result<View, CallError> {
        self.known(|known| view::read(json, known)).map_err(|error| match error {
            ViewError::Over(limit, found) => self.stopped(limit, Some(&found), log),
            ViewError::Wrong(text) => self.failed(Told::answered(&text, log)),
        })
    }

    /// Checks a link that the guest answered.
    pub(crate) fn link(&self, to: &To, log: &[LogLine]) -> Result<(), CallError> {
        self.known(|known| view::check_link(to, known)).map_err(|text| self.failed(Told::answered(&text, log)))
    }

    /// Reads other JSON that the guest answered.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(
        &self,
        json: &str,
        what: &str,
        log: &[LogLine],
    ) -> Result<T, CallError> {
        if json.len() > self.budgets().bytes {
            return Err(self.stopped(Limit::Bytes, Some(&format!("the answer has {} bytes", json.len())), log));
        }
        serde_json::from_str(json)
            .map_err(|error| self.failed(Told::answered(&format!("it is not {what}: {error}"), log)))
    }

    /// The plugin failed: kept for its author, told to the reader without the reasons.
    pub(crate) fn failed(&self, told: Told) -> CallError {
        let call = self.id.to_string();
        let public = public_failure(self.lang(), &call);
        self.report(&told);
        CallError::Failed(Failure { public, detail: told.detail, call })
    }

    fn stopped(&self, limit: Limit, found: Option<&str>, log: &[LogLine]) -> CallError {
        let told = Told::limit(limit, found, &self.budgets(), log);
        let call = self.id.to_string();
        let public = public_stopped(self.lang(), &call);
        self.report(&told);
        CallError::Stopped(Stopped { limit, detail: told.detail, public, call })
    }

    /// A rule of the village failed: not the plugin's fault, and mended by whoever publishes rules.
    fn rule_failed(&self, failed: &FailedRule) -> CallError {
        let call = self.id.to_string();
        let detail = failed.in_both();
        let (space, plugin) = (self.site.profile.space.id, self.site.release.name());
        tracing::warn!(%space, plugin, hook = failed.hook, %call, rule = detail, "a rule failed, and what asked it waits");
        let public = failed.public(self.lang());
        let (hook, failure) = (failed.hook.clone(), failed.failure.clone());
        CallError::RuleFailed(Box::new(RuleFailed { hook, failure, detail, public, call }))
    }

    fn error(&self, ending: Ending, log: &[LogLine]) -> CallError {
        match ending {
            // Nobody asked who could be told: for the platform's own calls every no is a failure.
            Ending::Guest(failure) if self.caller.is_none() => self.failed(Told::said(&failure.in_words(), log)),
            Ending::Guest(GuestFailure::Invalid(fields)) => CallError::Invalid(
                fields.into_iter().map(|field| FieldError::new(field.field, field.message)).collect(),
            ),
            Ending::Guest(GuestFailure::Denied(text)) => CallError::Denied(text),
            Ending::Guest(GuestFailure::Missing) => CallError::NotFound,
            Ending::Guest(GuestFailure::Conflict(text)) => CallError::Conflict(text),
            Ending::Guest(GuestFailure::Failed(text)) => self.failed(Told::said(&text, log)),
            Ending::Stopped(limit) => self.stopped(limit, None, log),
            Ending::Trap(error) => self.failed(Told::trap(&error, log)),
            Ending::Data(error) => CallError::from(error),
            Ending::Rule => self.failed(Told::said("a rule failed", log)),
            Ending::Busy => CallError::Busy { retry_after_s: 1 },
        }
    }

    fn state(&self, access: Access, admission: Admission) -> CallState {
        let budgets = self.budgets();
        let cpu = match access {
            Access::Write(_) => budgets.write_cpu,
            Access::Read(_) | Access::Pure => budgets.read_cpu,
        };
        CallState {
            inner: Arc::clone(self.inner),
            release: Arc::clone(&self.site.release),
            profile: Arc::clone(&self.site.profile),
            budgets,
            access,
            viewer: self.caller.map_or(Viewer::System, Caller::viewer),
            actor: self.actor,
            now: self.now,
            cause: self.cause,
            admission,
            meter: Arc::new(Meter::new(cpu)),
            used: Used::default(),
            log: Vec::new(),
            wrote: false,
            saw_outdated: false,
            over: None,
            stopped: None,
            broken: None,
            failed_rules: Vec::new(),
            ended_by_rule: false,
        }
    }

    fn budgets(&self) -> Arc<Budgets> {
        self.inner.budgets_of(&self.site.profile)
    }

    fn known<T>(&self, check: impl FnOnce(&Known<'_>) -> T) -> T {
        let other = |plugin: &str, to: &To| {
            let release = self.inner.catalogue.running(&self.site.profile, plugin)?;
            Some(Runtime::route_of(&release.manifest, to).is_some())
        };
        check(&Known { manifest: &self.site.release.manifest, other: &other })
    }

    fn lang(&self) -> Lang {
        self.caller.map_or(Lang::default(), |caller| caller.lang)
    }

    fn report(&self, told: &Told) {
        let space = self.site.profile.space.id;
        let what = format!("{}/{}", self.export.function(), self.name);
        tracing::warn!(
            %space,
            plugin = self.site.release.name(),
            version = self.site.release.manifest.version,
            what,
            call = %self.id,
            actor = self.actor.map(|actor| tracing::field::display(actor.person)),
            guest = told.detail,
            "a plugin failed"
        );
        let (summary, detail) = (told.summary.clone(), told.detail.clone());
        let report = FailureReport { at: self.now, space, call: self.id.to_string(), what, summary, detail };
        self.inner.failures.keep(self.site.release.name(), report);
    }

    fn write_log(&self, log: &[LogLine]) {
        for line in log {
            let (plugin, call, guest) = (self.site.release.name(), self.id, &line.message);
            match line.level {
                Level::Debug => tracing::debug!(plugin, %call, guest, "guest"),
                Level::Info => tracing::info!(plugin, %call, guest, "guest"),
                Level::Warn | Level::Error => tracing::warn!(plugin, %call, guest, "guest"),
            }
        }
    }
}
