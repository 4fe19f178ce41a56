//! The introduction, and figures with the year that they are of.

use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::Refused;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    /// 总户数
    Households,
    /// 户籍人口
    People,
    /// 常住人口
    Residents,
    /// 面积, km²
    Area,
    /// 村（居）民小组
    Groups,
    /// 下辖村和社区
    Villages,
    /// 耕地, mu
    Farmland,
    /// 林地, mu
    Forest,
    /// 党员
    Party,
    /// 集体经济收入, 10,000 yuan
    Income,
}

impl FigureKind {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Households,
        Self::People,
        Self::Residents,
        Self::Area,
        Self::Groups,
        Self::Villages,
        Self::Farmland,
        Self::Forest,
        Self::Party,
        Self::Income,
    ];

    /// The word in documents, forms and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Households => "households",
            Self::People => "people",
            Self::Residents => "residents",
            Self::Area => "area",
            Self::Groups => "groups",
            Self::Villages => "villages",
            Self::Farmland => "farmland",
            Self::Forest => "forest",
            Self::Party => "party",
            Self::Income => "income",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether it counts things, of which there are no parts.
    pub fn is_count(self) -> bool {
        !matches!(self, Self::Area | Self::Farmland | Self::Forest | Self::Income)
    }
}

/// A figure and the year that it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it counts.
    pub kind: FigureKind,
    /// A decimal text without needless zeros: `12.5`.
    pub value: String,
    /// Of which year.
    pub year: i64,
}

impl Figure {
    /// A figure as typed: the platform has checked that the text is a decimal number that is not negative.
    pub fn typed(kind: FigureKind, value: &str, year: i64) -> Result<Self, Refused> {
        let value = plain(value);
        if kind.is_count() && value.contains('.') {
            return Err(Refused::NotWhole);
        }
        Ok(Self { kind, value, year })
    }

    /// The number as people write it, with commas between thousands: `1,203.5`.
    pub fn grouped(&self) -> String {
        let (whole, part) = self.value.split_once('.').map_or((self.value.as_str(), None), |(w, p)| (w, Some(p)));
        let length = whole.chars().count();
        let mut text = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (length - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        match part {
            Some(part) => text + "." + part,
            None => text,
        }
    }
}

/// Without leading zeros, and without zeros after the last place.
fn plain(value: &str) -> String {
    let (whole, part) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let whole = whole.trim_start_matches(['+', '0']);
    let whole = if whole.is_empty() { "0" } else { whole };
    match part.trim_end_matches('0') {
        "" => whole.to_owned(),
        part => format!("{whole}.{part}"),
    }
}

/// The introduction: there is one.
#[document("about")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Always [`About::KEY`].
    pub key: String,
    /// Markdown; empty while only figures are there.
    #[serde(default)]
    pub text: String,
    /// File ids.
    #[serde(default)]
    pub photos: Vec<String>,
    /// In the order of the page, one of each kind.
    #[serde(default)]
    pub figures: Vec<Figure>,
}

impl Default for About {
    fn default() -> Self {
        Self { key: Self::KEY.to_owned(), text: String::new(), photos: Vec::new(), figures: Vec::new() }
    }
}

impl About {
    /// The key of the one document.
    pub const KEY: &'static str = "about";

    /// Sets a figure, in the place of the one of its kind.
    pub fn set(&mut self, figure: Figure) {
        self.drop_figure(figure.kind);
        self.figures.push(figure);
        self.figures.sort_by_key(|figure| figure.kind);
    }

    /// Takes a figure out; whether there was one.
    pub fn drop_figure(&mut self, kind: FigureKind) -> bool {
        let before = self.figures.len();
        self.figures.retain(|figure| figure.kind != kind);
        self.figures.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_kept_plainly_and_written_with_commas() {
        for (typed, kept, written) in
            [("1203", "1203", "1,203"), ("03.50", "3.5", "3.5"), ("1234567.0", "1234567", "1,234,567"), ("0", "0", "0")]
        {
            let figure = Figure::typed(FigureKind::Area, typed, 2025).map(|figure| (figure.grouped(), figure.value));
            assert_eq!(figure, Ok((written.to_owned(), kept.to_owned())), "{typed}");
        }
    }

    #[test]
    fn there_is_no_half_household() {
        assert_eq!(Figure::typed(FigureKind::Households, "12.5", 2025), Err(Refused::NotWhole));
        assert!(Figure::typed(FigureKind::Households, "12.0", 2025).is_ok());
    }

    #[test]
    fn there_is_one_figure_of_a_kind_in_the_order_of_the_page() {
        let mut about = About::default();
        for (kind, value) in [(FigureKind::Area, "3"), (FigureKind::Households, "1"), (FigureKind::Area, "4")] {
            if let Ok(figure) = Figure::typed(kind, value, 2025) {
                about.set(figure);
            }
        }
        let kept: Vec<&str> = about.figures.iter().map(|figure| figure.value.as_str()).collect();
        assert_eq!(kept, ["1", "4"]);
        assert!(about.drop_figure(FigureKind::Area) && !about.drop_figure(FigureKind::Area));
    }
}
