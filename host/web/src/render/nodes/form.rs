//! Forms and buttons: an action of the manifest, drawn.
//!
//! Who may not do the action does not see it; a visitor who could after signing in is told so.

use cunshi_contract::field::FieldKind;
use cunshi_contract::manifest::{Action, Audience, Who};
use cunshi_contract::view::Templates;
use cunshi_contract::{Field, Lang};
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::field::{self, Ask};
use super::private;
use super::prose::heading;
use crate::render::context::FormState;
use crate::render::forms::{FROM, KEY, ON_BEHALF_OF, PERIOD_FROM, PERIOD_TO};
use crate::render::icon::icon;
use crate::render::view::{Drawer, typed};
use crate::render::{RenderContext, addresses, say};

pub(crate) struct Form<'t> {
    pub(crate) action: &'t str,
    pub(crate) values: &'t Map<String, Value>,
    pub(crate) folded: bool,
    pub(crate) label: Option<&'t str>,
    pub(crate) templates: Option<&'t Templates>,
}

pub(crate) fn form(drawer: &Drawer<'_>, form: &Form<'_>, level: u8) -> Markup {
    let Some(action) = drawer.module.action(form.action) else { return html! {} };
    let cx = drawer.cx;
    let label = form.label.unwrap_or_else(|| cx.say(&action.label));
    if !cx.roles.meets(&action.who) {
        return sign_in_first(cx, action, label);
    }
    let state = state_of(drawer, form.values);
    let drawn = draw(drawer, action, form, state, label, level);
    if form.folded {
        html! {
            details.fold open[state.is_some()] {
                summary.button.alt { (label) }
                (drawn)
            }
        }
    } else {
        drawn
    }
}

/// What came in, when this is the form that was refused.
fn state_of<'a>(drawer: &Drawer<'a>, values: &Map<String, Value>) -> Option<&'a FormState> {
    let same = drawer.refused.is_some_and(|refused| std::ptr::eq(refused, values));
    drawer.cx.form.as_ref().filter(|_| same)
}

fn draw(
    drawer: &Drawer<'_>,
    action: &Action,
    form: &Form<'_>,
    state: Option<&FormState>,
    label: &str,
    level: u8,
) -> Markup {
    let cx = drawer.cx;
    let id = format!("f{}", drawer.next_form());
    let files = action.fields.iter().any(is_file) && cx.person.is_some();
    let on_behalf = cx.roles.meets(&Audience::Any(action.on_behalf.clone())) && !cx.people.is_empty();
    let errors = state.map_or(&[][..], |state| &state.errors);
    let first = first_wrong(action, errors, on_behalf);
    let space = cx.space.as_ref().map_or(cx.district.as_str(), |space| space.name.as_str());
    html! {
        form.ask #(id) method="post" action=(addresses::action(cx.code(), &drawer.module.name, &action.name))
            enctype=[files.then_some("multipart/form-data")] novalidate aria-label=(label)
            data-draft=[draft_name(drawer, action, form.values)] data-restored=(cx.words().draft_restored)
            data-afresh=(cx.words().draft_clear) data-busy=(cx.words().sending) {
            (hidden(KEY, &format!("{}-{id}", cx.key)))
            (hidden(FROM, &cx.path))
            @if let Some(state) = state {
                (summary(cx, action, state, &id, level))
                (private::ask(cx, &action.fields, state, &id, level))
            }
            @if let Some(intro) = &action.intro { p.hint.lines { (cx.say(intro)) } }
            @if on_behalf { (field::on_behalf(cx, &id, errors, state, first == Some(ON_BEHALF_OF))) }
            @for it in &action.fields {
                @if files || !is_file(it) {
                    @let ask = Ask {
                        field: it,
                        siblings: &action.fields,
                        id: format!("{id}-{}", it.name),
                        value: value_of(it, form.values, state),
                        prefilled: form.values.contains_key(&it.name),
                        error: errors.iter().find(|(name, _)| *name == it.name).map(|(_, text)| text.as_str()),
                        focus: first == Some(it.name.as_str()),
                    };
                    (field::field(drawer, &ask))
                    @if let Some(templates) = form.templates.filter(|templates| templates.field == it.name) {
                        (ready_texts(cx, templates, &ask.id))
                    }
                }
            }
            button.button.do type="submit" { (label) }
            p.asked { (say::asked_by(cx.lang, cx.say(&drawer.module.title), space)) }
        }
    }
}

/// The first field, in the order of the form, that has a mistake: it takes the cursor.
fn first_wrong<'e>(action: &'e Action, errors: &[(String, String)], on_behalf: bool) -> Option<&'e str> {
    let wrong = |name: &str| errors.iter().any(|(field, _)| field == name);
    if on_behalf && wrong(ON_BEHALF_OF) {
        return Some(ON_BEHALF_OF);
    }
    action.fields.iter().map(|field| field.name.as_str()).find(|name| wrong(name))
}

