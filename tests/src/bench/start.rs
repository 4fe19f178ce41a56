//! 94 villages with the demo: how soon a process is ready, and how much memory it holds when nobody calls.

use std::path::Path;
use std::time::{Duration, Instant};

use super::{Figure, Promise, median, span};
use crate::{MODULES, Served, cunshi, free_address, workspace};

/// Starts, of which the middle one counts.
const STARTS: usize = 5;
/// How long a server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(5);

pub(super) async fn measure(data: Option<&Path>) -> [Figure; 2] {
    let own = tempfile::tempdir().expect("a folder");
    let data = if let Some(data) = data {
        data.to_owned()
    } else {
        let data = own.path().join("data");
        let tenants = workspace().join("tenants/gongjing");
        let mut command = crate::program();
        command.arg("demo").arg("--data").arg(&data).arg("--tenants").arg(tenants);
        for plugin in MODULES {
            command.arg("--plugin").arg(workspace().join(format!("target/cunshi/{plugin}.wasm")));
        }
        let status = command.stdout(std::process::Stdio::null()).status().await.expect("it starts");
        assert!(status.success(), "the demo was not made: {status}");
        data
    };
    let text = data.to_str().expect("a path of letters");
    let listed = cunshi(["village", "list", "--data", text]).await.went_well();
    assert_eq!(listed.stdout.lines().count(), 94, "not the demo's data");

    let (mut times, mut resident) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let began = Instant::now();
        let mut served = Served::spawn(&data, free_address());
        served.is_ready().await;
        times.push(began.elapsed().as_secs_f64());
        tokio::time::sleep(IDLE).await;
        resident.push(resident_mb(served.process()));
        served.is_killed().await;
    }
    let (ready, memory) = (median(times), median(resident));
    [
        Figure {
            what: "94 villages with the demo: from process start to ready",
            ours: span(ready),
            counterpart: String::new(),
            measured: ready,
            promise: Promise::AtMost(2.0, "s"),
        },
        Figure {
            what: "94 villages with the demo: resident memory when idle",
            ours: format!("{memory:.0} MB"),
            counterpart: String::new(),
            measured: memory,
            promise: Promise::AtMost(200.0, "MB"),
        },
    ]
}

/// `VmRSS` of a process in MB.
fn resident_mb(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a Linux process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kib / 1024.0
}
