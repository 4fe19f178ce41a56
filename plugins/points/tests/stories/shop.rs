//! Redeeming: points, stock and budget are set aside together and never passed; a code is good once.

use cunshi_plugin_points::domain::days::DAY;
use cunshi_plugin_points::domain::{Budget, ReservationState};
use cunshi_plugin_points::{
    CancelReservationForm, ChangeGoodsForm, ItemsParams, Plugin, Points, ReservationParams, ReservationsParams,
    ShopParams,
};
use cunshi_sdk::prelude::{Holder, Outcome, Person, Result, Value, json};

use crate::village::{Village, text, tianfu, why};

fn code(outcome: &Outcome) -> String {
    outcome.result["code"].as_str().unwrap().to_owned()
}

fn cancel(v: &Village, who: &Person, reservation: &str) -> Result<Outcome> {
    let form = CancelReservationForm { reservation: reservation.into() };
    v.host.as_(who).act(|cx| Points::cancel_reservation(cx, form))
}

fn promised(v: &Village) -> i64 {
    v.host.all::<Budget>().unwrap().iter().map(|budget| budget.promised).sum()
}

#[test]
fn redeemed_fetched_with_the_code_and_paid_for() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 3, 600);
    let outcome = v.redeem(&v.lin, &towel).unwrap();
    let reservation = outcome.subject.clone().unwrap();
    let held = v.balances(&v.lins);
    assert_eq!((held.redeemable, held.held, v.goods(&towel).stock), (600, 500, 2));
    assert_eq!(v.todos(&v.lin), ["去领：毛巾"]);
    assert_eq!(v.todos(&v.jian), ["发放：毛巾，林秀英"]);

    let page = |who| {
        let params = ReservationParams { id: reservation.clone() };
        v.read(Some(who), |cx| Points::reservation(cx, params)).map(|page| text(&page))
    };
    let code = code(&outcome);
    let own = page(&v.lin).unwrap();
    assert!(own.contains(r#""node":"qr""#) && own.contains(&code), "{own}");
    assert!(!page(&v.jian).unwrap().contains(&code), "who hands it out reads it from the villager");
    assert!(page(&v.wang).is_err(), "a neighbour's reservation is not there");

    let outcome = v.hand_out(&v.jian, &format!("{} {}", &code[..4], &code[4..])).unwrap();
    assert_eq!(outcome.say.as_deref(), Some("已发放：林秀英的毛巾。"));
    let paid = v.balances(&v.lins);
    assert_eq!((paid.redeemable, paid.held, v.goods(&towel).stock), (100, 0, 2));
    assert_eq!(v.reservation(&reservation).state, ReservationState::Collected);
    assert_eq!(v.reservation(&reservation).over_by.as_ref().unwrap().name, "简书记");
}

#[test]
fn two_cadres_at_the_same_counter_hand_it_out_once() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 3, 600);
    let code = code(&v.redeem(&v.lin, &towel).unwrap());
    // Both looked at it before either acted: the second one's write meets a newer version.
    let seen = v
        .host
        .system()
        .read(|cx| Ok(cx.data::<cunshi_plugin_points::domain::Reservation>().by("by_code").first()?.unwrap()))
        .unwrap();
    v.hand_out(&v.jian, &code).unwrap();
    assert!(v.host.as_(&v.chen).act(|cx| Ok(cx.update(&seen)?)).is_err(), "compare and set");
    assert_eq!(why(v.hand_out(&v.chen, &code)), "code: 没有这个兑换码，或者已经领过了。");
    assert_eq!(v.balances(&v.lins).redeemable, 100, "paid once");
}

#[test]
fn the_last_one_goes_to_one_of_two() {
    let v = tianfu();
    v.earn(&v.lin, 10);
    v.earn(&v.wang, 10);
    let towel = v.shelve("毛巾", 5, 1, 600);
    v.redeem(&v.lin, &towel).unwrap();
    assert_eq!(why(v.redeem(&v.wang, &towel)), "这样东西已经换完了。");
    let wangs = v.balances(&v.wangs);
    assert_eq!((wangs.redeemable, wangs.held, v.goods(&towel).stock), (1_000, 0, 0));
}

