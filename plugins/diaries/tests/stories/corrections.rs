//! Corrections leave their trace; what is withdrawn goes back to the office.

use cunshi_plugin_diaries::domain::Check;
use cunshi_plugin_diaries::{CorrectForm, Diaries, Plugin};
use cunshi_sdk::Error;

use crate::village::{at, tianfu, visit, work};

#[test]
fn a_correction_is_never_silent() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "给秀英送米"));
    v.confirm(&v.lin, &id).unwrap();
    v.correct(&v.jian, &id, |form| {
        form.text = "给秀英送油".into();
        form.day = "2026-09-01".into();
    })
    .unwrap();
    assert_eq!(v.entry(&id).check, Some(Check::Waiting), "the household is asked again");
    assert_eq!(v.inbox(&v.lin)[1], "简书记更正了到您家的记录，请您再看看");
    let (public, own) = (v.page(None, &id).unwrap(), v.page(Some(&v.lin), &id).unwrap());
    assert!(public.contains("更正") && public.contains("写错了") && !public.contains("送米"), "{public}");
    assert!(own.contains("更正前（9月2日）：给秀英送米"), "{own}");
    let sheet = v.sheet(&v.jian, "2026-09").unwrap();
    assert_eq!((sheet.lines.len(), sheet.lines[0].day), (1, 1));
    assert_eq!(v.confirm(&v.lin, &id).map(|_| ()), Ok(()));
}

#[test]
fn only_the_author_corrects_and_not_unseen() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "看望"));
    for other in [&v.li, &v.zhou] {
        assert!(matches!(v.correct(other, &id, |form| form.text = "x".into()), Err(Error::Denied(_))));
    }
    assert_eq!(v.correct(&v.jian, &id, |_| ()), Err(Error::conflict("内容没有变，不用更正。")));
    let seen = v.entry(&id).version;
    v.dispute(&v.lin, &id, "没来").unwrap();
    let stale = v.correct(&v.jian, &id, |form: &mut CorrectForm| {
        form.text = "电话问候".into();
        form.seen = Some(seen.to_string());
    });
    assert!(matches!(stale, Err(Error::Conflict(_))));
    let wrong = v.correct(&v.jian, &id, |form| form.promised = Some("修灯".into()));
    assert_eq!(wrong, Err(Error::invalid("follow_up", "答应了事，请写哪天前办到。")));
    v.correct(&v.jian, &id, |form| form.text = "电话问候".into()).unwrap();
    assert_eq!(v.entry(&id).check, Some(Check::Waiting), "admitted: the household looks again");
}

#[test]
fn a_correction_moves_an_entry_to_another_month() {
    let v = tianfu();
    let id = v.write(&v.jian, work("meeting", "支部会"));
    v.correct(&v.jian, &id, |form| form.day = "2026-08-31".into()).unwrap();
    assert_eq!(v.sheet(&v.jian, "2026-09").unwrap().lines.len(), 0);
    assert_eq!(v.sheet(&v.jian, "2026-08").unwrap().lines[0].day, 31);
    let far = v.correct(&v.jian, &id, |form| form.day = "2026-07-01".into());
    assert_eq!(far, Err(Error::conflict("日期只能在发布前 31 天以内。")));
}

#[test]
fn what_is_withdrawn_is_seen_by_the_office_only() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "看望"));
    assert!(matches!(v.withdraw(&v.li, &id), Err(Error::Denied(_))));
    v.withdraw(&v.jian, &id).unwrap();
    for outsider in [None, Some(&v.lin), Some(&v.wang)] {
        assert_eq!(v.page(outsider, &id), Err(Error::Missing));
    }
    for office in [&v.li, &v.chen, &v.zhou] {
        assert!(v.page(Some(office), &id).unwrap().contains("户选错了"));
    }
    assert_eq!(v.inbox(&v.lin)[1], "简书记撤回了9月2日写到您家的日记");
    assert!(v.todos(&v.lin).is_empty());
    let sum = v.sheet(&v.jian, "2026-09").unwrap().sum();
    assert_eq!((sum.entries, sum.withdrawn), (0, 1));
    assert!(matches!(v.withdraw(&v.jian, &id), Err(Error::Conflict(_))));
    let visits = v.host.system().read(|cx| Diaries::measure_visits(cx, at(9, 1, 0, 0), at(10, 1, 0, 0))).unwrap();
    assert_eq!(visits.value, 0);
}

#[test]
fn an_admin_takes_back_what_should_not_be_public() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "泄露了病情"));
    v.withdraw(&v.zhou, &id).unwrap();
    assert_eq!(v.page(None, &id), Err(Error::Missing));
}