/// What a field starts from: what was typed, else what the page gives, else the manifest's default. What the page
/// is about is always what the page says now.
fn value_of<'v>(field: &'v Field, given: &'v Map<String, Value>, state: Option<&'v FormState>) -> Option<&'v Value> {
    let given = given.get(&field.name);
    match state {
        Some(_) if field.kind == FieldKind::Reference && given.is_some() => given,
        Some(state) => state.values.get(&field.name),
        None => given.or(field.default.as_ref()),
    }
}

/// Under this name the device keeps what is typed: the person, the action, and the document it is about.
/// Visitors' drafts are not kept, because phones are shared.
fn draft_name(drawer: &Drawer<'_>, action: &Action, values: &Map<String, Value>) -> Option<String> {
    let person = drawer.cx.person.as_ref()?.id;
    let about: Vec<String> = action
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::Reference)
        .filter_map(|field| values.get(&field.name).and_then(typed))
        .collect();
    Some(format!("{person}/{}/{}/{}/{}", drawer.cx.code(), drawer.module.name, action.name, about.join("/")))
}

/// All mistakes, each with a link to its field.
fn summary(cx: &RenderContext<'_>, action: &Action, state: &FormState, id: &str, level: u8) -> Markup {
    if state.errors.is_empty() {
        return html! {};
    }
    // A hidden reference has no place that a link could lead to.
    let label = |name: &str| -> Option<&str> {
        if name == ON_BEHALF_OF {
            return Some(cx.words().on_behalf);
        }
        if name == private::REASON && !state.private.is_empty() {
            return Some(cx.words().private_reason);
        }
        let field = action.fields.iter().find(|field| field.name == name && field.kind != FieldKind::Reference)?;
        Some(field.label.as_ref().map_or(field.name.as_str(), |text| cx.say(text)))
    };
    html! {
        div.wrongs role="alert" {
            (heading(&say::mistakes(cx.lang, state.errors.len()), level))
            ul {
                @for (name, text) in &state.errors {
                    li {
                        @match label(name) {
                            Some(label) => a href={ "#" (id) "-" (name) } { (label) (colon(cx.lang)) (text) },
                            None => (text),
                        }
                    }
                }
            }
        }
    }
}

fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "：",
        Lang::En => ": ",
    }
}

/// Texts to fill in by a tap; without JavaScript a list to read and copy.
fn ready_texts(cx: &RenderContext<'_>, templates: &Templates, id: &str) -> Markup {
    let words = cx.words();
    html! {
        details.ready data-fill=(id) {
            summary { (words.templates) }
            p.hint.with-js { (words.templates_hint) }
            ul { @for text in &templates.texts { li { (text) } } }
        }
    }
}

fn is_file(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Photos | FieldKind::Files)
}

pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// For visitors: the action exists, and signing in opens it. Nothing for signed-in people without the role, nor
/// about the work of an office.
fn sign_in_first(cx: &RenderContext<'_>, action: &Action, label: &str) -> Markup {
    if cx.person.is_some() || !action.who.roles().contains(&Who::Member) {
        return html! {};
    }
    html! {
        a.button.alt href=(addresses::sign_in_then(cx.code(), &cx.path)) rel="nofollow" {
            (icon("person"))
            span.words { b { (label) } span.hint { (cx.words().sign_in_to) } }
        }
    }
}

/// An action with fixed values: a form of hidden fields and one button.
pub(crate) fn button(
    drawer: &Drawer<'_>,
    action: &str,
    values: &Map<String, Value>,
    label: Option<&str>,
    quiet: bool,
) -> Markup {
    let Some(action) = drawer.module.action(action) else { return html! {} };
    let cx = drawer.cx;
    let label = label.unwrap_or_else(|| cx.say(&action.label));
    if !cx.roles.meets(&action.who) {
        return sign_in_first(cx, action, label);
    }
    let id = format!("f{}", drawer.next_form());
    let errors = state_of(drawer, values).map_or(&[][..], |state| &state.errors);
    html! {
        form.single #(id) method="post" action=(addresses::action(cx.code(), &drawer.module.name, &action.name))
            data-busy=(cx.words().sending) {
            (hidden(KEY, &format!("{}-{id}", cx.key)))
            (hidden(FROM, &cx.path))
            @for (name, value) in values { (fixed(name, value)) }
            @for (_, text) in errors { p.alert.late role="alert" { span.mark aria-hidden="true" { "!" } (text) } }
            @if let Some(state) = state_of(drawer, values) { (private::ask(cx, &action.fields, state, &id, 3)) }
            button.button.do[!quiet].alt[quiet] type="submit" { (label) }
        }
    }
}

fn fixed(name: &str, value: &Value) -> Markup {
    match value {
        Value::Array(all) => html! {
            @for text in all.iter().filter_map(typed) { (hidden(name, &text)) }
        },
        Value::Object(period) => html! {
            @for (key, suffix) in [("from", PERIOD_FROM), ("to", PERIOD_TO)] {
                @if let Some(text) = period.get(key).and_then(typed) { (hidden(&format!("{name}{suffix}"), &text)) }
            }
        },
        one => html! { @if let Some(text) = typed(one) { (hidden(name, &text)) } },
    }
}
