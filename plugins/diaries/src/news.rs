//! News of an entry: messages to those who wait for them, and the deed of whoever helped.

use cunshi_sdk::contract::manifest::Who;
use cunshi_sdk::prelude::{Deed, Doc, Evidence, Message, Reach, Refusal, Result, Send, To, Write};

use crate::domain::Entry;
use crate::words;

/// Somebody helped with what an entry tells of.
pub const HELPED: &str = "diary.helped";
/// Longest name in a message, in characters.
const NAME: usize = 20;

/// The household is asked whether it was so.
pub fn ask(cx: &mut Write, entry: &Doc<Entry>) -> Result<()> {
    let Some(household) = entry.waiting_for.clone() else { return Ok(()) };
    let (name, kind) = (words::cut(&entry.author_name, NAME), entry.kind);
    let title = if entry.round > 1 { both!("news.again", name = name) } else { both!("news.ask", name = name) };
    let body = both!("news.ask.body", date = words::date(entry.day), name = name, kind = words::kind(kind));
    send(cx, Reach::Household(household), &format!("ask:{}:{}", entry.id, entry.round), title, |message| {
        message.body(body).link(to(entry))
    })
}

/// The author hears that it was confirmed.
pub fn confirmed(cx: &mut Write, entry: &Doc<Entry>) -> Result<()> {
    let title = both!("news.confirmed", date = words::date(entry.day), kind = words::kind(entry.kind));
    let key = format!("confirmed:{}:{}", entry.id, entry.round);
    send(cx, Reach::Person(entry.author.clone()), &key, title, |message| message.link(to(entry)))
}

/// The author hears that it is disputed, not in which words; the supervisors are asked to look into it.
pub fn disputed(cx: &mut Write, entry: &Doc<Entry>) -> Result<()> {
    let key = format!("disputed:{}:{}", entry.id, entry.round);
    let title = both!("news.disputed", date = words::date(entry.day), kind = words::kind(entry.kind));
    let body = both!("news.disputed.body");
    send(cx, Reach::Person(entry.author.clone()), &key, title, |message| message.body(body).link(to(entry)))?;
    let name = words::cut(&entry.author_name, NAME);
    let title = both!("news.look", date = words::date(entry.day), name = name);
    let key = format!("look:{}:{}", entry.id, entry.round);
    send(cx, Reach::Role(Who::Supervisor), &key, title, |message| message.link(to(entry)))
}

/// Both sides hear what was found.
pub fn settled(cx: &mut Write, entry: &Doc<Entry>, stands: bool) -> Result<()> {
    let date = || words::date(entry.day);
    let title = if stands { both!("news.stands", date = date()) } else { both!("news.falls", date = date()) };
    let key = format!("settled:{}", entry.id);
    send(cx, Reach::Person(entry.author.clone()), &key, title.clone(), |message| message.link(to(entry)))?;
    let Some(household) = entry.household.clone() else { return Ok(()) };
    send(cx, Reach::Household(household), &key, title, |message| message.link(to(entry)))
}

/// The household hears that nothing is said of it any more. The entry's page is not theirs now: no link.
pub fn withdrawn(cx: &mut Write, entry: &Doc<Entry>) -> Result<()> {
    let Some(household) = entry.household.clone() else { return Ok(()) };
    let name = words::cut(&entry.author_name, NAME);
    let title = both!("news.withdrawn", date = words::date(entry.day), name = name);
    send(cx, Reach::Household(household), &format!("withdrawn:{}", entry.id), title, |message| message)
}

/// The household hears that what was promised is done.
pub fn followed(cx: &mut Write, entry: &Doc<Entry>) -> Result<()> {
    let Some(household) = entry.household.clone() else { return Ok(()) };
    let name = words::cut(&entry.author_name, NAME);
    let title = both!("news.followed", name = name);
    let key = format!("followed:{}:{}", entry.id, entry.steps.len());
    send(cx, Reach::Household(household), &key, title, |message| message.link(to(entry)))
}

/// A deed of each helper: the village's rule says what it is worth. It names nobody.
pub fn helped(cx: &mut Write, entry: &Doc<Entry>) -> Result<()> {
    for helper in &entry.helpers {
        let text = both!("deed.text", date = words::date(entry.day), kind = words::kind(entry.kind)).zh;
        // The id makes two helpers of one entry two deeds.
        let evidence = Evidence::new(format!("{}:{}", entry.id, helper.person), text)
            .link(To::plugin("diaries", "diary").with("id", entry.id.as_str()));
        cx.send(Send::deed(&Deed::new(HELPED, entry.day, evidence).by(&helper.person)))?;
    }
    Ok(())
}

fn to(entry: &Doc<Entry>) -> To {
    To::page("diary").with("id", entry.id.as_str())
}

fn send(
    cx: &mut Write,
    reach: Reach,
    key: &str,
    title: cunshi_sdk::Text,
    fill: impl FnOnce(Message) -> Message,
) -> Result<()> {
    match cx.notify(fill(Message::new(reach, key, title))) {
        // Whoever has left the village hears nothing more.
        Ok(_) | Err(Refusal::Missing) => Ok(()),
        Err(other) => Err(other.into()),
    }
}
