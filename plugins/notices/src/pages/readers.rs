//! Who has read a notice and who has not, for the office: those who are missing first, with a way to remind them.

use cunshi_sdk::prelude::*;

use super::row;
use crate::crowd::{self, Crowd, One};
use crate::domain::{Notice, State};
use crate::{ReadersParams, words};

/// Rows on a page.
const ROWS: usize = 50;

/// Which of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Unread,
    Read,
    Unacknowledged,
    Acknowledged,
}

impl Show {
    fn parse(word: &str) -> Self {
        match word {
            "read" => Self::Read,
            "unacknowledged" => Self::Unacknowledged,
            "acknowledged" => Self::Acknowledged,
            _ => Self::Unread,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Unacknowledged => "unacknowledged",
            Self::Acknowledged => "acknowledged",
        }
    }

    fn covers(self, one: &One) -> bool {
        match self {
            Self::Unread => !one.has_read(),
            Self::Read => one.has_read(),
            Self::Unacknowledged => one.acknowledged.is_none(),
            Self::Acknowledged => one.acknowledged.is_some(),
        }
    }
}

/// By name.
pub fn readers(cx: &Read, params: &ReadersParams) -> Result<View> {
    let notice = cx.data::<Notice>().must(&params.id)?;
    let show = Show::parse(&params.show);
    let crowd = Crowd::default().of(cx, &notice)?;
    let count = crowd::count(&crowd);
    let page = usize::try_from(params.page.max(1)).unwrap_or(1);
    let those: Vec<&One> = crowd.iter().filter(|one| show.covers(one)).collect();
    let here: Vec<&One> = those.iter().skip((page - 1) * ROWS).take(ROWS).copied().collect();
    let next = (those.len() > page * ROWS).then(|| to(&notice, show).with("page", params.page.max(1) + 1));
    let table = view::table([t!("column.name"), t!("column.seen"), t!("column.known")].map(Column::text))
        .rows(here.into_iter().map(cells))
        .empty(empty(show))
        .next(next);
    let mut stats = vec![
        Stat::new(count.reached.to_string(), t!("office.reached")),
        Stat::new(words::read_share(count), t!("office.read")),
    ];
    if notice.acknowledge {
        stats.push(Stat::new(words::acknowledged_share(count), t!("office.acknowledged")));
    }
    let view = view::page(t!("readers.title")).subtitle(notice.title.as_str()).stats(stats);
    let view = view.filters(tabs(&notice, show)).section(|section| section.add(table));
    let view = if those.is_empty() { view } else { view.maybe(reminder(&notice, show)) };
    Ok(view.link(t!("change.back"), row::to(&notice)))
}

fn cells(one: &One) -> Vec<Cell> {
    let known = match &one.acknowledged {
        None => Cell::from(""),
        Some((at, None)) => Cell::Time(*at),
        Some((at, Some(cadre))) => t!("readers.entered", date = words::date(*at), name = cadre).into(),
    };
    vec![one.person.name.as_str().into(), one.seen.map_or_else(|| Cell::from(""), Cell::Time), known]
}

/// The way to remind those who are missing.
fn reminder(notice: &Doc<Notice>, show: Show) -> Option<Node> {
    let missing = matches!(show, Show::Unread | Show::Unacknowledged);
    if !missing || notice.state != State::Published {
        return None;
    }
    let button = view::button("remind").value("notice", notice.id.as_str()).value("whom", show.as_str());
    let section = view::Section::default().text(t!("readers.remind")).add(button);
    if show == Show::Unread || !notice.asks() {
        return Some(section.into());
    }
    let form = view::form("acknowledge").value("notice", notice.id.as_str()).label(t!("office.for-other"));
    Some(section.text(t!("readers.for-other")).add(form.folded()).into())
}

fn tabs(notice: &Doc<Notice>, show: Show) -> Vec<Tab> {
    let mut tabs = vec![(Show::Unread, t!("readers.unread")), (Show::Read, t!("readers.read"))];
    if notice.acknowledge {
        tabs.push((Show::Unacknowledged, t!("readers.unacknowledged")));
        tabs.push((Show::Acknowledged, t!("readers.acknowledged")));
    }
    tabs.into_iter().map(|(one, text)| Tab::new(text, to(notice, one)).current(one == show)).collect()
}

fn empty(show: Show) -> String {
    match show {
        Show::Unread => t!("readers.none.unread"),
        Show::Read => t!("readers.none.read"),
        Show::Unacknowledged => t!("readers.none.unacknowledged"),
        Show::Acknowledged => t!("readers.none.acknowledged"),
    }
}

fn to(notice: &Doc<Notice>, show: Show) -> To {
    To::page("readers").with("id", notice.id.as_str()).with("show", show.as_str())
}
