//! Villagers ask beneath what was published: ten days for the village, twenty for the town.

use cunshi_plugin_disclosure::domain::{Question, QuestionState};
use cunshi_plugin_disclosure::{AskForm, AskedParams, OpenAffairs, Plugin, QuestionsParams};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Doc, Event, Value};

use crate::village::{Village, arrive, at, chengjia, gongjing, text, tianfu, words_for};

fn up(v: &Village, town: &Village) -> Event {
    let sent = v.told("disclosure.question-raised/1").pop().unwrap();
    let event = arrive(town, &sent, "below", "天府社区");
    for _ in 0..2 {
        town.host.system().act(|cx| OpenAffairs::hear_question_raised(cx, event.clone())).unwrap();
    }
    event
}

fn down(town: &Village, v: &Village) {
    let sent = town.told("disclosure.question-answered/1").pop().unwrap();
    for _ in 0..2 {
        let event = arrive(v, &sent, "above", "成佳镇");
        v.host.system().act(|cx| OpenAffairs::hear_question_answered(cx, event)).unwrap();
    }
}

fn only(village: &Village) -> Doc<Question> {
    let mut all = village.host.all::<Question>().unwrap();
    assert_eq!(all.len(), 1, "delivered twice, kept once");
    all.remove(0)
}

#[test]
fn the_village_answers_in_time_and_the_name_stays_masked() {
    let v = tianfu();
    let paper = v.publish(words_for("finance/2026-09"));
    let id = v.ask(&v.lin, Some(&paper), "8 月电费怎么比 7 月多一倍？");
    assert_eq!(v.question(&id).due_at, at(9, 13, 0, 0) - 1, "ten calendar days");
    assert!(v.todos(&v.jian).contains(&"请答复提问：8 月电费怎么比 7 月多一倍？".to_owned()));
    let beneath = v.paper_page(None, &paper).unwrap();
    assert!(beneath.contains("8 月电费") && beneath.contains("林**") && !beneath.contains("林秀英"), "{beneath}");
    assert!(v.question_page(Some(&v.jian), &id).unwrap().contains("林秀英问"));
    assert!(v.question_page(Some(&v.lin), &id).unwrap().contains("林秀英问"));
    assert!(!v.question_page(Some(&v.wang), &id).unwrap().contains("林秀英"));

    v.host.set_now(at(9, 12, 23, 0));
    v.answer(&id, "8 月新装了三盏灯。").unwrap();
    assert_eq!(v.inbox(&v.lin), ["您的提问 2026-0001 有答复了"]);
    assert_eq!(v.question(&id).in_time, Some(true));
    assert!(v.question_page(None, &id).unwrap().contains("新装了三盏灯"));
    assert_eq!(v.answer(&id, "再答").unwrap_err(), Error::conflict("这个提问已经答复过了。"));
    let json = v.read(None, |cx| OpenAffairs::asked(cx, AskedParams { limit: 5, cursor: None })).unwrap();
    assert_eq!(json.pointer("/questions/0/asker").and_then(Value::as_str), Some("林**"));
    assert!(!json.to_string().contains(&v.lin.id), "no ids of persons either");
}

