//! A cadre writes an entry, keeps a draft of it, finishes it, throws it away.

use cunshi_sdk::prelude::{Doc, Error, Outcome, PeopleQuery, Read, Result, To, Write};
use cunshi_sdk::{FieldError, days};

use super::{by, done, moved};
use crate::domain::{ChangeKind, Entry, Helper, Kind, Refused, Told, Visited, month};
use crate::{DiscardForm, FinishForm, WriteForm, books, news};

/// Most photos of an entry: those of a draft and of its finishing together.
const MOST_PHOTOS: usize = 12;
/// Longest time ahead of a promise, in days.
const PROMISE_DAYS: i64 = 366;

/// What was typed, in either form.
struct Typed {
    kind: String,
    household: Option<String>,
    text: Option<String>,
    day: Option<String>,
    place: Option<String>,
    minutes: Option<i64>,
    photos: Vec<String>,
    promised: Option<String>,
    follow_up: Option<String>,
    helpers: [Option<String>; 3],
    note: Option<String>,
    publish: bool,
}

impl From<WriteForm> for Typed {
    fn from(form: WriteForm) -> Self {
        Self {
            kind: form.kind,
            household: form.household,
            text: form.text,
            day: form.day,
            place: form.place,
            minutes: form.minutes,
            photos: form.photos,
            promised: form.promised,
            follow_up: form.follow_up,
            helpers: [form.helper, form.helper2, form.helper3],
            note: form.note,
            publish: form.keep != "draft",
        }
    }
}

/// A new entry, or the draft of one.
pub fn write(cx: &mut Write, form: WriteForm) -> Result<Outcome> {
    let typed = Typed::from(form);
    let publish = typed.publish;
    let told = told(cx, typed)?;
    let (by, photos) = (by(cx)?, told.photos.clone());
    let mut entry = Entry::draft(told, &by);
    if publish {
        entry.publish(&by, cx.setting("late_after")?);
    }
    let entry = cx.insert(&entry)?;
    finish_off(cx, &entry, &photos)
}

/// A draft is changed, or published.
pub fn finish(cx: &mut Write, form: FinishForm) -> Result<Outcome> {
    let mut entry = own_draft(cx, &form.draft)?;
    let typed = Typed {
        kind: form.kind,
        household: form.household,
        text: form.text,
        day: form.day,
        place: form.place,
        minutes: form.minutes,
        photos: form.photos,
        promised: form.promised,
        follow_up: form.follow_up,
        helpers: [form.helper, form.helper2, form.helper3],
        note: form.note,
        publish: form.keep != "draft",
    };
    let publish = typed.publish;
    let told = told(cx, typed)?;
    if entry.photos.len() + told.photos.len() > MOST_PHOTOS {
        return Err(Error::invalid("photos", t!("wrong.photos", n = MOST_PHOTOS)));
    }
    let (by, photos) = (by(cx)?, told.photos.clone());
    entry.tell(told, &by);
    if publish {
        entry.publish(&by, cx.setting("late_after")?);
    }
    let entry = cx.update(&entry)?;
    finish_off(cx, &entry, &photos)
}

/// A draft is thrown away; nothing of it was public.
pub fn discard(cx: &mut Write, form: &DiscardForm) -> Result<Outcome> {
    let entry = own_draft(cx, &form.draft)?;
    cx.remove(&entry)?;
    Ok(Outcome::to(To::page("drafts")).say(t!("say.discarded")).about(&entry.id))
}

/// A draft of the actor's own.
pub fn own_draft(cx: &Read, id: &str) -> Result<Doc<Entry>> {
    let entry = cx.data::<Entry>().must(id)?;
    if entry.author != cx.caller()?.person {
        return Err(Error::Missing);
    }
    if !entry.is_draft() {
        moved(Err(Refused::Published))?;
    }
    Ok(entry)
}

/// Photos hang on it; once it is published the month, the household and the helpers' points follow.
fn finish_off(cx: &mut Write, entry: &Doc<Entry>, photos: &[String]) -> Result<Outcome> {
    for photo in photos {
        cx.attach(photo, entry)?;
    }
    if entry.is_draft() {
        let outcome = done(entry, t!("say.draft"));
        return Ok(Outcome { go: Some(To::page("drafts")), ..outcome });
    }
    books::keep(cx, entry, None, ChangeKind::Written)?;
    news::ask(cx, entry)?;
    news::helped(cx, entry)?;
    let say = match (&entry.household, entry.late_days) {
        (Some(_), _) => t!("say.published.ask"),
        (None, Some(_)) => t!("say.published.late"),
        (None, None) => t!("say.published"),
    };
    Ok(done(entry, say))
}

