//! `GET` and `POST /v/{village}/manage/modules/{plugin}/settings`: what a village may set of a module.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::field::{Field, FieldKind};
use cunshi_contract::{Lang, Manifest};
use cunshi_model::Role;
use cunshi_runtime::privacy::FoundNumber;
use cunshi_runtime::{FieldError, fields, privacy};
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::control::{Control, control, summary};
use super::{address, audit, page, require_admin, say};
use crate::Web;
use crate::error::Refusal;
use crate::form::{Sent, plain_fields};
use crate::pages::go;
use crate::render::nodes::private;
use crate::visit::{At, Visit};
use crate::words::words;

/// The form.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin)): At<(String, String)>,
) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let release = visit.plugin(&web, &plugin)?;
    let changed = visit.profile.settings.get(&plugin).and_then(Value::as_object).cloned().unwrap_or_default();
    show(&web, &visit, &release.manifest, &changed, StatusCode::OK, &Wrong::default()).await
}

/// New settings.
pub(crate) async fn post(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    require_admin(&visit)?;
    let release = visit.plugin(&web, &plugin)?;
    let declared = &release.manifest.settings;
    let mut given = plain_fields(declared, &Sent::read(request, true).await?);
    for field in declared.iter().filter(|field| field.kind == FieldKind::YesNo) {
        // A box that is not ticked is not sent; here that means no, not the default.
        given.entry(field.name.clone()).or_insert(Value::Bool(false));
    }
    let lang = visit.reader.lang;
    let typed = given.clone();
    let again = async |errors: &[FieldError], found: &[FoundNumber]| {
        let wrong = Wrong { errors, found, typed: Some(&typed) };
        show(&web, &visit, &release.manifest, &typed, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await
    };
    let asked = typed.contains_key(privacy::CHOICE);
    let asked_about = || if asked { privacy::search(declared, &typed) } else { Vec::new() };
    // What a village sets is read by everybody too: answers that are kept ready, hours, telephones.
    let choice = match privacy::choice(declared, &mut given, visit.roles.has(Role::Cadre), lang) {
        Ok(choice) => choice,
        Err(errors) => return again(&errors, &asked_about()).await,
    };
    let mut settings = match fields::validate(declared, &given, lang) {
        Ok(settings) => settings,
        Err(errors) => return again(&errors, &asked_about()).await,
    };
    let kept = match privacy::settle(declared, &mut settings, choice.as_ref()) {
        Ok(kept) => kept,
        Err(found) => return again(&privacy::errors(&found, lang), &found).await,
    };
    let settings = Value::Object(settings);
    if let Some(kept) = kept {
        audit(&web, &visit, "host/private-kept", &format!("{plugin}/settings: {kept}"), &settings.to_string()).await?;
    }
    let handle = web.store.space(visit.space.id).await?;
    handle.set_settings(&plugin, &settings, visit.caller().actor, web.clock.now()).await?;
    let text = say(visit.reader.lang, "设置已经保存。", "The settings are saved.").to_owned();
    Ok(go(&web, &address(visit.code(), "modules"), Some((text, true))))
}

/// What is wrong with settings that were sent.
#[derive(Default)]
struct Wrong<'a> {
    errors: &'a [FieldError],
    found: &'a [FoundNumber],
    typed: Option<&'a Map<String, Value>>,
}

async fn show(
    web: &Web,
    visit: &Visit,
    manifest: &Manifest,
    values: &Map<String, Value>,
    status: StatusCode,
    wrong: &Wrong<'_>,
) -> Result<Response, Refusal> {
    let lang = visit.reader.lang;
    let errors = wrong.errors;
    if manifest.settings.is_empty() {
        return Err(Refusal::NotFound);
    }
    let body = html! {
        section.card {
            form.ask method="post" action={ (address(visit.code(), "modules")) "/" (manifest.name) "/settings" } novalidate {
                (summary(lang, errors))
                (asks(lang, &manifest.settings, wrong))
                @for field in &manifest.settings { (setting(lang, field, values.get(&field.name).or(field.default.as_ref()), errors)) }
                button.button.do type="submit" { (say(lang, "保存", "Save")) }
            }
        }
    };
    Ok(page(web, visit, "modules", manifest.title.get(lang), status, body).await)
}

