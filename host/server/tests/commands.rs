//! The program as operators run it: people, files, and the language it speaks. What it says of broken input is in
//! tests/tests/cli.rs of the workspace.

#![expect(clippy::unwrap_used, reason = "a test stops where its stage cannot be set")]

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn cunshi(folder: &Path, arguments: &[&str]) -> Output {
    program(folder).args(arguments).output().unwrap()
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cunshi"));
    command.current_dir(folder).env("CUNSHI_LANG", "en").env("RUST_LOG", "warn").env_remove("RUST_BACKTRACE");
    command.stdin(Stdio::null());
    command
}

/// The one sentence on standard error of a command that must fail.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = cunshi(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "`{arguments:?}` went well");
    assert_eq!(said.trim().lines().count(), 1, "not one sentence: {said}");
    for word in ["panicked", "backtrace", "os error"] {
        assert!(!said.contains(word), "`{word}` is no word for an operator: {said}");
    }
    said.trim().to_owned()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

const DISTRICT: (&str, &str) = ("t/district.toml", "code = \"510303000000\"\nname = \"贡井区\"\n");
const VILLAGES: (&str, &str) = (
    "t/villages.csv",
    "code,name,kind,town_code,town\n510303108001,天府社区,community,510303108,成佳镇\n510303108201,石龙村,village,510303108,成佳镇\n",
);

#[test]
fn a_district_is_applied_once_and_listed() {
    let folder = folder(&[DISTRICT, VILLAGES]);
    let first = String::from_utf8(cunshi(folder.path(), &["apply", "t"]).stdout).unwrap();
    assert!(first.contains("+ 510303108001 天府社区 (community)\n") && first.ends_with("applied\n"), "{first}");
    let second = String::from_utf8(cunshi(folder.path(), &["apply", "t"]).stdout).unwrap();
    assert_eq!(second, "= 4 spaces are as they should be\nnothing to do\n");

    let listed = String::from_utf8(cunshi(folder.path(), &["village", "list"]).stdout).unwrap();
    assert_eq!(listed, "510303108001\t天府社区\tcommunity\t成佳镇\n510303108201\t石龙村\tvillage\t成佳镇\n");
    let verified = String::from_utf8(cunshi(folder.path(), &["village", "verify"]).stdout).unwrap();
    assert_eq!(verified.lines().filter(|line| line.starts_with("= ")).count(), 4, "{verified}");
}

#[test]
fn a_dry_run_makes_no_data_folder() {
    let folder = folder(&[DISTRICT, VILLAGES]);
    let said = refused(folder.path(), &["apply", "t", "--dry-run"]);
    assert_eq!(said, "cunshi: data holds no data yet: run `cunshi plugin install` first");
    assert!(!folder.path().join("data").exists());
}

#[test]
fn people_are_added_found_reset_and_granted() {
    let folder = folder(&[DISTRICT, VILLAGES]);
    assert!(cunshi(folder.path(), &["apply", "t"]).status.success());
    let at = |arguments: &[&str]| String::from_utf8(cunshi(folder.path(), arguments).stdout).unwrap();

    let add = ["user", "add", "--space", "510303108001", "--name", "林秀英", "--phone", "199 0000 0001"];
    assert!(at(&add).starts_with("password: "));
    assert_eq!(at(&["user", "list", "--space", "510303108001"]), "林秀英\t19900000001\tmember\n");
    assert_eq!(refused(folder.path(), &add), "cunshi: there is an account with the telephone 19900000001 already");

    assert!(at(&["user", "grant", "19900000001", "--space", "510303108001", "--role", "cadre"]).is_empty());
    assert_eq!(at(&["user", "list", "--space", "510303108001"]), "林秀英\t19900000001\tmember,cadre\n");

    let mut reset = program(folder.path())
        .args(["user", "reset", "19900000001", "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    reset.stdin.take().unwrap().write_all("short\n".as_bytes()).unwrap();
    let output = reset.wait_with_output().unwrap();
    assert!(!output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "cunshi: a password has at least 8 characters\n");
    assert_eq!(
        refused(folder.path(), &["user", "reset", "13800000000"]),
        "cunshi: there is no account with the telephone 13800000000"
    );
}

#[test]
fn a_port_in_use_is_said_before_anything_is_made() {
    let folder = folder(&[]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refused(folder.path(), &["serve", "--listen", &address]);
    assert_eq!(
        said,
        format!("cunshi: {address} is in use: choose another with --listen, or stop the program that has it")
    );
    assert!(!folder.path().join("data").exists());
}

#[test]
fn chinese_is_spoken_where_it_is_asked_for() {
    let none = tempfile::tempdir().unwrap();
    let output = program(none.path()).env("CUNSHI_LANG", "zh").args(["apply", "t"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "cunshi: t/district.toml: 没有这个文件\n");
}
