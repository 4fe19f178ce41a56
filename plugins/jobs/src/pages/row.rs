//! Postings and sign-ups in lists.

use cunshi_sdk::prelude::*;

use crate::domain::{Posting, Signup};
use crate::words::{self, Reader, cut};

/// Longest title in a list, in characters.
const TITLE: usize = 30;

/// A posting for those who look for work: the pay beside the title, then who, where and how.
pub fn item(cx: &Read, posting: &Doc<Posting>) -> Item {
    let terms = &posting.terms;
    let badge = words::badge(posting, cx.now());
    let mut meta: Vec<String> = terms.employer.clone().into_iter().collect();
    meta.push(words::place(terms));
    meta.push(words::kind(terms.kind));
    meta.extend(words::included(terms));
    if posting.is_open(cx.now()) {
        meta.push(words::wanted(posting.places()));
    }
    let title = t!("row.title", title = cut(&terms.title, TITLE), pay = words::pay(terms));
    Item::new(title).to(to(posting)).badge(badge.text, badge.tone).meta(meta.join(" · "))
}

/// A sign-up for the person.
pub fn own(signup: &Doc<Signup>) -> Item {
    let badge = words::sign_badge(signup.state);
    let item = Item::new(cut(&signup.title, TITLE)).to(to_signup(&signup.id)).badge(badge.text, badge.tone);
    let said = signup.steps.last().and_then(|step| step.text.as_deref());
    item.meta(said.map_or_else(|| t!("row.signed"), |text| cut(text, TITLE))).at(signup.at)
}

/// The columns of [`signup`].
pub fn columns() -> Vec<Column> {
    [t!("column.name"), t!("column.posting"), t!("column.start"), t!("column.at"), t!("column.state")]
        .map(Column::text)
        .into()
}

/// A sign-up for the office.
pub fn signup(signup: &Doc<Signup>) -> Vec<Cell> {
    let who = &signup.who;
    let name = match &signup.origin {
        Some(origin) => t!("row.name", name = who.name, village = origin.village),
        None => who.name.clone(),
    };
    let start = who.start.as_deref().and_then(cunshi_sdk::days::read_day);
    vec![
        Cell::link(name, to_signup(&signup.id)),
        cut(&signup.title, TITLE).into(),
        start.map_or_else(|| Cell::Text("—".to_owned()), Cell::Day),
        Cell::Time(signup.at),
        words::sign_badge(signup.state).into(),
    ]
}

/// Whom to call, for those who may see it.
pub fn contact(reader: &Reader, posting: &Posting, cx: &Read) -> Option<(String, String)> {
    let phone = posting.terms.contact_phone.clone()?;
    let name = posting.terms.contact_name.clone().unwrap_or_default();
    reader.sees_contact(posting, cx.now()).then_some((name, phone))
}

/// The page of a posting.
pub fn to(posting: &Doc<Posting>) -> To {
    to_posting(&posting.id)
}

/// The page of a posting by its id.
pub fn to_posting(id: &str) -> To {
    To::page("posting").with("id", id)
}

/// The page of a sign-up by its id.
pub fn to_signup(id: &str) -> To {
    To::page("signup").with("id", id)
}
