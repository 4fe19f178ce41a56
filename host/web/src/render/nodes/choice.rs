//! Fields to choose from: large buttons for a few values, a list for many, stars, yes and no.

use maud::{Markup, html};
use serde_json::Value;

use super::field::{Ask, about, group, has_hint, label, single};
use crate::render::{Opt, RenderContext, say};

/// Up to this many values are shown at once; more become a list to open.
const AT_ONCE: usize = 7;

pub(crate) fn one_of(cx: &RenderContext<'_>, ask: &Ask<'_>, choices: &[Opt]) -> Markup {
    // An answer may be left out, unless something is taken for it then.
    let silent = !ask.field.required && ask.field.default.is_none();
    if choices.len() > AT_ONCE || choices.is_empty() {
        return from_list(cx, ask, choices, cx.words().nothing_to_choose);
    }
    let chosen = ask.text();
    let none = Opt { value: String::new(), label: cx.words().none_of_these.to_owned() };
    let all: Vec<&Opt> = choices.iter().chain(silent.then_some(&none)).collect();
    let controls = html! {
        div.picks {
            @for (index, it) in all.iter().enumerate() {
                label.pick {
                    input type="radio" id=(nth(ask, index)) name=(ask.field.name) value=(it.value)
                        checked[it.value == chosen] required[ask.required()] autofocus[ask.focus && index == 0];
                    span { (it.label) }
                }
            }
        }
    };
    group(cx, ask, &controls)
}

pub(crate) fn some_of(cx: &RenderContext<'_>, ask: &Ask<'_>, choices: &[Opt]) -> Markup {
    let chosen = ask.texts();
    let controls = html! {
        @if choices.is_empty() { p.hint { (cx.words().nothing_to_choose) } }
        div.picks {
            @for (index, it) in choices.iter().enumerate() {
                label.pick {
                    input type="checkbox" id=(nth(ask, index)) name=(ask.field.name) value=(it.value)
                        checked[chosen.contains(&it.value)] autofocus[ask.focus && index == 0];
                    span { (it.label) }
                }
            }
        }
    };
    group(cx, ask, &controls)
}

/// A list to open. A kept value that is no longer offered stays visible as it is.
pub(crate) fn from_list(cx: &RenderContext<'_>, ask: &Ask<'_>, choices: &[Opt], nothing: &str) -> Markup {
    let chosen = ask.text();
    let control = html! {
        @if choices.is_empty() { p.hint { (nothing) } }
        select #(ask.id) name=(ask.field.name) required[ask.required()] autofocus[ask.focus]
            aria-describedby=[ask.described_by(has_hint(ask))] aria-invalid=[ask.error.map(|_| "true")] {
            option value="" { (if ask.field.required { cx.words().choose } else { cx.words().none_of_these }) }
            @for it in choices { option value=(it.value) selected[it.value == chosen] { (it.label) } }
        }
    };
    single(cx, ask, &control)
}

/// A box to tick. Where silence would mean yes, both answers are offered instead.
pub(crate) fn yes_no(cx: &RenderContext<'_>, ask: &Ask<'_>) -> Markup {
    let words = cx.words();
    if ask.field.default == Some(Value::Bool(true)) || ask.field.required {
        let both = [("true", words.yes), ("false", words.no)]
            .map(|(value, label)| Opt { value: value.to_owned(), label: label.to_owned() });
        return one_of(cx, ask, &both);
    }
    let yes = matches!(ask.text().as_str(), "true" | "on");
    html! {
        @let (when, is) = super::field::condition(ask);
        div.field.wrong[ask.error.is_some()] data-when=[when] data-is=[is] {
            label.pick.alone {
                input #(ask.id) type="checkbox" name=(ask.field.name) value="true" checked[yes] autofocus[ask.focus]
                    aria-describedby=[ask.described_by(has_hint(ask))] aria-invalid=[ask.error.map(|_| "true")];
                span { (label(cx, ask)) }
            }
            (about(cx, ask))
        }
    }
}

/// Five stars as five buttons, each with its word: the number alone would be a riddle.
pub(crate) fn stars(cx: &RenderContext<'_>, ask: &Ask<'_>) -> Markup {
    let chosen = ask.text();
    let controls = html! {
        div.rate {
            @for value in 1_u8..=5 {
                label {
                    input type="radio" id=(nth(ask, usize::from(value) - 1)) name=(ask.field.name) value=(value)
                        checked[chosen == value.to_string()] required[ask.required()]
                        autofocus[ask.focus && value == 1];
                    span.star aria-hidden="true" { "★" }
                    span.word { span.unseen { (value) " " } (say::star_meaning(cx.lang, value)) }
                }
            }
        }
    };
    group(cx, ask, &controls)
}

/// The first control bears the field's own id, so that the summary of mistakes can lead there.
fn nth(ask: &Ask<'_>, index: usize) -> String {
    if index == 0 { ask.id.clone() } else { format!("{}-{index}", ask.id) }
}
