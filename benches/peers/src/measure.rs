//! Time on the processor and the peak of memory, each run in a process of its own.
//!
//! Not the time that passes: others may use the machine.

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
    /// The fastest run, as time on the processor.
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
        let start = on_processor();
        assert!((case.run)(&page) > 0, "nothing was found");
        let time = on_processor() - start;
        peak.get_or_insert_with(peak_kib);
        time
    });
    let best = times.min().unwrap();
    println!("{} {}", best.as_nanos(), peak.unwrap());
}

/// How long this thread has run, as Linux counts.
fn on_processor() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(told.split(' ').next().unwrap().parse().unwrap())
}

/// The most that this process has had in memory, as Linux counts.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// What a command took.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spent {
    /// On all processors together.
    pub(crate) processor: Duration,
    /// Until it was done.
    pub(crate) passed: Duration,
}

/// The least of so many runs of a command; `None` where it is not there or fails.
pub(crate) fn command(program: &str, arguments: &[&str], folder: &Path, runs: usize) -> Option<Spent> {
    /// The shell knows what its children took.
    const SCRIPT: &str = r#"TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1 </dev/null"#;
    let run = |_| {
        let start = Instant::now();
        let mut shell = Command::new("bash");
        shell.args(["-c", SCRIPT, "bash", program]).args(arguments).current_dir(folder);
        let output = shell.stdin(Stdio::null()).output().ok()?;
        let passed = start.elapsed();
        let told = String::from_utf8(output.stderr).ok().filter(|_| output.status.success())?;
        let seconds: f64 = told.split_whitespace().filter_map(|part| part.parse::<f64>().ok()).sum();
        Some(Spent { processor: Duration::from_secs_f64(seconds), passed })
    };
    let runs: Vec<Spent> = (0..runs).map(run).collect::<Option<_>>()?;
    let least = |of: fn(&Spent) -> Duration| runs.iter().map(of).min();
    Some(Spent { processor: least(|spent| spent.processor)?, passed: least(|spent| spent.passed)? })
}
