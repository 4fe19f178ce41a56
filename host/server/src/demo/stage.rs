//! Plays the script: each step through the same call as a person's, at its time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result, anyhow};
use cunshi_contract::Lang;
use cunshi_model::clock::{DAY, HOUR};
use cunshi_model::{Actor, ManualClock, Micros, PersonId, Roles, SpaceId, Via};
use cunshi_web::Web;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::people::{Cast, Person, Place};
use super::pictures::Picture;
use super::progress;
use super::script::{Play, Step, Who};
use crate::wire::House;
use crate::words::say;

/// The module whose actions are played.
const ISSUES: &str = "issues";

/// Rounds of [`cunshi_runtime::Runtime::work_all`] at one instant.
pub const ROUNDS: u32 = 20;

/// Plays every step. Between them events and jobs run as they do in life, at the times that matter: after
/// midnight where something is open, because deadlines end then, and at once where a case goes up or an answer
/// comes down.
pub async fn perform(house: &House, web: &Web, clock: &ManualClock, cast: &Cast, play: &Play) -> Result<()> {
    let mut stage = Stage {
        house,
        web,
        cast,
        cases: vec![Case::default(); play.cases],
        open: BTreeSet::new(),
        roles: HashMap::new(),
        pictures: BTreeMap::new(),
    };
    let mut night = play.steps.first().map_or(0, |step| next_night(step.at));
    for (done, step) in play.steps.iter().enumerate() {
        while night <= step.at {
            clock.set(night);
            stage.night().await?;
            night += DAY;
        }
        clock.set(step.at);
        let place = stage.village(step)?;
        stage.play(step).await.with_context(|| {
            let title = step.fields.get("title").and_then(Value::as_str).unwrap_or_default();
            format!("{} {}: {} {title}", place.space.code, place.space.name, step.action)
        })?;
        progress(&say("村里的事", "what happened"), done, play.steps.len());
    }
    Ok(())
}

/// Half past midnight in China: deadlines end at midnight.
fn next_night(after: Micros) -> Micros {
    let offset = 8 * HOUR - HOUR / 2;
    (after + offset).div_euclid(DAY) * DAY + DAY - offset
}

/// A case's ids in the village and, once referred, in the town.
#[derive(Clone, Default)]
struct Case {
    here: Option<String>,
    above: Option<String>,
}

struct Stage<'a> {
    house: &'a House,
    web: &'a Web,
    cast: &'a Cast,
    cases: Vec<Case>,
    /// Villages and their cases that wait for somebody.
    open: BTreeSet<(usize, usize)>,
    roles: HashMap<(SpaceId, PersonId), Roles>,
    pictures: BTreeMap<Picture, Vec<u8>>,
}

impl<'a> Stage<'a> {
    async fn play(&mut self, step: &Step) -> Result<()> {
        let village = self.village(step)?;
        let town = self.cast.town_of(village).ok_or_else(|| anyhow!("the village has no town"))?;
        let (place, person) = Self::actor(step, village, town)?;
        let mut fields = step.fields.clone();
        if step.action != "report" {
            let case = self.cases.get(step.case).cloned().unwrap_or_default();
            let id = if matches!(step.who, Who::Town(_)) { case.above } else { case.here };
            fields.insert("case".to_owned(), json!(id.ok_or_else(|| anyhow!("the case is not there yet"))?));
        }
        if let Some(other) = step.on_behalf.and_then(|n| village.villagers.get(n)) {
            fields.insert("on_behalf_of".to_owned(), json!(other.id.to_string()));
        }
        if let Some(picture) = step.picture {
            let photo = self.photo(place.space.id, person.id, picture).await?;
            fields.insert("photos".to_owned(), json!([photo]));
        }
        let caller = self.caller(place, person).await?;
        let acted = self.house.runtime.act(&caller, ISSUES, step.action, fields, None).await.map_err(told)?;
        if step.action == "report" {
            let id = acted.outcome.result.get("id").and_then(Value::as_str).context("a report answers its id")?;
            if let Some(case) = self.cases.get_mut(step.case) {
                case.here = Some(id.to_owned());
            }
        }
        match (step.action, step.who) {
            ("report", _) => drop(self.open.insert((step.village, step.case))),
            ("close" | "decline", Who::Office(_)) => drop(self.open.remove(&(step.village, step.case))),
            ("rate", _) if step.fields.get("solved").is_some_and(|solved| solved == "no") => {
                self.open.insert((step.village, step.case));
            }
            _ => {}
        }
        if step.action == "refer" {
            self.goes_up(step, village, town).await?;
        } else if matches!(step.who, Who::Town(_)) {
            self.house.runtime.work(town.space.id).await?;
            self.house.runtime.work(village.space.id).await?;
        }
        Ok(())
    }

