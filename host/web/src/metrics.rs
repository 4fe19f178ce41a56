//! Counts of answers by plugin and outcome, in Prometheus' text format.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;

use axum::http::StatusCode;

/// The plugin that a response came from, carried to the layer that counts.
#[derive(Clone, Debug)]
pub(crate) struct Of(pub(crate) String);

#[derive(Clone, Copy, Default)]
struct Count {
    requests: u64,
    seconds: f64,
}

/// The counts.
pub(crate) struct Metrics {
    /// By plugin (`host` for the host's own addresses) and outcome.
    counts: Mutex<BTreeMap<(String, &'static str), Count>>,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self { counts: Mutex::new(BTreeMap::new()) }
    }

    /// Counts one answer.
    pub(crate) fn count(&self, plugin: Option<&str>, status: StatusCode, took: Duration) {
        let key = (plugin.unwrap_or("host").to_owned(), outcome(status));
        let mut counts = self.counts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let count = counts.entry(key).or_default();
        count.requests += 1;
        count.seconds += took.as_secs_f64();
    }

    /// The text that Prometheus reads.
    pub(crate) fn text(&self, cached_pages: u64, cached_bytes: u64) -> String {
        let counts = self.counts.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let head = |name: &str, kind: &str, help: &str| format!("# HELP {name} {help}\n# TYPE {name} {kind}\n");
        let mut out = head("cunshi_requests_total", "counter", "Requests answered, by plugin and outcome.");
        for ((plugin, outcome), count) in &counts {
            let _ =
                writeln!(out, "cunshi_requests_total{{plugin=\"{plugin}\",outcome=\"{outcome}\"}} {}", count.requests);
        }
        out += &head("cunshi_request_seconds_total", "counter", "Time spent answering, by plugin and outcome.");
        for ((plugin, outcome), count) in &counts {
            let seconds = count.seconds;
            let _ =
                writeln!(out, "cunshi_request_seconds_total{{plugin=\"{plugin}\",outcome=\"{outcome}\"}} {seconds:.6}");
        }
        out += &head("cunshi_cached_pages", "gauge", "Public pages in the cache.");
        let _ = writeln!(out, "cunshi_cached_pages {cached_pages}");
        out += &head("cunshi_cached_bytes", "gauge", "Bytes of public pages in the cache.");
        let _ = writeln!(out, "cunshi_cached_bytes {cached_bytes}");
        out
    }
}

fn outcome(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=399 => "ok",
        401 => "sign-in",
        403 => "denied",
        404 | 405 => "not-found",
        409 => "conflict",
        413 | 415 | 400 | 422 => "invalid",
        429 => "throttled",
        503 => "busy",
        500..=599 => "failed",
        _ => "refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_plugin_and_outcome() {
        let metrics = Metrics::new();
        metrics.count(Some("issues"), StatusCode::OK, Duration::from_millis(20));
        metrics.count(Some("issues"), StatusCode::SEE_OTHER, Duration::from_millis(30));
        metrics.count(None, StatusCode::NOT_FOUND, Duration::from_millis(1));
        let text = metrics.text(1, 2);
        assert!(text.contains("cunshi_requests_total{plugin=\"issues\",outcome=\"ok\"} 2\n"), "{text}");
        assert!(text.contains("cunshi_requests_total{plugin=\"host\",outcome=\"not-found\"} 1\n"), "{text}");
        assert!(text.contains("cunshi_request_seconds_total{plugin=\"issues\",outcome=\"ok\"} 0.050000\n"), "{text}");
        assert!(text.contains("# TYPE cunshi_cached_pages gauge\n"), "{text}");
    }
}
