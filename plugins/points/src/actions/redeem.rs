//! Redeeming: points, stock and budget are set aside together, then handed out by the code, or given back.

use cunshi_sdk::prelude::{
    Ask, Deserialize, Doc, EntryReason, Error, Hold, Holder, Map, Outcome, PointKind, Posting, Result, Value, Write,
    json,
};

use crate::domain::days::DAY;
use crate::domain::shop::NotToBeHad;
use crate::domain::{
    Budget, BudgetIndexes as _, Goods, Hand, Reservation, ReservationIndexes as _, ReservationState, Span, Why, amount,
    code,
};
use crate::{CancelReservationForm, HandOutForm, RedeemForm, way, words};

/// The hook that says what may be redeemed.
pub const REDEEM: &str = "points.redeem";

/// The output of `points.redeem`.
#[derive(Debug, Deserialize)]
struct Answer {
    allow: bool,
    price: i64,
    #[serde(default)]
    refuse: Option<String>,
}

/// A villager sets a thing aside; or a cadre does for somebody without a phone.
pub fn redeem(cx: &mut Write, form: &RedeemForm) -> Result<Outcome> {
    let (hand, entered_by) = way::beneficiary(cx)?;
    let mut goods = cx.data::<Goods>().must(&form.goods)?;
    had(goods.take())?;
    let (account, there) = account(cx, &hand, goods.price)?;
    let period = period(cx)?;
    let (price, why) = decide(cx, &goods, &hand, &account, there, &period)?;
    if there < price {
        let missing = words::points(price - there);
        return Err(Error::conflict(t!("refused.too-few", missing = missing, there = words::points(there))));
    }
    promise(cx, &period, goods.value)?;
    let hold = cx.reserve(&Hold { holder: account.clone(), kind: PointKind::Redeemable, amount: price })?;
    let goods = cx.update(&goods)?;
    let (now, code) = (cx.now(), fresh_code(cx)?);
    let reservation = cx.insert(&Reservation {
        goods: goods.id.clone(),
        title: goods.title.clone(),
        price,
        value: goods.value,
        person: hand.person,
        name: hand.name,
        household: hand.household,
        holder: Reservation::holder_key(&account),
        account,
        hold,
        why,
        open_code: Some(code.clone()),
        code,
        state: ReservationState::Held,
        at: now,
        until: now + cx.setting::<i64>("days_hold")? * DAY,
        warned: false,
        period,
        entered_by,
        over_at: None,
        over_by: None,
    })?;
    let (spoken, date) = (code::spoken(&reservation.code), words::date(reservation.until));
    Ok(done(&reservation, t!("say.redeemed", code = spoken, date = date)))
}

/// The villager, or a cadre for them, calls it off.
pub fn cancel(cx: &mut Write, form: &CancelReservationForm) -> Result<Outcome> {
    let mut reservation = cx.data::<Reservation>().must(&form.reservation)?;
    let by = way::actor(cx)?;
    if reservation.person != by.person && !cx.caller()?.is("cadre") && !cx.caller()?.is("admin") {
        return Err(Error::denied(t!("refused.not-your-reservation")));
    }
    give_back(cx, &mut reservation, ReservationState::Cancelled, Some(by))?;
    Ok(done(&reservation, t!("say.cancelled", points = words::points(reservation.price))))
}

/// A cadre hands it out by its code. The code is good once.
pub fn hand_out(cx: &mut Write, form: &HandOutForm) -> Result<Outcome> {
    let found = cx.data::<Reservation>().by_code(code::read(&form.code)).first()?;
    let mut reservation = found.ok_or_else(|| Error::invalid("code", t!("refused.no-code")))?;
    let (by, now) = (way::actor(cx)?, cx.now());
    if !reservation.is_kept(now) {
        return had(Err(NotToBeHad::Over));
    }
    had(reservation.end(ReservationState::Collected, Some(by), now))?;
    let posting = Posting {
        holder: reservation.account.clone(),
        person: matches!(reservation.account, Holder::Household(_)).then(|| reservation.person.clone()),
        kind: PointKind::Redeemable,
        amount: -reservation.price,
        reason: EntryReason::Redeem,
        item: None,
        text: reservation.title.clone(),
        decision: reservation.why.decision.clone(),
        corrects: None,
        at: None,
        floor: 0,
        clip: false,
    };
    cx.capture(&reservation.hold, &posting)?;
    let reservation = cx.update(&reservation)?;
    way::count(cx, |day| day.redeemed += reservation.price)?;
    let (name, title) = (&reservation.name, &reservation.title);
    Ok(done(&reservation, t!("say.handed-out", name = name, title = title)))
}

