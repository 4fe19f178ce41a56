//! Every route of the router, and how somebody of another village would misuse it.

use cunshi_contract::manifest::Action;
use cunshi_tests::plausible;
use serde_json::{Value, json};

/// What 天府社区 has, and how to name it.
pub struct Theirs {
    pub village: String,
    pub case: String,
    pub private: String,
    pub number: String,
    pub file: String,
    /// A decision of a rule about somebody.
    pub decision: String,
    /// A message to somebody.
    pub message: String,
    pub name: &'static str,
    pub person: String,
    pub phone: String,
}

/// What somebody of another village may learn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected {
    /// 404; a visitor may also be asked to sign in.
    Nothing,
    /// What any passer-by may read, and nothing private.
    Public,
    /// An answer about one's own things, in which nothing of theirs appears, public or not.
    Own,
}
use Expected::{Nothing, Own, Public};

/// What is sent along.
pub enum Body {
    None,
    Fields(Value),
    Photo,
}

/// One attempt.
pub struct Try {
    pub path: String,
    pub body: Body,
    pub expected: Expected,
}

type Row = (&'static str, &'static str, Vec<Try>);

fn get(path: impl Into<String>, expected: Expected) -> Try {
    Try { path: path.into(), body: Body::None, expected }
}

fn post(path: impl Into<String>, fields: Value, expected: Expected) -> Try {
    Try { path: path.into(), body: Body::Fields(fields), expected }
}

/// The table; `own` is the attackers' own village.
pub fn table(theirs: &Theirs, own: &str, actions: &[Action]) -> Vec<Row> {
    let mut rows = of_no_village(theirs);
    rows.extend(of_people(theirs, own));
    rows.extend(of_plugins(theirs, own, actions));
    rows.extend(of_consoles(theirs, own));
    rows.extend(of_rules(theirs, own));
    rows.extend(of_programs(theirs, own, actions));
    rows
}

/// Neither the address nor the body names a village.
fn of_no_village(theirs: &Theirs) -> Vec<Row> {
    let Theirs { number, file, .. } = theirs;
    let wrong = json!({ "phone": "13600000000", "password": "no password of anybody" });
    vec![
        ("GET", "/healthz", vec![get("/healthz", Own)]),
        ("GET", "/readyz", vec![get("/readyz", Own)]),
        ("GET", "/metrics", vec![get("/metrics", Own)]),
        ("GET", "/", vec![get("/", Own), get(format!("/?q={number}"), Own)]),
        ("GET", "/assets/{file}", vec![get(format!("/assets/{file}"), Nothing)]),
        ("GET", "/sign-in", vec![get("/sign-in", Own)]),
        ("POST", "/sign-in", vec![post("/sign-in", wrong.clone(), Own)]),
        // Signing out ends one's own session and nothing else.
        ("POST", "/sign-out", vec![]),
        ("DELETE", "/api/v1/session", vec![]),
        ("POST", "/preferences", vec![post("/preferences", json!({ "lang": "zh", "back": "/" }), Own)]),
        ("GET", "/district", vec![get("/district", Nothing)]),
        ("GET", "/api/v1/openapi.json", vec![get("/api/v1/openapi.json", Own)]),
        ("GET", "/api/v1/session", vec![get("/api/v1/session", Own)]),
        ("POST", "/api/v1/session", vec![post("/api/v1/session", wrong, Own)]),
    ]
}

