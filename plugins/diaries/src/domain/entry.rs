//! One entry of the diary: what a cadre did on a day.

use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::days::{self, Micros};
use super::kind::Kind;
use super::step::{By, Step, StepKind};

/// What the visited household says of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// Nothing yet.
    Waiting,
    /// It was so.
    Confirmed,
    /// It was not so; the supervisors look into it.
    Disputed,
    /// The supervisors found it right.
    Stands,
    /// The supervisors found it wrong: it does not count.
    Falls,
}

impl Check {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Confirmed, Self::Disputed, Self::Stands, Self::Falls];

    /// The word in documents, indexes and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Stands => "stands",
            Self::Falls => "falls",
        }
    }

    /// Whether it bears the entry out.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Confirmed | Self::Stands)
    }

    /// Whether the supervisors have spoken.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Stands | Self::Falls)
    }
}

/// A household that was visited, with the names that the public does not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visited {
    /// Id of the household.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its group.
    pub group: Option<String>,
    /// Names of its people.
    pub names: Vec<String>,
}

/// A villager who helped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helper {
    /// The person's id.
    pub person: String,
    /// The full name.
    pub name: String,
}

/// What an author tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What was done.
    pub kind: Kind,
    /// In words.
    pub text: String,
    /// On which day: the instant at which it begins.
    pub day: Micros,
    /// Where.
    pub place: Option<String>,
    /// How long.
    pub minutes: Option<i64>,
    /// Pictures.
    pub photos: Vec<String>,
    /// For whom.
    pub visited: Option<Visited>,
    /// What was promised.
    pub promised: Option<String>,
    /// By when.
    pub follow_up: Option<Micros>,
    /// Who helped.
    pub helpers: Vec<Helper>,
    /// For colleagues.
    pub note: Option<String>,
}

/// An entry. The fields from `visibility` on to `follow_of` are kept by [`Entry::derive`] for readers and indexes.
#[document("entry")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was done.
    pub kind: Kind,
    /// The cadre who did and wrote it.
    pub author: String,
    /// The author's name, which is public.
    pub author_name: String,
    /// What was done, in words.
    pub text: String,
    /// The day: the instant at which it begins.
    pub day: Micros,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How many minutes it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// File ids of pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// Id of the household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// Its full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household_name: Option<String>,
    /// Its group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Names that the public does not read: of the household and of helpers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// What was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<String>,
    /// By when: the instant at which that day begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<Micros>,
    /// When the promise was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed_at: Option<Micros>,
    /// Villagers who helped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helpers: Vec<Helper>,
    /// For cadres and supervisors only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was published; none for a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_at: Option<Micros>,
    /// Days between its day and its publication when that was late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_days: Option<i64>,
    /// What the household says; none without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Check>,
    /// How often the household was asked: a correction asks again.
    #[serde(default)]
    pub round: u32,
    /// When it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Micros>,
    /// What happened, oldest first.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// When it last changed.
    pub touched: Micros,
    /// `draft`, `public` or `office`.
    #[serde(default)]
    pub visibility: String,
    /// `draft` or `office`.
    #[serde(default)]
    pub kept: String,
    /// The day, while it is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Micros>,
    /// The day, while it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Micros>,
    /// The author, while it is a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_of: Option<String>,
    /// The household, while it has not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_for: Option<String>,
    /// The author, while a promise is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_of: Option<String>,
}

impl Entry {
    /// A draft.
    pub fn draft(told: Told, by: &By) -> Self {
        let mut entry = Self {
            kind: told.kind,
            author: by.person.clone(),
            author_name: by.name.clone(),
            text: String::new(),
            day: told.day,
            place: None,
            minutes: None,
            photos: Vec::new(),
            household: None,
            household_name: None,
            group: None,
            names: Vec::new(),
            promised: None,
            follow_up: None,
            followed_at: None,
            helpers: Vec::new(),
            note: None,
            entered_at: None,
            late_days: None,
            check: None,
            round: 0,
            withdrawn_at: None,
            steps: Vec::new(),
            touched: by.at,
            visibility: String::new(),
            kept: String::new(),
            listed: None,
            counted: None,
            draft_of: None,
            waiting_for: None,
            follow_of: None,
        };
        entry.tell(told, by);
        entry
    }

    /// What a draft says now; its photos stay, new ones join them.
    pub fn tell(&mut self, told: Told, by: &By) {
        let visited = told.visited.unwrap_or_default();
        self.kind = told.kind;
        self.text = told.text;
        self.day = days::midnight(told.day);
        self.place = told.place;
        self.minutes = told.minutes;
        self.photos.extend(told.photos);
        self.names = visited.names;
        self.names.extend(told.helpers.iter().map(|helper| helper.name.clone()));
        self.household = Some(visited.id).filter(|id| !id.is_empty());
        self.household_name = self.household.is_some().then_some(visited.name);
        self.group = visited.group;
        self.promised = told.promised;
        self.follow_up = told.follow_up.filter(|_| self.promised.is_some());
        self.helpers = told.helpers;
        self.note = told.note;
        self.touched = by.at;
        self.derive();
    }

    /// Publishes a draft: it counts for its day, and is marked when it comes more than `late_after` days later.
    pub fn publish(&mut self, by: &By, late_after: i64) {
        self.entered_at = Some(by.at);
        self.late_days = Some(days::days_between(self.day, by.at)).filter(|late| *late > late_after);
        self.ask_household();
        self.steps.push(Step::new(StepKind::Written, by));
        self.touched = by.at;
        self.derive();
    }

    /// The household is asked, or asked once more.
    pub(super) fn ask_household(&mut self) {
        self.check = self.household.as_ref().map(|_| Check::Waiting);
        self.round += u32::from(self.check.is_some());
    }

    /// Brings the fields for readers and indexes in line with the rest.
    pub fn derive(&mut self) {
        let published = self.entered_at.is_some();
        let public = published && self.withdrawn_at.is_none();
        let visibility = match (published, public) {
            (_, true) => "public",
            (true, false) => "office",
            (false, false) => "draft",
        };
        visibility.clone_into(&mut self.visibility);
        if published { "office" } else { "draft" }.clone_into(&mut self.kept);
        self.listed = public.then_some(self.day);
        self.counted = self.listed.filter(|_| self.check != Some(Check::Falls));
        self.draft_of = (!published).then(|| self.author.clone());
        self.waiting_for = self.household.clone().filter(|_| public && self.check == Some(Check::Waiting));
        let open = public && self.promised.is_some() && self.followed_at.is_none();
        self.follow_of = open.then(|| self.author.clone());
    }

    /// Whether it is still a draft.
    pub fn is_draft(&self) -> bool {
        self.entered_at.is_none()
    }

    /// Whether everybody may read it, with the household masked.
    pub fn is_public(&self) -> bool {
        self.listed.is_some()
    }

    /// Whether it counts for duties and figures.
    pub fn counts(&self) -> bool {
        self.counted.is_some()
    }

    /// Whether this is the household that it tells of.
    pub fn is_about(&self, household: Option<&str>) -> bool {
        household.is_some() && self.household.as_deref() == household
    }
}
