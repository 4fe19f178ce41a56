//! Who reads. A notice for groups or households is nobody else's: everything that shows one asks [`Reader::may_read`].
//!
//! The host keeps drafts and withdrawn notices for the office and addressed ones for signed-in people of the village;
//! who of these may read which is decided here, by the household and group of the person.

use cunshi_sdk::prelude::{Error, Read, Result};

use crate::domain::{Audience, Notice, Slip};

/// The reader of a call.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The signed-in person of this space.
    pub person: Option<String>,
    /// Works in this office: reads all.
    pub cadre: bool,
    /// The keys of what is for them: see [`Audience`].
    pub keys: Vec<String>,
}

impl Reader {
    /// The reader of a call.
    pub fn of(cx: &Read) -> Result<Self> {
        let Some(actor) = cx.actor().filter(|actor| actor.is("member") || actor.is("cadre")) else {
            return Ok(Self { person: None, cadre: false, keys: Audience::keys_of(None, None) });
        };
        let keys = keys(cx, actor.household.as_deref())?;
        Ok(Self { person: Some(actor.person.clone()), cadre: actor.is("cadre"), keys })
    }

    /// Whether a notice is for this reader: addressed to them, or the office's own.
    pub fn may_read(&self, notice: &Notice) -> bool {
        self.cadre || (notice.state.is_out() && notice.is_for(&self.keys))
    }

    /// Whether the slip of a withdrawn notice is for this reader.
    pub fn may_read_slip(&self, slip: &Slip) -> bool {
        self.cadre || slip.audience.iter().any(|key| self.keys.contains(key))
    }

    /// Whether it is addressed to them, and they are somebody whom it may ask.
    pub fn is_asked(&self, notice: &Notice) -> bool {
        self.person.is_some() && notice.asks() && notice.is_for(&self.keys)
    }
}

/// Somebody for whom an action is done.
#[derive(Clone, Debug)]
pub struct Whom {
    /// Their id.
    pub person: String,
    /// Their name.
    pub name: String,
    /// The keys of what is for them.
    pub keys: Vec<String>,
}

/// For whom the actor acts: for themselves, or for somebody of the village without a phone.
pub fn for_whom(cx: &Read) -> Result<Whom> {
    let caller = cx.caller()?;
    let (person, name, household) = match caller.on_behalf_of.as_deref().filter(|other| *other != caller.person) {
        None => (caller.person.clone(), caller.name.clone(), caller.household.clone()),
        Some(other) => {
            let other = cx.person(other)?.ok_or(Error::Missing)?;
            (other.id, other.name, other.household)
        }
    };
    Ok(Whom { keys: keys(cx, household.as_deref())?, person, name })
}

fn keys(cx: &Read, household: Option<&str>) -> Result<Vec<String>> {
    let group = match household {
        Some(id) => cx.household(id)?.and_then(|household| household.group),
        None => None,
    };
    Ok(Audience::keys_of(household, group.as_deref()))
}
