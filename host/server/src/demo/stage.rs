//! Plays the script: each step through the same call as a person's, at its time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result, anyhow};
use cunshi_contract::Lang;
use cunshi_model::{Actor, ManualClock, Micros, PersonId, Roles, SpaceId, Via};
use cunshi_runtime::{CallError, Caller};
use cunshi_web::Web;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::people::{Cast, Person, Place};
use super::pictures::Picture;
use super::play::{Module, Part, Play, Step, Thing, Who};
use super::progress;
use super::visits::{Reason, Spot, Visits};
use crate::wire::House;
use crate::words::say;

mod found;
mod inboxes;
mod note;

/// Rounds of [`cunshi_runtime::Runtime::work_all`] at one instant.
pub const ROUNDS: u32 = 20;

/// Plays every step, up to an instant. Between them events and jobs run as they do in life, where something is
/// known to wait for them ([`Visits`]), and at once where a case goes up or an answer comes down.
pub async fn perform(
    house: &House,
    web: &Web,
    clock: &ManualClock,
    cast: &Cast,
    play: &Play,
    until: Micros,
) -> Result<()> {
    let mut stage = Stage {
        house,
        web,
        clock,
        cast,
        things: vec![Kept::default(); play.things],
        copies: HashMap::new(),
        visits: Visits::default(),
        roles: HashMap::new(),
        pictures: BTreeMap::new(),
    };
    stage.visits.at_quarters(house.clock.now(), until, cast.villages.len());
    stage.visits.a_week_into_months(house.clock.now(), until, cast.villages.len());
    let mut unread = Some(until - inboxes::UNREAD);
    for (done, step) in play.steps.iter().enumerate() {
        stage.look_after(step.at).await?;
        clock.set(step.at);
        if unread.take_if(|at| *at <= step.at).is_some() {
            inboxes::read(house, step.at).await?;
        }
        let place = stage.village(step)?;
        stage.play(step).await.with_context(|| {
            let what = ["title", "item", "text"].into_iter().find_map(|name| step.fields.get(name));
            let what = what.and_then(Value::as_str).unwrap_or_default();
            format!("{} {}: {} {what}", place.space.code, place.space.name, step.action)
        })?;
        progress(&say("村里的事", "what happened"), done, play.steps.len());
    }
    stage.look_after(until).await
}

/// What is known of a thing: as much as those see who act on it.
#[derive(Clone, Default)]
struct Kept {
    /// Its id in the village and, once it was referred, in the town.
    here: Option<String>,
    above: Option<String>,
    code: Option<String>,
    state: String,
    /// What it is called, and who made it.
    title: String,
    by: Option<Who>,
    /// The villager whose it is, where that matters.
    whose: Option<usize>,
    /// Until when it waits, in the village and in the town.
    waits: Option<Micros>,
    waits_above: Option<Micros>,
    /// The village said no when it was to be made, or somebody left it.
    refused: bool,
}

struct Stage<'a> {
    house: &'a House,
    web: &'a Web,
    clock: &'a ManualClock,
    cast: &'a Cast,
    things: Vec<Kept>,
    /// Copies of what offices above have made known, by the village.
    copies: HashMap<(Thing, usize), String>,
    visits: Visits,
    roles: HashMap<(SpaceId, PersonId), Roles>,
    pictures: BTreeMap<Picture, Vec<u8>>,
}

