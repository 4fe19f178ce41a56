//! Who is on duty this week.

use cunshi_sdk::days::{DAY, Micros};
use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Duty, Part, Rota, duty};
use crate::{WeekParams, listing, words};

/// The last week that can be looked at.
const LAST: i64 = 4;

/// See `plugin.toml`.
pub fn week(cx: &Read, params: &WeekParams) -> Result<View> {
    let (this, monday) = (params.week.clamp(0, LAST), monday(cx, params.week));
    let duties = listing::duties(cx, monday, 7)?;
    let all: Vec<_> = duties.iter().map(|duty| &duty.body).collect();
    let rotas = rotas(&all, monday);
    let today = duty::weekday(cx.now());
    let fresh = rotas.iter().map(|rota| rota.until(cx.now())).min().unwrap_or(cx.now());

    let subtitle = t!("week.subtitle", from = words::date(monday), to = words::date(monday + 6 * DAY));
    let mut page = view::page(t!("week.title")).subtitle(subtitle).fresh_until(fresh);
    if words::has(cx, "cadre") {
        page = page.link(t!("week.edit"), To::page("duty-desk"));
    }
    let name = |n: i64| match n {
        0 => t!("week.this"),
        1 => t!("week.next"),
        n => t!("week.later", date = words::date(monday_of(cx, n))),
    };
    page = page.filters((0..=LAST).map(|n| Tab::new(name(n), here(n)).current(n == this)));
    if this == 0 {
        let now: Vec<&Rota<'_>> = rotas.iter().filter(|rota| duty::weekday(rota.day) == today).collect();
        page = page.each(now, |page, rota| page.section(|section| of_day(cx, section, rota, t!("duty.today"))));
    }
    let section = view::section(name(this)).add(table(&rotas));
    let section = section.quiet(t!("duty.call"));
    Ok(page.add(match words::changed(cx, Part::Duty)? {
        Some(changed) => section.quiet(changed),
        None => section,
    }))
}

/// The Monday of the week that is asked for, 0 for the present one.
pub fn monday(cx: &Read, week: i64) -> Micros {
    monday_of(cx, week.clamp(0, LAST))
}

fn monday_of(cx: &Read, week: i64) -> Micros {
    duty::monday(cx.now()) + week * 7 * DAY
}

/// The lists of seven days.
pub fn rotas<'a>(all: &[&'a Duty], monday: Micros) -> Vec<Rota<'a>> {
    (0..7).map(|n| Rota::of(all, monday + n * DAY)).collect()
}

fn here(week: i64) -> To {
    let to = To::page("week");
    if week == 0 { to } else { to.with("week", week) }
}

fn of_day(cx: &Read, section: view::Section, rota: &Rota<'_>, title: String) -> view::Section {
    let section = section.title(title);
    match rota.closed {
        Some(note) => section.alert(Tone::Hand, t!("duty.closed", note = note)),
        None => section.add(view::list(rota.on.iter().map(|duty| row::duty(cx, rota, duty))).empty(t!("duty.none"))),
    }
}

/// One row for each day: on a phone a small card.
fn table(rotas: &[Rota<'_>]) -> view::Table {
    let columns = [Column::text(t!("week.day")), Column::text(t!("week.who")), Column::text(t!("week.note"))];
    let rows = rotas.iter().map(|rota| {
        let each = |duty: &&Duty| t!("week.each", name = words::on_duty(duty), hours = words::hours(duty));
        let who: Vec<String> = rota.on.iter().map(each).collect();
        let who = if who.is_empty() { t!("week.nobody") } else { who.join(&t!("list.and")) };
        let note = match rota.closed {
            Some(note) => note.to_owned(),
            None if rota.special => t!("week.special"),
            None => String::new(),
        };
        [words::weekday_date(rota.day), who, note].map(Cell::from).to_vec()
    });
    view::table(columns).rows(rows)
}
