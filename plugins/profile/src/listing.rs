//! Finding things. The host shows each reader only what is for them. Lists without pages are bounded, and the actions
//! that add to them keep to the bound.

use cunshi_sdk::days::{self, DAY, Micros};
use cunshi_sdk::prelude::{Doc, Read, Result};

use crate::domain::session::LONGEST;
use crate::domain::{
    About, AboutIndexes as _, Album, Booking, BookingIndexes as _, Duty, Milestone, MilestoneIndexes as _, Part,
    Picture, PictureIndexes as _, Question, QuestionIndexes as _, Seat, Session, Stamp, StampIndexes as _, State,
};

/// Greatest number of committee members.
pub const MOST_SEATS: usize = 60;
/// Greatest number of lines of the weekly duty list.
pub const MOST_WEEKLY: usize = 70;
/// Greatest number of lines of days to come: a form for ten days may add as many beyond it.
pub const MOST_DATED: usize = 90;
/// Greatest number of sessions to come.
pub const MOST_SESSIONS: usize = 40;

/// A page of a list, and the cursor of the next one.
pub type Page<T> = (Vec<Doc<T>>, Option<String>);

/// The introduction, once somebody has begun it.
pub fn about(cx: &Read) -> Result<Option<Doc<About>>> {
    Ok(cx.data::<About>().by_key(About::KEY).first()?)
}

/// When a part changed last.
pub fn changed(cx: &Read, part: Part) -> Result<Option<Stamp>> {
    Ok(cx.data::<Stamp>().by_part(part.as_str()).first()?.map(|stamp| stamp.body))
}

/// The committee members in their order.
pub fn seats(cx: &Read) -> Result<Vec<Doc<Seat>>> {
    Ok(cx.data::<Seat>().by("by_place").take(200)?)
}

/// The weekly list, by weekday and hour.
pub fn weekly(cx: &Read) -> Result<Vec<Doc<Duty>>> {
    Ok(cx.data::<Duty>().by("by_weekday").take(200)?)
}

/// What is planned for days of their own.
pub fn dated(cx: &Read, from: Micros, to: Micros) -> Result<Vec<Doc<Duty>>> {
    Ok(cx.data::<Duty>().by("by_day").from(from).to(to).take(200)?)
}

/// What is planned for days of their own, from today.
pub fn coming(cx: &Read) -> Result<Vec<Doc<Duty>>> {
    Ok(cx.data::<Duty>().by("by_day").from(days::midnight(cx.now())).take(200)?)
}

/// All that says who is on duty in so many days from one.
pub fn duties(cx: &Read, from: Micros, length: i64) -> Result<Vec<Doc<Duty>>> {
    let mut all = weekly(cx)?;
    all.extend(dated(cx, from, from + length * DAY)?);
    Ok(all)
}

/// Albums, the newest first.
pub fn albums(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page<Album>> {
    Ok(cx.data::<Album>().by("by_taken").newest().page(limit, cursor)?)
}

/// The pictures of an album.
pub fn pictures(cx: &Read, album: &str) -> Result<Vec<Doc<Picture>>> {
    Ok(cx.data::<Picture>().by_album(album).take(100)?)
}

/// The first picture of an album.
pub fn first_picture(cx: &Read, album: &str) -> Result<Option<Doc<Picture>>> {
    Ok(cx.data::<Picture>().by_album(album).first()?)
}

/// Big events that stand on the page, the newest first; of one year, or of all.
pub fn milestones(cx: &Read, year: Option<i64>, limit: u32, cursor: Option<String>) -> Result<Page<Milestone>> {
    let found = cx.data::<Milestone>().by_day(Milestone::PUBLIC).newest();
    let found = match year {
        Some(year) => found.from(new_year(year)).to(new_year(year + 1)),
        None => found,
    };
    Ok(found.page(limit, cursor)?)
}

/// Years in which there are big events, the newest first, at most so many: a reading for each.
pub fn years(cx: &Read, most: usize) -> Result<Vec<i64>> {
    let mut years = Vec::new();
    while years.len() < most {
        let found = cx.data::<Milestone>().by_day(Milestone::PUBLIC).newest();
        let found = match years.last() {
            Some(year) => found.to(new_year(*year)),
            None => found,
        };
        let Some(milestone) = found.first()? else { break };
        years.push(milestone.year());
    }
    Ok(years)
}

fn new_year(year: i64) -> Micros {
    days::read_day(&format!("{year:04}-01-01")).unwrap_or(i64::MAX)
}

/// Sessions that are not over, the next first; cancelled ones among them.
pub fn coming_sessions(cx: &Read) -> Result<Vec<Doc<Session>>> {
    let mut found = cx.data::<Session>().by("by_starts").from(cx.now() - LONGEST).take(200)?;
    found.retain(|session| session.ends > cx.now());
    Ok(found)
}

/// The next session that takes place, or the one that is on.
pub fn next_session(cx: &Read) -> Result<Option<Doc<Session>>> {
    let coming = coming_sessions(cx)?;
    Ok(coming.into_iter().find(|session| session.cancelled.is_none()))
}

/// Sessions that have begun, the latest first.
pub fn past_sessions(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page<Session>> {
    Ok(cx.data::<Session>().by("by_starts").to(cx.now()).newest().page(limit, cursor)?)
}

/// The bookings of a session that the reader may see, by turn.
pub fn bookings(cx: &Read, session: &str) -> Result<Vec<Doc<Booking>>> {
    Ok(cx.data::<Booking>().by_session(session).take(50)?)
}

/// A person's booking of a session.
pub fn booking(cx: &Read, session: &str, person: &str) -> Result<Option<Doc<Booking>>> {
    Ok(cx.data::<Booking>().by_key(Booking::key(session, person)).first()?)
}

/// A person's bookings that are not over, the next first.
pub fn own_bookings(cx: &Read, person: &str, limit: u32) -> Result<Vec<Doc<Booking>>> {
    Ok(cx.data::<Booking>().by_person(person).from(cx.now() - LONGEST).take(limit)?)
}

/// Questions by where they stand: those that wait the longest first, those with an answer the newest first.
pub fn questions(cx: &Read, state: State, limit: u32, cursor: Option<String>) -> Result<Page<Question>> {
    let found = cx.data::<Question>().by_state(state.as_str());
    let found = if state == State::Waiting { found } else { found.newest() };
    Ok(found.page(limit, cursor)?)
}

/// A person's questions, the newest first.
pub fn own_questions(cx: &Read, person: &str, limit: u32, cursor: Option<String>) -> Result<Page<Question>> {
    Ok(cx.data::<Question>().by_asker(person).newest().page(limit, cursor)?)
}

/// Questions that were asked in advance for a session, as far as the reader may read them.
pub fn questions_for(cx: &Read, session: &str) -> Result<Vec<Doc<Question>>> {
    let mut found = cx.data::<Question>().by_session(session).take(50)?;
    found.retain(|question| question.state != State::Withdrawn);
    Ok(found)
}
