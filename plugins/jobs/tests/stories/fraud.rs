//! Who asks for money first is a fraud: villagers report it, a cadre looks into it and takes it down.

use cunshi_plugin_jobs::domain::{Doubt, State};
use cunshi_plugin_jobs::{Jobs, JobsParams, Plugin};
use cunshi_sdk::Error;

use crate::village::{all, chongtan, factory, text, why};

#[test]
fn a_fraud_is_reported_taken_down_and_those_who_signed_up_are_warned() {
    let v = chongtan();
    let job = v.post(factory());
    let signup = v.sign_up(&v.zhou, &job).unwrap();
    let many: Vec<_> = (0..30).map(|n| v.host.member(&format!("村民{n}"))).collect();
    for person in &many {
        v.sign_up(person, &job).unwrap();
    }
    assert!(v.report(&v.lin, &job, "money").unwrap().say.unwrap().contains("不要交钱"));
    assert_eq!(why(v.report(&v.lin, &job, "money")), "您已经举报过，村干部正在核实。");
    assert_eq!(v.titles(&v.jian)[0], "核实举报（先要交钱）：电子厂普工");
    assert!(v.page(Some(&v.zhou), &job).is_ok(), "nothing is taken down before a cadre has decided");
    let page = v.page(Some(&v.jian), &job).unwrap();
    assert!(page.contains("林秀英") && page.contains("打电话就要 200 元"));
    assert!(!v.page(Some(&v.zhou), &job).unwrap().contains("林秀英"), "only the office knows who reported it");

    v.judge(&job, "hide", "打电话核实，要先交培训费").unwrap();
    assert_eq!(v.state(&job), State::Hidden);
    assert_eq!(v.page(Some(&v.zhou), &job), Err(Error::Missing));
    assert_eq!(v.find(None, all()), Vec::<String>::new());
    assert_eq!(v.find(None, JobsParams { q: Some("电子厂".into()), ..all() }), Vec::<String>::new());
    assert_eq!(v.inbox(&v.lin), ["您举报的岗位已撤下：电子厂普工"]);
    v.settle();
    let warned = "您报名的岗位已撤下，请小心：电子厂普工";
    assert!(v.inbox(&v.zhou).contains(&warned.to_owned()));
    assert!(many.iter().all(|person| v.inbox(person) == [warned]), "every one, in steps, once");
    assert!(v.host.inbox(&v.zhou)[0].urgent);
    let own = v.read(Some(&v.zhou), |cx| Jobs::signup(cx, cunshi_plugin_jobs::SignupParams { id: signup.clone() }));
    assert!(text(&own.unwrap()).contains("这个岗位已经撤下"));
    v.withdraw(&v.zhou, &signup).unwrap();
    assert_eq!(why(v.judge(&job, "hide", "再看")), "这个岗位已经撤下。");
}

#[test]
fn what_is_in_order_stays_and_who_reported_it_hears_why() {
    let v = chongtan();
    let job = v.orchard();
    assert_eq!(why(v.report(&v.li, &job, "other")), "这是您自己提交的招工。不招了可以结束它。");
    v.report(&v.lin, &job, "false").unwrap();
    v.judge(&job, "keep", "去果园看过，正在采摘").unwrap();
    assert_eq!(v.state(&job), State::Open);
    let message = v.host.inbox(&v.lin).remove(0);
    assert_eq!(
        (message.title.zh.as_str(), message.body.unwrap().zh.as_str()),
        ("您举报的岗位核实过，没有问题：柑橘采摘", "去果园看过，正在采摘")
    );
    assert!(v.host.all::<Doubt>().unwrap().iter().all(|doubt| !doubt.open));
    v.report(&v.lin, &job, "pay").unwrap();
    assert_eq!(why(v.judge(&v.post(factory()), "keep", "x")), "这个岗位没有撤下，也没有举报。");
}

#[test]
fn the_office_takes_down_and_brings_back_of_its_own_knowledge() {
    let v = chongtan();
    let job = v.orchard();
    v.judge(&job, "hide", "先停一停").unwrap();
    assert_eq!(v.inbox(&v.li).last().unwrap(), "您提交的招工已撤下：柑橘采摘");
    assert!(v.page(Some(&v.li), &job).unwrap().contains("先停一停"), "he still sees it and why");
    v.judge(&job, "keep", "误会").unwrap();
    assert_eq!(v.find(None, all()), ["柑橘采摘"]);
}

#[test]
fn more_reports_than_fit_in_one_call_wait_on_the_desk() {
    let v = chongtan();
    let job = v.post(factory());
    for n in 0..20 {
        v.report(&v.host.member(&format!("村民{n}")), &job, "money").unwrap();
    }
    v.judge(&job, "hide", "属实").unwrap();
    let open = || v.host.all::<Doubt>().unwrap().iter().filter(|doubt| doubt.open).count();
    assert_eq!(open(), 5);
    v.judge(&job, "hide", "属实").unwrap();
    assert_eq!((open(), v.state(&job)), (0, State::Hidden));
}
