//! The machine and the versions of what ran on it, without any name of its own.

use std::fs;
use std::process::Command;

/// The model of the processor, how many cores, and how much memory.
pub(crate) fn description() -> String {
    let of = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kib: f64 = of("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
    let system = first_line("uname", &["-srm"]).unwrap_or_default();
    format!("{}, {cores} cores, {:.0} GB, {system}", of("/proc/cpuinfo", "model name"), kib / 1e6)
}

/// The first line that a command prints.
pub(crate) fn first_line(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).lines().next()?.to_owned())
}

/// The version of a package of Python.
pub(crate) fn python_package(name: &str) -> Option<String> {
    let script = format!("import importlib.metadata as m; print(m.version('{name}'))");
    first_line("python3", &["-c", &script])
}

/// The version of a crate in our lock file.
pub(crate) fn locked(package: &str) -> Option<String> {
    let lock = include_str!("../Cargo.lock");
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    Some(after.split_once('"')?.0.to_owned())
}
