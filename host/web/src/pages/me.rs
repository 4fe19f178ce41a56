//! `GET /v/{village}/me`: the reader's own page. `POST /v/{village}/me/password` sets a new password.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::manifest::Slot;
use cunshi_contract::{Lang, Manifest, View};
use cunshi_model::PersonId;

use super::home::{drawn, with_modules};
use super::{go, letters, private, set_cookie};
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::frame;
use crate::passwords::{MAX_PASSWORD, MIN_PASSWORD};
use crate::render::addresses;
use crate::render::pages::{Mine, mine};
use crate::signing;
use crate::visit::Visit;

/// The handler of the page.
pub(crate) async fn get(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    let person = somebody_here(&visit)?;
    let cards = web.runtime.cards(&visit.caller(), Slot::Mine).await?;
    let releases = web.runtime.plugins_of(&visit.profile);
    let mut cx = frame::of_visit(&web, &visit).await;
    let cards = with_modules(&cards, &releases);
    let trees: Vec<(&Manifest, &View)> = drawn(&cards).collect();
    frame::fill(&web, &visit, &mut cx, &trees).await?;
    let tree = web.store.district().tree();
    let spaces = web.store.district().memberships(person).await?;
    let others = spaces.iter().filter(|id| **id != visit.space.id).filter_map(|id| tree.by_id(*id));
    let spaces = others.map(|space| (addresses::home(space.code.as_str()), space.name.clone())).collect();
    let letters = letters::choices(&web, &visit, person).await?;
    Ok(private(&web, &visit.reader, StatusCode::OK, mine(&cx, &Mine { cards, spaces, letters })))
}

/// The handler of a new password: fields `password` (the present one) and `new`.
pub(crate) async fn password(State(web): State<Web>, visit: Visit, request: Request) -> Result<Response, Refusal> {
    let person = somebody_here(&visit)?;
    let sent = Sent::read(request, true).await?;
    let back = addresses::mine(visit.code());
    let new = sent.get("new").unwrap_or_default();
    if let Some(why) = unfit(new, visit.reader.lang) {
        return Ok(go(&web, &back, Some((why, false))));
    }
    let account = web.store.district().account(person).await?.ok_or(Refusal::NotFound)?;
    let phone = account.phone.clone().unwrap_or_default();
    let present = sent.get("password").unwrap_or_default();
    match signing::authenticate(&web, visit.reader.address, &phone, present).await {
        Ok(found) if found.person == person => {}
        Ok(_) => return Err(Refusal::NotFound),
        Err(refusal @ (Refusal::Credentials | Refusal::Throttled { .. })) => {
            return Ok(go(&web, &back, Some((refusal.answer(visit.reader.lang).detail, false))));
        }
        Err(refusal) => return Err(refusal),
    }
    let hash = web.passwords.hash(new.to_owned()).await?;
    let district = web.store.district();
    district.set_password(person, &hash).await?;
    // Whoever held the old password is out; the reader goes on with a fresh session.
    district.close_sessions_of(person).await?;
    let token = signing::open(&web, &account).await?;
    let say = match visit.reader.lang {
        Lang::Zh => "密码已经改好。其他设备上的登录都已退出。",
        Lang::En => "The password is changed. Other devices have been signed out.",
    };
    let mut response = go(&web, &back, Some((say.to_owned(), true)));
    set_cookie(response.headers_mut(), &web.cookies().keep(web.cookies().session(), &token));
    Ok(response)
}

/// The reader, who has this page where they are somebody; elsewhere it is not there.
fn somebody_here(visit: &Visit) -> Result<PersonId, Refusal> {
    visit.require(visit.belongs())?;
    visit.person().ok_or(Refusal::SignIn)
}

/// Why a new password is not taken.
pub(crate) fn unfit(password: &str, lang: Lang) -> Option<String> {
    let fits = password.chars().count() >= MIN_PASSWORD && password.len() <= MAX_PASSWORD;
    (!fits).then(|| match lang {
        Lang::Zh => format!("密码至少要 {MIN_PASSWORD} 个字符，也不能太长。"),
        Lang::En => format!("A password has at least {MIN_PASSWORD} characters, and not too many."),
    })
}
