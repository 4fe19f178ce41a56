//! Between spaces: what is told upward and downward, and what is done with what is heard.
//!
//! A posting of a town or the district goes down to all below (`posting-changed`); a town passes on what the district
//! told it. Sign-ups made in a village go up (`signed-up`), what the poster answers comes down by the event that brought
//! them (`signup-answered`); a town passes both on where the posting is the district's, and remembers the way as a
//! [`Passage`](crate::domain::Passage). Reports go up the same way. Subject is the id of the posting, the sign-up or the
//! report where it was made, so that the host keeps order.

pub mod leads;
pub mod postings;
pub mod signups;
pub mod tell;

use cunshi_sdk::prelude::{Deserialize, Event, Serialize, Write};
use serde::de::DeserializeOwned;

use crate::domain::{Applicant, SignState};

/// `jobs.posting-changed/1`, its payload is [`News`](crate::domain::News).
pub const POSTING: &str = "jobs.posting-changed/1";
/// `jobs.signed-up/1`
pub const SIGNED: &str = "jobs.signed-up/1";
/// `jobs.signup-answered/1`
pub const ANSWERED: &str = "jobs.signup-answered/1";
/// `jobs.posting-doubted/1`
pub const DOUBTED: &str = "jobs.posting-doubted/1";
/// `jobs.signup-changed/1`, without a payload.
pub const CHANGED: &str = "jobs.signup-changed/1";
/// `jobs.posting-hidden/1`, its payload is [`Warned`].
pub const HIDDEN: &str = "jobs.posting-hidden/1";

/// `jobs.signed-up/1`: somebody signs up for a posting of the office above, or withdraws.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedUp {
    /// The posting's id where it was made.
    pub posting: String,
    /// Who; nobody when they withdraw.
    #[serde(default)]
    pub who: Option<Applicant>,
    /// How often they have signed up.
    pub round: u32,
    /// The village.
    pub village: String,
}

/// `jobs.signup-answered/1`: what the poster's office says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignupAnswered {
    /// Contacted, hired or rejected.
    pub state: SignState,
    /// The office that says it.
    pub office: String,
    /// Words to the person.
    #[serde(default)]
    pub text: Option<String>,
    /// Which time of signing up it answers.
    pub round: u32,
}

/// `jobs.posting-doubted/1`: somebody below reports a posting. No name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostingDoubted {
    /// The posting's id where it was made.
    pub posting: String,
    /// One of the reasons.
    pub why: String,
    /// What happened, numbers masked.
    #[serde(default)]
    pub text: Option<String>,
    /// The village.
    pub village: String,
}

/// `jobs.posting-hidden/1`: where the warning of those who signed up goes on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Warned {
    /// Where the step before ended.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// The payload, if it is for this space at all. What cannot be read is said in the log and not tried again: it would block
/// the subject's later news.
fn read<T: DeserializeOwned>(cx: &Write, event: &Event, from: &str) -> Option<T> {
    if event.from_plugin != "jobs" || event.from != from {
        return None;
    }
    let read = event.read();
    if read.is_err() {
        cx.log_warn("an event came whose payload cannot be read");
    }
    read.ok()
}
