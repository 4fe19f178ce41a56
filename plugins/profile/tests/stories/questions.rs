//! Questions to the secretary: public with a masked asker, or private; answered in writing or in person; overdue ones
//! are a to-do.

use cunshi_plugin_profile::domain::{Sight, State};
use cunshi_plugin_profile::{
    AnswerInPersonForm, AskForm, BoardParams, MakePrivateForm, Plugin, Profile, QuestionParams, QuestionsParams,
    WithdrawQuestionForm,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Outcome, Person, Result};

use crate::village::{Village, at, tianfu};

fn board(v: &Village, who: Option<&Person>, show: &str) -> String {
    v.see(who, |cx| Profile::board(cx, BoardParams { show: show.into(), cursor: None }))
}

fn json(v: &Village, who: Option<&Person>, show: &str) -> cunshi_sdk::prelude::Value {
    let params = QuestionsParams { show: show.into(), limit: 20, cursor: None };
    v.read(who, |cx| Profile::questions(cx, params)).unwrap()
}

fn hide(v: &Village, who: &Person, id: &str, reason: Option<&str>) -> Result<Outcome> {
    let form = MakePrivateForm { question: id.into(), reason: reason.map(str::to_owned) };
    v.host.as_(who).act(|cx| Profile::make_private(cx, form))
}

fn withdraw(v: &Village, who: &Person, id: &str) -> Result<Outcome> {
    let form = WithdrawQuestionForm { question: id.into() };
    v.host.as_(who).act(|cx| Profile::withdraw_question(cx, form))
}

#[test]
fn a_question_is_answered_in_writing_for_all_to_read() {
    let v = tianfu();
    let outcome = v.ask(&v.lin, "路灯什么时候修？", false).unwrap();
    assert_eq!(outcome.say.unwrap(), "问题收到了，最迟9月9日答复，答复后会发消息告诉您。");
    let id = outcome.subject.unwrap();
    let waiting = board(&v, None, "waiting");
    assert!(waiting.contains("路灯什么时候修") && waiting.contains("林**") && !waiting.contains("林秀英"), "{waiting}");
    assert!(board(&v, Some(&v.liu), "waiting").contains("林秀英"), "the office knows who asks");
    assert!(board(&v, None, "answered").contains("还没有答复过的问题"));

    v.answer(&v.jian, &id, "下周一修好").unwrap();
    let page = v.question_page(None, &id).unwrap();
    assert!(page.contains("简书记答复") && page.contains("下周一修好") && !page.contains("林秀英"), "{page}");
    assert!(!page.contains("\"answer\"") && !page.contains("make-private"), "{page}");
    assert!(board(&v, None, "answered").contains("路灯什么时候修"));
    let inbox = v.host.inbox(&v.lin);
    assert_eq!(inbox[0].title.zh, "书记答复了您的问题：路灯什么时候修？");
    assert_eq!(inbox[0].body.as_ref().unwrap().zh, "简书记：下周一修好");
    assert!(v.see(Some(&v.lin), Profile::my_card).contains("已答复"));

    v.answer(&v.jian, &id, "已经修好了").unwrap();
    let page = v.question_page(None, &id).unwrap();
    assert!(page.contains("下周一修好") && page.contains("已经修好了"), "what was said before stays");
    assert_eq!(v.host.inbox(&v.lin).len(), 2);
}

#[test]
fn or_it_is_noted_that_it_was_answered_in_person() {
    let v = tianfu();
    let id = v.asked("路灯什么时候修？");
    let form = AnswerInPersonForm { question: id.clone(), text: None };
    v.host.as_(&v.jian).act(|cx| Profile::answer_in_person(cx, form)).unwrap();
    let page = v.question_page(None, &id).unwrap();
    assert!(page.contains("已当面答复"), "{page}");
    assert_eq!(v.host.inbox(&v.lin)[0].body.as_ref().unwrap().zh, "简书记已当面答复。");
}

#[test]
fn a_private_question_is_for_the_secretary_and_its_asker_alone() {
    let v = tianfu();
    let id = v.asked_privately("刘会计的账对吗？");
    for outside in [None, Some(&v.wang), Some(&v.liu)] {
        assert_eq!(v.question_page(outside, &id), Err(Error::Missing));
        assert!(!board(&v, outside, "waiting").contains("刘会计的账"));
        assert!(!json(&v, outside, "waiting").to_string().contains("刘会计的账"));
        let one = v.read(outside, |cx| Profile::question(cx, QuestionParams { id: id.clone() }));
        assert_eq!(one, Err(Error::Missing));
    }
    assert_eq!(v.answer(&v.liu, &id, "对"), Err(Error::Missing));
    let todo = |who: &Person| v.read(Some(who), Profile::todos).unwrap().iter().any(|todo| todo.title.contains("的账"));
    assert!(todo(&v.jian) && !todo(&v.liu));
    assert!(v.question_page(Some(&v.lin), &id).unwrap().contains("不公开，只给书记"));
    v.answer(&v.jian, &id, "年底公示").unwrap();
    assert!(!board(&v, None, "answered").contains("年底公示"));
    assert!(board(&v, Some(&v.lin), "answered").contains("刘会计的账"));
}

