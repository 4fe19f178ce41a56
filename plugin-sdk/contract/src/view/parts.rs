//! What nodes are made of: links, badges, cells, rows, steps.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::call::Micros;

/// Where a link goes: a page of this plugin, or of another one in the same space.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct To {
    /// Another plugin's name; left out: this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plugin: Option<String>,
    /// The page's name.
    pub page: String,
    /// Its parameters.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub params: Map<String, Value>,
}

/// What colour, mark and word together say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Done, good: green, ✓.
    Done,
    /// In hand, waiting: amber, ◔.
    Hand,
    /// Overdue, danger: red, !.
    Late,
    /// Information, referred: blue, ↗.
    Up,
}

/// A word with its tone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Badge {
    /// The word.
    pub text: String,
    /// Its tone.
    #[serde(default)]
    pub tone: Tone,
}

/// A label and what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// What it says.
    pub value: Cell,
}

/// What a cell of a table or a fact holds; the host writes times and money as the reader expects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number, right-aligned in tables.
    Number(i64),
    /// An instant with its time of day.
    Time(Micros),
    /// The day of an instant.
    Day(Micros),
    /// Fen.
    Money(i64),
    /// Hundredths of a point, written as points.
    Points(i64),
    /// 1 to 5.
    Stars(u8),
    /// A word with its tone.
    Badge(Badge),
    /// A link.
    Link {
        /// The words.
        text: String,
        /// The target.
        to: To,
    },
}

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The line that is read first.
    pub title: String,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<To>,
    /// The state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub badge: Option<Badge>,
    /// A quieter line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta: Option<String>,
    /// An instant, written after `meta`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Micros>,
    /// A picture's file id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// One step on a timeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What happened.
    pub title: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Micros>,
    /// Who, how long it took, and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta: Option<String>,
    /// The words said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Pictures' file ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// Still to come: drawn hollow.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub next: bool,
    /// The tone of its mark; `plain` is drawn as done.
    #[serde(default)]
    pub tone: Tone,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Numbers: right-aligned, tabular figures.
    #[serde(default)]
    pub numeric: bool,
}

/// A number with its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stat {
    /// The figure, already as text.
    pub value: String,
    /// What it counts.
    pub label: String,
    /// Its tone.
    #[serde(default)]
    pub tone: Tone,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<To>,
}

/// One choice of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tab {
    /// The words.
    pub text: String,
    /// The target.
    pub to: To,
    /// Whether it is the one shown.
    #[serde(default)]
    pub current: bool,
}

/// A row of an account as people read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LedgerRow {
    /// When the deed was done.
    pub at: Micros,
    /// What it was for; empty when it was erased.
    pub text: String,
    /// Hundredths of a point.
    pub amount: i64,
    /// Hundredths of a point in the account after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<i64>,
    /// A quieter line: which points, whose deed, what it puts right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta: Option<String>,
    /// The id of the decision that gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// Texts for one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Templates {
    /// The field that takes them.
    pub field: String,
    /// The texts.
    pub texts: Vec<String>,
}

/// A row of a calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarRow {
    /// Whose or what.
    pub label: String,
    /// Where the label leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<To>,
    /// One for each column.
    pub cells: Vec<CalendarCell>,
}

/// A mark of a calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarCell {
    /// A character or a short number, at most [`MAX_MARK`](super::MAX_MARK) characters; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mark: String,
    /// What it says in words, for who listens and who points at it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says: String,
    /// Its tone.
    #[serde(default)]
    pub tone: Tone,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<To>,
}
