//! A file that was read, and mistakes by their place in it.

use std::fmt;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::words::say;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The file.
    pub file: Arc<Path>,
    /// The line, from 1; none when it is the file as a whole.
    pub line: Option<usize>,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub at: At,
}

/// What is wrong with a file: `tenants/gongjing/district.toml:12: …`.
#[derive(Debug, thiserror::Error)]
#[error("{at}: {message}")]
pub struct FileError {
    /// Where.
    pub at: At,
    /// One sentence.
    pub message: String,
}

impl FileError {
    /// A mistake at a place.
    pub fn new(at: &At, message: impl Into<String>) -> Self {
        Self { at: at.clone(), message: message.into() }
    }
}

/// A file and its text.
pub(super) struct Source {
    file: Arc<Path>,
    pub(super) text: String,
}

impl Source {
    /// Reads a file that must be there.
    pub(super) fn read(path: PathBuf) -> Result<Self, FileError> {
        let file: Arc<Path> = path.into();
        match std::fs::read_to_string(&file) {
            Ok(text) => Ok(Self { file, text }),
            Err(error) => {
                let message = match error.kind() {
                    std::io::ErrorKind::NotFound => say("没有这个文件", "there is no such file"),
                    std::io::ErrorKind::InvalidData => say("不是 UTF-8 文本", "it is not UTF-8 text"),
                    _ => say(format!("读不了：{error}"), format!("it cannot be read: {error}")),
                };
                Err(FileError { at: At { file, line: None }, message })
            }
        }
    }

    /// Reads a file that may be missing.
    pub(super) fn read_if_there(path: PathBuf) -> Result<Option<Self>, FileError> {
        if path.is_file() { Self::read(path).map(Some) } else { Ok(None) }
    }

    /// The place of a byte offset.
    pub(super) fn at(&self, offset: usize) -> At {
        let before = self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        self.line(before + 1)
    }

    /// The place of a line.
    pub(super) fn line(&self, line: usize) -> At {
        At { file: Arc::clone(&self.file), line: Some(line) }
    }

    /// Reads TOML, with the line of what is wrong.
    pub(super) fn toml<T: DeserializeOwned>(&self) -> Result<T, FileError> {
        toml::from_str(&self.text).map_err(|error| {
            let at = match error.span() {
                Some(span) => self.at(span.start),
                None => At { file: Arc::clone(&self.file), line: None },
            };
            FileError { at, message: error.message().trim().replace('\n', "; ") }
        })
    }
}

/// A digest over the names and texts of files, whatever folder they are in.
pub(super) fn digest(folder: &Path, sources: &[Source]) -> String {
    let mut digest = Sha256::new();
    for source in sources {
        let name = source.file.strip_prefix(folder).unwrap_or(&source.file);
        digest.update(name.to_string_lossy().as_bytes());
        digest.update([0]);
        digest.update(source.text.len().to_le_bytes());
        digest.update(source.text.as_bytes());
    }
    digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
