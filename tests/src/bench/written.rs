//! What a space's transactions write: noted by triggers in its file, row by row, and written again as bare sqlx
//! transactions of the same rows into a copy of the file as it was before.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

/// Every transaction ends with this row, so that it also says where the next one begins.
const LAST: &str = "space_state";
const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
    AND name NOT LIKE 'noted%' ORDER BY name";
const COLUMNS: &str = "SELECT name, pk FROM pragma_table_info($1) ORDER BY cid";

/// A space's file whose changes are noted.
pub(super) struct Written {
    file: SqliteConnection,
    before: PathBuf,
    tables: Vec<Table>,
    rounds: VecDeque<Vec<Vec<Change>>>,
}

struct Table {
    name: String,
    columns: Vec<String>,
    keys: Vec<usize>,
}

/// One row as it was at the end of its transaction: the statement and its values.
#[derive(Clone)]
struct Change {
    sql: String,
    values: Vec<Value>,
}

/// The copy into which the same is written.
pub(super) struct Counterpart {
    file: SqliteConnection,
    rounds: VecDeque<Vec<Vec<Change>>>,
}

impl Written {
    /// Keeps the file as it is for the counterpart, and begins to note.
    pub(super) async fn noting(path: &Path) -> Self {
        let mut file = open(path, false).await;
        let before = path.with_extension("before");
        run(&mut file, &format!("VACUUM INTO '{}'", before.display())).await;
        let names: Vec<(String,)> = sqlx::query_as(TABLES).fetch_all(&mut file).await.expect("tables");
        let mut tables = Vec::new();
        for (name,) in names {
            tables.push(Table::of(&mut file, name).await);
        }
        run(&mut file, "CREATE TABLE noted (nth INTEGER PRIMARY KEY, place INTEGER, what TEXT, row TEXT)").await;
        for (place, table) in tables.iter().enumerate() {
            for (what, row) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
                let values: Vec<String> = table.columns.iter().map(|column| format!("{row}.\"{column}\"")).collect();
                let trigger = format!(
                    "CREATE TRIGGER noted_{place}_{what} AFTER {what} ON \"{}\" BEGIN
                     INSERT INTO noted (place, what, row) VALUES ({place}, '{what}', json_array({})); END",
                    table.name,
                    values.join(", ")
                );
                run(&mut file, &trigger).await;
            }
        }
        Self { file, before, tables, rounds: VecDeque::new() }
    }

    /// What was noted since the last round is one.
    pub(super) async fn keep(&mut self) {
        let rows = sqlx::query("SELECT place, what, row FROM noted ORDER BY nth").fetch_all(&mut self.file).await;
        let (mut round, mut transaction) = (Vec::new(), Transaction::default());
        for row in rows.expect("what was noted") {
            let (place, what): (i64, String) = (row.get(0), row.get(1));
            let values: Vec<Value> = serde_json::from_str(row.get(2)).expect("values");
            let table = usize::try_from(place).ok().and_then(|place| self.tables.get(place)).expect("a table");
            transaction.note(table, &what, values);
            if table.name == LAST {
                round.push(std::mem::take(&mut transaction).changes());
            }
        }
        self.rounds.push_back(round);
        run(&mut self.file, "DELETE FROM noted").await;
    }

    /// The copy, with everything still to be written.
    pub(super) async fn counterpart(self, path: &Path) -> Counterpart {
        std::fs::copy(&self.before, path).expect("a copy");
        self.file.close().await.expect("closed");
        Counterpart { file: open(path, true).await, rounds: self.rounds }
    }
}

impl Counterpart {
    /// Writes the next round; how many transactions it was.
    pub(super) async fn round(&mut self) -> usize {
        let round = self.rounds.pop_front().expect("a round");
        for changes in &round {
            self.write(changes).await.expect("a transaction");
        }
        round.len()
    }

    async fn write(&mut self, changes: &[Change]) -> sqlx::Result<()> {
        let mut writing = self.file.begin_with("BEGIN IMMEDIATE").await?;
        for Change { sql, values } in changes {
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
            for value in values {
                query = match value {
                    Value::Number(number) => query.bind(number.as_i64()),
                    Value::String(text) => query.bind(text),
                    Value::Null => query.bind(None::<i64>),
                    other => panic!("no column holds {other}"),
                };
            }
            query.execute(&mut *writing).await?;
        }
        writing.commit().await
    }
}

/// The rows of one transaction, each once: what matters is what it left.
#[derive(Default)]
struct Transaction(Vec<(String, Vec<Value>, &'static str, Change)>);

impl Transaction {
    fn note(&mut self, table: &Table, what: &str, values: Vec<Value>) {
        let key: Vec<Value> = table.keys.iter().filter_map(|at| values.get(*at).cloned()).collect();
        let known = self.0.iter().position(|(name, of, ..)| *name == table.name && *of == key);
        let before = known.and_then(|at| self.0.get(at)).map(|(_, _, what, _)| *what);
        let what = match (before, what) {
            (Some("INSERT"), "UPDATE") | (None, "INSERT") => "INSERT",
            (None, "DELETE") => "DELETE",
            (None | Some("UPDATE"), "UPDATE") => "UPDATE",
            (before, what) => panic!("{}: {what} after {before:?} in one transaction", table.name),
        };
        let noted = (table.name.clone(), key, what, table.change(what, values));
        match known.and_then(|at| self.0.get_mut(at)) {
            Some(earlier) => *earlier = noted,
            None => self.0.push(noted),
        }
    }

    fn changes(self) -> Vec<Change> {
        self.0.into_iter().map(|(.., change)| change).collect()
    }
}

impl Table {
    async fn of(file: &mut SqliteConnection, name: String) -> Self {
        let columns: Vec<(String, i64)> =
            sqlx::query_as(COLUMNS).bind(&name).fetch_all(file).await.expect("its columns");
        let keys = columns.iter().enumerate().filter(|(_, (_, pk))| *pk > 0).map(|(at, _)| at).collect();
        Self { name, columns: columns.into_iter().map(|(column, _)| column).collect(), keys }
    }

    fn change(&self, what: &str, values: Vec<Value>) -> Change {
        let Self { name, columns, keys } = self;
        let named = |at: usize| format!("\"{}\" = ${}", columns[at], at + 1);
        let is_key = |at: &usize| keys.contains(at);
        let key: Vec<String> = keys.iter().map(|at| named(*at)).collect();
        let key = key.join(" AND ");
        let sql = match what {
            "INSERT" => {
                let places: Vec<String> = (1..=columns.len()).map(|at| format!("${at}")).collect();
                format!("INSERT INTO \"{name}\" VALUES ({})", places.join(", "))
            }
            "UPDATE" => {
                let set: Vec<String> = (0..columns.len()).filter(|at| !is_key(at)).map(named).collect();
                format!("UPDATE \"{name}\" SET {} WHERE {key}", set.join(", "))
            }
            _ => {
                let of_key = keys.iter().enumerate();
                let key: Vec<String> = of_key.map(|(n, at)| format!("\"{}\" = ${}", columns[*at], n + 1)).collect();
                let values = keys.iter().filter_map(|at| values.get(*at).cloned()).collect();
                return Change { sql: format!("DELETE FROM \"{name}\" WHERE {}", key.join(" AND ")), values };
            }
        };
        Change { sql, values }
    }
}

async fn open(path: &Path, foreign_keys: bool) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .statement_cache_capacity(200)
        .foreign_keys(foreign_keys);
    SqliteConnection::connect_with(&options).await.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

async fn run(file: &mut SqliteConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(file).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
