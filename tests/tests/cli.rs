//! The operator at the terminal: what goes wrong is one clear sentence and a non-zero exit, never a backtrace.

#![expect(clippy::expect_used, reason = "helpers of tests stop the test with a sentence")]

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use cunshi_tests::{
    Answer, District, MODULES, Ran, Served, cunshi, free_address, program_on_a_small_disk, ran, workspace,
};
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

fn folder() -> TempDir {
    tempdir().expect("a folder")
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path of letters").to_owned()
}

fn component(name: &str) -> String {
    text(&workspace().join("target/cunshi").join(format!("{name}.wasm")))
}

async fn install(data: &Path) {
    for module in MODULES {
        cunshi(["plugin", "install", &component(module), "--data", &text(data)]).await.went_well();
    }
}

async fn apply(data: &Path, tenants: &Path) -> Ran {
    cunshi(["apply", &text(tenants), "--data", &text(data)]).await
}

/// A copy of the district's files in which one file is other than it should be.
fn tenants_with(file: &str, change: impl FnOnce(String) -> String) -> TempDir {
    let copy = folder();
    for name in ["district.toml", "villages.csv", "calendar.toml"] {
        let original =
            fs::read_to_string(workspace().join("tenants/gongjing").join(name)).expect("a file of the district");
        fs::write(copy.path().join(name), original).expect("written");
    }
    let path = copy.path().join(file);
    let changed = change(fs::read_to_string(&path).unwrap_or_default());
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, changed).expect("written");
    copy
}

#[tokio::test]
async fn the_district_is_applied_once_and_then_there_is_nothing_to_do() {
    let data = folder();
    let tenants = workspace().join("tenants/gongjing");
    install(data.path()).await;
    let first = apply(data.path(), &tenants).await.went_well();
    assert!(first.stdout.contains("天府社区") || first.stdout.contains("510303108001"), "{}", first.stdout);
    let again = apply(data.path(), &tenants).await.went_well();
    assert!(again.stdout.ends_with("nothing to do\n"), "{}", again.stdout);
    assert!(again.stdout.lines().all(|line| !line.starts_with(['+', '~', '-'])), "{}", again.stdout);

    let listed = cunshi(["village", "list", "--data", &text(data.path())]).await.went_well();
    assert_eq!(listed.stdout.lines().count(), 94, "{}", listed.stdout);
    cunshi(["village", "verify", "--data", &text(data.path())]).await.went_well();

    let served = Served::start(data.path(), free_address()).await;
    let answer = reqwest::get(format!("{}/api/v1/villages", served.base)).await.expect("the server answers");
    let body = Answer::of(answer).await.expect("a whole answer").is(200).body;
    let villages = body["villages"].as_array().unwrap_or_else(|| panic!("no list: {body:#}"));
    assert_eq!(villages.len(), 94);
    let rows = fs::read_to_string(workspace().join("tenants/gongjing/villages.csv")).expect("the list");
    for row in rows.lines().skip(1) {
        let [code, name, kind, town_code, town] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let village = villages.iter().find(|village| village["code"] == code);
        let village = village.unwrap_or_else(|| panic!("{name} is not listed"));
        assert_eq!((&village["name"], &village["kind"]), (&Value::from(name), &Value::from(kind)));
        let its_town = &village["town"];
        assert!(its_town == town || its_town["name"] == town, "{village:#}");
        assert!(
            its_town["code"].is_null() || its_town["code"].as_str().is_some_and(|code| code.starts_with(town_code))
        );
    }
    served.is_killed().await;
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let data = folder();
    let tenants = text(&workspace().join("tenants/gongjing"));
    install(data.path()).await;
    let dry = ["apply", &tenants, "--dry-run", "--data", &text(data.path())];
    let first = cunshi(dry).await.went_well();
    let second = cunshi(dry).await.went_well();
    assert_eq!(first.stdout, second.stdout);
    let listed = cunshi(["village", "list", "--data", &text(data.path())]).await.went_well();
    assert_eq!(listed.stdout, "");
}

#[tokio::test]
async fn a_port_in_use_is_said() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    let data = folder();
    let ran = cunshi(["serve", "--data", &text(data.path()), "--listen", &address]).await;
    let said = ran.refused();
    assert!(said.contains(&address) && said.contains("in use"), "{said}");
}

#[tokio::test]
async fn a_data_folder_serves_one_process() {
    let data = District::of_today(&["issues"]).await.leaves().await;
    let served = Served::start(data.path(), free_address()).await;
    let ran = cunshi(["village", "list", "--data", &text(data.path())]).await;
    assert!(ran.refused().contains(&text(data.path())), "{}", ran.stderr);
    served.is_killed().await;
    cunshi(["village", "list", "--data", &text(data.path())]).await.went_well();
}

