//! Ways to go on: links as buttons and doors, filters, search, telephone, addresses outside.

use cunshi_contract::view::{Tab, To};
use maud::{Markup, html};
use percent_encoding::percent_decode_str;

use crate::render::icon::icon;
use crate::render::view::Drawer;
use crate::render::{RenderContext, addresses};

pub(crate) struct Door<'t> {
    pub(crate) text: &'t str,
    pub(crate) to: &'t To,
    pub(crate) icon: Option<&'t str>,
    pub(crate) hint: Option<&'t str>,
    pub(crate) primary: bool,
}

/// A link drawn as a button, or `large` as one of the doors of a home.
pub(crate) fn link(drawer: &Drawer<'_>, door: &Door<'_>, large: bool) -> Markup {
    let Some(href) = drawer.href(door.to) else { return html! {} };
    let words = html! {
        @if let Some(name) = door.icon { (icon(name)) }
        span.words {
            b { (door.text) }
            @if let Some(hint) = door.hint { span.hint { (hint) } }
        }
    };
    if large {
        html! { a.door.main[door.primary] href=(href) { (words) } }
    } else {
        html! { a.button.alt[!door.primary] href=(href) { (words) } }
    }
}

pub(crate) fn filters(drawer: &Drawer<'_>, tabs: &[Tab]) -> Markup {
    html! {
        nav.filters aria-label=(drawer.module.title.get(drawer.cx.lang)) {
            @for tab in tabs {
                @if let Some(href) = drawer.href(&tab.to) {
                    a href=(href) aria-current=[tab.current.then_some("page")] { (tab.text) }
                }
            }
        }
    }
}

/// A `GET` form: what the address carries already travels in hidden fields.
pub(crate) fn search(drawer: &Drawer<'_>, to: &To, param: &str, label: &str, value: &str) -> Markup {
    let mut to = to.clone();
    to.params.remove(param);
    let Some(href) = drawer.href(&to) else { return html! {} };
    let (path, query) = href.split_once('?').unwrap_or((&href, ""));
    let id = format!("search-{}", drawer.next_form());
    let words = drawer.cx.words();
    html! {
        form.search role="search" method="get" action=(path) {
            @for pair in query.split('&').filter(|pair| !pair.is_empty()) {
                @let (name, kept) = pair.split_once('=').unwrap_or((pair, ""));
                input type="hidden" name=(decode(name)) value=(decode(kept));
            }
            label for=(id) { (label) }
            div.joined {
                input #(id) type="search" name=(param) value=(value) enterkeyhint="search" autocomplete="off";
                button.button type="submit" { (icon("search")) span { (words.search) } }
            }
        }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

pub(crate) fn call(text: &str, phone: &str) -> Markup {
    html! {
        a.button.alt href=(tel(phone)) { (icon("phone")) span.words { b { (text) } span.hint.figures { (phone) } } }
    }
}

/// A `tel:` address: what is neither a digit nor `+` is left out.
pub(crate) fn tel(phone: &str) -> String {
    format!("tel:{}", phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>())
}

pub(crate) fn outside(cx: &RenderContext<'_>, text: &str, url: &str) -> Markup {
    let words = cx.words();
    html! {
        p.outside {
            @if url.starts_with("https://") {
                a href=(addresses::outside(cx.code(), url)) rel="nofollow" { (text) (icon("out")) }
                " " span.meta { (words.outside_mark) }
            } @else {
                (text)
            }
        }
    }
}
