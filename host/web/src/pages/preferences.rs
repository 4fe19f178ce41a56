//! `POST /preferences`: language (`lang`) and large type (`elder`), kept in a cookie and with the account.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::response::Response;
use cunshi_contract::Lang;

use super::{go, local, set_cookie};
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::reader::Reader;
use crate::render::addresses;
use crate::session::{ELDER, LANG};

/// The handler.
pub(crate) async fn post(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
    request: Request,
) -> Result<Response, Refusal> {
    let sent = Sent::read(request, false).await?;
    let lang = Lang::parse(sent.text("lang"));
    let elder = match sent.text("elder") {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    if let Some(signed) = &reader.signed {
        let district = web.store.district();
        let account = district.account(signed.person).await?.ok_or(Refusal::NotFound)?;
        district.set_preferences(signed.person, lang.or(account.lang), elder.unwrap_or(account.elder)).await?;
    }
    let back = local(sent.text("back")).unwrap_or(addresses::PORTAL);
    let mut response = go(&web, &without_lang(back), None);
    let cookies = web.cookies();
    if let Some(lang) = lang {
        set_cookie(response.headers_mut(), &cookies.keep(LANG, lang.code()));
    }
    if let Some(elder) = elder {
        set_cookie(response.headers_mut(), &cookies.keep(ELDER, if elder { "on" } else { "off" }));
    }
    Ok(response)
}

/// A `lang` in the address would win over what was just chosen.
fn without_lang(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::without_lang;

    #[test]
    fn the_way_back_does_not_undo_the_choice() {
        assert_eq!(without_lang("/v/1?lang=en"), "/v/1");
        assert_eq!(without_lang("/v/1?state=open&lang=en&q=x"), "/v/1?state=open&q=x");
        assert_eq!(without_lang("/v/1"), "/v/1");
    }
}
