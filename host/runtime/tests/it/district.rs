//! A district in memory with a runtime: what the stories of the other files happen in.

use std::sync::Arc;
use std::time::Duration;

use cunshi_contract::{Household, Lang, View};
use cunshi_model::{Actor, Calendar, HouseholdId, ManualClock, Member, PersonId, Role, Roles, SpaceId, Via};
use cunshi_runtime::testing::{Guest, JsonRules, MemorySpaces};
use cunshi_runtime::{Acted, Budgets, CallError, Caller, Release, Runtime, RuntimeOptions};
use serde_json::{Map, Value, json};

/// 2026-09-01 08:00 in China.
pub const MORNING: i64 = 1_788_220_800_000_000;

/// A district with two villages.
pub struct District {
    pub runtime: Runtime,
    pub spaces: MemorySpaces,
    pub clock: ManualClock,
    pub tianfu: SpaceId,
    pub zhongtan: SpaceId,
    _dir: tempfile::TempDir,
}

impl District {
    pub fn new() -> Self {
        // Budgets of time are for a quiet machine; a test machine is not one.
        Self::with(Budgets { wall: Duration::from_secs(5), ..Budgets::default() })
    }

    pub fn with(budgets: Budgets) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let spaces = MemorySpaces::new();
        let clock = ManualClock::at(MORNING);
        let rules = Arc::new(JsonRules);
        let options = RuntimeOptions { budgets, instances: 64, rules, ..RuntimeOptions::new(dir.path()) };
        let (all, time) = (Arc::new(spaces.clone()), Arc::new(clock.clone()));
        let runtime = Runtime::new(options, all, Calendar::default(), time).unwrap();
        let (tianfu, zhongtan) = (spaces.village("天府社区"), spaces.village("重滩村"));
        Self { runtime, spaces, clock, tianfu, zhongtan, _dir: dir }
    }

    /// Loads a guest and switches it on in both villages.
    pub async fn install(&self, guest: Guest) -> Arc<Release> {
        let release = self.runtime.load(guest.build()).await.unwrap();
        self.spaces.switch(self.tianfu, release.name(), true);
        self.spaces.switch(self.zhongtan, release.name(), true);
        release
    }

    /// A person of a village.
    pub fn person(&self, space: SpaceId, name: &str, roles: &[Role]) -> Caller {
        let person = PersonId::new(MORNING);
        let household = HouseholdId::new(MORNING);
        let (name, roles) = (name.to_owned(), roles.to_vec());
        let member =
            Member { person, name: name.clone(), household: Some(household), phone: Some("13800001234".into()), roles };
        let roles = Roles::granted(member.roles.iter().copied());
        self.spaces.put_member(space, member);
        let members = vec![person.to_string()];
        let home = Household { id: household.to_string(), name: name.clone(), group: None, members };
        self.spaces.put_household(space, household, home);
        let actor = Some(Actor { person, via: Via::Web, on_behalf_of: None });
        Caller { space, actor, name, household: Some(household), roles, lang: Lang::Zh }
    }

    pub fn villager(&self, name: &str) -> Caller {
        self.person(self.tianfu, name, &[Role::Member])
    }

    pub async fn page(&self, caller: &Caller, plugin: &str) -> Result<View, CallError> {
        self.runtime.page(caller, plugin, "board", Map::new()).await
    }

    pub async fn query(&self, caller: &Caller, plugin: &str) -> Result<Value, CallError> {
        self.runtime.query(caller, plugin, "all", Map::new()).await
    }

    pub async fn put(&self, caller: &Caller, plugin: &str) -> Result<Acted, CallError> {
        self.runtime.act(caller, plugin, "put", Map::new(), None).await
    }
}

pub fn visitor(space: SpaceId) -> Caller {
    Caller::visitor(space, Lang::Zh)
}

pub fn view(title: &str) -> String {
    json!({ "title": title }).to_string()
}

pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is not an object"),
    }
}
