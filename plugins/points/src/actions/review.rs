//! The review group votes.

use cunshi_sdk::prelude::{Outcome, Result, Write};

use super::{done, moved, news};
use crate::domain::{Award, State};
use crate::{ApproveForm, DeclineForm, way};

/// For it.
pub fn approve(cx: &mut Write, form: ApproveForm) -> Result<Outcome> {
    vote(cx, &form.award, true, form.text)
}

/// Against it, with a reason.
pub fn decline(cx: &mut Write, form: DeclineForm) -> Result<Outcome> {
    vote(cx, &form.award, false, Some(form.text))
}

fn vote(cx: &mut Write, id: &str, approves: bool, text: Option<String>) -> Result<Outcome> {
    let mut award = cx.data::<Award>().must(id)?;
    let quorum = cx.setting::<usize>("reviewers")?;
    let (by, now) = (way::actor(cx)?, cx.now());
    moved(award.vote(by, approves, text, quorum, now))?;
    let award = way::save(cx, false, award)?;
    let say = match award.state {
        State::UnderReview => {
            let left = quorum.saturating_sub(award.votes_of(true));
            t!("say.voted", n = left)
        }
        State::Declined => t!("say.declined"),
        _ => t!("say.approved", news = news(&award)),
    };
    Ok(done(&award, say))
}
