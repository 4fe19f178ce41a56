//! Why a script failed while it ran.

use cunshi_contract::Text;
use rhai::EvalAltResult as E;

use super::{short, text};

/// A sentence about a run that failed.
pub(crate) fn running(error: &E) -> Text {
    match error {
        E::ErrorParsing(error, _) => super::parsing(error),
        E::ErrorVariableNotFound(name, _) => super::parsing::undefined(name),
        E::ErrorPropertyNotFound(name, _) => property(name),
        E::ErrorIndexNotFound(name, _) => property(&name.to_string()),
        E::ErrorFunctionNotFound(signature, _) => call(signature),
        E::ErrorUnboundThis(_) => text("这里没有 this", "there is no `this` here"),
        E::ErrorMismatchDataType(wanted, found, _) | E::ErrorMismatchOutputType(wanted, found, _) => {
            let (wanted, found) = (plain(wanted), plain(found));
            text(format!("这里要 {wanted}，得到的是 {found}"), format!("{wanted} belongs here, not {found}"))
        }
        E::ErrorIndexingType(kind, _) => {
            let kind = short(kind);
            text(format!("不能用 [ ] 取：{kind}"), format!("[ ] reads nothing here: {kind}"))
        }
        E::ErrorArrayBounds(there, at, _) | E::ErrorStringBounds(there, at, _) => text(
            format!("没有第 {at} 个：一共 {there} 个，从 0 数起"),
            format!("there is no number {at}: there are {there}, counted from 0"),
        ),
        E::ErrorBitFieldBounds(..) => text("数的位没有这么多", "a number has no such bit"),
        E::ErrorFor(_) => {
            text("for 里要一个列表或范围，如 rows() 或 0..5", "`for` goes over a list or range, such as rows() or 0..5")
        }
        E::ErrorNonPureMethodCallOnConstant(name, _) | E::ErrorAssignmentToConstant(name, _) => {
            let name = short(name);
            text(format!("{name} 是常量，不能改"), format!("`{name}` is constant and cannot be changed"))
        }
        E::ErrorDotExpr(detail, _) => dot(detail),
        E::ErrorArithmetic(detail, _) => arithmetic(detail),
        E::ErrorTooManyOperations(_) => endless(),
        E::ErrorTooManyVariables(_) => text("变量太多：最多 64 个", "there are too many variables: at most 64"),
        E::ErrorStackOverflow(_) => {
            text("函数互相调用套得太深：最多 16 层", "functions call each other too deep: at most 16 levels")
        }
        E::ErrorDataTooLarge(_, _) => too_large(),
        E::ErrorRuntime(thrown, _) if thrown.is_string() => {
            let thrown = short(&thrown.to_string());
            text(format!("规则自己停下了：{thrown}"), format!("the rule stopped itself: {thrown}"))
        }
        E::ErrorRuntime(..) => text("规则自己停下了（throw）", "the rule stopped itself (`throw`)"),
        other => {
            let detail = short(&other.to_string());
            text(format!("脚本运行出错：{detail}"), format!("the script failed: {detail}"))
        }
    }
}

/// The rule does not come to an end.
pub(crate) fn endless() -> Text {
    text(
        "规则算得太久，停下了：看看循环会不会结束",
        "the rule reckons too long and was stopped: see whether its loops end",
    )
}

/// What a rule holds at once is too much.
fn too_large() -> Text {
    text(
        "数据太大：文字最多 4096 字节，列表最多 256 项，#{ } 最多 128 项",
        "this is too large: a text has at most 4,096 bytes, a list 256 items, a map 128",
    )
}

fn property(name: &str) -> Text {
    let name = short(name);
    text(
        format!("没有“{name}”这一项，看看是不是写错了"),
        format!("there is no `{name}` here: see whether it is misspelt"),
    )
}

/// `Unknown property 'points' - a getter is not registered for type '()'`
fn dot(detail: &str) -> Text {
    let mut quoted = detail.split('\'').skip(1).step_by(2);
    match (quoted.next(), quoted.next()) {
        (Some(name), Some("()")) => {
            let name = short(name);
            text(
                format!("这里没有值，读不到 {name}：先看看是不是 ()，如 row(…) 没有找到"),
                format!("there is nothing here to read `{name}` from: test for () first, as when row(…) finds nothing"),
            )
        }
        (Some(name), _) => property(name),
        _ => {
            let detail = short(detail);
            text(format!("读不到这一项：{detail}"), format!("this cannot be read: {detail}"))
        }
    }
}

fn arithmetic(detail: &str) -> Text {
    if detail.contains("by zero") {
        return text("不能除以 0", "nothing can be divided by 0");
    }
    if detail.contains("overflow") {
        return super::number_too_great();
    }
    let detail = short(detail);
    text(format!("算不了：{detail}"), format!("this cannot be reckoned: {detail}"))
}

/// `times (i64, &str | ImmutableString | String)`
fn call(signature: &str) -> Text {
    let Some((name, kinds)) = signature.split_once(" (").filter(|(name, _)| !name.contains(' ')) else {
        let detail = short(signature);
        return text(format!("不能这样用：{detail}"), format!("this cannot be done: {detail}"));
    };
    let kinds: Vec<&str> =
        kinds.strip_suffix(')').unwrap_or(kinds).split(", ").filter(|kind| !kind.is_empty()).map(plain).collect();
    let call = format!("{}({})", short(name), kinds.join(", "));
    if name.chars().any(char::is_alphanumeric) {
        return text(format!("没有这样的函数：{call}"), format!("there is no such function: {call}"));
    }
    text(
        format!("{} 不能这样用：{}", name, kinds.join(", ")),
        format!("`{}` does not go with {}", name, kinds.join(", ")),
    )
}

/// The name of a kind of value as the documents have it.
pub(super) fn plain(kind: &str) -> &str {
    match kind {
        "&str | ImmutableString | String" | "string" => "text",
        "i64" => "integer",
        "()" => "()",
        "map" => "#{}",
        "Fn" => "function",
        other if other.ends_with("Decimal") => "decimal",
        other => other,
    }
}
