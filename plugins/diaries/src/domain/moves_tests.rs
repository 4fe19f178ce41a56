//! Moves of an entry, allowed and refused.

use super::super::entry::{Told, Visited};
use super::super::kind::Kind;
use super::*;

fn day(text: &str) -> Micros {
    days::read_day(text).unwrap()
}

fn by(person: &str, at: Micros) -> By {
    By { person: person.to_owned(), name: person.to_owned(), at }
}

fn told(kind: Kind, household: Option<&str>) -> Told {
    let visited =
        household.map(|id| Visited { id: id.to_owned(), name: "林秀英".to_owned(), group: None, names: Vec::new() });
    Told {
        kind,
        text: "送药".to_owned(),
        day: day("2026-09-01"),
        place: None,
        minutes: None,
        photos: Vec::new(),
        visited,
        promised: Some("修水管".to_owned()),
        follow_up: Some(day("2026-09-10")),
        helpers: Vec::new(),
        note: None,
    }
}

fn published(household: Option<&str>) -> Entry {
    let author = by("jian", day("2026-09-02"));
    let mut entry = Entry::draft(told(Kind::Errand, household), &author);
    assert_eq!((entry.visibility.as_str(), entry.kept.as_str(), entry.listed), ("draft", "draft", None));
    assert_eq!(entry.follow_of, None, "a draft promises nothing");
    entry.publish(&author, 1);
    entry
}

fn now() -> Micros {
    day("2026-09-03")
}

#[test]
fn a_published_entry_waits_for_its_household() {
    let entry = published(Some("lin"));
    assert_eq!((entry.visibility.as_str(), entry.kept.as_str()), ("public", "office"));
    assert_eq!((entry.check, entry.waiting_for.as_deref(), entry.round), (Some(Check::Waiting), Some("lin"), 1));
    assert_eq!((entry.late_days, entry.draft_of, entry.follow_of.as_deref()), (None, None, Some("jian")));
    let without = published(None);
    assert_eq!((without.check, without.waiting_for, without.round), (None, None, 0));
}

#[test]
fn what_comes_later_than_the_village_allows_is_marked() {
    let author = by("jian", day("2026-09-20"));
    let mut entry = Entry::draft(told(Kind::Visit, Some("lin")), &author);
    entry.publish(&author, 1);
    assert_eq!(entry.late_days, Some(19));
}

#[test]
fn only_the_household_answers_and_only_in_time() {
    let mut entry = published(Some("lin"));
    assert_eq!(entry.confirm(&by("wang", now()), Some("wang")), Err(Refused::NotYourHousehold));
    assert_eq!(entry.confirm(&by("wang", now()), None), Err(Refused::NotYourHousehold));
    assert_eq!(entry.confirm(&by("jian", now()), Some("lin")), Err(Refused::OwnEntry));
    assert_eq!(entry.confirm(&by("lin", day("2026-12-02")), Some("lin")), Err(Refused::TooLate));
    assert_eq!(entry.confirm(&by("lin", now()), Some("lin")), Ok(()));
    assert_eq!(entry.confirm(&by("lin2", now()), Some("lin")), Err(Refused::AlreadyConfirmed));
    assert_eq!(published(None).confirm(&by("lin", now()), Some("lin")), Err(Refused::NotYourHousehold));
}

