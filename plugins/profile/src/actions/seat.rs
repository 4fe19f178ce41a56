//! The admin keeps the list of committee members.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::{back, right, stamp};
use crate::domain::{Body, Part, Seat};
use crate::{AddSeatForm, DropSeatForm, EditSeatForm, listing};

/// See `plugin.toml`.
pub fn add_seat(cx: &mut Write, form: AddSeatForm) -> Result<Outcome> {
    if listing::seats(cx)?.len() >= listing::MOST_SEATS {
        return Err(Error::conflict(t!("refused.many", n = listing::MOST_SEATS)));
    }
    let seat = Seat {
        name: form.name,
        committee: Body::parse(&form.body),
        office: form.office,
        since: form.since,
        until: form.until,
        place: form.place,
    };
    let seat = cx.insert(&right("until", seat.checked())?)?;
    stamp(cx, Part::Committee)?;
    Ok(back("edit", &seat.id, t!("say.seat.added", name = seat.name)))
}

/// See `plugin.toml`.
pub fn edit_seat(cx: &mut Write, form: EditSeatForm) -> Result<Outcome> {
    let mut seat = cx.data::<Seat>().must(&form.seat)?;
    let changed = Seat {
        name: form.name,
        committee: Body::parse(&form.body),
        office: form.office,
        since: form.since,
        until: form.until,
        place: form.place,
    };
    seat.body = right("until", changed.checked())?;
    let seat = cx.update(&seat)?;
    stamp(cx, Part::Committee)?;
    Ok(back("edit", &seat.id, t!("say.saved")))
}

/// See `plugin.toml`.
pub fn drop_seat(cx: &mut Write, form: &DropSeatForm) -> Result<Outcome> {
    let seat = cx.data::<Seat>().must(&form.seat)?;
    cx.remove(&seat)?;
    stamp(cx, Part::Committee)?;
    Ok(back("edit", &seat.id, t!("say.seat.dropped", name = seat.name)))
}
