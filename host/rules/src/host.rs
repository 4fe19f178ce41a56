//! The functions of the host: what a script can call beside Rhai's own.

use cunshi_contract::Text;
use cunshi_model::calendar::MAX_DAYS;
use cunshi_model::rules::{Question, Span};
use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Position};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::run::{self, Stop};
use crate::table::Row;
use crate::{amount, say};

/// Greatest number of lines that a script says.
const MOST_REASONS: usize = 8;
/// Greatest length of one, in characters.
const MOST_REASON: usize = 200;
/// Greatest length of an item that is asked about, in characters.
const MOST_ITEM: usize = 200;

type Answer<T> = Result<T, Box<EvalAltResult>>;

/// A sentence of ours on its way through Rhai.
#[derive(Clone, Debug)]
pub(crate) struct Said(pub(crate) Text);

/// Registers all of them.
pub(crate) fn register(engine: &mut Engine) {
    table(engine);
    history(engine);
    numbers(engine);
    engine.register_fn("because", because);
    // Where `sleep` cannot come from the packages, a call of it still gets a sentence.
    engine.register_fn("sleep", |_seconds: Dynamic| -> Answer<()> { fail(say::no_sleep()) });
}

fn table(engine: &mut Engine) {
    engine.register_type_with_name::<Row>("row");
    engine.register_indexer_get(|row: &mut Row, column: ImmutableString| -> Answer<Dynamic> {
        let value = row.get(&column).cloned();
        value.ok_or_else(|| EvalAltResult::ErrorPropertyNotFound(column.to_string(), Position::NONE).into())
    });
    engine.register_fn("contains", |row: &mut Row, column: &str| row.get(column).is_some_and(|value| !value.is_unit()));
    engine.register_fn("row", |key: &str| row(key));
    engine.register_fn("row", |key: i64| row(&key.to_string()));
    engine.register_fn("rows", || -> Array {
        let rows = |run: &mut run::Run| run.table.rows().iter().cloned().map(Dynamic::from).collect();
        run::current(rows).unwrap_or_default()
    });
}

fn row(key: &str) -> Dynamic {
    run::current(|run| run.table.row(key).cloned()).flatten().map_or(Dynamic::UNIT, Dynamic::from)
}

fn history(engine: &mut Engine) {
    for (name, household) in [("times", false), ("times_of_household", true)] {
        engine.register_fn(name, move |item: &str, span: &str| -> Answer<i64> {
            let (key, span) = history_of(name, item, span)?;
            ask(key, Question::Times { item: item.to_owned(), span, household })
        });
    }
    for (name, household) in [("total", false), ("total_of_household", true)] {
        engine.register_fn(name, move |item: &str, span: &str| -> Answer<Decimal> {
            let (key, span) = history_of(name, item, span)?;
            ask(key, Question::Total { item: item.to_owned(), span, household }).map(amount::points)
        });
    }
    engine.register_fn("balance", |kind: &str| -> Answer<Decimal> {
        if !["base", "redeemable", "honour"].contains(&kind) {
            return fail(say::unknown_kind(kind));
        }
        ask(format!("balance({kind})"), Question::Balance { kind: kind.to_owned() }).map(amount::points)
    });
    engine.register_fn("working_days", |days: i64, from: i64| -> Answer<i64> {
        let days = u32::try_from(days).ok().filter(|days| *days <= MAX_DAYS);
        let Some(days) = days else { return fail(say::days(MAX_DAYS)) };
        ask(format!("working_days({days}, {from})"), Question::WorkingDays { days, from })
    });
}

/// The question as it is recorded, and its span.
fn history_of(name: &str, item: &str, span: &str) -> Answer<(String, Span)> {
    if item.chars().count() > MOST_ITEM {
        return fail(say::item_too_long());
    }
    let known = match span {
        "day" => Span::Day,
        "month" => Span::Month,
        "quarter" => Span::Quarter,
        "year" => Span::Year,
        "ever" => Span::Ever,
        other => return fail(say::unknown_span(other)),
    };
    Ok((format!("{name}({item}, {span})"), known))
}

fn ask(question: String, what: Question) -> Answer<i64> {
    // Without a run there is nobody to answer; an error that no script can catch ends it.
    run::current(|run| run.ask(question, what))
        .flatten()
        .ok_or_else(|| EvalAltResult::ErrorTerminated(Dynamic::UNIT, Position::NONE).into())
}

fn because(reason: &str) -> Answer<()> {
    if reason.chars().count() > MOST_REASON {
        return fail(say::reason_too_long(MOST_REASON));
    }
    let room = run::current(|run| {
        let room = run.because.len() < MOST_REASONS;
        if room {
            run.because.push(reason.to_owned());
        }
        room
    });
    if room == Some(false) { fail(say::too_many_reasons(MOST_REASONS)) } else { Ok(()) }
}

/// Numbers: decimals read as people write them, and are rounded only where the script says so.
fn numbers(engine: &mut Engine) {
    for name in ["to_string", "to_text"] {
        engine.register_fn(name, |number: Decimal| number.normalize().to_string());
    }
    engine.register_fn("to_text", |number: i64| number.to_string());
    engine.register_fn("floor", |number: Decimal| number.floor());
    engine.register_fn("floor", |number: i64| number);
    engine.register_fn("ceiling", |number: Decimal| number.ceil());
    engine.register_fn("ceiling", |number: i64| number);
    engine.register_fn("round", |number: Decimal| round(number, 0));
    engine.register_fn("round", |number: i64| number);
    engine.register_fn("round", |number: Decimal, places: i64| -> Answer<Decimal> {
        match u32::try_from(places).ok().filter(|places| *places <= Decimal::MAX_SCALE) {
            Some(places) => Ok(round(number, places)),
            None => fail(say::digits()),
        }
    });
    engine.register_fn("to_int", |number: Decimal| -> Answer<i64> {
        use rust_decimal::prelude::ToPrimitive;
        number.trunc().to_i64().map_or_else(|| fail(say::number_too_great()), Ok)
    });
    engine.register_fn("to_int", |number: i64| number);
    engine.register_fn("to_decimal", |number: i64| Decimal::from(number));
    engine.register_fn("to_decimal", |number: Decimal| number);
    engine.register_fn("parse_decimal", |text: &str| -> Dynamic {
        amount::read(text, Decimal::MAX_SCALE as usize).map_or(Dynamic::UNIT, Dynamic::from_decimal)
    });
}

/// Half goes away from zero, as people do.
fn round(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

fn fail<T>(text: Text) -> Answer<T> {
    Err(EvalAltResult::ErrorRuntime(Dynamic::from(Said(text)), Position::NONE).into())
}

/// Our own sentence, where an error carries one.
pub(crate) fn said(error: &EvalAltResult) -> Option<Text> {
    match error {
        EvalAltResult::ErrorRuntime(thrown, _) => thrown.read_lock::<Said>().map(|said| said.0.clone()),
        _ => None,
    }
}

/// The sentence of what stopped a run; none for a question.
pub(crate) fn stopped(stop: &Stop) -> Option<Text> {
    match stop {
        Stop::Asks(..) => None,
        Stop::TooManyQuestions => Some(say::too_many_questions(run::MOST_QUESTIONS)),
        Stop::Operations | Stop::Time => Some(say::endless()),
    }
}
