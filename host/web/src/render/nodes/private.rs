//! Numbers of persons in a form that was sent: each in its sentence and as it would read, and what may be chosen.
//! Plain fields of the form, so that it works without JavaScript.

use cunshi_contract::Field;
use cunshi_contract::Lang;
use cunshi_model::Role;
use cunshi_runtime::privacy::{self, FoundNumber};
use maud::{Markup, html};

use super::prose::heading;
use crate::render::RenderContext;
use crate::render::context::FormState;

pub(crate) use cunshi_runtime::privacy::REASON;

pub(crate) fn ask(cx: &RenderContext<'_>, fields: &[Field], state: &FormState, id: &str, level: u8) -> Markup {
    if state.private.is_empty() {
        return html! {};
    }
    let words = cx.words();
    let typed = |name: &str| state.values.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let error = state.errors.iter().find(|(name, _)| name == REASON).map(|(_, text)| text.as_str());
    let may_keep = cx.roles.has(Role::Cadre);
    let keep = may_keep && typed(privacy::CHOICE) == "keep";
    html! {
        div.private role="alert" {
            (heading(words.private_title, level))
            p { (words.private_intro) }
            (numbers(cx.lang, fields, &state.private))
            div.picks {
                label.pick {
                    input type="radio" name=(privacy::CHOICE) value="mask" checked[!keep] autofocus[error.is_none()];
                    span { (words.private_mask) }
                }
                @if may_keep {
                    label.pick {
                        input type="radio" name=(privacy::CHOICE) value="keep" checked[keep];
                        span { (words.private_keep) }
                    }
                }
            }
            @if may_keep {
                div.field.wrong[error.is_some()] {
                    label for={ (id) "-" (REASON) } { (words.private_reason) }
                    p.hint #{ (id) "-" (REASON) "-hint" } { (words.private_reason_hint) }
                    @if let Some(error) = error { p.error { (error) } }
                    input #{ (id) "-" (REASON) } name=(REASON) type="text" value=(typed(REASON)) maxlength=(privacy::MAX_REASON)
                        aria-describedby={ (id) "-" (REASON) "-hint" } aria-invalid=[error.map(|_| "true")]
                        autofocus[error.is_some()] autocomplete="off";
                }
            }
        }
    }
}

/// Each number in its sentence, and how that would read.
pub(crate) fn numbers(lang: Lang, fields: &[Field], found: &[FoundNumber]) -> Markup {
    let label = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        field.and_then(|field| field.label.as_ref()).map_or(name, |label| label.get(lang)).to_owned()
    };
    let becomes = crate::words::words(lang).private_becomes;
    html! {
        ul {
            @for number in found {
                li {
                    b { (label(&number.field)) } " · " (privacy::word(number.kind, lang))
                    p.lines { (number.before) mark { (number.text) } (number.after) }
                    p.meta { (becomes) (number.becomes) }
                }
            }
        }
    }
}
