//! Building view trees. [`page`] begins one, every method of [`Body`] adds a node, and the nodes with more to say
//! have a builder of their own: [`section`], [`list`], [`table`], [`calendar`], [`statement`], [`decision`], [`form`],
//! [`button`], [`link`].
//!
//! ```
//! use cunshi_sdk::prelude::*;
//!
//! let page = view::page("村民说事")
//!     .subtitle("天府社区")
//!     .add(view::link("我要说事", To::page("new")).icon("speak").primary())
//!     .section(|s| s.title("待办").list([Item::new("黄桷树危险").badge("处理中", Tone::Hand)]));
//! assert_eq!(page.body.len(), 2);
//! ```

use cunshi_contract::Node;
use cunshi_contract::call::Micros;
use cunshi_contract::view::{Badge, Cell, Column, Fact, Item, LedgerRow, Stat, Step, Tab, To, Tone, View};

mod calendar;
mod nodes;

pub use calendar::{Calendar, calendar, mark, row};
pub use nodes::{
    Button, Decision, Form, Link, List, Section, Statement, Table, button, decision, form, link, list, section,
    statement, table,
};

/// A page, or a card.
pub fn page(title: impl Into<String>) -> View {
    View::new(title)
}

/// A door of a village's home: one large link.
pub fn door(title: impl Into<String>, to: To, icon: &str, hint: impl Into<String>) -> View {
    let title = title.into();
    View::new(title.clone()).add(link(title, to).icon(icon).hint(hint))
}

/// Whatever nodes can be added to: a page, a section, the nodes of an aside.
pub trait Body: Sized {
    /// Adds a node, or anything that becomes one.
    #[must_use]
    fn add(self, node: impl Into<Node>) -> Self;

    /// Adds a node when there is one.
    #[must_use]
    fn maybe(self, node: Option<impl Into<Node>>) -> Self {
        match node {
            Some(node) => self.add(node),
            None => self,
        }
    }

    /// Goes on only under a condition: `.when(case.is_open(), |page| page.button("close"))`.
    #[must_use]
    fn when(self, condition: bool, fill: impl FnOnce(Self) -> Self) -> Self {
        if condition { fill(self) } else { self }
    }

    /// Adds something for each thing of a list.
    #[must_use]
    fn each<T>(self, things: impl IntoIterator<Item = T>, fill: impl FnMut(Self, T) -> Self) -> Self {
        things.into_iter().fold(self, fill)
    }

    /// A card: `.section(|s| s.title("…").text("…"))`.
    #[must_use]
    fn section(self, fill: impl FnOnce(Section) -> Section) -> Self {
        self.add(fill(Section::default()))
    }

    /// A heading inside a section.
    #[must_use]
    fn heading(self, text: impl Into<String>) -> Self {
        self.add(Node::Heading { text: text.into() })
    }

    /// A paragraph; line breaks are kept.
    #[must_use]
    fn text(self, text: impl Into<String>) -> Self {
        self.add(Node::Text { text: text.into(), quiet: false })
    }

    /// A paragraph, smaller and paler.
    #[must_use]
    fn quiet(self, text: impl Into<String>) -> Self {
        self.add(Node::Text { text: text.into(), quiet: true })
    }

    /// Markdown.
    #[must_use]
    fn markdown(self, text: impl Into<String>) -> Self {
        self.add(Node::Markdown { text: text.into() })
    }

    /// Labels with what they say.
    #[must_use]
    fn facts(self, items: impl IntoIterator<Item = Fact>) -> Self {
        self.add(Node::Facts { items: items.into_iter().collect() })
    }

    /// Rows that lead somewhere; [`list`] has more to say.
    #[must_use]
    fn list(self, items: impl IntoIterator<Item = Item>) -> Self {
        self.add(list(items))
    }

    /// A table; [`table`] has more to say.
    #[must_use]
    fn table(self, columns: impl IntoIterator<Item = Column>, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.add(table(columns).rows(rows))
    }

    /// Alternatives of one page, one of them shown.
    #[must_use]
    fn filters(self, tabs: impl IntoIterator<Item = Tab>) -> Self {
        self.add(Node::Filters { tabs: tabs.into_iter().collect() })
    }

    /// A search box that opens a page with the text as a parameter; `value` is what is searched for now.
    #[must_use]
    fn search(self, label: impl Into<String>, to: To, param: impl Into<String>, value: impl Into<String>) -> Self {
        self.add(Node::Search { to, param: param.into(), label: label.into(), value: value.into() })
    }

    /// Numbers with their meaning.
    #[must_use]
    fn stats(self, items: impl IntoIterator<Item = Stat>) -> Self {
        self.add(Node::Stats { items: items.into_iter().collect() })
    }

    /// Bars: labels with whole numbers.
    #[must_use]
    fn chart(self, title: impl Into<String>, bars: impl IntoIterator<Item = (String, i64)>) -> Self {
        self.add(Node::Chart { title: title.into(), bars: bars.into_iter().collect() })
    }

    /// What happened, and what comes next.
    #[must_use]
    fn timeline(self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.add(Node::Timeline { steps: steps.into_iter().collect() })
    }