#[test]
fn nobody_spends_what_is_not_there_or_twice() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 9, 600);
    assert_eq!(why(v.redeem(&v.wang, &towel)), "可兑换分不够：现有 0 分，还差 5 分。");
    v.redeem(&v.lin, &towel).unwrap();
    assert_eq!(why(v.redeem(&v.lin, &towel)), "可兑换分不够：现有 1 分，还差 4 分。", "what is held is not free");
    assert_eq!((v.goods(&towel).stock, promised(&v)), (8, 600), "nothing was set aside in vain");
}

#[test]
fn the_budget_of_a_period_is_never_passed() {
    let v = tianfu();
    v.host.set("budget", 1_000);
    v.earn(&v.lin, 30);
    let (towel, soap) = (v.shelve("毛巾", 5, 9, 600), v.shelve("肥皂", 2, 9, 400));
    v.redeem(&v.lin, &towel).unwrap();
    assert_eq!(why(v.redeem(&v.lin, &towel)), "本期兑换预算已用完，下期再来。");
    let soap = v.redeem(&v.lin, &soap).unwrap().subject.unwrap();
    assert_eq!(promised(&v), 1_000);
    assert!(
        text(&v.read(Some(&v.lin), |cx| Points::shop(cx, ShopParams::default())).unwrap())
            .contains("本期兑换预算已用完")
    );
    cancel(&v, &v.lin, &soap).unwrap();
    assert_eq!(promised(&v), 600, "what is called off is free again");
    v.host.advance(60 * DAY);
    v.redeem(&v.lin, &towel).unwrap();
    let periods: Vec<String> = v.host.all::<Budget>().unwrap().iter().map(|budget| budget.period.clone()).collect();
    assert_eq!(periods, ["2026-Q3", "2026-Q4"], "a new quarter has a budget of its own");
}

#[test]
fn what_nobody_fetches_lapses_and_everything_goes_back() {
    let v = tianfu();
    v.host.set("days_hold", 3);
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 3, 600);
    let outcome = v.redeem(&v.lin, &towel).unwrap();
    v.host.advance(3 * DAY - 1);
    v.host.job(Points::lapse).unwrap();
    assert_eq!(v.balances(&v.lins).held, 500, "not yet");
    v.host.advance(1);
    assert_eq!(why(v.hand_out(&v.jian, &code(&outcome))), "这次兑换已经领取、取消或过期。");
    v.host.job(Points::lapse).unwrap();
    let reservation = v.reservation(&outcome.subject.clone().unwrap());
    assert_eq!(reservation.state, ReservationState::Lapsed);
    let back = v.balances(&v.lins);
    assert_eq!((back.redeemable, back.held, v.goods(&towel).stock, promised(&v)), (600, 0, 3, 0));
    assert!(!v.last_decision_stands(), "the rule forgets it");
    assert!(v.hand_out(&v.jian, &code(&outcome)).is_err());
}

#[test]
fn many_lapse_in_batches() {
    let v = tianfu();
    v.earn(&v.lin, 100);
    let soap = v.shelve("肥皂", 2, 60, 100);
    for _ in 0..45 {
        v.redeem(&v.lin, &soap).unwrap();
    }
    v.host.advance(8 * DAY);
    v.host.job(Points::lapse).unwrap();
    assert_eq!((v.balances(&v.lins).held, v.goods(&soap).stock), (0, 60));
}

#[test]
fn it_is_called_off_by_its_owner_or_a_cadre() {
    let v = tianfu();
    v.earn(&v.lin, 20);
    let towel = v.shelve("毛巾", 5, 3, 600);
    let first = v.redeem(&v.lin, &towel).unwrap().subject.unwrap();
    let second = v.redeem(&v.lin, &towel).unwrap().subject.unwrap();
    assert!(cancel(&v, &v.wang, &first).is_err());
    assert_eq!(why(cancel(&v, &v.zhou, &first)), "只有兑换的人或村干部可以取消。");
    cancel(&v, &v.lin, &first).unwrap();
    cancel(&v, &v.jian, &second).unwrap();
    assert_eq!(why(cancel(&v, &v.lin, &first)), "这次兑换已经领取、取消或过期。");
    assert_eq!((v.balances(&v.lins).held, v.goods(&towel).stock), (0, 3));
}

