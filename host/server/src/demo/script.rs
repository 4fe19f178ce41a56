//! What happens in the demo, decided beforehand: for every village some cases ([`super::cases`]) and what earns and
//! costs points ([`super::points`]). How a village works ([`Manner`]) shows in its figures.

use anyhow::Result;
use cunshi_model::calendar::local_day;
use cunshi_model::{Calendar, Micros};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::matters::Bank;
use super::people::{Cast, Place};
use super::play::{Play, Thread};
use super::points::{self, Table};
use super::tale::{self, Times};

/// How a village works: chances in percent, numbers over the time of the demo from and to.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Accepts days late.
    pub accepts_late: u32,
    /// Closes past the deadline.
    pub closes_late: u32,
    /// Lets a case lie.
    pub forgets: u32,
    /// Five, four and three stars; what is left gives two or one.
    pub stars: [u32; 3],
    pub cases: (usize, usize),
    pub claims: (usize, usize),
    pub activities: (usize, usize),
    pub redeems: (usize, usize),
    /// Takes points away once.
    pub deducts: u32,
}

const BEST: Manner = Manner {
    accepts_late: 0,
    closes_late: 0,
    forgets: 0,
    stars: [90, 10, 0],
    cases: (16, 20),
    claims: (18, 24),
    activities: (3, 4),
    redeems: (9, 13),
    deducts: 20,
};
const GOOD: Manner = Manner {
    accepts_late: 3,
    closes_late: 4,
    forgets: 0,
    stars: [72, 24, 4],
    cases: (13, 18),
    claims: (12, 17),
    activities: (2, 3),
    redeems: (6, 10),
    deducts: 25,
};
const FAIR: Manner = Manner {
    accepts_late: 10,
    closes_late: 12,
    forgets: 3,
    stars: [50, 34, 13],
    cases: (9, 16),
    claims: (7, 12),
    activities: (1, 2),
    redeems: (4, 7),
    deducts: 15,
};
const SLOW: Manner = Manner {
    accepts_late: 28,
    closes_late: 32,
    forgets: 14,
    stars: [28, 34, 24],
    cases: (8, 13),
    claims: (3, 6),
    activities: (0, 1),
    redeems: (2, 4),
    deducts: 15,
};
const IDLE: Manner = Manner {
    accepts_late: 70,
    closes_late: 70,
    forgets: 45,
    stars: [8, 22, 35],
    cases: (8, 9),
    claims: (1, 1),
    activities: (0, 0),
    redeems: (1, 1),
    deducts: 0,
};

/// Villages whose manner is known from the stories told of them.
const TOLD: [(&str, Manner); 5] = [
    (tale::TIANFU, BEST),
    (tale::ZHAOSHI, GOOD),
    ("510303101210", GOOD), // 重滩村
    ("510303101214", SLOW), // 石岭村
    ("510303104201", FAIR), // 万坪村
];

/// Writes the whole play. What is said has its own chance, so that it is the same whatever the modules beside it do.
pub fn write(
    chances: [&mut StdRng; 2],
    cast: &Cast,
    tables: &[Table],
    calendar: &Calendar,
    times: &Times,
) -> Result<Play> {
    let bank = Bank::read()?;
    let mut play = Play::default();
    let [chance, luck] = chances;
    let manners = manners(chance, cast);
    for (village, (place, manner)) in cast.villages.iter().zip(&manners).enumerate() {
        let (manner, now) = (*manner, times.now);
        let mut writer = Writer { play: &mut play, bank: &bank, chance, calendar, place, village, manner, now };
        if place.space.code.as_str() == tale::TIANFU {
            tale::tianfu(&mut writer, times)?;
        } else {
            let count = writer.chance.random_range(manner.cases.0..=manner.cases.1);
            writer.cases(count, local_day(times.beginning), local_day(times.now))?;
        }
        if place.space.code.as_str() == tale::ZHAOSHI {
            tale::zhaoshi(&mut writer)?;
        }
    }
    points::write(&mut play, luck, cast, &manners, tables, calendar, times)?;
    play.until(times.now);
    Ok(play)
}

/// 7 work best, 13 well, 56 fairly, 17 slowly and one hardly at all, as the district's stars are spread.
fn manners(chance: &mut StdRng, cast: &Cast) -> Vec<Manner> {
    let told = |place: &Place| TOLD.iter().find(|(code, _)| *code == place.space.code.as_str()).map(|(_, told)| *told);
    let mut rest: Vec<Manner> = [(BEST, 6), (GOOD, 11), (FAIR, 55), (SLOW, 16), (IDLE, 1)]
        .into_iter()
        .flat_map(|(manner, count)| std::iter::repeat_n(manner, count))
        .collect();
    rest.shuffle(chance);
    let mut rest = rest.into_iter();
    cast.villages.iter().map(|place| told(place).or_else(|| rest.next()).unwrap_or(FAIR)).collect()
}

/// Writes the cases of one village.
pub struct Writer<'a> {
    pub play: &'a mut Play,
    pub bank: &'a Bank,
    pub chance: &'a mut StdRng,
    pub calendar: &'a Calendar,
    /// The people of the village.
    pub place: &'a Place,
    pub village: usize,
    pub manner: Manner,
    /// The present.
    pub now: Micros,
}

impl Writer<'_> {
    /// A new case of this village, to be written by hand and then kept.
    pub fn thread(&mut self) -> Thread {
        self.play.case(self.village)
    }

    /// Takes a case that is written.
    pub fn keep(&mut self, thread: Thread) {
        self.play.keep(thread);
    }
}

/// One of some texts.
pub fn one(chance: &mut StdRng, from: &[String]) -> String {
    if from.is_empty() {
        return String::new();
    }
    from.get(chance.random_range(0..from.len())).cloned().unwrap_or_default()
}
