//! The way of points: the village's rule decides on a deed, review and publicity period go by, the points are posted.
//! Actions, events and jobs lead awards along it; what may follow on what is `domain`'s.

use cunshi_sdk::prelude::{
    Ask, Balances, Doc, EntryReason, Error, Holder, Map, PointKind, Posting, Read, Result, Send, Value, Write, json,
};
use cunshi_sdk::words::masked;

use crate::domain::course::Answer;
use crate::domain::table::Row;
use crate::domain::{
    Award, AwardIndexes as _, Claimed, Course, Day, DayIndexes as _, Hand, Source, State, Why, amount, days,
};
use crate::{messages, words};

/// The hook that says what a deed earns.
pub const AWARD: &str = "points.award";
/// To itself, at the end of a publicity period. The subject is the award's id.
pub const PUBLICITY_ENDED: &str = "points.publicity-ended/1";
/// Longest text of a claim in a row of the ledger, in characters.
const TEXT: usize = 120;

/// What only a claimant can tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// The doer's age.
    pub age: Option<i64>,
    /// An old person was helped.
    pub helper_of_old: Option<bool>,
}

/// Lets the rule decide on a deed and takes it as far as it goes by itself. None when it is nobody's.
pub fn enter(cx: &mut Write, claimed: Claimed, told: Told) -> Result<Option<Doc<Award>>> {
    let (course, why) = decide(cx, &claimed, told)?;
    let label = label(cx, &course.item)?;
    let now = cx.now();
    let (year, _, _) = days::date(now);
    let n = cx.next_number(&format!("award-{year}"))?;
    // The letter keeps it apart from cases.
    let number = format!("J{}", days::spoken_number(now, n));
    let Some(mut award) = Award::new(number, label, claimed, course, why, now) else {
        return Ok(None);
    };
    if award.is_due(now) {
        post(cx, &mut award)?;
    }
    let award = cx.insert(&award)?;
    for photo in &award.photos {
        cx.attach(photo, &award)?;
    }
    announce(cx, &award)?;
    messages::posted(cx, &award)?;
    Ok(Some(award))
}

fn decide(cx: &mut Write, claimed: &Claimed, told: Told) -> Result<(Course, Why)> {
    let facts = [
        ("kind", json!(claimed.deed)),
        ("item", json!(claimed.deed)),
        ("quantity", json!(claimed.quantity)),
        ("year_quantity", json!(in_year(cx, claimed)?)),
        ("unit", json!(claimed.unit)),
        ("at", json!(claimed.at)),
        ("source", json!(claimed.source.as_str())),
        ("age", json!(told.age)),
        ("group", json!(claimed.group)),
        ("has_household", json!(claimed.household.is_some())),
        ("helper_of_old", json!(told.helper_of_old)),
    ];
    let given = facts.into_iter().filter(|(_, value)| !value.is_null() && *value != json!(""));
    let input: Map<String, Value> = given.map(|(name, value)| (name.to_owned(), value)).collect();
    let ask = Ask {
        input,
        person: claimed.person.as_ref().map(|hand| hand.person.clone()),
        household: claimed.household.clone(),
        at: Some(claimed.at),
    };
    let decided = cx.decide(AWARD, &ask)?;
    let least = cx.setting::<u32>("days_deduction")?;
    Ok((Course::of(Answer::read(&decided)?, &claimed.deed, least), Why::of(decided)))
}

/// How much of a measured deed its doer did in the calendar year, this one included: some villages count hours so.
/// What was declined, withdrawn or struck counts no more, nor does what a claimant may not read of somebody else's.
/// None for what is only counted by times.
fn in_year(cx: &Read, claimed: &Claimed) -> Result<Option<String>> {
    let measured = !claimed.unit.is_empty() && claimed.unit != "times";
    let Some(doer) = claimed.person.as_ref().filter(|_| measured) else { return Ok(None) };
    let year = days::date(claimed.at).0;
    // No deed came here before it was done.
    let Some(begins) = days::read_day(&format!("{year}-01-01")) else { return Ok(None) };
    let counts = |award: &Award| {
        award.deed == claimed.deed
            && days::date(award.at).0 == year
            && !matches!(award.state, State::Declined | State::Withdrawn | State::Struck)
    };
    let (mut sum, mut cursor) = (amount::read(&claimed.quantity).unwrap_or_default(), None);
    loop {
        let of_doer = cx.data::<Award>().by_person(doer.person.as_str()).from(begins);
        let (found, next) = of_doer.page(200, cursor)?;
        let quantities = found.iter().filter(|award| counts(award)).filter_map(|award| amount::read(&award.quantity));
        sum = quantities.fold(sum, i64::saturating_add);
        cursor = next;
        if cursor.is_none() {
            return Ok(Some(amount::show(sum)));
        }
    }
}

/// The rows of the table in force.
pub fn table(cx: &Read) -> Result<Vec<Row>> {
    Ok(cx.rule_table(AWARD)?.iter().filter_map(Row::read).collect())
}

/// The same as they are handled here, for whoever reads them.
pub fn handled(cx: &Read) -> Result<Vec<Row>> {
    let least = cx.setting::<u32>("days_deduction")?;
    Ok(table(cx)?.into_iter().map(|row| row.protected(least)).collect())
}

fn label(cx: &Read, item: &str) -> Result<String> {
    let row = table(cx)?.into_iter().find(|row| row.item == item);
    Ok(row.map_or_else(|| item.to_owned(), |row| row.label))
}

