//! Words for things: the one place where kinds, states, refusals, households and times become text in the reader's
//! language, and where it is decided how much of an entry a reader sees.

use cunshi_sdk::prelude::{Badge, Read, Result, Tone};
pub use cunshi_sdk::words::{cut, date, month};
use cunshi_sdk::words::{masked_name, surname};

use crate::domain::days::Micros;
use crate::domain::mask::public_text;
use crate::domain::{ChangeKind, Check, Duties, Entry, Kind, NameStyle, Refused, Row, StepKind, Sum, month as months};

/// Who reads.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The signed-in person.
    pub person: Option<String>,
    /// Their household.
    pub household: Option<String>,
    /// Works in the village office.
    pub cadre: bool,
    /// Sits on the supervision committee.
    pub supervisor: bool,
    /// Sets up the village.
    pub admin: bool,
    style: NameStyle,
}

impl Reader {
    /// The reader of a call.
    pub fn of(cx: &Read) -> Result<Self> {
        let actor = cx.actor();
        let has = |role: &str| actor.is_some_and(|actor| actor.is(role));
        Ok(Self {
            person: actor.map(|actor| actor.person.clone()),
            household: actor.and_then(|actor| actor.household.clone()),
            cadre: has("cadre") || has("admin"),
            supervisor: has("supervisor"),
            admin: has("admin"),
            style: NameStyle::parse(&cx.setting::<String>("mask")?),
        })
    }

    /// The same reader where everybody looks on.
    #[must_use]
    pub fn as_public(&self) -> Self {
        Self { person: None, household: None, cadre: false, supervisor: false, admin: false, style: self.style }
    }

    /// Works here or supervises: reads notes and names.
    pub fn office(&self) -> bool {
        self.cadre || self.supervisor
    }

    /// May say what was found about a dispute.
    pub fn judges(&self) -> bool {
        self.supervisor || self.admin
    }

    /// Whether the reader wrote it.
    pub fn wrote(&self, entry: &Entry) -> bool {
        self.person.as_deref() == Some(entry.author.as_str())
    }

    /// Whether it tells of the reader's household.
    pub fn visited(&self, entry: &Entry) -> bool {
        entry.is_about(self.household.as_deref())
    }

    /// Whether the reader sees it in full.
    pub fn sees_all(&self, entry: &Entry) -> bool {
        self.office() || self.wrote(entry) || self.visited(entry)
    }

    /// Words of an entry, as far as this reader may read them.
    pub fn text(&self, entry: &Entry, text: &str) -> String {
        if self.sees_all(entry) { text.to_owned() } else { public_text(text, &entry.names) }
    }

    /// Where it was: for the public only where no household is named.
    pub fn place(&self, entry: &Entry) -> Option<String> {
        let place = entry.place.as_deref()?;
        let shown = entry.household.is_none() || self.sees_all(entry);
        shown.then(|| self.text(entry, place))
    }

    /// The household, as far as this reader may know it.
    pub fn household(&self, entry: &Entry) -> Option<String> {
        let name = entry.household_name.as_deref().filter(|_| entry.household.is_some())?;
        let group = entry.group.as_deref().filter(|group| !group.is_empty());
        if self.sees_all(entry) {
            return Some(household(name, group));
        }
        Some(match (self.style, group) {
            (NameStyle::Surname, _) => t!("household.surname", surname = surname(name)),
            (NameStyle::Group, Some(group)) => t!("household.group", group = group),
            (NameStyle::Group | NameStyle::Nothing, _) => t!("household.some"),
        })
    }

    /// Who helped.
    pub fn helpers(&self, entry: &Entry) -> Vec<String> {
        let name = |helper: &crate::domain::Helper| {
            let full = self.office() || self.wrote(entry) || self.person.as_ref() == Some(&helper.person);
            if full { helper.name.clone() } else { masked_name(&helper.name) }
        };
        entry.helpers.iter().map(name).collect()
    }
}

/// A household in full.
pub fn household(name: &str, group: Option<&str>) -> String {
    // Some villages write `林家`, others the name of the head.
    let name = name.strip_suffix('家').filter(|rest| !rest.is_empty()).unwrap_or(name);
    match group {
        Some(group) => t!("household.full.group", group = group, name = name),
        None => t!("household.full", name = name),
    }
}

/// What was done.
pub fn kind(kind: Kind) -> String {
    match kind {
        Kind::Visit => t!("kind.visit"),
        Kind::Meeting => t!("kind.meeting"),
        Kind::Policy => t!("kind.policy"),
        Kind::Errand => t!("kind.errand"),
        Kind::Patrol => t!("kind.patrol"),
    }
}

