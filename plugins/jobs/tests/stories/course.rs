//! The course of a posting: proposed by a villager, checked, sent back, published, silent, closed, opened again.

use cunshi_plugin_jobs::domain::{State, Why};
use cunshi_plugin_jobs::{
    CloseForm, ConfirmForm, DeclineForm, DiscardForm, EditForm, Jobs, Plugin, PostForm, PublishForm, ReopenForm,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Outcome, Person, Result};

use crate::village::{Village, all, at, chongtan, factory, orchard, why};

fn edit(v: &Village, who: &Person, posting: &str, form: PostForm) -> Result<Outcome> {
    let form = EditForm {
        posting: posting.into(),
        seen: None,
        title: form.title,
        employer: form.employer,
        kind: form.kind,
        away: form.away,
        place: form.place,
        distance: form.distance,
        pay_from: form.pay_from,
        pay_to: form.pay_to,
        pay_per: form.pay_per,
        headcount: form.headcount,
        trades: form.trades,
        skills: form.skills,
        housing: form.housing,
        meals: form.meals,
        demands: form.demands,
        detail: form.detail,
        contact_name: form.contact_name,
        contact_phone: form.contact_phone,
        closes: form.closes,
    };
    v.host.as_(who).act(|cx| Jobs::edit(cx, form))
}

fn reopen(v: &Village, posting: &str, headcount: i64, closes: &str) -> Result<Outcome> {
    let form = ReopenForm { posting: posting.into(), headcount, closes: closes.into() };
    v.host.as_(&v.jian).act(|cx| Jobs::reopen(cx, form))
}

#[test]
fn without_pay_or_telephone_it_stays_a_draft_that_says_so() {
    let v = chongtan();
    let form = PostForm { pay_from: None, pay_to: None, contact_phone: None, ..factory() };
    let outcome = v.host.as_(&v.jian).act(|cx| Jobs::post(cx, form)).unwrap();
    assert_eq!(outcome.say.unwrap(), "先存成草稿，还差：工资、联系电话。补齐了再发布。");
    let draft = outcome.subject.unwrap();
    assert_eq!(v.state(&draft), State::Draft);
    assert_eq!(v.page(Some(&v.lin), &draft), Err(Error::Missing));
    assert_eq!(why(v.publish(&draft)), "还不能发布，差：工资、联系电话。");
    assert!(v.page(Some(&v.jian), &draft).unwrap().contains("还差这些才能发布：工资、联系电话"));
    assert_eq!(v.titles(&v.jian), ["草稿还差工资、联系电话：电子厂普工"]);
    assert_eq!(why(v.sign_up(&v.jian, &draft)), "这个岗位现在不在招。");

    edit(&v, &v.jian, &draft, factory()).unwrap();
    assert_eq!(v.titles(&v.jian), ["草稿可以发布了：电子厂普工"]);
    v.publish(&draft).unwrap();
    assert_eq!(v.find(None, all()), ["电子厂普工"]);
    let discard = DiscardForm { posting: draft };
    assert_eq!(why(v.host.as_(&v.jian).act(|cx| Jobs::discard(cx, discard))), "只有草稿才能删除。发布过的可以结束。");
}

#[test]
fn a_draft_is_kept_on_wish_and_deleted() {
    let v = chongtan();
    let draft = v.post(PostForm { draft: true, ..factory() });
    assert_eq!(v.state(&draft), State::Draft);
    v.host.as_(&v.jian).act(|cx| Jobs::discard(cx, DiscardForm { posting: draft.clone() })).unwrap();
    assert_eq!(v.page(Some(&v.jian), &draft), Err(Error::Missing));
}

#[test]
fn a_villager_proposes_and_a_cadre_checks() {
    let v = chongtan();
    let job = v.propose();
    assert_eq!(v.titles(&v.jian), ["核实发布：柑橘采摘"]);
    assert_eq!(v.page(Some(&v.lin), &job), Err(Error::Missing), "not before it is checked");
    assert!(v.page(Some(&v.li), &job).unwrap().contains("村干部核实后发布"));
    let decline = DeclineForm { posting: job.clone(), text: "请写清楚管不管饭".into() };
    v.host.as_(&v.jian).act(|cx| Jobs::decline(cx, decline)).unwrap();
    assert_eq!(v.inbox(&v.li), ["您提交的招工被退回，请修改：柑橘采摘"]);
    assert!(v.page(Some(&v.li), &job).unwrap().contains("请写清楚管不管饭"));
    assert_eq!(v.titles(&v.jian), Vec::<String>::new());

    let mended = PostForm { title: "柑橘采摘".into(), detail: Some("管一顿午饭".into()), ..factory() };
    edit(&v, &v.li, &job, mended.clone()).unwrap();
    assert_eq!(v.state(&job), State::Proposed);
    assert_eq!(edit(&v, &v.lin, &job, mended.clone()), Err(Error::Missing), "somebody else's is not there");
    let stale = PublishForm { posting: job.clone(), seen: Some("1".into()) };
    let refused = v.host.as_(&v.jian).act(|cx| Jobs::publish(cx, stale));
    assert_eq!(why(refused), "页面打开以后有了变化，请刷新看看再办。");
    v.publish(&job).unwrap();
    assert_eq!(v.inbox(&v.li).last().unwrap(), "您提交的招工已发布：柑橘采摘");
    assert_eq!(why(edit(&v, &v.li, &job, mended)), "已经发布了。要改请村干部改。");
    assert_eq!(why(v.sign_up(&v.li, &job)), "这是您自己提交的招工。");
}

