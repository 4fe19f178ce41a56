//! People, what they may do, and on whose behalf they act.

use cunshi_contract::manifest::{Audience, Who};
use serde::{Deserialize, Serialize};

use crate::id::{HouseholdId, PersonId};

/// A role in one space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 村民
    Member,
    /// 村干部
    Cadre,
    /// 监督委员会
    Supervisor,
    /// 村管理员
    Admin,
    /// An officer of the town or district, in that space or in one beneath it.
    Officer,
}

impl Role {
    /// All of them, in the order of their bits.
    pub const ALL: [Self; 5] = [Self::Member, Self::Cadre, Self::Supervisor, Self::Admin, Self::Officer];

    /// The lower-case word in JSON, tables and commands.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Cadre => "cadre",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
            Self::Officer => "officer",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// A set of roles in one space. Bit 0 stands for `anyone` and is always set, so that a set is at once the
/// mask under which documents may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Roles(i64);

impl Roles {
    /// A visitor's.
    pub const NONE: Self = Self(1);

    /// The set of some roles as granted, completed: an admin is a cadre too, and whoever has any role other
    /// than officer is a member.
    pub fn granted(roles: impl IntoIterator<Item = Role>) -> Self {
        let mut bits = 1;
        for role in roles {
            bits |= who_bit(role_who(role));
            if role == Role::Admin {
                bits |= who_bit(Who::Cadre);
            }
            if role != Role::Officer {
                bits |= who_bit(Who::Member);
            }
        }
        Self(bits)
    }

    /// Adds what an officer may do in the very space of the office: a cadre's work.
    #[must_use]
    pub fn in_own_office(self) -> Self {
        if self.has(Role::Officer) { Self(self.0 | who_bit(Who::Cadre) | who_bit(Who::Member)) } else { self }
    }

    /// Whether a role is in the set.
    pub fn has(self, role: Role) -> bool {
        self.0 & who_bit(role_who(role)) != 0
    }

    /// Whether a manifest's `who` lets this set in.
    pub fn meets(self, audience: &Audience) -> bool {
        audience.roles().iter().any(|who| self.0 & who_bit(*who) != 0)
    }

    /// The bits, for comparing with a document's readers.
    pub fn bits(self) -> i64 {
        self.0
    }

    /// The roles in the set.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

/// The bit of a `who` in [`Roles::bits`] and in a document's readers.
pub fn who_bit(who: Who) -> i64 {
    match who {
        Who::Anyone => 1,
        Who::Member => 1 << 1,
        Who::Cadre => 1 << 2,
        Who::Supervisor => 1 << 3,
        Who::Admin => 1 << 4,
        Who::Officer => 1 << 5,
    }
}

fn role_who(role: Role) -> Who {
    match role {
        Role::Member => Who::Member,
        Role::Cadre => Who::Cadre,
        Role::Supervisor => Who::Supervisor,
        Role::Admin => Who::Admin,
        Role::Officer => Who::Officer,
    }
}

/// Who reads: decides which documents a read can see at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// The platform itself, for jobs, events and measures: everything.
    System,
    /// A person or a visitor.
    Reader {
        /// The signed-in person.
        person: Option<PersonId>,
        /// Their roles in this space.
        roles: Roles,
    },
}

/// How an action came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// A page in a browser.
    Web,
    /// The JSON API.
    Api,
    /// A command of the operator.
    Command,
    /// The platform itself: a job or an event.
    System,
}

impl Via {
    /// The word kept in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Command => "command",
            Self::System => "system",
        }
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person whose hand it is.
    pub person: PersonId,
    /// How it came in.
    pub via: Via,
    /// Whom it is done for, when that is somebody else.
    pub on_behalf_of: Option<PersonId>,
}

/// A person as one space knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account's opaque id.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The household in this space.
    pub household: Option<HouseholdId>,
    /// The telephone, digits only.
    pub phone: Option<String>,
    /// Roles granted in this space.
    pub roles: Vec<Role>,
}
