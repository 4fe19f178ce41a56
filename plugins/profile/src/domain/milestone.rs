//! 大事记: what happened in the village, day by day. Corrected, never rewritten: the words before stay.

use cunshi_sdk::days::{self, Micros};
use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::Refused;

/// Greatest number of photos of one event.
pub const MOST_PHOTOS: usize = 18;

/// What is said of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What happened.
    pub title: String,
    /// More of it.
    pub text: String,
    /// The day: the instant at which it begins.
    pub day: Micros,
}

/// What stood there before a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was corrected.
    pub at: Micros,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The words before.
    pub before: Words,
    /// How many photos were added.
    #[serde(default)]
    pub photos: u32,
}

/// Taken off the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strike {
    /// When.
    pub at: Micros,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// An event.
#[document("milestone")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What happened.
    pub title: String,
    /// More of it.
    pub text: String,
    /// The day: the instant at which it begins.
    pub day: Micros,
    /// File ids.
    #[serde(default)]
    pub photos: Vec<String>,
    /// When it was recorded.
    pub recorded_at: Micros,
    /// By whom.
    pub recorded_by: String,
    /// The oldest first.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// Set when it was struck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub struck: Option<Strike>,
    /// `public`, or `office` when struck.
    pub sight: String,
}

impl Milestone {
    /// What everybody reads.
    pub const PUBLIC: &'static str = "public";
    /// What the office reads.
    pub const OFFICE: &'static str = "office";

    /// A new one.
    pub fn recorded(words: Words, photos: Vec<String>, by: &str, at: Micros) -> Self {
        Self {
            title: words.title,
            text: words.text,
            day: words.day,
            photos,
            recorded_at: at,
            recorded_by: by.to_owned(),
            corrections: Vec::new(),
            struck: None,
            sight: Self::PUBLIC.to_owned(),
        }
    }

    /// The year of its day.
    pub fn year(&self) -> i64 {
        days::date(self.day).0
    }

    /// Puts it right, keeping what stood there.
    pub fn correct(
        &mut self,
        words: Words,
        photos: Vec<String>,
        reason: &str,
        by: &str,
        at: Micros,
    ) -> Result<(), Refused> {
        if self.struck.is_some() {
            return Err(Refused::Struck);
        }
        let before = Words { title: self.title.clone(), text: self.text.clone(), day: self.day };
        if before == words && photos.is_empty() {
            return Err(Refused::NothingChanged);
        }
        if self.photos.len() + photos.len() > MOST_PHOTOS {
            return Err(Refused::TooManyPhotos);
        }
        let added = u32::try_from(photos.len()).unwrap_or(u32::MAX);
        let (reason, by) = (reason.to_owned(), by.to_owned());
        self.corrections.push(Correction { at, by, reason, before, photos: added });
        (self.title, self.text, self.day) = (words.title, words.text, words.day);
        self.photos.extend(photos);
        Ok(())
    }

    /// Takes it off the page.
    pub fn strike(&mut self, reason: &str, by: &str, at: Micros) -> Result<(), Refused> {
        if self.struck.is_some() {
            return Err(Refused::Struck);
        }
        self.struck = Some(Strike { at, by: by.to_owned(), reason: reason.to_owned() });
        Self::OFFICE.clone_into(&mut self.sight);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str) -> Words {
        Words { title: title.to_owned(), text: "经过".to_owned(), day: 0 }
    }

    #[test]
    fn the_words_before_a_correction_stay() {
        let mut road = Milestone::recorded(words("通路"), Vec::new(), "刘会计", 1);
        assert_eq!(road.correct(words("通路"), Vec::new(), "?", "简书记", 2), Err(Refused::NothingChanged));
        assert_eq!(road.correct(words("三组通路"), Vec::new(), "写漏了", "简书记", 2), Ok(()));
        assert_eq!(road.correct(words("三组通水泥路"), vec!["f".to_owned()], "说清楚", "刘会计", 3), Ok(()));
        let before: Vec<&str> = road.corrections.iter().map(|kept| kept.before.title.as_str()).collect();
        assert_eq!(before, ["通路", "三组通路"]);
        assert_eq!((road.title.as_str(), road.photos.len(), road.year()), ("三组通水泥路", 1, 1970));
        let many = vec!["f".to_owned(); MOST_PHOTOS];
        assert_eq!(road.correct(words("x"), many, "?", "刘会计", 4), Err(Refused::TooManyPhotos));
    }

    #[test]
    fn what_is_struck_stays_struck() {
        let mut road = Milestone::recorded(words("通路"), Vec::new(), "刘会计", 1);
        assert_eq!(road.strike("记错村了", "简书记", 2), Ok(()));
        assert_eq!(road.sight, Milestone::OFFICE);
        assert_eq!(road.strike("再来", "简书记", 3), Err(Refused::Struck));
        assert_eq!(road.correct(words("y"), Vec::new(), "?", "简书记", 3), Err(Refused::Struck));
    }
}
