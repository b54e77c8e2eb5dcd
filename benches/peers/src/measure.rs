//! Time and the peak of memory, each run in a process of its own.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use crate::cases;

/// The argument that makes this program a child of itself.
pub(crate) const CHILD: &str = "--child";

/// What a child measured.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    /// The fastest run.
    pub(crate) best: Duration,
    /// What the process had in memory at most, with the page that was given to it.
    pub(crate) peak_bytes: u64,
}

/// Runs a case in a child, so many times.
pub(crate) fn case(name: &str, page: &Path, runs: usize) -> Measured {
    let child = Command::new(env::current_exe().unwrap())
        .args([CHILD, name, page.to_str().unwrap(), &runs.to_string()])
        .output()
        .unwrap();
    assert!(child.status.success(), "{name}: {}", String::from_utf8_lossy(&child.stderr));
    let said = String::from_utf8(child.stdout).unwrap();
    let (nanos, kib) = said.trim().split_once(' ').unwrap();
    Measured {
        best: Duration::from_nanos(nanos.parse().unwrap()),
        peak_bytes: kib.parse::<u64>().unwrap() * 1024,
    }
}

/// The child: prints the nanoseconds of the fastest run, and the peak of the first one in KiB.
pub(crate) fn child(name: &str, page: &str, runs: usize) {
    let case = cases::ALL.iter().find(|case| case.name == name).unwrap();
    let page = fs::read(page).unwrap();
    let mut peak = None;
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        assert!((case.run)(&page) > 0, "nothing was found");
        let time = start.elapsed();
        peak.get_or_insert_with(peak_kib);
        time
    });
    let best = times.min().unwrap();
    println!("{} {}", best.as_nanos(), peak.unwrap());
}

/// The most that this process has had in memory, as Linux counts.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The fastest of so many runs of a command; `None` where it is not there or fails.
pub(crate) fn command(program: &str, arguments: &[&str], folder: &Path, runs: usize) -> Option<Duration> {
    let times: Option<Vec<_>> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            let status = Command::new(program)
                .args(arguments)
                .current_dir(folder)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            status.ok()?.success().then(|| start.elapsed())
        })
        .collect();
    times?.into_iter().min()
}
