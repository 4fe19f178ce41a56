//! The form of a rule: the table with a line of inputs per row, the script for experts, what the check found. Works
//! without scripts; every button sends the whole form.

use cunshi_contract::Lang;
use cunshi_contract::field::{Field, FieldKind};
use cunshi_contract::rule::{Hook, RuleText};
use cunshi_model::rules::Guard;
use cunshi_rules::CaseResult;
use cunshi_runtime::FieldError;
use maud::{Markup, html};

use super::control::{Control, control};
use super::say;
use crate::rules::check::Checked;
use crate::rules::decision::labelled;
use crate::rules::mistake::Mistake;
use crate::rules::text::{Row, input, typed};

/// What the form shows.
pub(super) struct Sheet<'t> {
    pub(super) lang: Lang,
    pub(super) hook: &'t Hook,
    pub(super) action: &'t str,
    pub(super) base: Option<u32>,
    pub(super) rows: &'t [Row],
    pub(super) text: &'t RuleText,
    pub(super) note: &'t str,
    pub(super) from: &'t str,
    pub(super) errors: &'t [FieldError],
    pub(super) checked: Option<&'t Checked>,
    /// Whether the reader may keep a draft.
    pub(super) writes: bool,
}

/// The form.
pub(super) fn form(sheet: &Sheet<'_>) -> Markup {
    let lang = sheet.lang;
    html! {
        section.card.sheet {
            form.rule method="post" action=(sheet.action) novalidate {
                // What the Enter key presses.
                button.unseen type="submit" name="do" value="check" tabindex="-1" aria-hidden="true" {}
                @if let Some(version) = sheet.base { input type="hidden" name="base" value=(version); }
                input type="hidden" name="rows" value=(sheet.rows.len());
                (found(sheet))
                @if !sheet.hook.table.is_empty() {
                    h2 { (say(lang, "表", "The table")) }
                    (table(sheet))
                    button.button.alt type="submit" name="do" value="add" { (say(lang, "加一行", "Add a row")) }
                }
                (script(sheet))
                @if sheet.writes {
                    (control(&Control {
                        name: "note", kind: "text", value: sheet.note, errors: sheet.errors,
                        label: say(lang, "改了什么、为什么", "What is changed, and why"),
                        hint: Some(say(lang, "发布的人和村民会看到。", "Whoever publishes it and the village read this.")),
                    }))
                    (control(&Control {
                        name: "from", kind: "date", value: sheet.from, errors: sheet.errors,
                        label: say(lang, "从哪天起算", "From which day"),
                        hint: Some(say(lang, "不填就从发布时算。", "Left out: from when it is published.")),
                    }))
                }
                div.joined {
                    button.button.alt type="submit" name="do" value="check" { (say(lang, "检查", "Check")) }
                    @if sheet.writes {
                        button.button type="submit" name="do" value="save" { (say(lang, "存为草稿", "Keep as a draft")) }
                    }
                }
            }
        }
    }
}

/// What the check found.
fn found(sheet: &Sheet<'_>) -> Markup {
    let lang = sheet.lang;
    let Some(checked) = sheet.checked else { return html! {} };
    html! {
        @if checked.is_ok() {
            p.alert.done role="status" {
                span.mark aria-hidden="true" { "✓" }
                span.lines { (say(lang, "检查通过。", "The check found nothing wrong.")) }
            }
        } @else {
            div.wrongs role="alert" {
                h2 { (say(lang, "这些地方要改", "These need a change")) }
                ul { @for mistake in &checked.errors { li { (lead(sheet, mistake)) } } }
            }
        }
        @if !checked.cases.is_empty() {
            details.opens #cases open[!checked.is_ok()] {
                summary { (say(lang, "例子", "Cases")) " " (checked.cases.iter().filter(|case| case.ok).count()) "/" (checked.cases.len()) }
                ul.list { @for case in &checked.cases { (one_case(sheet, case)) } }
            }
        }
    }
}

