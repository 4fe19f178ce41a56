//! What the crates ask of each other about rules: the runtime asks the engine of `rules` ([`RuleEngine`]) to decide,
//! and the store ([`ReadRules`], [`WriteRules`]) for versions, history and records.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use cunshi_contract::Text;
use cunshi_contract::rule::{Hook, RuleText};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::calendar::{local_day, start_of};
use crate::clock::Micros;
use crate::id::{DecisionId, HouseholdId, PersonId};
use crate::port::Result;

/// Whose rule it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The space's own.
    Village,
    /// The district's, for spaces without one of their own or where it is locked.
    District,
    /// The plugin's default.
    Plugin,
}

/// A rule that can decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Whose it is.
    pub origin: Origin,
    /// From 1; 0 for a plugin's default.
    pub version: u32,
    /// SHA-256 of hook name, script and table, hex: see [`digest`].
    pub digest: String,
    /// Script, table and cases.
    pub text: Arc<RuleText>,
}

/// What no rule of the district's spaces may pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guard {
    /// Lower-case letters, digits and `-`: `reporting-never-costs`.
    pub name: String,
    /// The hook that it guards.
    pub hook: String,
    /// What people are told.
    pub say: Text,
    /// Where it holds: values of the input, each one value or a list of them; everywhere when empty.
    #[serde(default)]
    pub when: Map<String, Value>,
    /// The field of the output.
    pub output: String,
    /// Its smallest value, in the field's own notation (`"-5"` points).
    #[serde(default)]
    pub min: Option<Value>,
    /// Its greatest value.
    #[serde(default)]
    pub max: Option<Value>,
}

/// What the district lays down for all its spaces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DistrictRules {
    /// What no rule may pass.
    pub guards: Vec<Guard>,
    /// Hooks for which only the district's rule counts.
    pub locks: Vec<String>,
    /// The district's active rules by hook.
    pub active: BTreeMap<String, Rule>,
}

/// Spans of time that a script may ask about, of the district's calendar days; each holds the instant asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// The day.
    Day,
    /// The month.
    Month,
    /// The quarter.
    Quarter,
    /// The year.
    Year,
    /// Since the village began.
    Ever,
}

impl Span {
    /// The span around an instant, in China Standard Time: from its first instant up to, not including, that of the
    /// next one.
    pub fn around(self, instant: Micros) -> (Micros, Micros) {
        let day = local_day(instant);
        let month = |month: i8| Date::new(day.year(), month, 1).unwrap_or(day);
        let (first, length) = match self {
            Self::Day => (day, 1.day()),
            Self::Month => (day.first_of_month(), 1.month()),
            Self::Quarter => (month((day.month() - 1) / 3 * 3 + 1), 3.months()),
            Self::Year => (month(1), 1.year()),
            Self::Ever => return (Micros::MIN, Micros::MAX),
        };
        (start_of(first), first.checked_add(length).map_or(Micros::MAX, start_of))
    }
}

/// What a script asks of the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// `times(item, span)`: how many standing decisions of this hook gave the item to the person (`household`: to
    /// anybody of the household).
    Times {
        /// Of the table.
        item: String,
        /// When.
        span: Span,
        /// `times_of_household`.
        household: bool,
    },
    /// `total(item, span)`: the hundredths that they gave.
    Total {
        /// Of the table.
        item: String,
        /// When.
        span: Span,
        /// `total_of_household`.
        household: bool,
    },
    /// `balance(kind)`: hundredths in the account asked about, `base`, `redeemable` or `honour`.
    Balance {
        /// Kind of points.
        kind: String,
    },
    /// `working_days(n, from)`: the end of the n-th working day after an instant.
    WorkingDays {
        /// How many.
        days: u32,
        /// Microseconds.
        from: Micros,
    },
}

/// A question and what the host answered, as recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// As the script wrote it with its values: `times(volunteer, month)`.
    pub question: String,
    /// Hundredths, counts or microseconds.
    pub answer: i64,
}

/// How a script went on.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It decided.
    Decided {
        /// The declared output, `points` and `money` as whole hundredths and fen.
        output: Map<String, Value>,
        /// What it said with `because`.
        because: Vec<String>,
    },
    /// It asks what was not answered yet: ask, add the answer, and step again from the start.
    Asks {
        /// As it is recorded.
        question: String,
        /// What it means.
        what: Question,
    },
    /// It failed, or passed a guard.
    Failed(RuleFailure),
}

/// Where and why a rule failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFailure {
    /// Line in the script, from 1.
    pub line: Option<u32>,
    /// Column in the line, from 1.
    pub column: Option<u32>,
    /// What went wrong and what to do, in both languages.
    pub message: Text,
    /// The guard that was passed.
    pub guard: Option<String>,
}

