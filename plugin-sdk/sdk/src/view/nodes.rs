//! The nodes with more to say than one line: sections, lists, tables, statements, decisions, forms, buttons, links.

use cunshi_contract::Node;
use cunshi_contract::view::{Cell, Column, Item, LedgerRow, Tab, Templates, To};
use serde_json::{Map, Value};

use super::Body;

/// A card with a heading.
pub fn section(title: impl Into<String>) -> Section {
    Section::default().title(title)
}

/// A card in the making.
#[derive(Clone, Debug, Default)]
pub struct Section {
    title: Option<String>,
    more: Option<Tab>,
    body: Vec<Node>,
}

impl Section {
    /// Its heading.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// A link beside the heading.
    #[must_use]
    pub fn more(mut self, text: impl Into<String>, to: To) -> Self {
        self.more = Some(Tab::new(text, to));
        self
    }
}

impl Body for Section {
    fn add(mut self, node: impl Into<Node>) -> Self {
        self.body.push(node.into());
        self
    }
}

impl From<Section> for Node {
    fn from(section: Section) -> Self {
        Self::Section { title: section.title, more: section.more, body: section.body }
    }
}

/// Rows that lead somewhere.
pub fn list(items: impl IntoIterator<Item = Item>) -> List {
    List { items: items.into_iter().collect(), empty: None, next: None }
}

/// A list in the making.
#[derive(Clone, Debug)]
pub struct List {
    items: Vec<Item>,
    empty: Option<String>,
    next: Option<To>,
}

impl List {
    /// Said when there are none.
    #[must_use]
    pub fn empty(mut self, text: impl Into<String>) -> Self {
        self.empty = Some(text.into());
        self
    }

    /// The next page, if there is one.
    #[must_use]
    pub fn next(mut self, to: impl Into<Option<To>>) -> Self {
        self.next = to.into();
        self
    }
}

impl From<List> for Node {
    fn from(list: List) -> Self {
        Self::List { items: list.items, empty: list.empty, next: list.next }
    }
}

/// A table of columns.
pub fn table(columns: impl IntoIterator<Item = Column>) -> Table {
    Table { columns: columns.into_iter().collect(), rows: Vec::new(), totals: Vec::new(), empty: None, next: None }
}

/// A table in the making.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    totals: Vec<Cell>,
    empty: Option<String>,
    next: Option<To>,
}

impl Table {
    /// One more row.
    #[must_use]
    pub fn row(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    /// More rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// A last row of totals.
    #[must_use]
    pub fn totals(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.totals = cells.into_iter().collect();
        self
    }

    /// Said when there are no rows.
    #[must_use]
    pub fn empty(mut self, text: impl Into<String>) -> Self {
        self.empty = Some(text.into());
        self
    }

    /// The next page, if there is one.
    #[must_use]
    pub fn next(mut self, to: impl Into<Option<To>>) -> Self {
        self.next = to.into();
        self
    }
}

impl From<Table> for Node {
    fn from(table: Table) -> Self {
        let Table { columns, rows, totals, empty, next } = table;
        Self::Table { columns, rows, totals, empty, next }
    }
}

/// Rows of an account, the newest first: `statement(entries.iter().map(LedgerRow::from))`.
///
/// ```
/// use cunshi_sdk::prelude::*;
///
/// let row = LedgerRow { text: "帮助老人".into(), amount: 250, decision: Some("d1".into()), ..LedgerRow::default() };
/// let page = view::page("我的积分")
///     .add(view::statement([row.meta("可兑换分")]).empty("还没有积分"))
///     .decision("d1", ["帮助老人，一次得 2.5 分"])
///     .qr("DH-2026-0007", "兑换码");
/// let written = serde_json::to_value(&page.body).unwrap();
/// assert_eq!(written[0]["rows"][0]["meta"], "可兑换分");
/// assert_eq!((&written[1]["node"], &written[2]["node"]), (&json!("decision"), &json!("qr")));
/// ```
pub fn statement(rows: impl IntoIterator<Item = LedgerRow>) -> Statement {
    Statement { rows: rows.into_iter().collect(), empty: None, next: None }
}

/// A statement in the making.
#[derive(Clone, Debug)]
pub struct Statement {
    rows: Vec<LedgerRow>,
    empty: Option<String>,
    next: Option<To>,
}

impl Statement {
    /// Said when there are no rows.
    #[must_use]
    pub fn empty(mut self, text: impl Into<String>) -> Self {
        self.empty = Some(text.into());
        self
    }

