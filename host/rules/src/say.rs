//! The sentences: each says what is wrong and what to do, in Chinese and English.

use cunshi_contract::rule::Hook;
use cunshi_contract::rule::RuleCase;
use cunshi_contract::{Field, Text, field::Choice};
use cunshi_model::rules::Guard;
use rust_decimal::Decimal;
use serde_json::Value;

mod parsing;
mod running;

pub(crate) use parsing::parsing;
pub(crate) use running::{endless, running};

fn text(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(zh, en)
}

fn names(fields: &[Field]) -> String {
    if fields.is_empty() {
        return "—".to_owned();
    }
    fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// What somebody wrote, short enough for a sentence.
fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

// Values.

pub(crate) fn needed() -> Text {
    text("必须填写", "it must be given")
}

pub(crate) fn no_floats(value: &Value) -> Text {
    text(
        format!("小数要写在引号里，如 \"0.5\"；这里是 {value}"),
        format!("write a number with decimals in quotes, such as \"0.5\"; here is {value}"),
    )
}

pub(crate) fn points() -> Text {
    text(
        "请写分数：整数，或引号里最多两位小数的数，如 \"0.5\"",
        "write points: a whole number, or at most two decimal places in quotes, such as \"0.5\"",
    )
}

pub(crate) fn decimal() -> Text {
    text(
        "请写数字：整数，或引号里最多四位小数的数，如 \"2.5\"",
        "write a number: a whole one, or at most four decimal places in quotes, such as \"2.5\"",
    )
}

pub(crate) fn whole_number() -> Text {
    text("请写整数", "write a whole number")
}

pub(crate) fn stars() -> Text {
    text("请写 1 到 5 的整数", "write a whole number from 1 to 5")
}

pub(crate) fn yes_no() -> Text {
    text("请写 true 或 false", "write true or false")
}

pub(crate) fn text_wanted() -> Text {
    text("请写文字，放在引号里", "write a text in quotes")
}

pub(crate) fn list() -> Text {
    text("请写一组文字，如 [\"a\", \"b\"]", "write a list of texts, such as [\"a\", \"b\"]")
}

pub(crate) fn period() -> Text {
    text("请写起止日期 from 和 to", "write two days, `from` and `to`")
}

pub(crate) fn choice(found: &str, choices: &[Choice]) -> Text {
    let may = choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(", ");
    let found = short(found);
    text(format!("只能是 {may} 之一，这里是“{found}”"), format!("it must be one of {may}; here is “{found}”"))
}

pub(crate) fn too_long(most: i64, found: i64) -> Text {
    text(format!("最多 {most} 个字，这里有 {found} 个"), format!("at most {most} characters; this has {found}"))
}

pub(crate) fn at_least(least: &str) -> Text {
    text(format!("不能小于 {least}"), format!("it must be at least {least}"))
}

pub(crate) fn at_most(most: &str) -> Text {
    text(format!("不能大于 {most}"), format!("it must be at most {most}"))
}

pub(crate) fn too_great() -> Text {
    text("数太大：分数最多一百万", "the number is too great: at most a million points")
}

pub(crate) fn places(number: Decimal, most: usize) -> Text {
    text(
        format!("{number} 的小数多于 {most} 位，请用 round(…, {most}) 或 floor(…)"),
        format!("{number} has more than {most} decimal places: use round(…, {most}) or floor(…)"),
    )
}

pub(crate) fn function() -> Text {
    text("函数不能作为结果，请写出值", "a function is no answer: give a value")
}

// Facts and answers.

pub(crate) fn unknown_fact(name: &str, fields: &[Field]) -> Text {
    text(
        format!("事实里没有“{}”这一项，有的是：{}", short(name), names(fields)),
        format!("there is no fact `{}`; there are: {}", short(name), names(fields)),
    )
}

pub(crate) fn in_fact(name: &str, problem: &Text) -> Text {
    text(format!("事实“{name}”：{}", problem.zh), format!("the fact `{name}`: {}", problem.en))
}

pub(crate) fn answers_function() -> Text {
    text("规则给出的是一个函数，请给出 #{ … }", "the rule answers with a function: answer with #{ … }")
}

pub(crate) fn no_answer(kind: &str, fields: &[Field]) -> Text {
    let kind = running::plain(kind);
    text(
        format!("规则要给出 #{{ … }}，写明 {}；这里给出的是 {kind}", names(fields)),
        format!("a rule answers with #{{ … }} that names {}; this one answers with {kind}", names(fields)),
    )
}

pub(crate) fn missing_answer(name: &str) -> Text {
    text(format!("结果里没有给出 {name}"), format!("the answer does not give `{name}`"))
}

pub(crate) fn extra_answer(name: &str, fields: &[Field]) -> Text {
    text(
        format!("结果里多了“{}”，可以给出的是：{}", short(name), names(fields)),
        format!("the answer gives `{}`, which nobody asked for; it may give: {}", short(name), names(fields)),
    )
}

pub(crate) fn in_answer(name: &str, problem: &Text) -> Text {
    text(format!("结果的“{name}”：{}", problem.zh), format!("the answer's `{name}`: {}", problem.en))
}

// The table.

pub(crate) fn too_many_rows(found: usize, most: usize) -> Text {
    text(format!("表最多 {most} 行，现有 {found} 行"), format!("a table has at most {most} rows; this has {found}"))
}

fn row(number: u32, key: &str) -> Text {
    if key.is_empty() {
        return text(format!("表第 {number} 行"), format!("row {number} of the table"));
    }
    let key = short(key);
    text(format!("表第 {number} 行（{key}）"), format!("row {number} of the table ({key})"))
}

pub(crate) fn in_cell(number: u32, key: &str, column: &Field, problem: &Text) -> Text {
    let row = row(number, key);
    let label = column.label.as_ref().map_or_else(|| text(&*column.name, &*column.name), Clone::clone);
    text(format!("{}的“{}”：{}", row.zh, label.zh, problem.zh), format!("{}, “{}”: {}", row.en, label.en, problem.en))
}

pub(crate) fn unknown_column(number: u32, key: &str, name: &str, columns: &[Field]) -> Text {
    let row = row(number, key);
    let (name, columns) = (short(name), names(columns));
    text(
        format!("{}：没有“{name}”这一列，有的是：{columns}", row.zh),
        format!("{}: there is no column `{name}`; there are: {columns}", row.en),
    )
}

pub(crate) fn key_twice(number: u32, key: &str, first: usize) -> Text {
    let row = row(number, key);
    text(
        format!("{}：和第 {first} 行是同一项，请合并或改名", row.zh),
        format!("{}: row {first} has the same key; merge them or change one", row.en),
    )
}

// Guards.

fn bound(guard: &Guard) -> (String, String) {
    let value = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match (guard.min.as_ref().map(value), guard.max.as_ref().map(value)) {
        (Some(min), Some(max)) => (format!("{min} 到 {max} 之间"), format!("between {min} and {max}")),
        (Some(min), None) => (format!("不小于 {min}"), format!("at least {min}")),
        (None, Some(max)) => (format!("不大于 {max}"), format!("at most {max}")),
        (None, None) => ("有限".to_owned(), "within bounds".to_owned()),
    }
}

pub(crate) fn passed(guard: &Guard, found: &str) -> Text {
    let (zh, en) = bound(guard);
    text(
        format!("越过区里的底线“{}”：{}（{} 应{zh}，这里是 {found}）", guard.name, guard.say.zh, guard.output),
        format!(
            "it passes the district's guard `{}`: {} ({} must be {en}; here it is {found})",
            guard.name, guard.say.en, guard.output
        ),
    )
}

pub(crate) fn passed_in_row(number: u32, key: &str, problem: &Text) -> Text {
    let row = row(number, key);
    text(format!("{}{}", row.zh, problem.zh), format!("{}: {}", row.en, problem.en))
}

pub(crate) fn guard_unreadable(guard: &Guard) -> Text {
    text(
        format!("区里的底线“{}”写错了：{} 不能和 min、max 相比，请告诉区里", guard.name, guard.output),
        format!(
            "the district's guard `{}` is wrong: {} cannot be compared with its bounds; tell the district",
            guard.name, guard.output
        ),
    )
}

// The script as a whole.

pub(crate) fn too_large(found: usize, most: usize) -> Text {
    let (found, most) = (found.div_ceil(1024), most / 1024);
    text(
        format!("脚本最多 {most} KiB，现有 {found} KiB"),
        format!("a script has at most {most} KiB; this has {found} KiB"),
    )
}

pub(crate) fn no_entry(hook: &Hook) -> Text {
    let entry = format!("fn {}({}) {{ … }}", hook.function(), hook.parameter());
    text(format!("脚本里没有 {entry}，请写上"), format!("the script has no {entry}: write it"))
}

pub(crate) fn entry_arity(hook: &Hook, found: usize) -> Text {
    let entry = format!("fn {}({})", hook.function(), hook.parameter());
    text(
        format!("{entry} 只有一个参数，这里写了 {found} 个"),
        format!("{entry} takes one parameter; here it takes {found}"),
    )
}

pub(crate) fn shadows(name: &str) -> Text {
    text(
        format!("{name} 是平台的函数，不能另写一个，请换个名字"),
        format!("`{name}` is a function of the platform and cannot be written anew: choose another name"),
    )
}

pub(crate) fn defined_twice(name: &str) -> Text {
    text(
        format!("函数 {name} 写了两次，请只留一个或换个名字"),
        format!("the function `{name}` is written twice: keep one, or choose another name"),
    )
}

pub(crate) fn outside() -> Text {
    text("函数外面不能写语句，请写到函数里", "only functions may stand at the outer level: move this into one")
}

pub(crate) fn forbidden(name: &str) -> Text {
    text(format!("规则里不能用 {name}，请去掉"), format!("`{name}` may not be used in a rule: take it out"))
}

pub(crate) fn unknown_function(name: &str) -> Text {
    let name = short(name);
    text(format!("没有叫 {name} 的函数"), format!("there is no function called `{name}`"))
}

pub(crate) fn wrong_arity(name: &str, found: usize, may: &[usize]) -> Text {
    let may = may.iter().map(ToString::to_string).collect::<Vec<_>>();
    text(
        format!("{name} 要 {} 个参数，这里给了 {found} 个", may.join(" 或 ")),
        format!("`{name}` takes {} arguments; here it is given {found}", may.join(" or ")),
    )
}

pub(crate) fn engine_stumbled() -> Text {
    text(
        "规则引擎自己出了错，这次不算，请告诉区里",
        "the rule engine itself failed; nothing was decided. Tell the district",
    )
}

// Cases.

pub(crate) fn too_many_cases(found: usize, most: usize) -> Text {
    text(format!("例子最多 {most} 个，现有 {found} 个"), format!("there are at most {most} cases; here are {found}"))
}

pub(crate) fn in_case(case: &RuleCase, problem: &Text) -> Text {
    let name = short(&case.name);
    text(format!("例子“{name}”：{}", problem.zh), format!("the case “{name}”: {}", problem.en))
}

pub(crate) fn case_differs(name: &str, wanted: &str, found: &str) -> Text {
    text(format!("{name} 应当是 {wanted}，得到的是 {found}"), format!("`{name}` should be {wanted}, and is {found}"))
}

pub(crate) fn case_unknown(name: &str, fields: &[Field]) -> Text {
    text(
        format!("结果里没有“{}”这一项，有的是：{}", short(name), names(fields)),
        format!("the answer has no `{}`; it has: {}", short(name), names(fields)),
    )
}

pub(crate) fn case_answer(question: &str, problem: &Text) -> Text {
    text(format!("回答“{question}”：{}", problem.zh), format!("the answer to `{question}`: {}", problem.en))
}

// What a script asks and says.

pub(crate) fn unknown_span(found: &str) -> Text {
    let found = short(found);
    text(
        format!("时间段写 \"day\"、\"month\"、\"quarter\"、\"year\" 或 \"ever\"，这里是“{found}”"),
        format!("a span is \"day\", \"month\", \"quarter\", \"year\" or \"ever\"; here is “{found}”"),
    )
}

pub(crate) fn unknown_kind(found: &str) -> Text {
    let found = short(found);
    text(
        format!("分的种类写 \"base\"、\"redeemable\" 或 \"honour\"，这里是“{found}”"),
        format!("a kind of points is \"base\", \"redeemable\" or \"honour\"; here is “{found}”"),
    )
}

pub(crate) fn item_too_long() -> Text {
    text("项目名最多 200 个字", "an item has at most 200 characters")
}

pub(crate) fn days(most: u32) -> Text {
    text(format!("工作日数要在 0 到 {most} 之间"), format!("the number of working days is from 0 to {most}"))
}

pub(crate) fn too_many_questions(most: usize) -> Text {
    text(
        format!("一次最多问平台 {most} 个问题，请少问几个"),
        format!("a rule asks the platform at most {most} questions: ask fewer"),
    )
}

pub(crate) fn too_many_reasons(most: usize) -> Text {
    text(format!("because 最多说 {most} 句"), format!("because says at most {most} lines"))
}

pub(crate) fn reason_too_long(most: usize) -> Text {
    text(format!("because 一句最多 {most} 个字"), format!("a line of because has at most {most} characters"))
}

pub(crate) fn no_sleep() -> Text {
    text("规则里不能等待（sleep），请去掉", "a rule cannot wait: take `sleep` out")
}

pub(crate) fn digits() -> Text {
    text("小数位数要在 0 到 28 之间", "the number of decimal places is from 0 to 28")
}

pub(crate) fn number_too_great() -> Text {
    text("数太大，算不了", "the number is too great to reckon with")
}