/// The host's own pages in a village.
fn of_people(theirs: &Theirs, own: &str) -> Vec<Row> {
    let (there, here) = (format!("/v/{}", theirs.village), format!("/v/{own}"));
    let file = &theirs.file;
    let wrong = json!({ "phone": "13600000000", "password": "no password of anybody" });
    vec![
        ("GET", "/v/{village}", vec![get(there.clone(), Public), get(here.clone(), Own)]),
        ("GET", "/v/{village}/sign-in", vec![get(format!("{there}/sign-in"), Own)]),
        ("POST", "/v/{village}/sign-in", vec![post(format!("{there}/sign-in"), wrong, Own)]),
        ("POST", "/v/{village}/sign-out", vec![]),
        (
            "GET",
            "/v/{village}/home/outside",
            vec![get(format!("{there}/home/outside?url=https%3A%2F%2Fexample.com"), Own)],
        ),
        // One's own page is where one is somebody.
        ("GET", "/v/{village}/me", vec![get(format!("{there}/me"), Nothing), get(format!("{here}/me"), Own)]),
        ("POST", "/v/{village}/me/password", vec![post(format!("{there}/me/password"), json!({}), Nothing)]),
        (
            "GET",
            "/v/{village}/me/todos",
            vec![get(format!("{there}/me/todos"), Nothing), get(format!("{here}/me/todos"), Own)],
        ),
        (
            "GET",
            "/v/{village}/me/messages",
            vec![get(format!("{there}/me/messages"), Nothing), get(format!("{here}/me/messages"), Own)],
        ),
        (
            "GET",
            "/v/{village}/me/messages/{id}",
            vec![
                get(format!("{there}/me/messages/{}", theirs.message), Nothing),
                get(format!("{here}/me/messages/{}", theirs.message), Nothing),
            ],
        ),
        (
            "POST",
            "/v/{village}/me/messages/read-all",
            vec![post(format!("{there}/me/messages/read-all"), json!({}), Nothing)],
        ),
        (
            "POST",
            "/v/{village}/me/letters",
            vec![post(format!("{there}/me/letters"), json!({ "channel": "off" }), Nothing)],
        ),
        (
            "GET",
            "/v/{village}/decisions/{id}",
            vec![
                get(format!("{there}/decisions/{}", theirs.decision), Nothing),
                get(format!("{here}/decisions/{}", theirs.decision), Nothing),
            ],
        ),
        (
            "GET",
            "/v/{village}/files/{id}",
            vec![get(format!("{there}/files/{file}"), Nothing), get(format!("{here}/files/{file}"), Nothing)],
        ),
        (
            "GET",
            "/v/{village}/files/{id}/small",
            vec![
                get(format!("{there}/files/{file}/small"), Nothing),
                get(format!("{here}/files/{file}/small"), Nothing),
            ],
        ),
    ]
}

/// Pages and forms of plugins.
fn of_plugins(theirs: &Theirs, own: &str, actions: &[Action]) -> Vec<Row> {
    let (there, here) = (format!("/v/{}/issues", theirs.village), format!("/v/{own}/issues"));
    let Theirs { case, private, .. } = theirs;
    let mut pages: Vec<_> =
        pages_of_a_case(theirs).into_iter().map(|(page, expected)| get(format!("{there}/{page}"), expected)).collect();
    for case in [case, private] {
        pages.push(get(format!("{here}/case/{case}"), Nothing));
        pages.push(get(format!("{here}/receipt/{case}"), Nothing));
    }
    pages.push(get(format!("{here}/number?number={}", theirs.number), Own));
    let forms = actions.iter().map(|action| get(format!("{there}/a/{}", action.name), Nothing));
    let own_forms = actions.iter().map(|action| get(format!("{here}/a/{}?case={private}", action.name), Own));
    vec![
        (
            "GET",
            "/v/{village}/{plugin}",
            vec![
                get(there.clone(), Public),
                get(format!("{there}?show=mine"), Public),
                get(format!("{there}?q=%E7%BA%A0%E7%BA%B7"), Public),
                get(here.clone(), Own),
                get(format!("{here}?q=%E9%BB%84%E6%A1%B7%E6%A0%91"), Own),
            ],
        ),
        ("GET", "/v/{village}/{plugin}/{*route}", pages),
        ("GET", "/v/{village}/{plugin}/a/{action}", forms.chain(own_forms).collect()),
        ("POST", "/v/{village}/{plugin}/a/{action}", acts(&there, &here, theirs, actions)),
    ]
}

