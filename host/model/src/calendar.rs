//! Working days of the district: weekdays, less the published holidays, plus the make-up days.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::clock::Micros;

/// A day in China Standard Time (UTC+8, without summer time since 1991).
pub type LocalDay = Date;

/// The offset of China Standard Time.
pub fn china() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// The local day of an instant.
pub fn local_day(instant: Micros) -> LocalDay {
    Timestamp::from_microsecond(instant).unwrap_or_default().to_zoned_datetime(china()).date()
}

/// The instant at which a local day begins.
pub fn start_of(day: LocalDay) -> Micros {
    day.to_zoned_datetime(china()).map(|zoned| zoned.timestamp().as_microsecond()).unwrap_or_default()
}

/// What a published calendar says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A day off.
    Holiday,
    /// A weekend day worked instead.
    Working,
}

/// The district's calendar. Days that it does not name are working days from Monday to Friday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<LocalDay, DayKind>,
}

/// The calendar has no answer: the span is too long.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at most {MAX_DAYS} working days can be counted; {0} were asked for")]
pub struct TooFar(pub u32);

/// Greatest number of working days that one question may span: about four years.
pub const MAX_DAYS: u32 = 1_000;

impl Calendar {
    /// A calendar of exceptions.
    pub fn new(days: impl IntoIterator<Item = (LocalDay, DayKind)>) -> Self {
        Self { days: days.into_iter().collect() }
    }

    /// The exceptions, in order.
    pub fn days(&self) -> impl Iterator<Item = (LocalDay, DayKind)> + '_ {
        self.days.iter().map(|(day, kind)| (*day, *kind))
    }

    /// Whether a day is worked.
    pub fn is_working(&self, day: LocalDay) -> bool {
        match self.days.get(&day) {
            Some(DayKind::Holiday) => false,
            Some(DayKind::Working) => true,
            None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The end (24:00 local) of the `days`-th working day after the local day of `instant`; 0 is the end of
    /// that very day.
    pub fn add_working_days(&self, instant: Micros, days: u32) -> Result<Micros, TooFar> {
        if days > MAX_DAYS {
            return Err(TooFar(days));
        }
        let mut day = local_day(instant);
        let mut left = days;
        while left > 0 {
            day = next(day);
            if self.is_working(day) {
                left -= 1;
            }
        }
        Ok(start_of(next(day)))
    }

    /// Working days after the local day of `start` up to and including that of `end`; negative when `end`
    /// is earlier.
    pub fn working_days_between(&self, start: Micros, end: Micros) -> Result<i32, TooFar> {
        let (from, to, sign) = match (local_day(start), local_day(end)) {
            (a, b) if a <= b => (a, b, 1),
            (a, b) => (b, a, -1),
        };
        let span = from.until(to).map_or(i32::MAX, |span| span.get_days());
        if span > 2_000 {
            return Err(TooFar(u32::try_from(span).unwrap_or(u32::MAX)));
        }
        let mut day = from;
        let mut count = 0;
        while day < to {
            day = next(day);
            if self.is_working(day) {
                count += 1;
            }
        }
        Ok(sign * count)
    }
}

fn next(day: LocalDay) -> LocalDay {
    day.checked_add(1.day()).unwrap_or(day)
}
