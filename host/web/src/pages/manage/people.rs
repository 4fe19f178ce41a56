//! `GET` and `POST /v/{village}/manage/people`: who belongs to the village, and somebody new.

use std::collections::BTreeMap;

use axum::extract::{RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::{Household, Lang};
use cunshi_model::port::DataError;
use cunshi_model::{HouseholdId, Member, PersonId, Role};
use cunshi_runtime::FieldError;
use cunshi_store::NewAccount;
use maud::{Markup, html};

use super::control::{Control, control, summary};
use super::{address, page, require_admin, require_cadre, role_word, runs, say};
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::pages::me::unfit;
use crate::pages::{go, plugin::query_params};
use crate::signing::digits;
use crate::visit::Visit;

/// People on one page.
const ON_PAGE: u32 = 50;
/// Households that a form offers.
pub(super) const HOUSEHOLDS: u32 = 1_000;
/// Longest name, in characters.
const LONGEST_NAME: usize = 40;

/// The list.
pub(crate) async fn get(State(web): State<Web>, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    require_cadre(&visit)?;
    show(&web, &visit, query.as_deref(), StatusCode::OK, &Sent::default(), &[]).await
}

/// Somebody new: fields `name`, `phone`, `password`, `household` (an id, or empty with `new_household` and
/// `group`), `role` (any number).
pub(crate) async fn post(State(web): State<Web>, visit: Visit, request: Request) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let sent = Sent::read(request, true).await?;
    match add(&web, &visit, &sent).await? {
        Ok(name) => {
            let text = match visit.reader.lang {
                Lang::Zh => format!("{name}已经加入。"),
                Lang::En => format!("{name} has been added."),
            };
            Ok(go(&web, &address(visit.code(), "people"), Some((text, true))))
        }
        Err(errors) => show(&web, &visit, None, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors).await,
    }
}

async fn add(web: &Web, visit: &Visit, sent: &Sent) -> Result<Result<String, Vec<FieldError>>, Refusal> {
    let lang = visit.reader.lang;
    let (name, phone) = (sent.text("name").to_owned(), digits(sent.text("phone")));
    let password = sent.get("password").unwrap_or_default();
    let mut errors = Vec::new();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        errors.push(FieldError::new("name", say(lang, "请填姓名。", "Please give a name.")));
    }
    if !phone.is_empty() && !(5..=15).contains(&phone.len()) {
        errors.push(FieldError::new("phone", say(lang, "电话号码不对。", "This is not a telephone number.")));
    }
    if phone.is_empty() && !password.is_empty() {
        errors.push(FieldError::new("phone", say(lang, "要登录就要有电话。", "Signing in needs a telephone.")));
    }
    if let Some(why) = (!password.is_empty()).then(|| unfit(password, lang)).flatten() {
        errors.push(FieldError::new("password", why));
    }
    let roles = roles_in(sent);
    let household = household(web, visit, sent, &mut errors).await?;
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let hash = match password {
        "" => None,
        password => Some(web.passwords.hash(password.to_owned()).await?),
    };
    let Some(person) = account(web, &name, &phone, hash).await? else {
        return Ok(Err(vec![FieldError::new(
            "phone",
            say(lang, "这个电话刚刚被别人用了。", "Somebody has just taken this telephone."),
        )]));
    };
    let handle = web.store.space(visit.space.id).await?;
    let now = web.clock.now();
    let household = match household {
        Place::None => None,
        Place::Known(id) => Some(id),
        Place::New(name, group) => Some(handle.put_household(None, &name, group.as_deref(), now).await?),
    };
    let member = Member {
        person,
        name: name.clone(),
        household,
        phone: (!phone.is_empty()).then_some(phone),
        roles: vec![Role::Member],
    };
    handle.put_member(&member, visit.caller().actor, now).await?;
    for role in roles.into_iter().chain([Role::Member]) {
        handle.grant(person, role, false, visit.person(), now).await?;
    }
    Ok(Ok(name))
}

