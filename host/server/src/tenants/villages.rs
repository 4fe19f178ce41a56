//! `villages.csv`: one line per village with its code, name, kind and town.

use std::collections::BTreeMap;
use std::str::FromStr;

use cunshi_model::{SpaceCode, SpaceKind};

use super::source::{At, FileError, Source};
use crate::words::say;

/// The columns, in their order.
const COLUMNS: [&str; 5] = ["code", "name", "kind", "town_code", "town"];

/// A line of the file.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) code: SpaceCode,
    pub(super) name: String,
    pub(super) kind: SpaceKind,
    pub(super) town: SpaceCode,
    pub(super) town_name: String,
    pub(super) at: At,
}

/// Reads the lines; a code may stand only once, and a town has one name.
pub(super) fn read(source: Source, sources: &mut Vec<Source>) -> Result<Vec<Row>, FileError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source.text.as_bytes());
    let headers = reader.headers().map_err(|error| in_csv(&source, &error))?;
    if headers.iter().ne(COLUMNS) {
        let columns = COLUMNS.join(",");
        return Err(FileError::new(
            &source.line(1),
            say(format!("第一行应是 {columns}"), format!("the first line must be {columns}")),
        ));
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut seen: BTreeMap<SpaceCode, usize> = BTreeMap::new();
    let mut towns: BTreeMap<SpaceCode, (String, usize)> = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| in_csv(&source, &error))?;
        let line = line(&source, record.position());
        let row = row(&record, source.line(line))?;
        if let Some(first) = seen.insert(row.code.clone(), line) {
            let code = &row.code;
            return Err(FileError::new(
                &row.at,
                say(format!("{code} 在第 {first} 行已经有了"), format!("{code} stands on line {first} already")),
            ));
        }
        let (name, first) = towns.entry(row.town.clone()).or_insert_with(|| (row.town_name.clone(), line));
        if *name != row.town_name {
            return Err(FileError::new(
                &row.at,
                say(
                    format!("{} 在第 {first} 行叫 {name}，这里叫 {}", row.town, row.town_name),
                    format!("{} is {name} on line {first} and {} here", row.town, row.town_name),
                ),
            ));
        }
        rows.push(row);
    }
    sources.push(source);
    Ok(rows)
}

fn row(record: &csv::StringRecord, at: At) -> Result<Row, FileError> {
    let column = |index: usize| record.get(index).unwrap_or_default();
    let code =
        |index: usize| SpaceCode::from_str(column(index)).map_err(|error| FileError::new(&at, error.to_string()));
    let filled = |index: usize, name: &str| match column(index) {
        "" => Err(FileError::new(&at, say(format!("缺 {name}"), format!("`{name}` is empty")))),
        text => Ok(text.to_owned()),
    };
    let kind = match SpaceKind::parse(column(2)) {
        Some(kind) if kind.is_village() => kind,
        _ => {
            let given = column(2);
            return Err(FileError::new(
                &at,
                say(
                    format!("kind 是 {given}，应是 village 或 community"),
                    format!("`{given}` is not a kind: write village or community"),
                ),
            ));
        }
    };
    let (code, town) = (code(0)?, code(3)?);
    if code == town || !code.as_str().starts_with(town.as_str().trim_end_matches('0')) {
        return Err(FileError::new(
            &at,
            say(format!("{code} 不在 {town} 之下"), format!("{code} does not lie under {town}")),
        ));
    }
    Ok(Row { code, name: filled(1, "name")?, kind, town, town_name: filled(4, "town")?, at })
}

fn in_csv(source: &Source, error: &csv::Error) -> FileError {
    let line = line(source, error.position());
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            say(format!("有 {len} 栏，应有 {expected_len} 栏"), format!("{len} columns, where {expected_len} are due"))
        }
        _ => error.to_string(),
    };
    FileError::new(&source.line(line), message)
}

/// The line on which a record begins. The reader's own count is one behind in files with Windows' line ends: it
/// takes a record to begin between the two characters of the line end before.
fn line(source: &Source, position: Option<&csv::Position>) -> usize {
    let begins = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let rest = source.text.get(begins..).unwrap_or_default();
    let begins = begins + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
    1 + source.text.bytes().take(begins).filter(|byte| *byte == b'\n').count()
}