#[tokio::test]
async fn data_of_a_newer_version_is_left_alone() {
    let data = folder();
    install(data.path()).await;
    let file = data.path().join("district.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let pool = sqlx::SqlitePool::connect_with(options).await.expect("the database");
    sqlx::query("PRAGMA user_version = 9999").execute(&pool).await.expect("from the future");
    pool.close().await;
    for command in [["village", "list"].as_slice(), &["serve", "--listen", "127.0.0.1:0"]] {
        let data = text(data.path());
        let ran = cunshi(command.iter().copied().chain(["--data", &data])).await;
        let said = ran.refused();
        assert!(said.contains("9999") && said.contains("newer"), "{said}");
    }
}

#[tokio::test]
async fn what_is_wrong_in_the_districts_files_is_said_by_file_and_line() {
    let data = folder();
    install(data.path()).await;
    let insert = |number: usize, line: &'static str| {
        move |text: String| {
            let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
            lines.insert(number - 1, line.to_owned());
            lines.join("\n")
        }
    };
    let replace = |from: &'static str, to: &'static str| move |text: String| text.replacen(from, to, 1);
    let broken = [
        ("district.toml", tenants_with("district.toml", insert(7, "language == \"zh\"")), Some(7)),
        ("district.toml", tenants_with("district.toml", insert(7, "colour = \"red\"")), Some(7)),
        ("district.toml", tenants_with("district.toml", replace("\"510303000000\"", "\"5103\"")), Some(4)),
        ("villages.csv", tenants_with("villages.csv", replace("village", "hamlet")), Some(2)),
        ("villages.csv", tenants_with("villages.csv", |text| text.replace("510303003202", "510303003201")), Some(3)),
        ("calendar.toml", tenants_with("calendar.toml", insert(3, "never")), None),
        (
            "village.toml",
            tenants_with("villages/510303108001/village.toml", |_| {
                "\n[plugins.issues.settings]\nmask = \"everything\"\n".into()
            }),
            Some(3),
        ),
        (
            "village.toml",
            tenants_with("villages/510303108001/village.toml", |_| {
                "[plugins.issues.settings]\n\nmasc = \"ends\"\n".into()
            }),
            Some(3),
        ),
    ];
    for (file, tenants, line) in broken {
        let ran = apply(data.path(), tenants.path()).await;
        let said = ran.refused();
        let place = line.map_or(format!("{file}:"), |line| format!("{file}:{line}:"));
        assert!(said.contains(&place), "it does not name {place} {said}");
    }
    let ran = apply(data.path(), &data.path().join("nowhere")).await;
    assert!(ran.refused().contains("nowhere"), "{}", ran.stderr);
    let listed = cunshi(["village", "list", "--data", &text(data.path())]).await.went_well();
    assert_eq!(listed.stdout, "", "nothing of it was applied");
}

/// A copy of the plugin `issues` without its code.
fn plugin_with(change: impl FnOnce(String) -> String) -> TempDir {
    let copy = folder();
    let original = fs::read_to_string(workspace().join("plugins/issues/plugin.toml")).expect("a manifest");
    fs::write(copy.path().join("plugin.toml"), change(original)).expect("written");
    copy
}

#[tokio::test]
async fn what_is_wrong_in_a_manifest_is_said_by_file_and_line() {
    let at = |needle: &str| {
        let original = fs::read_to_string(workspace().join("plugins/issues/plugin.toml")).expect("a manifest");
        1 + original.lines().position(|line| line.contains(needle)).expect("a line")
    };
    let broken = [
        (plugin_with(|text| text.replace("version = \"1.0.0\"", "version = 1.0.0")), at("version = ")),
        (plugin_with(|text| text.replace("todos = [", "todoes = [")), at("todos = [")),
        (plugin_with(|text| text.replace("name = \"issues\"", "name = \"manage\"")), at("name = \"issues\"")),
        (plugin_with(|text| text.replace("every = \"1h\"", "every = \"1s\"")), at("every = \"1h\"")),
    ];
    for (folder, line) in broken {
        for command in ["check", "build"] {
            let mut arguments = vec!["plugin".to_owned(), command.to_owned(), text(folder.path())];
            if command == "build" {
                arguments.extend(["--out".to_owned(), text(&folder.path().join("out.wasm"))]);
            }
            let ran = cunshi(arguments).await;
            // One line for every mistake, because one change often makes several.
            let place = format!("plugin.toml:{line}: ");
            assert!(ran.code.is_some_and(|code| code != 0), "{}", ran.stdout);
            assert!(ran.stderr.lines().any(|said| said.contains(&place)), "{place} is not named: {}", ran.stderr);
            assert!(ran.stderr.lines().all(|said| said.contains("plugin.toml:")), "not mistakes alone: {}", ran.stderr);
            assert!(!folder.path().join("out.wasm").exists());
        }
    }
}