/// The account with that telephone, which may be of somebody who lives in two villages, or a new one. None when
/// the telephone was taken at this very moment.
async fn account(web: &Web, name: &str, phone: &str, hash: Option<String>) -> Result<Option<PersonId>, Refusal> {
    let district = web.store.district();
    if !phone.is_empty()
        && let Some(known) = district.account_by_phone(phone).await?
    {
        return Ok(Some(known.person));
    }
    let phone = (!phone.is_empty()).then(|| phone.to_owned());
    let new = NewAccount { person: None, name: name.to_owned(), phone, password_hash: hash };
    match district.create_account(new).await {
        Ok(person) => Ok(Some(person)),
        Err(DataError::Duplicate { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

enum Place {
    None,
    Known(HouseholdId),
    New(String, Option<String>),
}

async fn household(web: &Web, visit: &Visit, sent: &Sent, errors: &mut Vec<FieldError>) -> Result<Place, Refusal> {
    let (known, new) = (sent.text("household"), sent.text("new_household"));
    if !new.is_empty() {
        let group = Some(sent.text("group").to_owned()).filter(|group| !group.is_empty());
        return Ok(Place::New(new.chars().take(LONGEST_NAME).collect(), group));
    }
    if known.is_empty() {
        return Ok(Place::None);
    }
    let all = web.store.space(visit.space.id).await?.households(HOUSEHOLDS).await?;
    if let Some(id) = all.iter().find(|it| it.id == known).and_then(|it| it.id.parse().ok()) {
        return Ok(Place::Known(id));
    }
    errors.push(FieldError::new("household", say(visit.reader.lang, "没有这一户。", "There is no such household.")));
    Ok(Place::None)
}

/// Roles that an admin may give.
pub(super) const GIVEN: [Role; 3] = [Role::Cadre, Role::Supervisor, Role::Admin];

/// The roles ticked in a form.
pub(super) fn roles_in(sent: &Sent) -> Vec<Role> {
    sent.all("role").filter_map(Role::parse).filter(|role| GIVEN.contains(role)).collect()
}

async fn show(
    web: &Web,
    visit: &Visit,
    query: Option<&str>,
    status: StatusCode,
    sent: &Sent,
    errors: &[FieldError],
) -> Result<Response, Refusal> {
    let lang = visit.reader.lang;
    let asked = query_params(query, |_| false);
    let text = |name: &str| asked.get(name).and_then(|value| value.as_str()).unwrap_or_default();
    let search = Some(text("q").trim()).filter(|text| !text.is_empty());
    let after: Option<PersonId> = text("after").parse().ok();
    let handle = web.store.space(visit.space.id).await?;
    let members = handle.members(search, after, ON_PAGE).await?;
    let households = handle.households(HOUSEHOLDS).await?;
    let names: BTreeMap<String, &Household> =
        households.iter().map(|household| (household.id.clone(), household)).collect();
    let next = (members.len() == ON_PAGE as usize).then(|| members.last().map(|member| member.person)).flatten();
    let body = html! {
        section.card {
            form.search method="get" action=(address(visit.code(), "people")) role="search" {
                label for="q" { (say(lang, "找人", "Find somebody")) }
                div.joined {
                    input #q type="search" name="q" value=(search.unwrap_or_default());
                    button.button type="submit" { (say(lang, "搜索", "Search")) }
                }
            }
            (table(visit, &members, &names))
            @if let Some(next) = next {
                p.pager { a href={ (address(visit.code(), "people")) "?after=" (next)
                    @if let Some(q) = search { "&q=" (crate::render::addresses::encode(q)) } } { (say(lang, "下一页", "Next page")) } }
            }
        }
        @if runs(visit) { (form(visit, &households, sent, errors)) }
    };
    Ok(page(web, visit, "people", say(lang, "人员", "People"), status, body).await)
}

fn table(visit: &Visit, members: &[Member], households: &BTreeMap<String, &Household>) -> Markup {
    let lang = visit.reader.lang;
    let columns = [
        say(lang, "姓名", "Name"),
        say(lang, "户", "Household"),
        say(lang, "电话", "Telephone"),
        say(lang, "身份", "Roles"),
    ];
    let home = |member: &Member| {
        let household = member.household.and_then(|id| households.get(&id.to_string()).copied());
        let words = |it: &Household| it.group.iter().chain([&it.name]).cloned().collect::<Vec<_>>().join(" ");
        household.map_or_else(|| "—".to_owned(), words)
    };
    html! {
        @if members.is_empty() { p.empty { (say(lang, "没有找到人。", "Nobody was found.")) } } @else {
            table.cards role="table" {
                thead role="rowgroup" { tr role="row" { @for column in columns { th role="columnheader" scope="col" { (column) } } } }
                tbody role="rowgroup" {
                    @for member in members {
                        tr role="row" {
                            td role="cell" { a href={ (address(visit.code(), "people")) "/" (member.person) } { (member.name) } }
                            td role="cell" data-label=(columns[1]) { (home(member)) }
                            td.figures role="cell" data-label=(columns[2]) { (member.phone.as_deref().unwrap_or("—")) }
                            td role="cell" data-label=(columns[3]) {
                                @for role in &member.roles { span.tag.plain { (role_word(lang, *role)) } " " }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn form(visit: &Visit, households: &[Household], sent: &Sent, errors: &[FieldError]) -> Markup {
    let lang = visit.reader.lang;
    let field = |name, label, kind| Control { name, label, hint: None, kind, value: sent.text(name), errors };
    html! {
        details.fold open[!errors.is_empty()] {
            summary.button.alt { (say(lang, "添加一个人", "Add somebody")) }
            form.ask method="post" action=(address(visit.code(), "people")) novalidate {
                (summary(lang, errors))
                (control(&field("name", say(lang, "姓名", "Name"), "text")))
                (control(&field("phone", say(lang, "电话（登录用）", "Telephone (to sign in)"), "tel")))
                (control(&Control {
                    value: "",
                    hint: Some(say(lang, "至少 8 个字符；告诉本人后请他自己改掉。", "At least 8 characters; ask them to change it.")),
                    ..field("password", say(lang, "初始密码", "First password"), "text")
                }))
                div.field {
                    label for="household" { (say(lang, "户", "Household")) }
                    select #household name="household" {
                        option value="" { (say(lang, "新的一户，或不选", "A new one, or none")) }
                        @for it in households {
                            option value=(it.id) selected[it.id == sent.text("household")] {
                                @if let Some(group) = &it.group { (group) " " } (it.name)
                            }
                        }
                    }
                }
                (control(&field("new_household", say(lang, "新户的户主", "Head of a new household"), "text")))
                (control(&field("group", say(lang, "新户在哪个组", "Its group"), "text")))
                (roles(lang, &roles_in(sent)))
                button.button.do type="submit" { (say(lang, "添加", "Add")) }
            }
        }
    }
}

/// Boxes for the roles.
pub(super) fn roles(lang: Lang, chosen: &[Role]) -> Markup {
    html! {
        fieldset.field {
            legend { (say(lang, "除了村民以外的身份", "Roles beyond villager")) }
            div.picks {
                @for role in GIVEN {
                    label.pick {
                        input type="checkbox" name="role" value=(role.as_str()) checked[chosen.contains(&role)];
                        span { (role_word(lang, role)) }
                    }
                }
            }
        }
    }
}
