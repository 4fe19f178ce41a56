//! Chaining for deeds, and the event that tells of one.

use super::{DEED, Deed, Evidence};
use crate::call::{Micros, Send};
use crate::view::To;

impl Deed {
    /// One deed of a kind, that can be seen at the evidence.
    pub fn new(kind: impl Into<String>, at: Micros, evidence: Evidence) -> Self {
        Self {
            kind: kind.into(),
            person: None,
            household: None,
            quantity: "1".to_owned(),
            unit: "times".to_owned(),
            at,
            evidence,
        }
    }

    /// Who did it.
    #[must_use]
    pub fn by(mut self, person: impl Into<String>) -> Self {
        self.person = Some(person.into());
        self
    }

    /// For which household, when nobody in particular did it.
    #[must_use]
    pub fn household(mut self, household: impl Into<String>) -> Self {
        self.household = Some(household.into());
        self
    }

    /// How much of what: `"2.5"`, `"hours"`.
    #[must_use]
    pub fn measured(mut self, quantity: impl Into<String>, unit: impl Into<String>) -> Self {
        (self.quantity, self.unit) = (quantity.into(), unit.into());
        self
    }
}

impl Evidence {
    /// A document, with what people read of it.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), link: None }
    }

    /// Its page, when the doer may open it.
    #[must_use]
    pub fn link(mut self, to: To) -> Self {
        self.link = Some(to);
        self
    }
}

impl Send {
    /// Tells of a deed; those of one document stay in order.
    pub fn deed(deed: &Deed) -> Self {
        Self::new(DEED, &deed.evidence.id).payload(serde_json::to_value(deed).unwrap_or_default())
    }
}
