//! The district in files: `district.toml`, `villages.csv`, `calendar.toml`, `villages/<code>/village.toml`, and the
//! rules of the district and of villages, `rules/` and `villages/<code>/rules/`.
//!
//! [`Tenants::read`] turns a folder into what is wanted of every space, each value with the file and line that
//! it stands on, so that whatever is wrong later can be said by its place. What does not belong here: what the
//! store holds already (`plan`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cunshi_model::{Calendar, SpaceCode, SpaceKind};
use cunshi_rules::files::Laid;
use serde_json::Value;

mod calendar;
mod district;
mod rules;
mod source;
mod villages;

pub use rules::RuleFolder;
pub use source::{At, FileError, Sourced};

use source::Source;

/// A district as its files want it.
#[derive(Debug)]
pub struct Tenants {
    /// The folder.
    pub folder: PathBuf,
    /// The district, then its towns, then its villages.
    pub spaces: Vec<Wanted>,
    /// The working-day calendar; none when there is no `calendar.toml`.
    pub calendar: Option<Calendar>,
    /// Guards and locks, and their file; none when there is no `rules/guards.toml`.
    pub laid: Option<(Laid, At)>,
    /// A digest of all files that were read: the same digest wants the same.
    pub digest: String,
}

/// What the files want of one space.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its code.
    pub code: SpaceCode,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: SpaceKind,
    /// The code of the space above; none for the district.
    pub parent: Option<SpaceCode>,
    /// The office's telephone.
    pub office_phone: Option<Sourced<String>>,
    /// Modules by name.
    pub modules: BTreeMap<String, Module>,
    /// What one call may use there, where it is not as everywhere.
    pub budgets: BTreeMap<String, Sourced<u32>>,
    /// Its own rules.
    pub rules: RuleFolder,
}

/// What the files want of one module in one space.
#[derive(Clone, Debug)]
pub struct Module {
    /// Switched on.
    pub on: bool,
    /// Kept at a version.
    pub pinned: Option<String>,
    /// Settings by name, as JSON.
    pub settings: BTreeMap<String, Sourced<Value>>,
    /// Where the module is named.
    pub at: At,
}

impl Tenants {
    /// Reads a folder. The first thing that is wrong ends it, with its file and line.
    pub fn read(folder: &Path) -> Result<Self, FileError> {
        let mut sources = Vec::new();
        let district = district::read(Source::read(folder.join("district.toml"))?, &mut sources)?;
        let rows = villages::read(Source::read(folder.join("villages.csv"))?, &mut sources)?;
        let calendar = match Source::read_if_there(folder.join("calendar.toml"))? {
            Some(source) => Some(calendar::read(source, &mut sources)?),
            None => None,
        };
        let (rules, laid) = rules::of_district(folder.join("rules"), &mut sources)?;
        let own = district::read_villages(&folder.join("villages"), &rows, &mut sources)?;
        let spaces = district::spaces(&district, rules, &rows, &own);
        Ok(Self { folder: folder.to_path_buf(), spaces, calendar, laid, digest: source::digest(folder, &sources) })
    }
}

#[cfg(test)]
mod tests;
