//! The board: what is for the reader, with filters and search; what is pinned stands first.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Board, Kind, Notice};
use crate::listing::{self, Wanted};
use crate::reader::Reader;
use crate::{BoardParams, words};

/// Notices on a page.
const ROWS: u32 = 20;

/// The first page of the plugin.
pub fn board(cx: &Read, params: BoardParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let wanted = Wanted {
        board: Board::parse(&params.show),
        kind: params.kind.as_deref().map(Kind::parse),
        q: params.q.filter(|q| !q.trim().is_empty()),
        limit: ROWS,
        cursor: params.cursor,
    };
    let waiting = listing::waiting(cx, &reader, ROWS)?;
    let (mut found, next) = listing::find(cx, &reader, &wanted)?;
    let head = head(cx, &reader, &wanted, &mut found)?;
    let next = next.map(|cursor| here(wanted.board, wanted.kind).with("cursor", cursor));
    let list = view::list(row::items(cx, &reader, &found, &waiting)).next(next);
    let list = if head.is_empty() { list.empty(empty(&wanted)) } else { list };

    let mut page = view::page(t!("board.title")).subtitle(t!("board.subtitle"));
    if reader.cadre {
        let write = view::link(t!("board.write"), To::page("new")).icon("notice").primary();
        page = page.add(write).link(t!("board.desk"), To::page("desk"));
    }
    page = page
        .search(t!("board.search"), here(wanted.board, wanted.kind), "q", wanted.q.clone().unwrap_or_default())
        .filters(kinds(&wanted))
        .filters(boards(&wanted));
    if !head.is_empty() {
        let items = row::items(cx, &reader, &head, &waiting);
        page = page.section(|section| section.title(t!("board.pinned")).list(items));
    }
    Ok(page.section(|section| section.add(list)))
}

/// The pinned ones on the first page; below, and on later pages, they do not stand again.
fn head(cx: &Read, reader: &Reader, wanted: &Wanted, found: &mut Vec<Doc<Notice>>) -> Result<Vec<Doc<Notice>>> {
    if wanted.board != Board::Current || wanted.q.is_some() {
        return Ok(Vec::new());
    }
    found.retain(|notice| notice.pin.is_none());
    if wanted.cursor.is_some() {
        return Ok(Vec::new());
    }
    let mut pinned = listing::pinned(cx, reader)?;
    pinned.retain(|notice| wanted.kind.is_none_or(|kind| notice.kind == kind));
    Ok(pinned)
}

fn empty(wanted: &Wanted) -> String {
    match (wanted.q.is_some(), wanted.board) {
        (true, _) => t!("board.none.found"),
        (false, Board::Past) => t!("board.none.past"),
        (false, Board::Current) => t!("board.none"),
    }
}

fn kinds(wanted: &Wanted) -> Vec<Tab> {
    let every = Tab::new(t!("board.every"), here(wanted.board, None)).current(wanted.kind.is_none());
    let tab = |kind| Tab::new(words::kind(kind), here(wanted.board, Some(kind))).current(wanted.kind == Some(kind));
    std::iter::once(every).chain(Kind::ALL.into_iter().map(tab)).collect()
}

fn boards(wanted: &Wanted) -> [Tab; 2] {
    [(Board::Current, t!("board.current")), (Board::Past, t!("board.past"))]
        .map(|(board, text)| Tab::new(text, here(board, wanted.kind)).current(wanted.board == board))
}

fn here(board: Board, kind: Option<Kind>) -> To {
    let to = To::page("board");
    let to = if board == Board::Current { to } else { to.with("show", board.as_str()) };
    match kind {
        Some(kind) => to.with("kind", kind.as_str()),
        None => to,
    }
}
