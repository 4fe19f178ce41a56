//! Words for things: the one place where kinds, states, audiences and refusals become text in the reader's language.

use cunshi_sdk::prelude::{Badge, Doc, Read, Result, Tone};
pub use cunshi_sdk::words::{cut, date};

use crate::domain::audience::EVERYBODY;
use crate::domain::{Audience, Count, Kind, Notice, Refused, State};
use crate::reader::Reader;

/// Whether this is the town's or the district's space, with others below.
pub fn is_office_above(cx: &Read) -> bool {
    matches!(cx.space().kind.as_str(), "town" | "district")
}

/// A kind.
pub fn kind(kind: Kind) -> String {
    match kind {
        Kind::Announcement => t!("kind.announcement"),
        Kind::Policy => t!("kind.policy"),
        Kind::Service => t!("kind.service"),
        Kind::Safety => t!("kind.safety"),
    }
}

/// Who makes it known: this space, or the one above that wrote it.
pub fn sender<'a>(cx: &'a Read, notice: &'a Notice) -> &'a str {
    notice.sender.as_ref().map_or(cx.space().name.as_str(), |sender| sender.name.as_str())
}

/// The state, for the office.
pub fn state(state: State) -> Badge {
    let (text, tone) = match state {
        State::Draft => (t!("state.draft"), Tone::Hand),
        State::Scheduled => (t!("state.scheduled"), Tone::Hand),
        State::Published => (t!("state.published"), Tone::Done),
        State::Expired => (t!("state.expired"), Tone::Plain),
        State::Withdrawn => (t!("state.withdrawn"), Tone::Late),
    };
    Badge::new(text, tone)
}

/// For whom it is, as far as the reader may know: of others' households nobody learns.
pub fn audience(reader: &Reader, notice: &Notice) -> String {
    match &notice.addressed {
        Audience::All => t!("audience.all"),
        Audience::Groups(names) => names.join(&t!("list.and")),
        Audience::Households(ids) if reader.cadre && ids.len() == 1 => t!("audience.households.one"),
        Audience::Households(ids) if reader.cadre => t!("audience.households.many", n = ids.len()),
        Audience::Households(_) => t!("audience.yours"),
    }
}

/// Whether it is for this reader in particular.
pub fn is_particular(notice: &Notice) -> bool {
    notice.audience.iter().all(|key| key != EVERYBODY)
}

/// The one word beside a notice in a list: what matters most about it.
pub fn badge(notice: &Doc<Notice>, waits: bool) -> Badge {
    match notice.state {
        State::Published if notice.urgent => Badge::new(t!("badge.urgent"), Tone::Late),
        State::Published if waits => Badge::new(t!("badge.waits"), Tone::Hand),
        State::Published if notice.pin.is_some() => Badge::new(t!("badge.pinned"), Tone::Up),
        State::Published => Badge::new(kind(notice.kind), Tone::Plain),
        other => state(other),
    }
}

/// How many have read it, with the share.
pub fn read_share(count: Count) -> String {
    t!("count.read", n = count.read, of = count.reached, percent = count.percent_read())
}

/// How many have acknowledged it, with the share.
pub fn acknowledged_share(count: Count) -> String {
    t!("count.acknowledged", n = count.acknowledged, of = count.reached, percent = count.percent_acknowledged())
}

/// The names of the households that a notice is for, with their ids; for the office.
pub fn households(cx: &Read, notice: &Notice) -> Result<Vec<(String, String)>> {
    let Audience::Households(ids) = &notice.addressed else { return Ok(Vec::new()) };
    let mut named = Vec::new();
    for id in ids {
        let name = cx.household(id)?.map_or_else(|| t!("household.gone"), |household| household.name);
        named.push((id.clone(), name));
    }
    Ok(named)
}

/// Why something cannot be done to a notice.
pub fn refused(why: Refused) -> String {
    match why {
        Refused::Out => t!("refused.out"),
        Refused::NotOut => t!("refused.not-out"),
        Refused::NotScheduled => t!("refused.not-scheduled"),
        Refused::Expired => t!("refused.expired"),
        Refused::Withdrawn => t!("refused.withdrawn"),
        Refused::FromAbove => t!("refused.from-above"),
        Refused::NobodyChosen => t!("refused.nobody-chosen"),
        Refused::OverBefore => t!("refused.over-before"),
        Refused::TooManyPins => t!("refused.too-many-pins"),
        Refused::Pinned => t!("refused.pinned"),
        Refused::NotPinned => t!("refused.not-pinned"),
        Refused::NotAsked => t!("refused.not-asked"),
    }
}
