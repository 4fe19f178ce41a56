//! The bank of texts (`disclosure.toml`).

use serde::Deserialize;

/// All texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    pub item: Vec<Item>,
    pub finance: Finance,
    pub village: Affairs,
    pub party: Affairs,
    pub major: Vec<Matter>,
    pub waiting: Vec<Waiting>,
    pub supervisors: Supervisors,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
    pub told: Told,
}

/// Something that the district asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub item: String,
    pub affairs: String,
    pub title: String,
    pub title_en: String,
    pub every: String,
    pub days: i64,
}

/// What months' accounts are made of.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finance {
    /// Yuan at the beginning, from and to.
    pub opening: [i64; 2],
    pub texts: Vec<String>,
    pub corrected: String,
    /// Why there is a correction; `{item}` was forgotten.
    pub mistake: String,
    pub row: Vec<Row>,
}

/// A line of an account: an income or an expense, in yuan from and to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub item: String,
    pub income: Option<[i64; 2]>,
    pub expense: Option<[i64; 2]>,
    /// Not in whole yuan.
    #[serde(default)]
    pub cents: bool,
    pub note: String,
    /// In how many months of a hundred.
    pub percent: u32,
}

/// A quarter's affairs: how it begins, what there is, how it ends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Affairs {
    pub began: Vec<String>,
    pub lines: Vec<String>,
    pub ended: Vec<String>,
}

/// A major matter.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    pub title: String,
    pub text: String,
}

/// Something on the desk today.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    pub title: String,
    pub affairs: String,
    pub text: String,
    /// It waits for a supervisor, not for its author.
    pub submit: bool,
}

/// What supervisors say when they sign, and when they return something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supervisors {
    pub notes: Vec<String>,
    pub reasons: Vec<String>,
}

/// A question with its answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Which affairs, or `none`.
    pub about: String,
    pub text: String,
    pub answer: String,
    /// What the asker still misses.
    pub more: String,
    /// What the town answers.
    pub town: String,
}

/// Of 天府社区 and 照石村.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub open: String,
    pub private: String,
    pub private_answer: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_whole_and_fits_the_forms() {
        let texts = Texts::read().unwrap();
        for row in &texts.finance.row {
            assert!(row.income.is_some() != row.expense.is_some(), "{}", row.item);
            assert!(row.item.chars().count() <= 40 && row.note.chars().count() <= 60, "{}", row.item);
        }
        // A question about each, so that whatever a village has published may be asked about.
        for about in ["finance", "village", "party", "none"] {
            assert!(texts.questions.iter().any(|question| question.about == about), "{about}");
        }
        for matter in &texts.major {
            assert!((4..=60).contains(&matter.title.chars().count()), "{}", matter.title);
        }
        for affairs in [&texts.village, &texts.party] {
            assert!(affairs.lines.len() >= 6 && !affairs.began.is_empty() && !affairs.ended.is_empty());
        }
        assert!(texts.waiting.iter().any(|waiting| waiting.submit), "a supervisor has something to sign");
    }
}
