//! What is heard: deeds that modules tell of, and the end of publicity periods.

use cunshi_sdk::prelude::{Deed, Error, Event, Result, Write};
use cunshi_sdk::words::masked;

use crate::actions::{claim, due_after};
use crate::domain::{Award, AwardIndexes as _, Claimed, Source, amount};
use crate::way::{self, Told};

/// A module tells of a deed: the village's rule decides what it is worth. A deed that was told already changes
/// nothing; one that nobody here did is said in the log.
pub fn deed(cx: &mut Write, event: &Event) -> Result<()> {
    if event.from != "here" {
        return Ok(());
    }
    let Ok(deed) = event.read::<Deed>() else {
        cx.log_warn("a deed came whose payload cannot be read");
        return Ok(());
    };
    let evidence = format!("{}/{}", deed.kind, deed.evidence.id);
    if cx.data::<Award>().by_evidence(evidence.as_str()).first()?.is_some() {
        return Ok(());
    }
    let Some(claimed) = claimed(cx, &deed, evidence, event)? else {
        cx.log_warn("a deed came that nobody of this village did, or without a quantity");
        return Ok(());
    };
    way::enter(cx, claimed, Told::default())?;
    Ok(())
}

/// A publicity period is over: the points are posted, unless an objection holds or struck them.
pub fn publicity_ended(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(award) = cx.data::<Award>().get(&event.subject)? else {
        cx.log_warn("the publicity period of an award ended that is not here");
        return Ok(());
    };
    if award.is_due(cx.now()) {
        way::save(cx, true, award)?;
    }
    Ok(())
}

fn claimed(cx: &Write, deed: &Deed, evidence: String, event: &Event) -> Result<Option<Claimed>> {
    let Some(quantity) = amount::read(&deed.quantity).filter(|hundredths| *hundredths > 0) else { return Ok(None) };
    let doer = match deed.person.as_deref() {
        None => None,
        Some(person) => match way::hand(cx, person) {
            Ok(hand) => Some(hand),
            Err(Error::Missing) => return Ok(None),
            Err(error) => return Err(error),
        },
    };
    let named = doer.as_ref().and_then(|hand| hand.household.clone());
    let mut claimed = Claimed {
        source: Source::Deed,
        deed: deed.kind.clone(),
        quantity: amount::show(quantity),
        unit: deed.unit.clone(),
        text: masked(&deed.evidence.text).into_owned(),
        link: deed.evidence.link.clone().map(|mut link| {
            link.plugin.get_or_insert_with(|| event.from_plugin.clone());
            link
        }),
        evidence: Some(evidence),
        at: deed.at,
        due: due_after(cx, "days_review")?,
        ..Claimed::default()
    };
    if let Some(household) = named.or_else(|| deed.household.clone().filter(|_| doer.is_none())) {
        match claim::of_household(cx, &mut claimed, household) {
            Err(Error::Missing) => return Ok(None),
            other => other?,
        }
    }
    claimed.person = doer;
    Ok((claimed.person.is_some() || claimed.household.is_some()).then_some(claimed))
}
