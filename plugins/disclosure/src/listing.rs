//! Finding things for pages and queries. The host shows each reader only what is for them.

use std::collections::BTreeMap;

use cunshi_sdk::prelude::{Doc, Read, Result};

use crate::domain::{
    Affairs, Disclosure, DisclosureIndexes as _, Duty, DutyIndexes as _, Every, Item, Period, Question,
    QuestionIndexes as _, period,
};
use crate::keep;

/// Some of them, and where to go on.
pub type Page<T> = (Vec<Doc<T>>, Option<String>);

/// Most hits of a search that are looked at.
const HITS: u32 = 50;
/// Most duties of a year that are looked at: [`PAGES`] times this.
const OF_A_PAGE: u32 = 200;
const PAGES: usize = 3;

/// What was published, the newest first; hits of a search the best first.
pub fn published(
    cx: &Read,
    affairs: Option<Affairs>,
    q: Option<&str>,
    limit: u32,
    cursor: Option<String>,
) -> Result<Page<Disclosure>> {
    if let Some(q) = q.map(str::trim).filter(|q| !q.is_empty()) {
        let mut found = cx.data::<Disclosure>().search(q, HITS)?;
        found.retain(|paper| paper.board == "published" && affairs.is_none_or(|affairs| affairs == paper.affairs));
        found.truncate(usize::try_from(limit).unwrap_or_default());
        return Ok((found, None));
    }
    let papers = cx.data::<Disclosure>();
    let query = match affairs {
        Some(affairs) => papers.by_affairs(affairs.as_str()).eq("published"),
        None => papers.by_board("published"),
    };
    Ok(query.newest().page(limit, cursor)?)
}

/// All versions of a disclosure that the reader may read, the newest first.
pub fn versions(cx: &Read, root: &str) -> Result<Vec<Doc<Disclosure>>> {
    Ok(cx.data::<Disclosure>().by_root(root).newest().take(20)?)
}

/// The public version of a disclosure that counts now.
pub fn latest(cx: &Read, root: &str) -> Result<Option<Doc<Disclosure>>> {
    Ok(versions(cx, root)?.into_iter().find(|paper| paper.is_public() && !paper.replaced))
}

/// What was left at the end of the period before that of a disclosure, as the village published it.
pub fn closing_before(cx: &Read, paper: &Disclosure) -> Result<Option<i64>> {
    let Some(key) = &paper.duty else { return Ok(None) };
    let Some(duty) = cx.data::<Duty>().by_key(key.as_str()).first()? else { return Ok(None) };
    if duty.every == Every::AtOnce {
        return Ok(None);
    }
    let before = Period::of(duty.every, duty.start - 1).key(duty.every);
    let before = cx.data::<Duty>().by_key(format!("{}/{before}", duty.item)).first()?;
    let Some(root) = before.and_then(|duty| duty.body.disclosure) else { return Ok(None) };
    Ok(latest(cx, &root)?.and_then(|paper| paper.body.finance).map(|finance| finance.closing))
}

/// Duties past their day, the longest overdue first.
pub fn overdue(cx: &Read, limit: u32) -> Result<Vec<Doc<Duty>>> {
    Ok(cx.data::<Duty>().by_due("open").to(cx.now()).take(limit)?)
}

/// Duties with time left, the soonest first.
pub fn coming(cx: &Read, limit: u32) -> Result<Vec<Doc<Duty>>> {
    Ok(cx.data::<Duty>().by_due("open").from(cx.now()).take(limit)?)
}

/// Duties of the periods that begin in a year.
pub fn of_year(cx: &Read, year: i64) -> Result<Vec<Doc<Duty>>> {
    let Some((from, to)) = period::year(year) else { return Ok(Vec::new()) };
    let (mut duties, mut cursor) = (Vec::new(), None);
    for _ in 0..PAGES {
        let (some, next) = cx.data::<Duty>().by("by_start").from(from).to(to).page(OF_A_PAGE, cursor)?;
        duties.extend(some);
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(duties)
}

/// What a new disclosure may be for: duties that nobody has begun, those of the job's next run too.
pub fn to_write(cx: &Read) -> Result<(Vec<Duty>, Vec<Item>)> {
    let calendar = keep::calendar(cx)?;
    let mut duties = BTreeMap::new();
    for duty in cx.data::<Duty>().by_due("open").take(80)? {
        duties.insert(duty.key.clone(), duty.body);
    }
    if keep::has_duties(cx) {
        for duty in calendar.pending(cx.now(), 20) {
            duties.entry(duty.key.clone()).or_insert(duty);
        }
    }
    let mut duties: Vec<Duty> = duties.into_values().filter(|duty| duty.disclosure.is_none()).collect();
    duties.sort_by_key(|duty| duty.due_at);
    Ok((duties, calendar.items.into_iter().filter(|item| item.every == Every::AtOnce).collect()))
}

/// Which questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// All.
    All,
    /// They wait for this office.
    Open,
    /// They are with the office above.
    Up,
    /// They are answered.
    Done,
    /// The reader's own.
    Mine,
}

impl Show {
    /// All of them, in the order of the filters.
    pub const ALL: [Self; 5] = [Self::All, Self::Open, Self::Up, Self::Done, Self::Mine];

    /// Reads the parameter.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.as_str() == text).unwrap_or(Self::All)
    }

    /// The parameter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Up => "up",
            Self::Done => "done",
            Self::Mine => "mine",
        }
    }
}

/// Questions: the newest first, waiting ones the soonest due first.
pub fn questions(cx: &Read, show: Show, limit: u32, cursor: Option<String>) -> Result<Page<Question>> {
    let questions = cx.data::<Question>();
    let query = match show {
        Show::All => questions.by("by_asked").newest(),
        Show::Open | Show::Up => questions.by_board(show.as_str()),
        Show::Done => questions.by_board(show.as_str()).newest(),
        Show::Mine => {
            let Some(actor) = cx.actor() else { return Ok((Vec::new(), None)) };
            questions.by_asker(actor.person.as_str()).newest()
        }
    };
    Ok(query.page(limit, cursor)?)
}

/// Questions beneath a disclosure, the newest first.
pub fn beneath(cx: &Read, root: &str, limit: u32) -> Result<Vec<Doc<Question>>> {
    Ok(cx.data::<Question>().by_root(root).newest().take(limit)?)
}
