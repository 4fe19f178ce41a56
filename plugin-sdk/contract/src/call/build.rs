//! Constructors and chaining for what a plugin answers and sends, and small questions to what it is told.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Caller, Event, Measured, Micros, Outcome, Send, Todo};
use crate::Text;
use crate::view::To;

impl Caller {
    /// Whether the person has a role here: `member`, `cadre`, `supervisor`, `admin`, `officer`.
    pub fn is(&self, role: &str) -> bool {
        self.roles.iter().any(|has| has == role)
    }

    /// The person for whom it is done: somebody else when a cadre acts on their behalf.
    pub fn for_whom(&self) -> &str {
        self.on_behalf_of.as_deref().unwrap_or(&self.person)
    }
}

impl Outcome {
    /// Done; the browser goes to the plugin's first page.
    pub fn done() -> Self {
        Self::default()
    }

    /// Done; the browser goes to a page that takes an `id`.
    pub fn go(page: impl Into<String>, id: impl Into<String>) -> Self {
        Self::to(To::page(page).with("id", id.into()))
    }

    /// Done; the browser goes to a page.
    pub fn to(to: To) -> Self {
        Self { go: Some(to), ..Self::default() }
    }

    /// A sentence to show there, in the reader's language.
    #[must_use]
    pub fn say(mut self, sentence: impl Into<String>) -> Self {
        self.say = Some(sentence.into());
        self
    }

    /// What the JSON API answers.
    #[must_use]
    pub fn result(mut self, result: impl Into<Value>) -> Self {
        self.result = result.into();
        self
    }

    /// What the action was about, for the audit: usually a document's id.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }
}

impl Send {
    /// An event by its declared name; deliveries of one subject stay in order.
    pub fn new(name: impl Into<String>, subject: impl Into<String>) -> Self {
        Self { name: name.into(), subject: subject.into(), payload: Value::Null, not_before: None, answers: None }
    }

    /// What it says.
    #[must_use]
    pub fn payload(mut self, payload: impl Into<Value>) -> Self {
        self.payload = payload.into();
        self
    }

    /// Not delivered before an instant.
    #[must_use]
    pub fn not_before(mut self, at: Micros) -> Self {
        self.not_before = Some(at);
        self
    }

    /// Only for the space that sent the event of this id up.
    #[must_use]
    pub fn answers(mut self, event: impl Into<String>) -> Self {
        self.answers = Some(event.into());
        self
    }
}

impl Event {
    /// The payload as a type of the hearer's own.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.payload)
    }
}

impl Todo {
    /// What to do and where.
    pub fn new(title: impl Into<String>, link: To) -> Self {
        Self { title: title.into(), due: None, link, weight: 0 }
    }

    /// Until when.
    #[must_use]
    pub fn due(mut self, at: Micros) -> Self {
        self.due = Some(at);
        self
    }

    /// Greater comes first among equals in time; 0 to 100.
    #[must_use]
    pub fn weight(mut self, weight: u8) -> Self {
        self.weight = weight;
        self
    }
}

impl Measured {
    /// A plain count.
    pub fn count(value: i64) -> Self {
        Self { value, ..Self::default() }
    }

    /// So many of so many.
    pub fn share(value: i64, of: i64) -> Self {
        Self { value, of: Some(of), ..Self::default() }
    }

    /// What was counted, in words.
    #[must_use]
    pub fn note(mut self, note: Text) -> Self {
        self.note = Some(note);
        self
    }
}
