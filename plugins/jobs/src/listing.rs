//! Finding postings and sign-ups. The host shows each reader only what is for them.

use cunshi_sdk::prelude::{Doc, Read, Result};

use crate::domain::days::Micros;
use crate::domain::{Doubt, DoubtIndexes as _, Posting, PostingIndexes as _, Signup, SignupIndexes as _, State};

/// Some documents, and where to go on.
pub type Page<T> = (Vec<Doc<T>>, Option<String>);

/// Postings that are read at once; filters look at each of them.
const CHUNK: u32 = 25;
/// At most so many times for one page.
const CHUNKS: usize = 8;
/// Most hits of a search that are looked at.
const HITS: u32 = 100;

/// How far away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// At most so many kilometres.
    Within(i64),
    /// In another province or city.
    Away,
}

impl Near {
    /// Reads the parameter; anything unknown is no filter.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "here" => Some(Self::Within(0)),
            "away" => Some(Self::Away),
            other => other.parse().ok().map(Self::Within),
        }
    }
}

/// What a reader looks for, as parameters say it.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// `full`, `seasonal` or `day`.
    pub kind: Option<String>,
    /// `here`, kilometres, or `away`.
    pub near: Option<String>,
    /// Yuan a month at least.
    pub pay: Option<String>,
    /// One of the trades.
    pub trade: Option<String>,
    /// A part of the place's name.
    pub place: Option<String>,
    /// Words.
    pub q: Option<String>,
    /// `newest` or `nearest`.
    pub sort: String,
    /// As soon as there are so many the page is full.
    pub limit: u32,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl Wanted {
    /// Whether anything is asked for beside the order.
    pub fn is_filtered(&self) -> bool {
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        [&self.kind, &self.near, &self.pay, &self.trade, &self.place, &self.q].into_iter().any(given)
    }

    /// Whether the nearest come first.
    pub fn nearest(&self) -> bool {
        self.sort == "nearest"
    }

    fn fits(&self, posting: &Posting, now: Micros) -> bool {
        let terms = &posting.terms;
        let near = self.near.as_deref().and_then(Near::parse);
        let yuan = self.pay.as_deref().and_then(|pay| pay.parse::<i64>().ok());
        let place = self.place.as_deref().map(str::trim).filter(|place| !place.is_empty());
        posting.is_open(now)
            && self.kind.as_deref().is_none_or(|kind| kind == terms.kind.as_str())
            && self.trade.as_ref().is_none_or(|trade| terms.trades.contains(trade))
            && place.is_none_or(|place| terms.place.as_deref().is_some_and(|held| held.contains(place)))
            && yuan.is_none_or(|yuan| terms.monthly().is_some_and(|fen| fen >= yuan.saturating_mul(100)))
            && match near {
                None => true,
                Some(Near::Away) => terms.away,
                Some(Near::Within(km)) => !terms.away && terms.distance.is_some_and(|far| far <= km),
            }
    }
}

/// Open postings as they are wanted. A page reads on until it is full or has looked at many: it may be short and have a
/// next one.
pub fn find(cx: &Read, wanted: &Wanted) -> Result<Page<Posting>> {
    let now = cx.now();
    if let Some(q) = wanted.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let mut found = cx.data::<Posting>().search(q, HITS)?;
        found.retain(|posting| wanted.fits(posting, now));
        if wanted.nearest() {
            found.sort_by_key(|posting| posting.far);
        }
        found.truncate(usize::try_from(wanted.limit).unwrap_or_default());
        return Ok((found, None));
    }
    let (mut found, mut cursor) = (Vec::new(), wanted.cursor.clone());
    for _ in 0..CHUNKS {
        let postings = cx.data::<Posting>();
        let query = if wanted.nearest() { postings.by_nearest("open") } else { postings.by_board("open").newest() };
        let (part, next) = query.page(CHUNK, cursor)?;
        found.extend(part.into_iter().filter(|posting| wanted.fits(posting, now)));
        cursor = next;
        let full = u32::try_from(found.len()).is_ok_and(|many| many >= wanted.limit);
        if full || cursor.is_none() {
            break;
        }
    }
    Ok((found, cursor))
}

/// What only the office lists, the oldest first.
pub fn at_desk(cx: &Read, state: State, limit: u32) -> Result<Vec<Doc<Posting>>> {
    Ok(cx.data::<Posting>().by_desk(state.as_str()).take(limit)?)
}

/// Postings of this office that are over, the newest first: to be opened again.
pub fn over(cx: &Read, limit: u32) -> Result<Vec<Doc<Posting>>> {
    Ok(cx.data::<Posting>().by_own("over").newest().take(limit)?)
}

/// Open postings of this office that nobody has touched for as long as the setting says, the longest first.
pub fn stale(cx: &Read, limit: u32) -> Result<Vec<Doc<Posting>>> {
    let days = cx.setting::<i64>("stale_days")?;
    let before = cx.now() - days * crate::domain::days::DAY + 1;
    let mut found = cx.data::<Posting>().by("by_checked").to(before).take(limit)?;
    found.retain(|posting| posting.is_stale(days, cx.now()));
    Ok(found)
}

/// Postings that a person made or proposed, the newest first.
pub fn of_author(cx: &Read, person: &str, limit: u32) -> Result<Vec<Doc<Posting>>> {
    Ok(cx.data::<Posting>().by_author(person).newest().take(limit)?)
}

/// The copy of a posting of another office.
pub fn copy_of(cx: &Read, source: &str) -> Result<Option<Doc<Posting>>> {
    Ok(cx.data::<Posting>().by_source(source).first()?)
}

/// A person's sign-up for a posting.
pub fn signup_of(cx: &Read, posting: &str, person: &str) -> Result<Option<Doc<Signup>>> {
    Ok(cx.data::<Signup>().by_key(Signup::key(posting, person)).first()?)
}

/// A person's sign-ups, the newest first.
pub fn signups_of(cx: &Read, person: &str, limit: u32, cursor: Option<String>) -> Result<Page<Signup>> {
    Ok(cx.data::<Signup>().by_person(person).newest().page(limit, cursor)?)
}

/// Sign-ups for a posting, the newest first.
pub fn signups_for(cx: &Read, posting: &str, limit: u32, cursor: Option<String>) -> Result<Page<Signup>> {
    Ok(cx.data::<Signup>().by_posting(posting).newest().page(limit, cursor)?)
}

/// Sign-ups that wait for an answer here, the longest first.
pub fn waiting(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page<Signup>> {
    Ok(cx.data::<Signup>().by_desk("waiting").page(limit, cursor)?)
}

/// Reports that wait for a decision, the oldest first.
pub fn doubts(cx: &Read, limit: u32) -> Result<Vec<Doc<Doubt>>> {
    Ok(cx.data::<Doubt>().by_open(true).take(limit)?)
}

/// The same of one posting.
pub fn doubts_of(cx: &Read, posting: &str, limit: u32) -> Result<Vec<Doc<Doubt>>> {
    Ok(cx.data::<Doubt>().by_posting(posting).eq(true).take(limit)?)
}
