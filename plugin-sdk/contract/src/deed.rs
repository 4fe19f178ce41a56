//! `deed/1`: the platform's own event. Any plugin that lists it under `sends` may tell of a deed; `points` hears it
//! and the village's rule decides what it is worth.

use serde::{Deserialize, Serialize};

use crate::call::Micros;
use crate::view::To;

mod build;

/// Name and version of the event.
pub const DEED: &str = "deed/1";

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deed {
    /// What was done: `issue.adopted`, `volunteer.hours`; the plugin that sends it names its kinds in its README.
    pub kind: String,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// For which household, when nobody in particular did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// How much, as a decimal string; `"1"` for a deed that is not measured.
    pub quantity: String,
    /// Of what: `times`, `hours`, `yuan`.
    pub unit: String,
    /// When it was done.
    pub at: Micros,
    /// Where it can be seen.
    pub evidence: Evidence,
}

/// Where a deed can be seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The document behind it: with the kind it says that two events tell of the same deed.
    pub id: String,
    /// What people read: `2026-0042 路灯不亮`.
    pub text: String,
    /// Its page, when it has one that the doer may open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<To>,
}