/// Where an entry stands; none where nobody is asked.
pub fn badge(entry: &Entry) -> Option<Badge> {
    if entry.is_draft() {
        return Some(Badge::new(t!("state.draft"), Tone::Plain));
    }
    if entry.withdrawn_at.is_some() {
        return Some(Badge::new(t!("state.withdrawn"), Tone::Plain));
    }
    let (text, tone) = match entry.check? {
        Check::Waiting => (t!("check.waiting"), Tone::Hand),
        Check::Confirmed => (t!("check.confirmed"), Tone::Done),
        Check::Disputed => (t!("check.disputed"), Tone::Late),
        Check::Stands => (t!("check.stands"), Tone::Done),
        Check::Falls => (t!("check.falls"), Tone::Late),
    };
    Some(Badge::new(text, tone))
}

/// That an entry came late, and by how many days.
pub fn late(entry: &Entry) -> Option<String> {
    match entry.late_days? {
        1 => Some(t!("late.one")),
        n => Some(t!("late.many", n = n)),
    }
}

/// How long something took.
pub fn minutes(n: i64) -> String {
    match (n / 60, n % 60) {
        (0, minutes) => t!("minutes", n = minutes),
        (hours, 0) => t!("hours", n = hours),
        (hours, minutes) => t!("hours.minutes", hours = hours, minutes = minutes),
    }
}

/// A step of the history.
pub fn step(kind: StepKind) -> String {
    match kind {
        StepKind::Written => t!("step.written"),
        StepKind::Confirmed => t!("step.confirmed"),
        StepKind::Disputed => t!("step.disputed"),
        StepKind::Corrected => t!("step.corrected"),
        StepKind::Stands => t!("step.stands"),
        StepKind::Falls => t!("step.falls"),
        StepKind::Followed => t!("step.followed"),
        StepKind::Withdrawn => t!("step.withdrawn"),
    }
}

/// What changed in a closed month.
pub fn change(kind: ChangeKind) -> String {
    match kind {
        ChangeKind::Written => t!("change.written"),
        ChangeKind::Corrected => t!("change.corrected"),
        ChangeKind::Withdrawn => t!("change.withdrawn"),
        ChangeKind::Confirmed => t!("change.confirmed"),
        ChangeKind::Disputed => t!("change.disputed"),
        ChangeKind::Settled => t!("change.settled"),
    }
}

/// Whether a cadre's duties are done, and what is missing.
pub fn duties(duties: Duties, row: &Row, over: bool) -> Badge {
    if !row.on_duty {
        return Badge::new(t!("duty.left"), Tone::Plain);
    }
    if row.excused {
        return Badge::new(t!("duty.excused"), Tone::Plain);
    }
    let text = match missing(duties, &row.sum) {
        None if duties.due() == 0 => return Badge::new(t!("duty.none"), Tone::Plain),
        None => return Badge::new(t!("duty.done"), Tone::Done),
        Some(missing) => missing,
    };
    Badge::new(text, if over { Tone::Late } else { Tone::Hand })
}

/// What is missing of a cadre's duties, if anything.
pub fn missing(duties: Duties, sum: &Sum) -> Option<String> {
    match (duties.visits_missing(sum), duties.meetings_missing(sum)) {
        (0, 0) => None,
        (visits, 0) => Some(t!("duty.missing.visits", n = visits)),
        (0, meetings) => Some(t!("duty.missing.meetings", n = meetings)),
        (visits, meetings) => Some(t!("duty.missing.both", visits = visits, meetings = meetings)),
    }
}

/// So many of so many, with percent.
pub fn share(part: i64, of: i64) -> String {
    let Some(percent) = (part * 100).checked_div(of) else { return "—".to_owned() };
    t!("share", part = part, of = of, percent = percent)
}

/// A quarter in a sentence.
pub fn quarter(at: Micros) -> String {
    let (year, number) = months::quarter_number(at);
    t!("quarter", year = year, n = number)
}

/// Why something cannot be done to an entry.
pub fn refused(why: Refused) -> String {
    match why {
        Refused::Draft => t!("refused.draft"),
        Refused::Published => t!("refused.published"),
        Refused::Withdrawn => t!("refused.withdrawn"),
        Refused::NotYourHousehold => t!("refused.not-your-household"),
        Refused::OwnEntry => t!("refused.own-entry"),
        Refused::AlreadyConfirmed => t!("refused.already-confirmed"),
        Refused::UnderReview => t!("refused.under-review"),
        Refused::Settled => t!("refused.settled"),
        Refused::TooLate => t!("refused.too-late"),
        Refused::NotDisputed => t!("refused.not-disputed"),
        Refused::Involved => t!("refused.involved"),
        Refused::NotYours => t!("refused.not-yours"),
        Refused::NothingChanged => t!("refused.nothing-changed"),
        Refused::BadDay => t!("refused.bad-day", n = months::BACK_DAYS),
        Refused::NothingPromised => t!("refused.nothing-promised"),
        Refused::TooOften => t!("refused.too-often"),
    }
}
