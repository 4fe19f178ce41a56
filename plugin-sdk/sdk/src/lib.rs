//! What a Rust plugin author uses. A plugin is three files beside its `Cargo.toml`:
//!
//! - `plugin.toml` says what the plugin is: its pages, queries, actions, jobs, collections, events and rules;
//! - `texts.toml` holds every sentence in Chinese and English;
//! - `src/lib.rs` begins with [`plugin!`], which turns the two into the trait `Plugin` to implement, a struct
//!   for each form and each set of parameters, the macro `t!` for texts, and the macro `export!`.
//!
//! ```text
//! cunshi_sdk::plugin!();
//! use cunshi_sdk::prelude::*;
//!
//! struct Hello;
//!
//! impl Plugin for Hello {
//!     fn book(cx: &Read) -> Result<View> {
//!         let entries = cx.data::<Entry>().by("by_time").newest().take(20)?;
//!         Ok(view::page(t!("book.title")).list(entries.iter().map(|entry| Item::new(&entry.words))))
//!     }
//!
//!     fn sign(cx: &mut Write, form: SignForm) -> Result<Outcome> {
//!         let entry = cx.insert(&Entry { words: form.words, at: cx.now() })?;
//!         Ok(Outcome::done().say(t!("sign.thanks")).about(entry.id))
//!     }
//! }
//!
//! export!(Hello);
//! ```
//!
//! | declared | method | answers |
//! |---|---|---|
//! | `[[page]]` | `name(cx: &Read, params: NameParams)` | `Result<View>` |
//! | `[[query]]` | `name(cx: &Read, params: NameParams)` | `Result<Value>` |
//! | `[[action]]` | `name(cx: &mut Write, form: NameForm)` | `Result<Outcome>` |
//! | `[[job]]` | `name(cx: &mut Write, cursor: Option<String>)` | `Result<Option<String>>`: a cursor asks to go on |
//! | `hears` `p.word/1` | `hear_word(cx: &mut Write, event: Event)` | `Result<()>` |
//! | `[[measure]]` | `measure_name(cx: &Read, from: Micros, to: Micros)` | `Result<Measured>` |
//! | `todos` | `todos(cx: &Read)` | `Result<Vec<Todo>>` |
//! | a `schema` over 1 | `upgrade(collection: &str, from: u32, body: Value)` | `Result<Value>` |
//!
//! `-` in a name becomes `_`; a page, query or action without parameters or fields has only `cx`.
//!
//! What a `[[rule]]` decides is asked with [`Write::decide`] or [`Read::preview`]; points are posted with
//! [`Write::post`] (`ledger = true`); a deed is told of with `cx.send(Send::deed(&deed))` (`sends = ["deed/1"]`).
//!
//! A message goes into people's inboxes with [`Write::notify`] (`notify = true`); its texts come from `both!`, which is
//! `t!` in both languages.
//!
//! What modules write alike stands in [`days`] (dates in China) and [`words`] (names as the public reads them, short
//! texts).
//!
//! The same code runs natively over [`testing::Host`], a village in memory. What does not belong here:
//! anything that knows the host's crates.

extern crate self as cunshi_sdk;

mod cx;
pub mod data;
pub mod days;
mod error;
#[doc(hidden)]
pub mod lang;
pub mod view;
pub mod words;

#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod glue;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod wire;

pub use cunshi_contract as contract;
pub use cunshi_contract::call::{
    Caller, Event, FileInfo, Household, Measured, Micros, Outcome, Person, Send, SpaceInfo, Todo,
};
pub use cunshi_contract::deed::{Deed, Evidence};
pub use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, Entry, EntryReason, Hold, Holder, PointKind, Posting, RankBy, Ranked, RankingQuery,
    StatementQuery,
};
pub use cunshi_contract::rule::{Ask, Decided};
pub use cunshi_contract::{
    Group, HouseholdPage, HouseholdQuery, Lang, Message, PeoplePage, PeopleQuery, Reach, Seen, Text,
};
#[doc(hidden)]
pub use cunshi_macros::both as __both;
#[doc(hidden)]
pub use cunshi_macros::text as __text;
pub use cunshi_macros::{document, plugin};
pub use cx::{Read, Write};
pub use data::{Doc, Document, Documents, Find};
pub use error::{Error, FieldError, Refusal, Result};
pub use lang::Period;
#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use serde_json;

/// What a plugin's modules need: `use cunshi_sdk::prelude::*;`.
pub mod prelude {
    pub use serde::{Deserialize, Serialize};
    pub use serde_json::{Map, Value, json};

    pub use crate::contract::view::{
        Badge, CalendarCell, CalendarRow, Cell, Column, Fact, Item, LedgerRow, Node, Stat, Step, Tab, Templates, To,
        Tone, View,
    };
    pub use crate::view::{self, Body as _};
    pub use crate::{
        Ask, Balances, Caller, ClosePeriod, Closed, Decided, Deed, Doc, Document, Documents, Entry, EntryReason, Error,
        Event, Evidence, FileInfo, Find, Group, Hold, Holder, Household, HouseholdPage, HouseholdQuery, Lang, Measured,
        Message, Micros, Outcome, PeoplePage, PeopleQuery, Period, Person, PointKind, Posting, RankBy, Ranked,
        RankingQuery, Reach, Read, Refusal, Result, Seen, Send, SpaceInfo, StatementQuery, Text, Todo, Write, document,
    };
}