/// Reads what was typed, with a sentence for each field that is wrong. Of a draft only what cannot be kept is wrong.
fn told(cx: &Read, typed: Typed) -> Result<Told> {
    let mut wrong = Wrong::default();
    let Some(kind) = Kind::parse(&typed.kind) else { return Err(Error::invalid("kind", t!("wrong.kind"))) };
    let day = day(cx, typed.day.as_deref(), typed.publish, &mut wrong);
    let text = typed.text.unwrap_or_default().trim().to_owned();
    if typed.publish && text.is_empty() {
        wrong.add("text", t!("wrong.text"));
    }
    let household = typed.household.filter(|household| kind.takes_household() && !household.is_empty());
    if typed.publish && kind.needs_household() && household.is_none() {
        wrong.add("household", t!("wrong.household"));
    }
    let visited = household.map(|household| visited(cx, &household, &mut wrong)).transpose()?.flatten();
    let promised = filled(typed.promised);
    let follow_up = follow_up(cx, filled(typed.follow_up).as_deref(), day, &mut wrong);
    if typed.publish && promised.is_some() && follow_up.is_none() && !wrong.has("follow_up") {
        wrong.add("follow_up", t!("wrong.follow-up.missing"));
    }
    if promised.is_none() && follow_up.is_some() {
        wrong.add("promised", t!("wrong.promised"));
    }
    let helpers = helpers(cx, typed.helpers, &mut wrong)?;
    wrong.none()?;
    Ok(Told {
        kind,
        text,
        day,
        place: filled(typed.place),
        minutes: typed.minutes,
        photos: typed.photos,
        visited,
        promised,
        follow_up,
        helpers,
        note: filled(typed.note),
    })
}

fn day(cx: &Read, typed: Option<&str>, publish: bool, wrong: &mut Wrong) -> days::Micros {
    let today = days::midnight(cx.now());
    let Some(typed) = typed.filter(|typed| !typed.is_empty()) else { return today };
    let Some(day) = days::read_day(typed) else {
        wrong.add("day", t!("wrong.day"));
        return today;
    };
    if day > today {
        wrong.add("day", t!("wrong.day.ahead"));
    } else if publish && !month::is_within_reach(day, today) {
        wrong.add("day", t!("wrong.day.old", n = month::BACK_DAYS));
    }
    day
}

/// When a promise is due: from the day of the entry on, at most a year ahead.
pub fn follow_up(cx: &Read, typed: Option<&str>, day: days::Micros, wrong: &mut Wrong) -> Option<days::Micros> {
    let typed = typed?;
    let read = days::read_day(typed).filter(|at| *at >= day && days::days_between(cx.now(), *at) <= PROMISE_DAYS);
    if read.is_none() {
        wrong.add("follow_up", t!("wrong.follow-up"));
    }
    read
}

/// The household with the names that the public does not read. Nobody writes of visits to their own home.
fn visited(cx: &Read, id: &str, wrong: &mut Wrong) -> Result<Option<Visited>> {
    if cx.caller()?.household.as_deref() == Some(id) {
        wrong.add("household", t!("wrong.household.own"));
        return Ok(None);
    }
    let Some(household) = cx.household(id)? else {
        wrong.add("household", t!("wrong.household.unknown"));
        return Ok(None);
    };
    let people = cx.people(&PeopleQuery { household: Some(id.to_owned()), ..PeopleQuery::default() })?.people;
    let names = people.into_iter().map(|person| person.name).chain([household.name.clone()]).collect();
    Ok(Some(Visited { id: household.id, name: household.name, group: household.group, names }))
}

fn helpers(cx: &Read, typed: [Option<String>; 3], wrong: &mut Wrong) -> Result<Vec<Helper>> {
    let author = cx.caller()?.person.clone();
    let mut helpers: Vec<Helper> = Vec::new();
    for (field, person) in ["helper", "helper2", "helper3"].into_iter().zip(typed) {
        let Some(person) = filled(person) else { continue };
        if person == author {
            wrong.add(field, t!("wrong.helper.self"));
        } else if let Some(known) = cx.person(&person)? {
            if helpers.iter().all(|helper| helper.person != known.id) {
                helpers.push(Helper { person: known.id, name: known.name });
            }
        } else {
            wrong.add(field, t!("wrong.helper"));
        }
    }
    Ok(helpers)
}

/// A text that holds something.
pub fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What is wrong with a form, all of it at once.
#[derive(Debug, Default)]
pub struct Wrong(Vec<FieldError>);

impl Wrong {
    /// One more mistake.
    pub fn add(&mut self, field: &str, message: String) {
        self.0.push(FieldError { field: field.to_owned(), message });
    }

    /// Whether there is a mistake in a field.
    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|wrong| wrong.field == field)
    }

    /// Goes on only without a mistake.
    pub fn none(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}
