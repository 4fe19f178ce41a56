//! Hard-pressed households: visited this quarter or not yet. For cadres only.

use std::collections::BTreeMap;

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::days::Micros;
use crate::domain::{Home, month};
use crate::words::{self, Reader};
use crate::{ListedHomeParams, books, listing};

/// The list, those not visited yet first, and the form to add one.
pub fn homes(cx: &Read) -> Result<View> {
    let page = view::page(t!("homes.title")).subtitle(t!("homes.subtitle"));
    let page = page.fresh_until(crate::domain::days::next_midnight(cx.now()));
    let page = page.add(quarter(cx, cx.now())?);
    Ok(page.section(|section| section.add(view::form("list-home").folded())))
}

/// A card with the homes of the quarter.
pub fn quarter(cx: &Read, at: Micros) -> Result<Node> {
    let visited = books::visited(cx, at)?;
    let mut homes = books::homes(cx)?;
    homes.sort_by_key(|home| visited.contains_key(&home.household));
    let reached = homes.iter().filter(|home| visited.contains_key(&home.household)).count();
    let left = homes.len() - reached;
    let near = cx.working_days_between(at, month::next_quarter(at) - 1)? <= 15;
    let items = homes.iter().map(|home| item(home, &visited, near));
    let heading = t!("homes.quarter", quarter = words::quarter(at), reached = reached, left = left);
    let list = view::list(items).empty(t!("homes.none"));
    Ok(view::section(heading).quiet(t!("homes.private")).add(list).into())
}

fn item(home: &Doc<Home>, visited: &BTreeMap<String, Micros>, near: bool) -> Item {
    let group = Some(home.group.as_str()).filter(|group| !group.is_empty());
    let item = Item::new(words::household(&home.name, group)).to(To::page("listed-home").with("id", home.id.as_str()));
    match visited.get(&home.household) {
        Some(day) => item.badge(t!("homes.visited", date = words::date(*day)), Tone::Done),
        None => item.badge(t!("homes.not-yet"), if near { Tone::Late } else { Tone::Hand }),
    }
}

/// One home: why it is on the list, and what was done for it.
pub fn listed_home(cx: &Read, params: &ListedHomeParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let home = cx.data::<Home>().must(&params.id)?;
    let group = Some(home.group.as_str()).filter(|group| !group.is_empty());
    let (entries, _) = listing::of_household(cx, &home.household, 20, None)?;
    let history = home.history.iter().map(|listed| {
        let title = if listed.on { t!("homes.on") } else { t!("homes.off") };
        Step::new(title).at(listed.at).meta(&listed.by).text(&listed.why)
    });
    let page = view::page(words::household(&home.name, group)).subtitle(t!("homes.private"));
    let page = page.section(|section| {
        let list = view::list(row::items(&reader, &entries)).empty(t!("homes.no-entries"));
        section.title(t!("homes.entries")).add(list)
    });
    let page = page.section(|section| section.title(t!("homes.history")).timeline(history));
    let form = view::form("unlist-home").value("home", home.id.as_str()).folded();
    Ok(page.when(home.listed, |page| page.section(|section| section.add(form))))
}
