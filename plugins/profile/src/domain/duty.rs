//! Who is on duty: a weekly list, and days with a list of their own.

use cunshi_sdk::days::{self, DAY, MINUTE, Micros};
use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::Refused;

/// Minutes of a day.
const DAY_MINUTES: i64 = 24 * 60;

/// Hours of a day, in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hours {
    /// Inclusive.
    pub from: i64,
    /// Exclusive.
    pub to: i64,
}

impl Hours {
    /// From two times of day as forms give them, `08:30`.
    pub fn typed(from: &str, to: &str) -> Result<Self, Refused> {
        let minutes = |text| days::read_time(text).map(|time| time / MINUTE);
        match (minutes(from), minutes(to)) {
            (Some(from), Some(to)) if from < to => Ok(Self { from, to }),
            _ => Err(Refused::EndsBeforeStart),
        }
    }

    /// Whether some minute lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// A time of day: `08:30`.
pub fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The day of the week of an instant: 1 for Monday to 7 for Sunday.
pub fn weekday(at: Micros) -> i64 {
    // Day 0, 1 January 1970, was a Thursday.
    (days::day_number(at) + 3).rem_euclid(7) + 1
}

/// The instant at which the week of an instant begins, a Monday.
pub fn monday(at: Micros) -> Micros {
    days::midnight(at) - (weekday(at) - 1) * DAY
}

/// Somebody is on duty, or nobody is on a day.
#[document("duty")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duty {
    /// Of the weekly list: 1 for Monday to 7 for Sunday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<i64>,
    /// Of one day: the instant at which it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Micros>,
    /// Who; none where nobody is on duty on the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Minutes since midnight, inclusive.
    pub from: i64,
    /// Minutes since midnight, exclusive.
    pub to: i64,
    /// Why nobody is on duty, and whom to ask instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Duty {
    /// A day on which nobody is.
    pub fn closed(day: Micros, note: String) -> Self {
        Self { day: Some(day), to: DAY_MINUTES, note: Some(note), ..Self::default() }
    }

    /// Whether it says that nobody is on duty.
    pub fn is_closed(&self) -> bool {
        self.name.is_none()
    }

    /// Its hours.
    pub fn hours(&self) -> Hours {
        Hours { from: self.from, to: self.to }
    }

    /// Whether it is for the same day of the list.
    fn is_of_day(&self, other: &Self) -> bool {
        self.weekday == other.weekday && self.day == other.day
    }

    /// Refuses what does not go with the rest of the list.
    pub fn fits<'a>(&self, list: impl IntoIterator<Item = &'a Self>) -> Result<(), Refused> {
        for other in list.into_iter().filter(|other| self.is_of_day(other)) {
            match (self.is_closed(), other.is_closed()) {
                (_, true) => return Err(Refused::DayClosed),
                (true, false) => return Err(Refused::DayTaken),
                (false, false) if self.name == other.name && self.hours().overlaps(other.hours()) => {
                    return Err(Refused::OnDutyAlready);
                }
                (false, false) => {}
            }
        }
        Ok(())
    }
}

/// One day's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rota<'a> {
    /// The instant at which the day begins.
    pub day: Micros,
    /// Who is on duty, by the hour.
    pub on: Vec<&'a Duty>,
    /// Why nobody is, where that was said.
    pub closed: Option<&'a str>,
    /// The day has a list of its own.
    pub special: bool,
}

