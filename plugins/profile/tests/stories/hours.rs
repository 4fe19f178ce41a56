//! 书记会客厅: announced, booked, moved, cancelled, reminded of.

use cunshi_plugin_profile::domain::BookingIndexes as _;
use cunshi_plugin_profile::{
    AnnounceForm, AskForm, AskPageParams, BookForm, CancelSessionForm, HoursParams, MineParams, Plugin, Profile,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Doc, Outcome, Result};

use crate::village::{Village, at, friday, tianfu};

fn cancel(v: &Village, session: &str) -> Result<Outcome> {
    let form = CancelSessionForm { session: session.into(), reason: "防汛".into() };
    v.host.as_(&v.liu).act(|cx| Profile::cancel_session(cx, form))
}

#[test]
fn a_villager_books_a_turn_and_sees_when_it_is() {
    let v = tianfu();
    let session = v.announce();
    let page = v.session_page(None, &session);
    assert!(page.contains("9月11日（周五） 09:00–11:00") && page.contains("还有 4 个号"), "{page}");
    assert!(page.contains("登录后可以约号") && !page.contains("谁约了号"), "{page}");
    assert!(v.session_page(Some(&v.lin), &session).contains("\"book\""));

    let said = v.book(&v.lin, &session).unwrap().say.unwrap();
    assert_eq!(said, "约好了：1 号，大约 09:00，在村委会二楼。");
    assert_eq!(v.book(&v.wang, &session).unwrap().result["turn"], 2);
    let own = v.session_page(Some(&v.lin), &session);
    assert!(own.contains("您约的是 1 号，大约 09:00 到您") && own.contains("低保的事"), "{own}");
    assert!(v.session_page(Some(&v.wang), &session).contains("大约 09:30 到您"));
    let again = v.book(&v.lin, &session);
    assert_eq!(again, Err(Error::conflict("这次会客已经约过号了，不用再约。")));
    assert!(v.see(Some(&v.lin), Profile::my_card).contains("1 号 · 简书记"));
    assert!(v.see(Some(&v.lin), |cx| Profile::mine(cx, MineParams::default())).contains("1 号 · 简书记"));
    assert!(v.see(None, Profile::home).contains("还有 2 个号"));
}

#[test]
fn who_comes_and_why_is_for_the_office_and_themselves() {
    let v = tianfu();
    let session = v.announce();
    v.book(&v.lin, &session).unwrap();
    for outside in [None, Some(&v.wang)] {
        let page = v.session_page(outside, &session);
        assert!(!page.contains("林秀英") && !page.contains("低保") && !page.contains("林**"), "{page}");
        let found = v.read(outside, |cx| {
            Ok(cx.data::<cunshi_plugin_profile::domain::Booking>().by_session(session.as_str()).take(9)?)
        });
        assert!(found.unwrap().is_empty(), "not even the plugin reads it for them");
    }
    let desk = v.session_page(Some(&v.liu), &session);
    assert!(desk.contains("1 号 09:00 林秀英") && desk.contains("低保的事"), "{desk}");
    let told = v.read(None, Profile::sessions).unwrap();
    assert_eq!(told["sessions"][0]["free"], 3);
    assert!(!told.to_string().contains("林"), "{told}");
    let booking = v.bookings()[0].id.clone();
    assert_eq!(v.unbook(&v.wang, &booking), Err(Error::Missing), "nobody gives back the turn of another");
}

