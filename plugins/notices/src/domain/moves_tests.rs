//! A notice's moves, and what the host is told of it after each.

use super::*;
use crate::domain::{Board, Sight};

fn words(addressed: Audience) -> Words {
    Words { title: "停电".to_owned(), text: "周六停电".to_owned(), addressed, ..Words::default() }
}

fn groups() -> Audience {
    Audience::Groups(vec!["三组".to_owned()])
}

fn out(addressed: Audience) -> Notice {
    let mut notice = Notice::draft(words(addressed), None, 1);
    notice.publish(10).unwrap();
    notice
}

fn sender() -> Sender {
    Sender { name: "贡井区".to_owned(), kind: "district".to_owned(), attachments: 0 }
}

#[test]
fn only_what_is_out_is_seen_and_only_as_far_as_it_is_addressed() {
    let mut notice = Notice::draft(words(groups()), None, 1);
    assert_eq!((notice.sight, notice.board), (Sight::Office, None));
    notice.publish(10).unwrap();
    assert_eq!((notice.sight, notice.board, notice.at), (Sight::Addressed, Some(Board::Current), 10));
    assert_eq!(out(Audience::All).sight, Sight::Public);
    notice.withdraw("写错了".to_owned(), None, 11).unwrap();
    assert_eq!((notice.sight, notice.board, notice.counted_at), (Sight::Office, None, None));
}

#[test]
fn nobody_chosen_goes_nowhere() {
    let mut notice = Notice::draft(words(Audience::Households(Vec::new())), None, 1);
    assert_eq!(notice.publish(10), Err(Refused::NobodyChosen));
    assert_eq!(notice.schedule(10), Err(Refused::NobodyChosen));
    assert_eq!(notice.add_household("h1"), Ok(true));
    assert_eq!(notice.add_household("h1"), Ok(false));
    notice.schedule(10).unwrap();
    assert_eq!(notice.drop_household("h1"), Err(Refused::NobodyChosen), "what goes out on a day keeps its last one");
    assert_eq!(notice.edit(words(Audience::Groups(Vec::new()))), Err(Refused::NobodyChosen));
    assert_eq!(notice.addressed, Audience::Households(vec!["h1".to_owned()]), "a refused change leaves it as it was");
    notice.hold().unwrap();
    notice.drop_household("h1").unwrap();
    assert_eq!((notice.publish_at, notice.audience.len()), (None, 0));
}

#[test]
fn what_would_be_over_before_it_is_out_is_refused() {
    let mut notice = Notice::draft(Words { expires_at: Some(20), ..words(Audience::All) }, None, 1);
    assert_eq!(notice.schedule(20), Err(Refused::OverBefore));
    notice.schedule(19).unwrap();
    assert_eq!(notice.publish_at, Some(19));
    notice.publish(19).unwrap();
    assert!(!notice.expire(19));
    notice.pin(0, 19).unwrap();
    assert!(notice.expire(20));
    assert_eq!((notice.state, notice.board, notice.pin), (State::Expired, Some(Board::Past), None));
    assert!(!notice.expire(21), "once");
}

#[test]
fn three_are_pinned_and_no_more() {
    let mut notice = out(Audience::All);
    assert_eq!(notice.pin(3, 11), Err(Refused::TooManyPins));
    notice.pin(2, 11).unwrap();
    assert_eq!(notice.pin(2, 11), Err(Refused::Pinned));
    notice.unpin().unwrap();
    assert_eq!(notice.unpin(), Err(Refused::NotPinned));
}

#[test]
fn a_copy_changes_only_as_its_office_says_and_each_version_once() {
    let change = |revision, title: &str, at| Change {
        words: Words { title: title.to_owned(), ..words(Audience::All) },
        revision,
        at,
    };
    let mut copy = Notice::from_above(change(1, "防火", 10), "n1", sender());
    assert_eq!((copy.state, copy.sight), (State::Published, Sight::Public));
    assert_eq!(copy.correct("x".to_owned(), "y".to_owned(), None, 11), Err(Refused::FromAbove));
    assert_eq!(copy.withdraw("x".to_owned(), None, 11), Err(Refused::FromAbove));
    copy.pin(0, 11).unwrap();
    assert!(!copy.change(change(1, "旧", 12)));
    assert!(copy.change(change(2, "防火令", 12)));
    assert_eq!((copy.title.as_str(), copy.corrected_at, copy.pin), ("防火令", Some(12), Some(11)));
    copy.recall(Withdrawal { at: 13, reason: "作废".to_owned(), by: None }).unwrap();
    assert!(!copy.change(change(3, "晚了", 14)), "what was taken back stays so");
}

#[test]
fn a_copy_that_comes_late_is_over_and_a_longer_date_brings_it_back() {
    let change =
        |revision, end, at| Change { words: Words { expires_at: Some(end), ..words(Audience::All) }, revision, at };
    let mut copy = Notice::from_above(change(1, 10, 12), "n1", sender());
    assert_eq!(copy.state, State::Expired);
    assert!(copy.change(change(2, 20, 13)));
    assert_eq!((copy.state, copy.expiry_due), (State::Published, Some(20)));
}

#[test]
fn only_safety_is_urgent_and_only_what_asks_is_acknowledged() {
    let urgent = Words { urgent: true, acknowledge: true, ..words(Audience::All) };
    let mut notice = Notice::draft(urgent.clone(), None, 1);
    assert!(!notice.urgent);
    assert_eq!(notice.may_acknowledge(), Err(Refused::NotOut));
    notice.edit(Words { kind: Kind::Safety, ..urgent }).unwrap();
    assert!(notice.urgent);
    notice.publish(10).unwrap();
    assert_eq!((notice.may_acknowledge(), notice.asking.as_deref()), (Ok(()), Some(&["all".to_owned()][..])));
    assert_eq!(out(Audience::All).may_acknowledge(), Err(Refused::NotAsked));
}

#[test]
fn counts_are_news_once() {
    let mut notice = out(Audience::All);
    let count = Count { reached: 3, read: 1, acknowledged: 0 };
    assert!(notice.counted(count));
    assert!(!notice.counted(count));
}
