//! The harness of the end-to-end tests: a small district that is served on loopback, and people who act
//! in it through HTTP as they would from a phone.
//!
//! ```no_run
//! # async fn story() {
//! let district = cunshi_tests::District::at("2026-09-02 08:14").await;
//! let tianfu = district.tianfu();
//! let lin = tianfu.villager("林秀英").await;
//! let case = lin.does("issues", "report", serde_json::json!({ "title": "路灯不亮" })).await.result();
//! # }
//! ```
//!
//! Tests read like the story that they prove; what they need of the machinery is here, once.

#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a harness stops the test with a sentence")]
#![expect(
    clippy::return_self_not_must_use,
    reason = "what asserts gives itself back for the next assertion, which need not follow"
)]

pub mod bench;

mod actor;
mod answer;
mod browser;
mod built;
mod chance;
mod district;
mod kills;
mod plausible;
mod points;
mod raw;
mod rules;
mod served;
mod unseen;

pub use actor::{Actor, PASSWORD};
pub use answer::{Answer, Page};
pub use browser::{Driver, Look, Window};
pub use built::{MODULES, binary, photo, plugin, workspace};
pub use chance::Chance;
pub use district::{District, Village, instant};
pub use kills::{Acting, database, done, killed_while_acting, nothing_waits, to_the_end_of_a_round};
pub use plausible::plausible;
pub use points::{adopted, volunteered};
pub use raw::{raw, raw_get};
pub use rules::AWARD;
pub use served::{Ran, Served, cunshi, free_address, program, program_on_a_small_disk, ran};
