//! The bank of texts (`texts.toml`): what is claimed, taken away, objected to, offered and done together.

use anyhow::{Context, Result};
use serde::Deserialize;

use super::super::pictures::Subject;

/// All texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// What the review group says.
    pub approve: Vec<String>,
    pub decline: Vec<String>,
    pub dissent: Vec<String>,
    #[serde(rename = "deed")]
    pub deeds: Vec<Deed>,
    pub taken: Vec<Taken>,
    #[serde(rename = "objection")]
    pub objections: Vec<Objection>,
    #[serde(rename = "activity")]
    pub activities: Vec<Activity>,
    #[serde(rename = "shelf")]
    pub shelves: Vec<Shelf>,
}

/// Something that earns points where a village's table has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deed {
    pub item: String,
    /// How often, beside the others.
    pub weight: u32,
    pub texts: Vec<String>,
    /// How much of it, from and to.
    pub quantity: Option<[i64; 2]>,
    /// At most once a month, whatever the table says.
    #[serde(default)]
    pub monthly: bool,
    pub picture: Option<Subject>,
    /// Whether an old person was helped.
    #[serde(default)]
    pub aids: Aids,
}

/// Whether an old person was helped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aids {
    #[default]
    Never,
    Sometimes,
    Always,
}

/// Something that costs points.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    pub item: String,
    pub texts: Vec<String>,
    /// What those concerned say against it.
    pub objection: Objection,
}

/// An objection to an award, and what is answered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    pub text: String,
    pub upheld: String,
    pub dismissed: String,
}

/// What volunteers do together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    pub title: String,
    pub place: String,
    pub text: String,
    /// From which hour to which.
    pub hours: [i64; 2],
    /// In which months; in all when empty.
    #[serde(default)]
    pub months: Vec<i8>,
}

/// The shelf of a village, or that of all others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shelf {
    /// The village's code.
    pub of: Option<String>,
    /// The cheapest first.
    pub goods: Vec<Goods>,
}

/// A thing of the shop.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goods {
    pub title: String,
    /// As people write points and yuan.
    pub price: String,
    pub yuan: String,
    pub stock: u32,
    pub picture: Subject,
}

impl Texts {
    /// Reads the bank.
    pub fn read() -> Result<Self> {
        toml::from_str(include_str!("texts.toml")).context("the demo's texts about points")
    }

    /// The shelf of a village.
    pub fn shelf(&self, code: &str) -> &[Goods] {
        let own = self.shelves.iter().find(|shelf| shelf.of.as_deref() == Some(code));
        let shelf = own.or_else(|| self.shelves.iter().find(|shelf| shelf.of.is_none()));
        shelf.map_or(&[], |shelf| &shelf.goods)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_whole_and_fits_the_forms() {
        let texts = Texts::read().unwrap();
        for text in texts.deeds.iter().flat_map(|deed| &deed.texts).chain(texts.taken.iter().flat_map(|t| &t.texts)) {
            assert!((4..=300).contains(&text.chars().count()), "{text}");
        }
        assert!(texts.deeds.iter().all(|deed| deed.weight > 0 && !deed.texts.is_empty()));
        assert!(texts.activities.iter().all(|activity| activity.hours[0] < activity.hours[1]));
        assert!(texts.activities.iter().any(|activity| activity.months.is_empty()), "something for every month");
        let named = || texts.activities.iter().flat_map(|activity| &activity.months);
        assert!(
            named().count() > 0 && named().all(|month| (1..=12).contains(month)),
            "{:?}",
            named().collect::<Vec<_>>()
        );
    }

    #[test]
    fn shelves_go_from_cheap_to_dear_and_every_village_has_one() {
        let texts = Texts::read().unwrap();
        for shelf in &texts.shelves {
            let prices: Vec<u32> = shelf.goods.iter().map(|goods| goods.price.parse().unwrap()).collect();
            assert!(prices.is_sorted() && prices.len() > 2, "{:?}: {prices:?}", shelf.of);
        }
        assert_eq!(texts.shelf("510303000000").first().map(|goods| goods.title.as_str()), Some("食盐"));
        assert_eq!(texts.shelf("510303107206").get(1).map(|goods| goods.title.as_str()), Some("牙刷"));
    }
}
