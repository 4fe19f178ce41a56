//! The tools that every command needs: where the workspace is, cargo, the wasm target, the host's binary.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |given| root().join(given))
}

/// The cargo that runs this xtask, in the workspace's folder.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command to its end; anything but success is an error that names it.
pub fn run(command: &mut Command) -> Result<()> {
    let line = words(command);
    let status = command.status().with_context(|| format!("`{line}` does not start"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// As [`run`], and says beforehand what is being done.
pub fn step(what: &str, command: &mut Command) -> Result<()> {
    eprintln!("» {what}");
    run(command)
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let mut line = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

/// Adds the target that guests are built for when rustup does not have it; without rustup the build itself
/// says what is missing.
pub fn ensure_wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let listed = Command::new("rustup").args(["target", "list", "--installed"]).current_dir(root()).output();
    let Ok(listed) = listed else { return Ok(()) };
    if String::from_utf8_lossy(&listed.stdout).lines().any(|line| line.trim() == TARGET) {
        return Ok(());
    }
    step(
        "adding the target wasm32-unknown-unknown",
        Command::new("rustup").args(["target", "add", TARGET]).current_dir(root()),
    )
}

/// Builds the host and returns its binary.
pub fn host(release: bool) -> Result<PathBuf> {
    binary("cunshi", release)
}

/// Builds a program of the workspace and returns it. With `--workspace`, as tests are built: cargo chooses features by
/// the packages that it is given, and would build what lies below once for each choice.
pub fn binary(name: &str, release: bool) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--quiet", "--workspace", "--bin", name]);
    if release {
        build.arg("--release");
    }
    run(&mut build)?;
    let folder = if release { "release" } else { "debug" };
    Ok(target().join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}
