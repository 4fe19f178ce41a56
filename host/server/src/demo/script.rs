//! What happens in the demo, decided beforehand: for every village some cases ([`super::cases`]) and what earns and
//! costs points ([`super::points`]). How a village works ([`Manner`]) shows in its figures.

use anyhow::Result;
use cunshi_model::calendar::local_day;
use cunshi_model::{Calendar, Micros};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::desk::Office;
use super::matters::Bank;
use super::people::{Cast, Place};
use super::play::{Module, Play, Thread};
use super::points::{self, Table};
use super::tale::{self, Times};
use super::{diaries, disclosure, jobs, notices, profile, services};

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
    pub notices: (usize, usize),
    /// Villagers who say that they know of what matters.
    pub knows: u32,
    pub jobs: (usize, usize),
    pub services: (usize, usize),
    /// Households that a cadre visits in a month.
    pub visits: (usize, usize),
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
    notices: (9, 11),
    knows: 85,
    jobs: (4, 5),
    services: (10, 13),
    visits: (7, 9),
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
    notices: (7, 9),
    knows: 72,
    jobs: (3, 4),
    services: (8, 10),
    visits: (5, 7),
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
    notices: (4, 6),
    knows: 55,
    jobs: (2, 3),
    services: (5, 7),
    visits: (3, 5),
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
    notices: (2, 3),
    knows: 35,
    jobs: (1, 2),
    services: (3, 5),
    visits: (1, 2),
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
    notices: (1, 1),
    knows: 15,
    jobs: (1, 1),
    services: (2, 2),
    visits: (0, 1),
};

/// Villages whose manner is known from the stories told of them.
const TOLD: [(&str, Manner); 5] = [
    (tale::TIANFU, BEST),
    (tale::ZHAOSHI, GOOD),
    (tale::CHONGTAN, GOOD),
    ("510303101214", SLOW), // 石岭村
    ("510303104201", FAIR), // 万坪村
];

/// Writes the whole play. Each module has its own chance, so that what is said in one is the same whatever the others
/// do; those that are not installed are left out.
pub fn write(
    chances: [&mut StdRng; 2],
    others: &mut [(Module, StdRng)],
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
    for (module, chance) in others {
        let (play, manners, module) = (&mut play, manners.as_slice(), *module);
        let office = Office { play, chance, calendar, cast, manners, times, module };
        match module {
            Module::Notices => notices::write(office)?,
            Module::Jobs => jobs::write(office)?,
            Module::Services => services::write(office)?,
            Module::Diaries => diaries::write(office)?,
            Module::Disclosure => disclosure::write(office)?,
            Module::Profile => profile::write(office)?,
            Module::Issues | Module::Points => {}
        }
    }
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
