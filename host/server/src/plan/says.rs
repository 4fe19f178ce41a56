//! The lines of a plan about one value of a space.

use serde_json::Value;

use super::rules::{self, Versions};
use super::{Line, Mark};
use crate::tenants::At;
use crate::words::say;

/// Whose value it is, and where the files say what it should be.
pub(super) struct Says<'a> {
    /// Code and name of the space.
    pub(super) title: &'a str,
    /// The value's key.
    pub(super) key: &'a str,
    /// The place in the files.
    pub(super) at: Option<&'a At>,
    /// Of a rule.
    pub(super) versions: Option<&'a Versions>,
}

impl Says<'_> {
    /// It comes to be, or becomes another.
    pub(super) fn change(&self, is: Option<&Value>, value: &Value) -> Line {
        let (title, key, place) = (self.title, self.key, self.place());
        let mark = if is.is_some() { Mark::Change } else { Mark::Create };
        let text = if let Some(hook) = rules::hook_of(key) {
            let next = self.versions.map_or(1, |versions| versions.next);
            say(
                format!("{title}: 将发布规则 {hook}（第 {next} 版）{place}"),
                format!("{title}: would publish rule {hook} (version {next}){place}"),
            )
        } else if let Some(is) = is {
            format!("{title}: {key} {} → {}{place}", shown(is), shown(value))
        } else {
            format!("{title}: {key} {}{place}", shown(value))
        };
        Line { mark, text }
    }

    /// It was changed in a console since.
    pub(super) fn drift(&self, is: Option<&Value>, value: &Value) -> Line {
        let (title, key, place) = (self.title, self.key, self.place());
        let text = if let Some(hook) = rules::hook_of(key) {
            match self.versions.and_then(|versions| versions.active) {
                Some(active) => say(
                    format!(
                        "{title}: 规则 {hook} 后来在后台发布了第 {active} 版，与文件不同{place}；保留，--force 才改"
                    ),
                    format!(
                        "{title}: rule {hook} was published in the console since (version {active}); \
                         the files say otherwise{place}; kept unless --force"
                    ),
                ),
                None => say(
                    format!("{title}: 规则 {hook} 后来在后台停用，文件里有{place}；保留，--force 才改"),
                    format!(
                        "{title}: rule {hook} was taken out of force in the console since; \
                         the files have one{place}; kept unless --force"
                    ),
                ),
            }
        } else {
            let now = is.map_or_else(|| say("已取消", "unset"), shown);
            let value = shown(value);
            say(
                format!("{title}: {key} 现为 {now}，文件为 {value}{place}；保留，--force 才改"),
                format!("{title}: {key} was set to {now} since; the files say {value}{place}; kept unless --force"),
            )
        };
        Line { mark: Mark::Drift, text }
    }

    /// The files no longer speak of it.
    pub(super) fn default(&self, was: &Value) -> Line {
        let (title, key) = (self.title, self.key);
        let text = match rules::hook_of(key) {
            Some(hook) => say(
                format!("{title}: 文件里不再有规则 {hook}，将停用"),
                format!("{title}: would take rule {hook} out of force: the files have it no more"),
            ),
            None => format!("{title}: {key} {} → {}", shown(was), say("默认", "default")),
        };
        Line { mark: Mark::Change, text }
    }

    fn place(&self) -> String {
        self.at.map(|at| format!(" ({at})")).unwrap_or_default()
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(list) => say(format!("{} 项", list.len()), format!("{} entries", list.len())),
        Value::String(text) if text.chars().count() > 40 => format!("“{}…”", text.chars().take(40).collect::<String>()),
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    }
}