/// The one engine that runs rules.
pub trait RuleEngine: Send + Sync + 'static {
    /// Its version, part of every record: another one may decide otherwise.
    fn version(&self) -> &str;
    /// Runs the rule on the input with the answers so far. Takes microseconds and no lock of anybody else.
    fn step(
        &self,
        hook: &Hook,
        rule: &Rule,
        guards: &[Guard],
        input: &Map<String, Value>,
        answers: &[Answered],
    ) -> Step;
}

/// A decision to record.
#[derive(Clone, Debug)]
pub struct NewDecision<'a> {
    /// The hook.
    pub hook: &'a str,
    /// The plugin that asked.
    pub plugin: &'a str,
    /// What decided.
    pub rule: &'a Rule,
    /// SHA-256 of the guards in force as JSON, hex.
    pub guards: &'a str,
    /// [`RuleEngine::version`].
    pub engine: &'a str,
    /// As the script saw it.
    pub input: &'a Map<String, Value>,
    /// What the host answered.
    pub answers: &'a [Answered],
    /// What came out.
    pub output: &'a Map<String, Value>,
    /// What the script said.
    pub because: &'a [String],
    /// The village's own rule failed so: this is the district's or the plugin's.
    pub fell_back: Option<&'a RuleFailure>,
    /// Whom it is about.
    pub person: Option<PersonId>,
    /// Their household.
    pub household: Option<HouseholdId>,
    /// The instant that it is about.
    pub at: Micros,
    /// The clock.
    pub now: Micros,
}

/// A decision as recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionRecord {
    /// Its id.
    pub id: DecisionId,
    /// The hook.
    pub hook: String,
    /// The plugin that asked.
    pub plugin: String,
    /// What decided, with its text.
    pub rule: Rule,
    /// SHA-256 of the guards in force, hex.
    pub guards: String,
    /// The engine's version.
    pub engine: String,
    /// As the script saw it.
    pub input: Map<String, Value>,
    /// What the host answered.
    pub answers: Vec<Answered>,
    /// What came out.
    pub output: Map<String, Value>,
    /// What the script said.
    pub because: Vec<String>,
    /// The failure of the village's own rule that this stands in for.
    pub fell_back: Option<RuleFailure>,
    /// Whom it is about.
    pub person: Option<PersonId>,
    /// Their household.
    pub household: Option<HouseholdId>,
    /// The instant that it is about.
    pub at: Micros,
    /// When it was made.
    pub made: Micros,
    /// When it was set aside (a claim that review refused), and counts no more in anybody's history.
    pub voided: Option<Micros>,
}

/// Whose history a script asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person's.
    Person(PersonId),
    /// Everybody's of the household.
    Household(HouseholdId),
}

/// SHA-256, hex, of what decides: the hook's name, the script and the table. Cases do not decide.
pub fn digest(hook: &str, text: &RuleText) -> String {
    let parts = serde_json::json!([hook, text.script, text.table]);
    hex(&Sha256::digest(parts.to_string()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Rules and decisions of one space, as one snapshot.
#[async_trait]
pub trait ReadRules: Send {
    /// The space's own version of a hook that is active at an instant.
    async fn active_rule(&mut self, hook: &str, at: Micros) -> Result<Option<Rule>>;
    /// A decision, whoever may see it.
    async fn decision(&mut self, id: DecisionId) -> Result<Option<DecisionRecord>>;
    /// How many standing decisions of a hook gave somebody an item within [from, to), and the sum of their
    /// `points` in hundredths. The item is the output's `item`, or the input's where the output has none.
    async fn decided(&mut self, hook: &str, whose: Whose, item: &str, from: Micros, to: Micros) -> Result<(i64, i64)>;
}

/// Writing rules and decisions of one space.
#[async_trait]
pub trait WriteRules: ReadRules {
    /// Records a decision; the rule's text is kept once by its digest, so that it can be replayed for ever.
    async fn record_decision(&mut self, decision: NewDecision<'_>) -> Result<DecisionId>;
    /// Sets a decision aside; [`crate::port::DataError::Missing`] unless this plugin asked for it.
    async fn void_decision(&mut self, plugin: &str, id: DecisionId, now: Micros) -> Result<()>;
    /// Keeps a failure of a rule, for whoever mends it.
    async fn record_rule_failure(
        &mut self,
        hook: &str,
        rule: &Rule,
        input: &Map<String, Value>,
        failure: &RuleFailure,
        now: Micros,
    ) -> Result<()>;
}
