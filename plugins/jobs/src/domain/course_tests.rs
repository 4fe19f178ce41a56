//! Every move of a posting, and what stands in its way.

use super::*;
use crate::domain::Per;
use crate::domain::days::DAY;

const NOW: Micros = 100 * DAY;

fn hand() -> Hand {
    Hand { person: "p1".to_owned(), name: "简书记".to_owned(), at: NOW }
}

fn terms() -> Terms {
    let some = |text: &str| Some(text.to_owned());
    Terms {
        title: "果园采摘工".to_owned(),
        employer: some("李家果园"),
        place: some("重滩村三组"),
        distance: Some(0),
        pay_from: Some(12_000),
        pay_per: Per::Day,
        headcount: 2,
        contact_name: some("李老板"),
        contact_phone: some("13812345678"),
        closes: Some(NOW + 10 * DAY),
        ..Terms::default()
    }
}

fn open() -> Posting {
    let mut posting = Posting::draft(terms(), &hand());
    assert_eq!(posting.publish(&hand()), Ok(()));
    posting
}

fn news(state: State, told_at: Micros) -> News {
    News {
        terms: terms(),
        state,
        why: None,
        reason: None,
        hired: 0,
        published_at: NOW,
        told_at,
        office: "成佳镇".to_owned(),
    }
}

#[test]
fn without_pay_or_telephone_nothing_is_published() {
    for (without, lack) in
        [(Terms { pay_from: None, ..terms() }, Lack::Pay), (Terms { contact_phone: None, ..terms() }, Lack::Phone)]
    {
        let mut posting = Posting::draft(without.clone(), &hand());
        assert_eq!(posting.publish(&hand()), Err(Refused::Lacks(vec![lack])));
        assert_eq!((posting.state, posting.visibility.as_str()), (State::Draft, "office"));
        assert_eq!(Posting::proposal(without.clone(), &hand()).err(), Some(Refused::Lacks(vec![lack])));
        assert_eq!(open().revise(without, true, NOW), Err(Refused::Lacks(vec![lack])));
    }
}

#[test]
fn the_last_one_hired_closes_it_and_more_people_open_it() {
    let mut posting = open();
    assert_eq!(posting.hire(NOW), Ok(()));
    assert!(posting.is_open(NOW));
    assert_eq!(posting.hire(NOW), Ok(()));
    assert_eq!((posting.state, posting.why, posting.full), (State::Closed, Some(Why::Full), Some(true)));
    assert_eq!(posting.hire(NOW), Err(Refused::Full));
    assert_eq!(posting.reopen(2, NOW + DAY, NOW), Err(Refused::Full));
    assert_eq!(posting.reopen(3, NOW - 1, NOW), Err(Refused::Past));
    assert_eq!(posting.reopen(3, NOW + DAY, NOW), Ok(()));
    assert_eq!((posting.state, posting.places(), posting.full), (State::Open, 1, None));
    assert_eq!(posting.reopen(4, NOW + DAY, NOW), Err(Refused::StillOpen));
    posting.lose();
    assert_eq!(posting.places(), 2);
}

#[test]
fn the_last_day_closes_it() {
    let mut posting = open();
    let last = NOW + 10 * DAY;
    assert!(posting.is_open(last) && !posting.expire(last));
    assert!(!posting.is_open(last + 1) && posting.expire(last + 1));
    assert_eq!((posting.why, posting.full, posting.open_until), (Some(Why::Expired), Some(false), None));
    assert_eq!(posting.confirm(last + 1), Err(Refused::NotOpen));
    assert!(!posting.expire(last + 2), "once");
}

#[test]
fn a_proposal_goes_back_and_forth() {
    let mut posting = Posting::proposal(terms(), &hand()).unwrap_or_else(|why| panic!("{why:?}"));
    assert!(posting.is_proposed_by("p1") && !posting.is_proposed_by("p2"));
    assert_eq!(posting.decline("少工资".to_owned()), Ok(()));
    assert_eq!(posting.clone().publish(&hand()), Ok(()), "the office may have put it right itself");
    assert_eq!(posting.decline("x".to_owned()), Err(Refused::NotProposed));
    assert_eq!(posting.revise(terms(), false, NOW), Ok(()));
    assert_eq!((posting.state, posting.reason.as_deref()), (State::Proposed, None));
    assert_eq!(posting.publish(&hand()), Ok(()));
    assert_eq!(posting.publish(&hand()), Err(Refused::Published));
    assert_eq!(posting.revise(terms(), false, NOW), Err(Refused::Published), "then it is the office’s to change");
    assert_eq!(posting.may_discard(), Err(Refused::NotDraft));
}

