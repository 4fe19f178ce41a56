//! What a failed call tells its author, and how little it tells the reader.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use cunshi_contract::Lang;
use cunshi_model::{Micros, SpaceId};
use wasmtime::WasmBacktrace;

use crate::abi::Level;
use crate::budget::{Budgets, Limit, MAX_TABLE_ELEMENTS};
use crate::state::LogLine;

/// Failures kept of one plugin.
const KEPT: usize = 50;

/// A failed call, kept for the plugin's author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureReport {
    /// When, by the platform's clock.
    pub at: Micros,
    /// The space.
    pub space: SpaceId,
    /// The call's id.
    pub call: String,
    /// What was called: `pages/board`, `actions/report`.
    pub what: String,
    /// One line: the limit that was hit, or the message.
    pub summary: String,
    /// All that is known: message, backtrace, log lines.
    pub detail: String,
}

/// The last failures of each plugin.
#[derive(Default)]
pub(crate) struct Failures(Mutex<HashMap<String, VecDeque<FailureReport>>>);

impl Failures {
    pub(crate) fn keep(&self, plugin: &str, report: FailureReport) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.entry(plugin.to_owned()).or_default();
        kept.truncate(KEPT - 1);
        kept.push_front(report);
    }

    pub(crate) fn of(&self, plugin: &str) -> Vec<FailureReport> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(plugin).map(|kept| kept.iter().cloned().collect()).unwrap_or_default()
    }
}

/// What went wrong, in one line and in full.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) summary: String,
    pub(crate) detail: String,
}

impl Told {
    /// A trap: its cause, where in the guest, and what the guest had logged.
    pub(crate) fn trap(error: &wasmtime::Error, log: &[LogLine]) -> Self {
        let cause = error.root_cause().to_string();
        // A panic says more in its own words than `unreachable` does.
        let panic = log.iter().rev().find(|line| line.level == Level::Error).map(|line| line.message.as_str());
        let summary = one_line(panic.unwrap_or(&cause));
        let mut detail = format!("trap: {cause}");
        if let Some(backtrace) = error.downcast_ref::<WasmBacktrace>() {
            let _ = write!(detail, "\n{backtrace}");
        }
        Self { summary, detail: with_log(detail, log) }
    }

    /// The guest said `failed`.
    pub(crate) fn said(text: &str, log: &[LogLine]) -> Self {
        Self { summary: one_line(text), detail: with_log(format!("the plugin answered `failed`: {text}"), log) }
    }

    /// What the guest answered cannot be used.
    pub(crate) fn answered(text: &str, log: &[LogLine]) -> Self {
        Self { summary: one_line(text), detail: with_log(format!("the plugin's answer cannot be used: {text}"), log) }
    }

    /// A limit.
    pub(crate) fn limit(limit: Limit, found: Option<&str>, budgets: &Budgets, log: &[LogLine]) -> Self {
        let most = most(limit, budgets);
        let summary = match found {
            Some(found) => format!("stopped by the limit on {limit} ({most}): {found}"),
            None => format!("stopped by the limit on {limit} ({most})"),
        };
        Self { detail: with_log(summary.clone(), log), summary }
    }
}

fn most(limit: Limit, budgets: &Budgets) -> String {
    use cunshi_contract::message::MAX_MESSAGES;
    use cunshi_contract::view::{MAX_BYTES, MAX_DEPTH, MAX_NODES};
    match limit {
        Limit::Cpu => {
            format!("{} ms to read, {} ms to write", budgets.read_cpu.as_millis(), budgets.write_cpu.as_millis())
        }
        Limit::Wall => format!("{} ms", budgets.wall.as_millis()),
        Limit::Memory => format!("{} MiB", budgets.memory >> 20),
        Limit::SharedMemory => format!("{} MiB", budgets.total_memory >> 22),
        Limit::Tables => MAX_TABLE_ELEMENTS.to_string(),
        Limit::DataOperations => budgets.data_operations.to_string(),
        Limit::Bytes => format!("{} KiB in, as much out", budgets.bytes >> 10),
        Limit::Events => budgets.events.to_string(),
        Limit::Messages => MAX_MESSAGES.to_string(),
        Limit::ViewNodes => MAX_NODES.to_string(),
        Limit::ViewDepth => MAX_DEPTH.to_string(),
        Limit::ViewBytes => format!("{} KiB", MAX_BYTES >> 10),
    }
}

fn with_log(mut detail: String, log: &[LogLine]) -> String {
    if !log.is_empty() {
        detail.push_str("\nlog of the call:");
        for line in log {
            let _ = write!(detail, "\n  {}: {}", line.level.word(), line.message);
        }
    }
    detail
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("(no message)").chars().take(300).collect()
}

/// What a reader is told of a failed plugin.
pub(crate) fn public_failure(lang: Lang, call: &str) -> String {
    match lang {
        Lang::Zh => format!("这个模块出了问题，刚才的操作没有生效。模块的作者可以凭编号 {call} 查到原因。"),
        Lang::En => {
            format!("This module failed and nothing was changed. Its author can find out why by number {call}.")
        }
    }
}

/// What a reader is told of a plugin that was stopped.
pub(crate) fn public_stopped(lang: Lang, call: &str) -> String {
    match lang {
        Lang::Zh => format!("这个模块用得太多，被平台停下了，刚才的操作没有生效。请稍后再试。编号 {call}。"),
        Lang::En => {
            format!("This module used too much and was stopped; nothing was changed. Try again later. Number {call}.")
        }
    }
}
