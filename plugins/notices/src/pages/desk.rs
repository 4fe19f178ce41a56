//! The office's notices by state: drafts, what goes out on a day, what is out, what was taken back.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Notice, NoticeIndexes as _};
use crate::reader::Reader;
use crate::{DeskParams, words};

/// Rows on a page.
const ROWS: u32 = 30;

/// The newest first.
pub fn desk(cx: &Read, params: DeskParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let query = cx.data::<Notice>().by_state(params.show.as_str()).newest();
    let (notices, next) = query.page(ROWS, params.cursor)?;
    let next = next.map(|cursor| here(&params.show).with("cursor", cursor));
    let columns = [t!("column.title"), t!("column.kind"), t!("column.for"), t!("column.day"), t!("column.read")];
    let table = view::table(columns.map(Column::text))
        .rows(notices.iter().map(|notice| cells(&reader, notice)))
        .empty(empty(&params.show))
        .next(next);
    let tabs = [
        ("draft", t!("desk.draft")),
        ("scheduled", t!("desk.scheduled")),
        ("published", t!("desk.published")),
        ("withdrawn", t!("desk.withdrawn")),
    ];
    let tabs = tabs.map(|(show, text)| Tab::new(text, here(show)).current(params.show == show));
    let page = view::page(t!("desk.title")).subtitle(t!("desk.subtitle"));
    let page = page.add(view::link(t!("board.write"), To::page("new")).icon("notice").primary()).filters(tabs);
    Ok(page.section(|section| section.add(table)))
}

fn cells(reader: &Reader, notice: &Doc<Notice>) -> Vec<Cell> {
    vec![
        Cell::link(words::cut(&notice.title, 40), row::to(notice)),
        words::kind(notice.kind).into(),
        words::audience(reader, notice).into(),
        Cell::Day(notice.publish_at.unwrap_or(notice.at)),
        notice.count.map(words::read_share).unwrap_or_default().into(),
    ]
}

fn empty(show: &str) -> String {
    match show {
        "scheduled" => t!("desk.none.scheduled"),
        "published" => t!("desk.none.published"),
        "withdrawn" => t!("desk.none.withdrawn"),
        _ => t!("desk.none.draft"),
    }
}

fn here(show: &str) -> To {
    To::page("desk").with("show", show)
}