#[test]
fn not_answered_in_ten_days_it_is_the_towns_which_has_twenty() {
    let (v, town) = (tianfu(), chengjia());
    let id = v.ask(&v.lin, None, "集体鱼塘租金交了没有？电话13812345678");
    v.host.set_now(at(9, 12, 23, 59));
    v.clock();
    assert!(v.told("disclosure.question-raised/1").is_empty());
    v.host.set_now(at(9, 13, 0, 5));
    v.clock();
    v.clock();
    let told = v.told("disclosure.question-raised/1");
    assert_eq!(told.len(), 1, "raised once");
    let payload = told[0].payload.to_string();
    assert!(
        !payload.contains("林秀英") && !payload.contains(&v.lin.id) && !payload.contains("13812345678"),
        "{payload}"
    );
    assert_eq!(v.inbox(&v.lin), ["您的提问已转成佳镇"]);
    let body = v.host.inbox(&v.lin).pop().unwrap().body.unwrap();
    assert_eq!(body.zh, "村里没有按时答复。成佳镇最迟 10月3日答复。");
    assert!(matches!(v.answer(&id, "来晚了"), Err(Error::Conflict(say)) if say.contains("已经转到上级")));

    town.host.set_now(at(9, 13, 0, 6));
    let event = up(&v, &town);
    let theirs = only(&town);
    assert_eq!((theirs.due_at, theirs.asker.clone()), (at(10, 4, 0, 0) - 1, None));
    assert_eq!(town.inbox(&town.jian), ["天府社区转来一个村民提问"]);
    assert_eq!(town.todos(&town.jian).len(), 1);
    for outsider in [None, Some(&town.lin), Some(&town.zhou)] {
        let page = town.question_page(outsider, &theirs.id);
        assert_eq!(page.is_ok(), outsider.is_some_and(|who| who.id == town.zhou.id), "officers and supervisors only");
    }
    let page = town.question_page(Some(&town.jian), &theirs.id).unwrap();
    assert!(page.contains("天府社区村民问") && page.contains("村里没有按时答复"), "{page}");

    town.answer(&theirs.id, "租金 9 月 1 日已入账。").unwrap();
    let sent = town.told("disclosure.question-answered/1").pop().unwrap();
    assert_eq!((sent.answers.as_deref(), sent.subject.as_str()), (Some(event.id.as_str()), id.as_str()));
    down(&town, &v);
    let question = v.question(&id);
    assert_eq!((question.state, question.in_time, question.late_open), (QuestionState::Settled, Some(false), None));
    assert_eq!(v.inbox(&v.lin).last().unwrap(), "您的提问，成佳镇答复了");
    let page = v.question_page(None, &id).unwrap();
    assert!(page.contains("成佳镇答复") && page.contains("租金 9 月 1 日已入账"), "{page}");
}

#[test]
fn whoever_asked_and_only_they_may_turn_to_the_town() {
    let (v, town) = (tianfu(), chengjia());
    let paper = v.publish(words_for("finance/2026-09"));
    let id = v.ask(&v.lin, Some(&paper), "电费怎么这么多？");
    assert!(matches!(v.unsatisfied(&v.lin, &id, "?"), Err(Error::Conflict(say)) if say.contains("村里还没有答复")));
    v.answer(&id, "用得多。").unwrap();
    assert!(v.question_page(Some(&v.lin), &id).unwrap().contains("对答复不满意"));
    assert!(!v.question_page(Some(&v.wang), &id).unwrap().contains("对答复不满意"));
    assert_eq!(v.unsatisfied(&v.wang, &id, "?").unwrap_err(), Error::denied("只有提问人自己能这样做。"));
    let said = v.unsatisfied(&v.lin, &id, "没说多在哪里").unwrap();
    assert_eq!(said.say.as_deref(), Some("已转成佳镇，最迟 9月22日答复。"));
    up(&v, &town);
    let theirs = only(&town);
    let page = town.question_page(Some(&town.jian), &theirs.id).unwrap();
    assert!(
        page.contains("用得多。") && page.contains("没说多在哪里") && page.contains("2026年9月 财务收支"),
        "{page}"
    );
    town.answer(&theirs.id, "新装三盏灯，附清单。").unwrap();
    down(&town, &v);
    assert_eq!(v.question(&id).state, QuestionState::Settled);
    assert_eq!(v.question(&id).in_time, Some(true), "the village itself was in time");
    assert!(v.unsatisfied(&v.lin, &id, "还是不满意").is_err());
}

#[test]
fn too_long_after_an_answer_one_asks_anew() {
    let v = tianfu();
    let id = v.ask(&v.lin, None, "问");
    v.answer(&id, "答").unwrap();
    v.host.set_now(at(9, 18, 8, 0));
    assert!(matches!(v.unsatisfied(&v.lin, &id, "?"), Err(Error::Conflict(say)) if say.contains("15 天内")));
    assert!(!v.question_page(Some(&v.lin), &id).unwrap().contains("对答复不满意"));
}

