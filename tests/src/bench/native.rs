//! The issue board as somebody would write it by hand for this one village: axum, sqlx and maud on the same
//! SQLite files, with the same questions to the data and the same bytes to the browser.
//!
//! It has no plugins, no budgets and no view tree, and it does not ask how many things wait for the reader (the platform
//! knows that from memory until the village changes). What of the page does not depend on the cases (head,
//! navigation, filters) it takes as text that is ready, which is more than a hand-written page could hope for.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::response::Html;
use axum::routing::get;
use cunshi_model::{Calendar, Micros};
use maud::{PreEscaped, html};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use tokio::net::TcpListener;

use crate::District;

/// Rows on the page.
const ROWS: usize = 20;
/// Rows asked for: one more tells whether there is a next page.
const MORE: i64 = 21;

/// What the page is made from.
pub(super) struct Native {
    district: SqlitePool,
    village: SqlitePool,
    space: String,
    code: String,
    calendar: Calendar,
    now: Micros,
    /// Keys between which the open cases lie in `by_board`.
    open: (String, String),
    before: String,
    after: String,
}

/// The fields of a case that a row shows.
#[derive(Deserialize)]
struct Case {
    number: String,
    title: String,
    due_at: Micros,
    supporters: i64,
}

type Row = (String, String);

impl Native {
    /// Over a district's files, with the page of `ours` as the frame around the rows.
    pub(super) async fn new(district: &District, code: &str, calendar: Calendar, ours: &str) -> Self {
        let space = district.space(code).space.id.to_string();
        let village = pool(&district.folder().join("spaces").join(format!("{space}.db"))).await;
        let range = "SELECT MIN(key), MAX(key) || 'z' FROM index_entry WHERE space_id = $1 AND index_name = 'by_board'";
        let open = sqlx::query_as(range).bind(&space).fetch_one(&village).await.expect("an index");
        let (before, rest) = ours.split_once("<ul class=\"list\">").expect("a list");
        let (_, after) = rest.split_once("</ul>").expect("its end");
        Self {
            district: pool(&district.folder().join("district.db")).await,
            village,
            space,
            code: code.to_owned(),
            calendar,
            now: cunshi_model::Clock::now(&district.clock),
            open,
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    /// Serves it; gives its address.
    pub(super) async fn serve(self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let router = Router::new().route("/board", get(board)).with_state(Arc::new(self));
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }
}

async fn pool(file: &std::path::Path) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    SqlitePoolOptions::new().max_connections(2).connect_with(options).await.expect("a database")
}

/// Who reads: id and roles as a mask.
struct Reader {
    person: Option<String>,
    mask: i64,
}

async fn reader(native: &Native, headers: &HeaderMap) -> sqlx::Result<Reader> {
    let cookie = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    let Some(token) = cookie.and_then(|cookie| cookie.strip_prefix("cunshi=")) else {
        return Ok(Reader { person: None, mask: 1 });
    };
    let hash = Sha256::digest(token.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let account = "SELECT account.person, account.name FROM session JOIN account USING (person) WHERE token_hash = $1";
    let (person, _name): Row = sqlx::query_as(account).bind(hash).fetch_one(&native.district).await?;
    let grants = "SELECT COUNT(*) FROM subtree_grant WHERE person = $1";
    let (_officer,): (i64,) = sqlx::query_as(grants).bind(&person).fetch_one(&native.district).await?;
    let member = "SELECT role.role, member.name FROM member LEFT JOIN role USING (space_id, person) WHERE space_id = $1 AND person = $2";
    let roles: Vec<Row> = sqlx::query_as(member).bind(&native.space).bind(&person).fetch_all(&native.village).await?;
    let mask = roles.iter().fold(1, |mask, (role, _)| mask | if role == "cadre" { 4 } else { 2 });
    Ok(Reader { person: Some(person), mask })
}

async fn board(State(native): State<Arc<Native>>, headers: HeaderMap) -> Html<String> {
    page(&native, &headers).await.map(Html).expect("a page")
}

const CASES: &str = "SELECT document.id, document.body FROM index_entry JOIN document
    ON document.space_id = index_entry.space_id AND document.plugin = index_entry.plugin
    AND document.collection = index_entry.collection AND document.id = index_entry.document
    WHERE index_entry.space_id = $1 AND index_entry.plugin = 'issues' AND index_entry.collection = 'case'
    AND index_entry.index_name = $2 AND (index_entry.readers & $3 <> 0 OR index_entry.owner = $4)
    ORDER BY index_entry.key DESC LIMIT $5";
const COUNT: &str = "SELECT COUNT(*) FROM index_entry WHERE space_id = $1 AND plugin = 'issues' AND collection = 'case'
    AND index_name = $2 AND key >= $3 AND key < $4 AND (readers & $5 <> 0 OR owner = $6)";

async fn page(native: &Native, headers: &HeaderMap) -> sqlx::Result<String> {
    let reader = reader(native, headers).await?;
    let mut reading = native.village.begin().await?;
    let cases: Vec<Row> = sqlx::query_as(CASES)
        .bind(&native.space)
        .bind("by_reported")
        .bind(reader.mask)
        .bind(&reader.person)
        .bind(MORE)
        .fetch_all(&mut *reading)
        .await?;
    let (from, to) = &native.open;
    for (index, from, to) in [("by_board", from, to), ("by_due", from, from), ("by_board", to, to)] {
        let (count,): (i64,) = sqlx::query_as(COUNT)
            .bind(&native.space)
            .bind(index)
            .bind(from)
            .bind(to)
            .bind(reader.mask)
            .bind(&reader.person)
            .fetch_one(&mut *reading)
            .await?;
        std::hint::black_box(count);
    }
    reading.commit().await?;
    Ok(render(native, &cases))
}

fn render(native: &Native, cases: &[Row]) -> String {
    let rows = cases.iter().take(ROWS).filter_map(|(id, body)| Some((id, serde_json::from_str::<Case>(body).ok()?)));
    let markup = html! {
        (PreEscaped(&native.before))
        ul.list {
            @for (id, case) in rows {
                li class="" {
                    div {
                        span.title { a href={ "/v/" (native.code) "/issues/case/" (id) } { (case.title) } }
                        span.under {
                            span.tag.hand { span.mark aria-hidden="true" { "◔" } "等待受理" } " "
                            span.meta {
                                (case.number) " · 还剩 " (native.calendar.working_days_between(native.now, case.due_at).unwrap_or_default()) " 个工作日"
                                @if case.supporters > 0 { " · " (case.supporters) " 人附议" }
                            } " "
                        }
                    }
                }
            }
        }
        (PreEscaped(&native.after))
    };
    markup.into_string()
}
