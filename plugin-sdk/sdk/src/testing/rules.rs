//! Rules of the village in memory: what a test says that a hook answers.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use cunshi_contract::ledger::Holder;
use cunshi_contract::rule::{Ask, Decided, Hook};
use serde_json::{Map, Value};

use super::Host;
use super::door::Door;
use crate::error::Refusal;

/// What a rule of a test answers: a [`Decided`], a refusal, or the output alone as a JSON object.
#[derive(Clone, Debug)]
pub struct Ruling(Result<Decided, Refusal>);

impl From<Decided> for Ruling {
    fn from(decided: Decided) -> Self {
        Self(Ok(decided))
    }
}

impl From<Result<Decided, Refusal>> for Ruling {
    fn from(answer: Result<Decided, Refusal>) -> Self {
        Self(answer)
    }
}

impl From<Value> for Ruling {
    fn from(output: Value) -> Self {
        let Value::Object(output) = output else { panic!("{output} is not an output: write `json!({{ … }})`") };
        let origin = "plugin".to_owned();
        Self(Ok(Decided { id: None, output, because: Vec::new(), origin, version: 0, fell_back: false }))
    }
}

/// A decision that was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The hook.
    pub hook: String,
    /// What was asked.
    pub ask: Ask,
    /// What was decided.
    pub decided: Decided,
    /// It was set aside.
    pub voided: bool,
}

type Rule = Rc<dyn Fn(&Ask) -> Ruling>;

/// The rules and tables that a test has set.
#[derive(Default)]
pub(super) struct Rules {
    by_hook: RefCell<BTreeMap<String, Rule>>,
    tables: RefCell<BTreeMap<String, Vec<Map<String, Value>>>>,
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.by_hook.borrow().keys()).finish()
    }
}

impl Host {
    /// Sets what a hook answers; until then asking it is an error that names it.
    ///
    /// # Panics
    /// When `plugin.toml` declares no such rule.
    pub fn rule<A: Into<Ruling>>(&self, hook: &str, rule: impl Fn(&Ask) -> A + 'static) {
        assert!(self.shared.manifest.rule(hook).is_some(), "plugin.toml declares no rule `{hook}`");
        self.shared.rules.by_hook.borrow_mut().insert(hook.to_owned(), Rc::new(move |ask| rule(ask).into()));
    }

    /// Sets the rows of a hook's table, values as a plugin gets them (points in hundredths); none until then.
    ///
    /// # Panics
    /// When the rows are not a list of objects.
    pub fn table(&self, hook: &str, rows: Value) {
        let rows = serde_json::from_value(rows).unwrap_or_else(|error| panic!("these are no rows: {error}"));
        self.shared.rules.tables.borrow_mut().insert(hook.to_owned(), rows);
    }

    /// The decisions that were recorded, the oldest first.
    pub fn decisions(&self) -> Vec<Decision> {
        self.shared.state.borrow().decisions.clone()
    }
}

impl Door {
    pub(crate) fn decide(&self, hook: &str, ask: &Ask) -> Result<Decided, Refusal> {
        let decided = self.preview(hook, ask)?;
        let mut state = self.shared.state.borrow_mut();
        let decided = Decided { id: Some(state.new_id()), ..decided };
        let (hook, ask) = (hook.to_owned(), ask.clone());
        state.decisions.push(Decision { hook, ask, decided: decided.clone(), voided: false });
        Ok(decided)
    }

    pub(crate) fn preview(&self, hook: &str, ask: &Ask) -> Result<Decided, Refusal> {
        self.check(self.hook(hook)?, ask)?;
        // The rule of a test may look at the village: nothing is borrowed while it runs.
        let rule = self.shared.rules.by_hook.borrow().get(hook).cloned();
        let rule = rule.ok_or_else(|| {
            Refusal::Unavailable(format!("no rule is set for `{hook}`: call `host.rule(\"{hook}\", |ask| …)` first"))
        })?;
        let decided = rule(ask).0?;
        Ok(Decided { id: None, ..decided })
    }

    pub(crate) fn void_decision(&self, decision: &str) -> Result<(), Refusal> {
        let mut state = self.shared.state.borrow_mut();
        let mut known = state.decisions.iter_mut();
        let known = known.find(|known| known.decided.id.as_deref() == Some(decision)).ok_or(Refusal::Missing)?;
        known.voided = true;
        Ok(())
    }

    pub(crate) fn rule_table(&self, hook: &str) -> Result<Vec<Map<String, Value>>, Refusal> {
        self.hook(hook)?;
        Ok(self.shared.rules.tables.borrow().get(hook).cloned().unwrap_or_default())
    }

    fn hook(&self, hook: &str) -> Result<&Hook, Refusal> {
        let known = self.shared.manifest.rule(hook);
        known.ok_or_else(|| Refusal::Invalid(format!("plugin.toml declares no rule `{hook}`")))
    }

    /// What the platform checks first: facts that are declared, and people of this village.
    fn check(&self, hook: &Hook, ask: &Ask) -> Result<(), Refusal> {
        let declared = |name: &String| hook.input.iter().any(|field| field.name == *name);
        if let Some(unknown) = ask.input.keys().find(|name| !declared(name)) {
            return Err(Refusal::Invalid(format!("`{}` declares no fact `{unknown}`", hook.name)));
        }
        let given = |name: &str| ask.input.get(name).is_some_and(|value| !value.is_null());
        if let Some(lacking) = hook.input.iter().find(|field| field.required && !given(&field.name)) {
            return Err(Refusal::Invalid(format!("`{}` needs the fact `{}`", hook.name, lacking.name)));
        }
        let state = self.shared.state.borrow();
        ask.person.iter().try_for_each(|person| state.has(&Holder::Person(person.clone())))?;
        ask.household.iter().try_for_each(|household| state.has(&Holder::Household(household.clone())))
    }
}
