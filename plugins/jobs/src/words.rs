//! Words for things: the one place where states, pay, places and refusals become text in the reader's language.

use cunshi_sdk::prelude::{Badge, Read, Text, Tone};
use cunshi_sdk::words::money;
pub use cunshi_sdk::words::{cut, date};

use crate::domain::days::{self, Micros};
use crate::domain::{Hand, Kind, Lack, NotPossible, Per, Posting, Refused, SignState, State, Terms, Why};

/// Longest title of a posting in a message or to-do, in characters: a message's title has at most 80 with its words.
const SHORT: usize = 24;
/// Longest words in a message, in characters.
const SAID: usize = 250;

/// Days before the last one on which a posting says that it closes soon.
const SOON: i64 = 5;

/// Who reads.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The signed-in person.
    pub hand: Option<Hand>,
    /// Works in this office.
    pub cadre: bool,
}

impl Reader {
    /// The reader of a call.
    pub fn of(cx: &Read) -> Self {
        let actor = cx.actor();
        let hand = actor.map(|actor| Hand { person: actor.person.clone(), name: actor.name.clone(), at: cx.now() });
        Self { hand, cadre: actor.is_some_and(|actor| actor.is("cadre")) }
    }

    /// The person's id.
    pub fn person(&self) -> Option<&str> {
        self.hand.as_ref().map(|hand| hand.person.as_str())
    }

    /// Whether the posting is the reader's own proposal.
    pub fn proposed(&self, posting: &Posting) -> bool {
        self.person().is_some_and(|person| posting.is_proposed_by(person))
    }

    /// Whether the reader sees whom to call.
    pub fn sees_contact(&self, posting: &Posting, now: Micros) -> bool {
        posting.is_open(now) || self.cadre || self.proposed(posting)
    }
}

/// A posting's title inside a message or to-do.
pub fn short(title: &str) -> String {
    cut(title, SHORT)
}

/// What somebody wrote, for a message: in the language in which they wrote it.
pub fn said(text: &str) -> Text {
    let text = cut(text, SAID);
    Text::new(text.clone(), text)
}

/// How the work is done.
pub fn kind(kind: Kind) -> String {
    match kind {
        Kind::Full => t!("kind.full"),
        Kind::Seasonal => t!("kind.seasonal"),
        Kind::Day => t!("kind.day"),
    }
}

/// A trade.
pub fn trade(value: &str) -> String {
    match value {
        "farm" => t!("trade.farm"),
        "livestock" => t!("trade.livestock"),
        "build" => t!("trade.build"),
        "carpenter" => t!("trade.carpenter"),
        "weld" => t!("trade.weld"),
        "electric" => t!("trade.electric"),
        "drive" => t!("trade.drive"),
        "factory" => t!("trade.factory"),
        "sew" => t!("trade.sew"),
        "cook" => t!("trade.cook"),
        "clean" => t!("trade.clean"),
        "care" => t!("trade.care"),
        "guard" => t!("trade.guard"),
        "sell" => t!("trade.sell"),
        "desk" => t!("trade.desk"),
        _ => t!("trade.other"),
    }
}

/// Trades in one line.
pub fn trades(values: &[String]) -> String {
    values.iter().map(|value| trade(value)).collect::<Vec<_>>().join(&t!("join"))
}

/// The pay, as it is read first.
pub fn pay(terms: &Terms) -> String {
    let Some(from) = terms.pay_from else { return t!("pay.none") };
    let amount = match terms.pay_to.filter(|to| *to > from) {
        Some(to) => yuan(from) + "–" + &yuan(to),
        None => yuan(from),
    };
    match terms.pay_per {
        Per::Hour => t!("pay.hour", amount = amount),
        Per::Day => t!("pay.day", amount = amount),
        Per::Month => t!("pay.month", amount = amount),
        Per::Piece => t!("pay.piece", amount = amount),
    }
}

/// An amount of money without its unit.
fn yuan(fen: i64) -> String {
    money(fen).trim_end_matches(" 元").trim_start_matches('¥').to_owned()
}

/// Where it is, and how far.
pub fn place(terms: &Terms) -> String {
    let place = terms.place.clone().unwrap_or_else(|| t!("where.none"));
    match (terms.away, terms.distance) {
        (true, _) => t!("where.away", place = place),
        (false, Some(0)) => t!("where.here", place = place),
        (false, Some(km)) => t!("where.km", place = place, km = km),
        (false, None) => place,
    }
}

/// Housing and meals, where they are included.
pub fn included(terms: &Terms) -> Option<String> {
    match (terms.housing, terms.meals) {
        (true, true) => Some(t!("included.both")),
        (true, false) => Some(t!("included.housing")),
        (false, true) => Some(t!("included.meals")),
        (false, false) => None,
    }
}

