//! The bank of texts (`profile.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::demo::pictures::Subject;

/// All texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    pub introduction: Introduction,
    pub album: Vec<Album>,
    pub event: Vec<Event>,
    pub hours: Hours,
    pub above: Above,
}

/// What an introduction is put together from, and those that are told whole, by the village's code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Introduction {
    /// Where a village lies.
    #[serde(rename = "where")]
    pub place: Vec<String>,
    /// The same of a community.
    pub community: Vec<String>,
    pub living: Vec<String>,
    pub office: Vec<String>,
    /// Says that it is made up.
    pub sample: String,
    pub told: BTreeMap<String, String>,
    /// Kind and value.
    pub figures: BTreeMap<String, Vec<[String; 2]>>,
}

/// An album with its pictures under one caption.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Album {
    pub title: String,
    pub text: String,
    pub caption: String,
    pub pictures: Vec<Subject>,
}

/// A big event.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub title: String,
    pub text: String,
    /// So many days ago, or on a month's day so many years ago.
    pub ago: Option<i64>,
    pub on: Option<[i8; 2]>,
    #[serde(default)]
    pub years: i16,
    pub picture: Option<Subject>,
    pub correction: Option<Correction>,
}

/// What is added to it later, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    pub text: String,
    pub reason: String,
}

/// The secretary's hours.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub places: Vec<String>,
    pub notes: Vec<String>,
    pub topics: Vec<String>,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
    pub told: Told,
}

/// A question and its answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub text: String,
    pub answer: String,
}

/// Of 天府社区 and 照石村: a private question, one that waits, and one that was answered in person.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub private: String,
    pub private_answer: String,
    pub waiting: String,
    pub asked_before: String,
    pub in_person: String,
}

/// Of towns and the district.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Above {
    /// What whoever is on duty is.
    pub on_duty: String,
    pub town: Vec<Said>,
    pub district: Vec<Said>,
}

/// What happened there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    pub title: String,
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::tale::{TIANFU, ZHAOSHI};

    #[test]
    fn the_bank_is_whole_and_fits_the_forms() {
        let texts = Texts::read().unwrap();
        for code in [TIANFU, ZHAOSHI] {
            assert!(texts.introduction.told.contains_key(code) && texts.introduction.figures.contains_key(code));
        }
        for album in &texts.album {
            assert!(album.title.chars().count() <= 40 && album.caption.chars().count() <= 80, "{}", album.title);
            assert!((1..=9).contains(&album.pictures.len()), "{}", album.title);
        }
        for event in &texts.event {
            assert!(event.title.chars().count() <= 60, "{}", event.title);
            assert!(event.ago.is_some() != event.on.is_some(), "{}", event.title);
        }
        assert!(texts.hours.places.iter().all(|place| place.chars().count() <= 40));
        assert!(texts.hours.topics.iter().all(|topic| topic.chars().count() <= 100));
        assert!(texts.hours.questions.len() >= 5);
    }
}
