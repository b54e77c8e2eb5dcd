//! Measures im-errors beside others and writes docs/benchmarks.md; run by `.ci/bench`.
//!
//! Every figure comes from a process of its own: this program calls itself for what runs in
//! process, so that the peak of memory is that of one reader alone.

mod cases;
mod commands;
mod machine;
mod measure;
mod pages;
mod report;
mod steps;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [measure::CHILD, name, path, runs] => {
            let path = Path::new(path);
            let prepared = cases::prepare(name, path).or_else(|| steps::prepare(name, path)).unwrap();
            measure::child(&prepared, runs.parse().unwrap());
        }
        [measure::COMMAND, runs, program, arguments @ ..] => {
            measure::child_of_command(runs.parse().unwrap(), program, arguments);
        }
        [tool, work] => {
            let work = PathBuf::from(work);
            fs::create_dir_all(&work).unwrap();
            let report = report::write(&PathBuf::from(tool), &work);
            fs::write(pages::root().join("docs/benchmarks.md"), report).unwrap();
        }
        _ => panic!("usage: im-errors-peers IM_ERRORS WORK_FOLDER"),
    }
}
