//! The office writes: drafts, their change, and the households that they are for.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Read, Result, Write};

use super::{done, last_day, moved, release, release_day, save};
use crate::domain::moves::{MAX_FILES, MAX_PHOTOS};
use crate::domain::{Audience, Kind, Notice, Words};
use crate::{AddHouseholdForm, DropHouseholdForm, EditForm, WriteForm, words};

/// A new notice: as a draft, or out at once, or on a day.
pub fn write(cx: &mut Write, form: WriteForm) -> Result<Outcome> {
    let household = form.household.filter(|household| !household.is_empty());
    let addressed = audience(cx, &form.audience, form.groups, household.into_iter().collect())?;
    let words = Words {
        kind: Kind::parse(&form.kind),
        title: form.title,
        text: form.text,
        addressed,
        acknowledge: form.acknowledge,
        urgent: form.urgent,
        expires_at: last_day(cx, form.until.as_deref())?,
    };
    let mut notice = Notice::draft(words, Some(cx.caller()?.name.clone()), cx.now());
    (notice.photos, notice.files) = (form.photos, form.files);
    match form.release.as_str() {
        "day" => {
            let at = release_day(cx, form.from.as_deref())?;
            moved(notice.schedule(at))?;
            let notice = keep(cx, &notice)?;
            Ok(done(&notice, t!("say.scheduled", date = words::date(at))))
        }
        "now" => {
            let notice = keep(cx, &notice)?;
            release::let_out(cx, notice)
        }
        _ => {
            let notice = keep(cx, &notice)?;
            Ok(done(&notice, t!("say.drafted")))
        }
    }
}

/// Rewrites a draft.
pub fn edit(cx: &mut Write, form: EditForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    let households = match &notice.addressed {
        Audience::Households(chosen) => chosen.clone(),
        _ => Vec::new(),
    };
    let words = Words {
        kind: Kind::parse(&form.kind),
        title: form.title,
        text: form.text,
        addressed: audience(cx, &form.audience, form.groups, households)?,
        acknowledge: form.acknowledge,
        urgent: form.urgent,
        expires_at: last_day(cx, form.until.as_deref())?,
    };
    moved(notice.edit(words))?;
    let (photos, files) = (form.photos, form.files);
    if notice.photos.len() + photos.len() > MAX_PHOTOS {
        return Err(Error::invalid("photos", t!("wrong.photos", n = MAX_PHOTOS)));
    }
    if notice.files.len() + files.len() > MAX_FILES {
        return Err(Error::invalid("files", t!("wrong.files", n = MAX_FILES)));
    }
    for file in photos.iter().chain(&files) {
        cx.attach(file, &notice)?;
    }
    notice.photos.extend(photos);
    notice.files.extend(files);
    save(cx, &notice, t!("say.edited"))
}

/// One more household that it is for.
pub fn add_household(cx: &mut Write, form: &AddHouseholdForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    let household = cx.household(&form.household)?.ok_or(Error::Missing)?;
    if matches!(&notice.addressed, Audience::Households(chosen) if chosen.len() >= Audience::MOST) {
        return Err(Error::invalid("household", t!("wrong.households", n = Audience::MOST)));
    }
    if !moved(notice.add_household(&household.id))? {
        return Ok(done(&notice, t!("say.household.before", name = household.name)));
    }
    save(cx, &notice, t!("say.household.added", name = household.name))
}

/// One household less.
pub fn drop_household(cx: &mut Write, form: &DropHouseholdForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    moved(notice.drop_household(&form.household))?;
    save(cx, &notice, t!("say.household.dropped"))
}

/// For whom it is, as the form says. Towns and the district speak to everybody.
fn audience(cx: &Read, choice: &str, mut groups: Vec<String>, households: Vec<String>) -> Result<Audience> {
    let wrong = |field: &str, sentence: String| Err(Error::invalid(field, sentence));
    if choice == "all" {
        return Ok(Audience::All);
    }
    if words::is_office_above(cx) {
        return wrong("audience", t!("wrong.audience.above"));
    }
    if choice == "households" {
        return Ok(Audience::Households(households));
    }
    groups.sort();
    groups.dedup();
    if groups.is_empty() {
        return wrong("groups", t!("wrong.groups.none"));
    }
    if groups.len() > Audience::MOST {
        return wrong("groups", t!("wrong.groups", n = Audience::MOST));
    }
    let known = cx.groups()?;
    if let Some(other) = groups.iter().find(|name| known.iter().all(|group| group.name != **name)) {
        return wrong("groups", t!("wrong.groups.unknown", name = other));
    }
    Ok(Audience::Groups(groups))
}

/// Keeps a new notice, and hangs its files on it: who reads the notice reads them.
fn keep(cx: &mut Write, notice: &Notice) -> Result<Doc<Notice>> {
    let notice = cx.insert(notice)?;
    for file in notice.photos.iter().chain(&notice.files) {
        cx.attach(file, &notice)?;
    }
    Ok(notice)
}
