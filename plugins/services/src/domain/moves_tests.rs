//! A request's life, without a host.

use super::*;
use crate::domain::days::{DAY, HOUR};
use crate::domain::request::{Asked, RATE_DAYS};
use crate::domain::service::shipped;

fn asked() -> Request {
    let service = shipped(false).unwrap_or_default().remove(0);
    let asked = Asked {
        number: "B2026-0001".to_owned(),
        asker: Some("lin".to_owned()),
        asker_name: Some("林秀英".to_owned()),
        entered_by: None,
        at: 0,
        due_at: 2 * DAY,
    };
    Request::received(asked, &service)
}

fn office(at: Micros) -> By {
    By { name: Some("简书记".to_owned()), side: Side::Office, at }
}

fn asker(at: Micros) -> By {
    By { name: Some("林秀英".to_owned()), side: Side::Asker, at }
}

#[test]
fn fetched_with_a_code_and_rated_once_in_time() {
    let mut request = asked();
    assert_eq!((request.board.as_str(), request.unmarked_due), ("work", Some(2 * DAY)));
    let step = request.finish(&office(HOUR), Finish::AtCounter("窗口".to_owned()), None);
    assert_eq!(step.map(|step| (step.kind, step.until)), Ok((StepKind::Ready, Some(2 * DAY))));
    assert_eq!((request.accepted_at, request.done_at, request.ended_at), (Some(HOUR), Some(HOUR), None));
    assert_eq!(request.rate(&asker(HOUR), 5).map(|step| step.kind), Err(Refused::WaitsAtCounter));
    assert!(request.hand_over(&office(DAY), None).is_ok());
    assert_eq!((request.ended_at, request.contents_since), (Some(DAY), Some(DAY)));
    assert!(request.clone().rate(&asker(DAY + RATE_DAYS * DAY), 5).is_ok());
    assert_eq!(request.rate(&asker(DAY + RATE_DAYS * DAY + 1), 5), Err(Refused::TooLateToRate));
    assert!(request.rate(&asker(2 * DAY), 9).is_ok());
    assert_eq!(request.stars, Some(5));
    assert_eq!(request.rate(&asker(2 * DAY), 1), Err(Refused::AlreadyRated));
}

#[test]
fn the_clock_stands_still_while_papers_are_missing() {
    let mut request = asked();
    assert!(request.need_more(&office(HOUR), "户口簿".to_owned()).is_ok());
    assert_eq!((request.board.as_str(), request.unmarked_due), ("asker", None));
    assert!(!request.is_late(9 * DAY) && request.mark_late(9 * DAY).is_none());
    assert_eq!(request.accept(&office(HOUR), None), Err(Refused::Lacking));
    assert!(request.supplement(&asker(9 * DAY), None, Vec::new(), 11 * DAY).is_ok());
    assert_eq!((request.state, request.due_at, request.paused_at), (State::Received, 11 * DAY, None));
    assert!(request.supplement(&asker(9 * DAY), None, Vec::new(), 99 * DAY).is_ok());
    assert_eq!(request.due_at, 11 * DAY, "what nobody waited for moves no deadline");
    let marked = request.mark_late(12 * DAY);
    assert_eq!(marked.map(|step| step.kind), Some(StepKind::Overdue));
    assert!(request.mark_late(13 * DAY).is_none(), "once");
}

#[test]
fn the_town_takes_it_and_gives_it_back() {
    let told = |kind| UpperStep {
        kind,
        office: "成佳镇".to_owned(),
        text: None,
        instead: None,
        due_at: Some(20 * DAY),
        at: 5 * DAY,
        due_after: 7 * DAY,
    };
    let mut request = asked();
    assert_eq!(request.upper(told(StepKind::Accepted)), Err(Refused::NotWithUpper));
    assert!(request.pass(&office(HOUR), "成佳镇", "请审核".to_owned(), true).is_ok());
    assert!(request.upper(told(StepKind::Accepted)).is_ok());
    assert_eq!(request.passed.as_ref().and_then(|passed| passed.due_at), Some(20 * DAY));
    assert!(!request.is_late(19 * DAY), "it is not in the village's hands");
    assert!(request.upper(told(StepKind::Finished)).is_ok());
    assert!(request.is_returned());
    assert_eq!((request.state, request.due_at, request.done_at), (State::Handling, 7 * DAY, None));
}

#[test]
fn a_refused_move_changes_nothing() {
    let mut request = asked();
    assert!(request.withdraw(&asker(HOUR), None).is_ok());
    let before = request.clone();
    assert!(request.finish(&office(DAY), Finish::Now, None).is_err());
    assert!(request.hand_over(&office(DAY), None).is_err());
    assert!(request.refuse(&office(DAY), String::new(), String::new()).is_err());
    assert_eq!(request, before);
    assert!(request.pass_again(&office(DAY), None, 9 * DAY).is_ok(), "but a village may pass again");
    assert_eq!((request.state, request.ended_at, request.contents_since), (State::Received, None, None));
}

#[test]
fn what_is_forgotten_keeps_its_figures() {
    let mut request = asked();
    assert!(request.finish(&office(HOUR), Finish::Now, None).is_ok());
    request.forget(400 * DAY);
    assert_eq!((request.asker_name.clone(), request.contents_since), (None, None));
    assert_eq!((request.state, request.done_at), (State::Done, Some(HOUR)));
}
