//! Looking into the ledger: whose account a reader may see, its rows, and who has most.

use cunshi_sdk::prelude::{
    Balances, Entry, Error, Holder, PointKind, RankBy, RankingQuery, Read, Result, StatementQuery,
};

use crate::domain::Span;
use crate::words::Reader;

/// Rows of a statement on one page.
const ROWS: u32 = 30;
/// Places of a ranking: each name is looked up.
pub const PLACES: u32 = 50;

/// An account that the reader may see.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whose.
    pub holder: Holder,
    /// Their name.
    pub name: String,
    /// The reader's own, or their household's.
    pub own: bool,
}

/// The reader's household's account or their own; the office may name another one. What is not for the reader is
/// missing.
pub fn account(cx: &Read, reader: &Reader, of: &str, household: Option<&str>, person: Option<&str>) -> Result<Account> {
    let hand = reader.hand.as_ref().ok_or(Error::Missing)?;
    let wanted = match (household.filter(|id| !id.is_empty()), person.filter(|id| !id.is_empty())) {
        (Some(household), _) => Holder::Household(household.to_owned()),
        (None, Some(person)) => Holder::Person(person.to_owned()),
        (None, None) => match (of, &hand.household) {
            ("household", Some(household)) => Holder::Household(household.clone()),
            _ => Holder::Person(hand.person.clone()),
        },
    };
    let own = match &wanted {
        Holder::Household(household) => hand.household.as_ref() == Some(household),
        Holder::Person(person) => hand.person == *person,
    };
    if !own && !reader.office() {
        return Err(Error::Missing);
    }
    let name = match &wanted {
        Holder::Household(id) => crate::words::household(&cx.household(id)?.ok_or(Error::Missing)?),
        Holder::Person(id) => cx.person(id)?.ok_or(Error::Missing)?.name,
    };
    Ok(Account { holder: wanted, name, own })
}

/// Rows of an account, the newest first, and the number before which the next page goes on.
pub fn rows(cx: &Read, holder: &Holder, before: Option<i64>) -> Result<(Vec<Entry>, Option<u64>)> {
    let before = before.and_then(|before| u64::try_from(before).ok());
    let query = StatementQuery { holder: holder.clone(), kind: None, limit: Some(ROWS), before };
    let rows = cx.statement(&query)?;
    let full = u32::try_from(rows.len()).is_ok_and(|found| found == ROWS);
    let next = rows.last().filter(|_| full).map(|row| row.number);
    Ok((rows, next))
}

/// What somebody has in all their accounts.
pub fn together(cx: &Read, reader: &Reader) -> Result<Balances> {
    let mut sum = Balances::default();
    let Some(hand) = &reader.hand else { return Ok(sum) };
    for account in crate::way::accounts(hand) {
        let found = cx.balances(&account)?;
        sum.base += found.base;
        sum.redeemable += found.redeemable;
        sum.honour += found.honour;
        sum.held += found.held;
    }
    Ok(sum)
}

/// A ranking that is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// `households` or `persons`.
    pub by: &'a str,
    /// `month`, `quarter`, `year`, or `now` for balances.
    pub period: &'a str,
    /// `base`, `redeemable`, `honour`, or `all`.
    pub kind: &'a str,
    /// How many places.
    pub limit: u32,
}

/// A place in a ranking, named as the village chose.
#[derive(Clone, Debug)]
pub struct Place {
    /// From 1.
    pub place: u32,
    /// Masked, unless it is the reader's own or the reader works here.
    pub name: String,
    /// Hundredths.
    pub points: i64,
    /// The reader's household, or the reader.
    pub mine: bool,
}

/// The name of a ranking's period, and its places.
pub fn ranking(cx: &Read, reader: &Reader, wanted: Wanted<'_>) -> Result<(Option<String>, Vec<Place>)> {
    let period = Span::parse(wanted.period).map(|span| span.holding(cx.now()));
    let kind = match wanted.kind {
        "base" => Some(PointKind::Base),
        "redeemable" => Some(PointKind::Redeemable),
        "honour" => Some(PointKind::Honour),
        _ => None,
    };
    let by = if wanted.by == "persons" { RankBy::Persons } else { RankBy::Households };
    let found = cx.ranking(&RankingQuery { by, kind, period: period.clone(), limit: Some(wanted.limit) })?;
    let mut places = Vec::new();
    for ranked in found.into_iter().filter(|ranked| ranked.points > 0) {
        let (name, mine) = named(cx, reader, &ranked.holder)?;
        places.push(Place { place: ranked.place, name, points: ranked.points, mine });
    }
    Ok((period, places))
}

fn named(cx: &Read, reader: &Reader, holder: &Holder) -> Result<(String, bool)> {
    match holder {
        Holder::Household(id) => {
            let mine = reader.is_of(None, Some(id));
            let found = cx.household(id)?;
            let name =
                found.map(|known| reader.household(&known.name, known.group.as_deref(), mine || reader.office()));
            Ok((name.unwrap_or_else(|| t!("villager")), mine))
        }
        Holder::Person(id) => {
            let mine = reader.is_of(Some(id), None);
            let Some(known) = cx.person(id)? else { return Ok((t!("villager"), mine)) };
            let group = known.household.as_deref().map(|household| cx.household(household)).transpose()?.flatten();
            let (head, group) = group.map(|household| (household.name, household.group)).unzip();
            let head = head.unwrap_or_else(|| known.name.clone());
            let all = mine || reader.office();
            Ok((reader.person(&known.name, &head, group.flatten().as_deref(), all), mine))
        }
    }
}
