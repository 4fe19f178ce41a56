//! The main story: a visit is written, the household confirms it, everybody sees it with the household masked.

use cunshi_plugin_diaries::domain::Check;
use cunshi_plugin_diaries::{ConfirmForm, Diaries, FollowForm, Plugin, WriteForm};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::Lang;

use crate::village::{Village, at, on, text, tianfu, visit, work};

fn blood_pressure(v: &Village) -> WriteForm {
    WriteForm {
        place: Some("三组 12 号".into()),
        minutes: Some(75),
        photos: vec![v.host.upload(&v.jian, "血压计.jpg")],
        promised: Some("帮秀英问医保报销".into()),
        follow_up: Some("2026-09-05".into()),
        note: Some("老人糖尿病，电话13812345678".into()),
        ..visit(&v.lins, "给林秀英量血压，她儿子小军在家")
    }
}

#[test]
fn a_visit_is_written_confirmed_and_public() {
    let v = tianfu();
    let form = blood_pressure(&v);
    let photo = form.photos[0].clone();
    let id = v.write(&v.jian, form);
    assert_eq!(v.host.attached(&photo), Some(("entry".to_owned(), id.clone())));
    for person in [&v.lin, &v.son] {
        assert_eq!(v.inbox(person), ["简书记写了到您家的事，请您看看是不是这样"]);
        assert_eq!(v.titles(person), ["请确认：简书记 9月2日 走访入户"]);
    }
    assert!(v.inbox(&v.wang).is_empty() && v.todos(&v.wang).is_empty());

    v.host.advance(3_600_000_000);
    v.confirm(&v.son, &id).unwrap();
    assert_eq!(v.entry(&id).check, Some(Check::Confirmed));
    assert_eq!(v.inbox(&v.jian), ["您9月2日的日记（走访入户）这户人确认了"]);
    assert!(v.todos(&v.lin).is_empty(), "one person of the household is enough");
    let again = v.confirm(&v.lin, &id);
    assert_eq!(again, Err(Error::conflict("您家已经确认过了。")));
    let sum = v.sheet(&v.jian, "2026-09").unwrap().sum();
    assert_eq!((sum.entries, sum.visit, sum.confirmed, sum.asked, sum.minutes), (1, 1, 1, 1, 75));
}

#[test]
fn the_public_reads_neither_name_nor_place_nor_note() {
    let v = tianfu();
    let id = v.write(&v.jian, blood_pressure(&v));
    let officer = v.host.officer("镇干部");
    for outsider in [None, Some(&v.wang), Some(&officer)] {
        for seen in [v.page(outsider, &id).unwrap(), v.json(outsider, &id).unwrap().to_string()] {
            assert!(seen.contains("林**"), "{seen}");
            for hidden in ["秀英", "小军", "三组", "12 号", "糖尿病", "138", v.lins.id.as_str()] {
                assert!(!seen.contains(hidden), "{hidden} in {seen}");
            }
        }
    }
    for insider in [&v.lin, &v.li, &v.chen, &v.jian] {
        let seen = v.page(Some(insider), &id).unwrap();
        assert!(seen.contains("三组林秀英家") && seen.contains("三组 12 号"), "{seen}");
        let note = seen.contains("糖尿病");
        assert_eq!(note, insider.id != v.lin.id, "the note is for the office, not for the household");
    }
    for (style, shown) in [("group", "三组一户人家"), ("none", "一户人家"), ("surname", "林**家")] {
        v.host.set("mask", style);
        let seen = v.page(None, &id).unwrap();
        assert!(seen.contains(shown) && !seen.contains("秀英"), "{seen}");
    }
    let home = text(&v.read(Some(&v.jian), Diaries::home).unwrap());
    assert!(home.contains("林**") && !home.contains("秀英"), "masked on the village's home for a cadre too");
}

#[test]
fn nobody_confirms_for_another() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "看望"));
    for person in [&v.wang, &v.jian, &v.li, &v.chen, &v.zhou] {
        assert!(matches!(v.confirm(person, &id), Err(Error::Denied(_))), "{}", person.name);
        assert!(matches!(v.dispute(person, &id, "没来"), Err(Error::Denied(_))), "{}", person.name);
    }
    assert!(matches!(v.read(None, |cx| cx.caller().cloned()), Err(Error::Denied(_))));
    assert_eq!(v.entry(&id).check, Some(Check::Waiting));
    // Of an entry without a household nobody is asked.
    let meeting = v.write(&v.jian, work("meeting", "支部会"));
    assert!(matches!(v.confirm(&v.lin, &meeting), Err(Error::Denied(_))));
    v.host.set_now(at(12, 15, 9, 0));
    assert!(matches!(v.confirm(&v.lin, &id), Err(Error::Conflict(_))), "too late after 90 days");
}

#[test]
fn what_was_confirmed_unseen_is_looked_at_first() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "看望"));
    let seen = Some(v.entry(&id).version.to_string());
    v.correct(&v.jian, &id, |form| form.text = "看望并送米".into()).unwrap();
    let form = ConfirmForm { entry: id.clone(), seen };
    let stale = v.host.as_(&v.lin).act(|cx| Diaries::confirm(cx, form));
    assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
}

