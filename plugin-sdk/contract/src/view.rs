//! The view tree: what a page answers. Data, not markup: every text is shown as text, every link is the
//! name of a page of this space. At most [`MAX_NODES`] nodes, [`MAX_DEPTH`] deep, [`MAX_BYTES`] as JSON.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::call::Micros;

#[macro_use]
mod tagged;

mod build;
mod parts;

pub use parts::{
    Badge, CalendarCell, CalendarRow, Cell, Column, Fact, Item, LedgerRow, Stat, Step, Tab, Templates, To, Tone,
};

/// Greatest number of nodes of one tree.
pub const MAX_NODES: usize = 2_000;
/// Greatest depth of one tree; the page itself is 1.
pub const MAX_DEPTH: usize = 12;
/// Greatest size of one tree as JSON.
pub const MAX_BYTES: usize = 256 * 1024;
/// Greatest number of bytes in a code to scan: a phone reads it from a cheap print.
pub const MAX_QR: usize = 200;
/// Greatest number of columns of a calendar: the days of a month, and room for sums.
pub const MAX_CALENDAR_COLUMNS: usize = 40;
/// Greatest number of rows of a calendar.
pub const MAX_CALENDAR_ROWS: usize = 200;
/// Longest mark of a calendar, in characters.
pub const MAX_MARK: usize = 4;

/// A page, or a card.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct View {
    /// The page's heading and document title; a card's heading.
    pub title: String,
    /// A line under the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// The body.
    #[serde(default)]
    pub body: Vec<Node>,
    /// Beside the body on a wide screen, beneath it on a phone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Node>,
    /// The page is the same until this instant unless data changes; left out: 30 s.
    #[serde(default, rename = "fresh-until", skip_serializing_if = "Option::is_none")]
    pub fresh_until: Option<Micros>,
}

tagged! {
/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Node as "node" {
    /// A card with an optional heading.
    Section {
        /// Heading.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// A link beside the heading.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        more: Option<Tab>,
        /// What is in it.
        body: Vec<Node>,
    },
    /// A heading inside a section.
    Heading {
        /// The words.
        text: String,
    },
    /// A paragraph; line breaks are kept.
    Text {
        /// The words.
        text: String,
        /// Smaller and paler.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        quiet: bool,
    },
    /// Markdown: paragraphs, lists, emphasis, tables; no HTML, no pictures, links shown as text.
    Markdown {
        /// The source.
        text: String,
    },
    /// Labels with what they say.
    Facts {
        /// In order.
        items: Vec<Fact>,
    },
    /// Rows that lead somewhere.
    List {
        /// In order.
        items: Vec<Item>,
        /// Said when there are none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        empty: Option<String>,
        /// The next page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<To>,
    },
    /// A table; on a phone each row becomes a small card.
    Table {
        /// Its columns.
        columns: Vec<Column>,
        /// Its rows, as long as `columns`.
        rows: Vec<Vec<Cell>>,
        /// A last row of totals.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        totals: Vec<Cell>,
        /// Said when there are no rows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        empty: Option<String>,
        /// The next page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<To>,
    },
    /// Alternatives of one page, one of them shown.
    Filters {
        /// In order.
        tabs: Vec<Tab>,
    },
    /// A search box that opens a page with the text as a parameter.
    Search {
        /// The page.
        to: To,
        /// The parameter that takes the text.
        param: String,
        /// The label.
        label: String,
        /// What is searched for now.
        #[serde(default)]
        value: String,
    },
    /// Numbers with their meaning.
    Stats {
        /// In order.
        items: Vec<Stat>,
    },
    /// Bars: labels with whole numbers, drawn with the numbers beside them.
    Chart {
        /// What the numbers are.
        title: String,
        /// Label and number.
        bars: Vec<(String, i64)>,
    },
    /// A month at a glance: rows of days (or of other columns) with a mark in each, such as what a cadre did and missed.
    Calendar {
        /// What it shows.
        title: String,
        /// Headings of the columns: days of the month, months, duties; 1 to [`MAX_CALENDAR_COLUMNS`].
        columns: Vec<String>,
        /// Its rows, at most [`MAX_CALENDAR_ROWS`], each with as many cells as `columns`.
        rows: Vec<CalendarRow>,
        /// What the marks mean.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        legend: Vec<Badge>,
    },
    /// What happened, and what comes next.
    Timeline {
        /// In order.
        steps: Vec<Step>,
    },
    /// Where in a process something stands.
    Steps {
        /// Names in order.
        names: Vec<String>,
        /// Index of the present one.
        current: usize,
    },
    /// Words with their tones in one line.
    Badges {
        /// In order.
        items: Vec<Badge>,
        /// A quieter text after them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meta: Option<String>,
    },
    /// A sentence that must be seen.
    Alert {
        /// Its tone.
        tone: Tone,
        /// The words.
        text: String,
    },
    /// The form of an action, drawn from the manifest.
    Form {
        /// The action's name.
        action: String,
        /// Values to start from.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        values: Map<String, Value>,
        /// Folded behind its label until asked for.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        folded: bool,
        /// Another label for the button.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// Texts that may be put into a field by a tap: response templates.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        templates: Option<Templates>,
    },
    /// One button that does an action with fixed values.
    Button {
        /// The action's name.
        action: String,
        /// Its fields.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        values: Map<String, Value>,
        /// The words; the action's label when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// The second choice: outlined.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        quiet: bool,
    },
    /// A link to a page, drawn as a button (`door` slots draw it large).
    Link {
        /// The words.
        text: String,
        /// The target.
        to: To,
        /// An icon of the platform's set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        icon: Option<String>,
        /// A line beneath the words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hint: Option<String>,
        /// The one to be seen first.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        primary: bool,
    },
    /// A telephone number to tap.
    Call {
        /// The words.
        text: String,
        /// The number.
        phone: String,
    },
    /// A link out of the platform; a page in between says so.
    OutsideLink {
        /// The words.
        text: String,
        /// An `https://` address.
        url: String,
    },
    /// Pictures.
    Images {
        /// File ids.
        files: Vec<String>,
        /// What they show.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// Two sets of pictures to compare.
    BeforeAfter {
        /// File ids.
        before: Vec<String>,
        /// File ids.
        after: Vec<String>,
    },
    /// Files to download.
    Files {
        /// File ids.
        files: Vec<String>,
    },
    /// 1 to 5 stars.
    Stars {
        /// The number.
        value: u8,
        /// What is rated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
    /// Time left or past, in words; the host counts in days and hours.
    Countdown {
        /// Until when.
        until: Micros,
        /// What ends then.
        label: String,
    },
    /// A code to scan, drawn by the host, with its text beneath for whoever types it.
    Qr {
        /// What is in the code, 1 to [`MAX_QR`] bytes.
        text: String,
        /// What it is for.
        label: String,
    },
    /// Rows of an account: when, what, how many points, what was there afterwards; each leads to its decision.
    LedgerStatement {
        /// In order, the newest first.
        rows: Vec<LedgerRow>,
        /// Said when there are none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        empty: Option<String>,
        /// The next page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<To>,
    },
    /// Why something was decided so: the sentences of the rule, leading to the decision's page.
    Decision {
        /// The decision's id.
        id: String,
        /// What the rule said.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        because: Vec<String>,
        /// The words of the link; "why?" when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
    /// A slip to print: number, facts and a line for a signature.
    Receipt {
        /// Its heading.
        title: String,
        /// The spoken number, in large type.
        number: String,
        /// What it says.
        items: Vec<Fact>,
        /// A closing sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Nothing here yet: says what would be, and how to begin.
    Empty {
        /// The words.
        text: String,
    },
}
}
