//! `GET /v/{village}/decisions/{id}`: how something was decided, for those whom it concerns.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::field::FieldKind;

use super::private;
use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::render::addresses;
use crate::render::pages::{Decided, decision};
use crate::rules::decision::{Found, find};
use crate::rules::whose;
use crate::visit::{At, Visit};

/// The handler.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, id)): At<(String, String)>,
) -> Result<Response, Refusal> {
    let found = find(&web, &visit, &id).await?;
    let cx = frame::of_visit(&web, &visit).await;
    let page = decision(&cx, &decided(&web, &visit, &found));
    Ok(private(&web, &visit.reader, StatusCode::OK, page))
}

fn decided<'t>(web: &Web, visit: &Visit, found: &'t Found) -> Decided<'t> {
    let (record, lang) = (&found.record, visit.reader.lang);
    let hook = found.hook();
    let outputs = hook.map_or(&[][..], |hook| &hook.output);
    // The first points of the answer are what people ask about; the rest is told in smaller type.
    let first = outputs.iter().find(|field| field.kind == FieldKind::Points);
    let points = first.and_then(|field| record.output.get(&field.name)?.as_i64());
    let rest: Vec<_> =
        outputs.iter().filter(|field| first.is_none_or(|first| first.name != field.name)).cloned().collect();
    let others = record.output.iter().filter(|(name, _)| first.is_none_or(|first| first.name != **name));
    let others = others.map(|(name, value)| (name.clone(), value.clone())).collect();
    let district = web.store.district().tree().root().map(|root| root.name.clone()).unwrap_or_default();
    Decided {
        title: hook.map_or(record.hook.as_str(), |hook| hook.title.get(lang)).to_owned(),
        points,
        because: &record.because,
        output: found.labelled(&rest, &others, lang),
        row: found.cells(lang),
        facts: found.labelled(hook.map_or(&[], |hook| &hook.input), &record.input, lang),
        answers: record.answers.iter().map(|one| (one.question.clone(), one.answer)).collect(),
        whose: whose(lang, record.rule.origin, &visit.space.name, &district),
        version: record.rule.version,
        at: record.at,
        voided: record.voided,
        fell_back: record.fell_back.is_some(),
        script: &record.rule.text.script,
        digest: &record.rule.digest,
        back: found.release.as_ref().map(|release| {
            (addresses::plugin(visit.code(), &release.manifest.name), release.manifest.title.get(lang).to_owned())
        }),
    }
}
