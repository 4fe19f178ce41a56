//! `apply`: what the tenants' files want, what the store holds, what was applied last, and the way from one to
//! the other.
//!
//! Every space is a flat map of values (`name`, `office_phone`, `issues.on`, `issues.settings.days_accept`, …)
//! in three states: wanted, actual, and as last applied (kept in the district's notes). A value that is no
//! longer as it was applied was changed in a console: that is *drift*, which is reported and left alone unless
//! forced. To let the files speak of one more thing, give it a key in [`values`] and a step in [`make`].

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;
use cunshi_model::Space;
use serde_json::Value;

use crate::tenants::{At, Tenants, Wanted};
use crate::wire::House;
use crate::words::say;

mod checks;
mod make;
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
        for wanted in &tenants.spaces {
            let wants = checks::checked(house, tenants, wanted).await?;
            let existing = tree.by_code(wanted.code.as_str()).cloned();
            let actual = values::actual(house, existing.as_ref()).await?;
            let applied = values::applied(house, &wanted.code).await?;
            if plan.compare(wanted, existing, &wants, actual, &applied, force) {
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
    fn compare(
        &mut self,
        wanted: &Wanted,
        existing: Option<Space>,
        wants: &BTreeMap<String, (Value, Option<At>)>,
        actual: Values,
        applied: &Values,
        force: bool,
    ) -> bool {
        let title = format!("{} {}", wanted.code, wanted.name);
        let fresh = existing.is_none();
        let mut set = BTreeMap::new();
        let mut noted = applied.clone();
        let mut lines = Vec::new();
        for (key, (value, at)) in wants {
            let (is, was) = (actual.get(key), applied.get(key));
            let place = at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
            if is == Some(value) {
                noted.insert(key.clone(), value.clone());
            } else if is == was || force {
                let change = match is {
                    Some(is) => format!("{title}: {key} {} → {}{place}", shown(is), shown(value)),
                    None => format!("{title}: {key} {}{place}", shown(value)),
                };
                lines.push(Line { mark: if is.is_some() { Mark::Change } else { Mark::Create }, text: change });
                set.insert(key.clone(), Some(value.clone()));
                noted.insert(key.clone(), value.clone());
            } else {
                let now = is.map_or_else(|| say("已取消", "unset"), shown);
                let value = shown(value);
                lines.push(Line {
                    mark: Mark::Drift,
                    text: say(
                        format!("{title}: {key} 现为 {now}，文件为 {value}{place}；保留，--force 才改"),
                        format!(
                            "{title}: {key} was set to {now} since; the files say {value}{place}; kept unless --force"
                        ),
                    ),
                });
            }
        }
        for (key, was) in applied.iter().filter(|(key, _)| !wants.contains_key(*key)) {
            noted.remove(key);
            if actual.get(key) == Some(was) {
                lines.push(Line {
                    mark: Mark::Change,
                    text: format!("{title}: {key} {} → {}", shown(was), say("默认", "default")),
                });
                set.insert(key.clone(), None);
            }
        }
        if fresh {
            lines = vec![Line { mark: Mark::Create, text: values::summary(wanted) }];
        }
        let same = lines.is_empty();
        self.lines.extend(lines);
        let mut after = actual;
        for (key, value) in &set {
            match value {
                Some(value) => after.insert(key.clone(), value.clone()),
                None => after.remove(key),
            };
        }
        if !set.is_empty() || noted != *applied {
            self.tasks.push(Task { wanted: wanted.clone(), existing, set, after, applied: noted });
        }
        same
    }
}

fn digest(house: &House, tenants: &Tenants) -> String {
    let releases: Vec<_> = house.runtime.releases().iter().map(|release| release.digest.clone()).collect();
    format!("{} {}", tenants.digest, releases.join(" "))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(days) => say(format!("{} 项", days.len()), format!("{} entries", days.len())),
        Value::String(text) if text.chars().count() > 40 => format!("“{}…”", text.chars().take(40).collect::<String>()),
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    }
}
