//! The office's desk on one notice: what its state allows, the likeliest first.

use cunshi_sdk::prelude::*;

use crate::crowd::{self, Crowd};
use crate::domain::{Audience, Move, Notice, State, next};
use crate::words;

/// Beside the notice.
pub fn desk(cx: &Read, notice: &Doc<Notice>) -> Result<Vec<Node>> {
    let aside = Vec::new();
    match notice.state {
        State::Draft | State::Scheduled => draft(cx, notice, aside),
        State::Published | State::Expired => out(cx, notice, aside),
        State::Withdrawn => Ok(withdrawn(notice, aside)),
    }
}

fn draft(cx: &Read, notice: &Doc<Notice>, aside: Vec<Node>) -> Result<Vec<Node>> {
    let id = notice.id.as_str();
    let complete = notice.addressed.is_complete();
    let mut section = view::section(t!("office.draft"));
    if let Some(at) = notice.publish_at {
        section = section.text(t!("office.scheduled", date = words::date(at)));
    }
    section = if complete {
        section
            .text(t!("office.check"))
            .add(view::button("publish").value("notice", id))
            .add(view::form("schedule").value("notice", id).folded())
    } else {
        section.alert(Tone::Hand, t!("refused.nobody-chosen"))
    };
    section = section.link(t!("office.edit"), To::page("change").with("id", id));
    if next(notice.state, Move::Hold).is_ok() {
        section = section.add(view::button("hold").value("notice", id).quiet());
    }
    let aside = aside.add(section.add(view::button("discard").value("notice", id).quiet()));
    if !matches!(notice.addressed, Audience::Households(_)) {
        return Ok(aside);
    }
    let mut households = view::section(t!("office.households"));
    for (household, name) in words::households(cx, notice)? {
        let drop = view::button("drop-household").value("notice", id).value("household", household);
        households = households.add(drop.label(t!("office.drop", name = name)).quiet());
    }
    Ok(aside.add(households.add(view::form("add-household").value("notice", id))))
}

fn out(cx: &Read, notice: &Doc<Notice>, aside: Vec<Node>) -> Result<Vec<Node>> {
    let id = notice.id.as_str();
    let count = crowd::count(&Crowd::default().of(cx, notice)?);
    let to = |show: &str| To::page("readers").with("id", id).with("show", show);
    let mut stats = vec![
        Stat::new(count.reached.to_string(), t!("office.reached")),
        Stat::new(words::read_share(count), t!("office.read")).to(to("read")),
    ];
    if notice.acknowledge {
        stats.push(Stat::new(words::acknowledged_share(count), t!("office.acknowledged")).to(to("acknowledged")));
    }
    let mut readers = view::section(t!("office.readers")).stats(stats).link(t!("office.unread"), to("unread"));
    if notice.acknowledge {
        readers = readers.link(t!("office.unacknowledged"), to("unacknowledged"));
    }
    if words::is_office_above(cx) {
        readers = readers.link(t!("office.below"), To::page("below").with("id", id));
    }
    let aside = aside.add(readers);
    if notice.state != State::Published {
        return Ok(if notice.is_copy() { aside } else { aside.section(|section| section.add(withdraw(id))) });
    }
    let mut section = view::section(t!("office.handle"));
    if notice.acknowledge {
        section = section.add(view::form("acknowledge").value("notice", id).label(t!("office.for-other")).folded());
    }
    let pin = if notice.pin.is_some() { "unpin" } else { "pin" };
    section = section.add(view::button(pin).value("notice", id).quiet());
    section = if notice.is_copy() {
        section.quiet(t!("office.copy", name = words::sender(cx, notice)))
    } else {
        section.link(t!("office.correct"), To::page("change").with("id", id)).add(withdraw(id))
    };
    Ok(aside.add(section))
}

fn withdraw(id: &str) -> view::Form {
    view::form("withdraw").value("notice", id).folded()
}

fn withdrawn(notice: &Notice, aside: Vec<Node>) -> Vec<Node> {
    let Some(withdrawal) = &notice.withdrawn else { return aside };
    let mut facts = vec![Fact::new(t!("slip.at"), Cell::Time(withdrawal.at))];
    if let Some(by) = &withdrawal.by {
        facts.push(Fact::new(t!("office.withdrawn-by"), by.as_str()));
    }
    aside.section(|section| section.title(t!("state.withdrawn")).facts(facts))
}
