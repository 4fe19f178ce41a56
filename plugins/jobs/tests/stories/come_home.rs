//! 周建国 of 重滩村 works in 东莞. He finds a job near home, calls, signs up, is hired; and 林秀英's mother signs up by
//! telephone.

use cunshi_plugin_jobs::domain::{SignState, State, Why};
use cunshi_plugin_jobs::{Jobs, JobsParams, Plugin, PostForm, SignUpForm};
use cunshi_sdk::prelude::json;

use crate::village::{all, at, chongtan, factory, text, why};

#[test]
fn a_worker_far_from_home_finds_work_near_it() {
    let v = chongtan();
    let job = v.post(factory());
    let away = PostForm { title: "东莞电子厂".into(), away: true, place: Some("东莞".into()), ..factory() };
    v.post(away);

    let near = JobsParams { near: Some("20".into()), ..all() };
    assert_eq!(v.find(None, near), ["电子厂普工"], "without signing in");
    let page = v.page(None, &job).unwrap();
    for words in
        ["4,500–6,000 元/月", "成佳镇工业园（8 公里）", "包吃包住", "13890001111", "登录后可以报名", "都是骗子"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }

    let form = SignUpForm {
        posting: job.clone(),
        start: Some("2026-10-08".into()),
        words: Some("做过五年装配，国庆后回来".into()),
        ..SignUpForm::default()
    };
    let outcome = v.host.as_(&v.zhou).act(|cx| Jobs::sign_up(cx, form)).unwrap();
    assert!(outcome.say.unwrap().contains("报上名了"));
    let signup = outcome.subject.unwrap();
    assert_eq!(v.signup(&signup).who.phone, v.zhou.phone.clone().unwrap(), "nobody types their own number");
    assert_eq!(v.titles(&v.jian), ["回复报名：周建国，电子厂普工"]);
    assert_eq!(v.inbox(&v.jian), ["有人报名：电子厂普工"]);

    v.answer(&signup, "contacted", "厂里等你回来面谈").unwrap();
    v.host.set_now(at(10, 8, 9));
    let said = v.answer(&signup, "hired", "").unwrap().say.unwrap();
    assert_eq!(said, "周建国：已录用。已告诉本人。");
    assert_eq!(v.inbox(&v.zhou), ["您报名的活有消息了：电子厂普工", "您被录用了：电子厂普工"]);
    let mine = text(&v.read(Some(&v.zhou), Jobs::mine).unwrap());
    assert!(mine.contains("已录用"), "{mine}");
    assert_eq!((v.state(&job), v.kept(&job).hired), (State::Open, 1));
}

#[test]
fn a_cadre_signs_up_who_telephoned_and_the_last_place_closes_it() {
    let v = chongtan();
    let job = v.post(factory());
    let form = SignUpForm { posting: job.clone(), ..SignUpForm::default() };
    let behalf = v.host.as_(&v.jian).on_behalf_of(&v.lin);
    let outcome = behalf.act(|cx| Jobs::sign_up(cx, form)).unwrap();
    assert_eq!(outcome.say.unwrap(), "已替林秀英报名。");
    let lin = outcome.subject.unwrap();
    let kept = v.signup(&lin);
    assert_eq!((kept.person.as_deref(), kept.entered_by.as_deref()), (Some(v.lin.id.as_str()), Some("简书记")));
    let other = v.caller(&job, "王婆婆", "138 1234 5678").unwrap();
    assert_eq!(why(v.caller(&job, "王桂芳", "+86 13812345678")), "已经报过名了。", "the same number");

    v.answer(&lin, "hired", "").unwrap();
    let said = v.answer(&other, "hired", "").unwrap().say.unwrap();
    assert_eq!(said, "王婆婆已录用。人招满了，岗位自动结束。他没有账号，请打电话告诉他。");
    assert_eq!((v.state(&job), v.kept(&job).why), (State::Closed, Some(Why::Full)));
    assert_eq!(v.find(None, all()), Vec::<String>::new());
    assert_eq!(why(v.sign_up(&v.zhou, &job)), "这个岗位现在不在招。");
    let page = v.page(None, &job).unwrap();
    assert!(page.contains("已招满") && !page.contains("13890001111"), "the telephone is no longer public: {page}");

    let measured = |what: fn(&cunshi_sdk::Read, i64, i64) -> cunshi_sdk::Result<cunshi_sdk::Measured>| {
        let found = v.host.system().read(|cx| what(cx, 0, i64::MAX)).unwrap();
        (found.value, found.of)
    };
    assert_eq!(measured(Jobs::measure_open), (0, None));
    assert_eq!(measured(Jobs::measure_signups), (2, None));
    assert_eq!(measured(Jobs::measure_hired), (2, None));
    assert_eq!(measured(Jobs::measure_filled), (1, Some(1)));
}

