//! The program `cunshi` itself, as operators run it.

use std::ffi::OsStr;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use reqwest::Client;
use tempfile::NamedTempFile;
use tokio::process::{Child, Command};
use tokio::time;

use crate::binary;

/// Longest time that a server may take to be ready, and a command to end.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running `cunshi serve`; killed when it is dropped.
pub struct Served {
    /// `http://127.0.0.1:…`
    pub base: String,
    child: Child,
    log: NamedTempFile,
}

impl Served {
    /// Starts it over a data folder and waits until it is ready.
    pub async fn start(data: &Path, listen: SocketAddr) -> Self {
        let mut served = Self::spawn(data, listen);
        served.is_ready().await;
        served
    }

    /// Starts it without waiting.
    pub fn spawn(data: &Path, listen: SocketAddr) -> Self {
        Self::by(program(), data, listen)
    }

    /// Starts it by a command that has only to be told to serve.
    pub fn by(mut command: Command, data: &Path, listen: SocketAddr) -> Self {
        let log = NamedTempFile::new().expect("a file for its log");
        command.arg("serve").arg("--data").arg(data).arg("--listen").arg(listen.to_string());
        command.stdout(log.reopen().expect("its log")).stderr(log.reopen().expect("its log"));
        let child = command.kill_on_drop(true).spawn().expect("the program starts");
        Self { base: format!("http://{listen}"), child, log }
    }

    /// Waits until it answers calls; returns how long that took.
    pub async fn is_ready(&mut self) -> Duration {
        let began = Instant::now();
        let client = Client::new();
        let address = format!("{}/readyz", self.base);
        loop {
            if client.get(&address).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return began.elapsed();
            }
            let ended = self.child.try_wait().expect("its state");
            assert!(ended.is_none(), "the server ended with {ended:?}:\n{}", self.said());
            assert!(began.elapsed() < PATIENCE, "the server is not ready:\n{}", self.said());
            time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Kills it without warning, as a power cut would.
    pub async fn is_killed(mut self) {
        self.child.kill().await.expect("it ran until now");
    }

    /// Its process id.
    pub fn process(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// All that it has said.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log.path()).expect("its log")
    }
}

/// An address of this machine on which nobody listens.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its address")
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit status; none when a signal ended it.
    pub code: Option<i32>,
    /// What programs read.
    pub stdout: String,
    /// What people read when something is wrong.
    pub stderr: String,
}

impl Ran {
    /// Asserts that it went well and gives it back.
    #[track_caller]
    pub fn went_well(self) -> Self {
        assert_eq!(self.code, Some(0), "{}{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that it was refused with one clear sentence for people, and gives that sentence.
    #[track_caller]
    pub fn refused(&self) -> &str {
        assert!(self.code.is_some_and(|code| code != 0), "it went well: {}{}", self.stdout, self.stderr);
        let sentence = self.stderr.trim();
        assert_eq!(sentence.lines().count(), 1, "more or less than one sentence:\n{}\n{sentence}", self.stdout);
        for word in ["panicked", "backtrace", "unwrap", "Error {", "thread '"] {
            assert!(!sentence.contains(word), "`{word}` is no word for an operator: {sentence}");
        }
        sentence
    }
}

/// Runs a command of the program to its end.
pub async fn cunshi<I, S>(arguments: I) -> Ran
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut command = program();
    command.args(arguments);
    ran(command).await
}

/// Runs any prepared command to its end, within bounds.
pub async fn ran(mut command: Command) -> Ran {
    command.stdin(Stdio::null()).kill_on_drop(true);
    let output = time::timeout(PATIENCE, command.output()).await.expect("it ends").expect("it starts");
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The program, speaking English, and quiet but for warnings.
pub fn program() -> Command {
    as_in_tests(Command::new(binary()))
}

/// The program on a disk that is full as soon as `room` KiB more are written than `data` holds; the folder is
/// where it was. A disk of its own where the system lets anybody make one, else a limit on every file.
pub async fn program_on_a_small_disk(data: &Path, room: u64) -> Command {
    // The folder that was entered before the disk was put over it is still the old one.
    const MOUNT: &str =
        "cd \"$2\" && mount -t tmpfs -o size=\"$1\"k none \"$2\" && cp -r . \"$2\" && cd / && shift 2 && exec \"$@\"";
    const ISOLATED: [&str; 4] = ["--user", "--map-root-user", "--mount", "--"];
    let mut probe = Command::new("unshare");
    probe.args(ISOLATED).args(["sh", "-c", "mount -t tmpfs none /tmp"]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut command = if probe.status().await.is_ok_and(|status| status.success()) {
        let size = room + size_kib(data);
        let mut command = Command::new("unshare");
        command.args(ISOLATED).args(["sh", "-c", MOUNT, "sh"]).arg(size.to_string()).arg(data);
        command
    } else {
        // The signal would end the process; ignored, the write fails as it does on a full disk.
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"", "sh"]).arg((room * 2).to_string());
        command
    };
    command.arg(binary());
    as_in_tests(command)
}

fn as_in_tests(mut command: Command) -> Command {
    command.env("CUNSHI_LANG", "en").env("RUST_LOG", "warn").env_remove("RUST_BACKTRACE");
    command
}

/// What a folder takes on a disk with pages of 4 KiB.
fn size_kib(path: &Path) -> u64 {
    let metadata = std::fs::metadata(path).expect("it is there");
    if metadata.is_file() {
        return metadata.len().div_ceil(4096) * 4;
    }
    let entries = std::fs::read_dir(path).expect("a folder");
    entries.map(|entry| size_kib(&entry.expect("an entry").path())).sum::<u64>() + 4
}
