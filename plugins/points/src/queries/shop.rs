//! The shop, and volunteer activities.

use cunshi_sdk::prelude::{Doc, Error, Read, Result, Value, json};

use crate::domain::{
    Activity, ActivityIndexes as _, Goods, GoodsIndexes as _, Reservation, Signup, SignupIndexes as _, amount,
};
use crate::words::Reader;
use crate::{ItemsParams, ParticipantsParams, ReservationsParams, ScheduleParams, listing};

/// Things on a page.
pub const ROWS: u32 = 20;

/// The shelf, the cheapest first.
pub fn items(cx: &Read, params: ItemsParams) -> Result<Value> {
    let (goods, next) = cx.data::<Goods>().by_shelf("on").page(ROWS, params.cursor)?;
    let one = |goods: &Doc<Goods>| {
        json!({
            "id": goods.id, "title": goods.title, "text": goods.text, "price": amount::show(goods.price),
            "value": goods.value, "stock": goods.stock, "photos": goods.photos, "version": goods.version,
        })
    };
    let items: Vec<Value> = goods.iter().map(one).collect();
    Ok(json!({ "items": items, "next": next }))
}

/// Mine; for a cadre, all that wait to be handed out.
pub fn reservations(cx: &Read, params: ReservationsParams) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let hand = reader.hand.clone().ok_or(Error::Missing)?;
    let (found, next) = if reader.cadre {
        listing::to_hand_out(cx, ROWS, params.cursor)?
    } else {
        listing::reservations_of(cx, &hand.person, ROWS, params.cursor)?
    };
    let found: Vec<Value> = found.iter().map(|found| reservation(&reader, found)).collect();
    Ok(json!({ "reservations": found, "next": next }))
}

/// One reservation. The code is its owner's: who hands it out reads it from the villager.
pub fn reservation(reader: &Reader, reservation: &Doc<Reservation>) -> Value {
    json!({
        "id": reservation.id,
        "goods": reservation.goods,
        "title": reservation.title,
        "price": amount::show(reservation.price),
        "name": reservation.name,
        "state": reservation.state,
        "at": reservation.at,
        "until": reservation.until,
        "code": reader.sees_code(reservation).then_some(&reservation.code),
        "because": reservation.why.because,
        "decision": reservation.why.decision,
    })
}

/// Activities: those to come, the nearest first, or the past ones, the latest first.
pub fn schedule(cx: &Read, params: ScheduleParams) -> Result<Value> {
    let (found, next) = activities(cx, &params.show, params.cursor)?;
    let one = |activity: &Doc<Activity>| {
        json!({
            "id": activity.id, "title": activity.title, "text": activity.text, "place": activity.place,
            "starts": activity.starts, "ends": activity.ends, "seats": activity.seats, "taken": activity.taken,
            "state": activity.state,
        })
    };
    let found: Vec<Value> = found.iter().map(one).collect();
    Ok(json!({ "activities": found, "next": next }))
}

/// Activities of a list.
pub fn activities(cx: &Read, show: &str, cursor: Option<String>) -> Result<listing::Page<Activity>> {
    let activities = cx.data::<Activity>();
    let query = if show == "done" { activities.by_state("done").newest() } else { activities.by_state("open") };
    Ok(query.page(ROWS, cursor)?)
}

/// Who takes part, for the office.
pub fn participants(cx: &Read, params: &ParticipantsParams) -> Result<Value> {
    let found = cx.data::<Signup>().by_activity(params.activity.as_str()).take(200)?;
    let one = |signup: &Doc<Signup>| {
        json!({
            "id": signup.id, "person": signup.person, "name": signup.name, "state": signup.state,
            "hours": signup.hours, "at": signup.at,
        })
    };
    let signups: Vec<Value> = found.iter().map(one).collect();
    Ok(json!({ "signups": signups }))
}