impl<'a> Stage<'a> {
    async fn play(&mut self, step: &Step) -> Result<()> {
        if !self.goes_on(step) {
            self.refuse(step);
            return Ok(());
        }
        let village = self.village(step)?;
        let town = self.cast.town_of(village).ok_or_else(|| anyhow!("the village has no town"))?;
        let (place, person) = actor(step, village, town, self.cast.district.as_ref())?;
        let mut fields = step.fields.clone();
        if let Some((name, part)) = step.names {
            let Some(part) = self.named(step, part).await? else {
                self.refuse(step);
                return Ok(());
            };
            fields.insert(name.to_owned(), json!(part));
        }
        if let Some(other) = step.on_behalf.and_then(|n| village.villagers.get(n)) {
            fields.insert("on_behalf_of".to_owned(), json!(other.id.to_string()));
        }
        if !step.pictures.is_empty() {
            let mut photos = Vec::new();
            for picture in &step.pictures {
                photos.push(self.photo(place.space.id, person.id, *picture).await?);
            }
            let field = if step.action == "finish" { "files" } else { "photos" };
            fields.insert(field.to_owned(), json!(photos));
        }
        let caller = self.caller(place, person).await?;
        let module = step.module.name();
        let mut acted = self.house.runtime.act(&caller, module, step.action, fields.clone(), None).await;
        if let (Err(CallError::Conflict(_)), Some((name, _)), Some(other)) = (&acted, step.names, step.instead) {
            fields.insert(name.to_owned(), json!(self.part(other, step.village)?));
            acted = self.house.runtime.act(&caller, module, step.action, fields, None).await;
        }
        match acted {
            // The village's rule gives nothing for it, or the points are too few: they were told why. Only what is asked
            // for may be refused; what acts on something that is there has to succeed.
            Err(CallError::Conflict(_)) if step.module == Module::Points && step.makes.is_some() => self.refuse(step),
            // Somebody else was hired meanwhile.
            Err(CallError::Conflict(_)) if step.module == Module::Jobs => self.refuse(step),
            acted => self.note(step, &acted.map_err(told)?.outcome.result)?,
        }
        match (step.action, step.names) {
            ("refer" | "pass-up", _) | ("sign-up", Some((_, Part::Copy(_)))) => self.goes_up(step, village, town).await,
            (_, Some((_, Part::Above(_)))) => self.comes_down(step.who, village, town).await,
            _ => Ok(()),
        }
    }

    /// Whether a step still makes sense after what became of those before it.
    fn goes_on(&self, step: &Step) -> bool {
        let named = step.names.and_then(|(_, part)| self.things.get(thing_of(part)));
        let only = step.only.and_then(|(thing, states)| Some((self.things.get(thing)?, states)));
        // Whoever comes too late finds that it has lapsed.
        let late = step.module == Module::Points
            && matches!(step.names, Some((_, Part::Code(_))))
            && named.and_then(|thing| thing.waits).is_none_or(|until| until <= step.at);
        !late
            && !named.is_some_and(|thing| thing.refused)
            && only.is_none_or(|(thing, states)| states.contains(&thing.state.as_str()))
    }

    fn refuse(&mut self, step: &Step) {
        if let Some(thing) = step.makes.and_then(|thing| self.things.get_mut(thing)) {
            thing.refused = true;
        }
    }

    fn part(&self, part: Part, village: usize) -> Result<String> {
        let thing = self.things.get(thing_of(part));
        let found = thing.and_then(|thing| match part {
            Part::Id(_) => thing.here.clone(),
            Part::Above(_) => thing.above.clone(),
            Part::Code(_) => thing.code.clone(),
            Part::Copy(thing) => self.copies.get(&(thing, village)).cloned(),
        });
        found.ok_or_else(|| anyhow!("what is spoken of is not there yet"))
    }

    /// Makes the visits that fall up to an instant. A town is looked after where one of its villages tells it
    /// something.
    async fn look_after(&mut self, until: Micros) -> Result<()> {
        while let Some((at, planned)) = self.visits.next(until) {
            self.clock.set(at);
            let late = |thing: Thing, waits: fn(&Kept) -> Option<Micros>| {
                self.things.get(thing).and_then(waits).is_some_and(|due| due < at)
            };
            let held = |reason: &Reason| match *reason {
                Reason::Anyway => true,
                Reason::Waits(thing) => late(thing, |kept| kept.waits),
                Reason::WaitsAbove(thing) => late(thing, |kept| kept.waits_above),
            };
            let spots: BTreeSet<Spot> =
                planned.iter().filter(|(_, reason)| held(reason)).map(|(spot, _)| *spot).collect();
            let (mut villages, mut towns, mut above) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
            let mut all = false;
            for spot in spots {
                match spot {
                    Spot::Village(village) => drop(villages.insert(village)),
                    Spot::Town(town) => drop(towns.insert(town)),
                    Spot::Below(town) => drop(above.insert(town)),
                    Spot::All => all = true,
                }
            }
            // What is told from above is heard below at once.
            if all {
                self.work(self.cast.district.iter().collect()).await?;
                above.extend(0..self.cast.towns.len());
            }
            self.work(above.iter().filter_map(|n| self.cast.towns.get(*n)).collect()).await?;
            let below = |place: &Place| self.cast.town_at(place).is_some_and(|town| above.contains(&town));
            villages.extend((0..self.cast.villages.len()).filter(|n| self.cast.villages.get(*n).is_some_and(below)));
            let villages: Vec<&Place> = villages.iter().filter_map(|n| self.cast.villages.get(*n)).collect();
            let told = self.work(villages).await?;
            towns.extend(
                self.cast.villages.iter().filter(|v| told.contains(&v.space.id)).filter_map(|v| self.cast.town_at(v)),
            );
            let told = self.work(towns.iter().filter_map(|n| self.cast.towns.get(*n)).collect()).await?;
            if !told.is_empty() {
                self.work(self.cast.district.iter().collect()).await?;
            }
        }
        Ok(())
    }

