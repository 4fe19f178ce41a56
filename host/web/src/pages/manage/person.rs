//! `/v/{village}/manage/people/{person}`: one member, their roles (`POST …/roles`) and a new password
//! (`POST …/password`).

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::port::Spaces;
use cunshi_model::{Member, PersonId, Role};
use maud::html;

use super::control::{Control, control};
use super::people::{GIVEN, roles as role_boxes, roles_in};
use super::{address, audit, is_elevated, page, require_admin, require_cadre, role_word, runs, say};
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::pages::go;
use crate::pages::me::unfit;
use crate::visit::{At, Visit};

/// The page.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, person)): At<(String, String)>,
) -> Result<Response, Refusal> {
    require_cadre(&visit)?;
    let member = member(&web, &visit, &person).await?;
    let lang = visit.reader.lang;
    let base = format!("{}/{}", address(visit.code(), "people"), member.person);
    let may_reset = may_reset(&web, &visit, member.person).await?;
    let body = html! {
        section.card {
            dl.facts {
                div { dt { (say(lang, "电话", "Telephone")) } dd.figures { (member.phone.as_deref().unwrap_or("—")) } }
                div {
                    dt { (say(lang, "身份", "Roles")) }
                    dd { @for role in &member.roles { span.tag.plain { (role_word(lang, *role)) } " " } }
                }
            }
        }
        @if runs(&visit) {
            section.card {
                form.ask method="post" action={ (base) "/roles" } {
                    (role_boxes(lang, &member.roles))
                    button.button.do type="submit" { (say(lang, "保存身份", "Save the roles")) }
                }
            }
        }
        section.card {
            header { h2 { (say(lang, "重设密码", "Set a new password")) } }
            @if may_reset {
                form.ask method="post" action={ (base) "/password" } autocomplete="off" {
                    (control(&Control {
                        name: "new",
                        label: say(lang, "新密码", "New password"),
                        hint: Some(say(
                            lang,
                            "至少 8 个字符。本人下次登录时会看到是谁重设的，这一步记入审计。",
                            "At least 8 characters. The person is told who set it, and it goes into the audit.",
                        )),
                        kind: "text",
                        value: "",
                        errors: &[],
                    }))
                    button.button.do type="submit" { (say(lang, "重设", "Set it")) }
                }
            } @else {
                p { (say(
                    lang,
                    "这个人在别处也有身份，或者身份比您高，不能在这里重设。请找上级办理。",
                    "This person belongs elsewhere too, or holds a higher role: the office above can set their password.",
                )) }
            }
        }
    };
    Ok(page(&web, &visit, "people", &member.name, StatusCode::OK, body).await)
}

/// New roles.
pub(crate) async fn roles(
    State(web): State<Web>,
    visit: Visit,
    At((_, person)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let member = member(&web, &visit, &person).await?;
    let wanted = roles_in(&Sent::read(request, true).await?);
    let lang = visit.reader.lang;
    let back = format!("{}/{}", address(visit.code(), "people"), member.person);
    let own = visit.person() == Some(member.person);
    if own && member.roles.contains(&Role::Admin) && !wanted.contains(&Role::Admin) {
        let text = say(
            lang,
            "不能取消自己的管理员身份，请另一位管理员来办。",
            "Another admin has to take your own admin role away.",
        );
        return Ok(go(&web, &back, Some((text.to_owned(), false))));
    }
    let handle = web.store.space(visit.space.id).await?;
    let now = web.clock.now();
    for role in GIVEN {
        match (member.roles.contains(&role), wanted.contains(&role)) {
            (false, true) => handle.grant(member.person, role, false, visit.person(), now).await?,
            (true, false) => handle.revoke(member.person, role, visit.person(), now).await?,
            _ => {}
        }
    }
    Ok(go(&web, &back, Some((say(lang, "身份已经保存。", "The roles are saved.").to_owned(), true))))
}

/// A new password, for somebody who forgot theirs: field `new`.
pub(crate) async fn password(
    State(web): State<Web>,
    visit: Visit,
    At((_, person)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    require_cadre(&visit)?;
    let member = member(&web, &visit, &person).await?;
    if !may_reset(&web, &visit, member.person).await? {
        return Err(Refusal::NotFound);
    }
    let sent = Sent::read(request, true).await?;
    let new = sent.get("new").unwrap_or_default();
    let back = format!("{}/{}", address(visit.code(), "people"), member.person);
    if let Some(why) = unfit(new, visit.reader.lang) {
        return Ok(go(&web, &back, Some((why, false))));
    }
    let hash = web.passwords.hash(new.to_owned()).await?;
    // The audit first: a reset that cannot be noted does not happen.
    audit(&web, &visit, "host/reset-password", &member.person.to_string(), "").await?;
    let district = web.store.district();
    district.set_password(member.person, &hash).await?;
    district.close_sessions_of(member.person).await?;
    district.set_note(&reset_note(member.person), visit.name()).await?;
    let text = match visit.reader.lang {
        Lang::Zh => format!("{}的密码已经重设，请告诉本人。", member.name),
        Lang::En => format!("The password of {} is set: please tell them.", member.name),
    };
    Ok(go(&web, &back, Some((text, true))))
}

/// Under this note the district keeps who reset a person's password, until the person has been told.
pub(crate) fn reset_note(person: PersonId) -> String {
    format!("password-reset:{person}")
}

async fn member(web: &Web, visit: &Visit, person: &str) -> Result<Member, Refusal> {
    let person = person.parse().map_err(|_| Refusal::NotFound)?;
    let mut space = web.store.read(visit.space.id).await?;
    space.member(person).await?.ok_or(Refusal::NotFound)
}

/// Whether the reader may set a person's password: the person belongs here alone, and holds no role that the
/// reader could gain by it.
async fn may_reset(web: &Web, visit: &Visit, person: PersonId) -> Result<bool, Refusal> {
    let spaces = web.store.district().memberships(person).await?;
    if spaces.iter().any(|space| *space != visit.space.id) {
        return Ok(false);
    }
    let theirs = web.store.standing(person, visit.space.id).await?.roles;
    if theirs.has(Role::Officer) {
        return Ok(false);
    }
    Ok(runs(visit) || !is_elevated(theirs))
}
