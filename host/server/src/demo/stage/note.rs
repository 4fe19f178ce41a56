//! What is kept of the answer to a step, and the visits that follow from it.

use anyhow::{Context, Result};
use cunshi_model::calendar::start_of;
use cunshi_model::clock::{DAY, HOUR};
use serde_json::Value;

use super::{Stage, thing_of};
use crate::demo::play::{Module, Step, Thing, Who};
use crate::demo::visits::{Reason, Spot};

impl Stage<'_> {
    /// Keeps what a step was answered, and plans the visits that follow from it.
    pub(super) fn note(&mut self, step: &Step, result: &Value) -> Result<()> {
        let text = |name: &str| result.get(name).and_then(Value::as_str).map(str::to_owned);
        if (step.module, step.action) == (Module::Disclosure, "send-calendar") {
            self.visits.after(step.at, Spot::All, Reason::Anyway);
        }
        let Some(number) = step.makes.or(step.names.map(|(_, part)| thing_of(part))) else { return Ok(()) };
        let thing = self.things.get_mut(number).context("there is no room for what a step makes")?;
        if step.makes.is_some() {
            thing.here = Some(text("id").context("what is made has an id")?);
            thing.code = text("code");
            let title = ["title", "text"].into_iter().find_map(|name| step.fields.get(name)?.as_str());
            title.unwrap_or_default().clone_into(&mut thing.title);
            thing.by = Some(step.who);
            thing.whose = step.on_behalf.or(match step.who {
                Who::Villager(villager) => Some(villager),
                _ => None,
            });
        }
        // A report about a posting says nothing of the posting's state.
        if let Some(state) = text("state") {
            thing.state = state;
        }
        self.plan(step, number, result)
    }

    /// Plans the visits that follow from what a step did to a thing.
    fn plan(&mut self, step: &Step, number: Thing, result: &Value) -> Result<()> {
        let time = |name: &str| result.get(name).and_then(Value::as_i64);
        let thing = self.things.get_mut(number).context("a step speaks of a thing")?;
        let (now, spot) = (step.at, Spot::Village(step.village));
        match (step.module, step.action, step.who) {
            (Module::Issues, "close", Who::Town(_)) => thing.waits_above = None,
            (Module::Issues, _, Who::Town(_)) => {
                thing.waits_above = time("due_at");
                let town = self.cast.villages.get(step.village).and_then(|village| self.cast.town_at(village));
                if let (Some(due), Some(town)) = (thing.waits_above, town) {
                    self.visits.after(due, Spot::Town(town), Reason::WaitsAbove(number));
                }
            }
            (Module::Issues, "close" | "decline", _) => {
                // The town hears that what was late is settled.
                if thing.waits.take().is_some_and(|due| due < now) {
                    self.visits.after(now, spot, Reason::Anyway);
                }
            }
            (Module::Issues, action, _) => {
                let again = step.fields.get("solved").is_some_and(|solved| solved == "no");
                if again || ["report", "accept", "extend"].contains(&action) {
                    thing.waits = time("due_at");
                    if let Some(due) = thing.waits {
                        self.visits.after(due, spot, Reason::Waits(number));
                    }
                }
                // What is heard of it earns points.
                if ["accept", "rate"].contains(&action) {
                    self.visits.after(now, spot, Reason::Anyway);
                }
            }
            (Module::Points, "redeem", _) => {
                thing.waits = time("until");
                if let Some(until) = thing.waits {
                    self.visits.after(until, spot, Reason::Waits(number));
                }
            }
            (Module::Points, "hand-out" | "cancel-reservation", _) => thing.waits = None,
            // Points and the town hear of it.
            (Module::Points, "confirm-hours", _) | (Module::Disclosure, "unsatisfied", _) => {
                self.visits.after(now, spot, Reason::Anyway);
            }
            (Module::Notices | Module::Jobs, "write" | "post", Who::Town(_)) => {
                let town = self.cast.villages.get(step.village).and_then(|village| self.cast.town_at(village));
                if let Some(town) = town {
                    self.visits.after(now, Spot::Below(town), Reason::Anyway);
                }
            }
            (Module::Notices | Module::Jobs, "write" | "post", Who::District(_)) => {
                self.visits.after(now, Spot::All, Reason::Anyway);
            }
            (Module::Notices, "write", _) => {
                // It goes out by itself. What is over is put away whenever the village is looked after next.
                let day = step.fields.get("from").and_then(Value::as_str).and_then(|day| day.parse().ok());
                if let Some(day) = day {
                    self.visits.after(start_of(day) + 8 * HOUR, spot, Reason::Anyway);
                }
            }
            (Module::Disclosure, "ask", _) => {
                thing.waits = time("due_at");
                if let Some(due) = thing.waits {
                    self.visits.after(due, spot, Reason::Waits(number));
                }
            }
            (Module::Disclosure, "answer", who) if !who.is_above() => thing.waits = None,
            (Module::Profile, "announce", _) => {
                // Those who booked are reminded a day before.
                let day = step.fields.get("day").and_then(Value::as_str).and_then(|day| day.parse().ok());
                if let Some(day) = day {
                    self.visits.after(start_of(day) - DAY + 9 * HOUR, spot, Reason::Anyway);
                }
            }
            (Module::Notices | Module::Jobs | Module::Diaries | Module::Disclosure | Module::Profile, ..) => {}
            (Module::Services, _, who) => {
                let waits = ["received", "accepted", "handling"].contains(&thing.state.as_str());
                let due = time("due_at").filter(|_| waits && !who.is_above());
                if !who.is_above() {
                    thing.waits = due;
                }
                if let Some(due) = due {
                    self.visits.after(due, spot, Reason::Waits(number));
                }
            }
            (Module::Points, ..) => {
                // The end of a publicity period: the points are posted.
                if let Some(until) = time("until").filter(|_| thing.state == "published") {
                    self.visits.after(until, spot, Reason::Anyway);
                }
            }
        }
        Ok(())
    }
}
