//! A disclosure from the draft to the board: written by the accountant, signed by a supervisor, corrected once.

use cunshi_plugin_disclosure::domain::{Disclosure, Mark, State};
use cunshi_plugin_disclosure::{
    BoardParams, CorrectForm, DiscardForm, DraftForm, OpenAffairs, Plugin, ReviseForm, SignForm, WithdrawForm,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Person, Result};

use crate::village::{Village, at, text, tianfu, words_for};

fn board(v: &Village, who: Option<&Person>) -> String {
    let params = BoardParams { affairs: "all".into(), ..BoardParams::default() };
    text(&v.read(who, |cx| OpenAffairs::board(cx, params)).unwrap())
}

fn revise(v: &Village, by: &Person, id: &str, body: &str) -> Result<()> {
    let seen = v.paper(id).steps.len().to_string();
    let form = ReviseForm { id: id.into(), seen, text: Some(body.into()), ..ReviseForm::default() };
    v.host.as_(by).act(|cx| OpenAffairs::revise(cx, form)).map(|_| ())
}

#[test]
fn nothing_is_public_before_a_supervisor_has_signed() {
    let v = tianfu();
    v.host.set_now(at(10, 8, 9, 0));
    v.clock();
    let photo = v.host.upload(&v.chen, "slip.jpg");
    let id = v.draft(DraftForm { photos: vec![photo.clone()], ..words_for("finance/2026-09") }).unwrap();
    assert_eq!(v.host.attached(&photo), Some(("disclosure".into(), id.clone())));
    for who in [None, Some(&v.lin)] {
        assert_eq!(v.paper_page(who, &id), Err(Error::Missing), "a draft is the office's");
        assert!(!board(&v, who).contains(&id));
    }
    let visible = v.host.visitor().read(|cx| Ok(cx.file(&photo)?)).unwrap();
    assert_eq!(visible, None, "its photos too");

    v.submit(&id).unwrap();
    assert_eq!(v.inbox(&v.zhou), ["请审签：2026年9月 财务收支"]);
    assert_eq!(v.todos(&v.zhou), ["请审签：2026年9月 财务收支"]);
    v.send_back(&id, "电费的单据没有附上").unwrap();
    assert_eq!(v.inbox(&v.chen), ["监委会退回：2026年9月 财务收支"]);
    assert!(v.todos(&v.chen).contains(&"监委会退回，请修改：2026年9月 财务收支".to_owned()));
    assert!(v.paper_page(Some(&v.chen), &id).unwrap().contains("监委会退回：电费的单据没有附上"));

    revise(&v, &v.chen, &id, "单据已附。").unwrap();
    v.submit(&id).unwrap();
    v.sign(&v.zhou, &id).unwrap();
    assert_eq!(v.inbox(&v.chen).last().unwrap(), "已审签并公开：2026年9月 财务收支");
    let page = v.paper_page(None, &id).unwrap();
    for words in ["单据已附。", "周主任", "陈会计"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("没有附上"), "what was said between office and supervisor is not public");
    assert!(board(&v, None).contains("2026年9月 财务收支"));
    assert!(v.host.visitor().read(|cx| Ok(cx.file(&photo)?)).unwrap().is_some());
    assert_eq!(v.duty("finance/2026-09").mark(v.host.now()), Mark::Done);
}

#[test]
fn nobody_signs_their_own_hand_or_what_has_changed_meanwhile() {
    let v = tianfu();
    let both = v.host.person("多面手", &["member", "cadre", "supervisor"]);
    let id = v.draft(words_for("finance/2026-09")).unwrap();
    revise(&v, &both, &id, "我也改了一点").unwrap();
    v.submit(&id).unwrap();
    assert!(v.todos(&both).iter().all(|todo| !todo.starts_with("请审签")));
    let denied = v.sign(&both, &id).unwrap_err();
    assert!(matches!(denied, Error::Denied(say) if say.contains("自己写的不能自己审签")));

    let seen = v.paper(&id).steps.len().to_string();
    v.host.as_(&v.chen).act(|cx| OpenAffairs::withdraw(cx, WithdrawForm { id: id.clone() })).unwrap();
    revise(&v, &v.chen, &id, "悄悄改了").unwrap();
    v.submit(&id).unwrap();
    let form = SignForm { id: id.clone(), seen, note: None };
    let stale = v.host.as_(&v.zhou).act(|cx| OpenAffairs::sign(cx, form));
    assert_eq!(stale.unwrap_err(), Error::conflict("这一份刚刚有变动，请再看一遍。"));
    v.sign(&v.zhou, &id).unwrap();
    assert_eq!(v.sign(&v.zhou, &id).unwrap_err(), Error::conflict("已经公开的不能改，只能发更正。"), "not twice");
}

#[test]
fn an_empty_draft_is_not_sent_and_an_unsent_one_not_signed() {
    let v = tianfu();
    let id = v.draft(DraftForm { duty: "party/2026-q3".into(), ..DraftForm::default() }).unwrap();
    let empty = v.submit(&id).unwrap_err();
    assert!(matches!(empty, Error::Conflict(say) if say.contains("还没有内容")));
    assert_eq!(v.sign(&v.zhou, &id).unwrap_err(), Error::conflict("这一份还是草稿，没有送审。"));
}