#[test]
fn a_dispute_is_settled_by_somebody_without_a_part_in_it() {
    let mut entry = published(Some("lin"));
    let words = || "问过了".to_owned();
    assert_eq!(entry.settle(&by("chen", now()), None, true, words()), Err(Refused::NotDisputed));
    entry.confirm(&by("lin", now()), Some("lin")).unwrap();
    entry.dispute(&by("lin2", now()), Some("lin")).unwrap();
    assert_eq!(entry.dispute(&by("lin", now()), Some("lin")), Err(Refused::UnderReview));
    assert_eq!(entry.confirm(&by("lin", now()), Some("lin")), Err(Refused::UnderReview));
    assert_eq!(entry.settle(&by("jian", now()), None, true, words()), Err(Refused::Involved));
    assert_eq!(entry.settle(&by("lin3", now()), Some("lin"), true, words()), Err(Refused::Involved));
    assert!(entry.counts());
    entry.settle(&by("chen", now()), None, false, words()).unwrap();
    assert!(!entry.counts() && entry.is_public());
    assert_eq!(entry.settle(&by("chen", now()), None, true, words()), Err(Refused::Settled));
    assert_eq!(entry.dispute(&by("lin", now()), Some("lin")), Err(Refused::Settled));
    assert_eq!(entry.withdraw(&by("jian", now()), true, words()), Err(Refused::Settled));
    assert_eq!(entry.withdraw(&by("admin", now()), true, words()), Ok(()));
}

fn corrected(entry: &Entry) -> Corrected {
    let now = Before {
        text: entry.text.clone(),
        day: entry.day,
        place: entry.place.clone(),
        minutes: entry.minutes,
        promised: entry.promised.clone(),
        follow_up: entry.follow_up,
    };
    Corrected { now, reason: "记错了".to_owned() }
}

#[test]
fn a_correction_leaves_what_was_there_and_asks_again() {
    let mut entry = published(Some("lin"));
    entry.confirm(&by("lin", now()), Some("lin")).unwrap();
    let same = corrected(&entry);
    assert_eq!(entry.correct(&by("jian", now()), same, 1), Err(Refused::NothingChanged));
    let mut other = corrected(&entry);
    other.now.text = "送药、量血压".to_owned();
    assert_eq!(entry.correct(&by("wang", now()), other.clone(), 1), Err(Refused::NotYours));
    entry.correct(&by("jian", now()), other, 1).unwrap();
    assert_eq!((entry.check, entry.round, entry.text.as_str()), (Some(Check::Waiting), 2, "送药、量血压"));
    let step = entry.steps.last().unwrap();
    assert_eq!((step.kind, step.before.as_ref().unwrap().text.as_str()), (StepKind::Corrected, "送药"));
    for (text, outcome) in
        [("2026-09-03", Err(Refused::BadDay)), ("2026-08-01", Err(Refused::BadDay)), ("2026-08-20", Ok(()))]
    {
        let mut other = corrected(&entry);
        other.now.day = day(text);
        assert_eq!(entry.correct(&by("jian", now()), other, 1), outcome, "{text}");
    }
    assert_eq!(entry.late_days, Some(13));
}

#[test]
fn a_promise_is_kept_once_and_a_new_one_is_open_again() {
    let mut entry = published(None);
    entry.follow(&by("li", now()), "修好了".to_owned()).unwrap();
    assert_eq!(entry.follow(&by("li", now()), "修好了".to_owned()), Err(Refused::NothingPromised));
    let mut other = corrected(&entry);
    other.now.promised = Some("换水管".to_owned());
    entry.correct(&by("jian", now()), other, 1).unwrap();
    assert_eq!(entry.follow_of.as_deref(), Some("jian"));
}

#[test]
fn what_was_withdrawn_is_over() {
    let mut entry = published(Some("lin"));
    assert_eq!(entry.withdraw(&by("wang", now()), false, "x".to_owned()), Err(Refused::NotYours));
    entry.withdraw(&by("jian", now()), false, "户选错了".to_owned()).unwrap();
    assert_eq!((entry.visibility.as_str(), entry.waiting_for.as_ref(), entry.counts()), ("office", None, false));
    assert_eq!(entry.confirm(&by("lin", now()), Some("lin")), Err(Refused::Withdrawn));
    assert_eq!(entry.follow(&by("jian", now()), "x".to_owned()), Err(Refused::Withdrawn));
    let mut draft = Entry::draft(told(Kind::Patrol, None), &by("jian", now()));
    assert_eq!(draft.withdraw(&by("jian", now()), false, "x".to_owned()), Err(Refused::Draft));
}
