//! Chaining for what is asked of a rule, and reading what it decided.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Ask, Decided};
use crate::call::Micros;

impl Ask {
    /// A question without facts.
    pub fn new() -> Self {
        Self::default()
    }

    /// A fact by its declared name; `null` stands for one that is not known and is left out.
    #[must_use]
    pub fn fact(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let value = value.into();
        if !value.is_null() {
            self.input.insert(name.into(), value);
        }
        self
    }

    /// Whom it is about.
    #[must_use]
    pub fn about(mut self, person: impl Into<String>) -> Self {
        self.person = Some(person.into());
        self
    }

    /// The household that it counts for.
    #[must_use]
    pub fn household(mut self, household: impl Into<String>) -> Self {
        self.household = Some(household.into());
        self
    }

    /// The instant that it is about.
    #[must_use]
    pub fn at(mut self, at: Micros) -> Self {
        self.at = Some(at);
        self
    }
}

impl Decided {
    /// The output as a type of the plugin's own.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(Value::Object(self.output.clone()))
    }
}
