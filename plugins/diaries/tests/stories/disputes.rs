//! "That was not so": the words reach the supervisors and never the author.

use cunshi_plugin_diaries::domain::Check;
use cunshi_plugin_diaries::{Diaries, Plugin};
use cunshi_sdk::Error;

use crate::village::{at, text, tianfu, visit};

const WORDS: &str = "那天我在镇上，没人来过";

#[test]
fn the_words_are_for_the_supervisors() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "看望"));
    v.dispute(&v.lin, &id, WORDS).unwrap();
    assert_eq!(v.entry(&id).check, Some(Check::Disputed));
    assert_eq!(v.inbox(&v.jian), ["您9月2日的日记（走访入户），这户人说不是这样"]);
    assert_eq!(v.inbox(&v.chen), ["有一篇日记要核实：简书记，9月2日"]);
    assert_eq!(v.titles(&v.chen), ["核实日记：简书记 9月2日"]);
    for (who, reads) in
        [(Some(&v.chen), true), (Some(&v.zhou), true), (Some(&v.jian), false), (Some(&v.li), false), (None, false)]
    {
        assert_eq!(v.page(who, &id).unwrap().contains(WORDS), reads);
        assert!(!v.json(who, &id).unwrap().to_string().contains(WORDS));
    }
    let public = v.page(None, &id).unwrap();
    assert!(public.contains("这户人说不是这样") && !public.contains("秀英"), "{public}");
    let list = text(&v.read(Some(&v.chen), Diaries::disputes).unwrap());
    assert!(list.contains("林秀英家"), "{list}");
    assert_eq!(v.dispute(&v.son, &id, "x"), Err(Error::conflict("监督委员会正在核实这一篇，请等结果。")));
}

#[test]
fn an_author_who_supervises_or_is_admin_does_not_read_the_words_either() {
    let v = tianfu();
    let id = v.write(&v.zhou, visit(&v.lins, "看望"));
    v.dispute(&v.lin, &id, WORDS).unwrap();
    assert!(!v.page(Some(&v.zhou), &id).unwrap().contains(WORDS));
    assert!(matches!(v.settle(&v.zhou, &id, "stands"), Err(Error::Denied(_))));
    assert!(v.titles(&v.zhou).iter().all(|title| !title.starts_with("核实")));
}

#[test]
fn what_is_found_wrong_stays_to_be_seen_and_does_not_count() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "看望"));
    assert_eq!(v.settle(&v.chen, &id, "falls"), Err(Error::conflict("没有人说这一篇不对，不用核实。")));
    v.confirm(&v.son, &id).unwrap();
    v.dispute(&v.lin, &id, WORDS).unwrap();
    v.settle(&v.chen, &id, "falls").unwrap();
    let sum = v.sheet(&v.jian, "2026-09").unwrap().sum();
    assert_eq!((sum.entries, sum.visits_due, sum.fallen, sum.asked, sum.confirmed), (0, 0, 1, 1, 0));
    assert!(v.page(None, &id).unwrap().contains("监督核实：不属实，不计数"));
    for person in [&v.jian, &v.lin] {
        assert!(v.inbox(person).contains(&"9月2日的日记核实完了：不属实，不计数".to_owned()));
    }
    assert!(matches!(v.withdraw(&v.jian, &id), Err(Error::Conflict(_))), "it does not vanish");
    assert!(matches!(v.correct(&v.jian, &id, |form| form.text = "去过".into()), Err(Error::Conflict(_))));
    let counted = v.host.system().read(|cx| Diaries::measure_entries(cx, at(9, 1, 0, 0), at(10, 1, 0, 0))).unwrap();
    let good = v.host.system().read(|cx| Diaries::measure_confirmed(cx, at(9, 1, 0, 0), at(10, 1, 0, 0))).unwrap();
    assert_eq!((counted.value, good.value, good.of), (0, 0, Some(1)));
}

#[test]
fn what_is_found_right_counts_as_confirmed() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "看望"));
    v.dispute(&v.lin, &id, WORDS).unwrap();
    v.settle(&v.zhou, &id, "stands").unwrap();
    let sum = v.sheet(&v.jian, "2026-09").unwrap().sum();
    assert_eq!((sum.entries, sum.confirmed, sum.disputed), (1, 1, 0));
    assert!(v.todos(&v.chen).is_empty());
    assert!(matches!(v.dispute(&v.lin, &id, "还是不对"), Err(Error::Conflict(_))));
}
