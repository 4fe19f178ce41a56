//! What the plugin tells itself: the list of the villager whose posting it is follows the sign-ups, and whoever signed up
//! for what was taken down is warned. Both look at documents that the person who acted may not read.

use cunshi_sdk::prelude::{Event, Message, Reach, Result, Write};

use super::{HIDDEN, Warned, read, tell};
use crate::actions::inform;
use crate::domain::{Lead, LeadIndexes as _, Posting, SignState, Signup, State};
use crate::listing;
use crate::pages::row;
use crate::words::short;

/// Messages of one step: the host allows 20.
const WARNED: u32 = 18;
/// A sign-up for a villager's own posting has changed.
pub fn changed(cx: &mut Write, event: &Event) -> Result<()> {
    if event.from_plugin != "jobs" || event.from != "here" {
        return Ok(());
    }
    let Some(signup) = cx.data::<Signup>().get(&event.subject)? else { return Ok(()) };
    let Some(posting) = cx.data::<Posting>().get(&signup.posting)?.filter(|posting| posting.proposed) else {
        return Ok(());
    };
    let Some(proposer) = posting.author.clone() else { return Ok(()) };
    let lead = Lead::of(&signup.id, &signup, &proposer);
    if let Some(mut known) = cx.data::<Lead>().by_signup(signup.id.as_str()).first()? {
        known.body = lead;
        cx.update(&known)?;
    } else {
        cx.insert(&lead)?;
    }
    if signup.state == SignState::Applied {
        let title = both!("message.lead", title = short(&posting.terms.title));
        let key = format!("lead:{}:{}", signup.id, signup.round);
        inform(cx, Message::new(Reach::Person(proposer), key, title).link(row::to(&posting)))?;
    }
    Ok(())
}

/// A posting was taken down: those who signed up are warned, some at a time.
pub fn hidden(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<Warned>(cx, event, "here") else { return Ok(()) };
    let Some(posting) = cx.data::<Posting>().get(&event.subject)?.filter(|posting| posting.state == State::Hidden)
    else {
        return Ok(());
    };
    let (signups, next) = listing::signups_for(cx, &posting.id, WARNED, told.cursor)?;
    for signup in signups.iter().filter(|signup| signup.state != SignState::Withdrawn) {
        let Some(person) = signup.person.clone() else { continue };
        let title = both!("message.hidden", title = short(&posting.terms.title));
        let key = format!("hidden:{}:{}", posting.id, signup.id);
        let message = Message::new(Reach::Person(person), key, title).body(both!("fraud")).urgent();
        inform(cx, message.link(row::to_signup(&signup.id)))?;
    }
    if next.is_some() {
        tell::send(cx, HIDDEN, &posting.id, &Warned { cursor: next }, None)?;
    }
    Ok(())
}
