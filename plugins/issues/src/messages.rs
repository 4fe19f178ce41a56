//! Messages: what the people of a case read when it moves.
//!
//! Its reporter is told in the very call; those who follow it afterwards, some at a time, because a call sends no more
//! than so many messages. The key of a message names the step, so that nobody reads of it twice. What does not belong
//! here: what other spaces are told (that is `events`).

use cunshi_sdk::contract::manifest::Who;
use cunshi_sdk::prelude::{
    Deserialize, Doc, Error, Event, Message, Micros, Reach, Refusal, Result, Send, Serialize, Text, To, Write,
};
use cunshi_sdk::words::masked;

use crate::domain::{Case, Side, Step, StepKind, Voice, VoiceIndexes as _, VoiceKind};
use crate::words;

/// To itself: a step that followers of a case have still to be told of. The subject is the case's id.
pub const MOVED: &str = "issues.case-moved/1";
/// Followers told by one call.
const AT_ONCE: u32 = 15;
/// Longest words of a case's title in a message, in characters.
const TITLE: usize = 40;
/// Longest words of a step in a message, in characters.
const WORDS: usize = 120;

/// `issues.case-moved/1`.
#[derive(Debug, Serialize, Deserialize)]
struct Moved {
    /// The step's place.
    step: usize,
    /// Where the followers go on.
    #[serde(default)]
    cursor: Option<String>,
}

/// What a step says.
struct News {
    /// What the key begins with, and the kind of text that goes out by SMS.
    word: &'static str,
    title: Text,
    /// Goes out by SMS too.
    urgent: bool,
}

/// Tells of the steps that a case has got since it had so many.
pub fn moved(cx: &mut Write, case: &Doc<Case>, before: usize) -> Result<()> {
    for (place, step) in case.steps.iter().enumerate().skip(before) {
        let Some(news) = news(cx, case, step) else { continue };
        if let Some(reporter) = case.reporter.as_deref().filter(|person| step.by.as_deref() != Some(*person)) {
            let told = message(case, place, step, &news, reporter);
            send(cx, if news.urgent { told.urgent() } else { told })?;
        }
        let followed = cx.data::<Voice>().by_case(case.id.as_str()).eq(VoiceKind::Follow.as_str()).first()?;
        if case.is_public() && followed.is_some() {
            go_on(cx, case, &Moved { step: place, cursor: None })?;
        }
    }
    Ok(())
}

/// Tells some of a case's followers, and leaves the others to the next delivery. Of what is private by now they hear
/// no more.
pub fn case_moved(cx: &mut Write, event: &Event) -> Result<()> {
    let (true, Ok(told)) = (event.from == "here", event.read::<Moved>()) else { return Ok(()) };
    let Some(case) = cx.data::<Case>().get(&event.subject)?.filter(|case| case.is_public()) else { return Ok(()) };
    let Some(step) = case.steps.get(told.step) else { return Ok(()) };
    let Some(news) = news(cx, &case, step) else { return Ok(()) };
    let followers = cx.data::<Voice>().by_case(case.id.as_str()).eq(VoiceKind::Follow.as_str());
    let (followers, next) = followers.page(AT_ONCE, told.cursor)?;
    for follower in followers.iter().filter(|voice| step.by.as_ref() != Some(&voice.person)) {
        send(cx, message(&case, told.step, step, &news, &follower.person))?;
    }
    match next {
        Some(next) => go_on(cx, &case, &Moved { step: told.step, cursor: Some(next) }),
        None => Ok(()),
    }
}

/// Cases have passed their deadline: one message to all cadres, for however many.
pub fn overdue(cx: &mut Write, late: &[Doc<Case>]) -> Result<()> {
    let Some(first) = late.first() else { return Ok(()) };
    let to = Reach::Role(Who::Cadre);
    let key = format!("overdue:{}/{}", first.id, first.due_at);
    let told = if late.len() == 1 {
        let title = both!("message.overdue.one", number = first.number, what = what(first));
        Message::new(to, key, title).link(To::page("case").with("id", first.id.as_str()))
    } else {
        let title = both!("message.overdue.many", n = late.len());
        Message::new(to, key, title).link(To::page("board").with("show", "overdue"))
    };
    send(cx, told.urgent())
}

fn news(cx: &Write, case: &Case, step: &Step) -> Option<News> {
    let calm = |word, title| Some(News { word, title, urgent: false });
    let urgent = |word, title| Some(News { word, title, urgent: true });
    let what = || what(case);
    let office = || match (step.side, &step.name) {
        (Side::Above, Some(name)) => name.clone(),
        _ => words::office(cx),
    };
    let say = |text: Text| Text::new(words::capital(text.zh), words::capital(text.en));
    if !matches!(step.side, Side::Office | Side::Above) {
        return None;
    }
    match step.kind {
        StepKind::Accepted => calm("accepted", say(both!("message.accepted", office = office(), what = what()))),
        StepKind::Progress => calm("progress", both!("message.progress", what = what())),
        StepKind::Answered => calm("answered", say(both!("message.answered", office = office(), what = what()))),
        StepKind::Referred => {
            let to = step.to.clone().unwrap_or_default();
            calm("referred", both!("message.referred", office = to, what = what()))
        }
        StepKind::Extended => {
            let until: Micros = step.until.unwrap_or(case.due_at);
            calm("extended", both!("message.extended", date = words::date(until), what = what()))
        }
        StepKind::Closed if step.side == Side::Above => {
            calm("settled", say(both!("message.settled", office = office(), what = what())))
        }
        StepKind::Closed => urgent("closed", both!("message.closed", what = what())),
        StepKind::Declined => urgent("declined", say(both!("message.declined", office = office(), what = what()))),
        StepKind::Merged => {
            let number = step.to.clone().unwrap_or_default();
            calm("merged", both!("message.merged", number = number, what = what()))
        }
        StepKind::Hidden => calm("hidden", both!("message.hidden", what = what())),
        _ => None,
    }
}

/// The case as a message may name it: a telephone is often shared, so that what is private has a number only.
fn what(case: &Case) -> String {
    if case.is_public() { words::cut(&case.title, TITLE) } else { case.number.clone() }
}

fn message(case: &Doc<Case>, place: usize, step: &Step, news: &News, person: &str) -> Message {
    let key = format!("{}:{}/{place}", news.word, case.id);
    let told = Message::new(Reach::Person(person.to_owned()), key, news.title.clone());
    let told = told.link(To::page("case").with("id", case.id.as_str()));
    let said = step.text.as_deref().filter(|text| case.is_public() && !text.trim().is_empty());
    match said {
        Some(text) => {
            let text = words::cut(&masked(text), WORDS);
            told.body(Text::new(text.clone(), text))
        }
        None => told,
    }
}

fn go_on(cx: &mut Write, case: &Doc<Case>, moved: &Moved) -> Result<()> {
    cx.send(Send::new(MOVED, &case.id).payload(cunshi_sdk::serde_json::to_value(moved)?))?;
    Ok(())
}

/// Somebody who has left the village is not told, and nobody else has to do without for it.
fn send(cx: &mut Write, message: Message) -> Result<()> {
    match cx.notify(message) {
        Ok(_) | Err(Refusal::Missing) => Ok(()),
        Err(refusal) => Err(Error::from(refusal)),
    }
}