#[test]
fn a_village_may_let_all_cadres_read_private_questions() {
    let v = tianfu();
    v.host.set("private_for", "cadres");
    let id = v.asked_privately("低保怎么申请？");
    assert!(v.question_page(Some(&v.liu), &id).unwrap().contains("林秀英"));
    assert_eq!(v.question_page(Some(&v.wang), &id), Err(Error::Missing));
    v.answer(&v.liu, &id, "带户口簿来").unwrap();
}

#[test]
fn overdue_answers_are_a_to_do() {
    let v = tianfu();
    let id = v.asked("路灯什么时候修？");
    let todo = || {
        let todos = v.read(Some(&v.liu), Profile::todos).unwrap();
        todos.into_iter().find(|todo| todo.title.contains("路灯")).unwrap()
    };
    assert_eq!(todo().due, Some(at(9, 10, 0, 0) - 1));
    assert!(todo().weight < 50);
    v.host.set_now(at(9, 10, 0, 0));
    assert!(todo().title.contains("超期") && todo().weight > 80);
    assert!(v.question_page(None, &id).unwrap().contains("超期未答"));
    assert_eq!(json(&v, None, "waiting")["questions"][0]["late"], true);
    v.answer(&v.liu, &id, "修好了").unwrap();
    assert!(v.read(Some(&v.liu), Profile::todos).unwrap().iter().all(|todo| !todo.title.contains("路灯")));
}

#[test]
fn the_village_sets_the_days() {
    let v = tianfu();
    v.host.set("answer_days", 3);
    let id = v.asked("路灯什么时候修？");
    assert_eq!(v.question(&id).due_at, at(9, 6, 0, 0) - 1);
    assert!(board(&v, None, "waiting").contains("3 天内答复"));
}

#[test]
fn the_asker_withdraws_what_waits_and_hides_what_is_answered() {
    let v = tianfu();
    let id = v.asked("路灯什么时候修？");
    assert_eq!(withdraw(&v, &v.wang, &id), Err(Error::denied("这不是您问的，不能改。")));
    withdraw(&v, &v.lin, &id).unwrap();
    assert_eq!(v.question(&id).state, State::Withdrawn);
    assert_eq!(v.question_page(None, &id), Err(Error::Missing));
    assert!(v.question_page(Some(&v.lin), &id).unwrap().contains("已撤回"));
    assert_eq!(v.answer(&v.jian, &id, "？"), Err(Error::conflict("这个问题已经撤回。")));

    let other = v.asked("水费怎么交？");
    v.answer(&v.jian, &other, "来窗口交").unwrap();
    assert!(withdraw(&v, &v.lin, &other).is_err());
    assert_eq!(hide(&v, &v.wang, &other, Some("不想看")), Err(Error::denied("这不是您问的，不能改。")));
    hide(&v, &v.lin, &other, None).unwrap();
    assert_eq!(v.question(&other).sight, Sight::Secretary);
    assert_eq!(v.question_page(None, &other), Err(Error::Missing));
    assert!(hide(&v, &v.lin, &other, None).is_err(), "twice is once too often");
}

#[test]
fn a_cadre_hides_with_a_reason_that_the_asker_is_told() {
    let v = tianfu();
    let id = v.asked("王大山家的猪圈太臭了");
    assert_eq!(hide(&v, &v.liu, &id, None), Err(Error::invalid("reason", "请写明原因，提问的人看得到。")));
    hide(&v, &v.liu, &id, Some("写到了别人家")).unwrap();
    assert_eq!(v.question_page(Some(&v.wang), &id), Err(Error::Missing));
    assert!(v.question_page(Some(&v.lin), &id).unwrap().contains("写到了别人家"));
    assert!(v.host.inbox(&v.lin)[0].body.as_ref().unwrap().zh.contains("写到了别人家"));
    v.answer(&v.liu, &id, "去看过了").unwrap();
}

#[test]
fn a_cadre_enters_a_question_for_somebody_without_a_phone() {
    let v = tianfu();
    let enter = |who: &Person, private| {
        let form = AskForm { text: "药费怎么报？".into(), private, session: None };
        v.host.as_(who).on_behalf_of(&v.chen).act(|cx| Profile::ask(cx, form))
    };
    let id = enter(&v.liu, false).unwrap().subject.unwrap();
    assert_eq!(v.question(&id).asker, v.chen.id);
    assert!(v.question_page(Some(&v.liu), &id).unwrap().contains("代为登记"));
    assert!(v.question_page(None, &id).unwrap().contains("陈**"));
    assert!(enter(&v.liu, true).is_err(), "who enters it reads it");
    enter(&v.jian, true).unwrap();
    v.answer(&v.jian, &id, "带发票来").unwrap();
    assert_eq!(v.host.inbox(&v.chen).len(), 1);
}

#[test]
fn nobody_has_more_than_five_that_wait() {
    let v = tianfu();
    for _ in 0..5 {
        v.asked("路灯什么时候修？");
    }
    assert!(matches!(v.ask(&v.lin, "还有", false), Err(Error::Conflict(_))));
    v.ask(&v.wang, "我也问", false).unwrap();
    assert_eq!(json(&v, Some(&v.lin), "mine")["questions"].as_array().unwrap().len(), 5);
    assert!(json(&v, None, "mine")["questions"].as_array().unwrap().is_empty());
}
