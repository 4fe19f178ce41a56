//! The shell of every page: skip link, top bar with the way back, navigation, heading, flash, footer with
//! the office's telephone.

use cunshi_contract::Lang;
use cunshi_model::SpaceKind;
use maud::{DOCTYPE, Markup, html};

use super::icon::icon;
use super::nodes::links::tel;
use super::{RenderContext, addresses};
use crate::assets;

/// How many entries the bar at the foot of a phone takes.
const TABS: usize = 5;

/// Which of the host's own places a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// None of them.
    #[default]
    Other,
    /// A space's home.
    Home,
    /// The reader's own page.
    Mine,
    /// The to-do list.
    Todos,
    /// The inbox.
    Messages,
}

/// What the shell needs of a page.
#[derive(Default)]
pub(crate) struct Shell<'a> {
    /// Heading and document title.
    pub(crate) title: &'a str,
    /// A line under the heading.
    pub(crate) subtitle: Option<&'a str>,
    /// The way here: address and words. A phone shows the last one, as the way back.
    pub(crate) crumbs: Vec<(String, String)>,
    /// Where this is.
    pub(crate) place: Place,
    /// Only the slip is printed.
    pub(crate) slip: bool,
    /// A wide page: tables of a desk.
    pub(crate) desk: bool,
    /// The body.
    pub(crate) body: Option<Markup>,
}

/// A whole document.
pub(crate) fn document(cx: &RenderContext<'_>, shell: &Shell<'_>) -> Markup {
    let words = cx.words();
    let wrong = cx.form.as_ref().is_some_and(|form| !form.errors.is_empty() || !form.private.is_empty());
    html! {
        (DOCTYPE)
        html class=[cx.elder.then_some("elder")] lang=(cx.lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#1f6b4f";
                title { @if wrong { (words.error_mark) " · " } (shell.title) @if let Some(name) = owner(cx, shell) { " · " (name) } }
                link rel="icon" href=(assets::icon()) type="image/svg+xml";
                link rel="stylesheet" href=(assets::stylesheet());
                script src=(assets::script()) defer {}
            }
            body class=[body_class(shell)] {
                a.skip href="#content" { (words.skip) }
                header.top {
                    div.row {
                        (crumbs(cx, shell))
                        (navigation(cx, shell.place))
                        (tools(cx, shell.place))
                    }
                }
                main #content tabindex="-1" {
                    div.band { div.row { h1 { (shell.title) } @if let Some(line) = shell.subtitle { p { (line) } } } }
                    div.page {
                        @if let Some(flash) = &cx.flash {
                            p.alert.done[flash.good].late[!flash.good] role="status" data-said[flash.good] {
                                span.mark aria-hidden="true" { @if flash.good { "✓" } @else { "!" } }
                                span.lines { (flash.text) }
                            }
                        }
                        @if let Some(body) = &shell.body { (body) }
                    }
                }
                (footer(cx))
            }
        }
    }
}

fn body_class(shell: &Shell<'_>) -> Option<&'static str> {
    match (shell.slip, shell.desk) {
        (true, _) => Some("slip"),
        (false, true) => Some("desk"),
        (false, false) => None,
    }
}

/// Whose page it is, for the document's title: left out where the heading says it already.
fn owner<'a>(cx: &'a RenderContext<'_>, shell: &Shell<'_>) -> Option<&'a str> {
    let name = cx.space.as_ref().map_or(cx.words().platform, |space| space.name.as_str());
    (name != shell.title).then_some(name)
}

fn crumbs(cx: &RenderContext<'_>, shell: &Shell<'_>) -> Markup {
    html! {
        nav.crumbs aria-label=(cx.words().crumbs) {
            @if shell.crumbs.is_empty() {
                span.brand { (icon("home")) (cx.words().platform) }
            } @else {
                ol { @for (href, text) in &shell.crumbs { li { a href=(href) { (icon("back")) span { (text) } } } } }
            }
        }
    }
}

struct Entry<'a> {
    href: String,
    icon: &'a str,
    label: &'a str,
    current: bool,
    count: usize,
    folds: bool,
    /// What a wide screen says instead.
    wide: Option<&'a str>,
}

