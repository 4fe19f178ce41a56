//! The office writes, publishes, puts right, pins and takes back.

use cunshi_plugin_notices::domain::{Audience, State};
use cunshi_plugin_notices::{
    AddHouseholdForm, CorrectForm, DiscardForm, DropHouseholdForm, EditForm, HoldForm, Notices, Plugin, ScheduleForm,
    UnpinForm, WriteForm,
};
use cunshi_sdk::Error;

use crate::village::{at, params, power_cut, space, tianfu};

#[test]
fn a_draft_is_the_offices_own_until_it_is_published() {
    let v = tianfu();
    let notice = v.write(WriteForm { release: "draft".into(), ..power_cut() });
    assert_eq!(v.state(&notice), State::Draft);
    assert!(v.host.messages().is_empty());
    for who in [None, Some(&v.lin)] {
        assert_eq!(v.page(who, &notice), Err(Error::Missing));
        assert!(v.board(who).is_empty());
    }
    assert!(v.page(Some(&v.jian), &notice).unwrap().contains("还没有发"));

    v.publish(&notice).unwrap();
    let page = v.page(None, &notice).unwrap();
    assert!(page.contains("周六上午停电") && page.contains("请提前充好电") && page.contains("天府社区发"), "{page}");
    assert_eq!(v.board(None), [notice.as_str()]);
    let inbox = v.host.inbox(&v.lin);
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].title.zh, "天府社区通知：周六上午停电");
    assert_eq!(inbox[0].title.en, "Notice from 天府社区: 周六上午停电");
    assert!(!inbox[0].urgent && v.host.sent().is_empty(), "a village has nobody below");
    assert_eq!(
        v.publish(&notice),
        Err(Error::conflict("这条通知已经发出去了。要改错字请用“更正”，大变动请撤回重发。"))
    );
}

#[test]
fn photos_and_attachments_hang_on_the_notice() {
    let v = tianfu();
    let (photo, file) = (v.host.upload(&v.jian, "a.jpg"), v.host.upload(&v.jian, "b.pdf"));
    let form = WriteForm { photos: vec![photo.clone()], files: vec![file.clone()], ..power_cut() };
    let notice = v.write(form);
    assert_eq!(v.host.attached(&file), Some(("notice".to_owned(), notice.clone())));
    assert!(v.read(None, |cx| Ok(cx.file(&photo)?.is_some())).unwrap());
    let page = v.page(None, &notice).unwrap();
    assert!(page.contains(&photo) && page.contains(&file));
    v.withdraw(&notice).unwrap();
    assert!(!v.read(Some(&v.lin), |cx| Ok(cx.file(&photo)?.is_some())).unwrap(), "its files go with it");
}

#[test]
fn drafts_are_changed_scheduled_held_and_thrown_away() {
    let v = tianfu();
    let notice = v.write(WriteForm { release: "draft".into(), ..power_cut() });
    let edit = EditForm {
        notice: notice.clone(),
        kind: "safety".into(),
        title: "防火".into(),
        text: "不烧秸秆".into(),
        audience: "groups".into(),
        groups: vec!["三组".into(), "三组".into()],
        urgent: true,
        photos: vec![v.host.upload(&v.jian, "a.jpg")],
        ..EditForm::default()
    };
    v.host.as_(&v.jian).act(|cx| Notices::edit(cx, edit.clone())).unwrap();
    let kept = v.notice(&notice);
    assert_eq!(
        (kept.addressed.clone(), kept.photos.len(), kept.urgent),
        (Audience::Groups(vec!["三组".into()]), 1, true)
    );
    let many = (0..9).map(|_| v.host.upload(&v.jian, "b.jpg")).collect();
    let wrong = v.host.as_(&v.jian).act(|cx| Notices::edit(cx, EditForm { photos: many, ..edit.clone() }));
    assert_eq!(wrong, Err(Error::invalid("photos", "照片最多 9 张。")));

    let schedule = |from: &str| {
        let form = ScheduleForm { notice: notice.clone(), from: from.into() };
        v.host.as_(&v.jian).act(|cx| Notices::schedule(cx, form))
    };
    assert!(matches!(schedule("2026-09-02"), Err(Error::Invalid(_))), "it is past eight");
    assert!(matches!(schedule("2028-09-02"), Err(Error::Invalid(_))));
    let said = schedule("2026-09-03").unwrap().say.unwrap();
    assert_eq!(said, "定好了，9月3日早上 8 点自动发出。");
    assert_eq!(v.notice(&notice).publish_at, Some(at(9, 3, 8, 0)));
    v.host.as_(&v.jian).act(|cx| Notices::hold(cx, HoldForm { notice: notice.clone() })).unwrap();
    assert_eq!((v.state(&notice), v.notice(&notice).publish_at), (State::Draft, None));
    v.host.as_(&v.jian).act(|cx| Notices::discard(cx, DiscardForm { notice: notice.clone() })).unwrap();
    assert_eq!(v.page(Some(&v.jian), &notice), Err(Error::Missing));
}

