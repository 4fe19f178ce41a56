//! Compiling components, in a child process with limits when they come from outside.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::check::one_line;
use crate::engine;
use crate::error::LoadError;

/// Address space of the child, in bytes.
const CHILD_MEMORY: u64 = 3 << 30;
/// Processor time of the child, in seconds.
const CHILD_CPU_SECONDS: u64 = 60;
/// Time from beginning to end.
const CHILD_WALL: Duration = Duration::from_secs(90);

/// Compiles in this process: for components that this machine built itself, and for tests.
pub(crate) fn here(component: &[u8]) -> Result<Vec<u8>, LoadError> {
    let engine = engine::compiling().map_err(|error| LoadError::Compile(error.to_string()))?;
    engine.precompile_component(component).map_err(|error| LoadError::Compile(one_line(&format!("{error:#}"))))
}

/// Compiles through files in `folder`, in a child process.
pub(crate) async fn in_child(exe: &Path, folder: &Path, component: &[u8]) -> Result<Vec<u8>, LoadError> {
    let work = tempfile::tempdir_in(folder)?;
    let (input, output): (PathBuf, PathBuf) = (work.path().join("in.wasm"), work.path().join("out.cwasm"));
    tokio::fs::write(&input, component).await?;
    compile_in_child(exe, &input, &output).await?;
    Ok(tokio::fs::read(&output).await?)
}

/// Compiles `input` into `output` in a child process under limits of memory and time: `exe` is this
/// platform's binary, which calls [`compile_main`] for its hidden command `compile-component`.
pub async fn compile_in_child(exe: &Path, input: &Path, output: &Path) -> Result<(), LoadError> {
    let child = tokio::process::Command::new(exe)
        .arg("compile-component")
        .arg(input)
        .arg(output)
        .env_clear()
        // Threads reserve address space, which is what the limit counts: few of them, whatever the machine.
        .env("RAYON_NUM_THREADS", "2")
        .env("MALLOC_ARENA_MAX", "2")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| LoadError::Compile(format!("the compiler cannot be started: {error}")))?;
    let finished = tokio::time::timeout(CHILD_WALL, child.wait_with_output())
        .await
        .map_err(|_| LoadError::Compile(format!("it took longer than {} s", CHILD_WALL.as_secs())))?
        .map_err(|error| LoadError::Compile(format!("the compiler was lost: {error}")))?;
    if finished.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&finished.stderr);
    let sentence = said.lines().map(str::trim).find(|line| !line.is_empty());
    Err(LoadError::Compile(match (finished.status.code(), sentence) {
        (Some(1), Some(sentence)) => sentence.to_owned(),
        _ => format!("it needs more than {} MiB of memory or {CHILD_CPU_SECONDS} s to compile", CHILD_MEMORY >> 20),
    }))
}

/// The child's side of [`compile_in_child`]: the caller prints the sentence to standard error and exits
/// with 1.
pub fn compile_main(input: &Path, output: &Path) -> Result<(), String> {
    limit_this_process().map_err(|error| format!("the compiler cannot limit itself: {error}"))?;
    let component = std::fs::read(input).map_err(|error| format!("the component cannot be read: {error}"))?;
    let code = here(&component).map_err(|error| match error {
        LoadError::Compile(sentence) => one_line(&sentence),
        other => other.to_string(),
    })?;
    std::fs::write(output, code).map_err(|error| format!("the compiled code cannot be written: {error}"))
}

#[cfg(unix)]
fn limit_this_process() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    for (resource, most) in [(Resource::As, CHILD_MEMORY), (Resource::Cpu, CHILD_CPU_SECONDS), (Resource::Core, 0)] {
        let most = getrlimit(resource).maximum.map_or(most, |already| already.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit_this_process() -> std::io::Result<()> {
    Ok(())
}
