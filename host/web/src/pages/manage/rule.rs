//! `/v/{village}/manage/rules/{hook}`: one rule. Its table is a form with a line of inputs per row, the script stands
//! in the part for experts; `POST` checks what was typed, keeps it as a draft, adds or removes a row.

use std::sync::Arc;

use axum::extract::{RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_contract::rule::RuleText;
use cunshi_runtime::FieldError;
use maud::html;

use super::rule_form::{self, Sheet};
use super::rule_versions;
use super::rules::{of_hook, origin_tag};
use super::{page, say};
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::pages::go;
use crate::pages::plugin::query_params;
use crate::rules::check::{Checked, check};
use crate::rules::text::{self, MAX_ROWS, Row};
use crate::rules::{self, Here, versions};
use crate::visit::{At, Visit};

/// What the page shows beside the rule itself.
#[derive(Default)]
struct Shown {
    base: Option<u32>,
    text: Arc<RuleText>,
    /// The rows as they stand in the form, empty ones too.
    rows: Vec<Row>,
    note: String,
    from: String,
    errors: Vec<FieldError>,
    checked: Option<Checked>,
}

/// The page; `?version=` begins with an older text.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook)): At<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    rules::require_reader(&visit)?;
    let here = rules::one(&web, &visit, &hook).await?;
    let params = query_params(query.as_deref(), |_| false);
    let base = params.get("version").and_then(|value| value.as_str()).map(str::parse::<u32>).transpose();
    let base = base.map_err(|_| Refusal::NotFound)?;
    let text = here.text(&web, &visit, base).await?;
    let shown = Shown { base, rows: text.table.clone(), text, ..Shown::default() };
    show(&web, &visit, &here, shown, StatusCode::OK).await
}

/// The form: field `do` is `add`, `remove.3`, `check` or `save`.
pub(crate) async fn post(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    rules::require_reader(&visit)?;
    let here = rules::one(&web, &visit, &hook).await?;
    let sent = Sent::read_table(request).await?;
    let base = sent.text("base").parse::<u32>().ok().filter(|version| *version > 0);
    let began_with = here.text(&web, &visit, base).await?;
    let text = text::of_form(&here.hook, &sent, &began_with.cases);
    let shown = Shown {
        base,
        rows: text::rows(&here.hook, &sent),
        text: Arc::new(text.clone()),
        note: sent.text("note").to_owned(),
        from: sent.text("from").to_owned(),
        ..Shown::default()
    };
    let act = sent.text("do");
    if act == "add" {
        let mut rows = shown.rows;
        if rows.len() < MAX_ROWS {
            rows.push(Row::new());
        }
        return show(&web, &visit, &here, Shown { rows, ..shown }, StatusCode::OK).await;
    }
    if let Some(Ok(gone)) = act.strip_prefix("remove.").map(str::parse::<usize>) {
        let left = shown.rows.into_iter().enumerate().filter(|(index, _)| *index != gone);
        let rows = left.map(|(_, row)| row).collect();
        return show(&web, &visit, &here, Shown { rows, ..shown }, StatusCode::OK).await;
    }
    // The check counts rows without the empty ones: they leave the form too.
    let shown = Shown { rows: text.table.clone(), ..shown };
    if act == "save" {
        return save(&web, &visit, &here, text, shown).await;
    }
    let checked = Some(check(&web, &here, text).await?);
    show(&web, &visit, &here, Shown { checked, ..shown }, StatusCode::OK).await
}

async fn save(web: &Web, visit: &Visit, here: &Here, text: RuleText, shown: Shown) -> Result<Response, Refusal> {
    let author = rules::require_writer(web, visit).await?;
    let lang = visit.reader.lang;
    rules::require_open(here, lang)?;
    let mut errors = Vec::new();
    let note = versions::fit_note(&shown.note);
    if note.is_none() {
        errors.push(FieldError::new("note", versions::note_needed(lang)));
    }
    let from = match shown.from.as_str() {
        "" => None,
        day => {
            let from = versions::day(day);
            if from.is_none() {
                errors.push(FieldError::new("from", say(lang, "日期不对。", "This is not a day.")));
            }
            from
        }
    };
    let checked = check(web, here, text.clone()).await?;
    let (true, true, Some(note)) = (checked.is_ok(), errors.is_empty(), note) else {
        let shown = Shown { errors, checked: Some(checked), ..shown };
        return show(web, visit, here, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let version = versions::save(web, visit, here, text, &note, from, author).await?;
    let said = match lang {
        Lang::Zh => format!("已存为第 {version} 版草稿，请另一个人看过以后发布。"),
        Lang::En => format!("Kept as draft {version}: another person reads and publishes it."),
    };
    Ok(go(web, &of_hook(visit.code(), &here.hook.name), Some((said, true))))
}

async fn show(web: &Web, visit: &Visit, here: &Here, shown: Shown, status: StatusCode) -> Result<Response, Refusal> {
    let lang = visit.reader.lang;
    let versions = versions::all(web, visit, &here.hook.name).await?;
    let failures = versions::failures(web, visit, here).await?;
    let writes = rules::may_write(web, visit).await? && !here.locked;
    let district = web.store.district().tree().root().map(|root| root.name.clone()).unwrap_or_default();
    let action = of_hook(visit.code(), &here.hook.name);
    let sheet = Sheet {
        lang,
        hook: &here.hook,
        action: &action,
        base: shown.base,
        rows: &shown.rows,
        text: &shown.text,
        note: &shown.note,
        from: &shown.from,
        errors: &shown.errors,
        checked: shown.checked.as_ref(),
        writes,
    };
    let body = html! {
        section.card {
            @if let Some(summary) = &here.hook.summary { p { (summary.get(lang)) } }
            p.tags { (origin_tag(lang, here, &visit.space.name, &district)) }
            @if here.locked {
                p.alert.up { span.mark aria-hidden="true" { "↗" } span.lines { (say(
                    lang,
                    "这条规则全区一样，由区里定。这里可以看，也可以试着检查，不能存。",
                    "This rule is the same everywhere; the district sets it. You may read and try it here, not keep it.",
                )) } }
            }
            @if let Some(version) = shown.base { p.meta { (beginning(lang, version)) } }
            (rule_form::guards(lang, &here.guards))
        }
        (rule_versions::failures(lang, visit, here, &failures))
        (rule_form::form(&sheet))
        (rule_versions::list(lang, visit, &action, &versions, writes))
    };
    Ok(page(web, visit, "rules", here.hook.title.get(lang), status, body).await)
}

fn beginning(lang: Lang, version: u32) -> String {
    match lang {
        Lang::Zh => format!("下面是第 {version} 版的内容。改了再存，就是新的一版。"),
        Lang::En => format!("This is the text of version {version}. Changed and kept, it becomes a new one."),
    }
}