/// The village console and that of the town.
fn of_consoles(theirs: &Theirs, own: &str) -> Vec<Row> {
    let (there, here) = (format!("/v/{}/manage", theirs.village), format!("/v/{own}/manage"));
    let person = &theirs.person;
    let somebody = json!({ "name": "外人", "phone": "13500000000", "role": "member", "roles": "admin", "household": "", "group": "" });
    let roles = json!({ "roles": "admin", "admin": "true", "cadre": "true" });
    let password = json!({ "password": "我替她定的密码-2026" });
    vec![
        ("GET", "/v/{village}/manage/villages", vec![get(format!("{there}/villages"), Nothing)]),
        (
            "GET",
            "/v/{village}/manage/people",
            vec![get(format!("{there}/people"), Nothing), get(format!("{here}/people"), Own)],
        ),
        ("POST", "/v/{village}/manage/people", vec![post(format!("{there}/people"), somebody, Nothing)]),
        (
            "GET",
            "/v/{village}/manage/people/{person}",
            vec![get(format!("{there}/people/{person}"), Nothing), get(format!("{here}/people/{person}"), Nothing)],
        ),
        (
            "POST",
            "/v/{village}/manage/people/{person}/roles",
            vec![
                post(format!("{there}/people/{person}/roles"), roles.clone(), Nothing),
                post(format!("{here}/people/{person}/roles"), roles, Nothing),
            ],
        ),
        (
            "POST",
            "/v/{village}/manage/people/{person}/password",
            vec![
                post(format!("{there}/people/{person}/password"), password.clone(), Nothing),
                post(format!("{here}/people/{person}/password"), password, Nothing),
            ],
        ),
        (
            "GET",
            "/v/{village}/manage/modules",
            vec![get(format!("{there}/modules"), Nothing), get(format!("{here}/modules"), Own)],
        ),
        (
            "POST",
            "/v/{village}/manage/modules/{plugin}/state",
            vec![post(format!("{there}/modules/issues/state"), json!({ "on": "false" }), Nothing)],
        ),
        (
            "GET",
            "/v/{village}/manage/modules/{plugin}/settings",
            vec![get(format!("{there}/modules/issues/settings"), Nothing)],
        ),
        (
            "POST",
            "/v/{village}/manage/modules/{plugin}/settings",
            vec![post(format!("{there}/modules/issues/settings"), json!({ "mask": "ends" }), Nothing)],
        ),
        (
            "GET",
            "/v/{village}/manage/events",
            vec![get(format!("{there}/events"), Nothing), get(format!("{here}/events"), Own)],
        ),
        (
            "POST",
            "/v/{village}/manage/events/{delivery}/replay",
            vec![
                post(format!("{there}/events/1/replay"), json!({}), Nothing),
                post(format!("{here}/events/1/replay"), json!({}), Nothing),
            ],
        ),
        (
            "GET",
            "/v/{village}/manage/letters",
            vec![get(format!("{there}/letters"), Nothing), get(format!("{here}/letters"), Own)],
        ),
        ("POST", "/v/{village}/manage/letters/retry", vec![post(format!("{there}/letters/retry"), json!({}), Nothing)]),
    ]
}

/// Rules and decisions, on the console and by the API.
fn of_rules(theirs: &Theirs, own: &str) -> Vec<Row> {
    let (there, here) = (format!("/v/{}/manage/rules", theirs.village), format!("/v/{own}/manage/rules"));
    let api = format!("/api/v1/villages/{}", theirs.village);
    let hook = "issues.deadline";
    let draft = json!({ "script": "fn working_days(facts) { 0 }", "note": "没有恶意" });
    let form = json!({ "rows": "0", "script": "fn working_days(facts) { 0 }", "note": "没有恶意", "do": "save" });
    let number = json!({ "version": 1 });
    vec![
        ("GET", "/v/{village}/manage/rules", vec![get(there.clone(), Nothing), get(here.clone(), Own)]),
        (
            "GET",
            "/v/{village}/manage/rules/{hook}",
            vec![get(format!("{there}/{hook}"), Nothing), get(format!("{here}/{hook}"), Own)],
        ),
        ("POST", "/v/{village}/manage/rules/{hook}", vec![post(format!("{there}/{hook}"), form, Nothing)]),
        (
            "POST",
            "/v/{village}/manage/rules/{hook}/versions/{version}/publish",
            vec![post(format!("{there}/{hook}/versions/1/publish"), json!({}), Nothing)],
        ),
        (
            "POST",
            "/v/{village}/manage/rules/{hook}/rollback",
            vec![post(format!("{there}/{hook}/rollback"), json!({ "version": "1" }), Nothing)],
        ),
        (
            "GET",
            "/api/v1/villages/{village}/rules",
            vec![get(format!("{api}/rules"), Nothing), get(format!("/api/v1/villages/{own}/rules"), Own)],
        ),
        (
            "GET",
            "/api/v1/villages/{village}/rules/{hook}",
            vec![get(format!("{api}/rules/{hook}"), Nothing), get(format!("/api/v1/villages/{own}/rules/{hook}"), Own)],
        ),
        (
            "POST",
            "/api/v1/villages/{village}/rules/{hook}/check",
            vec![post(format!("{api}/rules/{hook}/check"), json!({}), Nothing)],
        ),
        (
            "POST",
            "/api/v1/villages/{village}/rules/{hook}/versions",
            vec![post(format!("{api}/rules/{hook}/versions"), draft, Nothing)],
        ),
        (
            "POST",
            "/api/v1/villages/{village}/rules/{hook}/versions/{version}/publish",
            vec![post(format!("{api}/rules/{hook}/versions/1/publish"), json!({}), Nothing)],
        ),
        (
            "POST",
            "/api/v1/villages/{village}/rules/{hook}/rollback",
            vec![post(format!("{api}/rules/{hook}/rollback"), number, Nothing)],
        ),
        (
            "GET",
            "/api/v1/villages/{village}/decisions/{id}",
            vec![
                get(format!("{api}/decisions/{}", theirs.decision), Nothing),
                get(format!("/api/v1/villages/{own}/decisions/{}", theirs.decision), Nothing),
            ],
        ),
    ]
}

