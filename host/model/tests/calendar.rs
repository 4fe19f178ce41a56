//! The working-day calendar against days that anybody can check on the wall, and against a plain count.

#![expect(clippy::expect_used, reason = "a test stops with the error")]

use cunshi_model::calendar::{DayKind, local_day, start_of};
use cunshi_model::clock::{DAY, HOUR};
use cunshi_model::{Calendar, LocalDay};
use jiff::civil::date;
use proptest::prelude::*;

/// Autumn 2026 as published: 20 September is worked, 25 September (Mid-Autumn) is not.
fn autumn() -> Calendar {
    Calendar::new([(date(2026, 9, 20), DayKind::Working), (date(2026, 9, 25), DayKind::Holiday)])
}

fn deadline(from: LocalDay, days: u32) -> LocalDay {
    let end = autumn().add_working_days(start_of(from) + 8 * HOUR, days).expect("within four years");
    local_day(end - 1)
}

#[test]
fn seven_working_days_after_a_wednesday_is_the_friday_of_the_next_week() {
    assert_eq!(deadline(date(2026, 9, 2), 7), date(2026, 9, 11));
}

#[test]
fn a_sunday_that_is_worked_counts_and_a_friday_that_is_a_holiday_does_not() {
    assert_eq!(deadline(date(2026, 9, 18), 1), date(2026, 9, 20));
    assert_eq!(deadline(date(2026, 9, 24), 1), date(2026, 9, 28));
}

#[test]
fn a_deadline_is_the_end_of_its_day_in_china() {
    let end = autumn().add_working_days(start_of(date(2026, 9, 2)), 0).expect("today");
    assert_eq!(end, start_of(date(2026, 9, 3)));
    assert_eq!(end - start_of(date(2026, 9, 2)), DAY);
}

#[test]
fn closing_on_the_fourth_is_five_working_days_early() {
    let early = autumn().working_days_between(start_of(date(2026, 9, 4)), start_of(date(2026, 9, 11)));
    assert_eq!(early, Ok(5));
}

#[test]
fn a_span_of_centuries_is_refused() {
    let refused = autumn().add_working_days(0, 1_001).expect_err("too far");
    assert!(refused.to_string().contains("1000"), "{refused}");
    assert!(autumn().working_days_between(0, 1_000 * 365 * DAY).is_err());
}

proptest! {
    #[test]
    fn counting_back_gives_what_was_added(start in 0i64..20_000, days in 0u32..300) {
        let instant = start * DAY + 3 * HOUR;
        let end = autumn().add_working_days(instant, days).expect("within four years");
        let counted = autumn().working_days_between(instant, end - 1).expect("within four years");
        prop_assert_eq!(i64::from(counted), i64::from(days));
    }

    #[test]
    fn the_two_directions_mirror_each_other(a in 0i64..3_000, b in 0i64..3_000) {
        let (a, b) = (a * DAY, b * DAY);
        if let (Ok(forth), Ok(back)) = (autumn().working_days_between(a, b), autumn().working_days_between(b, a)) {
            prop_assert_eq!(forth, -back);
        }
    }
}

#[test]
fn spans_are_the_districts_calendar_days_and_the_ledgers_periods() {
    use cunshi_contract::ledger::period;
    use cunshi_model::rules::Span;

    let evening = start_of(date(2026, 9, 30)) + 23 * HOUR;
    let day = |from: LocalDay, to: LocalDay| (start_of(from), start_of(to));
    assert_eq!(Span::Day.around(evening), day(date(2026, 9, 30), date(2026, 10, 1)));
    assert_eq!(Span::Month.around(evening), day(date(2026, 9, 1), date(2026, 10, 1)));
    assert_eq!(Span::Quarter.around(evening), day(date(2026, 7, 1), date(2026, 10, 1)));
    assert_eq!(Span::Year.around(evening), day(date(2026, 1, 1), date(2027, 1, 1)));
    assert!(Span::Ever.around(evening).0 < 0 && Span::Ever.around(evening).1 > evening);
    // The first instant of a span is in it, the first of the next one is not.
    assert_eq!(Span::Quarter.around(start_of(date(2026, 10, 1))).0, start_of(date(2026, 10, 1)));
    for (span, text) in [(Span::Month, "2026-09"), (Span::Quarter, "2026-Q3"), (Span::Year, "2026")] {
        assert_eq!(Some(span.around(evening)), period(text), "{text}");
    }
}
