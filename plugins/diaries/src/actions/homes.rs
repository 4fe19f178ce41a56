//! The list of hard-pressed households: for cadres only.

use cunshi_sdk::prelude::{Error, Outcome, Result, To, Write};

use super::by;
use crate::domain::home::{Listed, MOST};
use crate::domain::{Home, HomeIndexes as _};
use crate::{ListHomeForm, UnlistHomeForm};

/// A household comes onto the list, or comes back.
pub fn list(cx: &mut Write, form: ListHomeForm) -> Result<Outcome> {
    let unknown = || Error::invalid("household", t!("wrong.household.unknown"));
    let household = cx.household(&form.household)?.ok_or_else(unknown)?;
    let by = by(cx)?;
    let listed = Listed { on: true, why: form.why, by: by.name, at: by.at };
    if cx.data::<Home>().by_listed(true).count()? >= u64::from(MOST) {
        return Err(Error::conflict(t!("refused.homes-full", n = MOST)));
    }
    let known = cx.data::<Home>().by_household(household.id.as_str()).first()?;
    let id = match known {
        Some(home) if home.listed => return Err(Error::conflict(t!("refused.listed"))),
        Some(mut home) => {
            home.name = household.name;
            home.group = household.group.unwrap_or_default();
            home.note(listed);
            cx.update(&home)?.id
        }
        None => {
            let mut home = Home {
                household: household.id,
                name: household.name,
                group: household.group.unwrap_or_default(),
                listed: true,
                since: by.at,
                history: Vec::new(),
            };
            home.note(listed);
            cx.insert(&home)?.id
        }
    };
    Ok(Outcome::to(To::page("homes")).say(t!("say.listed")).about(id))
}

/// A household goes off the list.
pub fn unlist(cx: &mut Write, form: UnlistHomeForm) -> Result<Outcome> {
    let mut home = cx.data::<Home>().must(&form.home)?;
    if !home.listed {
        return Err(Error::conflict(t!("refused.unlisted")));
    }
    let by = by(cx)?;
    home.note(Listed { on: false, why: form.why, by: by.name, at: by.at });
    cx.update(&home)?;
    Ok(Outcome::to(To::page("homes")).say(t!("say.unlisted")).about(&home.id))
}