/// Home, the plugins' entries, to-dos, the reader's own page: a bar at the foot of a phone, a row on top of a
/// desktop. Plugins' entries beyond the fifth stay away from the phone's bar.
fn navigation(cx: &RenderContext<'_>, place: Place) -> Markup {
    if cx.space.is_none() {
        return html! {};
    }
    let (words, code) = (cx.words(), cx.code());
    let own = |href: String, icon, label, here: Place, count| Entry {
        href,
        icon,
        label,
        current: place == here,
        count,
        folds: false,
        wide: None,
    };
    let mut entries = vec![own(addresses::home(code), "home", words.home, Place::Home, 0)];
    let room = TABS.saturating_sub(2 + usize::from(cx.todos.is_some()));
    entries.extend(cx.nav.iter().enumerate().map(|(index, entry)| Entry {
        href: entry.href.clone(),
        icon: entry.icon.as_deref().unwrap_or("notice"),
        label: &entry.label,
        current: entry.current,
        count: 0,
        folds: index >= room,
        wide: None,
    }));
    if let Some(count) = cx.todos {
        entries.push(own(addresses::todos(code), "todo", words.to_do, Place::Todos, count));
    }
    if let Some(person) = cx.person.as_ref().filter(|_| !cx.outsider) {
        let mine = own(addresses::mine(code), "person", words.mine, Place::Mine, 0);
        entries.push(Entry { wide: Some(&person.name), ..mine });
    } else {
        entries.push(own(addresses::sign_in_then(code, &cx.path), "person", words.sign_in, Place::Mine, 0));
    }
    html! {
        nav.tabs aria-label=(words.main_nav) {
            @for entry in &entries {
                a.folds[entry.folds] href=(entry.href) aria-current=[entry.current.then_some("page")] {
                    (icon(entry.icon))
                    @match entry.wide {
                        Some(wide) => { span.on-phone { (entry.label) } span.on-desk { (wide) } },
                        None => span { (entry.label) },
                    }
                    @if entry.count > 0 { span.count { (entry.count.min(99)) } }
                }
            }
        }
    }
}

fn tools(cx: &RenderContext<'_>, place: Place) -> Markup {
    let words = cx.words();
    html! {
        div.tools {
            @if let Some(unread) = cx.messages { (bell(cx, unread, place == Place::Messages)) }
            (preference(cx, "elder", if cx.elder { "off" } else { "on" }, &html! {
                button.pill type="submit" { (if cx.elder { words.normal_type } else { words.large_type }) }
            }))
            (preference(cx, "lang", other(cx.lang).code(), &html! {
                button.pill type="submit" lang=(other(cx.lang).tag()) {
                    span.short aria-hidden="true" { (words.other_language_short) }
                    span.long { (words.other_language) }
                }
            }))
        }
    }
}

/// The way to the inbox, with how much in it was not read.
fn bell(cx: &RenderContext<'_>, unread: u32, here: bool) -> Markup {
    html! {
        a.bell href=(addresses::messages(cx.code())) aria-current=[here.then_some("page")] {
            (icon("bell"))
            span { (cx.words().messages) }
            @if unread > 0 {
                span.count {
                    (unread.min(99)) @if unread > 99 { "+" }
                    span.unseen { " " (cx.words().message_unread) }
                }
            }
        }
    }
}

pub(crate) fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

/// A small form that changes how the platform looks to this reader and comes back here.
pub(crate) fn preference(cx: &RenderContext<'_>, name: &str, value: &str, button: &Markup) -> Markup {
    html! {
        form method="post" action=(addresses::PREFERENCES) {
            input type="hidden" name=(name) value=(value);
            input type="hidden" name="back" value=(cx.path);
            (button)
        }
    }
}

/// The words for the office's telephone.
pub(crate) fn office_words(cx: &RenderContext<'_>) -> &'static str {
    let words = cx.words();
    match cx.space.as_ref().map(|space| space.kind) {
        Some(SpaceKind::Community) => words.office_community,
        Some(SpaceKind::Town) => words.office_town,
        Some(SpaceKind::District) => words.office_district,
        Some(SpaceKind::Village) | None => words.office_village,
    }
}

/// The telephone as a large button; nothing where none is known.
pub(crate) fn office_call(cx: &RenderContext<'_>) -> Markup {
    html! {
        @if let Some(phone) = cx.space.as_ref().and_then(|space| space.office_phone.as_deref()) {
            a.button.alt href=(tel(phone)) {
                (icon("phone"))
                span.words { b { (office_words(cx)) } span.hint.figures { (phone) } }
            }
        }
    }
}

fn footer(cx: &RenderContext<'_>) -> Markup {
    let words = cx.words();
    html! {
        footer.foot {
            div.row {
                @if let Some(phone) = cx.space.as_ref().and_then(|space| space.office_phone.as_deref()) {
                    a.office href=(tel(phone)) { (icon("phone")) span { (office_words(cx)) } b.figures { (phone) } }
                }
                p.meta {
                    @if !cx.district.is_empty() { a href=(addresses::PORTAL) { (cx.district) } " · " }
                    (words.platform) " · " (words.platform_line)
                }
            }
        }
    }
}
