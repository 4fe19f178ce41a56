//! The district's portal: its towns, their villages, and a search by name.

use maud::{Markup, html};

use crate::render::icon::icon;
use crate::render::layout::{Shell, document};
use crate::render::{RenderContext, addresses, say};

/// What the portal shows.
#[derive(Clone, Debug, Default)]
pub struct Portal {
    /// Towns in the order of their codes, with the villages that the search leaves.
    pub towns: Vec<PortalTown>,
    /// How many villages there are in all.
    pub total: usize,
    /// What is searched for.
    pub query: String,
}

/// A town and its villages.
#[derive(Clone, Debug)]
pub struct PortalTown {
    /// Its 12 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its villages.
    pub villages: Vec<PortalVillage>,
}

/// A village.
#[derive(Clone, Debug)]
pub struct PortalVillage {
    /// Its 12 digits.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The portal.
pub fn portal(cx: &RenderContext<'_>, portal: &Portal) -> Markup {
    let words = cx.words();
    let found: usize = portal.towns.iter().map(|town| town.villages.len()).sum();
    let searched = !portal.query.is_empty();
    let subtitle = say::villages(cx.lang, portal.total);
    let body = html! {
        form.search role="search" method="get" action=(addresses::PORTAL) {
            label for="q" { (words.portal_search) }
            p.hint #q-hint { (words.portal_hint) }
            div.joined {
                input #q type="search" name="q" value=(portal.query) aria-describedby="q-hint" enterkeyhint="search"
                    autocomplete="off";
                button.button type="submit" { (icon("search")) span { (words.search) } }
            }
        }
        @if searched {
            p role="status" {
                @if found > 0 { (say::found(cx.lang, found, &portal.query)) } @else { (words.portal_none) }
                " · " a href=(addresses::PORTAL) { (words.portal_all) }
            }
        }
        div.towns {
            @for town in &portal.towns {
                @if !searched || !town.villages.is_empty() { (town_card(cx, town)) }
            }
        }
    };
    let title = if cx.district.is_empty() { words.platform } else { cx.district.as_str() };
    document(cx, &Shell { title, subtitle: Some(&subtitle), body: Some(body), desk: true, ..Shell::default() })
}

fn town_card(cx: &RenderContext<'_>, town: &PortalTown) -> Markup {
    let words = cx.words();
    html! {
        section.card {
            header {
                h2 { a href=(addresses::home(&town.code)) title=(words.town_office) { (town.name) } }
                span.meta { (say::villages(cx.lang, town.villages.len())) }
            }
            ul.places {
                @for village in &town.villages { li { a href=(addresses::home(&village.code)) { (village.name) } } }
            }
        }
    }
}