#[test]
fn what_is_open_cannot_want_fewer_than_it_has() {
    let mut posting = open();
    assert_eq!(posting.hire(NOW), Ok(()));
    assert_eq!(posting.revise(Terms { headcount: 0, ..terms() }, true, NOW), Err(Refused::BelowHired));
    assert_eq!(posting.revise(Terms { headcount: 1, ..terms() }, true, NOW), Ok(()));
    assert_eq!(posting.why, Some(Why::Full));
}

#[test]
fn what_is_hidden_is_out_of_sight_until_it_is_brought_back() {
    let mut posting = open();
    assert_eq!(posting.restore(NOW), Err(Refused::NotHidden));
    assert_eq!(posting.hide("收押金".to_owned()), Ok(()));
    assert_eq!((posting.visibility.as_str(), &posting.board), ("office", &None));
    for refused in [posting.end(NOW), posting.confirm(NOW), posting.reopen(9, NOW + DAY, NOW)] {
        assert_eq!(refused, Err(Refused::Hidden));
    }
    assert_eq!(posting.restore(NOW), Ok(()));
    assert!(posting.is_open(NOW));
    assert_eq!(posting.hide("x".to_owned()), Ok(()));
    assert_eq!(posting.restore(NOW + 30 * DAY), Ok(()));
    assert_eq!((posting.state, posting.why), (State::Closed, Some(Why::Expired)));
    assert_eq!(Posting::draft(terms(), &hand()).hide("x".to_owned()), Err(Refused::NotOpen));
}

#[test]
fn what_is_ended_and_hidden_does_not_come_back_open() {
    let mut posting = open();
    assert_eq!(posting.end(NOW), Ok(()));
    assert_eq!(posting.hide("收押金".to_owned()), Ok(()));
    assert_eq!(posting.restore(NOW), Ok(()));
    assert_eq!((posting.state, posting.why), (State::Closed, Some(Why::Ended)));
}

#[test]
fn one_of_another_office_is_only_located_or_hidden_here() {
    let mut copy = Posting::copy("s1", news(State::Open, NOW), NOW);
    assert_eq!((copy.terms.distance, copy.far), (None, 500_000), "the town does not know how far it is from here");
    for refused in [copy.end(NOW), copy.confirm(NOW), copy.hire(NOW), copy.revise(terms(), true, NOW)] {
        assert_eq!(refused, Err(Refused::Elsewhere));
    }
    copy.locate(6);
    assert!(copy.take_news(news(State::Open, NOW + 1)));
    assert_eq!((copy.far, &copy.own_board, &copy.unchecked_since), (6, &None, &None));
    assert_eq!(copy.hide("有人说收钱".to_owned()), Ok(()));
    assert!(copy.take_news(news(State::Open, NOW + 2)));
    assert_eq!(copy.state, State::Hidden, "held here");
    assert!(!copy.take_news(news(State::Open, NOW)), "old news");
    assert_eq!(copy.restore(NOW), Ok(()));
    assert!(copy.is_open(NOW));
    assert!(copy.take_news(news(State::Hidden, NOW + 3)));
    assert_eq!(copy.restore(NOW), Err(Refused::Elsewhere), "what its office took down stays down");
    assert!(copy.take_news(news(State::Open, NOW + 4)));
    assert_eq!(copy.hide("x".to_owned()), Ok(()));
    assert!(copy.take_news(news(State::Hidden, NOW + 5)));
    assert_eq!(copy.restore(NOW), Err(Refused::Elsewhere), "also when it was taken down here first");
}

#[test]
fn below_hear_nothing_before_it_is_published() {
    assert_eq!(Posting::draft(terms(), &hand()).news("成佳镇", NOW), None);
    let told = open().news("成佳镇", NOW).map(|news| (news.state, news.terms.distance, news.office));
    assert_eq!(told, Some((State::Open, None, "成佳镇".to_owned())));
}

#[test]
fn silence_for_thirty_days_asks() {
    let mut posting = open();
    posting.terms.closes = Some(NOW + 90 * DAY);
    assert!(!posting.is_stale(30, NOW + 29 * DAY) && posting.is_stale(30, NOW + 30 * DAY));
    assert_eq!(posting.confirm(NOW + 30 * DAY), Ok(()));
    assert!(!posting.is_stale(30, NOW + 31 * DAY));
}
