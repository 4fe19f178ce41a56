//! The table of income and expenses, typed as lines of text, and its arithmetic in whole fen.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// Greatest number of rows of a table.
pub const MAX_ROWS: usize = 120;
/// Longest name of a row and longest note, in characters.
pub const MAX_TEXT: usize = 80;
/// Greatest amount of one cell, in fen: a hundred million yuan.
pub const MAX_FEN: i64 = 10_000_000_000;

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it was.
    pub item: String,
    /// Fen that came in.
    #[serde(default)]
    pub income: i64,
    /// Fen that went out.
    #[serde(default)]
    pub expense: i64,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The table with its balances, which agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finance {
    /// Fen at the beginning.
    pub opening: i64,
    /// The rows, in the order in which they were typed.
    pub rows: Vec<Row>,
    /// Fen at the end.
    pub closing: i64,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineProblem {
    /// It has no `|` and the like.
    NoColumns,
    /// It has more than four columns.
    TooManyColumns,
    /// It does not say what it is.
    NoItem,
    /// Name or note are too long.
    TooLong,
    /// The income is no amount.
    Income,
    /// The expense is no amount.
    Expense,
    /// It has neither.
    NoAmount,
}

/// A line that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Its number, from 1, as it was typed.
    pub line: usize,
    /// What is wrong.
    pub problem: LineProblem,
}

/// Why a table is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// Lines that cannot be read.
    Lines(Vec<LineError>),
    /// More than [`MAX_ROWS`].
    TooManyRows,
    /// Balances without rows.
    NoRows,
    /// Rows without one of the balances.
    NoBalance {
        /// The opening one is missing.
        opening: bool,
        /// The closing one is missing.
        closing: bool,
    },
    /// Opening + income − expenses is not the closing balance.
    Unbalanced {
        /// Fen that came in.
        income: i64,
        /// Fen that went out.
        expense: i64,
        /// What it comes to.
        sum: i64,
    },
}

impl Finance {
    /// Reads what was typed; nothing typed is no table.
    pub fn read(opening: Option<i64>, rows: Option<&str>, closing: Option<i64>) -> Result<Option<Self>, TableError> {
        let rows = read_rows(rows.unwrap_or_default())?;
        match (rows.is_empty(), opening, closing) {
            (true, None, None) => Ok(None),
            (true, _, _) => Err(TableError::NoRows),
            (false, Some(opening), Some(closing)) => {
                let table = Self { opening, rows, closing };
                let (income, expense, sum) = (table.income(), table.expense(), table.sum());
                if sum == closing {
                    return Ok(Some(table));
                }
                Err(TableError::Unbalanced { income, expense, sum })
            }
            (false, opening, closing) => {
                Err(TableError::NoBalance { opening: opening.is_none(), closing: closing.is_none() })
            }
        }
    }

    /// All that came in.
    pub fn income(&self) -> i64 {
        self.rows.iter().map(|row| row.income).sum()
    }

    /// All that went out.
    pub fn expense(&self) -> i64 {
        self.rows.iter().map(|row| row.expense).sum()
    }

    /// What the opening balance and the rows come to.
    pub fn sum(&self) -> i64 {
        self.opening + self.income() - self.expense()
    }

    /// The rows as they are typed.
    pub fn typed(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let cell = |fen: i64| if fen == 0 { String::new() } else { yuan(fen) };
            let _ = writeln!(text, "{} | {} | {} | {}", row.item, cell(row.income), cell(row.expense), row.note);
        }
        text
    }
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn read_rows(text: &str) -> Result<Vec<Row>, TableError> {
    let mut rows = Vec::new();
    let mut wrong = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.trim().is_empty() {
            continue;
        }
        match read_row(line) {
            Ok(Some(row)) => rows.push(row),
            Ok(None) => {}
            Err(problem) => wrong.push(LineError { line: at + 1, problem }),
        }
    }
    if !wrong.is_empty() {
        return Err(TableError::Lines(wrong));
    }
    if rows.len() > MAX_ROWS {
        return Err(TableError::TooManyRows);
    }
    Ok(rows)
}

/// A row; none for a line of headings.
fn read_row(line: &str) -> Result<Option<Row>, LineProblem> {
    let cells = cells(line);
    let cell = |nth: usize| cells.get(nth).copied().unwrap_or_default();
    let (item, income, expense, note) = (cell(0), cell(1), cell(2), cell(3));
    match cells.len() {
        0 | 1 => return Err(LineProblem::NoColumns),
        2..=4 => {}
        // A table pasted from elsewhere may close its lines.
        _ if cells.iter().skip(4).all(|rest| rest.is_empty()) => {}
        _ => return Err(LineProblem::TooManyColumns),
    }
    if is_heading(income, &["收入", "income"]) && is_heading(expense, &["支出", "expense", "expenses"]) {
        return Ok(None);
    }
    if item.is_empty() {
        return Err(LineProblem::NoItem);
    }
    if item.chars().count() > MAX_TEXT || note.chars().count() > MAX_TEXT {
        return Err(LineProblem::TooLong);
    }
    let income = amount(income).ok_or(LineProblem::Income)?;
    let expense = amount(expense).ok_or(LineProblem::Expense)?;
    if income == 0 && expense == 0 {
        return Err(LineProblem::NoAmount);
    }
    Ok(Some(Row { item: item.to_owned(), income, expense, note: note.to_owned() }))
}

