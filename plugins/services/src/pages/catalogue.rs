//! The catalogue: what can be done here, and what villages no longer certify.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Source, days, service};
use crate::listing;
use crate::words::{self, Reader};

/// The first page of the plugin.
pub fn catalogue(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx);
    let figures = listing::figures(cx)?;
    let mut services = listing::catalogue(cx)?;
    services.retain(|service| service.on);
    let of = |source| {
        let of: Vec<Item> = services
            .iter()
            .filter(|service| service.guide.source == source)
            .map(|service| row::service(service, &figures))
            .collect();
        of
    };
    let (village, town) = (of(Source::Village), of(Source::Town));
    let mut page =
        view::page(t!("catalogue.title")).subtitle(t!("catalogue.subtitle")).fresh_until(days::next_midnight(cx.now()));
    if reader.person.is_some() {
        page = page.link(t!("mine.title"), To::page("mine"));
    }
    if services.is_empty() {
        page = page.empty(t!("catalogue.none"));
    }
    for (title, items) in [(t!("catalogue.village"), village), (t!("catalogue.town"), town)] {
        page = page.when(!items.is_empty(), |page| page.section(|section| section.title(title).list(items)));
    }
    page.aside = page.aside.section(|section| {
        let section = section.title(t!("not-here.title")).text(t!("not-here.short"));
        section.link(t!("not-here.link"), To::page("not-here"))
    });
    if reader.cadre || reader.supervisor {
        page = page.link(t!("desk.title"), To::page("desk"));
    }
    Ok(page.when(reader.admin, |page| page.link(t!("offers.title"), To::page("offers"))))
}

/// What villages no longer certify, and where to go instead.
pub fn not_here() -> Result<View> {
    let listed = service::not_here()?;
    let facts = listed.iter().map(|what| Fact::new(words::said(&what.title), words::said(&what.instead)));
    let page = view::page(t!("not-here.title")).subtitle(t!("not-here.subtitle"));
    let page = page.section(|section| section.text(t!("not-here.why")).facts(facts).quiet(t!("not-here.sample")));
    Ok(page.link(t!("not-here.back"), To::page("catalogue")))
}
