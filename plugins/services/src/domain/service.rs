//! The catalogue: what a village begins with (`defaults/*.json`), and what its admin made of it.

use cunshi_sdk::Text;
use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

/// The shipped list of services.
const DEFAULTS: &str = include_str!("../../defaults/services.json");
/// The shipped samples of what villages no longer certify.
const NOT_HERE: &str = include_str!("../../defaults/not-here.json");
/// Most services of a village.
pub const MOST: usize = 60;
/// Most lines under "what to bring" and "steps".
const LINES: usize = 12;

/// Where the result comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The village's own.
    Village,
    /// The town decides.
    Town,
}

impl Source {
    /// Reads the form's value.
    pub fn parse(text: &str) -> Self {
        if text == "town" { Self::Town } else { Self::Village }
    }

    /// The word in forms and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Town => "town",
        }
    }
}

/// How the result is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResultKind {
    /// As a file.
    File,
    /// From the counter.
    Pickup,
    /// Either.
    Both,
    /// There is nothing to hand over.
    Told,
}

impl ResultKind {
    /// Reads the form's value.
    pub fn parse(text: &str) -> Self {
        match text {
            "file" => Self::File,
            "pickup" => Self::Pickup,
            "told" => Self::Told,
            _ => Self::Both,
        }
    }

    /// The word in forms and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Pickup => "pickup",
            Self::Both => "both",
            Self::Told => "told",
        }
    }
}

/// What somebody who needs a service wants to know. Empty texts are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// What it is called.
    pub title: Text,
    /// What it is for.
    pub purpose: Text,
    /// Who may ask.
    pub who: Text,
    /// What must be brought.
    pub bring: Vec<Text>,
    /// How it goes.
    pub steps: Vec<Text>,
    /// Working days within which it is done.
    pub days: u32,
    /// Where the result comes from.
    pub source: Source,
    /// How the result is given.
    pub result: ResultKind,
    /// What it costs; none: free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Text>,
    /// Hours of the counter; none: the village's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Text>,
}

/// What the admin typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// See [`Guide::title`].
    pub title: String,
    /// See [`Guide::purpose`].
    pub purpose: String,
    /// See [`Guide::who`].
    pub who: String,
    /// One a line.
    pub bring: Option<String>,
    /// One a line.
    pub steps: Option<String>,
    /// See [`Guide::days`].
    pub days: i64,
    /// See [`Guide::source`].
    pub source: String,
    /// See [`Guide::result`].
    pub result: String,
    /// See [`Guide::fee`].
    pub fee: Option<String>,
    /// See [`Guide::hours`].
    pub hours: Option<String>,
}

impl From<Typed> for Guide {
    /// What was typed in one language stands in both.
    fn from(typed: Typed) -> Self {
        let both = |text: &str| Text::new(text.trim(), text.trim());
        let lines = |text: Option<String>| {
            let text = text.unwrap_or_default();
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.take(LINES).map(both).collect()
        };
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty()).map(|text| both(&text));
        Self {
            title: both(&typed.title),
            purpose: both(&typed.purpose),
            who: both(&typed.who),
            bring: lines(typed.bring),
            steps: lines(typed.steps),
            days: u32::try_from(typed.days.max(1)).unwrap_or(1),
            source: Source::parse(&typed.source),
            result: ResultKind::parse(&typed.result),
            fee: given(typed.fee),
            hours: given(typed.hours),
        }
    }
}

/// A service of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its key: a word for shipped ones, an id for added ones.
    pub key: String,
    /// Whether it may be asked for.
    pub on: bool,
    /// What is said about it.
    #[serde(flatten)]
    pub guide: Guide,
}

/// What the admin made of a service.
#[document("offer")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// See [`Service::key`].
    pub key: String,
    /// See [`Service::on`].
    pub on: bool,
    /// Its own words; none: those that were shipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide: Option<Guide>,
}

/// What villages no longer certify.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotHere {
    /// What.
    pub title: Text,
    /// Where to go, what to use instead.
    pub instead: Text,
}

/// The shipped list, as a space of this kind begins with it: a town has only what the town decides.
pub fn shipped(in_town: bool) -> Result<Vec<Service>, serde_json::Error> {
    let mut services: Vec<Service> = serde_json::from_str(DEFAULTS)?;
    for service in &mut services {
        service.on = service.on && (!in_town || service.guide.source == Source::Town);
    }
    Ok(services)
}

/// The shipped samples.
pub fn not_here() -> Result<Vec<NotHere>, serde_json::Error> {
    serde_json::from_str(NOT_HERE)
}

/// The catalogue: the shipped list in its order with what the admin made of it, then what was added.
pub fn catalogue(mut shipped: Vec<Service>, offers: impl IntoIterator<Item = Offer>) -> Vec<Service> {
    for offer in offers {
        match shipped.iter_mut().find(|service| service.key == offer.key) {
            Some(service) => {
                service.on = offer.on;
                if let Some(guide) = offer.guide {
                    service.guide = guide;
                }
            }
            None => {
                if let Some(guide) = offer.guide {
                    shipped.push(Service { key: offer.key, on: offer.on, guide });
                }
            }
        }
    }
    shipped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_can_be_read_and_are_whole() {
        let (village, town) = (shipped(false).unwrap_or_default(), shipped(true).unwrap_or_default());
        assert_eq!(village.len(), 9);
        assert!(village.iter().all(|service| !service.guide.bring.is_empty() && !service.guide.steps.is_empty()));
        assert!(village.iter().all(|service| service.guide.title.zh.chars().count() <= 30));
        let on = |list: &[Service]| list.iter().filter(|service| service.on).count();
        assert_eq!((on(&village), on(&town)), (8, 3));
        assert!(not_here().unwrap_or_default().len() >= 5);
    }

    #[test]
    fn what_villages_may_not_certify_is_not_offered_at_first() {
        let kinship = shipped(false).unwrap_or_default().into_iter().find(|service| service.key == "kinship");
        assert_eq!(kinship.map(|service| service.on), Some(false));
    }

    #[test]
    fn the_admin_switches_changes_and_adds() {
        let typed = Typed {
            title: " 残疾人证代办 ".to_owned(),
            bring: Some("身份证\n\n 照片 ".to_owned()),
            fee: Some(" ".to_owned()),
            days: 5,
            ..Typed::default()
        };
        let guide = Guide::from(typed);
        assert_eq!((guide.title.zh.as_str(), guide.bring.len(), guide.fee.clone()), ("残疾人证代办", 2, None));
        let offers = [
            Offer { key: "seal".to_owned(), on: false, guide: None },
            Offer { key: "residence".to_owned(), on: true, guide: Some(guide.clone()) },
            Offer { key: "new".to_owned(), on: true, guide: Some(guide) },
            Offer { key: "gone".to_owned(), on: true, guide: None },
        ];
        let all = catalogue(shipped(false).unwrap_or_default(), offers);
        let found = |key: &str| all.iter().find(|service| service.key == key);
        assert_eq!(all.len(), 10);
        assert_eq!(found("seal").map(|service| service.on), Some(false));
        assert_eq!(found("residence").map(|service| service.guide.title.zh.as_str()), Some("残疾人证代办"));
        assert!(found("new").is_some() && found("gone").is_none());
    }
}
