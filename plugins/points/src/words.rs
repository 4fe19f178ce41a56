//! Words for things: the one place where states, kinds, refusals, times and names become text in the reader's
//! language.

use cunshi_sdk::prelude::{Badge, Household, PointKind, Read, Result, Tone};
pub use cunshi_sdk::words::{cut, date};
use cunshi_sdk::words::{masked, surname};

use crate::domain::activity::NotPossible;
use crate::domain::days::{self, Micros};
use crate::domain::mask::NameStyle;
use crate::domain::shop::NotToBeHad;
use crate::domain::table::Row;
use crate::domain::{
    Activity, ActivityState, Award, Hand, Refused, Reservation, ReservationState, Signup, SignupState, Source, State,
    Why, amount,
};

/// Who reads: decides whose names are written in full.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The signed-in person.
    pub hand: Option<Hand>,
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
            hand: actor.map(|_| crate::way::actor(cx)).transpose()?,
            cadre: has("cadre") || has("admin"),
            supervisor: has("supervisor"),
            admin: has("admin"),
            style: NameStyle::parse(&cx.setting::<String>("mask")?),
        })
    }

    /// Whether the reader works here: cadre or supervisor.
    pub fn office(&self) -> bool {
        self.cadre || self.supervisor
    }

    /// Whether something is about the reader or their household.
    pub fn is_of(&self, person: Option<&str>, household: Option<&str>) -> bool {
        self.hand.as_ref().is_some_and(|hand| hand.is_of(person, household))
    }

    /// Whether an award is about the reader or their household.
    pub fn concerned(&self, award: &Award) -> bool {
        self.hand.as_ref().is_some_and(|hand| award.concerns(hand))
    }

    /// Whose an award is, as far as this reader may know.
    pub fn whose(&self, award: &Award) -> String {
        let all = self.office() || self.concerned(award);
        let head = award.household_name.as_deref();
        match (award.name.as_deref(), head) {
            (Some(name), _) => self.person(name, head.unwrap_or(name), award.group.as_deref(), all),
            (None, Some(head)) => self.household(head, award.group.as_deref(), all),
            (None, None) => t!("villager"),
        }
    }

    /// A person's name; `head` is that of their household.
    pub fn person(&self, name: &str, head: &str, group: Option<&str>, all: bool) -> String {
        match self.style {
            _ if all => name.to_owned(),
            NameStyle::Full => name.to_owned(),
            NameStyle::Surname => t!("name.surname", surname = surname(name)),
            NameStyle::Household => family(head, group),
        }
    }

    /// A household's name, by its head.
    pub fn household(&self, head: &str, group: Option<&str>, all: bool) -> String {
        match self.style {
            _ if all => t!("name.household", name = head),
            NameStyle::Full => t!("name.household", name = head),
            NameStyle::Surname => {
                let masked = t!("name.surname", surname = surname(head));
                t!("name.household", name = masked)
            }
            NameStyle::Household => family(head, group),
        }
    }

    /// Whether the reader may see a pick-up code: whose it is, or who asked for it on their behalf.
    pub fn sees_code(&self, reservation: &Reservation) -> bool {
        let entered = reservation.entered_by.as_ref().map(|hand| hand.person.as_str());
        self.is_of(Some(&reservation.person), None) || (entered.is_some() && self.is_of(entered, None))
    }

    /// The words of a claim, as far as this reader may read them.
    pub fn text(&self, award: &Award, text: &str) -> String {
        if self.office() || self.concerned(award) { text.to_owned() } else { masked(text).into_owned() }
    }
}

/// Words that the public reads: long numbers are hidden from all but the office.
pub fn public(reader: &Reader, text: &str) -> String {
    if reader.office() { text.to_owned() } else { masked(text).into_owned() }
}

fn family(head: &str, group: Option<&str>) -> String {
    let surname = surname(head);
    match group {
        Some(group) => t!("name.family.group", surname = surname, group = group),
        None => t!("name.family", surname = surname),
    }
}

