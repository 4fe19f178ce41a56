//! By the clock: what is due goes out, what is over is put away, readers are counted, reminders go on.

use cunshi_sdk::days::DAY;
use cunshi_sdk::prelude::{Doc, Micros, Result, Write};

use crate::actions::{release, remind, stamp};
use crate::crowd::Crowd;
use crate::domain::{Notice, NoticeIndexes as _, Reminder, ReminderIndexes as _, State};
use crate::events::tell;

/// Notices per step, whose readers are counted: each may read twenty-five pages of acknowledgments.
const STEP: u32 = 5;
/// How long after they went out readers are counted.
const COUNTED_FOR: Micros = 90 * DAY;

/// Lets out the next one that is due: one in a step, because each may be twenty messages. One that cannot go out is
/// held back as a draft, so that it keeps no other from going.
pub fn publish_due(cx: &mut Write) -> Result<Option<String>> {
    let now = cx.now();
    let Some(mut notice) = cx.data::<Notice>().by("by_due").to(now.saturating_add(1)).first()? else {
        return Ok(None);
    };
    let at = stamp(cx)?;
    if notice.publish(at).is_ok() {
        release::announce(cx, &notice)?;
    } else if notice.hold().is_ok() {
        cx.log_warn("a notice that was due could not go out, and is a draft again");
        cx.update(&notice)?;
    } else {
        return Ok(None);
    }
    Ok(Some("next".to_owned()))
}

/// Puts away what is over. Its readers are counted a last time.
pub fn expire(cx: &mut Write) -> Result<Option<String>> {
    let now = cx.now();
    let over = cx.data::<Notice>().by("by_expiry").to(now.saturating_add(1)).take(STEP)?;
    let full = is_full(&over);
    let (mut crowd, mut put_away) = (Crowd::default(), false);
    for mut notice in over {
        let count = crowd.count(cx, &notice)?;
        if notice.expire(now) {
            let news = notice.counted(count);
            let notice = cx.update(&notice)?;
            if news {
                tell::counted(cx, &notice)?;
            }
            put_away = true;
        }
    }
    Ok((full && put_away).then(|| "next".to_owned()))
}

/// Counts the readers of what is on the board; the office above is told of what has changed.
pub fn count(cx: &mut Write, cursor: Option<&str>) -> Result<Option<String>> {
    let since = cx.now().saturating_sub(COUNTED_FOR);
    let before = cursor.and_then(|cursor| cursor.parse::<Micros>().ok());
    let query = cx.data::<Notice>().by_board("current").from(since);
    let query = match before {
        Some(before) => query.to(before),
        None => query,
    };
    let notices = query.newest().take(STEP)?;
    let full = is_full(&notices);
    let last = notices.last().map(|notice| notice.at);
    let mut crowd = Crowd::default();
    for mut notice in notices {
        let count = crowd.count(cx, &notice)?;
        if notice.counted(count) {
            let notice = cx.update(&notice)?;
            tell::counted(cx, &notice)?;
        }
    }
    Ok(last.filter(|_| full).map(|last| last.to_string()))
}

/// Tells the next ones of the oldest reminder that is under way: a call sends twenty messages.
pub fn go_on_reminding(cx: &mut Write) -> Result<Option<String>> {
    let Some(mut reminder) = cx.data::<Reminder>().by_open(true).first()? else { return Ok(None) };
    let notice = cx.data::<Notice>().get(&reminder.notice)?.filter(|notice| notice.state == State::Published);
    if let Some(notice) = notice {
        remind::go_on(cx, reminder, &notice)?;
    } else {
        // Over, or taken back meanwhile.
        reminder.open = false;
        cx.update(&reminder)?;
    }
    Ok(Some("next".to_owned()))
}

fn is_full(step: &[Doc<Notice>]) -> bool {
    u32::try_from(step.len()).is_ok_and(|found| found == STEP)
}
