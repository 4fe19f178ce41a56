//! Releases of plugins: who they are in the database, their bytes in `plugins/<digest>.wasm`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use cunshi_model::Micros;
use cunshi_model::port::{DataError, Result};
use sha2::{Digest as _, Sha256};

use super::District;
use crate::StoreError;
use crate::db::args;

statements! {
    ALL_RELEASES = "SELECT name, version, digest, installed, active FROM release
        ORDER BY name, installed DESC, version DESC";
    RETIRE = "UPDATE release SET active = 0 WHERE name = $1 AND active = 1";
    PUT = "INSERT INTO release (name, version, digest, installed, active) VALUES ($1, $2, $3, $4, 1)
        ON CONFLICT (name, version) DO UPDATE SET digest = excluded.digest, installed = excluded.installed, active = 1";
}

/// An installed release of a plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseRecord {
    /// The plugin.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the component, hex.
    pub digest: String,
    /// When it was installed.
    pub installed: Micros,
    /// The release that spaces run unless they are pinned to another.
    pub active: bool,
}

impl District {
    /// The releases, by name and then newest first.
    pub async fn releases(&self) -> Result<Vec<ReleaseRecord>> {
        let rows = self.reader().await?.rows(ALL_RELEASES, &[]).await?;
        let record = |row: &crate::db::Row| {
            Ok(ReleaseRecord {
                name: row.text(0)?,
                version: row.text(1)?,
                digest: row.text(2)?,
                installed: row.integer(3)?,
                active: row.truth(4)?,
            })
        };
        Ok(rows.iter().map(record).collect::<Result<_, StoreError>>()?)
    }

    /// Keeps a release, its bytes first; it becomes the active one of its name. The digest is checked:
    /// [`DataError::Invalid`] when it is not that of the bytes.
    pub async fn put_release(
        &self,
        name: &str,
        version: &str,
        digest: &str,
        component: &[u8],
        now: Micros,
    ) -> Result<()> {
        let path = self.release_path(digest)?;
        if hex(component) != digest {
            return Err(DataError::Invalid(format!("the bytes of {name} {version} do not have the digest {digest}")));
        }
        let component = component.to_vec();
        blocking(move || keep(&path, &component)).await?;
        let mut tx = self.write().await?;
        tx.execute(RETIRE, args![name]).await?;
        tx.execute(PUT, args![name, version, digest, now]).await?;
        Ok(tx.commit().await?)
    }

    /// The component of a digest; [`DataError::Missing`] when it is not kept here, an error when its bytes
    /// are no longer those that were put.
    pub async fn release_bytes(&self, digest: &str) -> Result<Vec<u8>> {
        let path = self.release_path(digest)?;
        let digest = digest.to_owned();
        blocking(move || {
            let bytes = match std::fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(StoreError::io(&path, error)),
            };
            if hex(&bytes) == digest {
                Ok(Some(bytes))
            } else {
                Err(StoreError::Corrupt { path, source: "the bytes have another digest".into() })
            }
        })
        .await?
        .ok_or(DataError::Missing)
    }

    /// Only digests become file names.
    fn release_path(&self, digest: &str) -> Result<PathBuf> {
        let is_digest = digest.len() == 64 && digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !is_digest {
            return Err(DataError::Invalid(format!("`{digest}` is not a SHA-256 digest in lower-case hex")));
        }
        Ok(self.0.plugins.join(format!("{digest}.wasm")))
    }
}

fn hex(bytes: &[u8]) -> String {
    crate::space::digest::hex(&Sha256::digest(bytes))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, StoreError> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => Ok(result?),
        Err(error) => Err(DataError::Storage(Box::new(error))),
    }
}

/// Under a temporary name first, so that a crash leaves either the whole file or none under the right one.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |error| StoreError::io(path, error);
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let unfinished = path.with_extension(format!("{:016x}.unfinished", rand::random::<u64>()));
    let written = std::fs::File::create(&unfinished).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| std::fs::rename(&unfinished, path)) {
        // The first error is the one to tell; what remains is swept away if it can be.
        let _ = std::fs::remove_file(&unfinished);
        return Err(failed(error));
    }
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}
