//! By the clock: what is due goes out, what is over is put away, and counts are kept.

use cunshi_plugin_notices::domain::{Board, State};
use cunshi_plugin_notices::{Notices, NoticesParams, Plugin, WriteForm};

use crate::village::{at, params, power_cut, tianfu};

fn on(day: &str) -> WriteForm {
    WriteForm { release: "day".into(), from: Some(day.into()), ..power_cut() }
}

#[test]
fn what_is_due_goes_out_at_eight_and_tells_its_people() {
    let v = tianfu();
    let due = [v.write(on("2026-09-03")), v.write(on("2026-09-03"))];
    let later = v.write(on("2026-09-04"));
    v.host.set_now(at(9, 3, 7, 59));
    v.host.job(Notices::publish_due).unwrap();
    assert!(v.host.messages().is_empty());
    v.host.set_now(at(9, 3, 8, 0));
    v.host.job(Notices::publish_due).unwrap();
    assert!(due.iter().all(|notice| v.state(notice) == State::Published));
    assert_eq!(v.state(&later), State::Scheduled);
    assert_eq!(v.host.inbox(&v.lin).len(), 2);
    assert_ne!(v.notice(&due[0]).at, v.notice(&due[1]).at, "no two stand at one instant of the board");
    v.host.job(Notices::publish_due).unwrap();
    assert_eq!(v.host.inbox(&v.lin).len(), 2, "once");
}

#[test]
fn what_can_no_longer_go_out_is_held_back_and_keeps_no_other_from_going() {
    let v = tianfu();
    let late = v.write(WriteForm { until: Some("2026-09-03".into()), ..on("2026-09-03") });
    let other = v.write(on("2026-09-04"));
    v.host.set_now(at(9, 4, 8, 0));
    v.host.job(Notices::publish_due).unwrap();
    assert_eq!((v.state(&late), v.state(&other)), (State::Draft, State::Published));
    assert_eq!(v.host.log().len(), 1);
}

#[test]
fn what_is_over_is_found_among_the_past() {
    let v = tianfu();
    let notice = v.write(WriteForm { until: Some("2026-09-05".into()), ..power_cut() });
    v.pin(&notice).unwrap();
    v.host.see(&v.lin, &notice);
    v.host.set_now(at(9, 6, 0, 0) - 1);
    v.host.job(|cx, _| Notices::expire(cx, None)).unwrap();
    assert_eq!(v.state(&notice), State::Published, "its last day is not over");
    v.host.set_now(at(9, 6, 0, 0));
    v.host.job(|cx, _| Notices::expire(cx, None)).unwrap();
    assert!(v.board(None).is_empty());
    let past = NoticesParams { show: "past".into(), ..params() };
    assert_eq!(v.list(None, past).0, [notice.as_str()]);
    assert!(v.page(None, &notice).unwrap().contains("已经到期"));
    let kept = v.notice(&notice);
    assert_eq!((kept.board, kept.pin, kept.count.unwrap().read), (Some(Board::Past), None, 1));
}

#[test]
fn many_are_counted_step_by_step_and_written_only_when_they_changed() {
    let v = tianfu();
    let all: Vec<String> = (0..12).map(|_| v.write(power_cut())).collect();
    v.host.see(&v.lin, &all[0]);
    v.count_readers();
    let counts: Vec<(i64, i64)> =
        all.iter().map(|notice| v.notice(notice).count.map(|count| (count.reached, count.read)).unwrap()).collect();
    assert_eq!(counts[0], (4, 1));
    assert!(counts[1..].iter().all(|count| *count == (4, 0)));
    let versions: Vec<u64> = all.iter().map(|notice| v.notice(notice).version).collect();
    v.host.see(&v.wang, &all[11]);
    v.count_readers();
    let after: Vec<u64> = all.iter().map(|notice| v.notice(notice).version).collect();
    assert_eq!(after[..11], versions[..11]);
    assert_eq!(after[11], versions[11] + 1);
}
