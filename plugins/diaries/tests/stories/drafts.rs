//! Drafts: their author's alone until they are published.

use cunshi_plugin_diaries::domain::{Check, Entry};
use cunshi_plugin_diaries::{Diaries, DiscardForm, DraftParams, EntriesParams, FinishForm, Plugin, WriteForm};
use cunshi_sdk::Error;

use crate::village::{Village, at, on, text, tianfu, visit, work};

fn keep(v: &Village) -> String {
    let form = WriteForm { text: None, keep: "draft".into(), ..visit(&v.lins, "") };
    v.write(&v.jian, form)
}

fn finish(v: &Village, draft: &str, keep: &str) -> FinishForm {
    FinishForm {
        draft: draft.into(),
        kind: "visit".into(),
        household: Some(v.lins.id.clone()),
        text: Some("送去棉被".into()),
        day: Some("2026-09-02".into()),
        keep: keep.into(),
        ..FinishForm::default()
    }
}

#[test]
fn a_draft_is_its_authors_alone() {
    let v = tianfu();
    let id = keep(&v);
    let draft = |who| v.read(Some(who), |cx| Diaries::draft(cx, DraftParams { id: id.clone() }));
    assert!(draft(&v.jian).is_ok());
    for other in [&v.li, &v.zhou, &v.chen, &v.lin] {
        assert_eq!(draft(other).map(|_| ()), Err(Error::Missing), "{}", other.name);
        assert_eq!(v.json(Some(other), &id), Err(Error::Missing));
        assert_eq!(v.page(Some(other), &id), Err(Error::Missing));
    }
    assert_eq!(v.page(Some(&v.jian), &id), Err(Error::Missing), "it has no public page");
    assert!(v.inbox(&v.lin).is_empty() && v.todos(&v.lin).is_empty() && v.deeds().is_empty());
    assert_eq!(v.sheet(&v.jian, "2026-09"), None);
    let list = EntriesParams { limit: 20, ..EntriesParams::default() };
    let entries = v.read(Some(&v.jian), |cx| Diaries::entries(cx, list)).unwrap();
    assert_eq!(entries["entries"].as_array().unwrap().len(), 0);
    assert!(text(&v.read(Some(&v.jian), Diaries::drafts).unwrap()).contains("走访入户"));
    assert!(!text(&v.read(Some(&v.li), Diaries::drafts).unwrap()).contains("走访入户"));
    assert_eq!(v.titles(&v.jian), ["有 1 篇日记草稿没发布"]);
}

#[test]
fn a_draft_is_finished_later_and_counts_for_its_day() {
    let v = tianfu();
    let first = v.host.upload(&v.jian, "一.jpg");
    let form = WriteForm { photos: vec![first.clone()], text: None, keep: "draft".into(), ..visit(&v.lins, "") };
    let id = v.write(&v.jian, form);
    v.host.set_now(at(9, 4, 20, 0));
    v.host.as_(&v.jian).act(|cx| Diaries::finish(cx, finish(&v, &id, "draft"))).unwrap();
    assert!(v.entry(&id).is_draft());
    let second = v.host.upload(&v.jian, "二.jpg");
    let form = FinishForm { photos: vec![second.clone()], ..finish(&v, &id, "publish") };
    v.host.as_(&v.jian).act(|cx| Diaries::finish(cx, form)).unwrap();
    let entry = v.entry(&id);
    assert_eq!((entry.check, entry.late_days), (Some(Check::Waiting), Some(2)));
    assert_eq!(entry.photos, [first, second]);
    assert_eq!(v.sheet(&v.jian, "2026-09").unwrap().lines[0].day, 2);
    assert_eq!(v.inbox(&v.lin).len(), 1);
    let again = v.host.as_(&v.jian).act(|cx| Diaries::finish(cx, finish(&v, &id, "publish")));
    assert_eq!(again, Err(Error::conflict("这篇已经发布了。要改请用“更正”。")));
    let discard = v.host.as_(&v.jian).act(|cx| Diaries::discard(cx, DiscardForm { draft: id.clone() }));
    assert!(matches!(discard, Err(Error::Conflict(_))), "what is published is withdrawn, not thrown away");
}

#[test]
fn a_draft_that_is_too_old_cannot_be_published() {
    let v = tianfu();
    let id = keep(&v);
    v.host.set_now(at(10, 4, 9, 0));
    let late = v.host.as_(&v.jian).act(|cx| Diaries::finish(cx, finish(&v, &id, "publish")));
    assert_eq!(late, Err(Error::invalid("day", "只能补记 31 天以内的事。")));
    let old = WriteForm { keep: "draft".into(), ..on("2026-08-01", work("patrol", "旧事")) };
    assert!(v.try_write(&v.jian, old).is_ok(), "a draft may keep it");
}

#[test]
fn a_draft_is_thrown_away_by_its_author_only() {
    let v = tianfu();
    let id = keep(&v);
    let discard = |who| v.host.as_(who).act(|cx| Diaries::discard(cx, DiscardForm { draft: id.clone() }));
    assert_eq!(discard(&v.li).map(|_| ()), Err(Error::Missing));
    assert_eq!(v.host.as_(&v.li).act(|cx| Diaries::finish(cx, finish(&v, &id, "publish"))), Err(Error::Missing));
    discard(&v.jian).unwrap();
    assert!(v.host.all::<Entry>().unwrap().is_empty());
}