fn is_heading(cell: &str, words: &[&str]) -> bool {
    let cell = cell.to_lowercase();
    words.iter().any(|word| cell.starts_with(word))
}

/// The columns of a line: by `|`, by tabs as a spreadsheet copies them, or by `，`. A plain comma parts thousands.
fn cells(line: &str) -> Vec<&str> {
    let split = |parts: &[char]| line.split(parts).map(str::trim).collect::<Vec<_>>();
    if line.contains(['|', '｜']) {
        let mut cells = split(&['|', '｜']);
        // A line of a Markdown table has one at either end.
        if cells.len() > 5 && cells.first().is_some_and(|cell| cell.is_empty()) {
            cells.remove(0);
        }
        return cells;
    }
    if line.contains('\t') { split(&['\t']) } else { split(&['，']) }
}

/// Fen of an amount in yuan as people write it: `1,280.50`, `¥300`, `20元`, full-width digits; empty or `-` is 0.
pub fn amount(text: &str) -> Option<i64> {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            '．' | '。' => '.',
            '，' => ',',
            other => other,
        })
        .filter(|c| !c.is_whitespace() && *c != ',')
        .collect();
    let plain = plain.trim_start_matches(['¥', '￥']).trim_end_matches('元');
    if matches!(plain, "" | "-" | "—" | "－" | "/") {
        return Some(0);
    }
    let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let yuan: i64 = whole.parse().ok()?;
    let fen: i64 = format!("{part:0<2}").parse().ok()?;
    yuan.checked_mul(100)?.checked_add(fen).filter(|fen| *fen <= MAX_FEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEPTEMBER: &str = "项目 | 收入 | 支出 | 备注\n\
        土地流转管理费 | 12,000 | | 三组四组\n\
        路灯电费\t\t860.50\t8 月\n\
        \n\
        保洁员工资，，２４００．００元，2 人\n\
        办公用品 | - | ¥139.5";

    #[test]
    fn a_month_is_read_as_people_type_it() {
        let table = Finance::read(Some(500_000), Some(SEPTEMBER), Some(1_360_000)).unwrap().unwrap();
        assert_eq!(table.rows.len(), 4);
        assert_eq!((table.income(), table.expense(), table.sum()), (1_200_000, 340_000, 1_360_000));
        assert_eq!(table.rows[1], Row { item: "路灯电费".into(), income: 0, expense: 86_050, note: "8 月".into() });
        let markdown = Finance::read(Some(0), Some("| 电费 | | 8.05 | 8 月 |"), Some(-805)).unwrap().unwrap();
        assert_eq!(markdown.rows[0].note, "8 月");
        let again = Finance::read(Some(500_000), Some(&table.typed()), Some(1_360_000)).unwrap().unwrap();
        assert_eq!(again, table, "what is shown for editing reads the same");
        assert_eq!(Finance::read(None, Some(" \n"), None), Ok(None));
    }

    #[test]
    fn every_wrong_line_is_named() {
        let typed = "电费 | | 八百\n工资\n | 5 | |\n水费 | | |\n租金 | 1.234 | |\n一|2|3|四|五";
        let Err(TableError::Lines(wrong)) = Finance::read(Some(0), Some(typed), Some(0)) else { panic!() };
        let wrong: Vec<_> = wrong.into_iter().map(|error| (error.line, error.problem)).collect();
        assert_eq!(
            wrong,
            [
                (1, LineProblem::Expense),
                (2, LineProblem::NoColumns),
                (3, LineProblem::NoItem),
                (4, LineProblem::NoAmount),
                (5, LineProblem::Income),
                (6, LineProblem::TooManyColumns),
            ]
        );
        assert_eq!(amount("-5"), None, "what was paid back is income, not a negative expense");
        assert_eq!(amount("99999999999999999999"), None);
        assert_eq!(amount("100000001"), None);
        assert_eq!(amount(&"9".repeat(40)), None);
    }

    #[test]
    fn balances_must_agree_and_be_there() {
        let read = |opening, closing| Finance::read(opening, Some("电费 | | 8.05"), closing);
        assert_eq!(read(Some(1_000), Some(195)).map(|table| table.is_some()), Ok(true));
        assert_eq!(read(Some(1_000), Some(200)), Err(TableError::Unbalanced { income: 0, expense: 805, sum: 195 }));
        assert_eq!(read(None, Some(0)), Err(TableError::NoBalance { opening: true, closing: false }));
        assert_eq!(Finance::read(Some(1), None, None), Err(TableError::NoRows));
        let many = "电费 | | 1\n".repeat(MAX_ROWS + 1);
        assert_eq!(Finance::read(Some(0), Some(&many), Some(0)), Err(TableError::TooManyRows));
    }
}
