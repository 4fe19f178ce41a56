//! Controls of the console's own forms.

use cunshi_contract::Lang;
use cunshi_runtime::FieldError;
use maud::{Markup, html};

use super::say;

/// A line to fill in.
pub(super) struct Control<'t> {
    pub(super) name: &'t str,
    pub(super) label: &'t str,
    pub(super) hint: Option<&'t str>,
    /// The type of the input.
    pub(super) kind: &'t str,
    pub(super) value: &'t str,
    /// All mistakes of the form.
    pub(super) errors: &'t [FieldError],
}

/// Draws it, with its mistake.
pub(super) fn control(it: &Control<'_>) -> Markup {
    let error = it.errors.iter().find(|error| error.field == it.name);
    let about = error.map(|_| format!("{}-error", it.name));
    html! {
        div.field.wrong[error.is_some()] {
            label for=(it.name) { (it.label) }
            @if let Some(hint) = it.hint { p.hint { (hint) } }
            @if let Some(error) = error {
                p.error id={ (it.name) "-error" } { span.mark aria-hidden="true" { "!" } (error.message) }
            }
            input id=(it.name) name=(it.name) type=(it.kind) value=(it.value) autocomplete="off"
                aria-invalid=[error.map(|_| "true")] aria-describedby=[about];
        }
    }
}

/// All mistakes on top, each with a way to its field.
pub(super) fn summary(lang: Lang, errors: &[FieldError]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.wrongs role="alert" {
                h2 { (say(lang, "有几处需要改", "Some fields need a change")) }
                ul { @for error in errors { li { a href={ "#" (error.field) } { (error.message) } } } }
            }
        }
    }
}
