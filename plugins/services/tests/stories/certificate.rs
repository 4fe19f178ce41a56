//! 林秀英 needs a certificate of residence: received at once, issued in 17 minutes, rated; and what may not happen.

use cunshi_plugin_services::domain::StepKind::{Accepted, Finished, Rated, Received};
use cunshi_plugin_services::domain::days::DAY;
use cunshi_plugin_services::domain::{Figure, Rating, State};
use cunshi_plugin_services::{AcceptForm, AskForm, FinishForm, Plugin, ServiceParams, Services, WithdrawForm};
use cunshi_sdk::Error;

use crate::village::{at, form, text, tianfu};

#[test]
fn received_at_once_issued_in_17_minutes_and_five_stars() {
    let v = tianfu();
    let photo = v.host.upload(&v.lin, "hukou.jpg");
    let wish = AskForm {
        id_number: Some("510303 19500101 123x".into()),
        phone: Some("13812345678".into()),
        photos: vec![photo.clone()],
        ..form("residence")
    };
    let said = v.try_ask(&v.lin, wish).unwrap();
    assert_eq!(said.say.as_deref(), Some("已收到，编号 B2026-0001。村里 1 个工作日内办好，每一步都会告诉您。"));
    let id = said.subject.unwrap();
    assert_eq!(v.request(&id).due_at, at(9, 4, 0, 0) - 1, "the end of the third of September");
    let paper = v.paper(&id).unwrap();
    assert_eq!(paper.id_number.as_deref(), Some("51030319500101123X"));
    assert_eq!(v.host.attached(&photo), Some(("paper".to_owned(), paper.id.clone())));
    assert_eq!(v.inbox(&v.jian), ["新申请：居住情况证明（B2026-0001）"]);
    assert_eq!(v.todos(&v.jian), ["受理申请：居住情况证明（B2026-0001）"]);

    v.host.set_now(at(9, 2, 9, 5));
    assert_eq!(v.accept(&id).unwrap().say.as_deref(), Some("已受理，9月3日前办好。"));
    v.host.set_now(at(9, 2, 9, 17));
    let file = v.issue(&id);
    assert_eq!(v.host.attached(&file), Some(("paper".to_owned(), paper.id)));
    let page = v.track(Some(&v.lin), &id).unwrap();
    for words in
        ["用时 17 分钟", "天府社区办结", "提前 1 个工作日", &file, "等您评价", "13812345678", "51030319500101123X"]
    {
        assert!(page.contains(words), "the page does not say “{words}”: {page}");
    }
    assert_eq!(v.inbox(&v.lin), ["您的“居住情况证明”已受理", "您的“居住情况证明”办好了"]);
    assert_eq!(v.todos(&v.lin), ["请评价：居住情况证明"]);

    v.rate(&v.lin, &id, 5, "办得快，电话13812345678都没打").unwrap();
    let kinds: Vec<_> = v.paper(&id).unwrap().steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [Received, Accepted, Finished, Rated]);
    assert_eq!(v.rate(&v.lin, &id, 1, "再评一次"), Err(Error::conflict("您已经评价过了。")));

    let public = text(&v.read(None, |cx| Services::service(cx, ServiceParams { id: "residence".into() })).unwrap());
    for words in ["17 分钟", "★ 5.0", "林**", "办得快，电话138******78都没打", "免费", "户口簿，或者租房合同"]
    {
        assert!(public.contains(words), "{words}: {public}");
    }
    assert!(!public.contains("林秀英") && !public.contains("13812345678") && !public.contains(&id));
    let figure = v.host.all::<Figure>().unwrap().remove(0);
    assert_eq!((figure.asked, figure.median, figure.rated, figure.tenths), (1, Some(17), 1, Some(50)));
}

