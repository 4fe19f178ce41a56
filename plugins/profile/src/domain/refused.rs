//! Why something cannot be done: `words::refused` says it in the reader's language.

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Hours that end before they begin.
    EndsBeforeStart,
    /// The same person is on duty then already.
    OnDutyAlready,
    /// The day is marked as one without duty.
    DayClosed,
    /// Somebody is on duty on the day.
    DayTaken,
    /// A count that is not whole.
    NotWhole,
    /// A term that ends before it begins.
    TermEndsBefore,
    /// The album is full.
    AlbumFull,
    /// The event was struck.
    Struck,
    /// Nothing in it is different.
    NothingChanged,
    /// More photos than an event holds.
    TooManyPhotos,
    /// The session has begun or is over.
    SessionBegun,
    /// The session was cancelled.
    SessionCancelled,
    /// All turns are taken.
    SessionFull,
    /// The question was withdrawn.
    Withdrawn,
    /// The question has an answer.
    Answered,
    /// The question is private already.
    PrivateAlready,
}
