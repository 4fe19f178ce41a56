//! What is counted: tallies of requests without anybody's name, figures of services, ratings for everybody to read.

use cunshi_sdk::prelude::document;

use super::days::{MINUTE, Micros};
use super::request::Request;
use super::time;

/// Stars from which somebody is satisfied.
pub const SATISFIED: u8 = 4;

/// What is counted of a request.
#[document("tally")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The request's id.
    pub request: String,
    /// The service's key.
    pub service: String,
    /// When it was asked for.
    pub asked_at: Micros,
    /// When the result was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Micros>,
    /// Minutes from asking to the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// Done within the deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_time: Option<bool>,
    /// 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// When it was rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rated_at: Option<Micros>,
    /// Rated with 4 stars or 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied: Option<bool>,
}

impl Tally {
    /// Of a request as it stands.
    pub fn of(id: &str, request: &Request) -> Self {
        Self {
            request: id.to_owned(),
            service: request.service.clone(),
            asked_at: request.asked_at,
            done_at: request.done_at,
            minutes: request.done_at.map(|done| (done - request.asked_at) / MINUTE),
            on_time: request.done_at.map(|done| done <= request.due_at),
            stars: request.stars,
            rated_at: request.rated_at,
            satisfied: request.stars.map(|stars| stars >= SATISFIED),
        }
    }
}

/// The figures of a service over the last 12 months; times and stars are those of the newest 200 that were done.
#[document("figure")]
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Figure {
    /// The service's key.
    pub service: String,
    /// How many were asked for.
    pub asked: u64,
    /// The middle of the minutes that they took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median: Option<i64>,
    /// How many were rated.
    #[serde(default)]
    pub rated: u64,
    /// Average stars in tenths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenths: Option<u64>,
}

impl Figure {
    /// Out of the tallies of what was done.
    pub fn of<'a>(service: &str, asked: u64, done: impl IntoIterator<Item = &'a Tally>) -> Self {
        let (mut minutes, mut stars) = (Vec::new(), Vec::new());
        for tally in done {
            minutes.extend(tally.minutes);
            stars.extend(tally.stars);
        }
        let rated = u64::try_from(stars.len()).unwrap_or(u64::MAX);
        let sum: u64 = stars.iter().map(|stars| u64::from(*stars)).sum();
        // Half a tenth is rounded up.
        let tenths = (sum * 20 + rated).checked_div(rated * 2);
        Self { service: service.to_owned(), asked, median: time::median(minutes), rated, tenths }
    }
}

/// A rating, for everybody.
#[document("rating")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The service's key.
    pub service: String,
    /// 1 to 5.
    pub stars: u8,
    /// The words, as they may be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The masked name.
    pub name: String,
    /// When.
    pub at: Micros,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(minutes: i64, stars: Option<u8>) -> Tally {
        Tally {
            request: String::new(),
            service: "seal".to_owned(),
            asked_at: 0,
            done_at: Some(minutes * MINUTE),
            minutes: Some(minutes),
            on_time: Some(true),
            stars,
            rated_at: None,
            satisfied: None,
        }
    }

    #[test]
    fn figures_are_the_middle_and_the_average() {
        let done = [tally(17, Some(5)), tally(3, Some(4)), tally(600, None), tally(20, Some(5))];
        let figure = Figure::of("seal", 6, &done);
        assert_eq!((figure.asked, figure.median, figure.rated, figure.tenths), (6, Some(17), 3, Some(47)));
        let none = Figure::of("seal", 0, &[]);
        assert_eq!((none.median, none.tenths), (None, None));
    }
}