#[test]
fn once_per_person_withdrawn_and_again() {
    let v = chongtan();
    let job = v.post(factory());
    let signup = v.sign_up(&v.lin, &job).unwrap();
    assert_eq!(why(v.sign_up(&v.lin, &job)), "已经报过名了。");
    v.withdraw(&v.lin, &signup).unwrap();
    assert_eq!(why(v.answer(&signup, "hired", "")), "这个报名已经取消。");
    assert_eq!(v.sign_up(&v.lin, &job).unwrap(), signup, "the same sign-up");
    v.answer(&signup, "hired", "").unwrap();
    assert_eq!(v.kept(&job).hired, 1);
    v.withdraw(&v.lin, &signup).unwrap();
    assert_eq!((v.kept(&job).hired, v.stands(&signup)), (0, SignState::Withdrawn), "the place is free again");
    v.sign_up(&v.lin, &job).unwrap();
    v.answer(&signup, "rejected", "年龄不合适").unwrap();
    assert_eq!(why(v.sign_up(&v.lin, &job)), "招工的一方已经回复过，不能再改。有事请打电话。");
    assert_eq!(v.inbox(&v.lin).last().unwrap(), "这次没有录用您：电子厂普工");
}

#[test]
fn who_was_hired_and_does_not_come_frees_the_place() {
    let v = chongtan();
    let job = v.post(PostForm { headcount: 1, ..factory() });
    let (lin, zhou) = (v.sign_up(&v.lin, &job).unwrap(), v.sign_up(&v.zhou, &job).unwrap());
    v.answer(&lin, "hired", "").unwrap();
    assert_eq!(why(v.answer(&zhou, "hired", "")), "人已经招满。要多招，请先把人数改多。");
    assert_eq!(v.stands(&zhou), SignState::Applied, "nothing was kept of it");
    v.answer(&lin, "rejected", "没有来").unwrap();
    v.answer(&zhou, "hired", "").unwrap();
    assert_eq!((v.kept(&job).hired, v.stands(&zhou)), (1, SignState::Hired));
}

#[test]
fn what_is_typed_wrong_is_said_beside_the_field() {
    let v = chongtan();
    let job = v.post(factory());
    let sign = |start: &str| {
        let form = SignUpForm { posting: job.clone(), start: Some(start.into()), ..SignUpForm::default() };
        v.host.as_(&v.lin).act(|cx| Jobs::sign_up(cx, form))
    };
    assert!(why(sign("2026-09-01")).starts_with("start:"));
    assert!(why(sign("2027-12-01")).starts_with("start:"));
    let post = |form: PostForm| v.host.as_(&v.jian).act(|cx| Jobs::post(cx, form));
    assert!(why(post(PostForm { pay_to: Some(1), ..factory() })).starts_with("pay_to:"));
    assert!(why(post(PostForm { closes: Some("2026-09-01".into()), ..factory() })).starts_with("closes:"));
}

#[test]
fn the_api_says_what_the_page_says() {
    let v = chongtan();
    let job = v.post(factory());
    let ask = |who| {
        let params = cunshi_plugin_jobs::JobParams { id: job.clone() };
        v.read(who, |cx| Jobs::job(cx, params)).unwrap()
    };
    let public = ask(None);
    assert_eq!(public["contact"], json!({ "name": "刘主任", "phone": "13890001111" }));
    assert_eq!((&public["pay_from"], &public["mine"]), (&json!(450_000), &json!(null)));
    let signup = v.sign_up(&v.zhou, &job).unwrap();
    assert_eq!(ask(Some(&v.zhou))["mine"]["id"], signup.as_str());
    assert_eq!(ask(Some(&v.lin))["mine"], json!(null));
    v.host.set_now(at(11, 1, 0));
    assert_eq!(ask(None)["contact"], json!(null), "not after its last day");
    assert_eq!(ask(Some(&v.jian))["contact"]["name"], "刘主任");
}