#[test]
fn what_is_public_is_never_edited_but_corrected_beside_the_old() {
    let v = tianfu();
    let first = v.publish(words_for("finance/2026-09"));
    let before = v.paper(&first);
    let refused = revise(&v, &v.chen, &first, "改数字");
    assert_eq!(refused, Err(Error::conflict("已经公开的不能改，只能发更正。")));
    let discard = v.host.as_(&v.chen).act(|cx| OpenAffairs::discard(cx, DiscardForm { id: first.clone() }));
    assert_eq!(discard.unwrap_err(), Error::conflict("已经公开的不能改，只能发更正。"));

    let correct = || {
        let form = CorrectForm { id: first.clone(), reason: "电费写错了".into() };
        v.host.as_(&v.chen).act(|cx| OpenAffairs::correct(cx, form)).map(|done| done.subject.unwrap())
    };
    let second = correct().unwrap();
    assert!(matches!(correct().unwrap_err(), Error::Conflict(say) if say.contains("已经有人在更正")));
    assert_eq!(v.paper_page(None, &second), Err(Error::Missing), "a correction needs its own signature");
    revise(&v, &v.chen, &second, "电费是 806.50 元。").unwrap();
    v.submit(&second).unwrap();
    v.sign(&v.zhou, &second).unwrap();

    let old = v.paper(&first);
    assert!(old.replaced);
    let unchanged = Disclosure { replaced: false, board: before.board.clone(), ..old.body.clone() };
    assert_eq!(unchanged, before.body, "not a letter of the first version changed");
    let page = v.paper_page(None, &first).unwrap();
    assert!(page.contains("这一版已有更正") && page.contains("本期情况如下。"), "{page}");
    let page = v.paper_page(None, &second).unwrap();
    assert!(page.contains("更正后的第 2 版"), "{page}");
    assert!(page.contains("电费写错了") && page.contains("806.50") && page.contains("最早的一版"), "{page}");
    let list = board(&v, None);
    assert!(list.contains(&second) && !list.contains(&first), "the board shows the version that counts");
    assert_eq!(v.paper(&second).number, before.number);
    let third = {
        let form = CorrectForm { id: first.clone(), reason: "再更正".into() };
        v.host.as_(&v.chen).act(|cx| OpenAffairs::correct(cx, form)).unwrap().subject.unwrap()
    };
    assert_eq!((v.paper(&third).edition, v.paper(&third).text.as_str()), (3, "电费是 806.50 元。"));
}

#[test]
fn one_signed_for_a_day_waits_for_it() {
    let v = tianfu();
    let form = DraftForm { publish_on: Some("2026-10-01".into()), submit: true, ..words_for("village/2026-q3") };
    let id = v.draft(form).unwrap();
    let said = v.sign(&v.zhou, &id).unwrap();
    assert_eq!(said.say.as_deref(), Some("已审签，10月1日公开。"));
    v.clock();
    assert_eq!((v.paper(&id).state, v.paper_page(None, &id)), (State::Signed, Err(Error::Missing)));
    v.host.set_now(at(10, 1, 0, 0));
    v.clock();
    v.clock();
    assert_eq!((v.paper(&id).state, v.paper(&id).published_at), (State::Published, Some(at(10, 1, 0, 0))));
    assert_eq!(v.inbox(&v.chen).last().unwrap(), "到日子，已公开：2026年第3季度 村务公开");
    assert_eq!(v.duty("village/2026-q3").in_time, Some(true));
}

#[test]
fn a_duty_has_one_disclosure_and_a_discarded_draft_frees_it() {
    let v = tianfu();
    let id = v.draft(words_for("finance/2026-09")).unwrap();
    assert!(matches!(v.draft(words_for("finance/2026-09")), Err(Error::Conflict(say)) if say.contains("已经有一份了")));
    assert_eq!(v.duty("finance/2026-09").mark(v.host.now()), Mark::InHand);
    v.host.as_(&v.jian).act(|cx| OpenAffairs::discard(cx, DiscardForm { id })).unwrap();
    assert_eq!(v.duty("finance/2026-09").mark(v.host.now()), Mark::NotDue);
    v.publish(words_for("finance/2026-09"));
    assert!(v.draft(words_for("finance/2026-09")).is_err());
}

#[test]
fn something_outside_the_list_needs_its_affairs_and_a_title() {
    let v = tianfu();
    let field = |form| match v.draft(form).unwrap_err() {
        Error::Invalid(fields) => fields[0].field.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(words_for("other")), "affairs");
    assert_eq!(field(DraftForm { affairs: Some("village".into()), ..words_for("other") }), "title");
    assert_eq!(field(words_for("no-such/2026-09")), "duty");
    let day = DraftForm { publish_on: Some("tomorrow".into()), ..words_for("party/2026-q3") };
    assert_eq!(field(day), "publish_on");
    let form =
        DraftForm { affairs: Some("village".into()), title: Some("水井清淘安排".into()), ..words_for("other") };
    let id = v.publish(form);
    let paper = v.paper(&id);
    assert_eq!((paper.duty.clone(), paper.in_time()), (None, None));
    assert!(board(&v, None).contains("水井清淘安排"));
}

#[test]
fn a_town_publishes_nothing_of_its_own() {
    let town = crate::village::chengjia();
    let form = DraftForm { affairs: Some("village".into()), title: Some("镇".into()), ..words_for("other") };
    assert!(matches!(town.draft(form), Err(Error::Conflict(say)) if say.contains("由村（社区）来写")));
}
