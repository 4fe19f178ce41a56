//! Compiled code on disk: written by this platform alone, and read back only when it is what was written.
//!
//! Files lie under the engine's compatibility hash and the component's digest, in a folder that only this
//! user may enter; beside each is the digest of its content.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use wasmtime::Engine;
use wasmtime::component::Component;

use crate::check::one_line;
use crate::error::{LoadError, RuntimeError};

/// The folder of compiled code of one engine.
#[derive(Clone, Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
}

impl Cache {
    pub(crate) fn open(dir: &Path, engine: &Engine) -> Result<Self, RuntimeError> {
        let mut hasher = DefaultHasher::new();
        engine.precompile_compatibility_hash().hash(&mut hasher);
        let folder = dir.join(format!("{:016x}", hasher.finish()));
        private_folder(dir)
            .and_then(|()| private_folder(&folder))
            .map_err(|source| RuntimeError::Cache { path: folder.clone(), source })?;
        Ok(Self { folder })
    }

    /// The folder, for files on their way into it.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The compiled component, when it is there and whole.
    pub(crate) fn take(&self, engine: &Engine, digest: &str) -> Option<Component> {
        let code = std::fs::read(self.code(digest)).ok()?;
        let noted = std::fs::read_to_string(self.note(digest)).ok()?;
        if noted != sha256(&code) {
            tracing::warn!(digest, "compiled code is not what was written; it is compiled anew");
            return None;
        }
        match deserialize(engine, &code) {
            Ok(component) => Some(component),
            Err(error) => {
                tracing::warn!(digest, %error, "compiled code cannot be used; it is compiled anew");
                None
            }
        }
    }

    /// Keeps compiled code that this process, or its own compiler, has just made.
    pub(crate) fn put(&self, engine: &Engine, digest: &str, code: &[u8]) -> Result<Component, LoadError> {
        // What the engine cannot hold (more memory than a call may have) is not worth keeping.
        let component = deserialize(engine, code).map_err(|error| LoadError::Unfit(one_line(&format!("{error:#}"))))?;
        write(&self.code(digest), code)?;
        write(&self.note(digest), sha256(code).as_bytes())?;
        Ok(component)
    }

    fn code(&self, digest: &str) -> PathBuf {
        self.folder.join(format!("{digest}.cwasm"))
    }

    fn note(&self, digest: &str) -> PathBuf {
        self.folder.join(format!("{digest}.sha256"))
    }
}

#[expect(
    unsafe_code,
    reason = "the bytes were compiled by this platform and come from a private folder, their digest just checked; \
              nothing from outside gets here"
)]
fn deserialize(engine: &Engine, code: &[u8]) -> wasmtime::Result<Component> {
    // SAFETY: see the reason above: `code` is what `Engine::precompile_component` gave, unchanged.
    unsafe { Component::deserialize(engine, code) }
}

/// SHA-256 as hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes beside and renames, so that a file is whole or not there.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder)?;
    std::fs::write(file.path(), bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn private_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