/// Writes a changed award; one that has just become public is told of to the clock, one that counts no more has its
/// decision set aside, and one that nobody has to look at any more is posted.
pub fn save(cx: &mut Write, was_public: bool, mut award: Doc<Award>) -> Result<Doc<Award>> {
    let due = award.is_due(cx.now());
    if due {
        post(cx, &mut award)?;
    }
    let over = matches!(award.state, State::Declined | State::Withdrawn | State::Struck);
    if let Some(decision) = award.why.decision.clone().filter(|_| over) {
        cx.void_decision(&decision)?;
    }
    let award = cx.update(&award)?;
    if !was_public {
        announce(cx, &award)?;
    }
    match award.state {
        State::Declined | State::Struck => messages::refused(cx, &award)?,
        _ if due => messages::posted(cx, &award)?,
        _ => {}
    }
    Ok(award)
}

fn announce(cx: &mut Write, award: &Doc<Award>) -> Result<()> {
    if let (State::Published, Some(until)) = (award.state, award.until) {
        cx.send(Send::new(PUBLICITY_ENDED, &award.id).not_before(until))?;
        messages::published(cx, award)?;
    }
    Ok(())
}

/// Into the ledger. A deduction takes what is there, down to the village's limit; where nothing is there it ends so.
fn post(cx: &mut Write, award: &mut Award) -> Result<()> {
    let now = cx.now();
    let floor = if award.takes() { -100 * cx.setting::<i64>("debt")? } else { 0 };
    if award.takes() && available(cx.balances(&award.holder)?, award.kind) <= floor {
        award.posted(None, now);
        return Ok(());
    }
    let posting = Posting {
        holder: award.holder.clone(),
        person: of_household(award),
        kind: award.kind,
        amount: award.points,
        reason: if award.takes() { EntryReason::Deduction } else { EntryReason::Award },
        item: Some(award.item.clone()),
        text: line(award),
        decision: award.why.decision.clone(),
        corrects: None,
        at: Some(award.at),
        floor,
        clip: award.takes(),
    };
    let entry = cx.post(&posting)?;
    count(cx, |day| day.count(entry.amount, award.household.as_deref()))?;
    award.posted(Some((entry.id, entry.amount)), now);
    Ok(())
}

/// Puts a posted award right by so many hundredths; none where nothing is there to be taken back.
pub fn correct(cx: &mut Write, award: &Award, by_hundredths: i64, text: &str) -> Result<Option<i64>> {
    let floor = -100 * cx.setting::<i64>("debt")?;
    if by_hundredths < 0 && available(cx.balances(&award.holder)?, award.kind) <= floor {
        return Ok(None);
    }
    let posting = Posting {
        holder: award.holder.clone(),
        person: of_household(award),
        kind: award.kind,
        amount: by_hundredths,
        reason: EntryReason::Correction,
        item: Some(award.item.clone()),
        text: words::cut(&format!("{}：{}", award.label, masked(text).into_owned()), 200),
        decision: None,
        corrects: award.entry.clone(),
        at: Some(award.at),
        floor,
        clip: true,
    };
    let entry = cx.post(&posting)?;
    count(cx, |day| day.count(entry.amount, award.household.as_deref()))?;
    Ok(Some(entry.amount))
}

/// What people read on the row. What another module tells of may be private, so only its item is named.
fn line(award: &Award) -> String {
    if award.source == Source::Deed || award.text.is_empty() {
        return award.label.clone();
    }
    let text = masked(&award.text).into_owned();
    format!("{}：{}", award.label, words::cut(&text, TEXT))
}

fn of_household(award: &Award) -> Option<String> {
    award.person.clone().filter(|_| matches!(award.holder, Holder::Household(_)))
}

/// What of a kind is there and not set aside.
pub fn available(balances: Balances, kind: PointKind) -> i64 {
    match kind {
        PointKind::Base => balances.base,
        PointKind::Redeemable => balances.redeemable - balances.held,
        PointKind::Honour => balances.honour,
    }
}

/// Counts something of today.
pub fn count(cx: &mut Write, change: impl FnOnce(&mut Day)) -> Result<()> {
    let today = days::midnight(cx.now());
    if let Some(mut day) = cx.data::<Day>().by_day(today).first()? {
        change(&mut day);
        cx.update(&day)?;
        return Ok(());
    }
    let mut day = Day { day: today, ..Day::default() };
    change(&mut day);
    cx.insert(&day)?;
    Ok(())
}

/// The actor as a hand.
pub fn actor(cx: &Read) -> Result<Hand> {
    let caller = cx.caller()?;
    let (person, name) = (caller.person.clone(), caller.name.clone());
    Ok(Hand { person, name, household: caller.household.clone() })
}

/// Somebody of the village as a hand.
pub fn hand(cx: &Read, person: &str) -> Result<Hand> {
    let found = cx.person(person)?.ok_or(Error::Missing)?;
    Ok(Hand { person: found.id, name: found.name, household: found.household })
}

/// For whom something is done: the actor, or somebody for whom a cadre does it.
pub fn beneficiary(cx: &Read) -> Result<(Hand, Option<Hand>)> {
    let actor = actor(cx)?;
    match cx.caller()?.on_behalf_of.clone() {
        Some(person) if person != actor.person => Ok((hand(cx, &person)?, Some(actor))),
        _ => Ok((actor, None)),
    }
}

/// The accounts that somebody has: the household's first.
pub fn accounts(hand: &Hand) -> Vec<Holder> {
    let household = hand.household.clone().map(Holder::Household);
    household.into_iter().chain([Holder::Person(hand.person.clone())]).collect()
}