#[test]
fn turns_run_out_and_come_back() {
    let v = tianfu();
    let form = AnnounceForm { seats: 1, ..friday() };
    let session = v.host.as_(&v.liu).act(|cx| Profile::announce(cx, form)).unwrap().subject.unwrap();
    v.book(&v.lin, &session).unwrap();
    assert_eq!(v.book(&v.wang, &session), Err(Error::conflict("号约满了。可以先提问，或约下一次。")));
    assert!(v.session_page(Some(&v.wang), &session).contains("号约满了"));
    let booking = v.bookings()[0].id.clone();
    v.unbook(&v.lin, &booking).unwrap();
    assert!(v.bookings().is_empty() && v.host.messages().is_empty(), "who gives it back need not be told");
    v.book(&v.wang, &session).unwrap();

    let late = v.bookings()[0].id.clone();
    v.host.set_now(at(9, 11, 9, 0));
    assert!(v.unbook(&v.wang, &late).is_err() && v.book(&v.lin, &session).is_err(), "it has begun");
    assert!(v.session_page(None, &session).contains("正在会客"));
    v.host.set_now(at(9, 11, 11, 0));
    assert!(v.session_page(None, &session).contains("已结束"));
    let hours = v.see(None, |cx| Profile::hours(cx, HoursParams::default()));
    assert!(hours.contains("以往的会客") && hours.contains("最近没有安排会客"), "{hours}");
}

#[test]
fn a_cadre_books_for_somebody_without_a_phone() {
    let v = tianfu();
    let session = v.announce();
    let form = BookForm { session: session.clone(), topic: None };
    let said = v.host.as_(&v.liu).on_behalf_of(&v.chen).act(|cx| Profile::book(cx, form)).unwrap().say.unwrap();
    assert!(said.contains("陈婆婆"), "{said}");
    assert!(v.session_page(Some(&v.liu), &session).contains("陈婆婆（刘会计代约）"));
    assert_eq!(v.host.inbox(&v.chen)[0].title.zh, "已替您约好9月11日（周五）简书记会客");
    v.unbook(&v.liu, &v.bookings()[0].id).unwrap();
    let inbox = v.host.inbox(&v.chen);
    assert_eq!(inbox.len(), 2, "whoever did not do it themselves is told");
    assert!(inbox[1].title.en.contains("was given back"));
}

#[test]
fn when_it_moves_those_who_booked_are_told_and_keep_their_turn() {
    let v = tianfu();
    let session = v.announce();
    v.book(&v.lin, &session).unwrap();
    v.book(&v.wang, &session).unwrap();
    let said = v.move_to(&session, "2026-09-14", "14:00", "16:00").unwrap().say.unwrap();
    assert!(said.contains("2 个人"), "{said}");
    let message = v.host.inbox(&v.wang)[0].clone();
    assert_eq!(message.title.zh, "简书记会客改到9月14日（周一）");
    assert!(message.body.as_ref().unwrap().zh.contains("2 号改为 9月14日（周一） 14:30，在村委会一楼。原因：镇上开会"));
    assert!(message.body.unwrap().en.contains("Mon 14 Sep, 14:30") && message.urgent);
    assert!(v.host.inbox(&v.chen).is_empty());
    assert_eq!(v.bookings()[0].starts, at(9, 14, 14, 0));
    let page = v.session_page(None, &session);
    assert!(page.contains("原来是 9月11日（周五） 09:00，村委会二楼") && page.contains("镇上开会"), "{page}");
    assert!(v.move_to(&session, "2026-09-14", "14:00", "16:00").is_err(), "nothing is different");
    assert!(v.move_to(&session, "2026-09-01", "14:00", "16:00").is_err(), "nor into the past");
    v.move_to(&session, "2026-09-15", "14:00", "16:00").unwrap();
    assert_eq!(v.host.inbox(&v.wang).len(), 2, "every move is told");
}

#[test]
fn when_it_is_cancelled_they_are_told_why() {
    let v = tianfu();
    let session = v.announce();
    v.book(&v.lin, &session).unwrap();
    cancel(&v, &session).unwrap();
    let inbox = v.host.inbox(&v.lin);
    assert_eq!(inbox[0].title.zh, "9月11日（周五）简书记会客取消了");
    assert!(inbox[0].body.as_ref().unwrap().zh.contains("防汛"));
    assert!(v.session_page(None, &session).contains("原因：防汛"));
    assert_eq!(cancel(&v, &session), Err(Error::conflict("这次会客已经取消，请看下一次。")));
    assert!(v.book(&v.wang, &session).is_err() && v.move_to(&session, "2026-09-14", "14:00", "16:00").is_err());
    assert!(!v.see(None, Profile::home).contains("9月11日"), "the next hours are others");
    assert!(v.see(Some(&v.lin), Profile::my_card).contains("已取消"));
}

