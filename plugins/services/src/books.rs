//! Counting: a tally for each request, figures for each service. Nobody's name is in them.

use cunshi_sdk::prelude::{Doc, Result, Write};

use crate::domain::{Figure, FigureIndexes as _, Request, Tally, TallyIndexes as _, time};

/// Months that figures cover.
pub const MONTHS: i64 = 12;
/// Done requests that the middle and the average are taken of.
pub const SAMPLE: u32 = 200;

/// Counts a request as it stands now.
pub fn record(cx: &mut Write, request: &Doc<Request>) -> Result<()> {
    let tally = Tally::of(&request.id, request);
    match cx.data::<Tally>().by_request(request.id.as_str()).first()? {
        Some(mut known) => {
            known.body = tally;
            cx.update(&known)?;
        }
        None => {
            cx.insert(&tally)?;
        }
    }
    refresh(cx, &request.service)
}

/// Brings the figures of a service up to date.
pub fn refresh(cx: &mut Write, service: &str) -> Result<()> {
    let since = time::months_before(cx.now(), MONTHS);
    let asked = cx.data::<Tally>().by_service(service).from(since).count()?;
    let done = cx.data::<Tally>().by_service_done(service).from(since).newest().take(SAMPLE)?;
    let figure = Figure::of(service, asked, done.iter().map(|tally| &tally.body));
    match cx.data::<Figure>().by_service(service).first()? {
        Some(known) if known.body == figure => {}
        Some(mut known) => {
            known.body = figure;
            cx.update(&known)?;
        }
        None => {
            cx.insert(&figure)?;
        }
    }
    Ok(())
}
