//! Everybody who lives and works in the demo's district, made through the same functions as the console's.

use anyhow::Result;
use cunshi_model::{HouseholdId, Member, Micros, PersonId, Role, Space, SpaceKind};
use cunshi_store::{NewAccount, SpaceStore};
use cunshi_web::{PasswordCost, hash_password};
use rand::RngExt;
use rand::rngs::StdRng;

use super::names::{self, Age};
use super::{KNOWN, PASSWORD, progress};
use crate::wire::House;
use crate::words::say;

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub household: Option<HouseholdId>,
    /// Signs in by telephone; without, a cadre speaks for them.
    pub phone: bool,
    pub age: Age,
}

/// The people of one space.
#[derive(Clone, Debug)]
pub struct Place {
    pub space: Space,
    /// The groups in which somebody lives.
    pub groups: Vec<&'static str>,
    pub villagers: Vec<Person>,
    /// Cadres of a village, officers of a town or the district.
    pub office: Vec<Person>,
    /// Who sees that all is right, and has no household here. None in towns.
    pub overseer: Option<Person>,
    pub admin: Option<Person>,
}

/// Everybody who has a part in the play.
pub struct Cast {
    pub district: Option<Place>,
    pub towns: Vec<Place>,
    pub villages: Vec<Place>,
}

/// Groups of a village (村民小组).
pub const GROUPS: [&str; 8] = ["一组", "二组", "三组", "四组", "五组", "六组", "七组", "八组"];

/// Makes households, accounts and grants in every space.
pub async fn settle(house: &House, chance: &mut StdRng, now: Micros) -> Result<Cast> {
    let tree = house.store.district().tree();
    let mut maker = Maker { house, now, hash: hash_password(PASSWORD, PasswordCost::DEMO)?, next: 0 };
    let (mut district, mut towns, mut villages) = (None, Vec::new(), Vec::new());
    for (done, space) in tree.all().iter().enumerate() {
        progress(&say("村民和干部", "people"), done, tree.all().len());
        match space.kind {
            SpaceKind::District => district = Some(maker.office(chance, space, 1).await?),
            SpaceKind::Town => towns.push(maker.office(chance, space, 2).await?),
            SpaceKind::Village | SpaceKind::Community => villages.push(maker.village(chance, space).await?),
        }
    }
    Ok(Cast { district, towns, villages })
}

struct Maker<'a> {
    house: &'a House,
    now: Micros,
    /// One hash for every demo account: real accounts each have their own, and cost far more.
    hash: String,
    next: u32,
}

