//! Making and changing a posting: by a villager, who proposes it, or by a cadre.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::{done, hand, moved, of_owner, save};
use crate::domain::terms::closing;
use crate::domain::{Kind, Per, Posting, State, Terms};
use crate::events::tell;
use crate::words::{self, Reader};
use crate::{EditForm, PostForm, ProposeForm};

/// The fields that the three forms share; `$some` wraps those that only a proposal must have.
macro_rules! terms {
    ($form:ident, $some:expr) => {
        Typed {
            terms: Terms {
                title: $form.title,
                employer: $some($form.employer),
                kind: Kind::parse(&$form.kind),
                away: $form.away,
                place: $some($form.place),
                distance: $form.distance.filter(|_| !$form.away),
                pay_from: $some($form.pay_from),
                pay_to: $form.pay_to,
                pay_per: Per::parse(&$form.pay_per),
                headcount: $form.headcount,
                trades: $form.trades,
                skills: $form.skills,
                housing: $form.housing,
                meals: $form.meals,
                demands: $form.demands,
                detail: $form.detail,
                contact_name: $some($form.contact_name),
                contact_phone: $some($form.contact_phone),
                closes: None,
            },
            closes: $some($form.closes),
        }
    };
}

struct Typed {
    terms: Terms,
    closes: Option<String>,
}

impl Typed {
    /// The terms, or which field is wrong. A last day that was kept as it is may have passed.
    fn read(self, before: Option<i64>, now: i64) -> Result<Terms> {
        let mut terms = self.terms;
        if let (Some(from), Some(to)) = (terms.pay_from, terms.pay_to)
            && to < from
        {
            return Err(Error::invalid("pay_to", t!("wrong.pay-to")));
        }
        for text in [
            &mut terms.employer,
            &mut terms.place,
            &mut terms.skills,
            &mut terms.demands,
            &mut terms.detail,
            &mut terms.contact_name,
            &mut terms.contact_phone,
        ] {
            *text = text.take().filter(|text| !text.trim().is_empty());
        }
        if let Some(day) = self.closes.filter(|day| !day.is_empty()) {
            let kept = before.filter(|before| cunshi_sdk::days::write_day(*before) == day);
            let closes = kept.or_else(|| closing(&day, now));
            terms.closes = Some(closes.ok_or_else(|| Error::invalid("closes", t!("wrong.closes")))?);
        }
        Ok(terms)
    }
}

/// A villager proposes one.
pub fn propose(cx: &mut Write, form: ProposeForm) -> Result<Outcome> {
    if !cx.setting::<bool>("propose")? {
        return Err(Error::denied(t!("refused.no-proposals")));
    }
    let by = hand(cx)?;
    let terms = terms!(form, Some).read(None, cx.now())?;
    let posting = cx.insert(&moved(Posting::proposal(terms, &by))?)?;
    Ok(done(&posting, t!("say.proposed")))
}

/// A cadre makes one; what is not complete is kept as a draft.
pub fn post(cx: &mut Write, form: PostForm) -> Result<Outcome> {
    let by = hand(cx)?;
    let wants_draft = form.draft;
    let terms = terms!(form, std::convert::identity).read(None, cx.now())?;
    let lacks = terms.lacks(cx.now());
    let mut posting = Posting::draft(terms, &by);
    let say = if wants_draft {
        t!("say.draft")
    } else if lacks.is_empty() {
        moved(posting.publish(&by))?;
        t!("say.published")
    } else {
        t!("say.draft.lacks", what = words::lacks(&lacks))
    };
    let posting = cx.insert(&posting)?;
    tell::posting(cx, &posting)?;
    Ok(done(&posting, say))
}

/// Other terms.
pub fn edit(cx: &mut Write, form: EditForm) -> Result<Outcome> {
    let mut posting = of_owner(cx, &form.posting)?;
    super::fresh(posting.version, form.seen.as_deref())?;
    let office = Reader::of(cx).cadre;
    let terms = terms!(form, std::convert::identity).read(posting.terms.closes, cx.now())?;
    moved(posting.revise(terms, office, cx.now()))?;
    let posting = save(cx, &posting)?;
    let lacks = posting.terms.lacks(cx.now());
    let say = match posting.state {
        State::Draft if !lacks.is_empty() => t!("say.draft.lacks", what = words::lacks(&lacks)),
        State::Proposed if !office => t!("say.proposed"),
        _ => t!("say.saved"),
    };
    Ok(done(&posting, say))
}
