//! What a step speaks of that has another id where it is done, or a code: asked for as people would look it up.

use anyhow::{Context, Result, anyhow};
use serde_json::{Map, Value, json};

use super::{Kept, Stage, told};
use crate::demo::people::{Person, Place};
use crate::demo::play::{Module, Part, Step, Who};

impl<'a> Stage<'a> {
    /// The value of a field that names a thing; none where there is nothing any more that could be meant.
    pub(super) async fn named(&mut self, step: &Step, part: Part) -> Result<Option<String>> {
        match part {
            Part::Copy(thing) if !self.copies.contains_key(&(thing, step.village)) => {
                let Some(copy) = self.copy(step).await? else {
                    // What has closed by then nobody signs up for.
                    anyhow::ensure!(step.module == Module::Jobs, "what was made known above is not here");
                    return Ok(None);
                };
                self.copies.insert((thing, step.village), copy);
            }
            Part::Code(thing) if step.module == Module::Services => {
                return Ok(Some(self.code(step, thing).await?));
            }
            // A question goes up by itself when its asker or the calendar says so.
            Part::Above(thing)
                if step.module == Module::Disclosure && self.things.get(thing).is_some_and(|t| t.above.is_none()) =>
            {
                let village = self.village(step)?;
                let town = self.cast.town_of(village).context("the village has no town")?;
                self.goes_up(step, village, town).await?;
            }
            _ => {}
        }
        self.part(part, step.village).map(Some)
    }

    /// What an office above has made known, as the village's office finds it on its own board.
    async fn copy(&mut self, step: &Step) -> Result<Option<String>> {
        let village = self.village(step)?;
        let officer = village.office.first().context("the village has no office")?;
        let thing =
            step.names.and_then(|(_, part)| self.things.get(super::thing_of(part))).cloned().unwrap_or_default();
        let (query, list, above) = match step.module {
            Module::Notices => ("notices", "notices", "/from_above"),
            _ => ("jobs", "jobs", "/office"),
        };
        for show in ["current", "past"] {
            let mut params = Map::from_iter([("limit".to_owned(), json!(50))]);
            if step.module == Module::Notices {
                params.insert("show".to_owned(), json!(show));
            }
            let found = self.look_up(village, officer, step.module, query, params).await?;
            let copies = found.get(list).and_then(Value::as_array).into_iter().flatten();
            let is_it = |one: &&Value| {
                let from_above = one.pointer(above).is_some_and(|from| from.is_string() || *from == json!(true));
                from_above && one.get("title").and_then(Value::as_str) == Some(thing.title.as_str())
            };
            if let Some(copy) = copies.into_iter().find(is_it) {
                return Ok(id(copy));
            }
        }
        Ok(None)
    }

    /// The code that a villager shows at the counter.
    async fn code(&mut self, step: &Step, thing: usize) -> Result<String> {
        let village = self.village(step)?;
        let Kept { here, whose, .. } = self.things.get(thing).cloned().unwrap_or_default();
        let asker = whose.and_then(|n| village.villagers.get(n)).context("nobody asked for it")?;
        let params = Map::from_iter([("id".to_owned(), json!(here))]);
        let found = self.look_up(village, asker, Module::Services, "request", params).await?;
        let code = found.pointer("/contents/code").and_then(Value::as_str);
        Ok(code.context("what is to be fetched has a code")?.to_owned())
    }

    /// Something arrives in the office above, where it gets an id of its own.
    pub(super) async fn goes_up(&mut self, step: &Step, village: &'a Place, town: &'a Place) -> Result<()> {
        self.house.runtime.work(village.space.id).await?;
        self.house.runtime.work(town.space.id).await?;
        let names = step.names.map(|(_, part)| super::thing_of(part));
        let about = names.and_then(|thing| self.things.get(thing)).cloned().unwrap_or_default();
        let district = self.cast.district.as_ref().filter(|_| matches!(about.by, Some(Who::District(_))));
        if let Some(district) = district {
            self.house.runtime.work(district.space.id).await?;
        }
        let place = district.unwrap_or(town);
        let officer = place.office.first().ok_or_else(|| anyhow!("there is no officer"))?;
        let (query, params) = match step.module {
            Module::Services => ("requests", json!({ "show": "work", "limit": 50 })),
            Module::Jobs => ("signups", json!({ "posting": about.here })),
            Module::Disclosure => ("asked", json!({ "limit": 50 })),
            _ => ("cases", json!({ "limit": 1 })),
        };
        let params = params.as_object().cloned().unwrap_or_default();
        let found = self.look_up(place, officer, step.module, query, params).await?;
        let id = match step.module {
            Module::Services => newest(&found, "requests", "asked_at", None),
            Module::Jobs => newest(&found, "signups", "at", Some(("village", village.space.name.as_str()))),
            Module::Disclosure => newest(&found, "questions", "asked_at", Some(("text", about.title.as_str()))),
            _ => found.pointer("/cases/0").and_then(id),
        };
        let id = id.context("it did not reach the office above")?;
        if let Some(thing) = step.makes.or(names).and_then(|thing| self.things.get_mut(thing)) {
            thing.above = Some(id);
        }
        Ok(())
    }

    /// What an office above answers arrives in the village.
    pub(super) async fn comes_down(&mut self, who: Who, village: &'a Place, town: &'a Place) -> Result<()> {
        if let (Who::District(_), Some(district)) = (who, &self.cast.district) {
            self.house.runtime.work(district.space.id).await?;
        }
        self.house.runtime.work(town.space.id).await?;
        self.house.runtime.work(village.space.id).await?;
        Ok(())
    }

    async fn look_up(
        &mut self,
        place: &Place,
        by: &Person,
        module: Module,
        query: &str,
        params: Map<String, Value>,
    ) -> Result<Value> {
        let caller = self.caller(place, by).await?;
        self.house.runtime.query(&caller, module.name(), query, params).await.map_err(told)
    }
}

fn id(of: &Value) -> Option<String> {
    of.get("id").and_then(Value::as_str).map(str::to_owned)
}

/// The newest of a list, of those where a field is as wanted.
fn newest(found: &Value, list: &str, by: &str, only: Option<(&str, &str)>) -> Option<String> {
    let all = found.get(list)?.as_array()?.iter();
    let wanted =
        all.filter(|one| only.is_none_or(|(field, value)| one.get(field).and_then(Value::as_str) == Some(value)));
    wanted.max_by_key(|one| one.get(by).and_then(Value::as_i64)).and_then(id)
}
