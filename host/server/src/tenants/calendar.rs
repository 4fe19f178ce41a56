//! `calendar.toml`: days off and make-up days, by festival.

use std::collections::BTreeMap;

use cunshi_model::Calendar;
use cunshi_model::calendar::DayKind;
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::source::{FileError, Source};
use crate::words::say;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    festival: Vec<Festival>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Festival {
    /// For whoever reads the file.
    #[serde(rename = "name")]
    _name: String,
    #[serde(default)]
    holidays: Vec<Spanned<Datetime>>,
    #[serde(default)]
    working: Vec<Spanned<Datetime>>,
}

/// Reads the calendar; a day may stand only once.
pub(super) fn read(source: Source, sources: &mut Vec<Source>) -> Result<Calendar, FileError> {
    let file: File = source.toml()?;
    let mut days = BTreeMap::new();
    for festival in file.festival {
        let holidays = festival.holidays.into_iter().map(|day| (day, DayKind::Holiday));
        let working = festival.working.into_iter().map(|day| (day, DayKind::Working));
        for (written, kind) in holidays.chain(working) {
            let at = source.at(written.span().start);
            let day = day(written.get_ref()).ok_or_else(|| {
                let text = written.get_ref();
                FileError::new(
                    &at,
                    say(format!("{text} 不是日期，例如 2026-10-01"), format!("{text} is not a day such as 2026-10-01")),
                )
            })?;
            if days.insert(day, kind).is_some() {
                return Err(FileError::new(&at, say(format!("{day} 写了两次"), format!("{day} stands twice"))));
            }
        }
    }
    sources.push(source);
    Ok(Calendar::new(days))
}

fn day(written: &Datetime) -> Option<Date> {
    let (Some(date), None, None) = (written.date, written.time, written.offset) else { return None };
    let small = |number: u8| i8::try_from(number).ok();
    Date::new(i16::try_from(date.year).ok()?, small(date.month)?, small(date.day)?).ok()
}
