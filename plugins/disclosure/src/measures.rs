//! Numbers over a period, from `from` up to `to`. Nothing counts before its day has come.

use cunshi_sdk::prelude::{Measured, Micros, Read, Result, Text};

use crate::domain::{Duty, DutyIndexes as _, Question, QuestionIndexes as _};
use crate::keep::whole;

/// 到期应公开
pub fn due(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note = Text::new("期间到期、应当公开的事项", "What was to be published by a day in the period");
    Ok(Measured::count(fell_due(cx, from, to)?).note(note))
}

/// 按时公开
pub fn published_in_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note = Text::new(
        "期间到期的事项中，到期前已经公开的",
        "Of what fell due in the period, what was published by its day",
    );
    let in_time = match come(cx, from, to) {
        Some(to) => whole(cx.data::<Duty>().by_in_time(true).from(from).to(to).count()?),
        None => 0,
    };
    Ok(Measured::share(in_time, fell_due(cx, from, to)?).note(note))
}

/// 现有逾期未公开
pub fn overdue(cx: &Read) -> Result<Measured> {
    let note = Text::new("现在已经过期、还没有公开的事项", "What is past its day now and not published");
    Ok(Measured::count(whole(cx.data::<Duty>().by_due("open").to(cx.now()).count()?)).note(note))
}

/// 提问按时答复
pub fn questions_in_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
    let note = Text::new(
        "期间答复的、或到期没有答复的提问中，按时答复的",
        "Of the questions answered in the period or left past their day, those answered in time",
    );
    let of = |in_time| cx.data::<Question>().by_judged(in_time).from(from).to(to).count();
    let (in_time, late) = (whole(of(true)?), whole(of(false)?));
    Ok(Measured::share(in_time, in_time.saturating_add(late)).note(note))
}

fn fell_due(cx: &Read, from: Micros, to: Micros) -> Result<i64> {
    let Some(to) = come(cx, from, to) else { return Ok(0) };
    Ok(whole(cx.data::<Duty>().by("by_end").from(from).to(to).count()?))
}

/// The end of the part of a period that has come; none where it lies ahead.
fn come(cx: &Read, from: Micros, to: Micros) -> Option<Micros> {
    Some(to.min(cx.now())).filter(|to| *to > from)
}
