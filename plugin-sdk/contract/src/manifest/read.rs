//! Reading `plugin.toml` with the line of every mistake.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{Mistake, Step};
use super::{Manifest, ManifestError};

impl Manifest {
    /// Reads the shape of a `plugin.toml`: the first key that is unknown, missing or of the wrong type is the
    /// error, with its line.
    pub fn from_toml(text: &str) -> Result<Self, ManifestError> {
        toml::from_str(text).map_err(|error| ManifestError {
            line: error.span().map(|span| line_of(text, span.start)),
            message: plain(error.message()),
        })
    }

    /// Reads a `plugin.toml` and holds it against every rule: what an author wants to see, all mistakes at
    /// once, each with its line.
    pub fn read(text: &str) -> Result<Self, Vec<ManifestError>> {
        let manifest = Self::from_toml(text).map_err(|error| vec![error])?;
        let mut mistakes = manifest.mistakes();
        mistakes.extend(prebuilt(&manifest));
        if mistakes.is_empty() {
            return Ok(manifest);
        }
        let lines = Lines::of(text);
        let mut errors: Vec<ManifestError> = mistakes
            .into_iter()
            .map(|mistake| ManifestError { line: lines.line(&mistake), message: mistake.sentence() })
            .collect();
        errors.sort_by_key(|error| error.line);
        Err(errors)
    }
}

/// The lines of a `plugin.toml` by the path of keys and positions that leads to them.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    root: Option<Spanned<DeTable<'a>>>,
}

impl<'a> Lines<'a> {
    /// Reads a text; one that is not TOML has no lines to give.
    pub fn of(text: &'a str) -> Self {
        Self { text, root: DeTable::parse(text).ok() }
    }

    /// The line of the `nth` table of an array such as `[[page]]`, from 1.
    pub fn nth(&self, array: &str, nth: usize) -> Option<usize> {
        self.walk([&Step::Key(array.to_owned()), &Step::Nth(nth)])
    }

    /// The line of a key by its path.
    pub fn key(&self, path: &[&str]) -> Option<usize> {
        let path: Vec<Step> = path.iter().map(|key| Step::Key((*key).to_owned())).collect();
        self.walk(&path)
    }

    fn line(&self, mistake: &Mistake) -> Option<usize> {
        self.walk(&mistake.at)
    }

    /// The line of the deepest thing on the path that is written down.
    fn walk<'s>(&self, path: impl IntoIterator<Item = &'s Step>) -> Option<usize> {
        let root = self.root.as_ref()?;
        let mut table = Some(root.get_ref());
        let mut value: Option<&DeValue<'a>> = None;
        let mut at = None;
        for step in path {
            match step {
                Step::Key(key) => {
                    let Some((name, next)) = table.and_then(|table| table.get_key_value(key.as_str())) else { break };
                    at = Some(name.span().start);
                    value = Some(next.get_ref());
                }
                Step::Nth(nth) => {
                    let Some(next) = value.and_then(DeValue::as_array).and_then(|array| array.get(*nth)) else { break };
                    at = Some(next.span().start);
                    value = Some(next.get_ref());
                }
            }
            table = value.and_then(DeValue::as_table);
        }
        at.map(|at| line_of(self.text, at))
    }
}

/// What only `cunshi plugin build` writes.
fn prebuilt(manifest: &Manifest) -> impl Iterator<Item = Mistake> {
    let built = manifest.rules.iter().enumerate().filter(|(_, hook)| hook.built.is_some());
    built.map(|(nth, _)| {
        let at = vec![Step::Key("rule".to_owned()), Step::Nth(nth), Step::Key("built".to_owned())];
        Mistake::new(
            at,
            "`cunshi plugin build` puts this here from the files that the decision point names: leave it out",
        )
    })
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The library's words in ours.
fn plain(message: &str) -> String {
    let message = message.trim_end();
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("the key {key} is missing here");
    }
    message.replace("unknown field", "unknown key").replace("unknown variant", "unknown word")
}
