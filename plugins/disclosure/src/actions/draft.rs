//! The office writes: a draft for a duty or for something else, its changes, and a correction of what is public.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Text, To, Write};

use super::content::Typed;
use super::{by, done, in_a_village, moved, unchanged};
use crate::domain::disclosure::Begun;
use crate::domain::{
    Affairs, Disclosure, DisclosureIndexes as _, Duty, DutyIndexes as _, Every, Move, State, days, next,
};
use crate::{CorrectForm, DiscardForm, DraftForm, ReviseForm, SubmitForm, WithdrawForm, keep, notes, words};

/// The value of the choice `duty` for what is not of the calendar.
pub const OTHER: &str = "other";

/// A first version.
pub fn draft(cx: &mut Write, form: DraftForm) -> Result<Outcome> {
    in_a_village(cx)?;
    keep::open(cx)?;
    let root = cx.new_id();
    let submit = form.submit;
    let duty = duty(cx, &form, &root)?;
    let affairs = match &duty {
        Some(duty) => duty.affairs,
        None => {
            form.affairs.as_deref().and_then(Affairs::parse).ok_or_else(|| wrong("affairs", t!("wrong.affairs")))?
        }
    };
    let happened = duty.as_ref().filter(|duty| duty.every == Every::AtOnce).map(|duty| duty.start);
    let typed = Typed::from(form);
    let title = match &duty {
        Some(duty) if duty.every != Every::AtOnce => words::duty_title(duty),
        // A matter that only said "major matter" would tell nobody anything.
        _ if typed.title.is_none() => return Err(wrong("title", t!("wrong.title"))),
        _ => Text::default(),
    };
    let content = typed.content(title)?;
    let begun = Begun {
        root: root.clone(),
        number: next_number(cx)?,
        affairs,
        duty: duty.as_ref().map(|duty| (duty.key.clone(), duty.due_at)),
        happened,
    };
    let paper = cx.insert_as(&root, &Disclosure::begun(begun, content, &by(cx)?))?;
    attach(cx, &paper, 0, 0)?;
    after_writing(cx, paper, submit)
}

/// The duty that it is for, taken so that nobody else begins a second one.
fn duty(cx: &mut Write, form: &DraftForm, root: &str) -> Result<Option<Duty>> {
    if form.duty == OTHER {
        return Ok(None);
    }
    if let Some(mut duty) = cx.data::<Duty>().by_key(form.duty.as_str()).first()? {
        if duty.disclosure.is_some() || !duty.is_open() {
            return Err(Error::conflict(t!("refused.taken", title = words::duty(&duty))));
        }
        duty.disclosure = Some(root.to_owned());
        return Ok(Some(cx.update(&duty)?.body));
    }
    let calendar = keep::calendar(cx)?;
    let item = calendar.item(&form.duty).filter(|item| item.every == Every::AtOnce);
    let item = item.ok_or_else(|| wrong("duty", t!("wrong.duty")))?;
    let happened = form.happened.as_deref().filter(|day| !day.is_empty());
    let happened = happened.ok_or_else(|| wrong("happened", t!("wrong.happened")))?;
    let happened = days::read_day(happened).ok_or_else(|| wrong("happened", t!("wrong.day")))?;
    if happened > cx.now() {
        return Err(wrong("happened", t!("wrong.future")));
    }
    let duty = Duty::at_once(item, happened, root);
    cx.insert(&duty)?;
    Ok(Some(duty))
}

/// Changes a draft.
pub fn revise(cx: &mut Write, form: ReviseForm) -> Result<Outcome> {
    let mut paper = cx.data::<Disclosure>().must(&form.id)?;
    unchanged(&paper, &form.seen)?;
    let (photos, files, submit) = (paper.photos.len(), paper.files.len(), form.submit);
    let mut content = Typed::from(form).content(paper.title.clone())?;
    // The title of a duty keeps both its languages as long as nobody writes another.
    if [&paper.title.zh, &paper.title.en].contains(&&content.title.zh) {
        content.title = paper.title.clone();
    }
    moved(paper.revise(content, &by(cx)?))?;
    let paper = cx.update(&paper)?;
    attach(cx, &paper, photos, files)?;
    after_writing(cx, paper, submit)
}

fn after_writing(cx: &mut Write, paper: Doc<Disclosure>, submit: bool) -> Result<Outcome> {
    if submit {
        return send(cx, paper);
    }
    Ok(done(&paper, t!("say.saved")))
}

/// Sends a draft to the supervisors.
pub fn submit(cx: &mut Write, form: &SubmitForm) -> Result<Outcome> {
    let paper = cx.data::<Disclosure>().must(&form.id)?;
    send(cx, paper)
}

fn send(cx: &mut Write, mut paper: Doc<Disclosure>) -> Result<Outcome> {
    moved(paper.submit(&by(cx)?))?;
    let paper = cx.update(&paper)?;
    notes::supervisors(cx, &paper)?;
    Ok(done(&paper, t!("say.submitted")))
}

/// Takes it back before it is public.
pub fn withdraw(cx: &mut Write, form: &WithdrawForm) -> Result<Outcome> {
    let mut paper = cx.data::<Disclosure>().must(&form.id)?;
    moved(paper.withdraw(&by(cx)?))?;
    let paper = cx.update(&paper)?;
    Ok(done(&paper, t!("say.withdrawn")))
}

/// Removes a draft; its duty is open to another.
pub fn discard(cx: &mut Write, form: &DiscardForm) -> Result<Outcome> {
    let paper = cx.data::<Disclosure>().must(&form.id)?;
    moved(next(paper.state, Move::Discard).map(|_| ()))?;
    if paper.edition == 1
        && let Some(key) = &paper.duty
        && let Some(mut duty) = cx.data::<Duty>().by_key(key.as_str()).first()?
    {
        if duty.every == Every::AtOnce {
            let id = duty.id.clone();
            crate::events::tell::duty(cx, &id, &mut duty, false)?;
            cx.remove(&duty)?;
        } else {
            duty.disclosure = None;
            cx.update(&duty)?;
        }
    }
    cx.remove(&paper)?;
    Ok(Outcome::to(To::page("desk")).say(t!("say.discarded")).about(&paper.id))
}

/// Begins the next version of what is public.
pub fn correct(cx: &mut Write, form: CorrectForm) -> Result<Outcome> {
    let paper = cx.data::<Disclosure>().must(&form.id)?;
    let latest = cx.data::<Disclosure>().by_root(paper.root.as_str()).newest().first()?.ok_or(Error::Missing)?;
    if latest.state != State::Published {
        let say = if paper.is_public() { t!("refused.correction-begun") } else { t!("refused.not-public") };
        return Err(Error::conflict(say));
    }
    // Photos and files hang on the version that they came with, which everybody reads.
    let draft = cx.insert(&latest.corrected(form.reason, &by(cx)?))?;
    let said = done(&draft, t!("say.correcting"));
    Ok(Outcome { go: Some(To::page("edit").with("id", draft.id.as_str())), ..said })
}

/// Hangs what was uploaded now on the document.
fn attach(cx: &mut Write, paper: &Doc<Disclosure>, photos: usize, files: usize) -> Result<()> {
    for file in paper.photos.iter().skip(photos).chain(paper.files.iter().skip(files)) {
        cx.attach(file, paper)?;
    }
    Ok(())
}

fn next_number(cx: &mut Write) -> Result<String> {
    let (year, _, _) = days::date(cx.now());
    let n = cx.next_number(&format!("disclosure-{year}"))?;
    Ok(days::spoken_number(cx.now(), n))
}

fn wrong(field: &str, say: String) -> Error {
    Error::invalid(field, say)
}
