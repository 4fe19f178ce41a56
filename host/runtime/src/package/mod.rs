//! Plugins as their authors make them: from a directory with `plugin.toml` to a component ([`build`]), the
//! manifest inside it ([`manifest_of`], [`append_manifest`]), the world for authors in other languages
//! ([`write_world`]), and what is to be said of a component before it is installed ([`check`]).
//!
//! Everything here runs on the author's side, blocks, and is never reached by a request.

use std::path::PathBuf;

use cunshi_contract::ManifestError;

mod build;
mod events;
mod files;
mod report;
mod rules;
mod section;
mod world;

pub use build::{Built, build, manifest_in};
pub use files::FileMistake;
pub use report::{Report, check};
pub use section::{append_manifest, manifest_of};
pub use world::{world, write_world};

/// Why there is no component.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A file or directory cannot be read or written.
    #[error("{path} cannot be {what}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// Why.
        source: std::io::Error,
    },
    /// `plugin.toml` has mistakes.
    #[error("{}", sentences(.0))]
    Manifest(Vec<ManifestError>),
    /// Files that it names have mistakes: rules, schemas of events.
    #[error("{}", of_files(.0))]
    Files(Vec<FileMistake>),
    /// A tool that is needed cannot be started or fails; its own words have gone to the terminal.
    #[error("{tool}: {problem}")]
    Tool {
        /// The command.
        tool: String,
        /// What is wrong with it.
        problem: String,
    },
    /// What the compiler made cannot become a component.
    #[error("the module cannot be made a component: {0}")]
    Encode(String),
    /// The component and its manifest do not fit the platform.
    #[error("the component does not fit the platform: {0}")]
    Component(String),
}

fn sentences(errors: &[ManifestError]) -> String {
    let lines: Vec<String> = errors
        .iter()
        .map(|error| match error.line {
            Some(line) => format!("plugin.toml:{line}: {}", error.message),
            None => format!("plugin.toml: {}", error.message),
        })
        .collect();
    lines.join("\n")
}

fn of_files(mistakes: &[FileMistake]) -> String {
    let lines: Vec<String> = mistakes
        .iter()
        .map(|mistake| match mistake.line {
            Some(line) => format!("{}:{line}: {}", mistake.file, mistake.message),
            None => format!("{}: {}", mistake.file, mistake.message),
        })
        .collect();
    lines.join("\n")
}
