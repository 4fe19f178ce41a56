//! 我已知晓: somebody for whom a notice is says that they know it, or a cadre who has told them does.

use cunshi_sdk::prelude::{Error, Outcome, Result, To, Write};

use super::{done, moved};
use crate::domain::Acknowledgment;
use crate::reader::{Reader, for_whom};
use crate::{AcknowledgeForm, listing};

/// Once for each person; a second time changes nothing.
pub fn acknowledge(cx: &mut Write, form: &AcknowledgeForm) -> Result<Outcome> {
    let notice = listing::get(cx, &Reader::of(cx)?, &form.notice)?;
    let caller = cx.caller()?.clone();
    let whom = for_whom(cx)?;
    moved(notice.may_acknowledge())?;
    let behalf = whom.person != caller.person;
    if behalf && !caller.is("cadre") {
        return Err(Error::denied(t!("refused.not-cadre")));
    }
    if !notice.is_for(&whom.keys) {
        return Err(Error::denied(if behalf {
            t!("refused.not-addressed.other", name = whom.name)
        } else {
            t!("refused.not-addressed")
        }));
    }
    let before = listing::acknowledged(cx, &notice.id, &whom.person)?.is_some();
    let say = match (before, behalf) {
        (false, false) => t!("say.acknowledged"),
        (false, true) => t!("say.acknowledged.for", name = whom.name),
        (true, false) => t!("say.acknowledged.before"),
        (true, true) => t!("say.acknowledged.for.before", name = whom.name),
    };
    if !before {
        let entered_by = behalf.then_some(caller.name);
        cx.insert(&Acknowledgment::new(&notice.id, &whom.person, cx.now(), entered_by))?;
    }
    let outcome = done(&notice, say);
    if !behalf {
        return Ok(outcome);
    }
    // On with the next one who is missing.
    let to = To::page("readers").with("id", notice.id.as_str()).with("show", "unacknowledged");
    Ok(Outcome { go: Some(to), ..outcome })
}
