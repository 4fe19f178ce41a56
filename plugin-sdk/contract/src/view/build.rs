//! Constructors and chaining for the values of a view tree, for whoever writes one.

use serde_json::Value;

use super::{Badge, Cell, Column, Fact, Item, LedgerRow, Node, Stat, Step, Tab, Templates, To, Tone, View};
use crate::call::Micros;
use crate::ledger::Entry;

impl View {
    /// A page or card with a heading.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A line under the heading.
    #[must_use]
    pub fn subtitle(mut self, text: impl Into<String>) -> Self {
        self.subtitle = Some(text.into());
        self
    }

    /// Adds nodes beside the body on a wide screen, beneath it on a phone.
    #[must_use]
    pub fn aside(mut self, fill: impl FnOnce(Vec<Node>) -> Vec<Node>) -> Self {
        self.aside = fill(self.aside);
        self
    }

    /// The page is the same until this instant unless data changes.
    #[must_use]
    pub fn fresh_until(mut self, at: Micros) -> Self {
        self.fresh_until = Some(at);
        self
    }
}

impl To {
    /// A page of this plugin.
    pub fn page(page: impl Into<String>) -> Self {
        Self { page: page.into(), ..Self::default() }
    }

    /// A page of another plugin in the same space.
    pub fn plugin(plugin: impl Into<String>, page: impl Into<String>) -> Self {
        Self { plugin: Some(plugin.into()), page: page.into(), ..Self::default() }
    }

    /// With a parameter; `null` leaves it out.
    #[must_use]
    pub fn with(mut self, param: impl Into<String>, value: impl Into<Value>) -> Self {
        let value = value.into();
        if !value.is_null() {
            self.params.insert(param.into(), value);
        }
        self
    }
}

impl Badge {
    /// A word with its tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

impl Fact {
    /// A label and what it says.
    pub fn new(label: impl Into<String>, value: impl Into<Cell>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Badge> for Cell {
    fn from(badge: Badge) -> Self {
        Self::Badge(badge)
    }
}

impl Cell {
    /// A link.
    pub fn link(text: impl Into<String>, to: To) -> Self {
        Self::Link { text: text.into(), to }
    }
}

impl Item {
    /// A row with the line that is read first.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Where it leads.
    #[must_use]
    pub fn to(mut self, to: To) -> Self {
        self.to = Some(to);
        self
    }

    /// The state.
    #[must_use]
    pub fn badge(mut self, text: impl Into<String>, tone: Tone) -> Self {
        self.badge = Some(Badge::new(text, tone));
        self
    }

    /// A quieter line.
    #[must_use]
    pub fn meta(mut self, text: impl Into<String>) -> Self {
        self.meta = Some(text.into());
        self
    }

    /// An instant, written after the quieter line.
    #[must_use]
    pub fn at(mut self, at: Micros) -> Self {
        self.at = Some(at);
        self
    }

    /// A picture by its file id.
    #[must_use]
    pub fn image(mut self, file: impl Into<String>) -> Self {
        self.image = Some(file.into());
        self
    }
}

impl Step {
    /// What happened.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// When.
    #[must_use]
    pub fn at(mut self, at: Micros) -> Self {
        self.at = Some(at);
        self
    }

    /// Who, how long it took, and the like.
    #[must_use]
    pub fn meta(mut self, text: impl Into<String>) -> Self {
        self.meta = Some(text.into());
        self
    }

    /// The words said.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Pictures by their file ids.
    #[must_use]
    pub fn images(mut self, files: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.images = files.into_iter().map(Into::into).collect();
        self
    }

    /// Still to come.
    #[must_use]
    pub fn next(mut self) -> Self {
        self.next = true;
        self
    }

    /// The tone of its mark.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

impl From<&Entry> for LedgerRow {
    fn from(entry: &Entry) -> Self {
        Self {
            at: entry.at,
            text: entry.text.clone(),
            amount: entry.amount,
            balance: Some(entry.balance),
            meta: None,
            decision: entry.decision.clone(),
        }
    }
}

impl LedgerRow {
    /// A quieter line: which points, whose deed, what it puts right.
    #[must_use]
    pub fn meta(mut self, text: impl Into<String>) -> Self {
        self.meta = Some(text.into());
        self
    }
}

impl Column {
    /// A column of texts.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), numeric: false }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<String>) -> Self {
        Self { title: title.into(), numeric: true }
    }
}

impl Stat {
    /// A figure, as text, and what it counts.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), tone: Tone::Plain, to: None }
    }

    /// Its tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Where it leads.
    #[must_use]
    pub fn to(mut self, to: To) -> Self {
        self.to = Some(to);
        self
    }
}

impl Tab {
    /// An alternative that is not the one shown.
    pub fn new(text: impl Into<String>, to: To) -> Self {
        Self { text: text.into(), to, current: false }
    }

    /// Says whether it is the one shown.
    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

impl Templates {
    /// Texts for a field.
    pub fn new(field: impl Into<String>, texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { field: field.into(), texts: texts.into_iter().map(Into::into).collect() }
    }
}
