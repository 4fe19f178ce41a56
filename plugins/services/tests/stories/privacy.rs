//! What is written in a request is for its asker and the office. Supervisors see how it goes.

use cunshi_plugin_services::domain::Paper;
use cunshi_plugin_services::{AskForm, DeskParams, Plugin, RequestParams, RequestsParams, Services};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Person, Value};

use crate::village::{Village, form, text, tianfu};

const SECRETS: [&str; 5] = ["林秀英", "孩子在镇上小学报名", "510303195001011234", "13812345678", "户口簿缺页"];

fn asked(v: &Village) -> String {
    let wish = AskForm {
        id_number: Some("510303195001011234".into()),
        phone: Some("13812345678".into()),
        ..form("residence")
    };
    let id = v.try_ask(&v.lin, wish).unwrap().subject.unwrap();
    v.need_more(&id, "户口簿缺页").unwrap();
    id
}

fn json(v: &Village, who: &Person, id: &str) -> Result<Value, Error> {
    let params = RequestParams { id: Some(id.into()), number: None };
    v.read(Some(who), |cx| Services::request(cx, params))
}

#[test]
fn supervisors_see_state_and_times_and_nothing_else() {
    let v = tianfu();
    let id = asked(&v);
    let page = v.track(Some(&v.chen), &id).unwrap();
    let told = json(&v, &v.chen, &id).unwrap().to_string();
    let desk = DeskParams { show: "asker".into(), ..DeskParams::default() };
    let desk = text(&v.read(Some(&v.chen), |cx| Services::desk(cx, desk)).unwrap());
    for secret in SECRETS {
        assert!(!page.contains(secret) && !told.contains(secret) && !desk.contains(secret), "{secret}");
    }
    assert!(
        page.contains("等补材料") && page.contains("系统收到申请") && page.contains("看不到申请人和内容"),
        "{page}"
    );
    assert!(desk.contains("B2026-0001") && !desk.contains("hand-over"), "{desk}");
    let papers = v.read(Some(&v.chen), |cx| Ok(cx.data::<Paper>().by("by_request").take(10)?)).unwrap();
    assert!(papers.is_empty(), "not even the plugin can read it for them");
    let by_name = DeskParams { show: "work".into(), q: Some("林秀英".into()), cursor: None };
    let found = text(&v.read(Some(&v.chen), |cx| Services::desk(cx, by_name)).unwrap());
    assert!(!found.contains("B2026-0001"), "nor find by name whose request it is");
    assert_eq!(v.supplement(&v.chen, &id, "我看看"), Err(Error::Missing));
}

#[test]
fn a_neighbour_finds_no_trace_of_it() {
    let v = tianfu();
    let id = asked(&v);
    let officer = v.host.officer("镇干部");
    for outside in [&v.wang, &officer] {
        assert_eq!(v.track(Some(outside), &id), Err(Error::Missing));
        assert_eq!(json(&v, outside, &id), Err(Error::Missing));
        let params = RequestParams { id: None, number: Some("B2026-0001".into()) };
        assert_eq!(v.read(Some(outside), |cx| Services::request(cx, params)), Err(Error::Missing));
        let work = RequestsParams { show: "work".into(), limit: 20, cursor: None };
        assert!(matches!(v.read(Some(outside), |cx| Services::requests(cx, work)), Err(Error::Denied(_))));
    }
    assert_eq!(v.track(None, &id), Err(Error::Missing));
    for view in [v.read(None, Services::catalogue), v.read(None, Services::home)] {
        let page = text(&view.unwrap());
        assert!(!SECRETS.iter().any(|secret| page.contains(secret)), "{page}");
    }
}

#[test]
fn the_asker_and_the_office_read_it_whole() {
    let v = tianfu();
    let id = asked(&v);
    for reader in [&v.lin, &v.jian] {
        let (page, told) = (v.track(Some(reader), &id).unwrap(), json(&v, reader, &id).unwrap().to_string());
        for secret in SECRETS {
            assert!(page.contains(secret) && told.contains(secret), "{secret}: {page}");
        }
    }
    let number = RequestParams { id: None, number: Some("b2026 1".into()) };
    let found = v.read(Some(&v.lin), |cx| Services::request(cx, number)).unwrap();
    assert_eq!((&found["id"], &found["mine"]), (&id.into(), &true.into()));
}

#[test]
fn the_code_is_for_the_asker_alone_in_the_api_too() {
    let v = tianfu();
    let id = v.ask(&v.lin, "seal");
    let code = v.set_ready(&id);
    assert_eq!(json(&v, &v.lin, &id).unwrap()["contents"]["code"], code.as_str());
    assert!(!json(&v, &v.jian, &id).unwrap().to_string().contains(&code));
}

#[test]
fn lists_are_ones_own_or_the_desks() {
    let v = tianfu();
    v.ask(&v.lin, "seal");
    v.ask(&v.wang, "residence");
    let list = |who: &Person, show: &str| {
        let params = RequestsParams { show: show.into(), limit: 20, cursor: None };
        v.read(Some(who), |cx| Services::requests(cx, params)).unwrap()
    };
    let titles = |list: Value| -> Vec<String> {
        list["requests"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(list(&v.lin, "mine")), ["材料盖章"]);
    assert_eq!(titles(list(&v.jian, "work")).len(), 2);
    assert_eq!(titles(list(&v.jian, "mine")).len(), 0);
    assert_eq!(list(&v.jian, "work")["requests"][0]["asker"], "林秀英");
    assert_eq!(list(&v.chen, "work")["requests"][0]["asker"], Value::Null);
}
