//! What is told of a villager who spoke up: enough for points, and nothing that was to stay private.

use cunshi_plugin_issues::{DeclineForm, Issues, Plugin, RateForm, ReportForm};
use cunshi_sdk::prelude::{Deed, To};

use crate::village::{Village, at, chengjia, deadlines, tianfu};

fn kinds(v: &Village) -> Vec<String> {
    v.deeds().into_iter().map(|deed| deed.kind).collect()
}

#[test]
fn a_report_that_is_adopted_and_a_case_that_is_solved_are_deeds_of_the_reporter() {
    let v = tianfu();
    let case = v.report(&v.lin, "三组路灯不亮", "roads");
    assert!(v.deeds().is_empty(), "saying something is not yet a deed");
    v.accept(&case, "simple").unwrap();
    v.close(&case, "换好了").unwrap();
    assert_eq!(kinds(&v), ["issue.adopted"]);
    v.host.set_now(at(9, 4, 10, 0));
    v.rate(&v.lin, &case, 4).unwrap();
    let deeds = v.deeds();
    let solved: &Deed = deeds.last().unwrap();
    assert_eq!((deeds.len(), solved.kind.as_str(), solved.at), (2, "issue.solved", at(9, 4, 10, 0)));
    assert_eq!(solved.person.as_ref(), Some(&v.lin.id));
    assert_eq!((solved.quantity.as_str(), solved.unit.as_str()), ("1", "times"));
    assert_eq!((solved.evidence.id.as_str(), solved.evidence.text.as_str()), (case.as_str(), "2026-0001 三组路灯不亮"));
    assert_eq!(solved.evidence.link, Some(To::plugin("issues", "case").with("id", case.as_str())));
    let told = cunshi_sdk::serde_json::to_string(&deeds).unwrap();
    assert!(!told.contains("林秀英"), "{told}");
}

#[test]
fn three_stars_or_a_case_that_was_declined_are_no_deed() {
    let v = tianfu();
    let case = v.report(&v.lin, "路灯不亮", "roads");
    v.accept(&case, "simple").unwrap();
    v.close(&case, "换好了").unwrap();
    v.rate(&v.lin, &case, 3).unwrap();
    assert_eq!(kinds(&v), ["issue.adopted"]);
    let declined = v.report(&v.lin, "想要免费酒席", "other");
    let form = DeclineForm { case: declined, text: "不归这里管".into(), seen: None };
    v.host.as_(&v.jian).act(|cx| Issues::decline(cx, form)).unwrap();
    assert_eq!(kinds(&v), ["issue.adopted"]);
}

#[test]
fn what_was_reopened_and_solved_again_is_one_deed() {
    let v = tianfu();
    let case = v.report(&v.lin, "路灯不亮", "roads");
    v.accept(&case, "simple").unwrap();
    v.close(&case, "换好了").unwrap();
    v.rate(&v.lin, &case, 5).unwrap();
    let form = RateForm { case: case.clone(), solved: "no".into(), text: Some("又不亮了".into()), stars: None };
    v.host.as_(&v.lin).act(|cx| Issues::rate(cx, form)).unwrap();
    v.close(&case, "又换了").unwrap();
    v.rate(&v.lin, &case, 5).unwrap();
    assert_eq!(kinds(&v), ["issue.adopted", "issue.solved"]);
}

#[test]
fn of_a_private_matter_only_the_number_is_told() {
    let v = tianfu();
    let form =
        ReportForm {
            title: "王家的家事".into(), category: "disputes".into(), private: true, ..ReportForm::default()
        };
    let case = v.report_with(&v.lin, form);
    v.accept(&case, "complex").unwrap();
    let deeds = v.deeds();
    assert_eq!(deeds[0].person.as_ref(), Some(&v.lin.id));
    assert_eq!((deeds[0].evidence.text.as_str(), &deeds[0].evidence.link), ("2026-0001", &None));
    let told = cunshi_sdk::serde_json::to_string(&deeds).unwrap();
    assert!(!told.contains("家事") && !told.contains("林秀英"), "{told}");
}

#[test]
fn a_case_from_below_is_nobodys_deed_here() {
    let (v, town) = (tianfu(), chengjia());
    let case = v.report(&v.lin, "河堤塌了", "safety");
    v.accept(&case, "complex").unwrap();
    v.refer(&case, "要请镇里办").unwrap();
    let sent = v.told().pop().unwrap();
    let mut event = town.host.event(&sent.name, &sent.subject, sent.payload);
    (event.from, event.from_name) = ("below".to_owned(), Some("天府社区".to_owned()));
    town.host.system().act(|cx| Issues::hear_case_referred(cx, event)).unwrap();
    let there = town.read(Some(&town.jian), |cx| {
        use cunshi_plugin_issues::domain::CaseIndexes as _;
        cx.data::<cunshi_plugin_issues::domain::Case>()
            .by_origin(case.as_str())
            .first()
            .map_err(cunshi_sdk::Error::from)
    });
    town.accept(&there.unwrap().unwrap().id, "simple").unwrap();
    assert!(town.deeds().is_empty());
}

#[test]
fn the_rule_is_asked_about_the_matter_and_not_about_anybody() {
    let v = tianfu();
    deadlines(&v.host, 2, [4, 8, 16]);
    let case = v.report(&v.lin, "路灯不亮", "roads");
    v.accept(&case, "complex").unwrap();
    let decisions = v.host.decisions();
    let asked: Vec<_> = decisions.iter().map(|decision| decision.ask.input.clone()).collect();
    assert_eq!(asked.len(), 2);
    assert_eq!((asked[0]["step"].as_str(), asked[0].get("complexity")), (Some("accept"), None));
    assert_eq!((asked[1]["step"].as_str(), asked[1]["complexity"].as_str()), (Some("handle"), Some("complex")));
    assert!(decisions.iter().all(|decision| decision.ask.person.is_none()));
    assert_eq!(decisions[1].decided.output["working_days"], 16);
}
