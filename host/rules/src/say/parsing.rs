//! What is wrong with a script's text.

use cunshi_contract::Text;
use rhai::{LexError, ParseErrorType as P};

use super::{short, text};

/// A sentence about a script that cannot be read.
pub(crate) fn parsing(error: &P) -> Text {
    match error {
        P::UnexpectedEOF => text("脚本没有写完，可能少了 }", "the script ends too early; perhaps a } is missing"),
        P::BadInput(error) => lexing(error),
        P::UnknownOperator(name) | P::Reserved(name) => reserved(name),
        P::MissingToken(token, _) if token == ";" => text("这里少了 ; 或 }", "a ; or } is missing here"),
        P::MissingToken(token, _) => text(format!("这里少了 {token}"), format!("a `{token}` is missing here")),
        P::MissingSymbol(what) => text("这里少了符号", format!("a symbol is missing here: {}", short(what))),
        P::MalformedIndexExpr(_) => text("[ ] 里写得不对", "what stands in [ ] is not right"),
        P::DuplicatedProperty(name) | P::FnDuplicatedParam(_, name) => twice(name),
        P::DuplicatedVariable(name) | P::VariableExists(name) => {
            let name = short(name);
            text(format!("变量 {name} 已经有了"), format!("there is a variable `{name}` already"))
        }
        P::WrongSwitchIntegerCase | P::WrongSwitchCaseCondition => {
            text("switch 的这一条写得不对", "this case of the switch is not right")
        }
        P::WrongSwitchDefaultCase => text("switch 的 _ 要放在最后", "the _ of a switch comes last"),
        P::PropertyExpected => text(
            "这里要写属性名；until、in 这样的保留词在 #{ } 里要加引号，curry 不能用",
            "the name of a property belongs here; words of the language such as `until` stand in quotes inside #{ }, \
             and `curry` may not be used",
        ),
        P::VariableExpected => text("这里要写变量名", "the name of a variable belongs here"),
        P::ForbiddenVariable(name) => super::forbidden(&short(name)),
        P::MismatchedType(wanted, found) => {
            let (wanted, found) = (short(wanted), short(found));
            text(format!("这里要 {wanted}，写的是 {found}"), format!("{wanted} belongs here, not {found}"))
        }
        P::ExprExpected(_) => text("这里少了一个值", "a value is missing here"),
        P::WrongDocComment => text("/// 说明只能写在函数前面", "a comment with /// stands only before a function"),
        P::WrongFnDefinition => {
            text("函数要写在最外层，不能写在别的函数里", "a function stands at the outer level, not inside another")
        }
        P::FnDuplicatedDefinition(name, _) => super::defined_twice(&short(name)),
        P::FnMissingName => text("fn 后面要写函数名", "after `fn` comes the function's name"),
        P::FnMissingParams(name) => {
            let name = short(name);
            text(format!("函数 {name} 后面要写 ( )"), format!("( ) belong after the function's name `{name}`"))
        }
        P::FnMissingBody(name) => {
            let name = short(name);
            text(format!("函数 {name} 少了 {{ }}"), format!("the function `{name}` has no {{ }}"))
        }
        P::AssignmentToConstant(name) => {
            let name = short(name);
            text(format!("{name} 是常量，不能再改"), format!("`{name}` is constant and cannot be changed"))
        }
        P::AssignmentToInvalidLHS(_) => {
            text("= 左边只能是变量；比较请用 ==", "left of = stands a variable; to compare, write ==")
        }
        P::VariableUndefined(name) => undefined(name),
        P::LiteralTooLarge(_, most) => text(
            format!("写得太长：文字最多 {most} 字节，列表和 #{{ }} 也有上限"),
            format!("this is too long (at most {most}); texts, lists and maps have limits"),
        ),
        P::ExprTooDeep => text(
            "这个式子或括号套得太深，请拆成几句",
            "this expression is nested too deep or too long: divide it into several statements",
        ),
        P::TooManyFunctions => text("函数太多：最多 32 个", "there are too many functions: at most 32"),
        P::LoopBreak => text("break 和 continue 只能写在循环里", "`break` and `continue` stand only inside a loop"),
        other => {
            let detail = short(&other.to_string());
            text(format!("看不懂这里：{detail}"), format!("this cannot be read: {detail}"))
        }
    }
}

pub(super) fn undefined(name: &str) -> Text {
    let name = short(name);
    text(
        format!("没有变量 {name}；没有名字的函数（|x| …）看不到外面的变量，请改用 for"),
        format!("there is no variable `{name}`; a function without a name (|x| …) sees none from outside: use `for`"),
    )
}

fn reserved(name: &str) -> Text {
    match name {
        "===" | "!==" => text("比较请用 == 或 !=", "to compare, write == or !="),
        _ => super::forbidden(&short(name)),
    }
}

fn twice(name: &str) -> Text {
    let name = short(name);
    text(format!("{name} 写了两次"), format!("`{name}` is given twice"))
}

fn lexing(error: &LexError) -> Text {
    match error {
        LexError::UnexpectedInput(found) if found == "}" => text("这里多了一个 }", "here is one } too many"),
        LexError::UnexpectedInput(found) => {
            let found = short(found);
            text(
                format!("看不懂“{found}”；标点要用英文的"),
                format!("“{found}” cannot be read; punctuation is that of an English keyboard"),
            )
        }
        LexError::UnterminatedString => text("文字少了后一个引号", "the text has no closing quote"),
        LexError::StringTooLong(most) => {
            text(format!("文字最多 {most} 字节"), format!("a text has at most {most} bytes"))
        }
        LexError::MalformedNumber(found) => {
            let found = short(found);
            text(format!("{found} 不是数，或数太大"), format!("{found} is no number, or too great a one"))
        }
        LexError::MalformedEscapeSequence(found) => {
            let found = short(found);
            text(format!("文字里的 {found} 写得不对"), format!("{found} is not right inside a text"))
        }
        LexError::MalformedChar(_) => text(
            "单引号里只能有一个字；文字请用双引号",
            "single quotes hold one letter; a text stands in double quotes",
        ),
        LexError::ImproperSymbol(found, _) if found.starts_with(|first: char| first.is_alphabetic()) => {
            super::forbidden(&short(found))
        }
        LexError::MalformedIdentifier(found) | LexError::ImproperSymbol(found, _) => {
            let found = short(found);
            text(format!("这里不能写“{found}”"), format!("“{found}” is not right here"))
        }
        other => {
            let detail = short(&other.to_string());
            text(format!("看不懂这里：{detail}"), format!("this cannot be read: {detail}"))
        }
    }
}
