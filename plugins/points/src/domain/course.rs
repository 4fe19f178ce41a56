//! What the village's rule decided, and the way that an award takes from there to the ledger.

use cunshi_sdk::contract::ledger::PointKind;
use cunshi_sdk::contract::rule::Decided;
use cunshi_sdk::prelude::Value;
use serde::{Deserialize, Serialize};

use super::table::never_costs;

/// The output of `points.award`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Answer {
    /// The item that it counts as.
    pub item: String,
    /// Hundredths.
    pub points: i64,
    /// Kind of points.
    pub kind: PointKind,
    /// `household` or `person`.
    pub holder: String,
    /// `none` or `group`.
    pub review: String,
    /// Days.
    pub publicity_days: u32,
}

/// Why an award is what it is: kept beside it for whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The decision's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// What the rule said.
    #[serde(default)]
    pub because: Vec<String>,
    /// Whose rule: `village`, `district` or `plugin`.
    pub origin: String,
    /// Its version; 0 for the module's own.
    pub version: u32,
    /// The village's own rule failed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fell_back: bool,
}

/// The way to the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The item that it counts as.
    pub item: String,
    /// Hundredths; negative takes away.
    pub points: i64,
    /// Kind of points.
    pub kind: PointKind,
    /// Into the person's own account, where the household has one too.
    pub own_account: bool,
    /// By the review group first.
    pub reviewed: bool,
    /// Days of publicity.
    pub days: u32,
}

impl Course {
    /// What the rule's answer comes to. What takes points away is always reviewed and made public for `least` days,
    /// and saying what is wrong never costs anything, whatever a rule says.
    pub fn of(answer: Answer, kind_of_deed: &str, least: u32) -> Self {
        let points = if never_costs(kind_of_deed) { answer.points.max(0) } else { answer.points };
        let takes = points < 0;
        Self {
            item: answer.item,
            points,
            kind: answer.kind,
            own_account: answer.holder == "person",
            reviewed: takes || answer.review == "group",
            days: if takes { answer.publicity_days.max(least) } else { answer.publicity_days },
        }
    }
}

impl Answer {
    /// Reads the output that the host has checked.
    pub fn read(decided: &Decided) -> Result<Self, cunshi_sdk::serde_json::Error> {
        cunshi_sdk::serde_json::from_value(Value::Object(decided.output.clone()))
    }
}

impl Why {
    /// What is kept of a decision.
    pub fn of(decided: Decided) -> Self {
        let Decided { id, because, origin, version, fell_back, .. } = decided;
        Self { decision: id, because, origin, version, fell_back }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(points: i64, review: &str, publicity_days: u32) -> Answer {
        Answer {
            item: "x".into(),
            points,
            kind: PointKind::Base,
            holder: "household".into(),
            review: review.into(),
            publicity_days,
        }
    }

    #[test]
    fn what_takes_points_away_is_protected_whatever_the_rule_says() {
        let course = Course::of(answer(-500, "none", 0), "littering", 5);
        assert!(course.reviewed && course.days == 5);
        let course = Course::of(answer(-500, "group", 9), "littering", 5);
        assert_eq!(course.days, 9);
        let course = Course::of(answer(200, "none", 0), "issue.adopted", 5);
        assert!(!course.reviewed && course.days == 0);
    }

    #[test]
    fn saying_what_is_wrong_never_costs() {
        assert_eq!(Course::of(answer(-500, "none", 0), "issue.adopted", 5).points, 0);
        assert_eq!(Course::of(answer(-500, "none", 0), "littering", 5).points, -500);
    }
}
