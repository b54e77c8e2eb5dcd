//! Time on the processor and the peak of memory, each in a process of its own.
//!
//! Not the time that passes, where one thread runs: others may use the machine.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use nix::time::{ClockId, clock_gettime};

/// The first arguments that make this program a child of itself: for what runs in process, and
/// for a command.
pub(crate) const CHILD: &str = "--child";
pub(crate) const COMMAND: &str = "--command";

/// What runs in process, with all that it starts from.
pub(crate) struct Prepared {
    /// How large it is, read or written.
    pub(crate) bytes: u64,
    /// Runs it, and tells how many things were found.
    pub(crate) run: Box<dyn Fn() -> usize>,
}

/// What a child measured.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Measured {
    /// The least of its runs on all processors together.
    pub(crate) processor: Duration,
    /// The least until it was done.
    pub(crate) passed: Duration,
    /// What was in memory at most: in process, what was given to it and what it took beyond that;
    /// of a command, the whole process.
    pub(crate) peak_bytes: u64,
    /// How large that was; 0 for a command.
    pub(crate) bytes: u64,
}

/// Runs what `name` names on `path` in a child, so many times.
pub(crate) fn in_process(name: &str, path: &Path, runs: usize) -> Measured {
    let child = myself([CHILD, name, path.to_str().unwrap(), &runs.to_string()], Path::new("."));
    child.unwrap_or_else(|| panic!("{name} failed"))
}

/// The child: prints the least times of `prepared`, and the peak of its first run.
pub(crate) fn child(prepared: &Prepared, runs: usize) {
    // The peak of preparing is no part of it; Linux forgets it when told so.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = peak_kib();
    let mut peak = None;
    let (mut processor, mut passed) = (Duration::MAX, Duration::MAX);
    for _ in 0..runs {
        let (start, on) = (Instant::now(), on_processor());
        assert!((prepared.run)() > 0, "nothing was found");
        processor = processor.min(on_processor() - on);
        passed = passed.min(start.elapsed());
        peak.get_or_insert_with(|| peak_kib() - before);
    }
    let peak_bytes = prepared.bytes + peak.unwrap() * 1024;
    tell(Measured { processor, passed, peak_bytes, bytes: prepared.bytes });
}

/// Runs a command in a child, so many times; `None` where it is not there or fails.
pub(crate) fn command(program: &str, arguments: &[&str], folder: &Path, runs: usize) -> Option<Measured> {
    let runs = runs.to_string();
    myself([COMMAND, &runs, program].iter().chain(arguments), folder)
}

/// The child: prints the least times of a command, and the peak of any of its runs.
pub(crate) fn child_of_command(runs: usize, program: &str, arguments: &[&str]) {
    let (mut processor, mut passed) = (Duration::MAX, Duration::MAX);
    for _ in 0..runs {
        let (start, on) = (Instant::now(), children().0);
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(command.status().is_ok_and(|status| status.success()), "{program} failed");
        processor = processor.min(children().0 - on);
        passed = passed.min(start.elapsed());
    }
    tell(Measured { processor, passed, peak_bytes: children().1, bytes: 0 });
}

/// This program once more, and what it tells.
fn myself<'a>(
    arguments: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr> + 'a>,
    folder: &Path,
) -> Option<Measured> {
    let output = Command::new(env::current_exe().unwrap())
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    let numbers: Vec<u64> = told.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let &[processor, passed, peak_bytes, bytes] = numbers.as_slice() else { return None };
    let (processor, passed) = (Duration::from_nanos(processor), Duration::from_nanos(passed));
    Some(Measured { processor, passed, peak_bytes, bytes })
}

fn tell(Measured { processor, passed, peak_bytes, bytes }: Measured) {
    println!("{} {} {peak_bytes} {bytes}", processor.as_nanos(), passed.as_nanos());
}

/// How long this thread has run, in its own code and in the system's.
fn on_processor() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap().into()
}

/// The most that this process has had in memory since Linux was told to forget.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// How long all children that ended have run, and the most that one of them had in memory.
fn children() -> (Duration, u64) {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    (Duration::from_micros(micros.unsigned_abs()), usage.max_rss().unsigned_abs() * 1024)
}
