//! Who has read a notice, who knows it, and who is reminded.

use cunshi_plugin_notices::domain::{Acknowledgment, Count, Reminder};
use cunshi_plugin_notices::{NoticeParams, Notices, Plugin, ReadersParams, WriteForm};
use cunshi_sdk::Error;
use cunshi_sdk::days::DAY;

use crate::village::{at, power_cut, text, tianfu};

#[test]
fn the_office_sees_who_has_read_it_and_who_has_not() {
    let v = tianfu();
    let notice = v.write_for_group("三组");
    v.host.see(&v.lin, &notice);
    v.host.see(&v.jian, &notice);
    let read = v.readers(&notice, "read");
    assert!(read.contains("林秀英") && !read.contains("陈婆婆"), "{read}");
    assert!(read.contains("1/2 人看过（50%）"), "the cadre's look is not counted: {read}");
    let unread = v.readers(&notice, "unread");
    assert!(unread.contains("陈婆婆") && !unread.contains("林秀英") && !unread.contains("王大山"), "{unread}");
}

#[test]
fn a_notice_is_acknowledged_once_by_the_person_or_by_a_cadre_for_them() {
    let v = tianfu();
    let notice = v.write_asking();
    assert!(v.page(Some(&v.lin), &notice).unwrap().contains("看完请点一下"));
    assert!(v.page(None, &notice).unwrap().contains("请登录后"));
    assert_eq!(v.acknowledge(&v.lin, &notice).unwrap().say.unwrap(), "收到，谢谢您！");
    assert_eq!(v.acknowledge(&v.lin, &notice).unwrap().say.unwrap(), "您已经确认过了，谢谢。");
    assert!(v.page(Some(&v.lin), &notice).unwrap().contains("您已在 9月2日确认知晓"));

    assert!(matches!(v.acknowledge_for(&v.wang, &v.chen, &notice), Err(Error::Denied(_))), "a villager for another");
    assert_eq!(v.acknowledge_for(&v.jian, &v.chen, &notice).unwrap().say.unwrap(), "已替陈婆婆确认。");
    let all = v.host.all::<Acknowledgment>().unwrap();
    let by: Vec<Option<&str>> = all.iter().map(|known| known.entered_by.as_deref()).collect();
    assert_eq!(by, [None, Some("简书记")]);
    assert!(v.page(Some(&v.chen), &notice).unwrap().contains("简书记已在 9月2日"));

    let missing = v.readers(&notice, "unacknowledged");
    assert!(missing.contains("王大山") && !missing.contains("陈婆婆"), "{missing}");
    assert!(v.readers(&notice, "acknowledged").contains("9月2日，简书记代为确认"));
    assert!(v.readers(&notice, "read").contains("陈婆婆"), "who was told of it knows it");
}

#[test]
fn an_acknowledgment_is_between_the_person_and_the_office() {
    let v = tianfu();
    let notice = v.write_asking();
    v.acknowledge(&v.lin, &notice).unwrap();
    let key = Acknowledgment::key(&notice, &v.lin.id);
    let reads = |who| v.read(who, |cx| Ok(cx.data::<Acknowledgment>().by("by_key").eq(key.as_str()).count()?)).unwrap();
    assert_eq!((reads(Some(&v.lin)), reads(Some(&v.wang)), reads(None), reads(Some(&v.jian))), (1, 0, 0, 1));
}

#[test]
fn what_does_not_ask_or_is_over_is_not_acknowledged() {
    let v = tianfu();
    let notice = v.write(power_cut());
    assert_eq!(v.acknowledge(&v.lin, &notice), Err(Error::conflict("这条通知不用确认。")));
    let notice = v.write(WriteForm { acknowledge: true, until: Some("2026-09-02".into()), ..power_cut() });
    v.host.set_now(at(9, 3, 0, 0));
    v.host.job(Notices::expire).unwrap();
    assert_eq!(v.acknowledge(&v.lin, &notice), Err(Error::conflict("这条通知已经到期，不用再办了。")));
    assert!(v.read(Some(&v.lin), Notices::todos).unwrap().is_empty());
}

#[test]
fn the_missing_are_reminded_once_a_day() {
    let v = tianfu();
    let notice = v.write_asking();
    v.acknowledge(&v.lin, &notice).unwrap();
    v.remind(&notice, "unacknowledged").unwrap();
    assert_eq!((v.host.inbox(&v.lin).len(), v.host.inbox(&v.chen).len()), (1, 2));
    let again = v.remind(&notice, "unread");
    assert_eq!(again, Err(Error::conflict("今天已经提醒过了，明天再提醒吧。")));
    v.host.advance(DAY);
    v.remind(&notice, "unread").unwrap();
    assert_eq!(v.host.inbox(&v.chen).len(), 3);
}

