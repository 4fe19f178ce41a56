//! A service or a request in a list: for villagers a row that leads to it, for the office a row of a table.

use cunshi_sdk::prelude::*;

use crate::domain::{Figure, Request, Service};
use crate::words::{self, Reader};

/// A service: what it is for, how long, and how it went for others.
pub fn service(service: &Service, figures: &[Doc<Figure>]) -> Item {
    let guide = &service.guide;
    let mut meta = vec![words::working_days(guide.days), words::fee(guide)];
    let figure = figures.iter().find(|figure| figure.service == service.key);
    meta.extend(figure.and_then(|figure| words::figures(figure)));
    Item::new(words::said(&guide.title)).to(to_service(&service.key)).meta(meta.join(" · "))
}

/// A request for whoever asked: service, state, number, and how it goes.
pub fn item(cx: &Read, request: &Doc<Request>) -> Result<Item> {
    let badge = words::badge(request, cx.now());
    let mut meta = vec![request.number.clone()];
    meta.extend(words::progress(cx, request)?);
    let item = Item::new(words::said(&request.title)).to(to(request)).badge(badge.text, badge.tone);
    Ok(item.meta(meta.join(" · ")))
}

/// The columns of [`cells`].
pub fn columns(reader: &Reader) -> Vec<Column> {
    let mut titles = vec![t!("column.number"), t!("column.service")];
    if reader.cadre {
        titles.push(t!("column.asker"));
    }
    titles.extend([t!("column.state"), t!("column.asked"), t!("column.due")]);
    titles.into_iter().map(Column::text).collect()
}

/// A row for the desk; who asked is for the office only.
pub fn cells(cx: &Read, reader: &Reader, request: &Doc<Request>) -> Vec<Cell> {
    let mut cells = vec![Cell::link(&request.number, to(request)), words::said(&request.title).into()];
    if reader.cadre {
        cells.push(reader.asker(request).unwrap_or_default().into());
    }
    cells.extend([words::badge(request, cx.now()).into(), Cell::Time(request.asked_at), Cell::Day(request.due_at)]);
    cells
}

/// The page of a request.
pub fn to(request: &Doc<Request>) -> To {
    To::page("track").with("id", request.id.as_str())
}

/// The page of a service.
pub fn to_service(key: &str) -> To {
    To::page("service").with("id", key)
}
