//! The district keeps the list of what every village makes public, and sends it to all of them.

use cunshi_sdk::prelude::{Error, Outcome, Result, Text, To, Write, json};

use crate::domain::calendar::MAX_ITEMS;
use crate::domain::{Affairs, Every, Item, days};
use crate::events::tell;
use crate::{DropItemForm, SetItemForm, keep};

/// The value of the choice `item` for a new one.
pub const NEW: &str = "new";

/// Changes an item, or adds one.
pub fn set_item(cx: &mut Write, form: SetItemForm) -> Result<Outcome> {
    in_the_district(cx)?;
    let mut calendar = keep::here(cx)?;
    let affairs = Affairs::parse(&form.affairs).ok_or_else(|| Error::invalid("affairs", t!("wrong.affairs")))?;
    let every = Every::parse(&form.every).ok_or_else(|| Error::invalid("every", t!("wrong.every")))?;
    let since = match form.since.as_deref().filter(|day| !day.is_empty()) {
        Some(day) => Some(days::read_day(day).ok_or_else(|| Error::invalid("since", t!("wrong.day")))?),
        None => None,
    };
    let english = form.title_en.filter(|title| !title.trim().is_empty());
    let title = Text::new(form.title.clone(), english.unwrap_or(form.title));
    let days = u32::try_from(form.days).unwrap_or(1);
    let known = calendar.items.iter_mut().find(|item| item.key == form.item);
    match known {
        // Another rhythm is another item: its periods are not those that were asked for.
        Some(item) if item.every != every => return Err(Error::invalid("every", t!("wrong.rhythm"))),
        Some(item) => {
            let since = since.or(item.since);
            *item = Item { key: item.key.clone(), affairs, title, every, days, since };
        }
        None if form.item == NEW => {
            if calendar.items.len() >= MAX_ITEMS {
                return Err(Error::conflict(t!("refused.full", n = MAX_ITEMS)));
            }
            let key = format!("item-{}", cx.next_number("item")?);
            let since = Some(since.unwrap_or_else(|| days::midnight(cx.now())));
            calendar.items.push(Item { key, affairs, title, every, days, since });
        }
        None => return Err(Error::Missing),
    }
    calendar.unsent = true;
    cx.update(&calendar)?;
    Ok(Outcome::to(To::page("items")).say(t!("say.item-set")))
}

/// Takes an item off the list.
pub fn drop_item(cx: &mut Write, form: &DropItemForm) -> Result<Outcome> {
    in_the_district(cx)?;
    let mut calendar = keep::here(cx)?;
    let before = calendar.items.len();
    calendar.items.retain(|item| item.key != form.item);
    if calendar.items.len() == before {
        return Err(Error::Missing);
    }
    calendar.unsent = true;
    cx.update(&calendar)?;
    Ok(Outcome::to(To::page("items")).say(t!("say.item-dropped")))
}

/// Sends the whole list, under the next version.
pub fn send_calendar(cx: &mut Write) -> Result<Outcome> {
    in_the_district(cx)?;
    let mut calendar = keep::here(cx)?;
    calendar.list += 1;
    calendar.unsent = false;
    let calendar = cx.update(&calendar)?;
    tell::calendar(cx, &calendar)?;
    let said = Outcome::to(To::page("items")).say(t!("say.sent", n = calendar.items.len()));
    Ok(said.result(json!({ "version": calendar.list, "items": calendar.items.len() })))
}

fn in_the_district(cx: &Write) -> Result<()> {
    if keep::keeps_the_list(cx) { Ok(()) } else { Err(Error::denied(t!("refused.not-the-district"))) }
}
