//! The dangerous fig tree beside a house in 天府社区: reported, accepted, handled, closed, rated; and what may
//! not happen to it.

use cunshi_plugin_issues::domain::State;
use cunshi_plugin_issues::domain::StepKind::{Accepted, Closed, Progress, Rated, Reported};
use cunshi_plugin_issues::domain::days::DAY;
use cunshi_plugin_issues::{
    AcceptForm, CloseForm, ExtendForm, Issues, NoteForm, Plugin, RateForm, ReopenForm, ReportForm, SupplementForm,
};
use cunshi_sdk::Error;

use crate::village::{Village, at, text, tianfu};

const TREE: &str = "房子旁边的黄桷树存在安全隐患";

fn tree(village: &Village) -> String {
    let photo = village.host.upload(&village.lin, "tree.jpg");
    let form = ReportForm {
        title: TREE.into(),
        category: "safety".into(),
        detail: Some("枝子干枯，路过都害怕得很，打我电话13812345678".into()),
        place: Some("二组".into()),
        danger: true,
        photos: vec![photo],
        ..ReportForm::default()
    };
    village.report_with(&village.lin, form)
}

#[test]
fn the_tree_is_pruned_and_the_villager_gives_five_stars() {
    let v = tianfu();
    let case = tree(&v);
    assert_eq!(v.case(&case).number, "2026-0001");
    assert_eq!(v.case(&case).due_at, at(9, 4, 0, 0) - 1, "to be accepted within one working day");

    v.host.set_now(at(9, 2, 8, 20));
    let said = v.accept(&case, "ordinary").unwrap();
    assert_eq!(said.say.as_deref(), Some("已受理，办理期限 9月11日。"));
    v.host.set_now(at(9, 3, 10, 2));
    v.progress(&case, "已安排人到现场修剪树枝。").unwrap();
    v.host.set_now(at(9, 4, 16, 40));
    let after = v.host.upload(&v.jian, "after.jpg");
    let form =
        CloseForm {
            case: case.clone(), text: "枯枝已全部修剪。".into(), photos: vec![after.clone()], seen: None
        };
    v.host.as_(&v.jian).act(|cx| Issues::close(cx, form)).unwrap();
    assert_eq!(v.host.attached(&after), Some(("case".to_owned(), case.clone())));

    let page = v.case_page(None, &case).unwrap();
    for words in [
        "社区受理",
        "简书记 · 用时 6 分钟 · 限期 9月11日",
        "限期 9月11日，提前 5 个工作日",
        "等村民评价",
        "办理 2 天",
        "林**",
        "before-after",
    ] {
        assert!(page.contains(words), "the page does not say “{words}”: {page}");
    }
    assert!(!page.contains("林秀英") && !page.contains("13812345678"), "a visitor reads no name and no number");
    let hers = v.case_page(Some(&v.lin), &case).unwrap();
    assert!(hers.contains("林秀英") && hers.contains("13812345678") && hers.contains("等你评价"));

    v.rate(&v.lin, &case, 5).unwrap();
    let kept = v.case(&case);
    assert_eq!((kept.state, kept.stars, kept.on_time, kept.satisfied), (State::Rated, Some(5), Some(true), Some(true)));
    let kinds: Vec<_> = kept.steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [Reported, Accepted, Progress, Closed, Rated]);

    let home = text(&v.read(None, Issues::home).unwrap());
    assert!(home.contains("2026-0001 · 办理 2 天 · 村民评价 ★★★★★"), "{home}");
}

#[test]
fn what_has_moved_on_is_not_done_twice() {
    let v = tianfu();
    let case = tree(&v);
    v.accept(&case, "simple").unwrap();
    assert_eq!(v.accept(&case, "simple"), Err(Error::conflict("这件事已经受理过了。")));
    v.close(&case, "好了").unwrap();
    assert_eq!(v.close(&case, "好了"), Err(Error::conflict("这件事已经办结。")));
    v.host.speak(cunshi_sdk::Lang::En);
    assert_eq!(v.progress(&case, "more"), Err(Error::conflict("This case is closed already.")));
}

#[test]
fn a_form_that_saw_less_than_there_is_now_is_sent_back_to_look() {
    let v = tianfu();
    let case = tree(&v);
    let other = v.host.cadre("李主任");
    let seen = Some(v.case(&case).steps.len().to_string());
    let note = NoteForm { case: case.clone(), text: "我先去看看".into() };
    v.host.as_(&other).act(|cx| Issues::note(cx, note)).unwrap();
    let form = AcceptForm { case: case.clone(), complexity: "simple".into(), seen: seen.clone(), text: None };
    let stale = v.host.as_(&v.jian).act(|cx| Issues::accept(cx, form));
    assert_eq!(stale, Err(Error::conflict("您填写的时候，李主任刚办了一步：内部备注。请看过最新情况再办。")));
    assert_eq!(v.state(&case), State::Reported);
    let form = AcceptForm { case: case.clone(), complexity: "simple".into(), seen: Some("2".into()), text: None };
    v.host.as_(&v.jian).act(|cx| Issues::accept(cx, form)).unwrap();
}

