//! Why a data folder cannot be opened, and what the engine's errors mean.

use std::error::Error;
use std::path::{Path, PathBuf};

use cunshi_model::port::DataError;

/// Why the store cannot open or go on. Each `Display` is one sentence for the operator; none prints its source.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data was written by a later version of the platform.
    #[error(
        "{} was written by a newer version of cunshi (its schema is {found}, this program knows {known}): install \
         the newer version, nothing was changed",
        path.display()
    )]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// Its schema's number.
        found: i64,
        /// The greatest that this program knows.
        known: i64,
    },
    /// The folder or file cannot be written.
    #[error("{} cannot be written: give the server's user write access to the data folder", path.display())]
    NotWritable {
        /// The folder or file.
        path: PathBuf,
        /// The engine's or system's word.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// No space is left.
    #[error("the disk that holds {} is full: free some space, nothing acknowledged was lost", path.display())]
    DiskFull {
        /// The file that could not grow.
        path: PathBuf,
        /// The engine's or system's word.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The file is not what it should be.
    #[error("{} is damaged or not a database: restore it from a backup", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// The engine's word.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// A file that once was there is gone.
    #[error("{} is missing: restore it from a backup", path.display())]
    Lost {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds the file's write lock.
    #[error("another program is writing {}: stop it, or try again when it is done", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// The engine's word.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// Anything else that the engine reports.
    #[error("the storage of {} failed", path.display())]
    Storage {
        /// The file.
        path: PathBuf,
        /// The engine's or system's word.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl From<StoreError> for DataError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Locked { .. } => Self::Busy,
            error => Self::Storage(Box::new(error)),
        }
    }
}

impl StoreError {
    /// What an I/O error on a file or folder means.
    pub(crate) fn io(path: &Path, error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path, source: error.into() },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotADirectory => {
                Self::NotWritable { path, source: error.into() }
            }
            _ => Self::Storage { path, source: error.into() },
        }
    }
}