/// How many people are wanted.
pub fn wanted(n: i64) -> String {
    if n == 1 { t!("wanted.one") } else { t!("wanted.many", n = n) }
}

/// The state of a posting with its tone.
pub fn badge(posting: &Posting, now: Micros) -> Badge {
    let (text, tone) = match posting.state {
        State::Draft => (t!("state.draft"), Tone::Plain),
        State::Proposed => (t!("state.proposed"), Tone::Hand),
        State::Declined => (t!("state.declined"), Tone::Late),
        State::Hidden => (t!("state.hidden"), Tone::Late),
        State::Open if posting.is_open(now) => return closing(posting, now),
        State::Open | State::Closed => match posting.why {
            Some(Why::Full) => (t!("state.full"), Tone::Plain),
            Some(Why::Ended) => (t!("state.ended"), Tone::Plain),
            Some(Why::Expired) | None => (t!("state.expired"), Tone::Plain),
        },
    };
    Badge::new(text, tone)
}

fn closing(posting: &Posting, now: Micros) -> Badge {
    let left = posting.terms.closes.map(|closes| days::days_between(now, closes));
    match left {
        Some(0) => Badge::new(t!("state.today"), Tone::Hand),
        Some(1) => Badge::new(t!("state.tomorrow"), Tone::Hand),
        Some(n) if n <= SOON => Badge::new(t!("state.soon", n = n), Tone::Hand),
        _ => Badge::new(t!("state.open"), Tone::Done),
    }
}

/// The state of a sign-up with its tone.
pub fn sign_badge(state: SignState) -> Badge {
    let tone = match state {
        SignState::Applied => Tone::Hand,
        SignState::Contacted => Tone::Up,
        SignState::Hired => Tone::Done,
        SignState::Rejected | SignState::Withdrawn => Tone::Plain,
    };
    Badge::new(sign_state(state), tone)
}

/// The state of a sign-up.
pub fn sign_state(state: SignState) -> String {
    match state {
        SignState::Applied => t!("sign.applied"),
        SignState::Contacted => t!("sign.contacted"),
        SignState::Hired => t!("sign.hired"),
        SignState::Rejected => t!("sign.rejected"),
        SignState::Withdrawn => t!("sign.withdrawn"),
    }
}

/// Why somebody reports a posting.
pub fn doubt(why: &str) -> String {
    match why {
        "money" => t!("doubt.money"),
        "false" => t!("doubt.false"),
        "pay" => t!("doubt.pay"),
        "filled" => t!("doubt.filled"),
        _ => t!("doubt.other"),
    }
}

/// What is missing, in one line.
pub fn lacks(lacks: &[Lack]) -> String {
    let word = |lack: &Lack| match lack {
        Lack::Employer => t!("lack.employer"),
        Lack::Place => t!("lack.place"),
        Lack::Pay => t!("lack.pay"),
        Lack::Contact => t!("lack.contact"),
        Lack::Phone => t!("lack.phone"),
        Lack::Closes => t!("lack.closes"),
        Lack::Past => t!("lack.past"),
    };
    lacks.iter().map(word).collect::<Vec<_>>().join(&t!("join"))
}

/// Why something cannot be done to a posting.
pub fn refused(why: &Refused) -> String {
    match why {
        Refused::Elsewhere => t!("refused.elsewhere"),
        Refused::Lacks(missing) => t!("refused.lacks", what = lacks(missing)),
        Refused::Published => t!("refused.published"),
        Refused::NotProposed => t!("refused.not-proposed"),
        Refused::NotOpen => t!("refused.not-open"),
        Refused::StillOpen => t!("refused.still-open"),
        Refused::Hidden => t!("refused.hidden"),
        Refused::NotHidden => t!("refused.not-hidden"),
        Refused::NotDraft => t!("refused.not-draft"),
        Refused::Full => t!("refused.full"),
        Refused::BelowHired => t!("refused.below-hired"),
        Refused::Past => t!("refused.past"),
    }
}

/// Why a sign-up cannot move so.
pub fn not_possible(why: NotPossible) -> String {
    match why {
        NotPossible::Twice => t!("refused.twice"),
        NotPossible::Answered => t!("refused.answered"),
        NotPossible::Withdrawn => t!("refused.withdrawn"),
        NotPossible::Already => t!("refused.already"),
        NotPossible::Elsewhere => t!("refused.signup-elsewhere"),
        NotPossible::NoAnswer => t!("refused.no-answer"),
    }
}