#[test]
fn not_solved_reopens_it_but_not_for_ever_and_not_for_others() {
    let v = tianfu();
    let case = tree(&v);
    v.accept(&case, "simple").unwrap();
    v.close(&case, "好了").unwrap();
    assert_eq!(v.rate(&v.wang, &case, 1), Err(Error::denied("只有反映人自己可以这样做。")));
    let silent = RateForm { case: case.clone(), solved: "no".into(), ..RateForm::default() };
    let silent = v.host.as_(&v.lin).act(|cx| Issues::rate(cx, silent));
    assert!(matches!(silent, Err(Error::Invalid(fields)) if fields[0].field == "text"));
    let unstarred = RateForm { case: case.clone(), solved: "yes".into(), ..RateForm::default() };
    let unstarred = v.host.as_(&v.lin).act(|cx| Issues::rate(cx, unstarred));
    assert!(matches!(unstarred, Err(Error::Invalid(fields)) if fields[0].field == "stars"));

    let form = RateForm { case: case.clone(), solved: "no".into(), text: Some("还有一根".into()), stars: None };
    v.host.as_(&v.lin).act(|cx| Issues::rate(cx, form)).unwrap();
    assert_eq!(v.state(&case), State::Reopened);
    v.close(&case, "这次都剪了").unwrap();
    v.rate(&v.lin, &case, 4).unwrap();
    assert_eq!(v.rate(&v.lin, &case, 5), Err(Error::conflict("您已经评价过了。")));

    v.host.advance(16 * DAY);
    let form = ReopenForm { case: case.clone(), text: "又长了".into(), photos: vec![] };
    let late = v.host.as_(&v.lin).act(|cx| Issues::reopen(cx, form));
    assert_eq!(late, Err(Error::conflict("办结超过 15 天，不能重开了。请重新说一件事。")));
}

#[test]
fn one_extension_with_a_reason_for_all_to_read() {
    let v = tianfu();
    let case = tree(&v);
    v.accept(&case, "simple").unwrap();
    assert_eq!(v.case(&case).due_at, at(9, 8, 0, 0) - 1, "2, then 3, 4 and 7 September");
    let extend = |days| {
        let form = ExtendForm { case: case.clone(), days, text: "连日下雨".into(), seen: None };
        v.host.as_(&v.jian).act(|cx| Issues::extend(cx, form))
    };
    extend(2).unwrap();
    assert_eq!(v.case(&case).due_at, at(9, 10, 0, 0) - 1);
    assert_eq!(extend(2), Err(Error::conflict("已经延期过一次，不能再延了。")));
    let page = v.case_page(None, &case).unwrap();
    assert!(page.contains("延期到 9月9日") && page.contains("连日下雨"), "{page}");
}

#[test]
fn holidays_are_no_working_days() {
    let v = tianfu();
    v.host.set_now(at(9, 30, 9, 0));
    for day in 1..=7 {
        v.host.holiday(2026, 10, day);
    }
    v.host.working_day(2026, 10, 10);
    let case = tree(&v);
    v.accept(&case, "simple").unwrap();
    assert_eq!(v.case(&case).due_at, at(10, 11, 0, 0) - 1, "8, 9 and the Saturday that is worked");
}

#[test]
fn somebody_without_a_phone_takes_a_receipt_home() {
    let v = tianfu();
    let old = v.host.member("张大爷");
    let form =
        ReportForm {
            title: "水管漏水".into(), category: "water".into(), households: Some(3), ..ReportForm::default()
        };
    let done = v.host.as_(&v.jian).on_behalf_of(&old).act(|cx| Issues::report(cx, form)).unwrap();
    assert_eq!(done.go.unwrap().page, "receipt");
    let id = done.subject.unwrap();
    let kept = v.case(&id);
    assert_eq!((kept.reporter.as_deref(), kept.entered_by.as_deref()), (Some(old.id.as_str()), Some("简书记")));
    let receipt = |who| {
        let params = cunshi_plugin_issues::ReceiptParams { id: id.clone() };
        v.read(Some(who), |cx| Issues::receipt(cx, params)).map(|view| text(&view))
    };
    let slip = receipt(&v.jian).unwrap();
    assert!(slip.contains("2026-0001") && slip.contains("张大爷") && slip.contains("天府社区 村民说事回执"), "{slip}");
    assert_eq!(receipt(&v.wang), Err(Error::Missing), "a neighbour prints nothing");
    assert!(v.case_page(None, &id).unwrap().contains("村民反映，简书记代为登记"));
}

#[test]
fn the_reporter_adds_words_and_the_number_series_begins_anew_each_year() {
    let v = tianfu();
    let case = tree(&v);
    let form = SupplementForm { case: case.clone(), text: "昨晚又掉了一根".into(), photos: vec![] };
    v.host.as_(&v.lin).act(|cx| Issues::supplement(cx, form)).unwrap();
    assert!(v.case_page(None, &case).unwrap().contains("昨晚又掉了一根"));
    v.report(&v.lin, "路灯不亮", "roads");
    v.host.set_now(at(12, 31, 23, 59) + DAY);
    let next = v.report(&v.lin, "路灯又不亮", "roads");
    assert_eq!(v.case(&next).number, "2027-0001");
}