/// A household in full.
pub fn household(household: &Household) -> String {
    t!("name.household", name = household.name)
}

/// Points in a sentence: `2.5 分`.
pub fn points(hundredths: i64) -> String {
    t!("points", n = amount::show(hundredths))
}

/// Points with their sign.
pub fn signed(hundredths: i64) -> String {
    t!("points", n = amount::signed(hundredths))
}

/// Green for what is given, amber for what is taken away.
pub fn tone(hundredths: i64) -> Tone {
    if hundredths < 0 { Tone::Hand } else { Tone::Done }
}

/// A kind of points.
pub fn kind(kind: PointKind) -> String {
    match kind {
        PointKind::Base => t!("kind.base"),
        PointKind::Redeemable => t!("kind.redeemable"),
        PointKind::Honour => t!("kind.honour"),
    }
}

/// Where an award stands.
pub fn state(award: &Award) -> Badge {
    let (text, tone) = match award.state {
        State::Claimed => (t!("state.claimed"), Tone::Hand),
        State::UnderReview => (t!("state.under-review"), Tone::Hand),
        State::Published => (t!("state.published"), Tone::Up),
        State::Objected => (t!("state.objected"), Tone::Late),
        State::Posted => (t!("state.posted"), Tone::Done),
        State::Declined => (t!("state.declined"), Tone::Plain),
        State::Withdrawn => (t!("state.withdrawn"), Tone::Plain),
        State::Struck => (t!("state.struck"), Tone::Plain),
        State::Nothing => (t!("state.nothing"), Tone::Plain),
    };
    Badge { text, tone }
}

/// Where an award comes from.
pub fn source(source: Source) -> String {
    match source {
        Source::Deed => t!("source.deed"),
        Source::Claim => t!("source.claim"),
        Source::Deduction => t!("source.deduction"),
    }
}

/// How much of what: `2.5 小时`; none for a deed that is not measured.
pub fn quantity(award: &Award) -> Option<String> {
    let unit = match award.unit.as_str() {
        "" | "times" => return (award.quantity != "1").then(|| award.quantity.clone()),
        "hours" => t!("unit.hours"),
        "yuan" => t!("unit.yuan"),
        other => other.to_owned(),
    };
    Some(t!("quantity", n = award.quantity, unit = unit))
}

/// Whose rule decided.
pub fn origin(why: &Why) -> String {
    match why.origin.as_str() {
        "village" => t!("origin.village", version = why.version),
        "district" => t!("origin.district", version = why.version),
        _ => t!("origin.plugin"),
    }
}

/// What a row of the table gives: `+1 分/小时`.
pub fn worth(row: &Row) -> String {
    match &row.per {
        Some(per) => t!("worth.per", points = signed(row.points), per = per),
        None => signed(row.points),
    }
}

/// The cap of a row.
pub fn cap(row: &Row) -> Option<String> {
    let (n, span) = row.cap.as_ref()?;
    Some(match span.as_str() {
        "day" => t!("cap.day", n = n),
        "month" => t!("cap.month", n = n),
        "quarter" => t!("cap.quarter", n = n),
        _ => t!("cap.year", n = n),
    })
}

/// What comes between a deed and its points.
pub fn procedure(row: &Row) -> String {
    match (row.reviewed, row.days) {
        (false, 0) => t!("procedure.none"),
        (false, n) => t!("procedure.publicity", n = n),
        (true, 0) => t!("procedure.review"),
        (true, n) => t!("procedure.both", n = n),
    }
}

/// How long something is still public: `公示到 9月7日，还剩 2 天`.
pub fn public_until(cx: &Read, until: Micros) -> String {
    let date = date(until);
    match days::days_between(cx.now(), until) {
        _ if until <= cx.now() => t!("public.over", date = date),
        0 => t!("public.today", date = date),
        n => t!("public.days", date = date, n = n),
    }
}

