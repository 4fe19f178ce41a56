//! At the counter: asked for on behalf of somebody without a phone, fetched with a code or the identity card.

use cunshi_plugin_services::domain::{State, code};
use cunshi_plugin_services::{AskForm, FinishForm, HandOverForm, Plugin, ReceiptParams, Services};
use cunshi_sdk::Error;

use crate::village::{at, form, text, tianfu};

#[test]
fn the_code_is_shown_to_the_asker_and_good_once() {
    let v = tianfu();
    let id = v.ask(&v.lin, "hardship");
    let code = v.set_ready(&id);
    assert_eq!(v.state(&id), State::Ready);
    let hers = v.track(Some(&v.lin), &id).unwrap();
    assert!(
        hers.contains(&code) && hers.contains(&code::spoken(&code)) && hers.contains("天府社区便民服务室"),
        "{hers}"
    );
    assert!(!v.track(Some(&v.jian), &id).unwrap().contains(&code), "the office does not see it");
    assert_eq!(v.todos(&v.lin), ["请来领取：家庭经济困难情况证明"]);
    let message = v.host.inbox(&v.lin).pop().unwrap();
    assert!(message.urgent && !format!("{message:?}").contains(&code));

    let other = v.ask(&v.wang, "seal");
    v.set_ready(&other);
    let mixed = HandOverForm { request: Some(other), code: Some(code.clone()), ..HandOverForm::default() };
    assert!(matches!(v.hand_over(mixed), Err(Error::Invalid(fields)) if fields[0].field == "code"));
    let typed = HandOverForm { code: Some(code::spoken(&code)), ..HandOverForm::default() };
    let said = v.hand_over(typed.clone()).unwrap();
    assert_eq!(said.say.as_deref(), Some("已核对，请把“家庭经济困难情况证明”交给林秀英。"));
    assert_eq!(v.state(&id), State::Done);
    assert!(matches!(v.hand_over(typed), Err(Error::Invalid(fields)) if fields[0].message.contains("已经取走")));
    v.rate(&v.lin, &id, 4, "").unwrap();
}

#[test]
fn without_a_phone_the_slip_and_the_identity_card_do() {
    let v = tianfu();
    let wish = AskForm { want: Some("pickup".into()), ..form("seal") };
    let said = v.host.as_(&v.jian).on_behalf_of(&v.wang).act(|cx| Services::ask(cx, wish)).unwrap();
    assert_eq!(said.say.as_deref(), Some("已替王大山登记，编号 B2026-0001。请打印回执交给本人。"));
    assert_eq!(said.go.unwrap().page, "receipt");
    let id = said.subject.unwrap();
    let request = v.request(&id);
    assert_eq!((request.asker.as_deref(), request.entered_by.as_deref()), (Some(v.wang.id.as_str()), Some("简书记")));
    assert_eq!(v.inbox(&v.wang), ["村干部替您申请了“材料盖章”，编号 B2026-0001"]);
    let receipt = |who| v.read(Some(who), |cx| Services::receipt(cx, ReceiptParams { id: id.clone() }));
    let slip = text(&receipt(&v.jian).unwrap());
    for words in ["天府社区便民服务回执", "B2026-0001", "王大山", "简书记", "说编号就行"] {
        assert!(slip.contains(words), "{words}: {slip}");
    }
    assert_eq!(receipt(&v.lin), Err(Error::Missing));
    assert_eq!(receipt(&v.chen), Err(Error::Missing));

    v.host.set_now(at(9, 3, 9, 0));
    let place = Some("二楼 3 号窗口".to_owned());
    let ready = FinishForm { request: id.clone(), how: "pickup".into(), place, ..FinishForm::default() };
    v.finish(ready).unwrap();
    let unchecked = HandOverForm { request: Some(id.clone()), ..HandOverForm::default() };
    assert!(matches!(v.hand_over(unchecked.clone()), Err(Error::Invalid(fields)) if fields[0].field == "code"));
    let checked = HandOverForm { checked: true, taker: Some("儿子王小山".into()), ..unchecked };
    v.hand_over(checked).unwrap();
    let page = v.track(Some(&v.wang), &id).unwrap();
    assert!(page.contains("儿子王小山代为取走") && page.contains("二楼 3 号窗口"), "{page}");
}

#[test]
fn nothing_is_handed_over_before_it_is_there() {
    let v = tianfu();
    let id = v.ask(&v.lin, "seal");
    let early = HandOverForm { request: Some(id.clone()), checked: true, ..HandOverForm::default() };
    assert_eq!(v.hand_over(early), Err(Error::conflict("还没有办好，没有东西可取。")));
    assert!(matches!(v.hand_over(HandOverForm::default()), Err(Error::Invalid(_))));
    v.set_ready(&id);
    assert_eq!(v.progress(&id, "还在办"), Err(Error::conflict("已经办好，等申请人来取。")));
}
