//! Files that `plugin.toml` names, and what is wrong with one.

use std::path::{Path, PathBuf};

use super::PackageError;

/// Greatest size of one file, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// What is wrong with a file that plugin.toml names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMistake {
    /// The file, as plugin.toml names it.
    pub file: String,
    /// Line, from 1.
    pub line: Option<usize>,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// The text of a file.
pub(super) fn file(dir: &Path, path: &str, mistakes: &mut Vec<FileMistake>) -> Result<String, PackageError> {
    let full: PathBuf = dir.join(path);
    let text = std::fs::read_to_string(&full);
    let text = text.map_err(|source| PackageError::File { path: full, what: "read", source })?;
    if text.len() > MAX_BYTES {
        let message = format!("it has {} bytes: at most {MAX_BYTES} are allowed", text.len());
        mistakes.push(mistake(path, None, message));
    }
    Ok(text)
}

pub(super) fn mistake(file: &str, line: Option<usize>, message: String) -> FileMistake {
    FileMistake { file: file.to_owned(), line, message }
}
