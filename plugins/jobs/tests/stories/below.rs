//! 成佳镇 and the district post for all villages below. The host carries the events; here the tests do.

use cunshi_plugin_jobs::domain::{Doubt, SignState, State};
use cunshi_plugin_jobs::{Jobs, JobsParams, LocateForm, Plugin, PostForm};
use cunshi_sdk::prelude::Send;

use crate::village::{all, chongtan, factory, space, why};

const POSTING: &str = "jobs.posting-changed/1";
const SIGNED: &str = "jobs.signed-up/1";
const ANSWERED: &str = "jobs.signup-answered/1";
const DOUBTED: &str = "jobs.posting-doubted/1";

#[test]
fn the_town_posts_a_villager_signs_up_and_the_answer_comes_home() {
    let (town, v) = (space("town", "成佳镇", Some("贡井区")), chongtan());
    let job = town.post(PostForm { headcount: 1, ..factory() });
    let told = town.told(POSTING);
    assert_eq!(told.subject, job);
    v.hear(&told, "above", "成佳镇");
    let copy = v.only();
    assert_eq!((copy.source.as_deref(), copy.office.as_deref()), (Some(job.as_str()), Some("成佳镇")));
    assert_eq!(copy.terms.distance, None, "how far it is from here the town cannot know");
    let page = v.page(None, &copy.id).unwrap();
    assert!(page.contains("成佳镇发布") && page.contains("13890001111"), "{page}");

    let form = LocateForm { posting: copy.id.clone(), distance: 6 };
    v.host.as_(&v.jian).act(|cx| Jobs::locate(cx, form)).unwrap();
    assert_eq!(v.find(None, JobsParams { near: Some("20".into()), ..all() }), ["电子厂普工"]);

    let signup = v.sign_up(&v.zhou, &copy.id).unwrap();
    assert!(v.todos(&v.jian).is_empty(), "the town answers it");
    assert_eq!(why(v.answer(&signup, "hired", "")), "这个岗位由上级回复报名。");
    let event = town.hear(&v.told(SIGNED), "below", "重滩村");
    town.again(&event);
    assert_eq!(town.titles(&town.jian), ["回复报名：周建国，电子厂普工"], "once");
    let theirs = town.host.all::<cunshi_plugin_jobs::domain::Signup>().unwrap().remove(0);
    assert_eq!((theirs.origin.as_ref().unwrap().village.as_str(), theirs.made), ("重滩村", None));
    assert_eq!(why(town.withdraw(&town.jian, &theirs.id)), "这是下面村里报的名，请在村里取消。");

    town.answer(&theirs.id, "hired", "初八来上班").unwrap();
    let answer = town.told(ANSWERED);
    assert_eq!((answer.subject.as_str(), answer.answers.as_deref()), (signup.as_str(), Some(event.id.as_str())));
    let heard = v.hear(&answer, "above", "成佳镇");
    v.again(&heard);
    assert_eq!(v.stands(&signup), SignState::Hired);
    assert_eq!(v.inbox(&v.zhou), ["您被录用了：电子厂普工"], "once");
    assert_eq!(v.host.system().read(|cx| Jobs::measure_hired(cx, 0, i64::MAX)).unwrap().value, 1);

    v.hear(&town.told(POSTING), "above", "成佳镇");
    let copy = v.only();
    assert_eq!((copy.state, copy.terms.distance), (State::Closed, Some(6)), "full, and still as far");
}

#[test]
fn who_withdraws_below_frees_the_place_above() {
    let (town, v) = (space("town", "成佳镇", Some("贡井区")), chongtan());
    let job = town.post(factory());
    v.hear(&town.told(POSTING), "above", "成佳镇");
    let signup = v.sign_up(&v.zhou, &v.only().id).unwrap();
    town.hear(&v.told(SIGNED), "below", "重滩村");
    let theirs = town.host.all::<cunshi_plugin_jobs::domain::Signup>().unwrap().remove(0).id;
    town.answer(&theirs, "hired", "").unwrap();
    let late = town.told(ANSWERED);
    v.withdraw(&v.zhou, &signup).unwrap();
    let gone = v.told(SIGNED);
    assert!(!gone.payload.to_string().contains("周建国"), "who withdraws is not named again");
    town.hear(&gone, "below", "重滩村");
    assert_eq!((town.stands(&theirs), town.kept(&job).hired), (SignState::Withdrawn, 0));
    v.sign_up(&v.zhou, &v.only().id).unwrap();
    v.hear(&late, "above", "成佳镇");
    assert_eq!(v.stands(&signup), SignState::Applied, "an answer to the time before is none to this one");
    town.hear(&v.told(SIGNED), "below", "重滩村");
    town.answer(&theirs, "contacted", "").unwrap();
    v.hear(&town.told(ANSWERED), "above", "成佳镇");
    assert_eq!(v.stands(&signup), SignState::Contacted);
}

