//! Something is missing: the clock stands still until it comes.

use cunshi_plugin_services::SupplementForm;
use cunshi_plugin_services::domain::State;
use cunshi_plugin_services::{Plugin, Services};
use cunshi_sdk::Error;

use crate::village::{at, tianfu};

#[test]
fn the_asker_adds_the_page_and_it_goes_on() {
    let v = tianfu();
    let id = v.ask(&v.lin, "hardship");
    assert_eq!(v.request(&id).due_at, at(9, 8, 0, 0) - 1, "three working days: 3, 4 and 7 September");
    v.accept(&id).unwrap();
    v.host.set_now(at(9, 3, 10, 0));
    v.need_more(&id, "住院单据第 2 页").unwrap();
    assert_eq!(v.todos(&v.lin), ["请补材料：家庭经济困难情况证明"]);
    assert!(v.todos(&v.jian).is_empty(), "nothing for the office to do");
    let page = v.track(Some(&v.lin), &id).unwrap();
    assert!(page.contains("还缺：住院单据第 2 页") && page.contains("等您补材料"), "{page}");
    assert_eq!(v.tell(&id, "好了"), Err(Error::conflict("正等申请人补材料，补上以后才能接着办。")));

    v.host.set_now(at(9, 14, 20, 0));
    let empty = SupplementForm { request: id.clone(), ..SupplementForm::default() };
    let empty = v.host.as_(&v.lin).act(|cx| Services::supplement(cx, empty));
    assert!(matches!(empty, Err(Error::Invalid(fields)) if fields[0].field == "text"));
    let photo = v.host.upload(&v.lin, "page2.jpg");
    let form = SupplementForm { request: id.clone(), text: None, photos: vec![photo.clone()] };
    v.host.as_(&v.lin).act(|cx| Services::supplement(cx, form)).unwrap();
    let request = v.request(&id);
    assert_eq!((request.state, request.due_at), (State::Handling, at(9, 17, 0, 0) - 1), "two days were left");
    assert_eq!(v.host.attached(&photo).unwrap().0, "paper");
    assert_eq!(v.todos(&v.jian), ["材料补上了：家庭经济困难情况证明（B2026-0001）"]);
    assert_eq!(v.inbox(&v.jian).last().unwrap(), "材料补上了：家庭经济困难情况证明（B2026-0001）");
    v.set_ready(&id);
    assert!(v.track(Some(&v.jian), &id).unwrap().contains("提前 2 个工作日"));
}

#[test]
fn papers_are_brought_to_the_counter_by_somebody_without_a_phone() {
    let v = tianfu();
    let id = v.ask(&v.lin, "seal");
    v.need_more(&id, "表格没有填").unwrap();
    assert_eq!(v.supplement(&v.wang, &id, "我来补"), Err(Error::Missing));
    v.supplement(&v.jian, &id, "表格填好了").unwrap();
    assert_eq!(v.state(&id), State::Received, "nobody has accepted it yet");
    assert!(v.track(Some(&v.lin), &id).unwrap().contains("窗口收到补充材料"));
    assert_eq!(v.inbox(&v.lin).last().unwrap(), "窗口替您补充了“材料盖章”的材料");
}

#[test]
fn what_was_late_before_stays_late() {
    let v = tianfu();
    let id = v.ask(&v.lin, "seal");
    let due = v.request(&id).due_at;
    v.host.set_now(at(9, 8, 10, 0));
    v.need_more(&id, "缺表格").unwrap();
    v.host.set_now(at(9, 20, 10, 0));
    v.supplement(&v.lin, &id, "补上了").unwrap();
    assert_eq!(v.request(&id).due_at, due, "asking for papers does not heal what was late");
    v.tell(&id, "办好了").unwrap();
    let page = v.track(Some(&v.lin), &id).unwrap();
    assert!(page.contains("晚了 11 个工作日"), "{page}");
}
