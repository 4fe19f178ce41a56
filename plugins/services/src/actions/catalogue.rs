//! The catalogue, as the admin keeps it.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write, json};

use crate::domain::service::{MOST, Typed};
use crate::domain::{Guide, Offer, OfferIndexes as _, Service};
use crate::{AddServiceForm, ChangeServiceForm, SwitchServiceForm, listing, words};

/// Switches a service on or off. What is under way is finished either way.
pub fn switch(cx: &mut Write, form: &SwitchServiceForm) -> Result<Outcome> {
    let mut service = listing::service(cx, &form.service)?;
    service.on = form.on;
    let title = words::said(&service.guide.title);
    let say = if form.on { t!("say.on", title = title) } else { t!("say.off", title = title) };
    keep(cx, &service, None)?;
    Ok(done(&service, say))
}

/// Changes what is said about a service. Requests that came in before keep their deadline.
pub fn change(cx: &mut Write, form: ChangeServiceForm) -> Result<Outcome> {
    let mut service = listing::service(cx, &form.service)?;
    service.guide = Guide::from(Typed {
        title: form.title,
        purpose: form.purpose,
        who: form.who,
        bring: form.bring,
        steps: form.steps,
        days: form.days,
        source: form.source,
        result: form.result,
        fee: form.fee,
        hours: form.hours,
    });
    keep(cx, &service, Some(service.guide.clone()))?;
    Ok(done(&service, t!("say.changed")))
}

/// Adds a service.
pub fn add(cx: &mut Write, form: AddServiceForm) -> Result<Outcome> {
    if listing::catalogue(cx)?.len() >= MOST {
        return Err(Error::conflict(t!("refused.catalogue-full", n = MOST)));
    }
    let guide = Guide::from(Typed {
        title: form.title,
        purpose: form.purpose,
        who: form.who,
        bring: form.bring,
        steps: form.steps,
        days: form.days,
        source: form.source,
        result: form.result,
        fee: form.fee,
        hours: form.hours,
    });
    let service = Service { key: cx.new_id(), on: true, guide };
    keep(cx, &service, Some(service.guide.clone()))?;
    Ok(done(&service, t!("say.added-service")))
}

/// Writes the offer; words that were not changed stay as they are.
fn keep(cx: &mut Write, service: &Service, guide: Option<Guide>) -> Result<()> {
    match cx.data::<Offer>().by_key(service.key.as_str()).first()? {
        Some(mut known) => {
            known.on = service.on;
            known.guide = guide.or(known.body.guide.take());
            cx.update(&known)?;
        }
        None => {
            cx.insert(&Offer { key: service.key.clone(), on: service.on, guide })?;
        }
    }
    Ok(())
}

fn done(service: &Service, say: String) -> Outcome {
    let result = json!({ "key": service.key, "on": service.on, "title": words::said(&service.guide.title) });
    Outcome::go("offer", &service.key).say(say).result(result).about(&service.key)
}