/// The JSON API.
fn of_programs(theirs: &Theirs, own: &str, actions: &[Action]) -> Vec<Row> {
    let Theirs { village, case, private, number, .. } = theirs;
    let (there, here) = (format!("/api/v1/villages/{village}"), format!("/api/v1/villages/{own}"));
    let mut pages: Vec<_> = pages_of_a_case(theirs)
        .into_iter()
        .map(|(page, expected)| get(format!("{there}/issues/p/{page}"), expected))
        .collect();
    for case in [case, private] {
        pages.push(get(format!("{here}/issues/p/case/{case}"), Nothing));
        pages.push(get(format!("{here}/issues/p/receipt/{case}"), Nothing));
    }
    vec![
        ("GET", "/api/v1/villages", vec![get("/api/v1/villages", Own)]),
        ("GET", "/api/v1/villages/{village}", vec![get(there.clone(), Public), get(here.clone(), Own)]),
        (
            "POST",
            "/api/v1/villages/{village}/files",
            vec![Try { path: format!("{there}/files"), body: Body::Photo, expected: Nothing }],
        ),
        (
            "GET",
            "/api/v1/villages/{village}/messages",
            vec![get(format!("{there}/messages"), Nothing), get(format!("{here}/messages"), Own)],
        ),
        (
            "POST",
            "/api/v1/villages/{village}/messages/{id}/read",
            vec![
                post(format!("{there}/messages/{}/read", theirs.message), json!({}), Nothing),
                post(format!("{here}/messages/{}/read", theirs.message), json!({}), Nothing),
            ],
        ),
        (
            "POST",
            "/api/v1/villages/{village}/messages/read-all",
            vec![post(format!("{there}/messages/read-all"), json!({}), Nothing)],
        ),
        (
            "GET",
            "/api/v1/villages/{village}/{plugin}/q/{query}",
            vec![
                get(format!("{there}/issues/q/cases"), Public),
                get(format!("{there}/issues/q/cases?show=mine"), Public),
                get(format!("{there}/issues/q/cases?q=%E7%BA%A0%E7%BA%B7"), Public),
                get(format!("{there}/issues/q/lookup?id={private}"), Nothing),
                get(format!("{there}/issues/q/lookup?number={number}"), Nothing),
                get(format!("{there}/issues/q/similar?text=%E7%BA%A0%E7%BA%B7"), Public),
                get(format!("{here}/issues/q/cases"), Own),
                get(format!("{here}/issues/q/lookup?id={case}"), Nothing),
                get(format!("{here}/issues/q/lookup?id={private}"), Nothing),
                get(format!("{here}/issues/q/lookup?number={number}"), Nothing),
                get(format!("{here}/issues/q/similar?text=%E9%BB%84%E6%A1%B7%E6%A0%91"), Own),
            ],
        ),
        (
            "POST",
            "/api/v1/villages/{village}/{plugin}/a/{action}",
            acts(&format!("{there}/issues"), &format!("{here}/issues"), theirs, actions),
        ),
        (
            "GET",
            "/api/v1/villages/{village}/{plugin}/p",
            vec![
                get(format!("{there}/issues/p"), Public),
                get(format!("{there}/issues/p?q=%E7%BA%A0%E7%BA%B7"), Public),
                get(format!("{here}/issues/p"), Own),
            ],
        ),
        ("GET", "/api/v1/villages/{village}/{plugin}/p/{*route}", pages),
    ]
}

/// Pages of the issue board about a case, with what a stranger may learn at 天府社区's own address.
fn pages_of_a_case(theirs: &Theirs) -> Vec<(String, Expected)> {
    let Theirs { case, private, number, .. } = theirs;
    vec![
        (format!("case/{case}"), Public),
        (format!("case/{private}"), Nothing),
        (format!("receipt/{case}"), Nothing),
        (format!("receipt/{private}"), Nothing),
        (format!("number?number={number}"), Public),
        ("new".to_owned(), Nothing),
        ("below".to_owned(), Nothing),
        ("stats".to_owned(), Nothing),
    ]
}

/// Every action of the manifest at the other village's address, and every one that names a case at one's own.
fn acts(there: &str, here: &str, theirs: &Theirs, actions: &[Action]) -> Vec<Try> {
    let mut tries = Vec::new();
    for action in actions {
        for case in [&theirs.case, &theirs.private] {
            let fields = plausible(&action.fields, case);
            tries.push(post(format!("{there}/a/{}", action.name), fields.clone(), Nothing));
            if action.fields.iter().any(|field| field.name == "case") {
                tries.push(post(format!("{here}/a/{}", action.name), fields, Nothing));
            }
        }
    }
    tries
}
