//! The catalogue: what villages begin with, and what the admin makes of it.

use cunshi_plugin_services::{
    AddServiceForm, ApplyParams, ChangeServiceForm, OfferParams, Plugin, ServiceParams, Services, SwitchServiceForm,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Person, Value};

use crate::village::{Village, chengjia, form, text, tianfu};

fn listed(v: &Village, who: Option<&Person>) -> Vec<String> {
    let listed = v.read(who, Services::services).unwrap();
    let title = |service: &Value| service["title"].as_str().unwrap().to_owned();
    listed["services"].as_array().unwrap().iter().map(title).collect()
}

fn switch(v: &Village, key: &str, on: bool) {
    let form = SwitchServiceForm { service: key.into(), on };
    v.host.as_(&v.he).act(|cx| Services::switch_service(cx, form)).unwrap();
}

fn changed(key: &str) -> ChangeServiceForm {
    ChangeServiceForm {
        service: key.into(),
        title: "居住证明".into(),
        purpose: "上学租房用".into(),
        who: "住在本社区的人".into(),
        bring: Some("身份证\n\n租房合同\n".into()),
        steps: None,
        days: 2,
        source: "village".into(),
        result: "file".into(),
        fee: Some("工本费 2 元".into()),
        hours: Some("每天 8:00—12:00".into()),
    }
}

#[test]
fn villages_begin_with_a_list_and_towns_with_what_they_decide() {
    let v = tianfu();
    let all = listed(&v, None);
    assert_eq!(all.len(), 8);
    assert!(all.contains(&"坝坝宴（农村自办宴席）报备".to_owned()));
    assert!(!all.iter().any(|title| title.contains("亲属关系")), "villages do not certify kinship");
    assert_eq!(listed(&chengjia(), None).len(), 3);
    let page = text(&v.read(None, Services::not_here).unwrap());
    for words in ["亲属关系证明", "无犯罪记录证明", "到派出所查询", "示例"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn the_admin_switches_a_service_off_and_on() {
    let v = tianfu();
    let before = v.ask(&v.lin, "seal");
    switch(&v, "seal", false);
    assert!(!listed(&v, None).contains(&"材料盖章".to_owned()));
    assert!(matches!(v.try_ask(&v.wang, form("seal")), Err(Error::Conflict(_))));
    let page = |who| v.read(who, |cx| Services::service(cx, ServiceParams { id: "seal".into() }));
    assert_eq!(page(Some(&v.wang)), Err(Error::Missing));
    assert!(text(&page(Some(&v.he)).unwrap()).contains("没有开放网上申请"));
    let apply = |cx: &cunshi_sdk::Read| Services::apply(cx, ApplyParams { id: "seal".into() });
    assert_eq!(v.read(Some(&v.wang), apply), Err(Error::Missing));
    v.tell(&before, "已盖章").unwrap();
    switch(&v, "seal", true);
    v.ask(&v.wang, "seal");
    assert_eq!(v.try_ask(&v.wang, form("nonsense")), Err(Error::Missing));
}

#[test]
fn changed_words_are_seen_by_all_and_survive_switching() {
    let v = tianfu();
    let before = v.ask(&v.lin, "residence");
    v.host.as_(&v.he).act(|cx| Services::change_service(cx, changed("residence"))).unwrap();
    switch(&v, "residence", false);
    switch(&v, "residence", true);
    let page = text(&v.read(None, |cx| Services::service(cx, ServiceParams { id: "residence".into() })).unwrap());
    for words in ["居住证明", "1. 身份证\\n2. 租房合同", "2 个工作日", "工本费 2 元", "每天 8:00—12:00"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(v.request(&before).title.zh, "居住情况证明", "what was asked for keeps its name");
    let missing = v.host.as_(&v.he).act(|cx| Services::change_service(cx, changed("nonsense")));
    assert_eq!(missing, Err(Error::Missing));
}

#[test]
fn the_admin_adds_one_and_villagers_ask_for_it() {
    let v = tianfu();
    let ChangeServiceForm { purpose, who, days, source, result, .. } = changed("");
    let new = AddServiceForm {
        title: "残疾人证代办".into(),
        purpose,
        who,
        days,
        source,
        result,
        ..AddServiceForm::default()
    };
    let key = v.host.as_(&v.he).act(|cx| Services::add_service(cx, new)).unwrap().subject.unwrap();
    assert_eq!(listed(&v, None).last().unwrap(), "残疾人证代办");
    let id = v.ask(&v.lin, &key);
    assert!(v.track(Some(&v.lin), &id).unwrap().contains("残疾人证代办"));
    let desk = text(&v.read(Some(&v.he), Services::offers).unwrap());
    assert!(desk.contains("残疾人证代办") && desk.contains("亲属关系情况说明") && desk.contains("没有开放"), "{desk}");
    let one = text(&v.read(Some(&v.he), |cx| Services::offer(cx, OfferParams { id: key.clone() })).unwrap());
    assert!(one.contains("change-service") && one.contains("暂时关闭"), "{one}");
}
