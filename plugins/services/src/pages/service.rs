//! One service: its guide, how it went for others, and the form.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Figure, FigureIndexes as _, Rating, RatingIndexes as _, Request, Service, days};
use crate::words::{self, Reader};
use crate::{ApplyParams, ServiceParams, listing};

/// Ratings on the page.
const RATINGS: u32 = 5;

/// The guide of a service. What is off is for the admin only.
pub fn service(cx: &Read, params: &ServiceParams) -> Result<View> {
    let reader = Reader::of(cx);
    let service = listing::service(cx, &params.id)?;
    if !service.on && !reader.admin {
        return Err(Error::Missing);
    }
    let mut page = view::page(words::said(&service.guide.title)).subtitle(words::said(&service.guide.purpose));
    page = page.fresh_until(days::next_midnight(cx.now()));
    page = match (service.on, &reader.person) {
        (false, _) => page.alert(Tone::Hand, t!("refused.off")),
        (true, Some(_)) => page.add(view::link(t!("service.ask"), to_form(&service)).icon("check").primary()),
        (true, None) => page.section(|section| section.quiet(t!("service.signin"))),
    };
    page = guide(cx, &service, page)?;
    page.aside = others(cx, &service)?;
    if reader.admin {
        let to = To::page("offer").with("id", service.key.as_str());
        page = page.link(t!("offers.change"), to);
    }
    Ok(page)
}

/// What to know before one asks.
fn guide(cx: &Read, service: &Service, page: View) -> Result<View> {
    let guide = &service.guide;
    let facts = [
        Fact::new(t!("guide.who"), words::said(&guide.who)),
        Fact::new(t!("guide.days"), words::working_days(guide.days)),
        Fact::new(t!("guide.fee"), words::fee(guide)),
        Fact::new(t!("guide.source"), words::source(guide.source)),
        Fact::new(t!("guide.result"), words::result(guide.result)),
        Fact::new(t!("guide.hours"), words::hours(cx, guide)?),
    ];
    let facts = facts.into_iter().filter(|fact| fact.value != Cell::Text(String::new()));
    let page = page.section(|section| section.title(t!("guide.title")).facts(facts));
    let numbered = |texts: &[Text]| -> String {
        let lines = texts.iter().enumerate().map(|(nth, text)| format!("{}. {}", nth + 1, words::said(text)));
        lines.collect::<Vec<_>>().join("\n")
    };
    let page = page.when(!guide.bring.is_empty(), |page| {
        page.section(|section| section.title(t!("guide.bring")).text(numbered(&guide.bring)).quiet(t!("guide.photo")))
    });
    Ok(page.when(!guide.steps.is_empty(), |page| {
        page.section(|section| section.title(t!("guide.steps")).text(numbered(&guide.steps)))
    }))
}

/// How it went for others: figures, and the newest words.
fn others(cx: &Read, service: &Service) -> Result<Vec<Node>> {
    let figure = cx.data::<Figure>().by_service(service.key.as_str()).first()?;
    let Some(figure) = figure.filter(|figure| figure.asked > 0) else { return Ok(Vec::new()) };
    let mut stats = vec![Stat::new(figure.asked.to_string(), t!("figure.asked"))];
    if let Some(minutes) = figure.median {
        stats.push(Stat::new(words::span(minutes * days::MINUTE), t!("figure.usual")).tone(Tone::Done));
    }
    if let Some(tenths) = figure.tenths {
        stats.push(Stat::new(words::average(tenths), t!("figure.stars", n = figure.rated)).tone(Tone::Done));
    }
    let aside = Vec::new().section(|section| section.title(t!("figure.title")).stats(stats));
    let ratings = cx.data::<Rating>().by_service(service.key.as_str()).newest().take(RATINGS)?;
    if ratings.is_empty() {
        return Ok(aside);
    }
    let items = ratings.iter().map(|rating| {
        let words = rating.text.clone().unwrap_or_else(|| t!("rating.silent"));
        let item = Item::new(words).badge(words::stars(rating.stars), Tone::Done);
        item.meta(rating.name.as_str()).at(rating.at)
    });
    Ok(aside.section(|section| section.title(t!("rating.title")).list(items)))
}

/// The form, with what to have at hand.
pub fn apply(cx: &Read, params: &ApplyParams) -> Result<View> {
    let service = listing::service(cx, &params.id)?;
    if !service.on {
        return Err(Error::Missing);
    }
    let guide = &service.guide;
    let days = words::working_days(guide.days);
    let mut page = view::page(words::said(&guide.title)).subtitle(t!("apply.subtitle", days = days));
    let (own, _) = listing::own(cx, 20, None)?;
    let same = |request: &&Doc<Request>| request.service == service.key && !request.state.is_over();
    if let Some(request) = own.iter().find(same) {
        page = page.section(|section| {
            let section = section.alert(Tone::Hand, t!("apply.same", number = request.number));
            section.link(t!("apply.same.go", number = request.number), row::to(request))
        });
    }
    if !guide.bring.is_empty() {
        let bring: Vec<String> = guide.bring.iter().map(words::said).collect();
        page = page.section(|section| section.title(t!("guide.bring")).text(bring.join("\n")));
    }
    let form = view::form("ask").value("service", service.key.as_str());
    let page = page.section(|section| section.title(t!("apply.form")).add(form));
    Ok(page.link(t!("apply.guide"), row::to_service(&service.key)))
}

fn to_form(service: &Service) -> To {
    To::page("apply").with("id", service.key.as_str())
}