impl Maker<'_> {
    async fn office(&mut self, chance: &mut StdRng, space: &Space, officers: usize) -> Result<Place> {
        let store = self.house.store.space(space.id).await?;
        let mut office = Vec::new();
        for n in 0..officers {
            let known = KNOWN.iter().filter(|known| known.space == space.code.as_str()).nth(n);
            let made = names::full_of(chance, Age::Middle);
            let name = known.map_or(made.as_str(), |known| known.name);
            let phone = known.map(|known| known.phone.to_owned()).or_else(|| Some(self.phone()));
            let person = self.person(&store, name, phone, None, Age::Middle).await?;
            store.grant(person.id, Role::Officer, true, None, self.now).await?;
            office.push(person);
        }
        Ok(Place {
            space: space.clone(),
            groups: Vec::new(),
            villagers: Vec::new(),
            office,
            overseer: None,
            admin: None,
        })
    }

    async fn village(&mut self, chance: &mut StdRng, space: &Space) -> Result<Place> {
        let store = self.house.store.space(space.id).await?;
        let (mut groups, mut villagers) = (Vec::new(), Vec::new());
        let here = || KNOWN.iter().filter(|known| known.space == space.code.as_str());
        let mut taken: Vec<String> = here().map(|known| known.name.to_owned()).collect();
        let mut unlike = |name: String| {
            let name = names::unlike(&taken, name);
            taken.push(name.clone());
            name
        };
        let mut known = here().filter(|known| known.role == Role::Member);
        for _ in 0..6 {
            let surname = names::surname(chance);
            let group = names::pick(chance, &GROUPS);
            groups.push(group);
            let (famous, woman) = (known.next(), chance_of(chance, 30));
            let head = match famous {
                Some(known) => known.name.to_owned(),
                None => unlike(names::full(chance, surname, Age::Middle, woman)),
            };
            let household = store.put_household(None, &head, Some(group), self.now).await?;
            let phone = famous.map(|known| known.phone.to_owned()).or_else(|| Some(self.phone()));
            villagers.push(self.person(&store, &head, phone, Some(household), Age::Middle).await?);
            let surname: String = head.chars().take(1).collect();
            for age in [Age::Old, Age::Young] {
                if villagers.len() >= 12 || !chance_of(chance, 60) {
                    continue;
                }
                let woman = chance_of(chance, 50);
                let name = unlike(names::full(chance, &surname, age, woman));
                // Half of the old have no phone: the cadre enters what they say.
                let phone = (age == Age::Young || chance_of(chance, 50)).then(|| self.phone());
                villagers.push(self.person(&store, &name, phone, Some(household), age).await?);
            }
        }
        // Every village has somebody without a phone, for whom a cadre speaks.
        if villagers.iter().all(|person| person.phone)
            && let Some(household) = villagers.last().and_then(|person| person.household)
        {
            let name = unlike(names::full_of(chance, Age::Old));
            villagers.push(self.person(&store, &name, None, Some(household), Age::Old).await?);
        }
        let (office, overseer, admin) = (Vec::new(), None, None);
        let mut place = Place { space: space.clone(), groups, villagers, office, overseer, admin };
        for (n, role) in [Role::Cadre, Role::Cadre, Role::Supervisor, Role::Admin].into_iter().enumerate() {
            let known = here().find(|known| known.role == role && !(role == Role::Cadre && n > 0));
            let made = names::full_of(chance, Age::Middle);
            let name = known.map_or_else(|| unlike(made), |known| known.name.to_owned());
            let phone = known.map(|known| known.phone.to_owned()).or_else(|| Some(self.phone()));
            let person = self.person(&store, &name, phone, None, Age::Middle).await?;
            store.grant(person.id, role, false, None, self.now).await?;
            match role {
                Role::Cadre => place.office.push(person),
                Role::Supervisor => place.overseer = Some(person),
                _ => place.admin = Some(person),
            }
        }
        if let Some(delegate) = place.delegate().and_then(|n| place.villagers.get(n)) {
            store.grant(delegate.id, Role::Supervisor, false, None, self.now).await?;
        }
        Ok(place)
    }

    async fn person(
        &mut self,
        store: &SpaceStore,
        name: &str,
        phone: Option<String>,
        household: Option<HouseholdId>,
        age: Age,
    ) -> Result<Person> {
        let password_hash = phone.is_some().then(|| self.hash.clone());
        let account = NewAccount { person: None, name: name.to_owned(), phone: phone.clone(), password_hash };
        let id = self.house.store.district().create_account(account).await?;
        let member = Member { person: id, name: name.to_owned(), household, phone: phone.clone(), roles: Vec::new() };
        store.put_member(&member, None, self.now).await?;
        if household.is_some() {
            store.grant(id, Role::Member, false, None, self.now).await?;
        }
        Ok(Person { id, name: name.to_owned(), household, phone: phone.is_some(), age })
    }

    /// 199 0001 0000 and on: plain to see that nobody has them.
    fn phone(&mut self) -> String {
        self.next += 1;
        format!("1990001{:04}", self.next)
    }
}

/// True in so many of a hundred.
pub fn chance_of(chance: &mut StdRng, percent: u32) -> bool {
    chance.random_range(0..100) < percent
}

impl Place {
    /// Whether a villager has a telephone to say it with.
    pub fn speaks(&self, villager: usize) -> bool {
        self.villagers.get(villager).is_some_and(|person| person.phone)
    }

    /// The household of a villager.
    pub fn household(&self, villager: usize) -> Option<HouseholdId> {
        self.villagers.get(villager).and_then(|person| person.household)
    }

    /// The villager, by their place in the list, who sits in the supervision committee too: the head of the second
    /// household.
    pub fn delegate(&self) -> Option<usize> {
        let first = self.villagers.first()?.household;
        self.villagers.iter().position(|person| person.phone && person.household != first)
    }
}

impl Cast {
    /// The town above a village.
    pub fn town_of(&self, village: &Place) -> Option<&Place> {
        self.towns.get(self.town_at(village)?)
    }

    /// Its place in the list.
    pub fn town_at(&self, village: &Place) -> Option<usize> {
        self.towns.iter().position(|town| Some(town.space.id) == village.space.parent)
    }
}
