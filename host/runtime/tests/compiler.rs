//! Compiling in a child process: this test's own binary is the compiler that it starts, as the platform's is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use cunshi_model::{Calendar, ManualClock};
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, MemorySpaces};
use cunshi_runtime::{LoadError, Runtime, RuntimeOptions, compile_in_child, compile_main};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [command, input, output] = args.as_slice()
        && command == "compile-component"
    {
        return compiler(Path::new(input), Path::new(output));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        a_component_is_compiled_by_a_child_and_runs_here().await;
        what_the_compiler_says_is_what_the_author_reads().await;
    });
    println!("compiler: ok");
    ExitCode::SUCCESS
}

/// The child's side.
fn compiler(input: &Path, output: &Path) -> ExitCode {
    match compile_main(input, output) {
        Ok(()) => {
            assert!(is_limited(), "the child has limits");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
fn is_limited() -> bool {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let limited = |name: &str| limits.lines().any(|line| line.starts_with(name) && !line.contains("unlimited"));
    limited("Max address space") && limited("Max cpu time")
}

#[cfg(not(target_os = "linux"))]
fn is_limited() -> bool {
    true
}

fn this() -> PathBuf {
    std::env::current_exe().unwrap()
}

async fn a_component_is_compiled_by_a_child_and_runs_here() {
    let dir = tempfile::tempdir().unwrap();
    let options = RuntimeOptions { instances: 8, compiler: Some(this()), ..RuntimeOptions::new(dir.path()) };
    let clock = Arc::new(ManualClock::at(0));
    let runtime = Runtime::new(options, Arc::new(MemorySpaces::new()), Calendar::default(), clock).unwrap();
    let release = runtime.load(Guest::new(manifest("notes")).build()).await.unwrap();
    assert_eq!(release.name(), "notes");
}

async fn what_the_compiler_says_is_what_the_author_reads() {
    let dir = tempfile::tempdir().unwrap();
    let (input, output) = (dir.path().join("in.wasm"), dir.path().join("out.cwasm"));
    std::fs::write(&input, b"not a component").unwrap();
    let error = compile_in_child(&this(), &input, &output).await.unwrap_err();
    assert!(matches!(error, LoadError::Compile(_)), "{error}");
    assert!(!error.to_string().contains('\n'), "{error}");
    let missing = dir.path().join("missing.wasm");
    let error = compile_in_child(&this(), &missing, &output).await.unwrap_err().to_string();
    assert!(error.contains("the component cannot be read"), "{error}");
    assert!(!output.exists());
}
