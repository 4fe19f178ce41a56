//! How the villages below stand, and what is overdue there: for the officers of a town or the district.

use cunshi_sdk::prelude::*;

use crate::domain::{Below, OverdueBelow, OverdueBelowIndexes as _, What, days};
use crate::{BelowParams, keep, words};

/// Villages on a page.
const ROWS: u32 = 100;
/// Overdue things on the page.
const OVERDUE: u32 = 50;

/// See `plugin.toml`.
pub fn below(cx: &Read, params: BelowParams) -> Result<View> {
    let page = view::page(t!("below.title")).fresh_until(days::next_midnight(cx.now()));
    if keep::has_duties(cx) {
        return Ok(page.empty(t!("below.nothing")));
    }
    let (villages, next) = standing(cx, ROWS, params.cursor)?;
    let district = keep::keeps_the_list(cx);
    let mut columns = vec![Column::text(t!("below.village"))];
    if district {
        columns.push(Column::text(t!("below.town")));
    }
    columns.extend([
        Column::number(t!("below.overdue")),
        Column::number(t!("below.questions")),
        Column::text(t!("below.in-time")),
        Column::text(t!("below.at")),
    ]);
    let table = view::table(columns)
        .rows(villages.iter().map(|village| row(village, district)))
        .empty(t!("below.none"))
        .next(next.map(|cursor| To::page("below").with("cursor", cursor)));
    let late = cx.data::<OverdueBelow>().by_due(true).take(OVERDUE)?;
    let page = page.subtitle(t!("below.subtitle")).section(|section| section.title(t!("below.villages")).add(table));
    let page = page.section(|section| {
        let items = late.iter().map(|notice| item(cx, notice));
        section.title(t!("below.list")).add(view::list(items).empty(t!("below.list.none")))
    });
    Ok(page.link(t!("items.title"), To::page("items")))
}

/// Villages, the most overdue first.
pub fn standing(cx: &Read, limit: u32, cursor: Option<String>) -> Result<(Vec<Doc<Below>>, Option<String>)> {
    Ok(cx.data::<Below>().by("by_overdue").newest().page(limit, cursor)?)
}

fn row(village: &Below, district: bool) -> Vec<Cell> {
    let counts = village.counts;
    let number = |n: i64| if n > 0 { Cell::from(Badge::new(n.to_string(), Tone::Late)) } else { Cell::Number(n) };
    let mut cells = vec![village.name.as_str().into()];
    if district {
        cells.push(village.town.as_deref().unwrap_or_default().into());
    }
    let share =
        if counts.due == 0 { t!("below.nothing-due") } else { t!("below.share", n = counts.in_time, of = counts.due) };
    cells.extend([number(counts.overdue), number(counts.questions), share.into(), Cell::Day(village.at)]);
    cells
}

fn item(cx: &Read, notice: &OverdueBelow) -> Item {
    let what = match notice.what {
        What::Duty => t!("below.duty"),
        What::Question => t!("below.question"),
    };
    let title = notice.title.as_ref().map(words::in_language).unwrap_or_default();
    let title = t!("below.item", from = notice.from_name, title = title);
    Item::new(title).badge(words::late(notice.due_at, cx.now()), Tone::Late).meta(what)
}