impl<'a> Rota<'a> {
    /// The list of the day of an instant: what is dated takes the place of what is weekly.
    pub fn of(all: &[&'a Duty], at: Micros) -> Self {
        let day = days::midnight(at);
        let (dated, weekday) = (Some(day), Some(weekday(day)));
        let mut on: Vec<&Duty> = all.iter().copied().filter(|duty| duty.day == dated).collect();
        let special = !on.is_empty();
        if !special {
            on = all.iter().copied().filter(|duty| duty.day.is_none() && duty.weekday == weekday).collect();
        }
        let closed = on.iter().find(|duty| duty.is_closed()).map(|duty| duty.note.as_deref().unwrap_or_default());
        on.retain(|duty| !duty.is_closed());
        on.sort_by(|a, b| (a.hours(), &a.name).cmp(&(b.hours(), &b.name)));
        Self { day, on, closed, special }
    }

    /// Whether somebody of this day's list is on duty at an instant.
    pub fn is_on(&self, duty: &Duty, now: Micros) -> bool {
        let minutes = (now - self.day).div_euclid(MINUTE);
        (duty.from..duty.to).contains(&minutes)
    }

    /// Until when who is on duty stays as it is now: the next beginning or end, at most the end of the day.
    pub fn until(&self, now: Micros) -> Micros {
        let ends = self.on.iter().flat_map(|duty| [duty.from, duty.to]).map(|minutes| self.day + minutes * MINUTE);
        ends.filter(|at| *at > now).min().unwrap_or(i64::MAX).min(days::next_midnight(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cunshi_sdk::days::HOUR;

    fn at(text: &str) -> Micros {
        days::read_day(text).unwrap_or_default()
    }

    fn weekly(weekday: i64, name: &str, from: i64, to: i64) -> Duty {
        Duty { weekday: Some(weekday), name: Some(name.to_owned()), from, to, ..Duty::default() }
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(weekday(at("2026-09-02")), 3);
        assert_eq!(weekday(at("2026-09-06") + 23 * HOUR), 7);
        assert_eq!(monday(at("2026-09-06") + 23 * HOUR), at("2026-08-31"));
        assert_eq!(monday(at("2026-08-31")), at("2026-08-31"));
    }

    #[test]
    fn hours_end_after_they_begin() {
        assert_eq!(Hours::typed("08:30", "17:30"), Ok(Hours { from: 510, to: 1050 }));
        assert_eq!(Hours::typed("17:30", "08:30"), Err(Refused::EndsBeforeStart));
        assert_eq!(Hours::typed("08:30", "08:30"), Err(Refused::EndsBeforeStart));
        assert_eq!((clock(510), clock(1440)), ("08:30".to_owned(), "24:00".to_owned()));
    }

    #[test]
    fn what_is_dated_takes_the_place_of_the_week() {
        let (morning, evening) = (weekly(3, "刘会计", 510, 720), weekly(3, "简书记", 840, 1050));
        let swap = Duty { weekday: None, day: Some(at("2026-09-09")), ..weekly(0, "黄主任", 540, 600) };
        let holiday = Duty::closed(at("2026-09-16"), "放假".to_owned());
        let all = [&evening, &morning, &swap, &holiday];
        let names = |day: &str| -> Vec<String> {
            Rota::of(&all, at(day)).on.iter().filter_map(|duty| duty.name.clone()).collect()
        };
        assert_eq!(names("2026-09-02"), ["刘会计", "简书记"]);
        assert_eq!(names("2026-09-09"), ["黄主任"]);
        assert!(names("2026-09-16").is_empty() && names("2026-09-03").is_empty());
        assert_eq!(Rota::of(&all, at("2026-09-16")).closed, Some("放假"));
        let rota = Rota::of(&all, at("2026-09-02"));
        let now = at("2026-09-02") + 9 * HOUR;
        assert!(rota.is_on(&morning, now) && !rota.is_on(&evening, now));
        assert_eq!(rota.until(now), at("2026-09-02") + 12 * HOUR);
        assert_eq!(rota.until(at("2026-09-02") + 20 * HOUR), at("2026-09-03"));
    }

    #[test]
    fn nobody_stands_twice_at_one_hour() {
        let list = [weekly(3, "刘会计", 510, 720)];
        assert_eq!(weekly(3, "刘会计", 600, 780).fits(&list), Err(Refused::OnDutyAlready));
        assert_eq!(weekly(3, "刘会计", 720, 780).fits(&list), Ok(()));
        assert_eq!(weekly(4, "刘会计", 510, 720).fits(&list), Ok(()));
        assert_eq!(weekly(3, "简书记", 510, 720).fits(&list), Ok(()));
    }

    #[test]
    fn a_closed_day_and_a_list_of_it_exclude_each_other() {
        let day = at("2026-10-01");
        let closed = Duty::closed(day, "国庆".to_owned());
        let duty = Duty { day: Some(day), weekday: None, ..weekly(0, "刘会计", 510, 720) };
        assert_eq!(duty.fits([&closed]), Err(Refused::DayClosed));
        assert_eq!(closed.fits([&duty]), Err(Refused::DayTaken));
        assert_eq!(closed.fits([&closed]), Err(Refused::DayClosed));
    }
}