    /// Where in a process something stands; `current` counts from 0.
    #[must_use]
    fn steps(self, names: impl IntoIterator<Item = impl Into<String>>, current: usize) -> Self {
        self.add(Node::Steps { names: names.into_iter().map(Into::into).collect(), current })
    }

    /// Words with their tones in one line.
    #[must_use]
    fn badges(self, items: impl IntoIterator<Item = Badge>) -> Self {
        self.add(Node::Badges { items: items.into_iter().collect(), meta: None })
    }

    /// Words with their tones in one line, and a quieter text after them.
    #[must_use]
    fn badges_with(self, items: impl IntoIterator<Item = Badge>, meta: impl Into<String>) -> Self {
        self.add(Node::Badges { items: items.into_iter().collect(), meta: Some(meta.into()) })
    }

    /// A sentence that must be seen.
    #[must_use]
    fn alert(self, tone: Tone, text: impl Into<String>) -> Self {
        self.add(Node::Alert { tone, text: text.into() })
    }

    /// The form of an action; [`form`] has more to say.
    #[must_use]
    fn form(self, action: impl Into<String>) -> Self {
        self.add(form(action))
    }

    /// One button that does an action about a document: sends its `id`. [`button`] has more to say.
    #[must_use]
    fn button(self, action: impl Into<String>, id: impl Into<String>) -> Self {
        self.add(button(action).value("id", id.into()))
    }

    /// A link to a page; [`link`] has more to say.
    #[must_use]
    fn link(self, text: impl Into<String>, to: To) -> Self {
        self.add(link(text, to))
    }

    /// A telephone number to tap.
    #[must_use]
    fn call(self, text: impl Into<String>, phone: impl Into<String>) -> Self {
        self.add(Node::Call { text: text.into(), phone: phone.into() })
    }

    /// A link out of the platform, by an `https://` address.
    #[must_use]
    fn outside_link(self, text: impl Into<String>, url: impl Into<String>) -> Self {
        self.add(Node::OutsideLink { text: text.into(), url: url.into() })
    }

    /// Pictures by their file ids; none adds nothing.
    #[must_use]
    fn images(self, files: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let files: Vec<String> = files.into_iter().map(Into::into).collect();
        if files.is_empty() { self } else { self.add(Node::Images { files, caption: None }) }
    }

    /// Pictures by their file ids, and what they show; none adds nothing.
    #[must_use]
    fn images_with(self, files: impl IntoIterator<Item = impl Into<String>>, caption: impl Into<String>) -> Self {
        let files: Vec<String> = files.into_iter().map(Into::into).collect();
        if files.is_empty() { self } else { self.add(Node::Images { files, caption: Some(caption.into()) }) }
    }

    /// Two sets of pictures to compare, by their file ids.
    #[must_use]
    fn before_after(
        self,
        before: impl IntoIterator<Item = impl Into<String>>,
        after: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.add(Node::BeforeAfter {
            before: before.into_iter().map(Into::into).collect(),
            after: after.into_iter().map(Into::into).collect(),
        })
    }

    /// Files to download, by their ids; none adds nothing.
    #[must_use]
    fn files(self, files: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let files: Vec<String> = files.into_iter().map(Into::into).collect();
        if files.is_empty() { self } else { self.add(Node::Files { files }) }
    }

    /// 1 to 5 stars, and what is rated.
    #[must_use]
    fn stars(self, value: u8, label: impl Into<String>) -> Self {
        self.add(Node::Stars { value, label: Some(label.into()) })
    }

    /// Time left or past until an instant, and what ends then.
    #[must_use]
    fn countdown(self, until: Micros, label: impl Into<String>) -> Self {
        self.add(Node::Countdown { until, label: label.into() })
    }

    /// A code to scan with its text beneath, at most 200 bytes, and what it is for.
    #[must_use]
    fn qr(self, text: impl Into<String>, label: impl Into<String>) -> Self {
        self.add(Node::Qr { text: text.into(), label: label.into() })
    }

    /// Rows of an account, the newest first; [`statement`] has more to say.
    #[must_use]
    fn statement(self, rows: impl IntoIterator<Item = LedgerRow>) -> Self {
        self.add(statement(rows))
    }

    /// Why something was decided so: what the rule said, leading to the decision's page; [`decision`] has more to say.
    #[must_use]
    fn decision(self, id: impl Into<String>, because: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.add(decision(id).because(because))
    }

    /// A slip to print: its heading, the spoken number, what it says, a closing sentence.
    #[must_use]
    fn receipt(
        self,
        title: impl Into<String>,
        number: impl Into<String>,
        items: impl IntoIterator<Item = Fact>,
        note: Option<String>,
    ) -> Self {
        self.add(Node::Receipt { title: title.into(), number: number.into(), items: items.into_iter().collect(), note })
    }

    /// Nothing here yet: says what would be, and how to begin.
    #[must_use]
    fn empty(self, text: impl Into<String>) -> Self {
        self.add(Node::Empty { text: text.into() })
    }
}

impl Body for View {
    fn add(mut self, node: impl Into<Node>) -> Self {
        self.body.push(node.into());
        self
    }
}

impl Body for Vec<Node> {
    fn add(mut self, node: impl Into<Node>) -> Self {
        self.push(node.into());
        self
    }
}
