//! Points and rules, run natively: the ledger is honest, and what a rule answers is the test's to say.

use cunshi_sdk::testing::Host;

cunshi_sdk::plugin!("shop");

use cunshi_sdk::prelude::*;

const AWARD: &str = "shop.award";

#[derive(Deserialize)]
struct Award {
    points: i64,
}

struct Shop;

impl Plugin for Shop {
    fn award(cx: &mut Write, form: AwardForm) -> Result<Outcome> {
        let decided = cx.decide(AWARD, &Ask::new().fact("kind", "patrol").about(&form.person))?;
        let award: Award = decided.read()?;
        let amount = form.most.map_or(award.points, |most| award.points.min(most));
        let entry = cx.post(&Posting { decision: decided.id, ..posting(&form.person, amount) })?;
        Ok(Outcome::done().say(t!("done")).result(json!({ "balance": entry.balance })))
    }

    fn worth(cx: &Read, params: WorthParams) -> Result<Value> {
        let decided = cx.preview(AWARD, &Ask::new().fact("kind", "patrol"))?;
        let table = cx.rule_table(AWARD)?;
        let award: Award = decided.read()?;
        Ok(json!({ "enough": award.points >= params.least, "rows": table.len(), "id": decided.id }))
    }

    fn hear_deed(cx: &mut Write, event: Event) -> Result<()> {
        let deed: Deed = event.read()?;
        let decided = cx.decide(AWARD, &Ask::new().fact("kind", deed.kind).at(deed.at))?;
        if let (Some(id), true) = (&decided.id, deed.person.is_none()) {
            cx.void_decision(id)?;
        }
        Ok(())
    }
}

fn posting(person: &str, amount: i64) -> Posting {
    Posting {
        holder: Holder::Person(person.to_owned()),
        person: None,
        kind: PointKind::Redeemable,
        amount,
        reason: if amount > 0 { EntryReason::Award } else { EntryReason::Redeem },
        item: None,
        text: "巡逻".to_owned(),
        decision: None,
        corrects: None,
        at: None,
        floor: 0,
        clip: false,
    }
}

fn shop() -> (Host, Person, Person) {
    let host = Host::new(include_str!("shop/plugin.toml"));
    let (lin, jian) = (host.member("林秀英"), host.cadre("简书记"));
    host.rule(AWARD, |ask: &Ask| json!({ "points": if ask.input["kind"] == "patrol" { 1_000 } else { 50 } }));
    (host, lin, jian)
}

fn award(host: &Host, jian: &Person, lin: &Person) -> Result<Outcome> {
    host.as_(jian).act(|cx| Shop::award(cx, AwardForm { person: lin.id.clone(), most: Some(800) }))
}

#[test]
fn a_decision_is_posted_and_both_are_kept() {
    let (host, lin, jian) = shop();
    assert_eq!(award(&host, &jian, &lin).unwrap().result["balance"], 800);
    assert_eq!(award(&host, &jian, &lin).unwrap().result["balance"], 1_600);
    let (decisions, rows) = (host.decisions(), host.ledger());
    assert_eq!((decisions.len(), rows.len()), (2, 2));
    assert_eq!(rows[0].decision, decisions[0].decided.id);
    assert_eq!((rows[0].by.as_ref(), decisions[0].ask.person.as_ref()), (Some(&jian.id), Some(&lin.id)));
    let account = Holder::Person(lin.id.clone());
    assert_eq!(host.balances(&account).redeemable, 1_600);
    let query = StatementQuery { holder: account, kind: None, limit: Some(1), before: None };
    let newest = host.as_(&lin).read(|cx| Ok(cx.statement(&query)?)).unwrap();
    assert_eq!((newest.len(), newest[0].number), (1, 2));
    let entry = host.as_(&lin).read(|cx| Ok(cx.entry(&newest[0].id)?)).unwrap();
    assert_eq!(entry.as_ref(), newest.first());
}

#[test]
fn what_fails_is_undone_whole() {
    let (host, lin, jian) = shop();
    let failed = host.as_(&jian).act(|cx| {
        Shop::award(cx, AwardForm { person: lin.id.clone(), most: None })?;
        Err::<(), _>(Error::conflict("已经记过了"))
    });
    assert!(failed.is_err());
    assert!(host.ledger().is_empty() && host.decisions().is_empty());
}