/// A reservation's state.
pub fn reservation(state: ReservationState) -> Badge {
    let (text, tone) = match state {
        ReservationState::Held => (t!("reservation.held"), Tone::Hand),
        ReservationState::Collected => (t!("reservation.collected"), Tone::Done),
        ReservationState::Cancelled => (t!("reservation.cancelled"), Tone::Plain),
        ReservationState::Lapsed => (t!("reservation.lapsed"), Tone::Plain),
    };
    Badge { text, tone }
}

/// An activity's state.
pub fn activity(activity: &Activity, now: Micros) -> Badge {
    let (text, tone) = match activity.state {
        ActivityState::Cancelled => (t!("activity.cancelled"), Tone::Late),
        ActivityState::Done => (t!("activity.done"), Tone::Plain),
        ActivityState::Open if now >= activity.ends => (t!("activity.done"), Tone::Plain),
        ActivityState::Open if now >= activity.starts => (t!("activity.begun"), Tone::Hand),
        ActivityState::Open if activity.taken >= activity.seats => (t!("activity.full"), Tone::Hand),
        ActivityState::Open => (t!("activity.open"), Tone::Done),
    };
    Badge { text, tone }
}

/// How somebody takes part.
pub fn signup(signup: &Signup) -> Badge {
    let (text, tone) = match (signup.state, &signup.hours) {
        (SignupState::Signed, _) => (t!("signup.signed"), Tone::Hand),
        (SignupState::Withdrawn, _) => (t!("signup.withdrawn"), Tone::Plain),
        (SignupState::Confirmed, Some(hours)) => (t!("signup.hours", hours = hours), Tone::Done),
        (SignupState::Confirmed | SignupState::Absent, _) => (t!("signup.absent"), Tone::Plain),
    };
    Badge { text, tone }
}

/// Why something cannot be done to an award.
pub fn refused(why: Refused) -> String {
    match why {
        Refused::NotInReview => t!("refused.not-in-review"),
        Refused::AlreadyVoted => t!("refused.already-voted"),
        Refused::OwnHousehold => t!("refused.own-household"),
        Refused::OwnHand => t!("refused.own-hand"),
        Refused::NotPublic => t!("refused.not-public"),
        Refused::AlreadyObjected => t!("refused.already-objected"),
        Refused::NotYours => t!("refused.not-yours"),
        Refused::TooLate => t!("refused.too-late"),
        Refused::Answered => t!("refused.answered"),
        Refused::NotPosted => t!("refused.not-posted"),
        Refused::NoCorrection => t!("refused.no-correction"),
        Refused::CorrectionWaits => t!("refused.correction-waits"),
        Refused::CorrectionOver => t!("refused.correction-over"),
    }
}

/// The same in a word or two, for a list.
pub fn short_refusal(why: Refused) -> String {
    match why {
        Refused::AlreadyVoted => t!("refused.short.voted"),
        Refused::OwnHousehold => t!("refused.short.own"),
        Refused::OwnHand => t!("refused.short.hand"),
        _ => String::new(),
    }
}

/// Why a thing cannot be had.
pub fn not_to_be_had(why: NotToBeHad) -> String {
    match why {
        NotToBeHad::Off => t!("refused.off-shelf"),
        NotToBeHad::SoldOut => t!("refused.sold-out"),
        NotToBeHad::OverBudget => t!("refused.over-budget"),
        NotToBeHad::Over => t!("refused.reservation-over"),
    }
}

/// Why somebody cannot take part, or hours cannot be confirmed.
pub fn not_possible(why: NotPossible) -> String {
    match why {
        NotPossible::Over => t!("refused.activity-over"),
        NotPossible::Begun => t!("refused.activity-begun"),
        NotPossible::NotBegun => t!("refused.activity-not-begun"),
        NotPossible::Full => t!("refused.activity-full"),
        NotPossible::SignedUp => t!("refused.signed-up"),
        NotPossible::NotSignedUp => t!("refused.not-signed-up"),
        NotPossible::Confirmed => t!("refused.hours-confirmed"),
        NotPossible::OwnHousehold => t!("refused.own-household"),
        NotPossible::TooLong => t!("refused.too-long"),
    }
}