#[test]
fn a_village_may_take_no_proposals() {
    let v = chongtan();
    v.host.set("propose", false);
    let refused = v.host.as_(&v.li).act(|cx| Jobs::propose(cx, orchard()));
    assert_eq!(why(refused), "这里不收村民提交的招工，请找村干部发布。");
}

#[test]
fn the_last_day_closes_it_and_a_later_one_opens_it() {
    let v = chongtan();
    let job = v.post(factory());
    v.host.set_now(at(10, 31, 23));
    v.host.job(Jobs::close_expired).unwrap();
    assert_eq!(v.state(&job), State::Open, "the day counts whole");
    v.host.set_now(at(11, 1, 0));
    assert_eq!(v.find(None, all()), Vec::<String>::new(), "even before the job ran");
    v.host.job(Jobs::close_expired).unwrap();
    assert_eq!((v.state(&job), v.kept(&job).why), (State::Closed, Some(Why::Expired)));
    assert!(why(reopen(&v, &job, 2, "2026-10-31")).starts_with("closes:"));
    reopen(&v, &job, 2, "2026-11-30").unwrap();
    assert_eq!(v.find(None, all()), ["电子厂普工"]);
    assert_eq!(why(reopen(&v, &job, 3, "2026-11-30")), "还在招，不用再开。");
}

#[test]
fn more_people_open_what_was_full() {
    let v = chongtan();
    let job = v.post(PostForm { headcount: 1, ..factory() });
    let signup = v.sign_up(&v.lin, &job).unwrap();
    v.answer(&signup, "hired", "").unwrap();
    assert_eq!(why(reopen(&v, &job, 1, "2026-11-30")), "headcount: 已经录用 1 人，要比这个多。");
    reopen(&v, &job, 2, "2026-11-30").unwrap();
    v.sign_up(&v.zhou, &job).unwrap();
}

#[test]
fn the_job_closes_many_at_once() {
    let v = chongtan();
    for _ in 0..120 {
        v.post(factory());
    }
    v.host.set_now(at(11, 1, 0));
    v.host.job(Jobs::close_expired).unwrap();
    assert_eq!(v.host.system().read(|cx| Jobs::measure_open(cx, 0, 0)).unwrap().value, 0);
}

#[test]
fn silence_asks_its_own_cadre_first_and_then_every_one() {
    let v = chongtan();
    let job = v.post(PostForm { closes: Some("2027-03-01".into()), ..factory() });
    let other = v.host.cadre("何主任");
    v.host.set_now(at(10, 2, 7));
    assert!(v.todos(&v.jian).is_empty());
    v.host.set_now(at(10, 2, 8));
    assert_eq!(v.titles(&v.jian), ["问一下还在招吗：电子厂普工"]);
    assert!(v.todos(&other).is_empty());
    v.host.set_now(at(10, 9, 8));
    assert_eq!(v.titles(&other), ["问一下还在招吗：电子厂普工"]);
    let confirm = |who: &Person| {
        let form = ConfirmForm { posting: job.clone() };
        v.host.as_(who).act(|cx| Jobs::confirm(cx, form))
    };
    assert_eq!(why(confirm(&v.lin)), "这不是您的，不能改。");
    confirm(&v.jian).unwrap();
    assert!(v.todos(&v.jian).is_empty() && v.todos(&other).is_empty());
}

#[test]
fn whose_it_is_ends_it() {
    let v = chongtan();
    let job = v.orchard();
    let close = |who: &Person| v.host.as_(who).act(|cx| Jobs::close(cx, CloseForm { posting: job.clone() }));
    assert_eq!(why(close(&v.lin)), "这不是您的，不能改。");
    close(&v.li).unwrap();
    assert_eq!(v.kept(&job).why, Some(Why::Ended));
    assert_eq!(why(close(&v.jian)), "这个岗位现在不在招。");
}
