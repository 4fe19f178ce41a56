//! A duty: one item of the calendar for one period, from the period's first day on.

use cunshi_sdk::prelude::{Text, document};

use super::days::Micros;
use super::item::{Affairs, Every, Item};
use super::period::Period;

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Published in time.
    Done,
    /// Published after its day.
    Late,
    /// Past its day and not published.
    Overdue,
    /// Being prepared; there is time left.
    InHand,
    /// There is time left.
    NotDue,
}

/// What is due.
#[document("duty")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Item and period, `finance/2026-09`; for a matter at once item and disclosure.
    pub key: String,
    /// The item's key.
    pub item: String,
    /// Which affairs.
    pub affairs: Affairs,
    /// What the item is called.
    pub title: Text,
    /// How often.
    pub every: Every,
    /// The period's first instant.
    pub start: Micros,
    /// The first instant after it.
    pub end: Micros,
    /// Until when it is published in time.
    pub due_at: Micros,
    /// `open` or `done`.
    pub state: String,
    /// The disclosure for it, from the first draft on: its root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<String>,
    /// When it was published first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Micros>,
    /// Whether it was published in time; none while it may still be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_time: Option<bool>,
    /// The space above knows that it is overdue.
    #[serde(default)]
    pub told: bool,
    /// Its day, until it is published or marked as overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unmarked_due: Option<Micros>,
}

impl Duty {
    /// The duty of an item for a period.
    pub fn of(item: &Item, period: Period) -> Self {
        let due_at = period.due_at(item.days);
        Self {
            key: format!("{}/{}", item.key, period.key(item.every)),
            item: item.key.clone(),
            affairs: item.affairs,
            title: item.title.clone(),
            every: item.every,
            start: period.start,
            end: period.end,
            due_at,
            state: "open".to_owned(),
            disclosure: None,
            published_at: None,
            in_time: None,
            told: false,
            unmarked_due: Some(due_at),
        }
    }

    /// The duty of a matter at once that happened on a day, for the disclosure of this root.
    pub fn at_once(item: &Item, happened: Micros, root: &str) -> Self {
        let duty = Self::of(item, Period::of(Every::AtOnce, happened));
        Self { key: format!("{}/{root}", item.key), disclosure: Some(root.to_owned()), ..duty }
    }

    /// Its period.
    pub fn period(&self) -> Period {
        Period { start: self.start, end: self.end }
    }

    /// Whether nothing was published for it yet.
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }

    /// Whether it is past its day and not published.
    pub fn is_overdue(&self, now: Micros) -> bool {
        self.is_open() && now > self.due_at
    }

    /// How it stands.
    pub fn mark(&self, now: Micros) -> Mark {
        match (self.is_open(), self.in_time) {
            (false, Some(false)) => Mark::Late,
            (false, _) => Mark::Done,
            (true, _) if now > self.due_at => Mark::Overdue,
            (true, _) if self.disclosure.is_some() => Mark::InHand,
            (true, _) => Mark::NotDue,
        }
    }

    /// Brings an open duty in line with its item; whether that changed anything.
    pub fn follow(&mut self, item: &Item) -> bool {
        let due_at = self.period().due_at(item.days);
        if self.due_at == due_at && self.title == item.title && self.affairs == item.affairs {
            return false;
        }
        self.title = item.title.clone();
        self.affairs = item.affairs;
        if self.due_at != due_at {
            self.due_at = due_at;
            self.in_time = None;
            self.unmarked_due = Some(due_at);
        }
        true
    }

    /// Marks it as overdue once.
    pub fn overdue(&mut self, now: Micros) -> bool {
        if !self.is_overdue(now) || self.unmarked_due.is_none() {
            return false;
        }
        self.in_time = Some(false);
        self.unmarked_due = None;
        true
    }

    /// Something was published for it.
    pub fn published(&mut self, at: Micros) {
        if !self.is_open() {
            return;
        }
        "done".clone_into(&mut self.state);
        self.published_at = Some(at);
        self.in_time = Some(at <= self.due_at);
        self.unmarked_due = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::days;
    use crate::domain::item::defaults;

    fn duty() -> (Item, Duty) {
        let finance = defaults().remove(1);
        let duty = Duty::of(&finance, Period::of(Every::Monthly, days::read_day("2026-09-05").unwrap_or_default()));
        (finance, duty)
    }

    #[test]
    fn a_duty_is_done_late_or_overdue() {
        let (_, mut duty) = duty();
        let due = duty.due_at;
        assert_eq!((duty.mark(due), duty.mark(due + 1)), (Mark::NotDue, Mark::Overdue));
        duty.disclosure = Some("x".to_owned());
        assert_eq!(duty.mark(due), Mark::InHand);
        assert!(!duty.overdue(due) && duty.overdue(due + 1) && !duty.overdue(due + 2), "marked once");
        let mut late = duty.clone();
        late.published(due + 1);
        assert_eq!((late.mark(due + 9), late.in_time), (Mark::Late, Some(false)));
        duty.published(due);
        duty.published(due + 99);
        assert_eq!((duty.mark(due + 9), duty.published_at), (Mark::Done, Some(due)));
    }

    #[test]
    fn more_time_takes_the_mark_away() {
        let (mut item, mut duty) = duty();
        assert!(!duty.follow(&item));
        assert!(duty.overdue(duty.due_at + 1));
        item.days = 20;
        assert!(duty.follow(&item));
        assert_eq!((duty.in_time, duty.unmarked_due), (None, Some(duty.due_at)));
    }
}
