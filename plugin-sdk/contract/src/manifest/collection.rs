//! Collections: documents, their indexes, and who may read them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Who;

/// A collection of documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// Lower-case letters, digits, `-`.
    pub name: String,
    /// The schema that this release writes, from 1.
    pub schema: u32,
    /// The top-level field that holds the owner's person id: the owner reads what is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Who else reads which documents. Left out: everybody whom the plugin lets in reads all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers: Option<Readers>,
    /// Indexes by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub index: BTreeMap<String, IndexSpec>,
    /// Top-level text fields that `search` covers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search: Vec<String>,
}

/// Per role, which documents it reads: `all`, or `field = 'value'` on a top-level field.
pub type Readers = BTreeMap<Who, Rule>;

/// A readers' rule, as text in the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub enum Rule {
    /// Every document.
    All,
    /// Those whose top-level field equals a text.
    Equals {
        /// The field.
        field: String,
        /// The text.
        value: String,
    },
}

impl TryFrom<String> for Rule {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let trimmed = text.trim();
        if trimmed == "all" {
            return Ok(Self::All);
        }
        let wrong = || format!("`{text}` is not a readers' rule: write `all` or `field = 'value'`");
        let (field, value) = trimmed.split_once('=').ok_or_else(wrong)?;
        let value = value.trim().strip_prefix('\'').and_then(|v| v.strip_suffix('\'')).ok_or_else(wrong)?;
        let field = field.trim();
        if field.is_empty() || value.contains('\'') {
            return Err(wrong());
        }
        Ok(Self::Equals { field: field.to_owned(), value: value.to_owned() })
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::All => "all".to_owned(),
            Rule::Equals { field, value } => format!("{field} = '{value}'"),
        }
    }
}

impl Rule {
    /// Whether a document's body is covered.
    pub fn covers(&self, body: &Value) -> bool {
        match self {
            Self::All => true,
            Self::Equals { field, value } => body.get(field).and_then(Value::as_str) == Some(value),
        }
    }
}

/// An index as the manifest writes it: a list of fields, or a table with `unique`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "an index is written `[\"state: text\", \"due_at: time\"]` (types text, integer, time, bool) or `{ fields = [\"number: text\"], unique = true }`"
)]
pub enum IndexSpec {
    /// `["state: text", "due_at: time"]`
    Plain(Vec<IndexField>),
    /// `{ fields = ["number: text"], unique = true }`
    Full(Index),
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// The fields, most significant first. A document that lacks one of them (or holds null there) is
    /// not in the index.
    pub fields: Vec<IndexField>,
    /// No two documents of the space have the same key.
    #[serde(default)]
    pub unique: bool,
}

impl IndexSpec {
    /// The fields.
    pub fn fields(&self) -> &[IndexField] {
        match self {
            Self::Plain(fields) => fields,
            Self::Full(index) => &index.fields,
        }
    }

    /// Whether keys are unique.
    pub fn unique(&self) -> bool {
        matches!(self, Self::Full(index) if index.unique)
    }
}

/// A typed field of an index: `name: type` as text in the manifest. An array in the document gives one
/// key for each of its values (at most 32), so that `followers: text` finds by any follower.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct IndexField {
    /// A top-level field of the document.
    pub name: String,
    /// How it sorts.
    pub kind: KeyType,
}

/// Types of index keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// Text, by Unicode code points.
    Text,
    /// Whole numbers.
    Integer,
    /// Instants in microseconds.
    Time,
    /// False before true.
    Bool,
}

impl TryFrom<String> for IndexField {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not an index field: write `name: text`, `integer`, `time` or `bool`");
        let (name, kind) = text.split_once(':').ok_or_else(wrong)?;
        let kind = match kind.trim() {
            "text" => KeyType::Text,
            "integer" => KeyType::Integer,
            "time" => KeyType::Time,
            "bool" => KeyType::Bool,
            _ => return Err(wrong()),
        };
        let name = name.trim();
        if name.is_empty() {
            return Err(wrong());
        }
        Ok(Self { name: name.to_owned(), kind })
    }
}

impl From<IndexField> for String {
    fn from(field: IndexField) -> Self {
        let kind = match field.kind {
            KeyType::Text => "text",
            KeyType::Integer => "integer",
            KeyType::Time => "time",
            KeyType::Bool => "bool",
        };
        format!("{}: {kind}", field.name)
    }
}