#[test]
fn many_are_reminded_in_steps_and_nobody_twice() {
    let v = tianfu();
    let people: Vec<_> = (0..50).map(|n| v.host.member(&format!("村民{n}"))).collect();
    let notice = v.write(power_cut());
    v.host.see(&people[7], &notice);
    let said = v.remind(&notice, "unread").unwrap().say.unwrap();
    assert_eq!(said, "正在提醒，还有 33 人几分钟内收到。");
    // Somebody reads it meanwhile, and is not bothered any more.
    v.host.see(&people[49], &notice);
    v.host.job(Notices::go_on_reminding).unwrap();
    let reminded = |n: usize| v.host.inbox(&people[n]).len() == 2;
    assert!((0..49).all(|n| reminded(n) == (n != 7)) && !reminded(49));
    let reminder = v.host.all::<Reminder>().unwrap().remove(0);
    assert_eq!((reminder.open, reminder.told), (false, 52));
}

#[test]
fn a_reminder_stops_when_its_notice_is_taken_back() {
    let v = tianfu();
    let people: Vec<_> = (0..30).map(|n| v.host.member(&format!("村民{n}"))).collect();
    let notice = v.write(power_cut());
    v.remind(&notice, "unread").unwrap();
    v.withdraw(&notice).unwrap();
    let before = v.host.messages().len();
    v.host.job(Notices::go_on_reminding).unwrap();
    assert_eq!(v.host.messages().len(), before);
    assert!(!v.host.all::<Reminder>().unwrap()[0].open && people.len() == 30);
}

#[test]
fn where_everybody_has_read_it_nobody_is_reminded() {
    let v = tianfu();
    let notice = v.write_for_household(&v.lins);
    v.host.see(&v.lin, &notice);
    assert_eq!(v.remind(&notice, "unread").unwrap().say.unwrap(), "没有要提醒的人，都看过了。");
    assert!(v.host.all::<Reminder>().unwrap().is_empty());
    assert_eq!(v.remind(&notice, "unacknowledged"), Err(Error::conflict("这条通知不用确认。")));
}

#[test]
fn the_lists_of_readers_are_paged() {
    let v = tianfu();
    for n in 0..60 {
        v.host.member(&format!("村民{n:02}"));
    }
    let notice = v.write(power_cut());
    let page = |n: i64| {
        let params = ReadersParams { id: notice.clone(), show: "unread".into(), page: n };
        text(&v.read(Some(&v.jian), |cx| Notices::readers(cx, params)).unwrap())
    };
    assert!(page(1).contains("村民00") && !page(1).contains("村民59") && page(1).contains("\"page\":2"));
    assert!(page(2).contains("村民59") && !page(2).contains("\"page\":3"));
    assert!(!page(9).contains("村民"), "past the end");
}

#[test]
fn measures_add_up_what_was_counted() {
    let v = tianfu();
    let asking = v.write_asking();
    let plain = v.write_for_group("一组");
    let gone = v.write(power_cut());
    v.host.see(&v.lin, &asking);
    v.host.see(&v.wang, &plain);
    v.acknowledge(&v.wang, &asking).unwrap();
    v.withdraw(&gone).unwrap();
    v.count_readers();
    assert_eq!(v.notice(&asking).count, Some(Count { reached: 4, read: 2, acknowledged: 1 }));
    let (from, to) = (at(9, 1, 0, 0), at(10, 1, 0, 0));
    let measure = |of: fn(&cunshi_sdk::Read, i64, i64) -> cunshi_sdk::Result<cunshi_sdk::Measured>| {
        let measured = v.host.system().read(|cx| of(cx, from, to)).unwrap();
        (measured.value, measured.of)
    };
    assert_eq!(measure(Notices::measure_published), (2, None));
    assert_eq!(measure(Notices::measure_read), (3, Some(5)));
    assert_eq!(measure(Notices::measure_acknowledged), (1, Some(4)));
    let before = v.host.system().read(|cx| Notices::measure_read(cx, 0, from)).unwrap();
    assert_eq!((before.value, before.of), (0, Some(0)));
}

#[test]
fn the_query_has_counts_for_the_office_only() {
    let v = tianfu();
    let notice = v.write_asking();
    v.acknowledge(&v.lin, &notice).unwrap();
    let query = |who| v.read(who, |cx| Notices::notice(cx, NoticeParams { id: notice.clone() })).unwrap();
    assert_eq!(query(Some(&v.jian))["count"]["acknowledged"], 1);
    let hers = query(Some(&v.lin));
    assert!(hers["count"].is_null() && hers["author"].is_null() && hers["acknowledged_at"].is_i64());
    assert!(query(None)["acknowledged_at"].is_null());
}
