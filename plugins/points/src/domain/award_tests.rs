use super::*;
use crate::domain::days::HOUR;

const NOW: Micros = 1_788_278_400_000_000;

fn hand(name: &str, household: Option<&str>) -> Hand {
    Hand { person: name.into(), name: name.into(), household: household.map(str::to_owned) }
}

fn course(points: i64, reviewed: bool, days: u32) -> Course {
    Course { item: "help".into(), points, kind: PointKind::Redeemable, own_account: false, reviewed, days }
}

fn award(course: Course) -> Award {
    let claimed = Claimed {
        source: Source::Claim,
        deed: "help".into(),
        person: Some(hand("lin", Some("lins"))),
        household: Some("lins".into()),
        at: NOW,
        ..Claimed::default()
    };
    Award::new("J2026-0001".into(), "互助".into(), claimed, course, Why::default(), NOW).unwrap_or_else(|| panic!())
}

#[test]
fn without_review_and_publicity_it_is_due_at_once_and_private() {
    let award = award(course(200, false, 0));
    assert!(award.is_due(NOW) && award.state == State::Published);
    assert_eq!((award.visibility, award.until), (Visibility::Private, None));
}

#[test]
fn two_of_the_group_let_it_through_and_it_is_public_for_its_days() {
    let mut award = award(course(200, true, 3));
    assert_eq!(award.vote(hand("jian", None), true, None, 2, NOW), Ok(()));
    assert_eq!(award.state, State::UnderReview);
    assert_eq!(award.vote(hand("jian", None), true, None, 2, NOW), Err(Refused::AlreadyVoted));
    assert_eq!(award.vote(hand("zhou", Some("zhous")), true, None, 2, NOW), Ok(()));
    assert_eq!((award.state, award.visibility), (State::Published, Visibility::Public));
    assert!(!award.is_due(NOW + 3 * DAY - 1) && award.is_due(NOW + 3 * DAY));
    assert_eq!(award.vote(hand("deng", None), true, None, 2, NOW), Err(Refused::NotInReview));
}

#[test]
fn nobody_judges_their_own_household_or_what_they_entered() {
    let mut award = award(course(200, true, 3));
    assert_eq!(award.vote(hand("lin", None), true, None, 2, NOW), Err(Refused::OwnHousehold));
    assert_eq!(award.vote(hand("lins-son", Some("lins")), true, None, 2, NOW), Err(Refused::OwnHousehold));
    award.entered_by = Some(hand("jian", None));
    assert_eq!(award.vote(hand("jian", None), true, None, 2, NOW), Err(Refused::OwnHand));
    assert!(award.votes.is_empty());
}

#[test]
fn as_many_against_it_decline_it() {
    let mut award = award(course(200, true, 3));
    let why = || Some("照片看不清".to_owned());
    assert_eq!(award.vote(hand("jian", None), false, why(), 2, NOW), Ok(()));
    assert_eq!(award.vote(hand("zhou", None), true, None, 2, NOW), Ok(()));
    assert_eq!(award.state, State::UnderReview, "one each");
    assert_eq!(award.vote(hand("deng", None), false, why(), 2, NOW), Ok(()));
    assert_eq!((award.state, award.visibility), (State::Declined, Visibility::Private));
}

#[test]
fn an_objection_holds_it_until_it_is_answered() {
    let mut award = award(course(200, false, 3));
    assert_eq!(award.object(NOW + HOUR), Ok(()));
    assert_eq!(award.object(NOW + HOUR), Ok(()));
    assert!(!award.is_due(NOW + 9 * DAY));
    assert_eq!(award.answered(hand("lins-son", Some("lins")), false, "查过".into(), NOW), Err(Refused::OwnHousehold));
    assert_eq!(award.answered(hand("zhou", None), false, "查过".into(), NOW), Ok(()));
    assert_eq!(award.state, State::Objected, "another one waits");
    assert_eq!(award.answered(hand("zhou", None), false, "查过".into(), NOW), Ok(()));
    assert!(award.is_due(NOW + 3 * DAY));
    assert_eq!(award.object(NOW + 3 * DAY), Err(Refused::NotPublic), "too late");
}

#[test]
fn an_upheld_objection_strikes_it() {
    let mut award = award(course(-500, false, 5));
    assert_eq!(award.object(NOW), Ok(()));
    assert_eq!(award.answered(hand("zhou", None), true, "弄错了".into(), NOW), Ok(()));
    assert_eq!((award.state, award.desk.as_str()), (State::Struck, "done"));
    assert_eq!(award.answered(hand("zhou", None), true, "再来".into(), NOW), Err(Refused::Answered));
}

#[test]
fn a_claim_is_taken_back_by_its_claimant_before_it_is_public() {
    let mut first = award(course(200, true, 3));
    assert_eq!(first.withdraw(hand("wang", None), NOW), Err(Refused::NotYours));
    assert_eq!(first.withdraw(hand("lin", None), NOW), Ok(()));
    assert_eq!(first.state, State::Withdrawn);
    let mut second = award(course(200, false, 3));
    assert_eq!(second.withdraw(hand("lin", None), NOW), Err(Refused::TooLate));
}

#[test]
fn points_go_to_the_account_that_the_rule_names_where_there_is_one() {
    let own = Course { own_account: true, ..course(200, false, 0) };
    assert_eq!(award(own).holder, Holder::Person("lin".into()));
    assert_eq!(award(course(200, false, 0)).holder, Holder::Household("lins".into()));
    let alone = Claimed { person: Some(hand("zhou", None)), ..Claimed::default() };
    let award = Award::new("n".into(), "l".into(), alone, course(200, false, 0), Why::default(), NOW);
    assert_eq!(award.map(|award| award.holder), Some(Holder::Person("zhou".into())));
    let nobody = Award::new("n".into(), "l".into(), Claimed::default(), course(200, false, 0), Why::default(), NOW);
    assert_eq!(nobody, None);
}
