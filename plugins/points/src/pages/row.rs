//! Things in lists: what leads where, and how it is written.

use cunshi_sdk::prelude::*;

use crate::domain::{Activity, Award, Goods, Reservation, amount, days};
use crate::words::{self, Reader};

/// Longest text in a list, in characters.
const TEXT: usize = 40;

/// The page of an award.
pub fn to(award: &Doc<Award>) -> To {
    To::page("award").with("id", award.id.as_str())
}

/// The page of a reservation.
pub fn to_reservation(reservation: &Doc<Reservation>) -> To {
    To::page("reservation").with("id", reservation.id.as_str())
}

/// The page of an activity.
pub fn to_activity(activity: &Doc<Activity>) -> To {
    To::page("activity").with("id", activity.id.as_str())
}

/// An award: item and whose, how many points, where it stands.
pub fn award(cx: &Read, reader: &Reader, award: &Doc<Award>) -> Item {
    let state = words::state(award);
    let title = t!("row.award", label = award.label, who = reader.whose(award), points = words::signed(award.points));
    let mut meta = vec![words::cut(&reader.text(award, &award.text), TEXT)];
    if let Some(until) = award.until.filter(|_| award.state.is_public()) {
        meta.push(words::public_until(cx, until));
    }
    meta.retain(|part| !part.is_empty());
    Item::new(title).to(to(award)).badge(state.text, state.tone).meta(meta.join(" · "))
}

/// Awards in a list.
pub fn awards(cx: &Read, reader: &Reader, awards: &[Doc<Award>]) -> Vec<Item> {
    awards.iter().map(|found| award(cx, reader, found)).collect()
}

/// A thing on the shelf.
pub fn goods(goods: &Doc<Goods>) -> Item {
    let meta = match goods.stock {
        ..=0 => t!("goods.sold-out"),
        n => t!("goods.stock", n = n),
    };
    let tone = if goods.stock > 0 { Tone::Done } else { Tone::Plain };
    let item = Item::new(&goods.title).to(To::page("goods").with("id", goods.id.as_str()));
    let item = item.badge(words::points(goods.price), tone).meta(meta);
    match goods.photos.first() {
        Some(photo) => item.image(photo),
        None => item,
    }
}

/// A reservation.
pub fn reservation(reservation: &Doc<Reservation>, with_name: bool) -> Item {
    let state = words::reservation(reservation.state);
    let title = if with_name {
        t!("row.reservation", title = reservation.title, name = reservation.name)
    } else {
        reservation.title.clone()
    };
    let date = words::date(reservation.until);
    let meta = t!("row.reservation.meta", points = words::points(reservation.price), date = date);
    Item::new(title).to(to_reservation(reservation)).badge(state.text, state.tone).meta(meta)
}

/// An activity.
pub fn activity(cx: &Read, activity: &Doc<Activity>) -> Item {
    let state = words::activity(activity, cx.now());
    let meta = t!(
        "row.activity",
        date = words::date(activity.starts),
        from = days::write_time(activity.starts),
        to = days::write_time(activity.ends),
        place = activity.place,
        taken = activity.taken,
        seats = activity.seats
    );
    Item::new(&activity.title).to(to_activity(activity)).badge(state.text, state.tone).meta(meta)
}

/// What somebody has, as numbers with their meaning.
pub fn balances(balances: Balances) -> Vec<Stat> {
    let to = || To::page("account");
    vec![
        Stat::new(amount::show(balances.redeemable - balances.held), t!("kind.redeemable")).tone(Tone::Done).to(to()),
        Stat::new(amount::show(balances.base), t!("kind.base")).to(to()),
        Stat::new(amount::show(balances.honour), t!("kind.honour")).to(to()),
    ]
}