#[test]
fn the_district_reaches_villages_through_the_town() {
    let (district, town, v) = (space("district", "贡井区", None), space("town", "成佳镇", Some("贡井区")), chongtan());
    let job = district.post(factory());
    town.hear(&district.told(POSTING), "above", "贡井区");
    assert_eq!(town.only().office.as_deref(), Some("贡井区"));
    v.hear(&town.told(POSTING), "above", "成佳镇");
    let copy = v.only();
    assert_eq!((copy.source.as_deref(), copy.office.as_deref()), (Some(job.as_str()), Some("贡井区")));

    let signup = v.sign_up(&v.zhou, &copy.id).unwrap();
    let in_town = town.hear(&v.told(SIGNED), "below", "重滩村");
    assert!(town.host.all::<cunshi_plugin_jobs::domain::Signup>().unwrap().is_empty(), "the town only passes it on");
    let in_district = district.hear(&town.told(SIGNED), "below", "成佳镇");
    let theirs = district.host.all::<cunshi_plugin_jobs::domain::Signup>().unwrap().remove(0);
    assert_eq!(theirs.origin.as_ref().unwrap().village, "重滩村");
    district.answer(&theirs.id, "contacted", "请打电话来").unwrap();
    assert_eq!(district.told(ANSWERED).answers, Some(in_district.id));
    town.hear(&district.told(ANSWERED), "above", "贡井区");
    assert_eq!(town.told(ANSWERED).answers, Some(in_town.id), "only the village of the sign-up hears it");
    v.hear(&town.told(ANSWERED), "above", "成佳镇");
    assert_eq!((v.stands(&signup), v.inbox(&v.zhou).len()), (SignState::Contacted, 1));
    assert!(town.host.messages().is_empty());

    v.report(&v.lin, &copy.id, "money").unwrap();
    let doubted = v.told(DOUBTED);
    let told = doubted.payload.to_string();
    assert!(!told.contains("林秀英") && !told.contains("13812345678") && told.contains("200"), "{told}");
    town.hear(&doubted, "below", "重滩村");
    let event = district.hear(&town.told(DOUBTED), "below", "成佳镇");
    district.again(&event);
    assert_eq!(district.host.all::<Doubt>().unwrap().len(), 1);
    assert!(district.page(Some(&district.jian), &job).unwrap().contains("重滩村村民"));
    district.judge(&job, "hide", "属实").unwrap();
    town.hear(&district.told(POSTING), "above", "贡井区");
    v.hear(&town.told(POSTING), "above", "成佳镇");
    v.settle();
    assert_eq!((town.only().state, v.only().state), (State::Hidden, State::Hidden));
    assert!(v.inbox(&v.zhou).iter().any(|title| title.contains("已撤下")));
}

#[test]
fn a_village_takes_it_down_for_itself() {
    let (town, v) = (space("town", "成佳镇", Some("贡井区")), chongtan());
    town.post(factory());
    let told = town.told(POSTING);
    v.hear(&told, "above", "成佳镇");
    let copy = v.only().id;
    v.judge(&copy, "hide", "村民说要交钱").unwrap();
    v.hear(&told, "above", "成佳镇");
    assert_eq!(v.state(&copy), State::Hidden);
    let form = cunshi_plugin_jobs::CloseForm { posting: copy };
    assert_eq!(why(v.host.as_(&v.jian).act(|cx| Jobs::close(cx, form))), "这是上级发布的岗位，只有上级能改。");
}

#[test]
fn what_comes_from_nowhere_or_broken_changes_nothing() {
    let (town, v) = (space("town", "成佳镇", Some("贡井区")), chongtan());
    town.post(factory());
    let told = town.told(POSTING);
    v.hear(&told, "below", "重滩村");
    assert!(v.host.all::<cunshi_plugin_jobs::domain::Posting>().unwrap().is_empty(), "not from below");
    v.hear(&Send { payload: "?".into(), ..told.clone() }, "above", "成佳镇");
    v.hear(&told, "above", "成佳镇");
    v.sign_up(&v.zhou, &v.only().id).unwrap();
    let stranger = space("town", "建设镇", Some("贡井区"));
    stranger.hear(&v.told(SIGNED), "below", "重滩村");
    let lost = Send { answers: None, name: ANSWERED.into(), ..v.told(SIGNED) };
    let lost = Send {
        subject: "01990000-0000-7000-8000-00000000ffff".into(),
        payload: cunshi_sdk::serde_json::json!({ "state": "hired", "office": "成佳镇", "round": 1 }),
        ..lost
    };
    v.hear(&lost, "above", "成佳镇");
    let logs = [v.host.log(), stranger.host.log()].concat();
    for words in ["cannot be read", "a sign-up came up", "an answer came down"] {
        assert!(logs.iter().any(|line| line.contains(words)), "{words}: {logs:?}");
    }
}

#[test]
fn a_village_tells_nobody_below() {
    let v = chongtan();
    v.post(factory());
    assert!(v.host.sent().is_empty());
}
