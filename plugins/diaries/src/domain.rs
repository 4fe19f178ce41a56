//! What an entry of the diary is and how it may move, what a cadre's month holds, and which duties are done. Pure: no
//! I/O, tested natively.

pub mod beginning;
pub mod dispute;
pub mod entry;
pub mod excuse;
pub mod home;
pub mod kind;
pub mod mask;
pub mod month;
pub mod moves;
pub mod sheet;
pub mod step;
pub mod summary;

pub use beginning::Beginning;
pub use dispute::{Dispute, DisputeIndexes};
pub use entry::{Check, Entry, EntryIndexes, Helper, Told, Visited};
pub use excuse::{Excuse, ExcuseIndexes};
pub use home::{Home, HomeIndexes};
pub use kind::Kind;
pub use mask::NameStyle;
pub use moves::{Corrected, Refused};
pub use sheet::{Duties, Line, Sheet, SheetIndexes, Sum};
pub use step::{By, Step, StepKind};
pub use summary::{Change, ChangeKind, Row, Summary, SummaryIndexes};

pub use cunshi_sdk::days::{self, Micros};
