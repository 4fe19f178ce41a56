//! A visit: one reader in one space, with the roles that they have there at this moment.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use cunshi_contract::manifest::Audience;
use cunshi_model::port::SpaceProfile;
use cunshi_model::{Actor, Member, PersonId, Roles, Space, Viewer};
use cunshi_runtime::{Caller, Release};

use crate::Web;
use crate::error::Refusal;
use crate::reader::Reader;

/// A reader in a space. As an extractor it takes the space's code from the path parameter `village`.
pub(crate) struct Visit {
    pub(crate) reader: Arc<Reader>,
    pub(crate) space: Space,
    pub(crate) profile: Arc<SpaceProfile>,
    pub(crate) roles: Roles,
    pub(crate) member: Option<Member>,
}

impl Visit {
    /// Enters a space by its code, present or former. Roles are read anew each time.
    pub(crate) async fn open(web: &Web, reader: &Arc<Reader>, code: &str) -> Result<Self, Refusal> {
        let space = web.store.district().tree().by_code(code).cloned().ok_or(Refusal::NotFound)?;
        let profile = web.store.space(space.id).await?.profile().await?;
        let (roles, member) = match &reader.signed {
            Some(signed) => {
                let standing = web.store.standing(signed.person, space.id).await?;
                (standing.roles, standing.member)
            }
            None => (Roles::NONE, None),
        };
        Ok(Self { reader: Arc::clone(reader), space, profile, roles, member })
    }

    /// The space's 12 digits.
    pub(crate) fn code(&self) -> &str {
        self.space.code.as_str()
    }

    /// The signed-in person.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.reader.signed.as_ref().map(|signed| signed.person)
    }

    /// The name by which the space knows the reader.
    pub(crate) fn name(&self) -> &str {
        let member = self.member.as_ref().map(|member| member.name.as_str());
        member.or(self.reader.signed.as_ref().map(|signed| signed.name.as_str())).unwrap_or_default()
    }

    /// Whether the reader is somebody here: of the space, or with a role in it.
    pub(crate) fn belongs(&self) -> bool {
        self.member.is_some() || self.roles != Roles::NONE
    }

    /// As the runtime wants it.
    pub(crate) fn caller(&self) -> Caller {
        Caller {
            space: self.space.id,
            actor: self.person().map(|person| Actor { person, via: self.reader.via, on_behalf_of: None }),
            name: self.name().to_owned(),
            household: self.member.as_ref().and_then(|member| member.household),
            roles: self.roles,
            lang: self.reader.lang,
        }
    }

    /// As the store wants it.
    pub(crate) fn viewer(&self) -> Viewer {
        Viewer::Reader { person: self.person(), roles: self.roles }
    }

    /// The release of a plugin that is on here.
    pub(crate) fn plugin(&self, web: &Web, name: &str) -> Result<Arc<Release>, Refusal> {
        let here = web.runtime.plugins_of(&self.profile);
        here.into_iter().find(|release| release.manifest.name == name).ok_or(Refusal::NotFound)
    }

    /// Lets the right people in: a visitor is asked to sign in, anybody else finds nothing.
    pub(crate) fn admit(&self, who: &Audience) -> Result<(), Refusal> {
        self.require(self.roles.meets(who))
    }

    /// As [`Self::admit`], for conditions of the host's own pages.
    pub(crate) fn require(&self, may: bool) -> Result<(), Refusal> {
        match (may, &self.reader.signed) {
            (true, _) => Ok(()),
            (false, None) => Err(Refusal::SignIn),
            (false, Some(_)) => Err(Refusal::NotFound),
        }
    }
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let reader = parts.extensions.get::<Arc<Reader>>().cloned();
        let reader = reader.ok_or_else(|| Refusal::internal("no reader before the visit"))?;
        let params = RawPathParams::from_request_parts(parts, web).await.map_err(|_| Refusal::NotFound)?;
        let code = params.iter().find(|(name, _)| *name == "village").map(|(_, code)| code).ok_or(Refusal::NotFound)?;
        Self::open(web, &reader, code).await
    }
}

/// Path parameters; what cannot be read is not there.
#[derive(axum::extract::FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Refusal))]
pub(crate) struct At<T>(pub(crate) T);