    /// Works in some spaces at once; those that told another space something.
    async fn work(&self, places: Vec<&Place>) -> Result<BTreeSet<SpaceId>> {
        let mut tasks = JoinSet::new();
        for place in places {
            let (runtime, space) = (self.house.runtime.clone(), place.space.id);
            tasks.spawn(async move { runtime.work(space).await.map(|worked| (space, worked.carried > 0)) });
        }
        let mut carried = BTreeSet::new();
        while let Some(worked) = tasks.join_next().await {
            let (space, has) = worked?.map_err(told)?;
            if has {
                carried.insert(space);
            }
        }
        Ok(carried)
    }

    async fn photo(&mut self, space: SpaceId, by: PersonId, picture: Picture) -> Result<String> {
        let bytes = match self.pictures.get(&picture) {
            Some(bytes) => bytes.clone(),
            None => self.pictures.entry(picture).or_insert(picture.draw()?).clone(),
        };
        Ok(self.web.put_file(space, by, picture.name(), bytes).await?.to_string())
    }

    async fn caller(&mut self, place: &Place, person: &Person) -> Result<Caller> {
        let key = (place.space.id, person.id);
        let roles = if let Some(roles) = self.roles.get(&key) {
            *roles
        } else {
            let standing = self.house.store.standing(person.id, place.space.id).await?;
            *self.roles.entry(key).or_insert(standing.roles)
        };
        Ok(Caller {
            space: place.space.id,
            actor: Some(Actor { person: person.id, via: Via::Web, on_behalf_of: None }),
            name: person.name.clone(),
            household: person.household,
            roles,
            lang: Lang::Zh,
        })
    }

    fn village(&self, step: &Step) -> Result<&'a Place> {
        self.cast.villages.get(step.village).ok_or_else(|| anyhow!("the village is not there"))
    }
}

fn thing_of(part: Part) -> Thing {
    let (Part::Id(thing) | Part::Above(thing) | Part::Copy(thing) | Part::Code(thing)) = part;
    thing
}

fn actor<'a>(
    step: &Step,
    village: &'a Place,
    town: &'a Place,
    district: Option<&'a Place>,
) -> Result<(&'a Place, &'a Person)> {
    let district = || district.ok_or_else(|| anyhow!("there is no district"));
    let (place, person) = match step.who {
        Who::Villager(n) => (village, village.villagers.get(n)),
        Who::Office(n) => (village, village.office.get(n)),
        Who::Overseer => (village, village.overseer.as_ref()),
        Who::Admin => (village, village.admin.as_ref()),
        Who::Town(n) => (town, town.office.get(n)),
        Who::District(n) => (district()?, district()?.office.get(n)),
    };
    Ok((place, person.ok_or_else(|| anyhow!("nobody is there to do it"))?))
}

/// A refused call with the detail that its author would see.
fn told(error: CallError) -> anyhow::Error {
    match error {
        CallError::Invalid(fields) => {
            let fields: Vec<_> =
                fields.into_iter().map(|field| format!("{}: {}", field.field, field.message)).collect();
            anyhow!("{}", fields.join("; "))
        }
        CallError::Failed(failure) => anyhow!("{}", failure.detail),
        CallError::Stopped(stopped) => anyhow!("{}", stopped.detail),
        other => other.into(),
    }
}
