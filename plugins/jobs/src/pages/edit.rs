//! The form of a posting: new, or to be changed.

use cunshi_sdk::prelude::*;

use crate::ChangeParams;
use crate::domain::{Posting, State, days};
use crate::words::{self, Reader};

/// A villager proposes, a cadre posts.
pub fn new(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx);
    if reader.cadre {
        let page = view::page(t!("new.title")).subtitle(t!("new.subtitle"));
        return Ok(page.section(|section| section.form("post")));
    }
    let page = view::page(t!("propose.title")).subtitle(t!("propose.subtitle"));
    if !cx.setting::<bool>("propose")? {
        return Ok(page.empty(t!("refused.no-proposals")));
    }
    Ok(page.alert(Tone::Hand, t!("propose.rules")).section(|section| section.form("propose")))
}

/// What is there, to be changed.
pub fn change(cx: &Read, params: &ChangeParams) -> Result<View> {
    let posting = cx.data::<Posting>().must(&params.id)?;
    let reader = Reader::of(cx);
    let proposer = reader.proposed(&posting) && matches!(posting.state, State::Proposed | State::Declined);
    let office = reader.cadre && !matches!(posting.state, State::Closed | State::Hidden);
    if !posting.is_own() || !(proposer || office) {
        return Err(Error::Missing);
    }
    let page = view::page(t!("change.title")).subtitle(&posting.terms.title);
    let page = page.maybe(posting.reason.clone().map(|text| Node::Alert { tone: Tone::Late, text }));
    let lacks = posting.terms.lacks(cx.now());
    let page =
        page.when(!lacks.is_empty(), |page| page.alert(Tone::Hand, t!("posting.lacks", what = words::lacks(&lacks))));
    Ok(page.section(|section| section.add(form(&posting))))
}

fn form(posting: &Doc<Posting>) -> view::Form {
    let terms = &posting.terms;
    let mut form = view::form("edit")
        .value("posting", posting.id.as_str())
        .value("seen", posting.version.to_string())
        .value("title", terms.title.as_str())
        .value("kind", terms.kind.as_str())
        .value("away", terms.away)
        .value("pay_per", terms.pay_per.as_str())
        .value("headcount", terms.headcount)
        .value("trades", terms.trades.clone())
        .value("housing", terms.housing)
        .value("meals", terms.meals);
    let texts = [
        ("employer", &terms.employer),
        ("place", &terms.place),
        ("skills", &terms.skills),
        ("demands", &terms.demands),
        ("detail", &terms.detail),
        ("contact_name", &terms.contact_name),
        ("contact_phone", &terms.contact_phone),
    ];
    for (field, text) in texts {
        if let Some(text) = text {
            form = form.value(field, text.as_str());
        }
    }
    for (field, number) in [("distance", terms.distance), ("pay_from", terms.pay_from), ("pay_to", terms.pay_to)] {
        if let Some(number) = number {
            form = form.value(field, number);
        }
    }
    match terms.closes {
        Some(closes) => form.value("closes", days::write_day(closes)),
        None => form,
    }
}