#[test]
fn what_is_out_is_not_thrown_away_or_rewritten() {
    let v = tianfu();
    let notice = v.write(power_cut());
    let discard = v.host.as_(&v.jian).act(|cx| Notices::discard(cx, DiscardForm { notice: notice.clone() }));
    assert!(matches!(discard, Err(Error::Conflict(_))));
    let edit = EditForm { notice: notice.clone(), audience: "all".into(), ..EditForm::default() };
    assert!(matches!(v.host.as_(&v.jian).act(|cx| Notices::edit(cx, edit)), Err(Error::Conflict(_))));
}

#[test]
fn households_are_added_one_by_one() {
    let v = tianfu();
    let form = WriteForm { audience: "households".into(), release: "draft".into(), ..power_cut() };
    let notice = v.write(form.clone());
    assert!(matches!(v.publish(&notice), Err(Error::Conflict(_))), "nobody is chosen yet");
    assert!(matches!(v.try_write(WriteForm { release: "now".into(), ..form }), Err(Error::Conflict(_))));
    let add = |household: &str| {
        let form = AddHouseholdForm { notice: notice.clone(), household: household.into() };
        v.host.as_(&v.jian).act(|cx| Notices::add_household(cx, form))
    };
    add(&v.lins.id).unwrap();
    add(&v.chens.id).unwrap();
    assert_eq!(add(&v.chens.id).unwrap().say.unwrap(), "陈家已经在里面了。");
    assert_eq!(add("nobody"), Err(Error::Missing));
    assert!(v.page(Some(&v.jian), &notice).unwrap().contains("去掉：林家"));
    let drop = DropHouseholdForm { notice: notice.clone(), household: v.chens.id.clone() };
    v.host.as_(&v.jian).act(|cx| Notices::drop_household(cx, drop)).unwrap();
    v.publish(&notice).unwrap();
    assert_eq!(v.notice(&notice).addressed, Audience::Households(vec![v.lins.id.clone()]));
    assert!(matches!(add(&v.chens.id), Err(Error::Conflict(_))), "it is out");
}

#[test]
fn a_correction_says_so_and_tells_nobody_twice() {
    let v = tianfu();
    let notice = v.write(power_cut());
    v.host.advance(60_000_000);
    let form = CorrectForm {
        notice: notice.clone(),
        title: "周日上午停电".into(),
        text: "改到 9 月 6 日".into(),
        until: Some("2026-09-06".into()),
    };
    v.host.as_(&v.jian).act(|cx| Notices::correct(cx, form.clone())).unwrap();
    let page = v.page(None, &notice).unwrap();
    assert!(page.contains("改到 9 月 6 日") && page.contains("更正过") && page.contains("有效到"), "{page}");
    assert_eq!(v.host.inbox(&v.lin).len(), 1);
    let late = CorrectForm { until: Some("2026-09-01".into()), ..form };
    let late = v.host.as_(&v.jian).act(|cx| Notices::correct(cx, late));
    assert_eq!(late, Err(Error::invalid("until", "这一天已经过了，请选今天或以后。")));
}

