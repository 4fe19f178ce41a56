//! The figures that the platform promises, each measured against its counterpart in the same run.
//!
//! One file per figure. To add one, write its file with a `measure` that gives [`Figure`]s, and add it to
//! [`all`]. Two things are compared by turns, round after round, so that a machine that is busy for a while is
//! busy for both; what is reported is the median.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

mod action;
mod award;
mod board;
mod call;
mod decision;
mod load;
mod native;
mod ranking;
mod start;
mod written;

/// What a run of the bench is asked for.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Only figures whose name holds this.
    pub only: Option<String>,
    /// A data folder with the demo; made afresh when none is given.
    pub data: Option<PathBuf>,
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What was measured.
    pub what: &'static str,
    /// How the platform did.
    pub ours: String,
    /// How its counterpart did; empty when the promise is absolute.
    pub counterpart: String,
    /// The measured number that the promise is about.
    pub measured: f64,
    /// The promise.
    pub promise: Promise,
}

/// What a figure must hold.
#[derive(Clone, Copy, Debug)]
pub enum Promise {
    /// At most this, in a unit.
    AtMost(f64, &'static str),
    /// A ratio of at least this.
    AtLeast(f64),
    /// At most so many times what the counterpart takes.
    AtMostTimes(f64),
    /// Nothing: shown beside one that is promised.
    None,
}

impl Figure {
    /// Whether the promise is kept.
    pub fn is_kept(&self) -> bool {
        match self.promise {
            Promise::AtMost(most, _) | Promise::AtMostTimes(most) => self.measured <= most,
            Promise::AtLeast(least) => self.measured >= least,
            Promise::None => true,
        }
    }

    fn row(&self) -> String {
        let (measured, promise) = match self.promise {
            Promise::AtMost(most, unit) => (String::new(), format!("at most {most} {unit}")),
            Promise::AtLeast(least) => (format!("{:.2}", self.measured), format!("at least {least}")),
            Promise::AtMostTimes(most) => (format!("{:.2}", self.measured), format!("at most {most} times")),
            Promise::None => (format!("{:.2}", self.measured), String::new()),
        };
        let kept = match self.promise {
            Promise::None => "",
            _ if self.is_kept() => "yes",
            _ => "**no**",
        };
        format!("| {} | {} | {} | {measured} | {promise} | {kept} |", self.what, self.ours, self.counterpart)
    }
}

/// Measures everything that is asked for.
pub async fn all(order: &Order) -> Vec<Figure> {
    let wanted = |name: &str| order.only.as_deref().is_none_or(|only| name.contains(only));
    let mut figures = Vec::new();
    if wanted("call") {
        figures.extend(call::measure().await);
    }
    if wanted("board") {
        figures.extend(board::measure().await);
    }
    if wanted("action") {
        figures.push(action::measure().await);
    }
    if wanted("decision") {
        figures.push(decision::measure());
    }
    if wanted("award") {
        figures.push(award::measure().await);
    }
    if wanted("ranking") {
        figures.push(ranking::measure().await);
    }
    if wanted("start") {
        figures.extend(start::measure(order.data.as_deref()).await);
    }
    figures
}

/// The figures as a Markdown table.
pub fn table(figures: &[Figure]) -> String {
    let mut table =
        String::from("| what | cunshi | counterpart | ratio | promised | kept |\n|---|---|---|---|---|---|\n");
    for figure in figures {
        let _ = writeln!(table, "{}", figure.row());
    }
    table
}

/// The middle one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A span in the unit in which people read it.
fn span(seconds: f64) -> String {
    if seconds < 1e-3 {
        format!("{:.1} µs", seconds * 1e6)
    } else if seconds < 1.0 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

/// Seconds per turn.
fn each(whole: Duration, turns: u32) -> f64 {
    whole.as_secs_f64() / f64::from(turns)
}
