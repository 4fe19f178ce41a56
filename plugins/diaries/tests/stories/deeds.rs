//! Villagers who helped: a deed for each, once the entry is published.

use cunshi_plugin_diaries::{Diaries, FinishForm, Plugin, WriteForm};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::To;

use crate::village::{at, text, tianfu, work};

#[test]
fn helpers_are_told_of_once_published() {
    let v = tianfu();
    let form = WriteForm {
        helper: Some(v.wang.id.clone()),
        helper2: Some(v.son.id.clone()),
        helper3: Some(v.wang.id.clone()),
        keep: "draft".into(),
        ..work("patrol", "王大山和小军帮着清沟")
    };
    let id = v.write(&v.jian, form);
    assert!(v.deeds().is_empty());
    let finish = FinishForm {
        draft: id.clone(),
        kind: "patrol".into(),
        text: Some("王大山帮着清沟".into()),
        helper: Some(v.wang.id.clone()),
        helper2: Some(v.son.id.clone()),
        keep: "publish".into(),
        ..FinishForm::default()
    };
    v.host.as_(&v.jian).act(|cx| Diaries::finish(cx, finish)).unwrap();
    let deeds = v.deeds();
    let told: Vec<_> = deeds.iter().map(|deed| (deed.kind.as_str(), deed.person.as_deref().unwrap())).collect();
    assert_eq!(told, [("diary.helped", v.wang.id.as_str()), ("diary.helped", v.son.id.as_str())]);
    assert_ne!(deeds[0].evidence.id, deeds[1].evidence.id, "two deeds, not one told twice");
    assert_eq!((deeds[0].at, deeds[0].quantity.as_str()), (at(9, 2, 0, 0), "1"));
    assert_eq!(deeds[0].evidence.link, Some(To::plugin("diaries", "diary").with("id", id.as_str())));
    assert_eq!(deeds[0].evidence.text, "9月2日帮忙：巡查");
    let page = v.page(None, &id).unwrap();
    assert!(page.contains("王**") && !page.contains("大山"), "{page}");
    v.correct(&v.jian, &id, |form| form.text = "清沟".into()).unwrap();
    assert_eq!(v.deeds().len(), 2, "a correction is no second deed");
}

#[test]
fn nobody_helps_themselves() {
    let v = tianfu();
    let own = WriteForm { helper: Some(v.jian.id.clone()), ..work("patrol", "清沟") };
    assert_eq!(v.try_write(&v.jian, own), Err(Error::invalid("helper", "帮忙的人不能是您自己。")));
    let unknown = WriteForm { helper2: Some("x".into()), ..work("patrol", "清沟") };
    assert_eq!(v.try_write(&v.jian, unknown), Err(Error::invalid("helper2", "村里没有这个人，请重新选。")));
    assert!(v.deeds().is_empty());
    assert!(!text(&v.read(None, Diaries::home).unwrap()).contains("清沟"));
}
