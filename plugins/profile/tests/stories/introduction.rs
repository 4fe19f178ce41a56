//! The admin introduces the village: text, figures with their year, the committee.

use cunshi_plugin_profile::domain::Picture;
use cunshi_plugin_profile::{
    AddSeatForm, CaptionPictureForm, DropFigureForm, DropPictureForm, DropSeatForm, EditSeatForm, Plugin, Profile,
    SetFigureForm, WriteIntroductionForm,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Outcome, Result};

use crate::village::{Village, tianfu};

fn write(v: &Village, text: &str, seen: Option<&str>) -> Result<Outcome> {
    let form = WriteIntroductionForm { seen: seen.map(str::to_owned), text: text.into(), photos: Vec::new() };
    v.host.as_(&v.jian).act(|cx| Profile::write_introduction(cx, form))
}

fn set(v: &Village, kind: &str, value: &str, year: i64) -> Result<Outcome> {
    let form = SetFigureForm { kind: kind.into(), value: value.into(), year };
    v.host.as_(&v.jian).act(|cx| Profile::set_figure(cx, form))
}

fn seat(name: &str, body: &str, place: i64) -> AddSeatForm {
    AddSeatForm {
        name: name.into(),
        body: body.into(),
        office: "党支部书记".into(),
        since: 2021,
        until: Some(2026),
        place,
    }
}

#[test]
fn whoever_looks_reads_the_text_and_the_figures_with_their_year() {
    let v = tianfu();
    assert!(v.see(None, Profile::front).contains("介绍还没写好"));
    assert!(v.see(Some(&v.jian), Profile::front).contains("写几段话"));
    write(&v, "天府社区在**釜溪河**边。", None).unwrap();
    set(&v, "households", "1203", 2025).unwrap();
    set(&v, "area", "3.50", 2024).unwrap();
    set(&v, "households", "1210", 2026).unwrap();
    let page = v.see(None, Profile::front);
    assert!(page.contains("走进天府社区") && page.contains("天府社区在**釜溪河**边。"), "{page}");
    assert!(page.contains("1,210 户（2026 年）") && page.contains("3.5 平方公里（2024 年）"), "{page}");
    assert!(!page.contains("1,203"), "one figure of a kind");
    assert!(page.contains("最近更新：2026年9月2日，简书记"), "{page}");
    assert!(!page.contains("\"edit\""), "visitors are not offered what they may not do");
}

#[test]
fn figures_are_whole_where_they_count_and_not_of_the_future() {
    let v = tianfu();
    assert_eq!(set(&v, "people", "12.5", 2025), Err(Error::invalid("value", "这个数字请填整数。")));
    assert_eq!(set(&v, "people", "12", 2027), Err(Error::invalid("year", "这一年还没到。")));
    set(&v, "people", "3012", 2025).unwrap();
    let drop = |kind: &str| {
        let form = DropFigureForm { kind: kind.into() };
        v.host.as_(&v.jian).act(|cx| Profile::drop_figure(cx, form))
    };
    assert!(drop("people").is_ok());
    assert_eq!(drop("people"), Err(Error::Missing));
    assert_eq!(drop("dogs"), Err(Error::Missing));
}

#[test]
fn two_admins_do_not_overwrite_each_other() {
    let v = tianfu();
    write(&v, "第一稿", None).unwrap();
    let seen = v.read(Some(&v.jian), |cx| Ok(cunshi_plugin_profile::listing::about(cx)?.unwrap().version)).unwrap();
    write(&v, "第二稿", Some(&seen.to_string())).unwrap();
    let late = write(&v, "第三稿", Some(&seen.to_string()));
    assert_eq!(late, Err(Error::conflict("这一条刚刚被别人改过。请刷新看看现在的内容，再改。")));
    assert!(v.see(None, Profile::front).contains("第二稿"));
}

#[test]
fn pictures_of_the_introduction_are_for_everybody() {
    let v = tianfu();
    let photo = v.host.upload(&v.jian, "village.jpg");
    let form = WriteIntroductionForm { seen: None, text: "介绍".into(), photos: vec![photo.clone()] };
    v.host.as_(&v.jian).act(|cx| Profile::write_introduction(cx, form)).unwrap();
    assert!(v.read(None, |cx| Ok(cx.file(&photo)?)).unwrap().is_some());
    write(&v, "改一改", None).unwrap();
    assert!(v.see(None, Profile::front).contains(&photo), "choosing none keeps them");

    let picture = v.host.all::<Picture>().unwrap()[0].id.clone();
    let form = CaptionPictureForm { picture: picture.clone(), caption: "？".into() };
    let by_cadre = v.host.as_(&v.liu).act(|cx| Profile::caption_picture(cx, form));
    assert_eq!(by_cadre, Err(Error::Missing), "they are the admin's");
    let by_cadre = v.host.as_(&v.liu).act(|cx| Profile::drop_picture(cx, DropPictureForm { picture }));
    assert_eq!(by_cadre, Err(Error::Missing));

    let other = v.host.upload(&v.jian, "river.jpg");
    let form = WriteIntroductionForm { seen: None, text: "介绍".into(), photos: vec![other.clone()] };
    v.host.as_(&v.jian).act(|cx| Profile::write_introduction(cx, form)).unwrap();
    assert!(v.see(None, Profile::front).contains(&other));
    assert!(v.read(None, |cx| Ok(cx.file(&photo)?)).unwrap().is_none(), "what is replaced is gone with its file");
}

#[test]
fn the_committee_stands_in_order_with_office_and_term() {
    let v = tianfu();
    let add = |form| v.host.as_(&v.jian).act(|cx| Profile::add_seat(cx, form));
    let second = add(seat("刘会计", "village", 2)).unwrap().subject.unwrap();
    add(seat("简书记", "party", 1)).unwrap();
    let wrong = AddSeatForm { until: Some(2020), ..seat("黄主任", "village", 3) };
    assert_eq!(add(wrong), Err(Error::invalid("until", "任期结束的年份不能早于上任的年份。")));
    let page = v.see(None, Profile::front);
    assert!(page.find("简书记").unwrap() < page.find("刘会计").unwrap(), "{page}");
    assert!(page.contains("2021–2026 年") && page.contains("党支部书记"), "{page}");

    let form = EditSeatForm {
        seat: second.clone(),
        name: "刘会计".into(),
        body: "supervision".into(),
        office: "监委会主任".into(),
        since: 2026,
        until: None,
        place: 9,
    };
    v.host.as_(&v.jian).act(|cx| Profile::edit_seat(cx, form)).unwrap();
    let page = v.see(None, Profile::front);
    assert!(page.contains("监委会主任") && page.contains("2026 年起"), "{page}");
    v.host.as_(&v.jian).act(|cx| Profile::drop_seat(cx, DropSeatForm { seat: second })).unwrap();
    assert!(!v.see(None, Profile::front).contains("监委会主任"));
}
