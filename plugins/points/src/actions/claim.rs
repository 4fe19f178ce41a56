//! Claims of villagers, and deductions that the office enters. Both go the same way.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Read, Result, Write};

use super::{done, done_at, due_after, moved, news, quantity};
use crate::domain::table::Row;
use crate::domain::{Award, Claimed, Hand, Source, State};
use crate::way::{self, Told};
use crate::{ClaimForm, DeductForm, WithdrawClaimForm};

/// A villager claims points; or a cadre does for somebody without a phone.
pub fn claim(cx: &mut Write, form: ClaimForm) -> Result<Outcome> {
    let (claimant, entered_by) = way::beneficiary(cx)?;
    let row = row(cx, &form.item, Source::Claim)?;
    let doer = match form.whom.as_deref().filter(|whom| !whom.is_empty() && *whom != claimant.person) {
        None => claimant.clone(),
        Some(whom) => of_family(cx, &claimant, whom)?,
    };
    let entered_by = entered_by.or_else(|| (doer.person != claimant.person).then_some(claimant));
    let told = Told { age: form.age, helper_of_old: form.helper_of_old.then_some(true) };
    let claimed = Claimed {
        source: Source::Claim,
        quantity: quantity(&form.quantity)?,
        text: form.text,
        photos: form.photos,
        at: done_at(cx, form.day.as_deref())?,
        entered_by,
        ..about(cx, &row, Some(doer))?
    };
    let award = enter(cx, claimed, told)?;
    if award.takes() || award.state == State::Nothing {
        return Err(Error::conflict(t!("refused.nothing", because = award.why.because.join("；"))));
    }
    Ok(done(&award, t!("say.claimed", number = award.number, news = news(&award))))
}

/// The office enters a deduction.
pub fn deduct(cx: &mut Write, form: DeductForm) -> Result<Outcome> {
    let row = row(cx, &form.item, Source::Deduction)?;
    let person = form.person.filter(|person| !person.is_empty());
    let household = form.household.filter(|household| !household.is_empty());
    let whom = person.as_deref().map(|person| way::hand(cx, person)).transpose()?;
    if whom.is_none() && household.is_none() {
        return Err(Error::invalid("household", t!("wrong.whom")));
    }
    if let (Some(hand), Some(household)) = (&whom, &household)
        && hand.household.as_ref() != Some(household)
    {
        return Err(Error::invalid("person", t!("wrong.household")));
    }
    let mut claimed = Claimed {
        source: Source::Deduction,
        quantity: quantity(&form.quantity)?,
        text: form.text,
        photos: form.photos,
        at: done_at(cx, form.day.as_deref())?,
        entered_by: Some(way::actor(cx)?),
        ..about(cx, &row, whom)?
    };
    if let Some(household) = household.filter(|_| claimed.household.is_none()) {
        of_household(cx, &mut claimed, household)?;
    }
    let award = enter(cx, claimed, Told::default())?;
    if !award.takes() {
        return Err(Error::conflict(t!("refused.no-deduction", because = award.why.because.join("；"))));
    }
    Ok(done(&award, t!("say.deducted", number = award.number)))
}

/// The claimant takes it back.
pub fn withdraw(cx: &mut Write, form: &WithdrawClaimForm) -> Result<Outcome> {
    let mut award = cx.data::<Award>().must(&form.award)?;
    let (by, now) = (way::actor(cx)?, cx.now());
    moved(award.withdraw(by, now))?;
    let award = way::save(cx, false, award)?;
    Ok(done(&award, t!("say.withdrawn")))
}

/// What is known of the doer.
pub fn about(cx: &Read, row: &Row, doer: Option<Hand>) -> Result<Claimed> {
    let mut claimed =
        Claimed { deed: row.item.clone(), unit: row.per.clone().unwrap_or_default(), ..Claimed::default() };
    if let Some(household) = doer.as_ref().and_then(|hand| hand.household.clone()) {
        of_household(cx, &mut claimed, household)?;
    }
    claimed.person = doer;
    Ok(claimed)
}

/// What is known of the household.
pub fn of_household(cx: &Read, claimed: &mut Claimed, household: String) -> Result<()> {
    let known = cx.household(&household)?.ok_or(Error::Missing)?;
    claimed.household = Some(household);
    claimed.household_name = Some(known.name);
    claimed.group = known.group;
    Ok(())
}

fn enter(cx: &mut Write, claimed: Claimed, told: Told) -> Result<Doc<Award>> {
    let due = due_after(cx, "days_review")?;
    // Whoever claims has an account of their own at least.
    way::enter(cx, Claimed { due, ..claimed }, told)?.ok_or(Error::Missing)
}

/// The item that was chosen, which must be one of those offered.
fn row(cx: &Read, item: &str, how: Source) -> Result<Row> {
    let found = way::table(cx)?.into_iter().find(|row| row.item == item && row.how == how);
    found.ok_or_else(|| Error::invalid("item", t!("wrong.item")))
}

/// Somebody of the claimant's own household.
fn of_family(cx: &Read, claimant: &Hand, whom: &str) -> Result<Hand> {
    let hand = way::hand(cx, whom)?;
    if hand.household.is_none() || hand.household != claimant.household {
        return Err(Error::invalid("whom", t!("wrong.family")));
    }
    Ok(hand)
}