#[test]
fn everybody_who_booked_a_full_session_can_be_told_in_one_call() {
    let v = tianfu();
    let form = AnnounceForm { seats: 15, ..friday() };
    let session = v.host.as_(&v.liu).act(|cx| Profile::announce(cx, form)).unwrap().subject.unwrap();
    for n in 0..15 {
        let person = v.host.member(&format!("村民{n}"));
        v.book(&person, &session).unwrap();
    }
    v.move_to(&session, "2026-09-14", "14:00", "16:00").unwrap();
    cancel(&v, &session).unwrap();
    assert_eq!(v.host.messages().len(), 30);
}

#[test]
fn the_day_before_they_are_reminded_once() {
    let v = tianfu();
    let session = v.announce();
    v.book(&v.lin, &session).unwrap();
    v.host.set_now(at(9, 10, 8, 59));
    v.host.job(Profile::remind).unwrap();
    assert!(v.host.messages().is_empty());
    v.host.set_now(at(9, 10, 9, 0));
    v.host.job(Profile::remind).unwrap();
    v.host.job(Profile::remind).unwrap();
    let inbox = v.host.inbox(&v.lin);
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].title.zh, "提醒：9月11日（周五）简书记会客");
    assert!(inbox[0].body.as_ref().unwrap().zh.contains("您是 1 号，大约 9月11日（周五） 09:00"));

    let other =
        v.host.as_(&v.liu).act(|cx| Profile::announce(cx, AnnounceForm { day: "2026-09-18".into(), ..friday() }));
    let other = other.unwrap().subject.unwrap();
    v.book(&v.wang, &other).unwrap();
    cancel(&v, &other).unwrap();
    v.host.set_now(at(9, 17, 12, 0));
    v.host.job(Profile::remind).unwrap();
    assert_eq!(v.host.inbox(&v.wang).len(), 1, "of what was cancelled nobody is reminded");
}

#[test]
fn hours_are_announced_for_days_to_come() {
    let v = tianfu();
    let announce = |form| v.host.as_(&v.liu).act(|cx| Profile::announce(cx, form));
    assert!(announce(AnnounceForm { day: "2026-09-01".into(), ..friday() }).is_err());
    assert!(announce(AnnounceForm { to: "08:00".into(), ..friday() }).is_err());
    assert_eq!(
        announce(AnnounceForm { day: "2027-09-01".into(), ..friday() }),
        Err(Error::invalid("day", "太远了，请选 180 天以内的日子。"))
    );
    let id: Doc<_> = v.session(&announce(friday()).unwrap().subject.unwrap());
    assert_eq!((id.starts, id.ends), (at(9, 11, 9, 0), at(9, 11, 11, 0)));
}

#[test]
fn questions_in_advance_stand_with_the_session() {
    let v = tianfu();
    let session = v.announce();
    let page = v.see(Some(&v.lin), |cx| Profile::ask_page(cx, AskPageParams { session: Some(session.clone()) }));
    assert!(page.contains("提前问：简书记"), "{page}");
    let ask = |private| {
        let form = AskForm { text: "路灯什么时候修？".into(), private, session: Some(session.clone()) };
        v.host.as_(&v.lin).act(|cx| Profile::ask(cx, form))
    };
    let public = ask(false).unwrap().subject.unwrap();
    ask(true).unwrap();
    assert!(v.session_page(None, &session).contains("路灯什么时候修"));
    assert_eq!(v.session_page(None, &session).matches("路灯什么时候修").count(), 1);
    assert_eq!(v.session_page(Some(&v.jian), &session).matches("路灯什么时候修").count(), 2);
    assert!(v.question_page(None, &public).unwrap().contains("为这次会客提前问"));
    v.host.set_now(at(9, 11, 11, 0));
    assert_eq!(ask(false), Err(Error::conflict("这次会客已经结束或取消。不选会客也可以直接提问。")));
}
