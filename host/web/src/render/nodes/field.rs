//! One field of a form, for every kind that a manifest may declare.

use cunshi_contract::Field;
use cunshi_contract::field::FieldKind;
use maud::{Markup, html};
use serde_json::Value;

use super::choice;
use super::form::hidden;
use super::upload;
use crate::render::context::FormState;
use crate::render::forms::{ON_BEHALF_OF, PERIOD_FROM, PERIOD_TO};
use crate::render::view::{Drawer, typed};
use crate::render::{Opt, RenderContext, say};

/// A field with what is known of it now.
pub(crate) struct Ask<'t> {
    pub(crate) field: &'t Field,
    /// All fields of the form: a condition names another one.
    pub(crate) siblings: &'t [Field],
    pub(crate) id: String,
    pub(crate) value: Option<&'t Value>,
    /// The page gave the value: a reference is then hidden.
    pub(crate) prefilled: bool,
    pub(crate) error: Option<&'t str>,
    /// Takes the cursor: the first field with a mistake.
    pub(crate) focus: bool,
}

impl Ask<'_> {
    /// The value as a form sends it.
    pub(crate) fn text(&self) -> String {
        self.value.and_then(typed).unwrap_or_default()
    }

    /// The values of a list.
    pub(crate) fn texts(&self) -> Vec<String> {
        match self.value {
            Some(Value::Array(all)) => all.iter().filter_map(typed).filter(|text| !text.is_empty()).collect(),
            Some(one) => typed(one).filter(|text| !text.is_empty()).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A browser is told only what holds whatever else is chosen.
    pub(crate) fn required(&self) -> bool {
        self.field.required && self.field.when.is_none()
    }

    /// The ids of what is written about the field.
    pub(crate) fn described_by(&self, hinted: bool) -> Option<String> {
        let hint = hinted.then(|| format!("{}-hint", self.id));
        let error = self.error.map(|_| format!("{}-error", self.id));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

pub(crate) fn field(drawer: &Drawer<'_>, ask: &Ask<'_>) -> Markup {
    let cx = drawer.cx;
    match ask.field.kind {
        FieldKind::Reference if ask.prefilled => hidden(&ask.field.name, &ask.text()),
        FieldKind::Text | FieldKind::Place | FieldKind::Reference => line(cx, ask, "text", None, &ask.text()),
        FieldKind::Phone => line(cx, ask, "tel", Some("tel"), &ask.text()),
        FieldKind::Integer => line(cx, ask, "text", Some("numeric"), &ask.text()),
        FieldKind::Decimal => line(cx, ask, "text", Some("decimal"), &ask.text()),
        FieldKind::Date => line(cx, ask, "date", None, &ask.text()),
        FieldKind::Time => line(cx, ask, "time", None, &ask.text()),
        FieldKind::Money => amount(cx, ask, cx.words().yuan),
        FieldKind::Points => amount(cx, ask, cx.words().points_unit),
        FieldKind::LongText => area(cx, ask, 4),
        FieldKind::Markdown => area(cx, ask, 10),
        FieldKind::Period => period(cx, ask),
        FieldKind::YesNo => choice::yes_no(cx, ask),
        FieldKind::Stars => choice::stars(cx, ask),
        FieldKind::Choice => choice::one_of(cx, ask, &choices(drawer, ask.field)),
        FieldKind::MultiChoice => choice::some_of(cx, ask, &choices(drawer, ask.field)),
        FieldKind::Person => choice::from_list(cx, ask, &cx.people, cx.words().nobody_listed),
        FieldKind::Household => choice::from_list(cx, ask, &cx.households, cx.words().nobody_listed),
        FieldKind::Photos => upload::photos(cx, ask),
        FieldKind::Files => upload::files(cx, ask),
    }
}

/// The values of a choice: the manifest's own, or what the plugin's query answered.
fn choices(drawer: &Drawer<'_>, field: &Field) -> Vec<Opt> {
    let cx = drawer.cx;
    match &field.options {
        Some(query) => cx.options.get(&(drawer.module.name.clone(), query.clone())).cloned().unwrap_or_default(),
        None => field
            .choices
            .iter()
            .map(|choice| Opt { value: choice.value.clone(), label: cx.say(&choice.label).to_owned() })
            .collect(),
    }
}

fn line(cx: &RenderContext<'_>, ask: &Ask<'_>, kind: &str, keyboard: Option<&str>, value: &str) -> Markup {
    let narrow = !matches!(ask.field.kind, FieldKind::Text | FieldKind::Place | FieldKind::Reference);
    let control = html! {
        input.narrow[narrow] #(ask.id) name=(ask.field.name) type=(kind) inputmode=[keyboard] value=(value)
            required[ask.required()] aria-describedby=[ask.described_by(has_hint(ask))]
            aria-invalid=[ask.error.map(|_| "true")] autofocus[ask.focus] autocomplete="off";
    };
    single(cx, ask, &control)
}

fn amount(cx: &RenderContext<'_>, ask: &Ask<'_>, unit: &str) -> Markup {
    // A number comes from a plugin, in fen or hundredths of a point; a string is what somebody typed.
    let value = match ask.value {
        Some(Value::Number(hundredths)) => hundredths.as_i64().map(say::yuan_typed).unwrap_or_default(),
        _ => ask.text(),
    };
    let control = html! {
        div.unit {
            input.narrow #(ask.id) name=(ask.field.name) type="text" inputmode="decimal" value=(value)
                required[ask.required()] aria-describedby=[ask.described_by(has_hint(ask))]
                aria-invalid=[ask.error.map(|_| "true")] autofocus[ask.focus] autocomplete="off";
            span { (unit) }
        }
    };
    single(cx, ask, &control)
}

fn area(cx: &RenderContext<'_>, ask: &Ask<'_>, rows: u8) -> Markup {
    let control = html! {
        textarea #(ask.id) name=(ask.field.name) rows=(rows) required[ask.required()]
            aria-describedby=[ask.described_by(has_hint(ask))] aria-invalid=[ask.error.map(|_| "true")]
            autofocus[ask.focus] { "\n" (ask.text()) }
    };
    single(cx, ask, &control)
}

fn period(cx: &RenderContext<'_>, ask: &Ask<'_>) -> Markup {
    let words = cx.words();
    let end = |key: &str| ask.value.and_then(|value| value.get(key)).and_then(typed).unwrap_or_default();
    let control = html! {
        div.period {
            @for (key, suffix, label) in [("from", PERIOD_FROM, words.from_day), ("to", PERIOD_TO, words.to_day)] {
                @let id = if key == "from" { ask.id.clone() } else { format!("{}-to", ask.id) };
                div {
                    label for=(id) { (label) }
                    input #(id) type="date" name={ (ask.field.name) (suffix) } value=(end(key))
                        required[ask.required()] autofocus[ask.focus && key == "from"];
                }
            }
        }
    };
    group(cx, ask, &control)
}

/// Whom a cadre enters a form for.
pub(crate) fn on_behalf(
    cx: &RenderContext<'_>,
    form: &str,
    errors: &[(String, String)],
    state: Option<&FormState>,
    focus: bool,
) -> Markup {
    let words = cx.words();
    let id = format!("{form}-{ON_BEHALF_OF}");
    let error = errors.iter().find(|(name, _)| name == ON_BEHALF_OF).map(|(_, text)| text);
    let kept = state.and_then(|state| state.values.get(ON_BEHALF_OF)).and_then(typed).unwrap_or_default();
    html! {
        div.field.wrong[error.is_some()] {
            label for=(id) { (words.on_behalf) }
            p.hint id={ (id) "-hint" } { (words.on_behalf_hint) }
            @if let Some(text) = error { (error_line(&id, text)) }
            select #(id) name=(ON_BEHALF_OF) aria-describedby={ (id) "-hint" } autofocus[focus]
                aria-invalid=[error.map(|_| "true")] {
                option value="" { (words.on_behalf_self) }
                @for it in &cx.people { option value=(it.value) selected[it.value == kept] { (it.label) } }
            }
        }
    }
}

/// A control with its label above.
pub(crate) fn single(cx: &RenderContext<'_>, ask: &Ask<'_>, control: &Markup) -> Markup {
    let (when, is) = condition(ask);
    html! {
        div.field.wrong[ask.error.is_some()] data-when=[when] data-is=[is] {
            label for=(ask.id) { (label(cx, ask)) }
            (about(cx, ask))
            (control)
        }
    }
}

/// Several controls under one legend.
pub(crate) fn group(cx: &RenderContext<'_>, ask: &Ask<'_>, controls: &Markup) -> Markup {
    let (when, is) = condition(ask);
    html! {
        fieldset.field.wrong[ask.error.is_some()] data-when=[when] data-is=[is]
            aria-describedby=[ask.described_by(has_hint(ask))] {
            legend { (label(cx, ask)) }
            (about(cx, ask))
            (controls)
        }
    }
}

/// The label with its mark.
pub(crate) fn label(cx: &RenderContext<'_>, ask: &Ask<'_>) -> Markup {
    html! {
        (ask.field.label.as_ref().map_or(ask.field.name.as_str(), |text| cx.say(text)))
        @if ask.field.required { " " span.must { (cx.words().required) } }
    }
}

/// Hint, limit, condition and mistake, between label and control, where they are read first.
pub(crate) fn about(cx: &RenderContext<'_>, ask: &Ask<'_>) -> Markup {
    html! {
        @if has_hint(ask) {
            p.hint.without-js[ask.field.hint.is_none() && !says_limit(ask.field)] id={ (ask.id) "-hint" } {
                @if let Some(when) = &ask.field.when { span.without-js { (condition_words(cx, ask, when)) " " } }
                @if let Some(hint) = &ask.field.hint { (cx.say(hint)) " " }
                @if let Some(limit) = limit(cx, ask.field) { (limit) }
            }
        }
        @if let Some(text) = ask.error { (error_line(&ask.id, text)) }
    }
}

fn error_line(id: &str, text: &str) -> Markup {
    html! { p.error id={ (id) "-error" } { span.mark aria-hidden="true" { "!" } (text) } }
}

pub(crate) fn has_hint(ask: &Ask<'_>) -> bool {
    let field = ask.field;
    field.hint.is_some() || field.when.is_some() || says_limit(field)
}

/// A limit is worth a line where the manifest has no hint of its own: for files, and for texts that it keeps
/// short enough to be run into.
fn says_limit(field: &Field) -> bool {
    let short = field.max.is_some_and(|most| most <= 500);
    match field.kind {
        _ if field.hint.is_some() => false,
        FieldKind::Photos | FieldKind::Files => true,
        FieldKind::Text | FieldKind::LongText | FieldKind::Place => short,
        _ => false,
    }
}

fn limit(cx: &RenderContext<'_>, field: &Field) -> Option<String> {
    let most = field.limit().filter(|_| says_limit(field))?;
    Some(match field.kind {
        FieldKind::Photos => say::at_most_files(cx.lang, most, true),
        FieldKind::Files => say::at_most_files(cx.lang, most, false),
        _ => say::at_most_characters(cx.lang, most),
    })
}

/// The attributes by which the script hides a field.
pub(crate) fn condition(ask: &Ask<'_>) -> (Option<String>, Option<String>) {
    match &ask.field.when {
        Some(when) => (Some(when.field.clone()), Some(Value::from(when.is.clone()).to_string())),
        None => (None, None),
    }
}

fn condition_words(cx: &RenderContext<'_>, ask: &Ask<'_>, when: &cunshi_contract::field::When) -> String {
    let other = ask.siblings.iter().find(|field| field.name == when.field);
    let name = other.and_then(|field| field.label.as_ref()).map_or(when.field.as_str(), |text| cx.say(text));
    let values: Vec<String> = when
        .is
        .iter()
        .map(|value| match (other, value.as_str()) {
            (Some(field), "true") if field.kind == FieldKind::YesNo => cx.words().yes.to_owned(),
            (Some(field), "false") if field.kind == FieldKind::YesNo => cx.words().no.to_owned(),
            (Some(field), _) => field
                .choices
                .iter()
                .find(|choice| choice.value == *value)
                .map_or_else(|| value.clone(), |choice| cx.say(&choice.label).to_owned()),
            (None, _) => value.clone(),
        })
        .collect();
    say::only_if(cx.lang, name, &values)
}
