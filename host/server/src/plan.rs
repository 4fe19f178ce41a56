//! `apply`: what the tenants' files want, what the store holds, what was applied last, and the way from one to
//! the other.
//!
//! Every space is a flat map of values (`name`, `office_phone`, `issues.on`, `issues.settings.mask`, …)
//! in three states: wanted, actual, and as last applied (kept in the district's notes). A value that is no
//! longer as it was applied was changed in a console: that is *drift*, which is reported and left alone unless
//! forced. To let the files speak of one more thing, give it a key in [`values`] and a step in [`make`]. A rule is
//! a value like any other, by the digest of its text: see [`rules`].

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;
use cunshi_model::Space;
use cunshi_rules::Rules;
use serde_json::Value;

use crate::tenants::{At, Tenants, Wanted};
use crate::wire::House;
use crate::words::say;

mod checks;
mod make;
mod rules;
mod says;
mod values;

#[cfg(test)]
mod tests;

use values::Values;

/// What a line of the plan is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `+` comes to be.
    Create,
    /// `~` becomes another.
    Change,
    /// `=` is as it should be.
    Same,
    /// `!` was changed in a console and stays as it is there.
    Drift,
    /// `?` is in the store and not in the files.
    Unknown,
}

/// A line of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its kind.
    pub mark: Mark,
    /// What a person reads.
    pub text: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.mark {
            Mark::Create => '+',
            Mark::Change => '~',
            Mark::Same => '=',
            Mark::Drift => '!',
            Mark::Unknown => '?',
        };
        write!(f, "{mark} {}", self.text)
    }
}

/// What would be done, line by line.
pub struct Plan {
    /// For people.
    pub lines: Vec<Line>,
    tasks: Vec<Task>,
    /// What [`Plan::make`] notes when all is done.
    digest: String,
}

/// What is to be done to one space.
struct Task {
    wanted: Wanted,
    existing: Option<Space>,
    /// The values that are set (or, when none, taken back).
    set: BTreeMap<String, Option<Value>>,
    /// All values as they will be.
    after: Values,
    /// What is noted as applied.
    applied: Values,
    /// The rules that the files want, by key.
    rules: BTreeMap<String, rules::Want>,
}

/// A space as it is wanted, as it is, and as it was applied.
struct Seen<'a> {
    wanted: &'a Wanted,
    existing: Option<Space>,
    wants: BTreeMap<String, (Value, Option<At>)>,
    rules: BTreeMap<String, rules::Want>,
    /// By key: the version of a rule that decides now, and the one that the files' rule would be.
    versions: BTreeMap<String, rules::Versions>,
    actual: Values,
    applied: Values,
}

/// The note that says that files and modules of this digest were applied.
const NOTE: &str = "applied.digest";

impl Plan {
    /// Whether these very files were applied under these very modules: then nobody needs to open a space.
    pub async fn is_made(house: &House, tenants: &Tenants) -> Result<bool> {
        let noted = house.store.district().note(NOTE).await?;
        Ok(noted.is_some_and(|noted| noted == digest(house, tenants)))
    }

    /// Compares files and store.
    pub async fn draw(house: &House, tenants: &Tenants, force: bool) -> Result<Self> {
        let tree = house.store.district().tree();
        let mut plan = Self { lines: Vec::new(), tasks: Vec::new(), digest: digest(house, tenants) };
        let mut same = 0;
        let engine = Rules::new();
        if let Some((laid, at)) = &tenants.laid {
            rules::check_laid(house, laid, at)?;
        }
        for wanted in &tenants.spaces {
            let mut wants = checks::checked(house, tenants, wanted).await?;
            let rules = rules::wanted(house, &engine, tenants, wanted)?;
            wants.extend(rules.iter().map(|(key, want)| (key.clone(), want.value())));
            let existing = tree.by_code(wanted.code.as_str()).cloned();
            let actual = values::actual(house, existing.as_ref()).await?;
            let applied = values::applied(house, &wanted.code).await?;
            let versions = rules::versions(house, existing.as_ref(), &rules).await?;
            if plan.compare(Seen { wanted, existing, wants, rules, versions, actual, applied }, force) {
                same += 1;
            }
        }
        for space in tree.all() {
            if !tenants.spaces.iter().any(|wanted| wanted.code == space.code) {
                let left = say("文件里没有，原样保留", "is not in the files and is left as it is");
                plan.lines.push(Line { mark: Mark::Unknown, text: format!("{} {} {left}", space.code, space.name) });
            }
        }
        if same > 0 {
            let text = say(format!("{same} 个空间无需变动"), format!("{same} spaces are as they should be"));
            plan.lines.push(Line { mark: Mark::Same, text });
        }
        Ok(plan)
    }

    /// Whether there is nothing to do.
    pub fn is_nothing(&self) -> bool {
        self.tasks.iter().all(|task| task.set.is_empty())
    }

    /// Makes it so, one space after the other, the spaces above first.
    pub async fn make(&self, house: &House) -> Result<()> {
        for task in &self.tasks {
            make::task(house, task).await?;
        }
        house.runtime.set_calendar(house.store.district().calendar().await?);
        house.store.district().set_note(NOTE, &self.digest).await?;
        Ok(())
    }

    /// Adds a space to the plan; true when all of it is as it should be.
    fn compare(&mut self, seen: Seen<'_>, force: bool) -> bool {
        let Seen { wanted, existing, wants, rules, versions, actual, applied } = seen;
        let title = format!("{} {}", wanted.code, wanted.name);
        let mut set = BTreeMap::new();
        let mut noted = applied.clone();
        let mut lines = Vec::new();
        for (key, (value, at)) in &wants {
            let (is, was) = (actual.get(key), applied.get(key));
            let says = says::Says { title: &title, key, at: at.as_ref(), versions: versions.get(key) };
            if is == Some(value) {
                noted.insert(key.clone(), value.clone());
            } else if is == was || force {
                lines.push((key, says.change(is, value)));
                set.insert(key.clone(), Some(value.clone()));
                noted.insert(key.clone(), value.clone());
            } else {
                lines.push((key, says.drift(is, value)));
            }
        }
        for (key, was) in applied.iter().filter(|(key, _)| !wants.contains_key(*key)) {
            noted.remove(key);
            if actual.get(key) == Some(was) {
                let says = says::Says { title: &title, key, at: None, versions: None };
                lines.push((key, says.default(was)));
                set.insert(key.clone(), None);
            }
        }
        if existing.is_none() {
            // All that it starts with is in one line; its rules are told of one by one.
            self.lines.push(Line { mark: Mark::Create, text: values::summary(wanted) });
            lines.retain(|(key, _)| rules::hook_of(key).is_some());
        }
        let same = existing.is_some() && lines.is_empty();
        self.lines.extend(lines.into_iter().map(|(_, line)| line));
        let mut after = actual;
        for (key, value) in &set {
            match value {
                Some(value) => after.insert(key.clone(), value.clone()),
                None => after.remove(key),
            };
        }
        if !set.is_empty() || noted != applied {
            self.tasks.push(Task { wanted: wanted.clone(), existing, set, after, applied: noted, rules });
        }
        same
    }
}

fn digest(house: &House, tenants: &Tenants) -> String {
    let releases: Vec<_> = house.runtime.releases().iter().map(|release| release.digest.clone()).collect();
    format!("{} {}", tenants.digest, releases.join(" "))
}
