//! docs/benchmarks.md.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use crate::pages::Kind;
use crate::{cases, commands, machine, measure, pages, steps};

const MEGABYTES: usize = 20;
const COMMAND_MEGABYTES: usize = 2;
const LINEAR: [usize; 5] = [2, 20, 50, 100, 200];
const RUNS: usize = 15;
const RUNS_OF_LARGE: usize = 3;

/// Measures everything. `tool` is the release build of the command.
pub(crate) fn write(tool: &Path, work: &Path) -> String {
    let mut out =
        String::from("<!-- Generated; do not edit. To regenerate: .ci/bench -->\n\n# Benchmarks\n\n");
    line(
        &mut out,
        "Each figure is the least of several runs, as time on the processor. Machines differ, the ratios matter.",
    );
    line(
        &mut out,
        "MB are 10⁶ bytes. A peak is the memory taken at most, with the page; that of a command is the whole process.\n",
    );
    line(&mut out, &format!("- Machine: {}", machine::description()));
    let rustc = machine::first_line("rustc", &["--version"]).unwrap_or_default();
    line(&mut out, &format!("- Compiler: {rustc}, release profile, one thread unless it says otherwise"));
    line(
        &mut out,
        "- Pages: the page of a shipped catalog over and over; HTML tables from `jmessage-server`, pipe tables",
    );
    line(&mut out, "  from `agora-chat`\n");
    in_process(&mut out, work);
    linear(&mut out, work);
    whole_commands(&mut out, tool, work);
    steps_of_builds(&mut out);
    builds(&mut out, tool);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn in_process(out: &mut String, work: &Path) {
    for kind in Kind::ALL {
        let page = pages::page(kind, MEGABYTES, work);
        line(out, &format!("## {MEGABYTES} MB of {}, in process\n", kind.name()));
        line(out, "| Reader | From bytes to | MB/s | Time ÷ ours to tables | Peak ÷ page |");
        line(out, "|---|---|--:|--:|--:|");
        let mut measured: Vec<_> = cases::ALL
            .iter()
            .filter(|case| case.kinds.contains(&kind))
            .map(|case| (case, measure::in_process(case.name, &page, RUNS)))
            .collect();
        measured.sort_by_key(|(_, measured)| measured.processor);
        let ours = measured.iter().find(|(case, _)| case.name == cases::TABLES).unwrap().1;
        for (case, measured) in measured {
            let version = case.package.and_then(machine::locked).unwrap_or_default();
            let name = format!("{} {version}", case.name);
            let rate = rate(measured.bytes, measured.processor);
            let ratio = measured.processor.as_secs_f64() / ours.processor.as_secs_f64();
            let peak = measured.peak_bytes as f64 / measured.bytes as f64;
            line(out, &format!("| {} | {} | {rate} | {ratio:.1} | {peak:.1} |", name.trim(), case.makes));
        }
        out.push('\n');
    }
}

fn linear(out: &mut String, work: &Path) {
    line(out, "## Growth\n\nMB/s and peak ÷ page of im-errors by the size of the page.\n");
    let mut head = String::from("| Page |");
    let mut rule = String::from("|---|");
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        for name in [cases::TABLES, cases::ENTRIES] {
            rows.push((
                kind,
                name,
                format!("| {}, {} |", kind.name(), name.trim_start_matches("im-errors ")),
            ));
        }
    }
    for megabytes in LINEAR {
        let _ = write!(head, " {megabytes} MB |");
        rule.push_str("--:|");
        let pages = Kind::ALL.map(|kind| (kind, pages::page(kind, megabytes, work)));
        for (kind, name, row) in &mut rows {
            let (_, page) = pages.iter().find(|(of, _)| of == kind).unwrap();
            let measured = measure::in_process(name, page, RUNS_OF_LARGE);
            let peak = measured.peak_bytes as f64 / measured.bytes as f64;
            let _ = write!(row, " {} ({peak:.1}) |", rate(measured.bytes, measured.processor));
        }
        if megabytes > MEGABYTES {
            pages.iter().for_each(|(_, page)| std::fs::remove_file(page).unwrap());
        }
    }
    line(out, &head);
    line(out, &rule);
    rows.iter().for_each(|(_, _, row)| line(out, row));
    out.push('\n');
}

fn whole_commands(out: &mut String, tool: &Path, work: &Path) {
    line(out, &format!("## {COMMAND_MEGABYTES} MB, whole commands\n"));
    line(
        out,
        "The time of starting is in it. What prints less has less to do, and not all read the same things.\n",
    );
    line(out, "| Command | Page | Prints | Seconds | MB/s | Peak, MB |");
    line(out, "|---|---|---|--:|--:|--:|");
    let mut done = commands::all(tool, work, COMMAND_MEGABYTES);
    done.sort_by_key(|done| (done.kind != Kind::Html, done.measured.is_none(), done.measured));
    for done in done {
        let bytes = (COMMAND_MEGABYTES * 1_000_000) as u64;
        let figures = match done.measured {
            Some(measured) => format!(
                "{:.3} | {} | {}",
                measured.processor.as_secs_f64(),
                rate(bytes, measured.processor),
                measured.peak_bytes / 1_000_000
            ),
            None => "not installed | |".to_owned(),
        };
        line(out, &format!("| {} | {} | {} | {figures} |", done.name, done.kind.name(), done.makes));
    }
    out.push('\n');
}

fn steps_of_builds(out: &mut String) {
    line(out, "## The five shipped catalogs, step by step\n");
    line(out, "In process, on one thread. A peak is what the step took at most, with its bytes.\n");
    line(out, "| Step | Its bytes | ms | MB/s | Peak, kB |\n|---|---|--:|--:|--:|");
    for step in steps::ALL {
        let measured = measure::in_process(step.name, &pages::root(), RUNS);
        line(
            out,
            &format!(
                "| {} | {} | {} | {} | {} |",
                step.name,
                step.bytes,
                millis(measured.processor),
                rate(measured.bytes, measured.processor),
                measured.peak_bytes / 1_000
            ),
        );
    }
    out.push('\n');
}

fn builds(out: &mut String, tool: &Path) {
    const RUNS: usize = 30;
    line(
        out,
        "## The five shipped catalogs, whole commands\n\nOn all cores, with files in the system's cache and \
         nothing to change.\n",
    );
    line(out, "| Command | ms until it is done | ms on processors | Peak, MB |\n|---|--:|--:|--:|");
    let tool = tool.to_str().unwrap();
    let root = pages::root();
    for arguments in [&["build", "--check"][..], &["build", "--no-site"], &["build"]] {
        let figures = match measure::command(tool, arguments, &root, RUNS) {
            Some(measured) => format!(
                "{} | {} | {}",
                millis(measured.passed),
                millis(measured.processor),
                measured.peak_bytes / 1_000_000
            ),
            None => "failed | |".to_owned(),
        };
        line(out, &format!("| `im-errors {}` | {figures} |", arguments.join(" ")));
    }
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

fn rate(bytes: u64, time: Duration) -> String {
    let rate = bytes as f64 / 1e6 / time.as_secs_f64();
    if rate < 10.0 { format!("{rate:.1}") } else { format!("{rate:.0}") }
}
