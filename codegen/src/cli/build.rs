//! `im-errors build`.

use std::io::{self, Write};

use im_errors_codegen::Severity;
use im_errors_codegen::build::{self, DriftKind, Layout, Plan};
use im_errors_codegen::diagnostic::Finding;
use indicatif::{ProgressBar, ProgressStyle};

use super::{BuildArguments, Status, count, show};

pub(crate) fn run(arguments: &BuildArguments, out: &mut dyn Write) -> io::Result<Status> {
    let layout = Layout {
        catalogs: arguments.catalogs.clone(),
        docs: arguments.docs.clone(),
        templates: arguments.templates.clone(),
    };
    // Drawn on a terminal only.
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    let plan = build::plan(&layout, &arguments.names, &|id| {
        bar.set_message(id.to_owned());
        bar.tick();
    });
    bar.finish_and_clear();
    let plan = match plan {
        Ok(plan) => plan,
        Err(finding) => return Ok(fail(&finding)),
    };
    let least = if arguments.verbose { Severity::Note } else { Severity::Warning };
    for report in &plan.reports {
        show::diagnostics(&report.file, &report.text, &report.diagnostics, least);
    }
    if plan.has_errors() {
        show::line(NOTHING_WRITTEN);
        return Ok(Status::Failed);
    }
    if arguments.check {
        return check(&plan, out);
    }
    match plan.write() {
        Ok(changed) => {
            for file in &changed {
                let what = if file.kind == DriftKind::Leftover { "removed" } else { "wrote" };
                writeln!(out, "{what} {}", build::shown(&file.path))?;
            }
            writeln!(out, "{}", summary(&plan, changed.len(), arguments.verbose))?;
            Ok(Status::Fine)
        }
        Err(finding) => Ok(fail(&finding)),
    }
}

const NOTHING_WRITTEN: &str = "nothing was written";

fn fail(finding: &Finding) -> Status {
    show::diagnostics(&finding.file, "", std::slice::from_ref(&finding.diagnostic), Severity::Note);
    show::line(NOTHING_WRITTEN);
    Status::Failed
}

fn check(plan: &Plan, out: &mut dyn Write) -> io::Result<Status> {
    let drift = plan.drift();
    for file in &drift {
        let how = match file.kind {
            DriftKind::Missing => "is missing; run".to_owned(),
            DriftKind::Changed(line) => format!("is not up to date, first at line {line}; run"),
            DriftKind::Leftover => "is no longer generated; run".to_owned(),
            DriftKind::Folder => "is a folder where a file must be; move it away, then run".to_owned(),
        };
        show::line(&format!("error: {} {how} `{}`", build::shown(&file.path), file.mend));
    }
    if drift.is_empty() {
        writeln!(out, "{}", summary(plan, 0, false))?;
        return Ok(Status::Fine);
    }
    Ok(Status::Drift)
}

fn summary(plan: &Plan, changed: usize, verbose: bool) -> String {
    let catalogs = count(plan.built.len(), "catalog");
    let errors = count(plan.built.iter().map(|(_, errors)| errors).sum(), "error");
    let notes = plan.reports.iter().flat_map(|report| &report.diagnostics);
    let notes = notes.filter(|diagnostic| diagnostic.severity == Severity::Note).count();
    let files = match changed {
        0 => "all files up to date".to_owned(),
        n => format!("{} changed", count(n, "file")),
    };
    let hint = if notes > 0 && !verbose {
        format!("; {}, shown by --verbose", count(notes, "note"))
    } else {
        String::new()
    };
    format!("{catalogs}, {errors}, {files}{hint}")
}