#[test]
fn only_the_asker_rates_and_only_within_thirty_days() {
    let v = tianfu();
    let id = v.ask(&v.lin, "residence");
    assert_eq!(v.rate(&v.lin, &id, 5, ""), Err(Error::conflict("还没有办结，办好了再评价。")));
    v.issue(&id);
    assert_eq!(v.rate(&v.wang, &id, 5, ""), Err(Error::Missing), "a neighbour does not even see it");
    assert_eq!(v.rate(&v.jian, &id, 5, ""), Err(Error::denied("只有申请人自己可以这样做。")));
    v.host.advance(31 * DAY);
    assert_eq!(v.rate(&v.lin, &id, 5, ""), Err(Error::conflict("办结超过 30 天，不能评价了。")));
    assert!(v.host.all::<Rating>().unwrap().is_empty());
}

#[test]
fn what_has_moved_on_is_not_done_twice_or_unseen() {
    let v = tianfu();
    let id = v.ask(&v.lin, "residence");
    let seen = Some(v.request(&id).steps.to_string());
    v.supplement(&v.lin, &id, "还有一件事").unwrap();
    let stale = AcceptForm { request: id.clone(), seen, text: None };
    let stale = v.host.as_(&v.jian).act(|cx| Services::accept(cx, stale));
    assert_eq!(stale, Err(Error::conflict("您填写的时候，这件申请刚有新情况：申请人补充了材料。请看过再办。")));
    v.accept(&id).unwrap();
    assert_eq!(v.accept(&id), Err(Error::conflict("这件申请已经受理过了。")));
    v.issue(&id);
    assert_eq!(v.tell(&id, "又办一次"), Err(Error::conflict("这件申请已经办结。")));
    v.host.speak(cunshi_sdk::Lang::En);
    assert_eq!(v.progress(&id, "more"), Err(Error::conflict("It is done already.")));
}

#[test]
fn a_file_is_needed_for_a_file() {
    let v = tianfu();
    let id = v.ask(&v.lin, "residence");
    let bare = FinishForm { request: id.clone(), how: "file".into(), ..FinishForm::default() };
    assert!(matches!(v.finish(bare), Err(Error::Invalid(fields)) if fields[0].field == "files"));
    assert_eq!(v.state(&id), State::Received);
}

#[test]
fn refused_with_a_reason_and_a_way_on() {
    let v = tianfu();
    let id = v.ask(&v.lin, "hardship");
    v.refuse(&id).unwrap();
    let page = v.track(Some(&v.lin), &id).unwrap();
    assert!(page.contains("户口不在本村") && page.contains("可以这样办：请到户口所在的村办"), "{page}");
    assert_eq!(v.inbox(&v.lin), ["您的“家庭经济困难情况证明”不能办理"]);
    let words = v.host.inbox(&v.lin).remove(0);
    assert!(!format!("{words:?}").contains("户口不在本村"), "no message says what is written");
    assert_eq!(v.rate(&v.lin, &id, 1, ""), Err(Error::conflict("这件申请已经答复不能办理。")));
}

#[test]
fn the_asker_withdraws_and_nobody_else() {
    let v = tianfu();
    let id = v.ask(&v.lin, "seal");
    let withdraw = |by| {
        let form = WithdrawForm { request: id.clone(), text: None };
        v.host.as_(by).act(|cx| Services::withdraw(cx, form))
    };
    assert_eq!(withdraw(&v.wang), Err(Error::Missing));
    assert_eq!(withdraw(&v.jian), Err(Error::denied("只有申请人自己可以这样做。")));
    withdraw(&v.lin).unwrap();
    assert_eq!(v.state(&id), State::Withdrawn);
    assert_eq!(v.inbox(&v.jian).last().unwrap(), "申请人撤回：材料盖章（B2026-0001）");
    assert_eq!(v.accept(&id), Err(Error::conflict("这件申请已经撤回。")));
}

#[test]
fn nobody_floods_the_counter() {
    let v = tianfu();
    for _ in 0..10 {
        v.ask(&v.lin, "seal");
    }
    let refused = v.try_ask(&v.lin, form("seal"));
    assert_eq!(refused, Err(Error::conflict("已经有 10 件申请正在办。请等办完几件，或者撤回不要的。")));
    v.ask(&v.wang, "seal");
    let wrong = AskForm { id_number: Some("12345".into()), ..form("seal") };
    assert!(matches!(v.try_ask(&v.wang, wrong), Err(Error::Invalid(fields)) if fields[0].field == "id_number"));
}
