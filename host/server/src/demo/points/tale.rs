//! What is told of the points of 天府社区 and 照石村: somebody who earned them in several ways, what was objected to,
//! taken away and put right in the past, and what lies on the village's desk today.

use super::super::hours::at;
use super::super::pictures::Picture;
use super::super::play::{Thing, Who};
use super::super::tale::{TIANFU, ZHAOSHI};
use super::Writer;
use super::claims::Entered;
use super::objections::Verdict;
use super::shop::Fate;
use super::volunteers::Company;

/// Whose story it is.
const HEROES: [(&str, &str); 2] = [(TIANFU, "林秀英"), (ZHAOSHI, "罗定安")];

/// What most tables have, for what has to be there.
const COMMON: &[&str] = &["public-work", "neighbour-help", "training", "suggestion"];

impl Writer<'_> {
    /// The story, where one is told.
    pub fn story(&mut self, goods: &[Thing]) {
        let code = self.place.space.code.as_str();
        let name = HEROES.iter().find(|(of, _)| *of == code).map(|(_, name)| *name);
        let hero = self.place.villagers.iter().position(|person| Some(person.name.as_str()) == name);
        let Some(hero) = hero else { return };
        self.told = self.place.household(hero);
        let neighbours = self.neighbours();
        let &[a, b, c, d, ..] = neighbours.as_slice() else { return };
        self.earned(hero);
        self.past([a, b, c, d]);
        self.today_on_the_desk(hero, [a, b, c, d]);
        self.together(hero, [a, b, c]);
        if let &[salt, soap, towel, ..] = goods {
            for (villager, days, hour, wish, fate) in [
                (hero, 21, 19, [soap, salt], Fate::Fetched),
                (a, 48, 12, [soap, salt], Fate::Left),
                (b, 12, 18, [soap, salt], Fate::Fetched),
                (c, 2, 20, [soap, salt], Fate::Left),
                (hero, 1, 19, [towel, soap], Fate::Left),
            ] {
                let day = self.ago(days);
                self.redemption(villager, at(day, hour, 12), wish, fate);
            }
        }
    }

    /// One with a telephone from each other household.
    fn neighbours(&self) -> Vec<usize> {
        let mut neighbours: Vec<usize> = Vec::new();
        for villager in 0..self.place.villagers.len() {
            let known = neighbours.iter().any(|known| self.place.household(*known) == self.place.household(villager));
            if self.place.speaks(villager) && !known && self.place.household(villager) != self.told {
                neighbours.push(villager);
            }
        }
        neighbours
    }

    /// Claims that were approved over the months.
    fn earned(&mut self, hero: usize) {
        for (days, items) in [
            (75, &["neighbour-help"][..]),
            (61, &["donation", "public-work"]),
            (58, &["training", "visit-old"]),
            (44, &["suggestion"]),
            (33, &["neighbour-help"]),
        ] {
            if let Some(mut claim) = self.told_claim(hero, items, days) {
                self.approved(&mut claim);
                self.play.keep(claim.way);
            }
        }
    }

    fn told_claim(&mut self, villager: usize, items: &[&str], days: i64) -> Option<Entered> {
        let (deed, day) = (self.deed(items)?, self.ago(days));
        self.counts(villager, deed, day);
        Some(self.claim(villager, deed, day, at(day, 19, 20)))
    }

    /// What went another way than planned.
    fn past(&mut self, [a, b, c, d]: [usize; 4]) {
        if let Some(mut claim) = self.told_claim(c, &["clean-yard", "old-care"], 110) {
            self.approved(&mut claim);
            self.play.keep(claim.way);
        }
        let day = self.ago(85);
        if let Some((mut entered, _)) = self.deduction(c, at(day, 10, 40)) {
            self.approved(&mut entered);
            self.play.keep(entered.way);
        }
        for (villager, days, verdict) in [(b, 80, Verdict::Upheld), (a, 64, Verdict::Dismissed)] {
            if let Some(mut claim) = self.told_claim(villager, COMMON, days) {
                self.approved(&mut claim);
                let then = self.within_publicity(claim.way.at);
                self.objected(&mut claim, then, Some(verdict));
                self.play.keep(claim.way);
            }
        }
        if let Some(mut claim) = self.told_claim(d, COMMON, 40) {
            self.declined(&mut claim);
            self.play.keep(claim.way);
        }
        if let Some(mut claim) = self.told_claim(c, COMMON, 30) {
            Self::taken_back(&mut claim, c);
            self.play.keep(claim.way);
        }
        for (villager, days, asked, agreed) in [(a, 95, 80, Some(79)), (b, 37, 1, None)] {
            if let Some(mut claim) = self.told_claim(villager, &["suggestion", "public-work"], days) {
                self.approved(&mut claim);
                let asked = at(self.ago(asked), 15, 10);
                let agreed = agreed.map(|days| at(self.ago(days), 10, 20));
                self.correction(&mut claim, asked, "同一条建议另一户也提过，按一半记。", agreed);
                self.play.keep(claim.way);
            }
        }
    }

    /// A claim that waits, one that half of the group has seen, one in its publicity period, one that was objected
    /// to, and a deduction on the board.
    fn today_on_the_desk(&mut self, hero: usize, [a, b, c, d]: [usize; 4]) {
        let yesterday = self.ago(1);
        if let Some(mut claim) = self.told_claim(a, COMMON, 1) {
            if let Some(subject) = self.deed(COMMON).and_then(|deed| deed.picture) {
                claim.way.with_photo(Picture { subject, after: true });
            }
            self.play.keep(claim.way);
        }
        if let Some(mut claim) = self.told_claim(b, COMMON, 2) {
            self.approve(&mut claim, at(yesterday, 10, 10), vec![Who::Office(0)]);
            self.play.keep(claim.way);
        }
        if let Some(mut claim) = self.told_claim(hero, &["neighbour-help"], 4) {
            let group = self.group(&claim);
            self.approve(&mut claim, at(yesterday, 9, 30), group);
            self.play.keep(claim.way);
        }
        if let Some(mut claim) = self.told_claim(c, COMMON, 6) {
            let group = self.group(&claim);
            self.approve(&mut claim, at(self.ago(2), 10, 0), group);
            self.objected(&mut claim, at(yesterday, 20, 10), None);
            self.play.keep(claim.way);
        }
        if let Some((mut entered, _)) = self.deduction(d, at(self.ago(5), 16, 0)) {
            let group = self.group(&entered);
            self.approve(&mut entered, at(yesterday, 10, 40), group);
            self.play.keep(entered.way);
        }
    }

    /// Two activities of the past, one of yesterday whose last hours are not confirmed, and one of the next week.
    fn together(&mut self, hero: usize, [a, b, c]: [usize; 3]) {
        for (activity, days, people, confirmed) in
            [(0, 47, [hero, a, b], 3), (2, 26, [hero, b, c], 3), (1, 1, [a, b, c], 2), (3, -7, [hero, a, b], 0)]
        {
            let texts = self.texts;
            let Some(activity) = texts.activities.get(activity) else { continue };
            let company = Company { people: &people, confirmed, sure: true };
            self.activity(activity, self.ago(days), &company);
        }
    }
}
