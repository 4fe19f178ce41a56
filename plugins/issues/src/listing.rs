//! Finding cases: the board, the query `cases`, similar ones, and by number. The host shows each reader only
//! what is for them.

use cunshi_sdk::prelude::{Doc, Read, Result};

use crate::domain::days;
use crate::domain::{Case, CaseIndexes as _, Voice, VoiceIndexes as _, VoiceKind};

/// Which cases of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All.
    #[default]
    All,
    /// Somebody still has to do something.
    Open,
    /// Open and past the deadline.
    Overdue,
    /// Over.
    Closed,
    /// Reported by the reader.
    Mine,
}

impl Show {
    /// Reads the parameter.
    pub fn parse(text: &str) -> Self {
        match text {
            "open" => Self::Open,
            "overdue" => Self::Overdue,
            "closed" => Self::Closed,
            "mine" => Self::Mine,
            _ => Self::All,
        }
    }

    /// The parameter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Closed => "closed",
            Self::Mine => "mine",
        }
    }
}

/// What a reader looks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Which of the board.
    pub show: Show,
    /// Of one category only.
    pub category: Option<String>,
    /// Words, or a number.
    pub q: Option<String>,
    /// At most so many.
    pub limit: u32,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// Some cases, and where to go on.
pub type Page = (Vec<Doc<Case>>, Option<String>);

/// Most hits of a search that are looked at.
const HITS: u32 = 50;

/// Cases as they are wanted: the newest first, overdue ones the longest overdue first, hits the best first.
pub fn find(cx: &Read, wanted: &Wanted) -> Result<Page> {
    if let Some(q) = wanted.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        return Ok((search(cx, q, wanted)?, None));
    }
    let cases = cx.data::<Case>();
    let board = if wanted.show == Show::Closed { "done" } else { "open" };
    let query = match (wanted.show, wanted.category.as_deref()) {
        (Show::Mine, _) => {
            let Some(actor) = cx.actor() else { return Ok((Vec::new(), None)) };
            cases.by_reporter(actor.person.as_str()).newest()
        }
        (Show::Overdue, None) => cases.by_due(board).to(cx.now()),
        (Show::Overdue, Some(category)) => cases.by_category_due(category).eq(board).to(cx.now()),
        (Show::Open | Show::Closed, None) => cases.by_board(board).newest(),
        (Show::Open | Show::Closed, Some(category)) => cases.by_category_board(category).eq(board).newest(),
        (Show::All, None) => cases.by("by_reported").newest(),
        (Show::All, Some(category)) => cases.by_category(category).newest(),
    };
    Ok(query.page(wanted.limit, wanted.cursor.clone())?)
}

fn search(cx: &Read, q: &str, wanted: &Wanted) -> Result<Vec<Doc<Case>>> {
    let person = cx.actor().map(|actor| actor.person.as_str());
    let fits = |case: &Doc<Case>| {
        let shown = match wanted.show {
            Show::All => true,
            Show::Open => case.state.is_open(),
            Show::Overdue => case.is_overdue(cx.now()),
            Show::Closed => !case.state.is_open(),
            Show::Mine => person.is_some_and(|person| case.is_of(person)),
        };
        shown && wanted.category.as_ref().is_none_or(|category| *category == case.category)
    };
    let mut found = Vec::new();
    if let Some(case) = by_number(cx, q)? {
        found.push(case);
    }
    for case in cx.data::<Case>().search(q, HITS)? {
        if found.iter().all(|known| known.id != case.id) {
            found.push(case);
        }
    }
    found.retain(fits);
    found.truncate(usize::try_from(wanted.limit).unwrap_or_default());
    Ok(found)
}

/// The case of a spoken number, as people type it.
pub fn by_number(cx: &Read, typed: &str) -> Result<Option<Doc<Case>>> {
    let Some(number) = days::read_number(typed) else { return Ok(None) };
    Ok(cx.data::<Case>().by_number(number).first()?)
}

/// Open cases that sound like a text, best first, at most `limit`; `but` is left out.
pub fn similar(cx: &Read, text: &str, but: Option<&str>, limit: usize) -> Result<Vec<Doc<Case>>> {
    let mut found = cx.data::<Case>().search(text, 20)?;
    found.retain(|case| case.state.is_open() && Some(case.id.as_str()) != but && alike(&case.title, text));
    found.truncate(limit);
    Ok(found)
}

/// Whether two sentences share enough pairs of neighbouring characters to be worth a look: a quarter of the
/// shorter one's. A search alone finds everything that shares a single word.
fn alike(a: &str, b: &str) -> bool {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let chars: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let mut pairs: Vec<_> = chars.iter().copied().zip(chars.iter().copied().skip(1)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let shared = a.iter().filter(|pair| b.contains(pair)).count();
    shared > 0 && shared * 4 >= a.len().min(b.len())
}

/// Cases that the reader follows or stands behind, the newest voice first.
pub fn followed(cx: &Read, limit: u32) -> Result<Vec<Doc<Case>>> {
    let Some(actor) = cx.actor() else { return Ok(Vec::new()) };
    let mut voices = Vec::new();
    for kind in [VoiceKind::Support, VoiceKind::Follow] {
        let query = cx.data::<Voice>().by_person(actor.person.as_str()).eq(kind.as_str()).newest();
        voices.extend(query.take(limit)?);
    }
    voices.sort_by_key(|voice| std::cmp::Reverse(voice.at));
    let mut cases: Vec<Doc<Case>> = Vec::new();
    for voice in voices {
        if cases.iter().any(|case| case.id == voice.case) {
            continue;
        }
        // A case that was made private meanwhile is no longer for this reader.
        if let Some(case) = cx.data::<Case>().get(&voice.case)? {
            cases.push(case);
        }
    }
    cases.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(cases)
}

/// Whether the reader has this voice on a case.
pub fn has_voice(cx: &Read, case: &str, kind: VoiceKind) -> Result<bool> {
    let Some(actor) = cx.actor() else { return Ok(false) };
    Ok(cx.data::<Voice>().by_key(Voice::key(case, &actor.person, kind)).first()?.is_some())
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn what_is_worth_a_look_beside_a_report() {
        assert!(alike("三组路灯不亮", "三组的路灯不亮了，晚上看不见"));
        assert!(alike("房子旁边的黄桷树存在安全隐患", "黄桷树有安全隐患"));
        assert!(!alike("三组路灯不亮", "三组排水沟堵了"), "the group alone is not the same matter");
        assert!(!alike("", "路灯"));
    }
}
