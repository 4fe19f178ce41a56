//! Fields of forms and parameters of pages and queries: one type for both.

use serde::{Deserialize, Serialize};

use crate::Text;

/// What a field holds. The JSON value that a plugin receives is given for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line: string, trimmed. `max` in characters (default 200).
    Text,
    /// Several lines: string. `max` in characters (default 2,000).
    LongText,
    /// Several lines of Markdown: string. `max` in characters (default 20,000).
    Markdown,
    /// A telephone number: string of digits, spaces and `+-`, 5 to 20 characters.
    Phone,
    /// Integer within `min` and `max`.
    Integer,
    /// Decimal string with at most four places, such as `"2.5"`, within `min` and `max`.
    Decimal,
    /// Money: integer fen; typed as yuan with at most two places. `min` and `max` in fen.
    Money,
    /// Points: integer hundredths; typed as points with at most two places. `min` and `max` in hundredths.
    Points,
    /// A day: `"2026-09-02"`.
    Date,
    /// A time of day: `"08:30"`.
    Time,
    /// Two days, `{ "from": "2026-09-01", "to": "2026-09-30" }`; `from` is not after `to`.
    Period,
    /// `true` or `false`.
    #[serde(rename = "yes/no")]
    YesNo,
    /// One of `choices` (or of `options`): its value as a string.
    Choice,
    /// Some of `choices` (or of `options`): an array of strings.
    MultiChoice,
    /// 1 to 5: integer.
    Stars,
    /// A person of the space: id.
    Person,
    /// A household of the space: id.
    Household,
    /// A place in words: string, at most 200 characters.
    Place,
    /// Photos uploaded with the form: an array of file ids, at most `max` (default 6).
    Photos,
    /// Other files uploaded with the form: an array of file ids, at most `max` (default 6).
    Files,
    /// The id of a document, kept as it was given: string. Drawn as a hidden field when prefilled.
    Reference,
}

/// One value that a `choice` may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is sent and stored.
    pub value: String,
    /// What is read.
    pub label: Text,
}

/// Shows a field only while another one has a value; while hidden it is neither required nor kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The other field's name.
    pub field: String,
    /// The values, as text, under which this one is shown.
    pub is: Vec<String>,
}

/// A field of a form, or a parameter of a page or query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Lower-case letters, digits and `_`; at most 40 characters.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Must be given (parameters in a route always are).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Least number, or least count for lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Greatest number, greatest count, or greatest length in characters: see [`FieldKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// The label; fields of actions and settings must have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// A sentence under the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// The values of a `choice` or `multi-choice`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// The query of this plugin that lists the values: `[{value, label}]`, labels in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<String>,
    /// Shown only under a condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// May hold identity, telephone and card numbers, because what it goes into is never public: a text without this
    /// is searched for them before the plugin sees it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
    /// The value taken when none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<serde_json::Value>,
}

impl Field {
    /// The greatest length, count or number where the manifest is silent; `None` for kinds without one.
    pub fn limit(&self) -> Option<i64> {
        self.max.or(match self.kind {
            FieldKind::Text | FieldKind::Place => Some(200),
            FieldKind::LongText => Some(2_000),
            FieldKind::Markdown => Some(20_000),
            FieldKind::Photos | FieldKind::Files => Some(6),
            FieldKind::Stars => Some(5),
            _ => None,
        })
    }
}