/// A mistake, leading to its place.
fn lead(sheet: &Sheet<'_>, mistake: &Mistake) -> Markup {
    let row = mistake.row.and_then(|row| usize::try_from(row).ok()).and_then(|row| row.checked_sub(1));
    let cell = row.filter(|row| *row < sheet.rows.len()).zip(sheet.hook.table.first());
    let target = match (cell, mistake.field) {
        (Some((row, column)), _) => Some(format!("#{}", input(row, &column.name))),
        (None, "script") => Some("#script".to_owned()),
        _ => None,
    };
    let words = placed(sheet.lang, mistake);
    html! { @match target { Some(target) => a href=(target) { (words) }, None => (words) } }
}

fn one_case(sheet: &Sheet<'_>, case: &CaseResult) -> Markup {
    html! {
        li {
            span.title { span.mark aria-hidden="true" { @if case.ok { "✓" } @else { "!" } } (case.name) }
            @if let Some(wrong) = &case.message { p.error { (wrong.get(sheet.lang)) } }
            @for line in &case.because { p.meta.lines { (line) } }
            @if let Some(output) = &case.output {
                p.meta { @for (name, value) in labelled(&sheet.hook.output, output, sheet.lang) { (name) "：" (value) "　" } }
            }
        }
    }
}

/// 第 3 行第 5 列：….
pub(super) fn placed(lang: Lang, mistake: &Mistake) -> String {
    let message = mistake.message.get(lang);
    match (lang, mistake.line, mistake.column) {
        (Lang::Zh, Some(line), Some(column)) => format!("脚本第 {line} 行第 {column} 列：{message}"),
        (Lang::Zh, Some(line), None) => format!("脚本第 {line} 行：{message}"),
        (Lang::En, Some(line), Some(column)) => format!("Script, line {line}, column {column}: {message}"),
        (Lang::En, Some(line), None) => format!("Script, line {line}: {message}"),
        (_, None, _) => message.to_owned(),
    }
}

fn label(lang: Lang, column: &Field) -> &str {
    column.label.as_ref().map_or(column.name.as_str(), |label| label.get(lang))
}

fn table(sheet: &Sheet<'_>) -> Markup {
    let (lang, columns) = (sheet.lang, &sheet.hook.table);
    html! {
        div.scroll #table {
            table.cards.cells role="table" {
                thead role="rowgroup" { tr role="row" {
                    @for column in columns { th role="columnheader" scope="col" {
                        (label(lang, column))
                        @if let Some(hint) = &column.hint { span.hint { (hint.get(lang)) } }
                    } }
                    th role="columnheader" { span.unseen { (say(lang, "删", "Remove")) } }
                } }
                tbody role="rowgroup" {
                    @for (index, row) in sheet.rows.iter().enumerate() {
                        tr.wrong[is_wrong(sheet, index)] role="row" {
                            @for column in columns { td role="cell" data-label=(label(lang, column)) { (cell(lang, column, index, row)) } }
                            td role="cell" {
                                button.away type="submit" name="do" value={ "remove." (index) }
                                    aria-label={ (say(lang, "删去第", "Remove row")) " " (index + 1) (say(lang, " 行", "")) } {
                                    (say(lang, "删", "Remove"))
                                }
                            }
                        }
                    }
                }
            }
        }
        @if sheet.rows.is_empty() { p.empty { (say(lang, "还没有一行。", "No rows yet.")) } }
    }
}

/// Whether the check found something wrong with a row.
fn is_wrong(sheet: &Sheet<'_>, index: usize) -> bool {
    let errors = sheet.checked.map_or(&[][..], |checked| &checked.errors);
    errors.iter().filter_map(|mistake| usize::try_from(mistake.row?).ok()).any(|row| row == index + 1)
}

