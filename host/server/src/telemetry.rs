//! Logs: lines for people, or JSON in which whatever a guest wrote is one escaped field.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Starts logging to standard error. `RUST_LOG` chooses what: `info` when it is not set, or for instance
/// `warn,cunshi_runtime=debug`.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_span_events(FmtSpan::NONE)
        .with_ansi(std::io::stderr().is_terminal());
    // A second start in one process (tests) leaves the first as it is.
    let _ = if json { lines.json().with_current_span(true).try_init() } else { lines.compact().try_init() };
}
