//! What a plugin is told of its call: a `contract::Call`, written from borrowed parts because it is written
//! on every call.

use cunshi_contract::Lang;
use cunshi_contract::manifest::Uses;
use cunshi_model::port::SpaceProfile;
use cunshi_model::{Actor, HouseholdId, Micros, PersonId, Roles};
use serde::{Serialize, Serializer};

use super::Caller;

/// A `contract::Call`.
#[derive(Serialize)]
pub(crate) struct Context<'a, P> {
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<Acting<'a>>,
    lang: Lang,
    now: Micros,
    space: Space<'a>,
    params: &'a P,
}

#[derive(Serialize)]
struct Acting<'a> {
    person: PersonId,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    household: Option<HouseholdId>,
    #[serde(serialize_with = "words")]
    roles: Roles,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_behalf_of: Option<PersonId>,
}

#[derive(Serialize)]
struct Space<'a> {
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<&'a str>,
}

impl<'a, P: Serialize> Context<'a, P> {
    pub(crate) fn new(
        caller: Option<&'a Caller>,
        actor: Option<Actor>,
        uses: &Uses,
        profile: &'a SpaceProfile,
        now: Micros,
        params: &'a P,
    ) -> Self {
        let acting = |(caller, actor): (&'a Caller, Actor)| Acting {
            person: actor.person,
            // A name is what the grant `people` is about, the actor's own too.
            name: if uses.people.is_some() { &caller.name } else { "" },
            household: caller.household,
            roles: caller.roles,
            on_behalf_of: actor.on_behalf_of,
        };
        Self {
            actor: caller.zip(actor).map(acting),
            lang: caller.map_or(Lang::default(), |caller| caller.lang),
            now,
            space: Space {
                kind: profile.space.kind.as_str(),
                name: &profile.space.name,
                above: profile.above.as_deref(),
            },
            params,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
fn words<S: Serializer>(roles: &Roles, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(roles.iter().map(cunshi_model::Role::as_str))
}
