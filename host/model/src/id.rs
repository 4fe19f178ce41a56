//! Identifiers: UUIDv7 in type-safe clothes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Micros;

/// A fresh UUIDv7 for an instant of the platform's clock (so that moved clocks give moved ids).
pub fn uuid_at(now: Micros) -> Uuid {
    let micros = u64::try_from(now.max(0)).unwrap_or_default();
    let seconds = micros / 1_000_000;
    let nanos = u32::try_from(micros % 1_000_000).unwrap_or_default() * 1_000;
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh id.
            pub fn new(now: Micros) -> Self {
                Self(uuid_at(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// A space: village, town or district.
    SpaceId
);
id!(
    /// A person, which is an account: opaque to plugins.
    PersonId
);
id!(
    /// A household of a village.
    HouseholdId
);
id!(
    /// An uploaded file.
    FileId
);
id!(
    /// An event in an outbox or inbox.
    EventId
);
id!(
    /// A decision of a rule.
    DecisionId
);
id!(
    /// A message in the inboxes of a space.
    MessageId
);
