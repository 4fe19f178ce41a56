//! Cadres change the duty list.

use cunshi_sdk::prelude::*;

use crate::domain::duty::clock;
use crate::domain::{Duty, Part};
use crate::{listing, words};

/// See `plugin.toml`.
pub fn duty_desk(cx: &Read) -> Result<View> {
    let weekly = listing::weekly(cx)?;
    let dated = listing::coming(cx)?;
    let page = view::page(t!("duty-desk.title")).subtitle(t!("duty-desk.subtitle"));
    let page = page.link(t!("duty-desk.back"), To::page("week"));
    let page = page.section(|section| {
        let section = section.title(t!("duty-desk.weekly"));
        let section = if weekly.is_empty() { section.empty(t!("duty-desk.weekly.none")) } else { section };
        let section = section.each(&weekly, |section, duty| {
            let day = words::day_of_week(duty.weekday.unwrap_or_default());
            entry(section, duty, &day)
        });
        section.heading(t!("duty-desk.weekly.add")).form("add-weekly")
    });
    let page = page.section(|section| {
        let section = section.title(t!("duty-desk.dated"));
        let section = if dated.is_empty() { section.empty(t!("duty-desk.dated.none")) } else { section };
        let section = section.each(&dated, |section, duty| {
            let day = words::weekday_date(duty.day.unwrap_or_default());
            entry(section, duty, &day)
        });
        let section = section.heading(t!("duty-desk.dated.add")).form("add-dated");
        section.heading(t!("duty-desk.close.add")).form("close-day")
    });
    Ok(match words::changed(cx, Part::Duty)? {
        Some(changed) => page.quiet(changed),
        None => page,
    })
}

fn entry(section: view::Section, duty: &Doc<Duty>, day: &str) -> view::Section {
    let text = match &duty.note {
        Some(note) if duty.is_closed() => t!("duty-desk.closed", day = day, note = note),
        _ => t!("duty-desk.entry", day = day, name = words::on_duty(duty), hours = words::hours(duty)),
    };
    let section = section.text(text);
    let section = section.when(!duty.is_closed(), |section| {
        let form = view::form("change-duty")
            .value("duty", duty.id.as_str())
            .value("name", duty.name.as_deref().unwrap_or_default())
            .value("from", clock(duty.from))
            .value("to", clock(duty.to));
        let form = match &duty.office {
            Some(office) => form.value("office", office.as_str()),
            None => form,
        };
        section.add(form.folded().label(t!("edit.change")))
    });
    section.add(view::button("drop-duty").value("duty", duty.id.as_str()).quiet())
}
