//! `GET /v/{village}/manage/events`: deliveries that were parked after too many failures, with what went
//! wrong; `POST …/{delivery}/replay` tries one again.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::{address, page, require_admin, say};
use crate::Web;
use crate::error::Refusal;
use crate::pages::go;
use crate::visit::{At, Visit};

/// Deliveries shown.
const SHOWN: u32 = 200;

/// The list.
pub(crate) async fn get(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let lang = visit.reader.lang;
    let parked = web.store.space(visit.space.id).await?.parked(SHOWN).await?;
    let body = html! {
        @if parked.is_empty() {
            p.empty { (say(lang, "没有停下的事件，一切正常。", "No event is parked: all is well.")) }
        } @else {
            p { (say(
                lang,
                "下面的事件试了多次都没有成功，先停在这里。模块修好以后可以再试一次。",
                "These events failed again and again and wait here. Once the module is mended, try them again.",
            )) }
        }
        @for delivery in &parked {
            section.card {
                header { h2 { (delivery.event) " → " (delivery.subscriber) } }
                p.meta { (delivery.subject) " · " (say(lang, "试过", "tried")) " " (delivery.attempts) }
                pre.lines { (delivery.error) }
                form method="post" action={ (address(visit.code(), "events")) "/" (delivery.id) "/replay" } {
                    button.button.alt type="submit" { (say(lang, "再试一次", "Try again")) }
                }
            }
        }
    };
    Ok(page(&web, &visit, "events", say(lang, "事件", "Events"), StatusCode::OK, body).await)
}

/// Tries one again.
pub(crate) async fn replay(
    State(web): State<Web>,
    visit: Visit,
    At((_, delivery)): At<(String, String)>,
) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let id: i64 = delivery.parse().map_err(|_| Refusal::NotFound)?;
    let handle = web.store.space(visit.space.id).await?;
    if !handle.parked(SHOWN).await?.iter().any(|parked| parked.id == id) {
        return Err(Refusal::NotFound);
    }
    handle.replay(id, visit.caller().actor, web.clock.now()).await?;
    let text = say(visit.reader.lang, "已经重新排队。", "It is queued again.").to_owned();
    Ok(go(&web, &address(visit.code(), "events"), Some((text, true))))
}
