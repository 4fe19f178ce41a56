//! What a posting offers: the work, where, the pay, whom to call, until when.

use serde::{Deserialize, Serialize};

use super::days::{self, DAY, Micros};

/// Every trade that a posting may name, in the order of the form.
pub const TRADES: [&str; 16] = [
    "farm",
    "livestock",
    "build",
    "carpenter",
    "weld",
    "electric",
    "drive",
    "factory",
    "sew",
    "cook",
    "clean",
    "care",
    "guard",
    "sell",
    "desk",
    "other",
];

/// Hours of a working day and days of a working month, to compare pay of different periods.
const HOURS: i64 = 8;
const DAYS: i64 = 22;

/// Most days that a posting is open.
const LONGEST: i64 = 366;

/// How the work is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 长期工
    #[default]
    Full,
    /// 季节工
    Seasonal,
    /// 日结零工
    Day,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Full, Self::Seasonal, Self::Day];

    /// Reads the form's value; anything unknown is full-time.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).unwrap_or_default()
    }

    /// The word in forms and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Seasonal => "seasonal",
            Self::Day => "day",
        }
    }
}

/// What the pay is counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// 小时
    Hour,
    /// 天
    Day,
    /// 月
    #[default]
    Month,
    /// 件
    Piece,
}

impl Per {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hour, Self::Day, Self::Month, Self::Piece];

    /// Reads the form's value; anything unknown is the month.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|per| per.as_str() == text).unwrap_or_default()
    }

    /// The word in forms and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Piece => "piece",
        }
    }
}

/// What is still missing before a posting may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Who hires.
    Employer,
    /// Where.
    Place,
    /// The pay.
    Pay,
    /// Whom to ask for.
    Contact,
    /// The telephone.
    Phone,
    /// The last day.
    Closes,
    /// The last day has passed.
    Past,
}

/// What a posting offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The work, in a few words.
    pub title: String,
    /// Who hires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// How the work is done.
    pub kind: Kind,
    /// In another province or city.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub away: bool,
    /// Where, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Kilometres from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<i64>,
    /// Fen, at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_from: Option<i64>,
    /// Fen, at most; none where the pay is fixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_to: Option<i64>,
    /// What the pay is counted by.
    pub pay_per: Per,
    /// How many people are wanted in all.
    pub headcount: i64,
    /// Some of [`TRADES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trades: Vec<String>,
    /// What one had better know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skills: Option<String>,
    /// Housing is included.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub housing: bool,
    /// Meals are included.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub meals: bool,
    /// On age and health, as far as the law allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demands: Option<String>,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Whom to ask for; public while the posting is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<String>,
    /// The employer's telephone; public while the posting is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    /// The last instant of the last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Micros>,
}

impl Terms {
    /// What must be there before it is published.
    pub fn lacks(&self, now: Micros) -> Vec<Lack> {
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let mut lacks = Vec::new();
        let mut must = |there: bool, lack: Lack| {
            if !there {
                lacks.push(lack);
            }
        };
        must(given(&self.employer), Lack::Employer);
        must(given(&self.place), Lack::Place);
        must(self.pay_from.is_some_and(|pay| pay > 0), Lack::Pay);
        must(given(&self.contact_name), Lack::Contact);
        must(given(&self.contact_phone), Lack::Phone);
        must(self.closes.is_some(), Lack::Closes);
        must(self.closes.is_none_or(|closes| closes >= now), Lack::Past);
        lacks
    }

    /// Fen a month, to compare with others: 8 hours a day, 22 days a month. None for piece work, which cannot be compared.
    pub fn monthly(&self) -> Option<i64> {
        let pay = self.pay_from?;
        match self.pay_per {
            Per::Hour => pay.checked_mul(HOURS * DAYS),
            Per::Day => pay.checked_mul(DAYS),
            Per::Month => Some(pay),
            Per::Piece => None,
        }
    }

    /// For sorting: kilometres, then what is nobody knows how far, then what is far away.
    pub fn far(&self) -> i64 {
        if self.away { 1_000_000 } else { self.distance.unwrap_or(500_000) }
    }
}

/// The last instant of a day as a field gives it; none for what is no day, has passed or lies more than a year ahead.
pub fn closing(day: &str, now: Micros) -> Option<Micros> {
    let last = days::next_midnight(days::read_day(day)?) - 1;
    (last >= now && last < now + LONGEST * DAY).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_serde_writes() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap_or_default(), kind.as_str());
            assert_eq!(Kind::parse(kind.as_str()), kind);
        }
        for per in Per::ALL {
            assert_eq!(serde_json::to_value(per).unwrap_or_default(), per.as_str());
            assert_eq!(Per::parse(per.as_str()), per);
        }
    }

    #[test]
    fn everything_that_is_missing_is_named() {
        let now = days::read_day("2026-09-02").unwrap_or_default();
        let all = [Lack::Employer, Lack::Place, Lack::Pay, Lack::Contact, Lack::Phone, Lack::Closes];
        assert_eq!(Terms::default().lacks(now), all);
        let past = Terms { closes: Some(now - 1), ..Terms::default() };
        assert_eq!(past.lacks(now).last(), Some(&Lack::Past));
        let blank = Terms { contact_phone: Some(" ".to_owned()), ..Terms::default() };
        assert!(blank.lacks(now).contains(&Lack::Phone));
    }

    #[test]
    fn pay_is_compared_by_the_month() {
        let pay = |pay_per| Terms { pay_from: Some(10_000), pay_per, ..Terms::default() }.monthly();
        assert_eq!(
            [pay(Per::Hour), pay(Per::Day), pay(Per::Month), pay(Per::Piece)],
            [Some(1_760_000), Some(220_000), Some(10_000), None]
        );
        assert_eq!(Terms::default().monthly(), None);
    }

    #[test]
    fn what_is_nearer_comes_first() {
        let at = |distance, away| Terms { away, distance, ..Terms::default() }.far();
        assert!(at(Some(0), false) < at(Some(30), false));
        assert!(at(Some(500), false) < at(None, false) && at(None, false) < at(Some(3), true));
    }

    #[test]
    fn the_last_day_counts_whole_and_lies_within_a_year() {
        let now = days::read_day("2026-09-02").unwrap_or_default() + 9 * days::HOUR;
        assert_eq!(closing("2026-09-02", now), days::read_day("2026-09-03").map(|next| next - 1));
        for wrong in ["2026-09-01", "2027-12-01", "tomorrow", ""] {
            assert_eq!(closing(wrong, now), None, "{wrong}");
        }
    }
}
