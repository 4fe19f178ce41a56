//! Rows of the village's table, as pages and forms need them.

use cunshi_sdk::contract::ledger::PointKind;
use cunshi_sdk::prelude::{Map, Value};

use super::state::Source;

/// One item of the table of `points.award`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its key.
    pub item: String,
    /// What it is called.
    pub label: String,
    /// Hundredths; negative takes away.
    pub points: i64,
    /// Per what; by the deed when none.
    pub per: Option<String>,
    /// Kind of points.
    pub kind: PointKind,
    /// At most so many points a person within the span.
    pub cap: Option<(i64, String)>,
    /// By the review group.
    pub reviewed: bool,
    /// Days of publicity.
    pub days: i64,
    /// How it comes to be.
    pub how: Source,
}

impl Row {
    /// Reads a row; one that cannot be read is no row, for its check is the host's.
    pub fn read(row: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| {
            let found = row.get(name).and_then(Value::as_str).map(str::trim);
            found.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let whole = |name: &str| row.get(name).and_then(Value::as_i64);
        let item = text("item")?;
        let points = whole("points")?;
        Some(Self {
            label: text("label").unwrap_or_else(|| item.clone()),
            points,
            per: text("per"),
            kind: kind(text("kind").as_deref()),
            cap: whole("cap").zip(text("cap_span")),
            reviewed: text("review").as_deref() == Some("group"),
            days: whole("publicity_days").unwrap_or_default(),
            how: match text("how").as_deref() {
                Some("deed") => Source::Deed,
                Some("deduction") => Source::Deduction,
                Some("claim") => Source::Claim,
                _ if points < 0 => Source::Deduction,
                _ if DEEDS.contains(&item.as_str()) => Source::Deed,
                _ => Source::Claim,
            },
            item,
        })
    }
}

impl Row {
    /// As it is really handled: what takes points away is always reviewed and public for `least` days.
    #[must_use]
    pub fn protected(mut self, least: u32) -> Self {
        if self.points < 0 {
            self.reviewed = true;
            self.days = self.days.max(i64::from(least));
        }
        self
    }
}

/// Kinds of deeds that the platform's own modules tell of: nobody claims what comes by itself.
pub const DEEDS: [&str; 3] = ["issue.adopted", "issue.solved", VOLUNTEER];

/// Hours of a volunteer activity that a cadre confirmed.
pub const VOLUNTEER: &str = "volunteer.hours";

/// Whether deeds of a kind may never cost anything: saying what is wrong.
pub fn never_costs(kind: &str) -> bool {
    kind.starts_with("issue.")
}

fn kind(text: Option<&str>) -> PointKind {
    match text {
        Some("base") => PointKind::Base,
        Some("honour") => PointKind::Honour,
        _ => PointKind::Redeemable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cunshi_sdk::prelude::json;

    fn read(row: &Value) -> Option<Row> {
        Row::read(row.as_object()?)
    }

    #[test]
    fn a_row_says_how_it_comes_or_it_follows_from_its_points() {
        let how = |row: Value| read(&row).map(|row| row.how);
        assert_eq!(how(json!({ "item": "help", "points": 100 })), Some(Source::Claim));
        assert_eq!(how(json!({ "item": "litter", "points": -500 })), Some(Source::Deduction));
        assert_eq!(how(json!({ "item": "issue.adopted", "points": 200 })), Some(Source::Deed));
        assert_eq!(how(json!({ "item": "diary.visit", "points": 200, "how": "deed" })), Some(Source::Deed));
        assert_eq!(how(json!({ "item": "help" })), None);
    }

    #[test]
    fn a_deduction_is_handled_as_it_must_be_whatever_its_row_says() {
        let row = |points| read(&json!({ "item": "x", "points": points, "review": "none", "publicity_days": 0 }));
        let handled = |points| row(points).map(|row| row.protected(5)).map(|row| (row.reviewed, row.days));
        assert_eq!(handled(-500), Some((true, 5)));
        assert_eq!(handled(500), Some((false, 0)));
    }

    #[test]
    fn every_column_is_read() {
        let row = read(&json!({
            "item": "donation", "label": "捐款", "points": 100, "per": "百元", "kind": "honour",
            "cap": 40, "cap_span": "year", "review": "group", "publicity_days": 3,
        }));
        let row = row.unwrap_or_else(|| panic!("a row"));
        assert_eq!((row.label.as_str(), row.points, row.per.as_deref()), ("捐款", 100, Some("百元")));
        assert_eq!(
            (row.kind, row.cap, row.reviewed, row.days),
            (PointKind::Honour, Some((40, "year".into())), true, 3)
        );
    }
}