#[test]
fn a_form_says_all_that_is_wrong_with_it() {
    let v = tianfu();
    let fields = |by, form| match v.try_write(by, form) {
        Err(Error::Invalid(wrong)) => wrong.into_iter().map(|wrong| wrong.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let empty = WriteForm { kind: "visit".into(), keep: "publish".into(), ..WriteForm::default() };
    assert_eq!(fields(&v.jian, empty), ["text", "household"]);
    assert_eq!(fields(&v.jian, on("2026-09-03", visit(&v.lins, "明天"))), ["day"]);
    assert_eq!(fields(&v.jian, on("2026-08-01", visit(&v.lins, "太久"))), ["day"]);
    assert_eq!(fields(&v.jian, on("昨天", visit(&v.lins, "看望"))), ["day"]);
    assert_eq!(fields(&v.jian, WriteForm { promised: Some("修灯".into()), ..work("errand", "看灯") }), ["follow_up"]);
    let early =
        WriteForm { promised: Some("修灯".into()), follow_up: Some("2026-09-01".into()), ..work("patrol", "看灯") };
    assert_eq!(fields(&v.jian, early), ["follow_up"]);
    let alone = WriteForm { follow_up: Some("2026-09-10".into()), ..work("patrol", "看灯") };
    assert_eq!(fields(&v.jian, alone), ["promised"]);
    let own = v.read(Some(&v.jian), |cx| Ok(cx.caller()?.household.clone())).unwrap();
    assert_eq!(fields(&v.jian, WriteForm { household: own, ..visit(&v.lins, "自己家") }), ["household"]);
    let nowhere = WriteForm { household: Some("x".into()), ..visit(&v.lins, "看望") };
    assert_eq!(fields(&v.jian, nowhere), ["household"]);
    let unknown = WriteForm { kind: "lunch".into(), ..work("patrol", "x") };
    assert_eq!(fields(&v.jian, unknown), ["kind"]);
    assert!(v.host.all::<cunshi_plugin_diaries::domain::Entry>().unwrap().is_empty());
    // A household is kept only where the kind has one.
    let meeting = v.write(&v.jian, WriteForm { household: Some(v.lins.id.clone()), ..work("meeting", "开会") });
    assert_eq!(v.entry(&meeting).household, None);
}

#[test]
fn what_was_promised_is_followed_up() {
    let v = tianfu();
    let id = v.write(&v.jian, blood_pressure(&v));
    assert!(v.titles(&v.jian).iter().any(|title| title == "答应的事快到期：帮秀英问医保报销"));
    v.host.set_now(at(9, 6, 9, 0));
    let todo = v.todos(&v.jian).into_iter().find(|todo| todo.title.starts_with("答应的事过期了")).unwrap();
    assert_eq!(todo.due, Some(at(9, 6, 0, 0) - 1));
    let form = FollowForm { entry: id.clone(), text: "报了 1200 元".into() };
    v.host.as_(&v.jian).act(|cx| Diaries::follow(cx, form.clone())).unwrap();
    assert!(v.todos(&v.jian).iter().all(|todo| !todo.title.contains("答应")));
    assert!(v.inbox(&v.lin).contains(&"简书记答应您家的事办到了，请看看".to_owned()));
    let again = v.host.as_(&v.jian).act(|cx| Diaries::follow(cx, form));
    assert_eq!(again, Err(Error::conflict("没有答应的事，或者已经办到了。")));
}

#[test]
fn an_entry_from_a_dead_zone_counts_for_its_own_day() {
    let v = tianfu();
    let id = v.write(&v.jian, on("2026-08-20", visit(&v.lins, "山上没信号")));
    assert_eq!(v.entry(&id).late_days, Some(13));
    assert!(v.page(None, &id).unwrap().contains("晚 13 天补记"));
    let sheet = v.sheet(&v.jian, "2026-08").unwrap();
    assert_eq!((sheet.lines[0].day, sheet.lines[0].late, v.sheet(&v.jian, "2026-09")), (20, true, None));
    let yesterday = v.write(&v.jian, on("2026-09-01", work("patrol", "巡河")));
    assert_eq!(v.entry(&yesterday).late_days, None, "the next morning is not late");
}

#[test]
fn it_speaks_english_too() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "Blood pressure"));
    v.host.speak(Lang::En);
    let page = v.page(Some(&v.lin), &id).unwrap();
    for words in ["Was it so?", "Waiting for the household", "Household visit", "2 Sep"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(v.titles(&v.lin), ["Please confirm: 简书记, 2 Sep, Household visit"]);
    assert_eq!(v.host.inbox(&v.lin)[0].title.en, "简书记 wrote about a visit to you: was it so?");
    let wrong = v.try_write(&v.jian, work("patrol", " "));
    assert_eq!(wrong, Err(Error::invalid("text", "Please write what was done. If it is not finished, keep a draft.")));
}