#[test]
fn a_private_question_is_for_the_asker_the_office_and_the_supervisors() {
    let v = tianfu();
    let form = AskForm { disclosure: None, text: "低保为什么没有我家？".into(), private: true };
    let id = v.ask_with(&v.lin, form).unwrap();
    for who in [None, Some(&v.wang)] {
        assert_eq!(v.question_page(who, &id), Err(Error::Missing));
        let params = QuestionsParams { show: "all".into(), cursor: None };
        let list = text(&v.read(who, |cx| OpenAffairs::questions(cx, params)).unwrap());
        assert!(!list.contains("低保"));
    }
    assert!(v.question_page(Some(&v.lin), &id).unwrap().contains("低保"));
    assert!(v.question_page(Some(&v.jian), &id).unwrap().contains("林秀英"));
    let supervisor = v.question_page(Some(&v.zhou), &id).unwrap();
    assert!(supervisor.contains("低保") && !supervisor.contains("林秀英"));
    assert!(text(&v.read(Some(&v.lin), OpenAffairs::mine).unwrap()).contains("低保"));
}

#[test]
fn a_cadre_enters_it_for_somebody_without_a_phone() {
    let v = tianfu();
    let form = AskForm { disclosure: None, text: "水费怎么算的？".into(), private: false };
    let done = v.host.as_(&v.jian).on_behalf_of(&v.wang).act(|cx| OpenAffairs::ask(cx, form)).unwrap();
    let question = v.question(&done.subject.unwrap());
    assert_eq!((question.asker.as_deref(), question.entered_by.as_deref()), (Some(v.wang.id.as_str()), Some("简书记")));
}

#[test]
fn nobody_asks_about_a_draft() {
    let v = tianfu();
    let draft = v.draft(words_for("finance/2026-09")).unwrap();
    let form = |text: &str| AskForm { disclosure: Some(draft.clone()), text: text.into(), private: false };
    assert_eq!(v.ask_with(&v.lin, form("?")).unwrap_err(), Error::Missing);
    assert_eq!(v.ask_with(&v.jian, form("?")).unwrap_err(), Error::conflict("这一份还没有公开。"));
}

#[test]
fn what_the_town_leaves_open_is_the_districts_to_see() {
    let (v, town, district) = (tianfu(), chengjia(), gongjing());
    v.ask(&v.lin, None, "鱼塘租金呢？");
    v.host.set_now(at(9, 13, 0, 5));
    v.clock();
    town.host.set_now(at(9, 13, 0, 6));
    up(&v, &town);
    town.host.set_now(at(10, 4, 8, 0));
    town.clock();
    town.clock();
    let told = town.told("disclosure.overdue/1");
    assert_eq!(told.len(), 1);
    assert!(!told[0].payload.to_string().contains("鱼塘"), "what was asked stays with the town");
    assert_eq!(town.todos(&town.jian), ["提问超期没答复：鱼塘租金呢？"]);
    let hear = |sent| {
        let event = arrive(&district, sent, "below", "成佳镇");
        district.host.system().act(|cx| OpenAffairs::hear_overdue(cx, event)).unwrap();
        let params = cunshi_plugin_disclosure::BelowParams::default();
        text(&district.read(Some(&district.jian), |cx| OpenAffairs::below(cx, params)).unwrap())
    };
    let page = hear(&told[0]);
    assert!(page.contains("成佳镇：天府社区的提问 2026-0001"), "{page}");
    town.answer(&only(&town).id, "已入账。").unwrap();
    let told = town.told("disclosure.overdue/1");
    assert!(hear(&told[1]).contains("没有逾期的事项"));
}

#[test]
fn events_from_nowhere_change_nothing() {
    let v = tianfu();
    let id = v.ask(&v.lin, None, "问");
    let answer = cunshi_sdk::prelude::json!({ "office": "成佳镇", "text": "?" });
    let hear = |event: Event| v.host.system().act(|cx| OpenAffairs::hear_question_answered(cx, event)).unwrap();
    let event = v.host.event("disclosure.question-answered/1", &id, answer.clone());
    hear(Event { from: "above".into(), ..event.clone() });
    hear(event.clone());
    hear(Event { from: "above".into(), from_plugin: "other".into(), ..event.clone() });
    hear(Event { from: "above".into(), subject: "no such question".into(), ..event.clone() });
    hear(Event { from: "above".into(), payload: "?".into(), ..event });
    assert_eq!(v.question(&id).state, QuestionState::Asked, "it was never raised");
}
