//! Finding and reading `plugin.toml` and `texts.toml`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use cunshi_contract::Manifest;
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::texts::Texts;

/// The two files of a plugin.
pub(crate) struct Source {
    /// Where they are.
    pub(crate) dir: PathBuf,
    /// The source file in which `plugin!` stands.
    pub(crate) file: Option<PathBuf>,
    /// `plugin.toml` as text, for the lines of its tables.
    pub(crate) toml: String,
    /// `plugin.toml` as read.
    pub(crate) manifest: Manifest,
    /// What is wrong though it could be read: the code is generated all the same, so that one mistake does not
    /// look like twenty.
    pub(crate) mistakes: Mistakes,
    /// Whether there is a `texts.toml`.
    pub(crate) has_texts: bool,
}

/// Sentences for the author, such as `plugin.toml:42: …`.
#[derive(Debug, Default)]
pub(crate) struct Mistakes {
    pub(crate) sentences: Vec<String>,
    files: Vec<PathBuf>,
}

impl Mistakes {
    fn one(sentence: String, file: PathBuf) -> Self {
        Self { sentences: vec![sentence], files: vec![file] }
    }

    /// Compile errors, and the files to watch for their mending.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let sentences = &self.sentences;
        let files = self.files.iter().filter(|file| file.exists()).map(|file| file.to_string_lossy().into_owned());
        quote! {
            #(::core::compile_error!(#sentences);)*
            #(const _: &str = ::core::include_str!(#files);)*
        }
    }
}

impl Source {
    /// Reads the files for `plugin!(…)`.
    pub(crate) fn of_plugin(input: TokenStream) -> Result<Self, Mistakes> {
        let dir = directory(input)?;
        if let Some(key) = crate_key() {
            DIRS.lock().unwrap_or_else(PoisonError::into_inner).insert(key, dir.clone());
        }
        Self::read(dir, calling_file())
    }

    fn read(dir: PathBuf, file: Option<PathBuf>) -> Result<Self, Mistakes> {
        let path = dir.join("plugin.toml");
        let toml = std::fs::read_to_string(&path).map_err(|error| {
            Mistakes::one(format!("plugin.toml cannot be read beside Cargo.toml: {error}"), path.clone())
        })?;
        let mut mistakes = Mistakes { sentences: Vec::new(), files: vec![path.clone()] };
        let manifest = match Manifest::read(&toml) {
            Ok(manifest) => manifest,
            Err(errors) => {
                mistakes
                    .sentences
                    .extend(errors.into_iter().map(|error| located("plugin.toml", error.line, &error.message)));
                match Manifest::from_toml(&toml) {
                    Ok(manifest) => manifest,
                    Err(_) => return Err(mistakes),
                }
            }
        };
        let has_texts = dir.join("texts.toml").exists();
        if let Err(wrong) = Texts::of_dir(&dir) {
            mistakes.sentences.extend(wrong);
        }
        Ok(Self { dir, file, toml, manifest, mistakes, has_texts })
    }
}

/// A sentence with its place, as compilers write it.
pub(crate) fn located(file: &str, line: Option<usize>, message: &str) -> String {
    match line {
        Some(line) => format!("{file}:{line}: {message}"),
        None => format!("{file}: {message}"),
    }
}

/// Directories that `plugin!` was pointed to, by crate: one process may expand several (rust-analyzer's does).
static DIRS: LazyLock<Mutex<HashMap<(String, String), PathBuf>>> = LazyLock::new(Mutex::default);

fn crate_key() -> Option<(String, String)> {
    Some((std::env::var("CARGO_MANIFEST_DIR").ok()?, std::env::var("CARGO_CRATE_NAME").ok()?))
}

/// The plugin's directory for macros that come after `plugin!`.
pub(crate) fn known_directory() -> Option<PathBuf> {
    let key = crate_key()?;
    let known = DIRS.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    Some(known.unwrap_or_else(|| PathBuf::from(key.0)))
}

fn directory(input: TokenStream) -> Result<PathBuf, Mistakes> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    if input.is_empty() {
        return Ok(root);
    }
    let named: syn::LitStr = syn::parse2(input)
        .map_err(|error| Mistakes::one(format!("plugin! takes nothing, or a directory in quotes: {error}"), root))?;
    let file = calling_file().unwrap_or_default();
    Ok(file.parent().unwrap_or(Path::new("")).join(named.value()))
}

fn calling_file() -> Option<PathBuf> {
    std::path::absolute(Span::call_site().unwrap().local_file()?).ok()
}