    /// Jobs mark what is overdue in the villages that have something open; the towns hear of it.
    async fn night(&self) -> Result<()> {
        let busy: BTreeSet<usize> = self.open.iter().map(|(village, _)| *village).collect();
        let villages = busy.iter().filter_map(|village| self.cast.villages.get(*village));
        self.work(villages).await?;
        self.work(&self.cast.towns).await
    }

    async fn work(&self, places: impl IntoIterator<Item = &Place>) -> Result<()> {
        let mut tasks = JoinSet::new();
        for place in places {
            let (runtime, space) = (self.house.runtime.clone(), place.space.id);
            tasks.spawn(async move { runtime.work(space).await });
        }
        while let Some(worked) = tasks.join_next().await {
            worked?.map_err(told)?;
        }
        Ok(())
    }

    /// The case arrives in the town, where it gets an id of its own.
    async fn goes_up(&mut self, step: &Step, village: &'a Place, town: &'a Place) -> Result<()> {
        self.house.runtime.work(village.space.id).await?;
        self.house.runtime.work(town.space.id).await?;
        let officer = town.office.first().ok_or_else(|| anyhow!("the town has no officer"))?;
        let caller = self.caller(town, officer).await?;
        let newest = Map::from_iter([("limit".to_owned(), json!(1))]);
        let found = self.house.runtime.query(&caller, ISSUES, "cases", newest).await?;
        let id = found.pointer("/cases/0/id").and_then(Value::as_str).context("the case did not reach the town")?;
        if let Some(case) = self.cases.get_mut(step.case) {
            case.above = Some(id.to_owned());
        }
        Ok(())
    }

    async fn photo(&mut self, space: SpaceId, by: PersonId, picture: Picture) -> Result<String> {
        let bytes = match self.pictures.get(&picture) {
            Some(bytes) => bytes.clone(),
            None => self.pictures.entry(picture).or_insert(picture.draw()?).clone(),
        };
        Ok(self.web.put_file(space, by, picture.name(), bytes).await?.to_string())
    }

    async fn caller(&mut self, place: &Place, person: &Person) -> Result<cunshi_runtime::Caller> {
        let key = (place.space.id, person.id);
        let roles = if let Some(roles) = self.roles.get(&key) {
            *roles
        } else {
            let standing = self.house.store.standing(person.id, place.space.id).await?;
            *self.roles.entry(key).or_insert(standing.roles)
        };
        Ok(cunshi_runtime::Caller {
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

    fn actor(step: &Step, village: &'a Place, town: &'a Place) -> Result<(&'a Place, &'a Person)> {
        let (place, person) = match step.who {
            Who::Villager(n) => (village, village.villagers.get(n)),
            Who::Office(n) => (village, village.office.get(n)),
            Who::Town(n) => (town, town.office.get(n)),
        };
        Ok((place, person.ok_or_else(|| anyhow!("nobody is there to do it"))?))
    }
}

/// A refused call with the detail that its author would see.
fn told(error: cunshi_runtime::CallError) -> anyhow::Error {
    match error {
        cunshi_runtime::CallError::Invalid(fields) => {
            let fields: Vec<_> =
                fields.into_iter().map(|field| format!("{}: {}", field.field, field.message)).collect();
            anyhow!("{}", fields.join("; "))
        }
        cunshi_runtime::CallError::Failed(failure) => anyhow!("{}", failure.detail),
        cunshi_runtime::CallError::Stopped(stopped) => anyhow!("{}", stopped.detail),
        other => other.into(),
    }
}