/// What to do with numbers of persons: an admin may keep them, and says why.
fn asks(lang: Lang, fields: &[Field], wrong: &Wrong<'_>) -> Markup {
    let words = words(lang);
    let typed = |name: &str| wrong.typed.and_then(|typed| typed.get(name)?.as_str()).unwrap_or_default();
    let keep = typed(privacy::CHOICE) == "keep";
    html! {
        @if !wrong.found.is_empty() {
            div.private role="alert" {
                h2 { (words.private_title) }
                p { (words.private_intro) }
                (private::numbers(lang, fields, wrong.found))
                div.picks {
                    label.pick { input type="radio" name=(privacy::CHOICE) value="mask" checked[!keep]; span { (words.private_mask) } }
                    label.pick { input type="radio" name=(privacy::CHOICE) value="keep" checked[keep]; span { (words.private_keep) } }
                }
                (control(&Control {
                    name: privacy::REASON, label: words.private_reason, hint: Some(words.private_reason_hint),
                    kind: "text", value: typed(privacy::REASON), errors: wrong.errors,
                }))
            }
        }
    }
}

fn setting(lang: Lang, field: &Field, value: Option<&Value>, errors: &[FieldError]) -> Markup {
    let label = field.label.as_ref().map_or(field.name.as_str(), |label| label.get(lang));
    let hint = field.hint.as_ref().map(|hint| hint.get(lang));
    match field.kind {
        FieldKind::YesNo => html! {
            div.field {
                label.pick.alone {
                    input type="checkbox" id=(field.name) name=(field.name) value="true" checked[is_yes(value)];
                    span { (label) }
                }
                @if let Some(hint) = hint { p.hint { (hint) } }
            }
        },
        FieldKind::Choice | FieldKind::MultiChoice => choices(lang, field, label, hint, value),
        FieldKind::LongText | FieldKind::Markdown => html! {
            div.field {
                label for=(field.name) { (label) }
                @if let Some(hint) = hint { p.hint { (hint) } }
                @for error in errors.iter().filter(|error| error.field == field.name) { p.error { (error.message) } }
                textarea id=(field.name) name=(field.name) rows="5" { "\n" (text_of(field, value)) }
            }
        },
        kind => {
            let kind = match kind {
                FieldKind::Date => "date",
                FieldKind::Time => "time",
                FieldKind::Phone => "tel",
                _ => "text",
            };
            control(&Control { name: &field.name, label, hint, kind, value: &text_of(field, value), errors })
        }
    }
}

fn choices(lang: Lang, field: &Field, label: &str, hint: Option<&str>, value: Option<&Value>) -> Markup {
    let many = field.kind == FieldKind::MultiChoice;
    let chosen = |choice: &str| match value {
        Some(Value::Array(all)) => all.iter().any(|one| one == choice),
        Some(one) => one == choice,
        None => false,
    };
    html! {
        fieldset.field {
            legend { (label) }
            @if let Some(hint) = hint { p.hint { (hint) } }
            div.picks {
                @for choice in &field.choices {
                    label.pick {
                        input type=(if many { "checkbox" } else { "radio" }) name=(field.name) value=(choice.value)
                            checked[chosen(&choice.value)];
                        span { (choice.label.get(lang)) }
                    }
                }
            }
        }
    }
}

fn is_yes(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::String(text)) => matches!(text.as_str(), "true" | "on"),
        _ => false,
    }
}

/// A value as it is typed; money in yuan, points with their decimals.
fn text_of(field: &Field, value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) if matches!(field.kind, FieldKind::Money | FieldKind::Points) => {
            let fen = number.as_i64().unwrap_or_default();
            format!("{}{}.{:02}", if fen < 0 { "-" } else { "" }, fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
        }
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