#[tokio::test]
async fn what_is_no_plugin_is_not_installed() {
    let data = folder();
    let hostile = data.path().join("hostile");
    fs::create_dir_all(&hostile).expect("made");
    let real = fs::read(component("issues")).expect("built");
    let cases: [(&str, Vec<u8>); 4] = [
        ("empty.wasm", Vec::new()),
        ("text.wasm", b"not a component".to_vec()),
        ("module.wasm", b"\0asm\x01\0\0\0".to_vec()),
        ("cut.wasm", real[..real.len() / 2].to_vec()),
    ];
    for (name, bytes) in cases {
        let path = hostile.join(name);
        fs::write(&path, bytes).expect("written");
        let ran = cunshi(["plugin", "install", &text(&path), "--data", &text(&data.path().join("data"))]).await;
        assert!(ran.refused().contains(name), "{}", ran.stderr);
    }
    let ran = cunshi(["plugin", "install", "nowhere.wasm", "--data", &text(&data.path().join("data"))]).await;
    assert!(ran.refused().contains("nowhere.wasm"), "{}", ran.stderr);
    let listed = cunshi(["plugin", "list", "--data", &text(&data.path().join("data"))]).await.went_well();
    assert_eq!(listed.stdout, "");
}

#[tokio::test]
async fn an_unknown_village_is_said() {
    let data = folder();
    install(data.path()).await;
    for code in ["510303999999", "tianfu", ""] {
        let ran = cunshi(["village", "verify", code, "--data", &text(data.path())]).await;
        assert!(ran.refused().contains("village list"), "it says where to look: {}", ran.stderr);
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_said() {
    let place = folder();
    let file = place.path().join("file");
    fs::write(&file, "not a folder").expect("written");
    let inside: PathBuf = file.join("data");
    for command in [["village", "list"].as_slice(), &["serve", "--listen", "127.0.0.1:0"]] {
        let data = text(&inside);
        let ran = cunshi(command.iter().copied().chain(["--data", &data])).await;
        assert!(ran.refused().contains(&data), "{}", ran.stderr);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_full_disk_is_said() {
    let data = folder();
    install(data.path()).await;
    let tenants = text(&workspace().join("tenants/gongjing"));
    for room in [0, 64, 512] {
        let mut command = program_on_a_small_disk(data.path(), room).await;
        command.args(["apply", &tenants, "--data", &text(data.path())]);
        let ran = ran(command).await;
        let said = ran.refused();
        assert!(said.contains("full") || said.contains("disk") || said.contains("written"), "{room}: {said}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn on_a_full_disk_people_are_told_and_nothing_acknowledged_is_lost() {
    let district = District::of_today(&["issues"]).await;
    let lin = district.tianfu().villager("林秀英").await;
    let data = district.leaves().await;
    let listen = free_address();
    // Once on a large disk, so that the plugin is compiled.
    Served::start(data.path(), listen).await.is_killed().await;
    let small = program_on_a_small_disk(data.path(), 1_024).await;
    let mut served = Served::by(small, data.path(), listen);
    served.is_ready().await;
    let lin = lin.through(&served.base);

    let mut said = Vec::new();
    let refused = loop {
        assert!(said.len() < 2_000, "the disk is never full");
        let fields =
            json!({ "title": format!("第{}件", said.len()), "category": "other", "detail": "长".repeat(2_000) });
        let answer = lin.does("issues", "report", fields).await;
        if !answer.status.is_success() {
            break answer;
        }
        said.push(answer.result()["id"].as_str().expect("an id").to_owned());
    };
    assert!(!said.is_empty(), "the disk was full from the beginning: {:#}", refused.body);
    assert!(matches!(refused.status.as_u16(), 500 | 503 | 507), "{}: {:#}", refused.status, refused.body);
    assert_eq!(refused.media_type, "application/problem+json");
    for id in [&said[0], &said[said.len() - 1]] {
        let case = lin.asks("issues", "lookup", &format!("id={id}")).await.result();
        assert_eq!(case["id"], **id, "what was acknowledged is still there and can be read");
    }
    served.is_killed().await;
}
