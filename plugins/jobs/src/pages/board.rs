//! The board: open postings, with filters and search.

use cunshi_sdk::prelude::*;

use super::row;
use crate::BoardParams;
use crate::domain::{Kind, TRADES, days};
use crate::listing::{self, Wanted};
use crate::words::{self, Reader};

/// Postings that fill a page.
const ROWS: u32 = 20;

/// The first page of the plugin.
pub fn board(cx: &Read, params: BoardParams) -> Result<View> {
    let reader = Reader::of(cx);
    let more = params.more;
    let wanted = Wanted {
        kind: params.kind,
        near: params.near,
        pay: params.pay,
        trade: params.trade,
        place: params.place,
        q: params.q,
        sort: params.sort,
        limit: ROWS,
        cursor: params.cursor,
    };
    let (found, next) = listing::find(cx, &wanted)?;
    let here = Here { wanted: &wanted, more };
    let open = more || [&wanted.pay, &wanted.trade, &wanted.place].into_iter().any(Option::is_some) || wanted.nearest();
    let items: Vec<Item> = found.iter().map(|posting| row::item(cx, posting)).collect();
    let empty = match (wanted.is_filtered(), next.is_some()) {
        (_, true) => t!("board.none.yet"),
        (true, false) => t!("board.none.found"),
        (false, false) => t!("board.none"),
    };
    let next = next.map(|cursor| here.to("cursor", Some(&cursor)));
    let page = view::page(t!("board.title"))
        .subtitle(t!("board.subtitle"))
        .fresh_until(days::next_midnight(cx.now()))
        .alert(Tone::Hand, t!("fraud"))
        .search(t!("board.search"), here.but("q"), "q", wanted.q.clone().unwrap_or_default())
        .filters(here.tabs("kind", Kind::ALL.map(|kind| (kind.as_str(), words::kind(kind)))))
        .filters(here.tabs("near", NEAR.map(|near| (near, near_word(near)))));
    let page = if open {
        page.filters(here.tabs("pay", PAY.map(|pay| (pay, t!("board.pay.least", amount = pay)))))
            .filters(here.tabs("trade", TRADES.map(|trade| (trade, words::trade(trade)))))
            .filters(here.order())
            .search(t!("board.place"), here.but("place"), "place", wanted.place.clone().unwrap_or_default())
            .quiet(t!("board.pay.how"))
    } else {
        page.link(t!("board.more"), here.to("more", Some("true")))
    };
    let page = page.section(|section| section.add(view::list(items).empty(empty).next(next)));
    ways(cx, &reader, page)
}

/// The filters of distance.
const NEAR: [&str; 4] = ["here", "5", "20", "away"];
/// The filters of pay, in yuan a month.
const PAY: [&str; 3] = ["3000", "5000", "8000"];

fn near_word(near: &str) -> String {
    match near {
        "here" => t!("near.here"),
        "away" => t!("near.away"),
        km => t!("near.km", km = km),
    }
}

/// The page with what is asked for now, to change one thing of it.
struct Here<'a> {
    wanted: &'a Wanted,
    more: bool,
}

impl Here<'_> {
    /// This page with another value of one parameter.
    fn to(&self, name: &str, value: Option<&str>) -> To {
        let to = self.but(name);
        match value {
            Some("true") => to.with(name, true),
            Some(value) => to.with(name, value),
            None => to,
        }
    }

    /// This page without one parameter.
    fn but(&self, name: &str) -> To {
        let wanted = self.wanted;
        let sort = wanted.nearest().then(|| "nearest".to_owned());
        let now = [
            ("kind", &wanted.kind),
            ("near", &wanted.near),
            ("pay", &wanted.pay),
            ("trade", &wanted.trade),
            ("place", &wanted.place),
            ("q", &wanted.q),
            ("sort", &sort),
        ];
        let mut to = To::page("board");
        for (param, value) in now {
            if let Some(value) = value.as_deref().filter(|_| param != name) {
                to = to.with(param, value);
            }
        }
        if self.more && name != "more" { to.with("more", true) } else { to }
    }

    fn now(&self, name: &str) -> Option<&str> {
        let wanted = self.wanted;
        match name {
            "kind" => wanted.kind.as_deref(),
            "near" => wanted.near.as_deref(),
            "pay" => wanted.pay.as_deref(),
            _ => wanted.trade.as_deref(),
        }
    }

    fn tabs<const N: usize>(&self, name: &str, choices: [(&'static str, String); N]) -> Vec<Tab> {
        let current = self.now(name);
        let all = match name {
            "kind" => t!("board.all.kinds"),
            "near" => t!("board.all.places"),
            "pay" => t!("board.all.pay"),
            _ => t!("board.all.trades"),
        };
        let every = Tab::new(all, self.to(name, None)).current(current.is_none());
        let one = |(value, text): (&'static str, String)| {
            Tab::new(text, self.to(name, Some(value))).current(current == Some(value))
        };
        std::iter::once(every).chain(choices.into_iter().map(one)).collect()
    }

    fn order(&self) -> Vec<Tab> {
        let nearest = self.wanted.nearest();
        vec![
            Tab::new(t!("board.newest"), self.to("sort", None)).current(!nearest),
            Tab::new(t!("board.nearest"), self.to("sort", Some("nearest"))).current(nearest),
        ]
    }
}

/// Ways on from the board, for those for whom they are.
fn ways(cx: &Read, reader: &Reader, page: View) -> Result<View> {
    if reader.hand.is_none() {
        return Ok(page.quiet(t!("board.signin")));
    }
    let page = page.link(t!("board.mine"), To::page("applied"));
    if reader.cadre {
        return Ok(page.link(t!("board.new"), To::page("new")).link(t!("board.desk"), To::page("desk")));
    }
    let proposes = cx.setting::<bool>("propose")?;
    Ok(page.when(proposes, |page| page.link(t!("board.propose"), To::page("new"))))
}
