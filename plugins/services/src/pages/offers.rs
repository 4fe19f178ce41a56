//! The catalogue as the admin keeps it: what is on, and what is said about it.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::Service;
use crate::{OfferParams, listing, words};

/// Every service, on or off, and the form for a new one.
pub fn offers(cx: &Read) -> Result<View> {
    let services = listing::catalogue(cx)?;
    let columns = [t!("column.service"), t!("column.on"), t!("guide.days"), t!("guide.source"), t!("guide.result")];
    let table = view::table(columns.map(Column::text)).rows(services.iter().map(cells)).empty(t!("catalogue.none"));
    let page = view::page(t!("offers.title")).subtitle(t!("offers.subtitle")).section(|section| section.add(table));
    Ok(page.section(|section| section.title(t!("offers.add")).add(view::form("add-service").folded())))
}

fn cells(service: &Service) -> Vec<Cell> {
    let guide = &service.guide;
    vec![
        Cell::link(words::said(&guide.title), To::page("offer").with("id", service.key.as_str())),
        on(service).into(),
        words::working_days(guide.days).into(),
        words::source(guide.source).into(),
        words::result(guide.result).into(),
    ]
}

fn on(service: &Service) -> Badge {
    if service.on { Badge::new(t!("on"), Tone::Done) } else { Badge::new(t!("off"), Tone::Plain) }
}

/// One service: switched by a button, changed by a form.
pub fn offer(cx: &Read, params: &OfferParams) -> Result<View> {
    let service = listing::service(cx, &params.id)?;
    let label = if service.on { t!("offers.switch-off") } else { t!("offers.switch-on") };
    let button = view::button("switch-service").value("service", service.key.as_str()).value("on", !service.on);
    let button = if service.on { button.label(label).quiet() } else { button.label(label) };
    let page =
        view::page(words::said(&service.guide.title)).section(|section| section.badges([on(&service)]).add(button));
    let page = page.section(|section| section.title(t!("offers.change")).add(change(&service)));
    let page = if service.on { page.link(t!("apply.guide"), row::to_service(&service.key)) } else { page };
    Ok(page.link(t!("offers.title"), To::page("offers")))
}

fn change(service: &Service) -> view::Form {
    let guide = &service.guide;
    let lines = |texts: &[Text]| texts.iter().map(words::said).collect::<Vec<_>>().join("\n");
    let given = |text: &Option<Text>| text.as_ref().map(words::said).unwrap_or_default();
    view::form("change-service")
        .value("service", service.key.as_str())
        .value("title", words::said(&guide.title))
        .value("purpose", words::said(&guide.purpose))
        .value("who", words::said(&guide.who))
        .value("bring", lines(&guide.bring))
        .value("steps", lines(&guide.steps))
        .value("days", guide.days)
        .value("source", guide.source.as_str())
        .value("result", guide.result.as_str())
        .value("fee", given(&guide.fee))
        .value("hours", given(&guide.hours))
}
