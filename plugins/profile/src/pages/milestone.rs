//! One big event, with what stood there before each correction.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use crate::domain::{Correction, Milestone};
use crate::{MilestoneParams, words};

/// See `plugin.toml`.
pub fn milestone(cx: &Read, params: &MilestoneParams) -> Result<View> {
    let milestone = cx.data::<Milestone>().must(&params.id)?;
    let page = view::page(milestone.title.as_str()).subtitle(words::full_date(milestone.day));
    let page = match &milestone.struck {
        Some(strike) => {
            let date = words::full_date(strike.at);
            page.alert(Tone::Late, t!("milestone.struck", date = date, name = strike.by, reason = strike.reason))
        }
        None => page,
    };
    let recorded =
        t!("milestone.recorded", date = words::full_date(milestone.recorded_at), name = milestone.recorded_by);
    let page = page.section(|section| {
        section.text(milestone.text.as_str()).images(milestone.photos.iter().map(String::as_str)).quiet(recorded)
    });
    let page = page.when(!milestone.corrections.is_empty(), |page| {
        let steps = milestone.corrections.iter().rev().map(correction);
        page.section(|section| section.title(t!("milestone.before")).timeline(steps))
    });
    let page = page.link(t!("milestone.back"), To::page("chronicle"));
    Ok(if milestone.struck.is_some() { page } else { desk(cx, page, &milestone) })
}

fn correction(correction: &Correction) -> Step {
    let before = &correction.before;
    let mut text = t!("milestone.words", title = before.title, date = words::full_date(before.day), text = before.text);
    match correction.photos {
        0 => {}
        1 => text.push_str(&t!("milestone.photos.one")),
        n => text.push_str(&t!("milestone.photos.many", n = n)),
    }
    Step::new(t!("milestone.correction", name = correction.by, reason = correction.reason)).at(correction.at).text(text)
}

fn desk(cx: &Read, page: View, milestone: &Doc<Milestone>) -> View {
    let id = milestone.id.as_str();
    let page = page.when(words::has(cx, "cadre"), |page| {
        let form = view::form("correct-milestone")
            .value("milestone", id)
            .value("seen", milestone.version.to_string())
            .value("title", milestone.title.as_str())
            .value("day", days::write_day(milestone.day))
            .value("text", milestone.text.as_str());
        page.section(|section| section.title(t!("milestone.desk")).add(form.folded()))
    });
    page.when(words::has(cx, "admin"), |page| page.add(view::form("strike-milestone").value("milestone", id).folded()))
}
