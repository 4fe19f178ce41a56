//! Saying something: the form, and before it, for those who want, whether a neighbour has said it.

use cunshi_sdk::prelude::*;

use super::row;
use crate::listing;
use crate::{NewParams, words};

/// The form. It can be filled in at once; what it finds alike it also shows after sending, so that nobody has
/// to search first and nothing that was typed is lost.
pub fn new(cx: &Read, params: NewParams) -> Result<View> {
    let title = params.title.unwrap_or_default();
    let subtitle = words::capital(t!("new.subtitle", office = words::office(cx)));
    let mut page = view::page(t!("new.title")).subtitle(subtitle);
    let mut form = view::form("report");
    if !title.is_empty() {
        form = form.value("title", title.as_str());
        let alike = row::items(cx, &listing::similar(cx, &title, None, 5)?)?;
        page = page.section(|section| {
            if alike.is_empty() {
                return section.text(t!("new.none"));
            }
            section.title(t!("new.alike")).text(t!("new.alike.why")).list(alike)
        });
    }
    page = page.section(|section| section.title(t!("new.form")).add(form));
    Ok(page.section(|section| section.search(t!("new.look"), To::page("new"), "title", title)))
}