    /// The next page, if there is one.
    #[must_use]
    pub fn next(mut self, to: impl Into<Option<To>>) -> Self {
        self.next = to.into();
        self
    }
}

impl From<Statement> for Node {
    fn from(statement: Statement) -> Self {
        let Statement { rows, empty, next } = statement;
        Self::LedgerStatement { rows, empty, next }
    }
}

/// Why something was decided so, by the decision's id: leads to the decision's page.
pub fn decision(id: impl Into<String>) -> Decision {
    Decision { id: id.into(), because: Vec::new(), label: None }
}

/// A decision's card in the making.
#[derive(Clone, Debug)]
pub struct Decision {
    id: String,
    because: Vec<String>,
    label: Option<String>,
}

impl Decision {
    /// What the rule said.
    #[must_use]
    pub fn because(mut self, lines: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.because = lines.into_iter().map(Into::into).collect();
        self
    }

    /// Other words than "why?".
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

impl From<Decision> for Node {
    fn from(decision: Decision) -> Self {
        let Decision { id, because, label } = decision;
        Self::Decision { id, because, label }
    }
}

/// The form of an action, drawn from the manifest.
pub fn form(action: impl Into<String>) -> Form {
    Form { action: action.into(), values: Map::new(), folded: false, label: None, templates: None }
}

/// A form in the making.
#[derive(Clone, Debug)]
pub struct Form {
    action: String,
    values: Map<String, Value>,
    folded: bool,
    label: Option<String>,
    templates: Option<Templates>,
}

impl Form {
    /// A value to start from.
    #[must_use]
    pub fn value(mut self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.values.insert(field.into(), value.into());
        self
    }

    /// Folded behind its label until asked for.
    #[must_use]
    pub fn folded(mut self) -> Self {
        self.folded = true;
        self
    }

    /// Another label for the button.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Texts that may be put into a field by a tap.
    #[must_use]
    pub fn templates(mut self, templates: impl Into<Option<Templates>>) -> Self {
        self.templates = templates.into();
        self
    }
}

impl From<Form> for Node {
    fn from(form: Form) -> Self {
        let Form { action, values, folded, label, templates } = form;
        Self::Form { action, values, folded, label, templates }
    }
}

/// One button that does an action with fixed values.
pub fn button(action: impl Into<String>) -> Button {
    Button { action: action.into(), values: Map::new(), label: None, quiet: false }
}

/// A button in the making.
#[derive(Clone, Debug)]
pub struct Button {
    action: String,
    values: Map<String, Value>,
    label: Option<String>,
    quiet: bool,
}

impl Button {
    /// A field of the action.
    #[must_use]
    pub fn value(mut self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.values.insert(field.into(), value.into());
        self
    }

    /// Other words than the action's label.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The second choice: outlined.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }
}

impl From<Button> for Node {
    fn from(button: Button) -> Self {
        let Button { action, values, label, quiet } = button;
        Self::Button { action, values, label, quiet }
    }
}

/// A link to a page, drawn as a button.
pub fn link(text: impl Into<String>, to: To) -> Link {
    Link { text: text.into(), to, icon: None, hint: None, primary: false }
}

/// A link in the making.
#[derive(Clone, Debug)]
pub struct Link {
    text: String,
    to: To,
    icon: Option<String>,
    hint: Option<String>,
    primary: bool,
}

impl Link {
    /// An icon of the platform's set.
    #[must_use]
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = Some(icon.into());
        self
    }

    /// A line beneath the words.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The one to be seen first.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.primary = true;
        self
    }
}

impl From<Link> for Node {
    fn from(link: Link) -> Self {
        let Link { text, to, icon, hint, primary } = link;
        Self::Link { text, to, icon, hint, primary }
    }
}