#[test]
fn of_a_withdrawn_notice_readers_learn_why_and_nothing_else() {
    let v = tianfu();
    let notice = v.write_for_group("三组");
    v.withdraw(&notice).unwrap();
    assert!(v.board(Some(&v.lin)).is_empty());
    let page = v.page(Some(&v.lin), &notice).unwrap();
    assert!(page.contains("时间写错了") && !page.contains("停电"), "{page}");
    assert_eq!(v.page(Some(&v.wang), &notice), Err(Error::Missing), "it was not for the first group");
    assert_eq!(v.page(None, &notice), Err(Error::Missing));
    let office = v.page(Some(&v.jian), &notice).unwrap();
    assert!(office.contains("停电") && office.contains("简书记"));
    let told = v.host.inbox(&v.lin).pop().unwrap();
    assert!(told.title.zh.contains("撤回") && !told.title.zh.contains("停电"));
    assert_eq!(v.host.inbox(&v.wang).len(), 0);
    assert!(matches!(v.withdraw(&notice), Err(Error::Conflict(_))), "once");
}

#[test]
fn three_stand_at_the_head_of_the_board() {
    let v = tianfu();
    let all: Vec<String> = (0..4).map(|_| v.write(power_cut())).collect();
    for notice in &all[..3] {
        v.pin(notice).unwrap();
    }
    assert_eq!(v.pin(&all[3]), Err(Error::conflict("最多置顶 3 条。请先取消一条。")));
    v.host.as_(&v.jian).act(|cx| Notices::unpin(cx, UnpinForm { notice: all[0].clone() })).unwrap();
    v.pin(&all[3]).unwrap();
    v.withdraw(&all[3]).unwrap();
    v.pin(&all[0]).unwrap();
}

#[test]
fn an_urgent_safety_notice_also_goes_outside_the_platform() {
    let v = tianfu();
    v.write(WriteForm { kind: "safety".into(), urgent: true, ..power_cut() });
    let told = v.host.inbox(&v.lin).pop().unwrap();
    assert!(told.urgent && told.title.zh.starts_with("【紧急】"));
    v.write(WriteForm { urgent: true, ..power_cut() });
    assert!(!v.host.inbox(&v.lin).pop().unwrap().urgent, "only safety is urgent");
}

#[test]
fn wrong_audiences_are_refused_with_what_to_do() {
    let v = tianfu();
    let groups = |groups: Vec<String>| WriteForm { audience: "groups".into(), groups, ..power_cut() };
    assert_eq!(v.try_write(groups(Vec::new())), Err(Error::invalid("groups", "请选发给哪些小组。")));
    let unknown = v.try_write(groups(vec!["九组".into()]));
    assert_eq!(unknown, Err(Error::invalid("groups", "村里没有“九组”这个小组。")));
    let town = space("town", "成佳镇", Some("贡井区"));
    assert!(matches!(town.try_write(groups(vec!["三组".into()])), Err(Error::Invalid(_))));
    let over = WriteForm {
        release: "day".into(),
        from: Some("2026-09-10".into()),
        until: Some("2026-09-08".into()),
        ..power_cut()
    };
    assert!(matches!(v.try_write(over), Err(Error::Conflict(_))));
    assert!(matches!(v.try_write(WriteForm { release: "day".into(), ..power_cut() }), Err(Error::Invalid(_))));
}

#[test]
fn the_board_is_filtered_searched_and_paged_without_a_gap() {
    let v = tianfu();
    let all: Vec<String> = (0..5).map(|n| v.write(WriteForm { title: format!("第{n}条"), ..power_cut() })).collect();
    let policy = v.write(WriteForm { kind: "policy".into(), title: "耕地补贴".into(), ..power_cut() });
    for who in [None, Some(&v.lin), Some(&v.jian)] {
        let mut found = Vec::new();
        let mut cursor = None;
        loop {
            let (page, next) = v.list(who, cunshi_plugin_notices::NoticesParams { limit: 2, cursor, ..params() });
            found.extend(page);
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        let newest: Vec<String> = std::iter::once(&policy).chain(all.iter().rev()).cloned().collect();
        assert_eq!(found, newest);
        let kind = cunshi_plugin_notices::NoticesParams { kind: Some("policy".into()), ..params() };
        assert_eq!(v.list(who, kind).0, [policy.as_str()]);
        let q = cunshi_plugin_notices::NoticesParams { q: Some("补贴".into()), ..params() };
        assert_eq!(v.list(who, q).0, [policy.as_str()]);
    }
}
