//! The life of a case without a host.

use super::*;
use crate::domain::days::DAY;
use crate::domain::{Report, StepKind as Kind};

const T: Micros = 1_788_308_040_000_000;

fn report() -> Report {
    Report {
        number: "2026-0042".into(),
        title: "房子旁边的黄桷树存在安全隐患".into(),
        category: "safety".into(),
        reporter: Some("lin".into()),
        reporter_name: Some("林秀英".into()),
        at: T,
        due_at: T + DAY,
        ..Report::default()
    }
}

fn lin(at: Micros) -> By {
    By { person: Some("lin".into()), name: Some("林秀英".into()), side: Side::Villager, at }
}

fn jian(at: Micros) -> By {
    By { person: Some("jian".into()), name: Some("简书记".into()), side: Side::Office, at }
}

fn accepted() -> Case {
    let mut case = Case::reported(report());
    case.accept(&jian(T + 1), Complexity::Ordinary, T + 9 * DAY, None).unwrap();
    case
}

fn closed() -> Case {
    let mut case = accepted();
    case.close(&jian(T + 2 * DAY), "已修剪".into(), vec!["after".into()]).unwrap();
    case
}

fn upper(kind: Kind, at: Micros) -> UpperStep {
    let (due_at, due_after) = ((kind == Kind::Accepted).then_some(at + 15 * DAY), at + 3 * DAY);
    UpperStep { kind, office: "成佳镇".into(), text: Some("已修好".into()), due_at, to: None, at, due_after }
}

#[test]
fn the_fig_tree() {
    let mut case = closed();
    assert_eq!(case.on_time, Some(true));
    assert_eq!(case.satisfied, None, "only the reporter makes it satisfied");
    assert_eq!(case.photos_after(), ["after"]);
    case.rate(&lin(T + 3 * DAY), Rating::Solved { stars: 5, text: None }).unwrap();
    assert_eq!((case.state, case.satisfied, case.board.as_str()), (State::Rated, Some(true), "done"));
    let kinds: Vec<_> = case.steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [Kind::Reported, Kind::Accepted, Kind::Closed, Kind::Rated]);
}

#[test]
fn a_refused_move_changes_nothing() {
    let mut case = closed();
    let before = case.clone();
    assert_eq!(case.close(&jian(T), "again".into(), vec![]), Err(Refused::Settled(State::Closed)));
    assert_eq!(case.accept(&jian(T), Complexity::Simple, T, None), Err(Refused::Settled(State::Closed)));
    let late = Rating::NotSolved { text: None, photos: vec![], due_at: T };
    assert_eq!(case.rate(&lin(T + 18 * DAY), late), Err(Refused::TooLate));
    assert_eq!(case, before);
}

#[test]
fn not_solved_opens_it_again_within_fifteen_days_and_forgets_the_stars() {
    let mut case = closed();
    case.rate(&lin(T + 3 * DAY), Rating::Solved { stars: 4, text: None }).unwrap();
    let again = Rating::NotSolved { text: Some("又裂开了".into()), photos: vec![], due_at: T + 30 * DAY };
    case.rate(&lin(T + 17 * DAY), again).unwrap();
    assert_eq!((case.state, case.stars, case.on_time, case.satisfied), (State::Reopened, None, None, None));
    assert_eq!(case.board, "open");
    case.progress(&jian(T + 18 * DAY), "再去看".into(), vec![]).unwrap();
    assert_eq!(case.state, State::Handling);
}

#[test]
fn one_extension_and_it_lifts_the_overdue_mark() {
    let mut case = accepted();
    let late = T + 10 * DAY;
    assert!(case.mark_overdue(late));
    assert!(!case.mark_overdue(late + DAY), "marked once");
    assert_eq!(case.unmarked_due, None);
    case.extend(&jian(late), late + 5 * DAY, "连日下雨".into()).unwrap();
    assert_eq!((case.overdue_since, case.unmarked_due), (None, Some(late + 5 * DAY)));
    assert_eq!(case.extend(&jian(late), late + 9 * DAY, "还要".into()), Err(Refused::AlreadyExtended));
    assert!(case.mark_overdue(late + 6 * DAY), "the new deadline counts anew");
}

#[test]
fn the_town_takes_it_and_gives_it_back_with_its_words() {
    let mut case = accepted();
    assert_eq!(case.upper(upper(Kind::Accepted, T + DAY)), Err(Refused::NotWithUpper));
    case.refer(&jian(T + DAY), "成佳镇", "护栏是镇上管".into()).unwrap();
    assert_eq!(case.close(&jian(T + DAY), "x".into(), vec![]), Err(Refused::WithUpper));
    case.upper(upper(Kind::Accepted, T + 2 * DAY)).unwrap();
    assert_eq!(case.due_at, T + 17 * DAY, "the town's deadline is the villager's");
    case.upper(upper(Kind::Progress, T + 3 * DAY)).unwrap();
    assert_eq!((case.state, case.words_from_above()), (State::Referred, None));
    case.upper(upper(Kind::Closed, T + 16 * DAY)).unwrap();
    assert_eq!((case.state, case.words_from_above()), (State::Handling, Some("已修好")));
    assert_eq!(case.due_at, T + 19 * DAY, "the village has some days to look at it");
    case.close(&jian(T + 17 * DAY), "镇上已修好".into(), vec![]).unwrap();
    assert_eq!(case.on_time, Some(true));
}

#[test]
fn duplicates_go_on_as_one() {
    let (mut twice, mut first) = (Case::reported(report()), accepted());
    first.number = "2026-0007".into();
    assert_eq!(twice.clone().merge_into("a", "a", &mut first, &jian(T)), Err(Refused::BadTarget));
    twice.merge_into("a", "b", &mut first, &jian(T)).unwrap();
    assert_eq!((twice.state, twice.merged_into.as_deref()), (State::Merged, Some("b")));
    assert_eq!(first.steps.last().unwrap().to.as_deref(), Some("2026-0042"));
    let mut third = Case::reported(report());
    assert_eq!(third.merge_into("c", "a", &mut twice, &jian(T)), Err(Refused::BadTarget), "not into a merged one");
    first.visibility = Visibility::Private;
    assert_eq!(third.merge_into("c", "b", &mut first, &jian(T)), Err(Refused::BadTarget), "not out of sight");
}

#[test]
fn a_telephone_number_is_not_published_and_not_lost() {
    let typed = "打我电话13812345678";
    let case = Case::reported(Report { detail: Some(typed.into()), ..report() });
    assert_eq!(case.detail.as_deref(), Some("打我电话138******78"));
    assert_eq!(case.original.unwrap().detail.as_deref(), Some(typed));
    assert_eq!(Case::reported(report()).original, None);
}
