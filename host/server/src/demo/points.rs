//! What earns and costs points in the demo, decided beforehand: claims and deductions with their reviews and
//! objections, volunteer work, the shop.
//!
//! What people may claim is read from each village's own table, by the query that their form asks. What they get for
//! it is the village's rule to say when it is played: who is refused has tried in vain, as in life.

use std::collections::HashMap;

use anyhow::Result;
use cunshi_contract::Lang;
use cunshi_model::calendar::{LocalDay, local_day};
use cunshi_model::{Calendar, HouseholdId, Micros};
use cunshi_runtime::{CallError, Caller};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde::Deserialize;
use serde_json::Map;

use self::texts::Texts;
use super::hours;
use super::people::{Cast, Place, chance_of};
use super::play::{Play, Thing, Thread, Who};
use super::script::Manner;
use super::tale::Times;
use crate::wire::House;

mod claims;
mod objections;
mod shop;
mod tale;
mod texts;
mod volunteers;

/// The module.
pub const POINTS: &str = "points";

/// What a village's table says of claims and deductions; empty where there are no points.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub struct Table(Vec<Row>);

/// An item of the table.
#[derive(Deserialize)]
struct Row {
    item: String,
    /// In points, as a decimal.
    points: String,
    per: Option<String>,
    /// At most so many points within a span.
    cap: Option<i64>,
    cap_span: Option<String>,
    how: String,
}

/// The table of every village of the cast, in its order.
pub async fn tables(house: &House, cast: &Cast) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for place in &cast.villages {
        let caller = Caller::visitor(place.space.id, Lang::Zh);
        tables.push(match house.runtime.query(&caller, POINTS, "table", Map::new()).await {
            Ok(rows) => serde_json::from_value(rows)?,
            Err(CallError::NotFound) => Table::default(),
            Err(error) => return Err(error.into()),
        });
    }
    Ok(tables)
}

impl Table {
    fn row(&self, item: &str, how: &str) -> Option<&Row> {
        self.0.iter().find(|row| row.item == item && row.how == how)
    }
}

impl Row {
    /// How often within a span of so many months it is worth claiming; none when as often as one likes.
    fn most(&self) -> Option<(i64, i8)> {
        let months = match self.cap_span.as_deref()? {
            "quarter" => 3,
            "year" => 12,
            _ => 1,
        };
        let whole: i64 = self.points.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(1);
        let times = if self.per.is_some() { 1 } else { self.cap? / whole.max(1) };
        Some((times.max(1), months))
    }
}

/// Writes what every village does for points.
pub fn write(
    play: &mut Play,
    chance: &mut StdRng,
    cast: &Cast,
    manners: &[Manner],
    tables: &[Table],
    calendar: &Calendar,
    times: &Times,
) -> Result<()> {
    let texts = Texts::read()?;
    for (village, ((place, manner), table)) in cast.villages.iter().zip(manners).zip(tables).enumerate() {
        if table.0.is_empty() {
            continue;
        }
        let (texts, manner, review_day) = (&texts, *manner, chance.random_range(0..5));
        let (counted, earners) = (HashMap::new(), Vec::new());
        let mut writer = Writer {
            play,
            texts,
            chance,
            calendar,
            place,
            village,
            manner,
            table,
            times,
            review_day,
            counted,
            earners,
            told: None,
        };
        let goods = writer.shelf();
        writer.story(&goods);
        writer.claims();
        writer.deductions();
        writer.activities();
        writer.redemptions(&goods);
    }
    Ok(())
}

/// A household, what was claimed for it, and the span: its year and number.
type Counted = (Option<HouseholdId>, String, (i16, i8));

/// Writes the points of one village.
struct Writer<'a> {
    play: &'a mut Play,
    texts: &'a Texts,
    chance: &'a mut StdRng,
    calendar: &'a Calendar,
    place: &'a Place,
    village: usize,
    manner: Manner,
    table: &'a Table,
    times: &'a Times,
    /// The weekday of the review group, from Monday: 0.
    review_day: i64,
    /// How often.
    counted: HashMap<Counted, i64>,
    /// Who earned something that may be redeemed, and by when.
    earners: Vec<(Micros, usize)>,
    /// The household that the village's story is about: chance does not spend its points.
    told: Option<HouseholdId>,
}

impl Writer<'_> {
    /// Chance within from and to.
    fn some(&mut self, (least, most): (usize, usize)) -> usize {
        self.chance.random_range(least..=most)
    }

    fn today(&self) -> LocalDay {
        local_day(self.times.now)
    }

    /// The day so many days ago.
    fn ago(&self, days: i64) -> LocalDay {
        hours::days_after(self.today(), -days)
    }

    /// The same, where more and more join in: the later the likelier.
    fn any_late_day(&mut self, after: i64) -> LocalDay {
        self.any_day(after).max(self.any_day(after))
    }

    /// A day since so many days after the beginning.
    fn any_day(&mut self, after: i64) -> LocalDay {
        let first = hours::days_after(local_day(self.times.beginning), after);
        let span = first.until(self.today()).map_or(1, |span| i64::from(span.get_days())).max(1);
        hours::days_after(first, self.chance.random_range(0..=span))
    }

    /// Villagers with a telephone who are not of a household, in any order.
    fn others(&mut self, but: Option<HouseholdId>) -> Vec<usize> {
        let all = 0..self.place.villagers.len();
        let mut others: Vec<usize> = all.filter(|n| self.place.speaks(*n) && self.place.household(*n) != but).collect();
        others.shuffle(self.chance);
        others
    }

    /// Any villager.
    fn anybody(&mut self) -> usize {
        self.chance.random_range(0..self.place.villagers.len())
    }

    /// Somebody of the office.
    fn officer(&mut self) -> Who {
        Who::Office(self.chance.random_range(0..self.place.office.len()))
    }

    /// The hand that does what a villager wants: their own, or the office's where they have no telephone; and when.
    fn hand(&mut self, villager: usize, at: Micros) -> (Who, Option<usize>, Micros) {
        if self.place.speaks(villager) {
            return (Who::Villager(villager), None, at);
        }
        let officer = self.officer();
        (officer, Some(villager), hours::next_office(self.chance, self.calendar, at))
    }

    fn percent(&mut self, percent: u32) -> bool {
        chance_of(self.chance, percent)
    }

    fn thread(&self) -> Thread {
        Play::thread(self.village)
    }

    fn thing(&mut self) -> Thing {
        self.play.thing()
    }
}