#[test]
fn the_village_rule_refuses_with_a_reason_and_may_lower_the_price() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 3, 600);
    v.host.rule("points.redeem", |ask| {
        assert_eq!(json!(ask.input), json!({
            "item": "毛巾", "price": 500, "balance": 600, "stock": 3, "redeemed_this_period": 0, "period": "2026-Q3",
        }));
        json!({ "allow": false, "price": 500, "refuse": "这样东西每季度每人最多换 2 次" })
    });
    assert_eq!(why(v.redeem(&v.lin, &towel)), "按村里的规则不能换：这样东西每季度每人最多换 2 次");
    assert_eq!(
        (v.goods(&towel).stock, v.host.decisions().iter().filter(|made| made.hook == "points.redeem").count()),
        (3, 0)
    );
    v.host.rule("points.redeem", |_| json!({ "allow": true, "price": 250 }));
    v.redeem(&v.lin, &towel).unwrap();
    v.host.rule("points.redeem", |ask| {
        assert_eq!(ask.input["redeemed_this_period"], 250);
        json!({ "allow": true, "price": 250 })
    });
    v.redeem(&v.lin, &towel).unwrap();
    assert_eq!(v.balances(&v.lins).held, 500);
}

#[test]
fn a_cadre_redeems_for_somebody_without_a_phone_and_can_tell_them_the_code() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 3, 600);
    let form = cunshi_plugin_points::RedeemForm { goods: towel };
    let outcome = v.host.as_(&v.jian).on_behalf_of(&v.lin).act(|cx| Points::redeem(cx, form)).unwrap();
    let reservation = outcome.subject.clone().unwrap();
    assert_eq!(v.reservation(&reservation).person, v.lin.id);
    let page = |who| {
        let params = ReservationParams { id: reservation.clone() };
        text(&v.read(Some(who), |cx| Points::reservation(cx, params)).unwrap())
    };
    assert!(page(&v.jian).contains(&code(&outcome)) && !page(&v.chen).contains(&code(&outcome)));
    let list = |who| v.read(Some(who), |cx| Points::reservations(cx, ReservationsParams::default())).unwrap();
    assert_eq!(list(&v.chen)["reservations"][0]["code"], Value::Null);
    assert_eq!(list(&v.lin)["reservations"][0]["code"], outcome.result["code"]);
}

#[test]
fn points_of_ones_own_pay_where_the_household_has_too_few() {
    let v = tianfu();
    v.earn(&v.lin, 2);
    v.host.rule("points.award", |_| {
        json!({ "item": "x", "points": 700, "kind": "redeemable", "holder": "person", "review": "none", "publicity_days": 0 })
    });
    v.deed("x.done", &v.lin, "x1");
    let towel = v.shelve("毛巾", 5, 3, 600);
    v.redeem(&v.lin, &towel).unwrap();
    let own = v.host.system().read(|cx| Ok(cx.balances(&Holder::Person(v.lin.id.clone()))?)).unwrap();
    assert_eq!((own.held, v.balances(&v.lins).held), (500, 0));
}

#[test]
fn the_shelf_is_changed_by_whoever_saw_its_stock() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 3, 600);
    let seen = v.goods(&towel).version;
    let form = |stock, off, seen: u64| ChangeGoodsForm {
        goods: towel.clone(),
        seen: Some(seen.to_string()),
        title: "毛巾".into(),
        price: 500,
        value: 600,
        stock,
        text: None,
        off,
    };
    v.redeem(&v.lin, &towel).unwrap();
    let change = |form| v.host.as_(&v.jian).act(|cx| Points::change_goods(cx, form));
    assert_eq!(why(change(form(10, false, seen))), "您修改的时候库存变了，现在是 2。请刷新后再改。");
    change(form(10, true, v.goods(&towel).version)).unwrap();
    assert_eq!(why(v.redeem(&v.lin, &towel)), "这样东西已经下架。");
    let items = v.read(None, |cx| Points::items(cx, ItemsParams::default())).unwrap();
    assert_eq!(items["items"], json!([]));
}
