//! `POST /v/{village}/me/letters`: by which way out of the platform the reader wants urgent messages; field
//! `channel`: a way that the host has, or `off`.

use axum::extract::{Request, State};
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::PersonId;
use cunshi_model::messages::Channel;
use cunshi_runtime::FieldError;
use cunshi_store::Choice;

use super::go;
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::inbox;
use crate::render::{Opt, addresses};
use crate::visit::Visit;
use crate::words::words;

/// The word for no way.
const OFF: &str = "off";

/// The handler.
pub(crate) async fn post(State(web): State<Web>, visit: Visit, request: Request) -> Result<Response, Refusal> {
    let person = inbox::owner(&visit)?;
    let sent = Sent::read(request, false).await?;
    let choice = match sent.text("channel") {
        OFF => Some(Choice::Off),
        word => Channel::parse(word).filter(|channel| web.store.channels().contains(channel)).map(Choice::By),
    };
    let Some(choice) = choice else {
        let message = match visit.reader.lang {
            Lang::Zh => "没有这种方式。",
            Lang::En => "There is no such way.",
        };
        return Err(Refusal::Fields(vec![FieldError::new("channel", message)]));
    };
    web.store.space(visit.space.id).await?.choose_letters(person, choice).await?;
    let said = words(visit.reader.lang).letters_chosen.to_owned();
    Ok(go(&web, &addresses::mine(visit.code()), Some((said, true))))
}

/// What the reader may choose, and what counts now; nothing where there is nothing to choose.
pub(crate) async fn choices(web: &Web, visit: &Visit, person: PersonId) -> Result<Vec<(Opt, bool)>, Refusal> {
    let channels = web.store.channels();
    if channels.is_empty() || !inbox::has_inbox(visit) {
        return Ok(Vec::new());
    }
    let chosen = match web.store.space(visit.space.id).await?.letter_choice(person).await? {
        Some(Choice::Off) => OFF,
        Some(Choice::By(channel)) if channels.contains(&channel) => channel.as_str(),
        // Who never chose gets an SMS, where there is that way.
        _ if channels.contains(&Channel::Sms) => Channel::Sms.as_str(),
        _ => OFF,
    };
    let words = words(visit.reader.lang);
    let label = |channel: &Channel| match channel {
        Channel::Sms => words.letters_sms,
        Channel::WechatTemplate => words.letters_wechat,
    };
    let ways = channels.iter().map(|channel| (channel.as_str(), label(channel)));
    let all = ways.chain([(OFF, words.letters_off)]);
    Ok(all.map(|(value, label)| (Opt { value: value.to_owned(), label: label.to_owned() }, value == chosen)).collect())
}
