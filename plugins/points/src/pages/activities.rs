//! Volunteer activities: the list, and one of them.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Activity, ActivityState, Signup, SignupIndexes as _, SignupState, days};
use crate::words::{self, Reader};
use crate::{ActivitiesParams, ActivityParams, queries};

/// The list.
pub fn activities(cx: &Read, params: ActivitiesParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let show = params.show.as_str();
    let (found, next) = queries::shop::activities(cx, show, params.cursor)?;
    let to = |show: &str| To::page("activities").with("show", show);
    let tabs = [("open", t!("activities.open")), ("done", t!("activities.done"))]
        .map(|(name, text)| Tab::new(text, to(name)).current(name == show));
    let items: Vec<Item> = found.iter().map(|activity| row::activity(cx, activity)).collect();
    let list = view::list(items).empty(t!("activities.none")).next(next.map(|cursor| to(show).with("cursor", cursor)));
    let page = view::page(t!("activities.title")).subtitle(t!("activities.subtitle")).filters(tabs);
    let page = page.section(|section| section.add(list));
    Ok(page.when(reader.cadre, |page| {
        page.section(|section| section.title(t!("activities.new")).add(view::form("plan-activity").folded()))
    }))
}

/// One of them.
pub fn activity(cx: &Read, params: &ActivityParams) -> Result<View> {
    let activity = cx.data::<Activity>().must(&params.id)?;
    let reader = Reader::of(cx)?;
    let mut page = view::page(&activity.title).subtitle(t!("activity.by", name = activity.by.name));
    page = page.section(|section| {
        let section = section.badges([words::activity(&activity, cx.now())]);
        let section = section
            .maybe(activity.reason.as_ref().map(|reason| Node::Alert { tone: Tone::Late, text: reason.clone() }));
        let section = section.facts(facts(&activity));
        section.maybe(activity.text.as_ref().map(|text| Node::Text { text: text.clone(), quiet: false }))
    });
    page = my_part(cx, &reader, &activity, page)?;
    if reader.office() {
        page = participants(cx, &activity, page)?;
    }
    if reader.cadre && activity.state == ActivityState::Open {
        let form = view::form("cancel-activity").value("activity", activity.id.as_str()).folded();
        page.aside = page.aside.section(|section| section.add(form));
    }
    Ok(page)
}

fn facts(activity: &Activity) -> Vec<Fact> {
    let time = t!("activity.time", from = days::write_time(activity.starts), to = days::write_time(activity.ends));
    let seats = t!("activity.seats", taken = activity.taken, seats = activity.seats);
    vec![
        Fact::new(t!("activity.day"), Cell::Day(activity.starts)),
        Fact::new(t!("activity.hours"), time),
        Fact::new(t!("activity.place"), activity.place.as_str()),
        Fact::new(t!("activity.people"), seats),
    ]
}

/// Whether I take part.
fn my_part(cx: &Read, reader: &Reader, activity: &Doc<Activity>, page: View) -> Result<View> {
    let open = activity.is_open(cx.now());
    let Some(hand) = &reader.hand else {
        return Ok(page.when(open, |page| page.section(|section| section.quiet(t!("activity.signin")))));
    };
    let mine = cx.data::<Signup>().by_key(Signup::key(&activity.id, &hand.person)).first()?;
    let signed = mine.as_ref().is_some_and(|mine| mine.state == SignupState::Signed);
    let id = activity.id.as_str();
    Ok(page.section(|section| {
        let section = section.title(t!("activity.mine"));
        let section =
            section.maybe(mine.as_ref().map(|mine| Node::Badges { items: vec![words::signup(mine)], meta: None }));
        let section =
            section.when(open && signed, |section| section.add(view::button("withdraw").value("activity", id).quiet()));
        let section = section.when(open && !signed && activity.taken < activity.seats, |section| {
            // A cadre signs others up too: the form asks for whom.
            if reader.cadre {
                section.add(view::form("sign-up").value("activity", id))
            } else {
                section.add(view::button("sign-up").value("activity", id))
            }
        });
        section.quiet(t!("activity.earns"))
    }))
}

/// Who takes part, with the hours to confirm.
fn participants(cx: &Read, activity: &Doc<Activity>, page: View) -> Result<View> {
    let found = cx.data::<Signup>().by_activity(activity.id.as_str()).take(100)?;
    let begun = cx.now() >= activity.starts && activity.state != ActivityState::Cancelled;
    let planned = crate::domain::amount::show((activity.ends - activity.starts) * 100 / days::HOUR);
    Ok(page.section(|section| {
        let section = section.title(t!("activity.participants"));
        let section = section.when(found.is_empty(), |section| section.quiet(t!("activity.nobody")));
        section.each(&found, |section, signup| {
            let section = section.badges_with([words::signup(signup)], &signup.name);
            let confirms = begun && signup.state == SignupState::Signed;
            section.when(confirms, |section| {
                let form = view::form("confirm-hours").value("signup", signup.id.as_str());
                section.add(form.value("hours", planned.as_str()).folded())
            })
        })
    }))
}
