//! Rules in stories: a district that follows its files, a village that writes its own, and people who read, write,
//! publish and look up what was decided.

use cunshi_contract::rule::{Hook, RuleText};
use cunshi_model::Clock;
use cunshi_model::port::Spaces;
use cunshi_model::rules::DecisionRecord;
use cunshi_rules::files;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

use crate::{Actor, Answer, District, Village, workspace};

/// The hook that says what a deed earns.
pub const AWARD: &str = "points.award";

impl District {
    /// A district with issues and points, where guards and rules are those of `tenants/gongjing`.
    pub async fn with_its_rules(local: &str) -> Self {
        let district = Self::with(local, &["issues", "points"]).await;
        let tenants = workspace().join("tenants/gongjing");
        let laid = files::read_guards(&tenants.join("rules/guards.toml")).unwrap_or_else(|error| panic!("{error}"));
        district.store.district().set_guards(&laid.guards).await.expect("guards");
        let spaces = district.store.district().tree().all().to_vec();
        for space in spaces {
            let village = district.space(space.code.as_str());
            let folder = match space.parent {
                None => tenants.join("rules"),
                Some(_) => tenants.join("villages").join(village.code()).join("rules"),
            };
            for hook in village.hooks() {
                let written = files::read(&folder, &hook).unwrap_or_else(|error| panic!("{error}"));
                if let Some(written) = written {
                    village.decides_by(&hook.name, &written.text).await;
                }
            }
        }
        district
    }

    /// Asserts that no rule was ever told who somebody is: not by name, telephone or any id.
    pub async fn no_rule_was_told_of(&self, people: &[&Actor]) {
        let mut decided = 0;
        let spaces = self.store.district().tree().all().to_vec();
        for space in &spaces {
            for record in self.space(space.code.as_str()).decisions().await {
                decided += 1;
                let told = json!([record.input, record.answers, record.because, record.output]).to_string();
                let ids = [record.person.map(|id| id.to_string()), record.household.map(|id| id.to_string())];
                let of_people = people.iter().flat_map(|one| [one.name.clone(), one.phone.clone()]);
                for secret in of_people.chain(ids.into_iter().flatten()).filter(|secret| !secret.is_empty()) {
                    assert!(!told.contains(&secret), "{} in {}: `{secret}` in {told}", record.hook, space.name);
                }
            }
        }
        assert!(decided > 0, "nothing was decided");
    }
}

impl Village<'_> {
    /// A rule of its own, published at once as files are; its version.
    pub async fn decides_by(&self, hook: &str, text: &RuleText) -> u32 {
        let now = self.district.clock.now();
        let handle = self.district.store.space(self.space.id).await.expect("a space");
        let version = handle.save_rule(hook, text, "为测试而写", None, None, now).await.expect("a draft");
        handle.publish_rule(hook, version, now, None, true, now).await.expect("published");
        version
    }

    /// What the plugin brings along for a hook: script, table and cases.
    pub fn default_rule(&self, hook: &str) -> RuleText {
        let hook = self.hooks().into_iter().find(|known| known.name == hook).expect("a hook of a plugin");
        hook.built.expect("built with its rule")
    }

    /// Everything that was decided here, the oldest first.
    pub async fn decisions(&self) -> Vec<DecisionRecord> {
        let pool = self.database().await;
        let ids: Vec<(String,)> =
            sqlx::query_as("SELECT id FROM decision ORDER BY made, id").fetch_all(&pool).await.expect("decisions");
        pool.close().await;
        let mut space = self.district.store.read(self.space.id).await.expect("a snapshot");
        let mut decisions = Vec::new();
        for (id,) in ids {
            let id = id.parse().expect("an id");
            decisions.push(space.decision(id).await.expect("a lookup").expect("a decision"));
        }
        decisions
    }

    /// What one hook's rules decided here, the oldest first.
    pub async fn decisions_of(&self, hook: &str) -> Vec<DecisionRecord> {
        let all = self.decisions().await;
        all.into_iter().filter(|record| record.hook == hook).collect()
    }

    /// Its database, beside the platform, for what only a test asks.
    async fn database(&self) -> SqlitePool {
        let file = self.district.folder().join("spaces").join(format!("{}.db", self.space.id));
        let options = SqliteConnectOptions::new().filename(&file).read_only(true);
        SqlitePool::connect_with(options).await.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    fn hooks(&self) -> Vec<Hook> {
        let releases = self.district.runtime.releases();
        releases.iter().flat_map(|release| release.manifest.rules.clone()).collect()
    }
}

impl Actor {
    /// A rule as its readers see it.
    pub async fn rule_of(&self, hook: &str) -> Value {
        self.api(Method::GET, &format!("rules/{hook}"), None).await.is(200).body
    }

    /// A decision, or that there is none for this reader.
    pub async fn decision(&self, id: &Value) -> Answer {
        let id = id.as_str().unwrap_or_else(|| panic!("no id of a decision: {id}"));
        self.api(Method::GET, &format!("decisions/{id}"), None).await
    }

    /// Has a text checked: `{table?, script?, cases?}`.
    pub async fn checks_rule(&self, hook: &str, text: Value) -> Answer {
        self.api(Method::POST, &format!("rules/{hook}/check"), Some(text)).await
    }

    /// Writes a draft: `{table?, script?, cases?, note, from?}`; its version.
    pub async fn drafts_rule(&self, hook: &str, draft: Value) -> Value {
        let answer = self.api(Method::POST, &format!("rules/{hook}/versions"), Some(draft)).await;
        answer.is(201).body["version"].clone()
    }

    /// Publishes what somebody else has written.
    pub async fn publishes_rule(&self, hook: &str, version: &Value) -> Answer {
        self.api(Method::POST, &format!("rules/{hook}/versions/{version}/publish"), Some(json!({}))).await
    }

    /// Goes back to a version that decided before.
    pub async fn rolls_back_rule(&self, hook: &str, version: &Value) -> Answer {
        self.api(Method::POST, &format!("rules/{hook}/rollback"), Some(json!({ "version": version }))).await
    }
}