#[test]
fn points_are_spent_as_far_as_there_are_any() {
    let (host, lin, jian) = shop();
    award(&host, &jian, &lin).unwrap();
    let holder = Holder::Person(lin.id.clone());
    let hold = Hold { holder: holder.clone(), kind: PointKind::Redeemable, amount: 500 };
    let id = host.as_(&lin).act(|cx| Ok(cx.reserve(&hold)?)).unwrap();
    let more = host.as_(&lin).act(|cx| Ok(cx.reserve(&hold)?));
    assert!(matches!(more, Err(Error::Failed(why)) if why.contains("the account has 3 points")));
    let spent = host.as_(&lin).act(|cx| Ok(cx.capture(&id, &posting(&lin.id, -500))?)).unwrap();
    assert_eq!((spent.balance, host.balances(&holder).held), (300, 0));
    assert_eq!(host.as_(&lin).act(|cx| Ok(cx.release(&id)?)), Err(Error::Missing));
    let ranking = RankingQuery { by: RankBy::Persons, kind: None, period: Some("2026-09".into()), limit: None };
    let ranked = host.visitor().read(|cx| Ok(cx.ranking(&ranking)?)).unwrap();
    assert_eq!((ranked.len(), ranked[0].points), (1, 800), "what was spent was earned all the same");
}

#[test]
fn a_preview_keeps_nothing_and_a_decision_can_be_set_aside() {
    let (host, lin, _) = shop();
    host.table(AWARD, json!([{ "item": "patrol", "points": 1_000 }]));
    let worth = host.visitor().read(|cx| Shop::worth(cx, WorthParams { least: 1_000 })).unwrap();
    assert_eq!(worth, json!({ "enough": true, "rows": 1, "id": null }));
    assert!(host.decisions().is_empty());
    let tell = |deed: &Deed| {
        host.system().act(|cx| Ok(cx.send(Send::deed(deed))?)).unwrap();
        let sent = host.sent().pop().unwrap();
        let event = host.event(&sent.name, &sent.subject, sent.payload);
        assert_eq!((event.from_plugin.as_str(), event.subject.as_str()), ("shop", "case-1"));
        host.system().act(|cx| Shop::hear_deed(cx, event)).unwrap();
    };
    let deed = Deed::new("issue.adopted", host.now(), Evidence::new("case-1", "2026-0042 路灯不亮"));
    tell(&deed);
    tell(&deed.by(&lin.id).measured("2.5", "hours"));
    let voided: Vec<bool> = host.decisions().iter().map(|decision| decision.voided).collect();
    assert_eq!(voided, [true, false]);
    let row = Posting { decision: host.decisions()[0].decided.id.clone(), ..posting(&lin.id, 5) };
    let posted = host.as_(&lin).act(|cx| Ok(cx.post(&row)?));
    assert!(matches!(posted, Err(Error::Failed(why)) if why.contains("it was set aside")));
    let unmeasured = Deed { quantity: "两次".into(), ..Deed::new("x", 0, Evidence::new("case-1", "")) };
    let refused = host.system().act(|cx| Ok(cx.send(Send::deed(&unmeasured))?));
    assert!(matches!(refused, Err(Error::Failed(why)) if why.contains("a quantity is a decimal")));
}

#[test]
fn wrong_questions_are_refused_as_on_the_platform() {
    let (host, lin, jian) = shop();
    let asks = |hook: &str, ask: &Ask| match host.as_(&jian).act(|cx| Ok(cx.decide(hook, ask)?)) {
        Err(Error::Failed(why)) => why,
        other => panic!("{other:?}"),
    };
    let patrol = || Ask::new().fact("kind", "patrol");
    assert!(asks("shop.redeem", &patrol()).contains("declares no rule `shop.redeem`"));
    assert!(asks(AWARD, &Ask::new()).contains("needs the fact `kind`"));
    assert!(asks(AWARD, &patrol().fact("name", "林秀英")).contains("declares no fact `name`"));
    assert!(asks(AWARD, &patrol().about("somebody")).contains("is not of this village"));
    host.rule(AWARD, |_| Err::<Decided, _>(Refusal::Unavailable("the rule shop.award, line 3".into())));
    assert!(asks(AWARD, &patrol()).contains("line 3"));
    let posted = host.as_(&jian).act(|cx| Ok(cx.post(&Posting { decision: Some("d".into()), ..posting(&lin.id, 5) })?));
    assert!(
        matches!(posted, Err(Error::Failed(why)) if why.contains("the decision `d` is not one that this module asked for"))
    );
}

#[test]
fn a_hook_without_an_answer_is_named() {
    let host = Host::new(include_str!("shop/plugin.toml"));
    let asked = host.visitor().read(|cx| Ok(cx.preview(AWARD, &Ask::new().fact("kind", "patrol"))?));
    assert!(matches!(asked, Err(Error::Failed(why)) if why.contains("host.rule(\"shop.award\"")));
}
