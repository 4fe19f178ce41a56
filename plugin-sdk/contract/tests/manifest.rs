//! What authors read when `plugin.toml` has a mistake: the line, what is wrong, what to write instead.

use cunshi_contract::Manifest;
use cunshi_contract::manifest::Lines;

/// A manifest with one of everything, and nothing wrong.
const GOOD: &str = r#"name = "issues"
version = "1.2.0"
title = { zh = "村民说事", en = "Village issues" }
icon = "speak"
in = ["village", "town"]
todos = ["cadre"]

[uses]
data = true
files = true
people = "names"
ledger = true
sends = ["issues.case-closed/1", "deed/1", { name = "issues.case-referred/1", goes = "up" }]
hears = ["issues.case-referred/1"]

[[collection]]
name = "case"
schema = 2
owner = "reporter"
readers = { anyone = "visibility = 'public'", cadre = "all" }
search = ["title"]
index.by_state = ["state: text", "due_at: time"]
index.by_number = { fields = ["number: text"], unique = true }

[[page]]
name = "board"
route = ""
who = "anyone"
nav = { zh = "说事", en = "Issues" }
params = [{ name = "state", kind = "text" }]

[[page]]
name = "case"
route = "case/{id}"
who = ["member", "officer"]
params = [{ name = "id", kind = "reference" }]

[[page]]
name = "home"
slot = "home"
who = "anyone"

[[query]]
name = "people"
who = "cadre"

[[action]]
name = "report"
who = "member"
label = { zh = "说事", en = "Report" }
on_behalf = ["cadre"]
fields = [
  { name = "title", kind = "text", required = true, max = 80, label = { zh = "什么事", en = "What" } },
  { name = "private", kind = "yes/no", default = false, label = { zh = "不公开", en = "Private" } },
  { name = "why", kind = "choice", label = { zh = "原因", en = "Why" }, when = { field = "private", is = ["true"] }, choices = [
    { value = "family", label = { zh = "家事", en = "Family" } },
  ] },
  { name = "handler", kind = "choice", options = "people", label = { zh = "经办人", en = "Handler" } },
  { name = "photos", kind = "photos", label = { zh = "照片", en = "Photos" } },
]

[[rule]]
name = "issues.deadline"
title = { zh = "办理时限", en = "Deadlines" }
entry = "deadline(case)"
input = [{ name = "category", kind = "text", required = true }, { name = "price", kind = "points", min = -500 }]
output = [{ name = "working_days", kind = "integer", required = true }]
table = [{ name = "step", kind = "text", required = true }, { name = "days", kind = "integer" }]
default = "rules/deadline.rhai"
rows = "rules/deadline.table.toml"
cases = "rules/deadline.cases.toml"
on_failure = "fall-back"

[[job]]
name = "raise-overdue"
every = "1h"

[[measure]]
name = "closed_on_time"
title = { zh = "按期办结", en = "Closed on time" }

[[setting]]
name = "accept_days"
kind = "integer"
min = 1
max = 5
default = 1
label = { zh = "受理天数", en = "Days to accept" }
"#;