/// It comes to nothing: points, stock and budget go back, and the rule forgets it.
pub fn give_back(
    cx: &mut Write,
    reservation: &mut Doc<Reservation>,
    state: ReservationState,
    by: Option<Hand>,
) -> Result<()> {
    had(reservation.end(state, by, cx.now()))?;
    cx.release(&reservation.hold)?;
    if let Some(mut goods) = cx.data::<Goods>().get(&reservation.goods)? {
        goods.put_back();
        cx.update(&goods)?;
    }
    if let Some(mut budget) = cx.data::<Budget>().by_period(reservation.period.as_str()).first()? {
        budget.put_back(reservation.value);
        cx.update(&budget)?;
    }
    if let Some(decision) = &reservation.why.decision {
        cx.void_decision(decision)?;
    }
    *reservation = cx.update(reservation)?;
    Ok(())
}

/// What an account has redeemed in a period, and what it has set aside.
pub fn redeemed(cx: &cunshi_sdk::Read, account: &Holder, period: &str) -> Result<i64> {
    let found = cx.data::<Reservation>().by_holder(Reservation::holder_key(account)).eq(period).newest().take(200)?;
    let counts =
        |found: &&Doc<Reservation>| matches!(found.state, ReservationState::Held | ReservationState::Collected);
    Ok(found.iter().filter(counts).map(|found| found.price).sum())
}

/// The budget's period that holds now.
pub fn period(cx: &cunshi_sdk::Read) -> Result<String> {
    let span = Span::parse(&cx.setting::<String>("budget_period")?).unwrap_or(Span::Quarter);
    Ok(span.holding(cx.now()))
}

/// The account that pays: the household's where it has enough, else the person's own, else the richer one.
fn account(cx: &Write, hand: &Hand, price: i64) -> Result<(Holder, i64)> {
    let mut best: Option<(Holder, i64)> = None;
    for account in way::accounts(hand) {
        let there = way::available(cx.balances(&account)?, PointKind::Redeemable);
        if there >= price {
            return Ok((account, there));
        }
        if best.as_ref().is_none_or(|(_, most)| there > *most) {
            best = Some((account, there));
        }
    }
    best.ok_or(Error::Missing)
}

fn decide(
    cx: &mut Write,
    goods: &Goods,
    hand: &Hand,
    account: &Holder,
    there: i64,
    period: &str,
) -> Result<(i64, Why)> {
    let input = [
        ("item", json!(goods.title)),
        ("price", json!(goods.price)),
        ("balance", json!(there)),
        // Before one of them was taken for this wish.
        ("stock", json!(goods.stock + 1)),
        ("redeemed_this_period", json!(redeemed(cx, account, period)?)),
        ("period", json!(period)),
    ];
    let input: Map<String, Value> = input.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let ask = Ask { input, person: Some(hand.person.clone()), household: hand.household.clone(), at: None };
    let decided = cx.decide(REDEEM, &ask)?;
    let answer: Answer = cunshi_sdk::serde_json::from_value(Value::Object(decided.output.clone()))?;
    if !answer.allow {
        let why = answer.refuse.filter(|why| !why.is_empty()).unwrap_or_else(|| t!("refused.no-reason"));
        return Err(Error::conflict(t!("refused.by-rule", why = why)));
    }
    if answer.price < 1 {
        return Err(Error::failed("points.redeem answered a price that is not above 0"));
    }
    Ok((answer.price, Why::of(decided)))
}

fn promise(cx: &mut Write, period: &str, value: i64) -> Result<()> {
    let ceiling = cx.setting::<i64>("budget")?;
    if let Some(mut budget) = cx.data::<Budget>().by_period(period).first()? {
        had(budget.take(value, ceiling))?;
        cx.update(&budget)?;
        return Ok(());
    }
    let mut budget = Budget { period: period.to_owned(), promised: 0 };
    had(budget.take(value, ceiling))?;
    cx.insert(&budget)?;
    Ok(())
}

/// A code that no held reservation has.
fn fresh_code(cx: &mut Write) -> Result<String> {
    for _ in 0..8 {
        let code = code::of(&cx.new_id());
        if cx.data::<Reservation>().by_code(code.as_str()).first()?.is_none() {
            return Ok(code);
        }
    }
    Err(Error::failed("no free pick-up code was found"))
}

fn had<T>(result: Result<T, NotToBeHad>) -> Result<T> {
    result.map_err(|why| Error::conflict(words::not_to_be_had(why)))
}

fn done(reservation: &Doc<Reservation>, say: String) -> Outcome {
    let result = json!({
        "id": reservation.id, "goods": reservation.goods, "title": reservation.title, "state": reservation.state,
        "price": amount::show(reservation.price), "code": reservation.code, "until": reservation.until,
        "decision": reservation.why.decision,
    });
    Outcome::go("reservation", &reservation.id).say(say).result(result).about(&reservation.id)
}
