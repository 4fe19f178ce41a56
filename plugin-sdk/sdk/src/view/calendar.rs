//! A month at a glance: what was done and missed, a row for each person or duty.

use cunshi_contract::Node;
use cunshi_contract::view::{Badge, CalendarCell, CalendarRow, To, Tone};

/// A calendar with its title and columns: days of the month, months, duties. At most 40 columns and 200 rows.
///
/// ```
/// use cunshi_sdk::prelude::*;
///
/// let visits = [view::mark("✓", Tone::Done, "9月1日走访"), CalendarCell::default(), view::mark("", Tone::Late, "缺")];
/// let page = view::page("走访").add(
///     view::calendar("九月走访", ["1", "2", "3"])
///         .row(view::row("简书记", visits).to(To::page("cadre").with("id", "p1")))
///         .legend([Badge::new("走访", Tone::Done), Badge::new("缺", Tone::Late)]),
/// );
/// let written = serde_json::to_value(&page.body).unwrap();
/// assert_eq!(written[0]["rows"][0]["cells"][0], json!({ "mark": "✓", "says": "9月1日走访", "tone": "done" }));
/// ```
pub fn calendar(title: impl Into<String>, columns: impl IntoIterator<Item = impl Into<String>>) -> Calendar {
    let columns = columns.into_iter().map(Into::into).collect();
    Calendar { title: title.into(), columns, rows: Vec::new(), legend: Vec::new() }
}

/// A row of a calendar: whose or what, and a mark for each column.
pub fn row(label: impl Into<String>, cells: impl IntoIterator<Item = CalendarCell>) -> Row {
    Row(CalendarRow { label: label.into(), to: None, cells: cells.into_iter().collect() })
}

/// A mark of at most four characters (none draws the sign of the tone), and what it says in words for who listens.
pub fn mark(mark: impl Into<String>, tone: Tone, says: impl Into<String>) -> CalendarCell {
    CalendarCell { mark: mark.into(), says: says.into(), tone, to: None }
}

/// A row in the making.
#[derive(Clone, Debug)]
pub struct Row(CalendarRow);

impl Row {
    /// Where its label leads.
    #[must_use]
    pub fn to(mut self, to: To) -> Self {
        self.0.to = Some(to);
        self
    }
}

impl From<Row> for CalendarRow {
    fn from(row: Row) -> Self {
        row.0
    }
}

/// A calendar in the making.
#[derive(Clone, Debug)]
pub struct Calendar {
    title: String,
    columns: Vec<String>,
    rows: Vec<CalendarRow>,
    legend: Vec<Badge>,
}

impl Calendar {
    /// One more row.
    #[must_use]
    pub fn row(mut self, row: impl Into<CalendarRow>) -> Self {
        self.rows.push(row.into());
        self
    }

    /// More rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = impl Into<CalendarRow>>) -> Self {
        self.rows.extend(rows.into_iter().map(Into::into));
        self
    }

    /// What the marks mean.
    #[must_use]
    pub fn legend(mut self, legend: impl IntoIterator<Item = Badge>) -> Self {
        self.legend = legend.into_iter().collect();
        self
    }
}

impl From<Calendar> for Node {
    fn from(calendar: Calendar) -> Self {
        let Calendar { title, columns, rows, legend } = calendar;
        Self::Calendar { title, columns, rows, legend }
    }
}
