//! `GET /v/{village}/manage/letters`: urgent messages that did not go out by SMS or WeChat, with what went wrong;
//! `POST …/letters/retry` tries them all again.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use maud::html;

use super::{address, page, require_admin, say};
use crate::Web;
use crate::error::Refusal;
use crate::pages::go;
use crate::render::say as said;
use crate::visit::Visit;

/// Letters shown.
const SHOWN: u32 = 100;

/// The list.
pub(crate) async fn get(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let lang = visit.reader.lang;
    let now = web.clock.now();
    let (count, failed) = web.store.space(visit.space.id).await?.failed_letters(SHOWN).await?;
    let body = html! {
        @if web.store.channels().is_empty() {
            p.meta { (say(
                lang,
                "区里还没有接通短信或微信：紧急消息只在这里的“消息”里看得到。",
                "The district has no way to SMS or WeChat yet: urgent messages are seen in the inbox here only.",
            )) }
        }
        @if failed.is_empty() {
            p.empty { (say(lang, "没有发不出去的短信、微信。", "Nothing that was to go out by SMS or WeChat has failed.")) }
        } @else {
            p { (match lang {
                Lang::Zh => format!("有 {count} 条没有发出去。收信人在平台的“消息”里看得到，只是没有收到短信、微信。"),
                Lang::En => format!("{count} did not go out. The people find them in their inboxes here; only the SMS or WeChat message is missing."),
            }) }
            form method="post" action={ (address(visit.code(), "letters")) "/retry" } {
                button.button.alt type="submit" { (say(lang, "全部再试一次", "Try all again")) }
            }
        }
        @for letter in &failed {
            section.card {
                header { h2 { (letter.name) " · " (letter.title.get(lang)) } }
                p.meta {
                    (letter.channel) " · " (said::time(lang, now, letter.at)) " · "
                    @if letter.refused {
                        (say(lang, "被拒绝，不会自动再试", "refused: not tried again by itself"))
                    } @else {
                        (say(lang, "试了", "tried")) " " (letter.attempts) " " (say(lang, "次", "times"))
                    }
                }
                pre.lines { (letter.error) }
            }
        }
    };
    Ok(page(&web, &visit, "letters", say(lang, "短信微信", "SMS and WeChat"), StatusCode::OK, body).await)
}

/// Tries all again.
pub(crate) async fn retry(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let space = web.store.space(visit.space.id).await?;
    let again = space.retry_letters(visit.caller().actor, web.clock.now()).await?;
    let text = match visit.reader.lang {
        Lang::Zh => format!("{again} 条已经重新排队。"),
        Lang::En => format!("{again} are queued again."),
    };
    Ok(go(&web, &address(visit.code(), "letters"), Some((text, true))))
}
