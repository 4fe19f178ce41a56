//! What the calendar asks for; in the district's space with the forms that keep it.

use cunshi_sdk::prelude::*;

use crate::domain::Calendar;
use crate::words::Reader;
use crate::{keep, words};

/// See `plugin.toml`.
pub fn items(cx: &Read) -> Result<View> {
    let calendar = keep::calendar(cx)?;
    let keeps = Reader::of(cx).cadre && keep::keeps_the_list(cx);
    let from = if calendar.list == 0 { t!("items.default") } else { t!("items.sent", n = calendar.list) };
    let items = calendar.items.iter().map(|item| {
        let mut meta = vec![words::affairs(item.affairs), words::rhythm(item.every, item.days)];
        meta.extend(item.since.map(|since| t!("items.since", date = cunshi_sdk::days::write_day(since))));
        Item::new(words::in_language(&item.title)).meta(meta.join(" · "))
    });
    let list = view::list(items).empty(t!("items.none"));
    let page = view::page(t!("items.title")).subtitle(from);
    let page = page.section(|section| section.add(list).quiet(t!("items.why")));
    Ok(if keeps { desk(&calendar, page) } else { page })
}

fn desk(calendar: &Calendar, page: View) -> View {
    let page = page.section(|section| {
        let (tone, text) =
            if calendar.unsent { (Tone::Late, t!("items.unsent")) } else { (Tone::Plain, t!("items.send.why")) };
        section.title(t!("items.send")).alert(tone, text).add(view::button("send-calendar"))
    });
    let page = page.section(|section| section.title(t!("items.set")).add(view::form("set-item")));
    page.when(!calendar.items.is_empty(), |page| {
        page.section(|section| {
            section.title(t!("items.drop")).text(t!("items.drop.why")).each(&calendar.items, |section, item| {
                let label = t!("items.drop.one", title = words::in_language(&item.title));
                section.add(view::button("drop-item").value("item", item.key.as_str()).label(label).quiet())
            })
        })
    })
}
