//! Sign-ups stay between the person, the office and whose posting it is.

use cunshi_plugin_jobs::{Jobs, MySignupsParams, Plugin, SignupParams, SignupsParams};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::Person;

use crate::village::{Village, chongtan, factory, text, why};

fn page(v: &Village, who: Option<&Person>, signup: &str) -> cunshi_sdk::Result<String> {
    let params = SignupParams { id: signup.into() };
    v.read(who, |cx| Jobs::signup(cx, params)).map(|view| text(&view))
}

#[test]
fn a_neighbour_finds_no_trace_of_it() {
    let v = chongtan();
    let job = v.post(factory());
    let signup = v.sign_up(&v.lin, &job).unwrap();
    let supervisor = v.host.supervisor("陈监督");
    let officer = v.host.officer("镇干部");
    assert!(page(&v, Some(&v.lin), &signup).unwrap().contains("等招工的一方联系"));
    assert!(page(&v, Some(&v.jian), &signup).unwrap().contains("打给林秀英"));
    for outside in [None, Some(&v.zhou), Some(&supervisor), Some(&officer)] {
        assert_eq!(page(&v, outside, &signup), Err(Error::Missing));
        let posting = v.page(outside, &job).unwrap();
        assert!(!posting.contains("林秀英") && !posting.contains("报名的人"), "{posting}");
        let listed =
            v.read(outside, |cx| Jobs::signups(cx, SignupsParams { posting: Some(job.clone()), cursor: None }));
        assert_eq!(listed, Err(Error::Missing));
    }
    assert_eq!(v.withdraw(&v.zhou, &signup), Err(Error::Missing));
    let own = |who: &Person| {
        let found = v.read(Some(who), |cx| Jobs::my_signups(cx, MySignupsParams::default())).unwrap();
        found["signups"].as_array().unwrap().len()
    };
    assert_eq!((own(&v.lin), own(&v.zhou), own(&v.jian)), (1, 0, 0));
    let waiting = SignupsParams::default();
    let listed = v.read(Some(&v.jian), |cx| Jobs::signups(cx, waiting)).unwrap();
    assert_eq!(listed["signups"][0]["phone"], v.lin.phone.clone().unwrap());
}

#[test]
fn a_message_about_a_sign_up_names_nobody() {
    let v = chongtan();
    let job = v.post(factory());
    v.sign_up(&v.lin, &job).unwrap();
    let got = v.host.messages();
    assert!(got.iter().all(|got| !got.message.title.zh.contains("林秀英")));
}

#[test]
fn whose_posting_it_is_sees_who_signed_up_until_they_withdraw() {
    let v = chongtan();
    let job = v.orchard();
    let signup = v.sign_up(&v.lin, &job).unwrap();
    let caller = v.caller(&job, "王婆婆", "13812345678").unwrap();
    v.settle();
    let list = v.page(Some(&v.li), &job).unwrap();
    assert!(list.contains("打给林秀英") && list.contains("打给王婆婆"), "{list}");
    assert!(!v.page(Some(&v.zhou), &job).unwrap().contains("林秀英"));
    assert_eq!(v.inbox(&v.li).iter().filter(|title| title.starts_with("有人报名您的招工")).count(), 2);
    assert_eq!(page(&v, Some(&v.li), &signup), Err(Error::Missing), "but only the office answers");

    v.answer(&caller, "hired", "").unwrap();
    v.withdraw(&v.lin, &signup).unwrap();
    v.settle();
    let list = v.page(Some(&v.li), &job).unwrap();
    assert!(list.contains("已录用") && !list.contains("林秀英"), "{list}");
    let leads = v.host.all::<cunshi_plugin_jobs::domain::Lead>().unwrap();
    assert!(leads.iter().any(|lead| lead.who.phone.is_empty()), "nothing of her is kept for him");
}

#[test]
fn a_posting_of_the_office_has_no_list_for_others() {
    let v = chongtan();
    let job = v.post(factory());
    v.sign_up(&v.lin, &job).unwrap();
    v.settle();
    assert!(v.host.all::<cunshi_plugin_jobs::domain::Lead>().unwrap().is_empty());
    assert!(v.host.sent().is_empty());
}

#[test]
fn a_form_for_an_older_state_is_refused() {
    let v = chongtan();
    let job = v.post(factory());
    let signup = v.sign_up(&v.lin, &job).unwrap();
    v.answer(&signup, "contacted", "").unwrap();
    let form = cunshi_plugin_jobs::AnswerForm { signup, seen: Some("1".into()), state: "rejected".into(), text: None };
    assert_eq!(why(v.host.as_(&v.jian).act(|cx| Jobs::answer(cx, form))), "页面打开以后有了变化，请刷新看看再办。");
}

#[test]
fn messages_fit_in_an_inbox_however_long_the_words_are() {
    let v = chongtan();
    let form = crate::village::orchard();
    let long = cunshi_plugin_jobs::ProposeForm { title: "很长的岗位名称".repeat(5), ..form };
    let job = v.host.as_(&v.li).act(|cx| Jobs::propose(cx, long)).unwrap().subject.unwrap();
    let decline = cunshi_plugin_jobs::DeclineForm { posting: job.clone(), text: "请写清楚一些。".repeat(42) };
    v.host.as_(&v.jian).act(|cx| Jobs::decline(cx, decline)).unwrap();
    v.publish(&job).unwrap();
    let signups: Vec<String> = [&v.lin, &v.zhou].map(|who| v.sign_up(who, &job).unwrap()).into();
    v.settle();
    v.answer(&signups[0], "contacted", &"请带上身份证。".repeat(35)).unwrap();
    v.answer(&signups[0], "hired", "").unwrap();
    v.answer(&signups[1], "rejected", "").unwrap();
    v.report(&v.lin, &job, "false").unwrap();
    v.judge(&job, "keep", "没有问题").unwrap();
    v.report(&v.lin, &job, "false").unwrap();
    v.judge(&job, "hide", &"查实。".repeat(100)).unwrap();
    v.settle();
    assert_eq!(v.inbox(&v.lin).len(), 5, "{:?}", v.inbox(&v.lin));
}