fn good() -> Manifest {
    Manifest::read(GOOD).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// The line that has `text` in it.
fn line_of(manifest: &str, text: &str) -> Option<usize> {
    manifest.lines().position(|line| line.contains(text)).map(|at| at + 1)
}

/// One change to the good manifest, and what is then said of which line.
#[track_caller]
fn wrong(from: &str, to: &str, at: &str, says: &str) {
    assert!(GOOD.contains(from), "the good manifest has no `{from}`");
    let text = GOOD.replacen(from, to, 1);
    let Err(errors) = Manifest::read(&text) else { panic!("nothing is said of `{to}`") };
    let line = line_of(&text, at);
    assert!(line.is_some(), "no line has `{at}`");
    assert!(
        errors.iter().any(|error| error.line == line && error.message.contains(says)),
        "line {line:?} should say `{says}`:\n{}",
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn a_manifest_without_mistakes_is_read_and_travels_as_json() {
    let manifest = good();
    assert_eq!(manifest.check(), Ok(()));
    let json = serde_json::to_string(&manifest).unwrap();
    assert_eq!(Manifest::from_json(&json).unwrap(), manifest);
    let hook = manifest.rule("issues.deadline").unwrap();
    assert_eq!((hook.function(), hook.parameter()), ("deadline", "case"));
    assert_eq!(manifest.exports(), ["pages", "queries", "actions", "events", "jobs", "measures", "todos", "upgrade"]);
}

#[test]
fn the_shape_is_checked_with_its_line() {
    wrong("icon = \"speak\"", "ikon = \"speak\"", "ikon", "unknown key `ikon`");
    wrong("schema = 2", "schema = \"2\"", "schema = \"2\"", "expected u32");
    wrong("every = \"1h\"\n", "", "[[job]]", "the key `every` is missing here");
    wrong("who = \"cadre\"", "who = \"mayor\"", "\"mayor\"", "write anyone, member, cadre");
    wrong("kind = \"yes/no\"", "kind = \"bool\"", "\"bool\"", "unknown word `bool`");
    wrong("due_at: time", "due_at: date", "due_at: date", "an index is written");
    wrong("visibility = 'public'", "visibility is public", "visibility is public", "field = 'value'");
    wrong("version = \"1.2.0\"", "version = 12", "version = 12", "expected a string");
}

#[test]
fn names_have_a_shape_and_are_taken_once() {
    wrong("name = \"issues\"", "name = \"Issues\"", "\"Issues\"", "lower-case letters");
    wrong("name = \"issues\"", "name = \"api\"", "\"api\"", "an address of the platform");
    wrong("version = \"1.2.0\"", "version = \"1.2\"", "\"1.2\"", "three numbers");
    wrong("icon = \"speak\"", "icon = \"fox\"", "\"fox\"", "choose one of speak, star");
    wrong("name = \"raise-overdue\"", "name = \"report\" # too", "# too", "`report` is taken");
    wrong("name = \"raise-overdue\"", "name = \"hear-me\"", "\"hear-me\"", "kept for the platform");
    wrong("name = \"closed_on_time\"", "name = \"closed-on-time\"", "closed-on-time", "joined by `_`");
    wrong("en = \"Report\"", "en = \"\"", "en = \"\"", "both languages");
}

#[test]
fn routes_lead_to_one_page_each() {
    wrong("route = \"case/{id}\"", "route = \"case/{number}\"", "{number}", "`{number}` is not declared");
    wrong("route = \"case/{id}\"", "route = \"a/{id}\"", "a/{id}", "are the platform's");
    wrong("route = \"case/{id}\"", "route = \"{id}\"", "route = \"{id}\"", "begins with a word");
    wrong("route = \"case/{id}\"", "route = \"/case\"", "route = \"/case\"", "is not a route");
    wrong("route = \"case/{id}\"", "route = \"\" # too", "# too", "leads to the page `board` already");
    wrong("route = \"\"", "route = \"all\"", "[[page]]", "no page is the first one");
    wrong("slot = \"home\"", "slot = \"home\"\nroute = \"x\"", "slot = \"home\"", "a card has no address");
    wrong("kind = \"text\" }]", "kind = \"text\", required = true }]", "nav =", "opens without parameters");
    wrong("slot = \"home\"", "slot = \"home\"\nseen = true", "seen = true", "leave `seen` out");
}

#[test]
fn fields_say_what_they_hold() {
    wrong(", label = { zh = \"照片\", en = \"Photos\" }", "", "\"photos\"", "needs a label");
    wrong("options = \"people\"", "options = \"persons\"", "\"persons\"", "there is no query `persons`");
    wrong("options = \"people\", ", "", "\"handler\"", "has nothing to choose");
    wrong("field = \"private\"", "field = \"secret\"", "\"secret\"", "name one of title, private");
    wrong("is = [\"true\"]", "is = [\"yes\"]", "[\"yes\"]", "choose from false, true");
    wrong("default = false", "default = \"no\"", "default = \"no\"", "write true or false");
    wrong("default = 1\n", "", "[[setting]]", "needs a default");
    wrong("default = 1\n", "default = 9\n", "default = 9", "between `min` and `max`");
    wrong("min = 1", "min = 7", "min = 7", "greater than `max`");
    for own in ["on_behalf_of", "privacy", "privacy_reason"] {
        wrong("name = \"title\"", &format!("name = \"{own}\""), &format!("\"{own}\""), "the platform's own");
    }
    wrong("max = 80", "max = 0", "max = 0", "write 1 or more");
    wrong("files = true\n", "", "\"photos\"", "write `files = true`");
    wrong("kind = \"text\" }]", "kind = \"photos\" }]", "\"state\", kind = \"photos\"", "with forms only");
}

#[test]
fn documents_jobs_and_events_keep_their_rules() {
    wrong("data = true\n", "", "[[collection]]", "write `data = true`");
    wrong("schema = 2", "schema = 0", "schema = 0", "counted from 1");
    wrong("index.by_state", "index.by-state", "by-state", "joined by `_`");
    wrong("\"state: text\", ", "\"state: text\", \"state: text\", ", "by_state", "twice");
    wrong("owner = \"reporter\"", "owner = \"case.reporter\"", "case.reporter", "top-level name");
    wrong("every = \"1h\"", "every = \"30s\"", "30s", "such as `15m`");
    wrong("every = \"1h\"", "every = \"1天\"", "1天", "such as `15m`");
    wrong("\"issues.case-closed/1\"", "\"points.case-closed/1\"", "sends", "such as `issues.case-closed/1`");
    wrong("goes = \"up\" }", "gos = \"up\" }", "sends =", "an event to send is written");
    wrong("goes = \"up\" }", "schema = \"../x.json\" }", "sends =", "such as `schemas/thing-happened.json`");
    wrong("\"deed/1\",", "{ name = \"deed/1\", schema = \"x.json\" },", "sends =", "the platform's own schema");
    wrong("hears = [\"issues.case-referred/1\"]", "hears = [\"case-referred\"]", "hears", "is not an event");
    wrong("todos = [\"cadre\"]", "todos = [\"anyone\"]", "todos", "a visitor has no to-dos");
    wrong("on_behalf = [\"cadre\"]", "on_behalf = [\"member\"]", "on_behalf", "only an office");
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_lines() {
    let text = GOOD.replace("icon = \"speak\"", "icon = \"fox\"").replace("every = \"1h\"", "every = \"0h\"");
    let errors = Manifest::read(&text).unwrap_err();
    let lines: Vec<_> = errors.iter().map(|error| error.line).collect();
    assert_eq!(lines, [line_of(&text, "fox"), line_of(&text, "0h")]);
    assert!(errors[0].to_string().starts_with("line 4: icon: there is no icon `fox`"), "{}", errors[0]);
}

#[test]
fn tables_are_found_by_their_place() {
    let lines = Lines::of(GOOD);
    assert_eq!(
        lines.nth("page", 1),
        line_of(GOOD, "[[page]]").and_then(|first| {
            GOOD.lines().skip(first).position(|line| line == "[[page]]").map(|at| first + at + 1)
        })
    );
    assert_eq!(lines.key(&["uses", "hears"]), line_of(GOOD, "hears ="));
    assert_eq!(lines.nth("page", 9), lines.nth("page", 0), "what is missing is told where its kind begins");
}

#[test]
fn a_decision_point_says_whose_it_is_and_what_it_decides() {
    let name = "name = \"issues.deadline\"";
    wrong(name, "name = \"points.award\"", "points.award", "such as `issues.award`");
    wrong(name, "name = \"issues.Deadline\"", "issues.Deadline", "not a decision point of this plugin");
    wrong("deadline(case)", "deadline", "entry = \"deadline\"", "its one parameter");
    wrong("deadline(case)", "deadline(a, b)", "deadline(a, b)", "its one parameter");
    wrong(
        "output = [{ name = \"working_days\", kind = \"integer\", required = true }]\n",
        "",
        "[[rule]]",
        "decides nothing",
    );
    wrong(
        "{ name = \"step\", kind = \"text\", required = true }",
        "{ name = \"step\", kind = \"text\" }",
        "table =",
        "key of `row(key)`",
    );
    wrong(
        "{ name = \"step\", kind = \"text\", required = true }",
        "{ name = \"step\", kind = \"integer\", required = true }",
        "table =",
        "key of `row(key)`",
    );
    wrong(
        "kind = \"points\", min = -500",
        "kind = \"points\", options = \"people\"",
        "options = \"people\" }]",
        "knows no queries",
    );
    wrong(
        "{ name = \"days\", kind = \"integer\" }",
        "{ name = \"step\", kind = \"integer\" }",
        "table =",
        "stands here twice",
    );
    wrong("on_failure = \"fall-back\"", "on_failure = \"ignore\"", "\"ignore\"", "unknown word `ignore`");
    wrong("on_failure = \"fall-back\"", "built = { script = \"\" }", "built", "leave it out");
    wrong(
        "[[job]]",
        "[[rule]]\nname = \"issues.deadline\" # again\ntitle = { zh = \"一\", en = \"A\" }\nentry = \"a(b)\"\ndefault = \"a.rhai\"\noutput = [{ name = \"x\", kind = \"text\" }]\n\n[[job]]",
        "[[rule]]",
        "stands here twice",
    );
}

#[test]
fn the_files_of_a_decision_point_lie_beside_its_manifest() {
    for outside in
        ["/etc/rules.rhai", "../deadline.rhai", "rules/../../x.rhai", "rules//x.rhai", "c:x.rhai", "rules/deadline.js"]
    {
        wrong("rules/deadline.rhai", outside, outside, "not a file of this plugin");
    }
    wrong("rules/deadline.table.toml", "rules/deadline.csv", "deadline.csv", "ends with `.toml`");
    wrong(
        "table = [{ name = \"step\", kind = \"text\", required = true }, { name = \"days\", kind = \"integer\" }]\n",
        "",
        "deadline.table.toml",
        "rows without columns",
    );
}

#[test]
fn the_platforms_own_event_is_sent_by_whoever_lists_it() {
    wrong("\"deed/1\", {", "{ name = \"deed/1\", goes = \"up\" }, {", "sends =", "heard where it was done");
    let heard = GOOD.replacen("hears = [", "hears = [\"deed/1\", ", 1);
    assert!(Manifest::read(&heard).is_ok());
    wrong("\"deed/1\", {", "\"deed/2\", {", "sends =", "not an event");
}

#[test]
fn a_plugin_has_at_most_eight_decision_points() {
    let manifest = good();
    let mut many = manifest.clone();
    many.rules = (0..9)
        .map(|n| cunshi_contract::rule::Hook { name: format!("issues.r{n}"), ..manifest.rules[0].clone() })
        .collect();
    let errors = many.check().unwrap_err();
    assert!(errors.iter().any(|error| error.message.contains("at most 8 are allowed")), "{errors:?}");
}