fn cell(lang: Lang, column: &Field, index: usize, row: &Row) -> Markup {
    let name = input(index, &column.name);
    let value = typed(column, row.get(&column.name));
    let choices: Vec<(&str, &str)> = match column.kind {
        FieldKind::Choice => column.choices.iter().map(|one| (one.value.as_str(), one.label.get(lang))).collect(),
        FieldKind::YesNo => vec![("true", say(lang, "是", "yes")), ("false", say(lang, "否", "no"))],
        _ => Vec::new(),
    };
    let keyboard = match column.kind {
        FieldKind::Integer | FieldKind::Stars => Some("numeric"),
        FieldKind::Points | FieldKind::Decimal | FieldKind::Money => Some("decimal"),
        _ => None,
    };
    html! {
        label.unseen for=(name) { (label(lang, column)) " " (index + 1) }
        @if choices.is_empty() {
            input.figures[keyboard.is_some()] id=(name) name=(name) type="text" value=(value) inputmode=[keyboard]
                autocomplete="off" title=[column.hint.as_ref().map(|hint| hint.get(lang))];
        } @else {
            select id=(name) name=(name) {
                option value="" { "—" }
                @for (choice, words) in &choices { option value=(choice) selected[*choice == value] { (words) } }
                // What the column does not know is kept, for the check to say so.
                @if !value.is_empty() && !choices.iter().any(|(choice, _)| *choice == value) {
                    option value=(value) selected { (value) }
                }
            }
        }
    }
}

/// The part for experts: the script with its mistakes at their lines.
fn script(sheet: &Sheet<'_>) -> Markup {
    let lang = sheet.lang;
    let wrong: Vec<&Mistake> =
        sheet.checked.iter().flat_map(|checked| &checked.errors).filter(|one| one.field == "script").collect();
    let open = !wrong.is_empty() || sheet.hook.table.is_empty();
    html! {
        details.opens open[open] {
            summary { (say(lang, "脚本（给懂编程的人）", "Script (for experts)")) }
            div.field.wrong[!wrong.is_empty()] {
                label for="script" { (say(lang, "脚本", "Script")) " · " code { (sheet.hook.entry) } }
                @for mistake in &wrong {
                    div.at-line {
                        p.error { span.mark aria-hidden="true" { "!" } (placed(lang, mistake)) }
                        @if let Some(shown) = excerpt(&sheet.text.script, mistake) { pre.code { (shown) } }
                    }
                }
                textarea #script.code name="script" rows="20" spellcheck="false" autocapitalize="off" autocomplete="off"
                    aria-invalid=[(!wrong.is_empty()).then_some("true")] { "\n" (sheet.text.script) }
            }
        }
    }
}

/// The line of a mistake with a mark under its column.
fn excerpt(script: &str, mistake: &Mistake) -> Option<String> {
    let number = usize::try_from(mistake.line?).ok()?;
    let line = script.lines().nth(number.checked_sub(1)?)?.replace('\t', " ");
    let before = usize::try_from(mistake.column.unwrap_or(1).saturating_sub(1)).ok()?;
    let (line, mark) = (line.chars().take(200).collect::<String>(), before.min(200));
    // Han characters are two columns wide.
    let gap: String = line.chars().take(mark).map(|c| if c.is_ascii() { ' ' } else { '\u{3000}' }).collect();
    Some(format!("{number:>4} │ {line}\n     │ {gap}^"))
}

/// What no rule may pass.
pub(super) fn guards(lang: Lang, guards: &[Guard]) -> Markup {
    html! {
        @if !guards.is_empty() {
            p.meta { (say(lang, "区里的底线，谁的规则都不能越过：", "What the district lays down and no rule may pass:")) }
            ul.because { @for guard in guards { li { (guard.say.get(lang)) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use cunshi_contract::Text;

    use super::*;

    #[test]
    fn a_mistake_is_shown_under_its_column() {
        let at = |line, column| Mistake {
            field: "script",
            line: Some(line),
            column: Some(column),
            row: None,
            message: Text::new("缺一个括号", "a bracket is missing"),
            guard: None,
        };
        assert_eq!(excerpt("fn a() {\n  x +\n}", &at(2, 5)).unwrap(), "   2 │   x +\n     │     ^");
        assert_eq!(excerpt("a", &at(9, 1)), None);
        assert_eq!(excerpt("a", &at(0, 0)), None);
        assert!(excerpt("短", &at(1, u32::MAX)).is_some());
        assert_eq!(placed(Lang::Zh, &at(2, 5)), "脚本第 2 行第 5 列：缺一个括号");
    }
}
