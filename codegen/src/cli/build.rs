//! `im-errors build`.

use std::io;

use im_errors_codegen::build::{self, Drift, DriftKind, Layout, Plan, SiteLayout};
use im_errors_codegen::{Message, Severity, message};
use indicatif::{ProgressBar, ProgressStyle};

use super::console::nothing_written;
use super::{BuildArguments, Console, Status, site, today};

pub(crate) fn run(arguments: &BuildArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let layout = Layout {
        catalogs: arguments.catalogs.clone(),
        docs: arguments.docs.clone(),
        templates: arguments.templates.clone(),
    };
    let Some(today) = today::of_record(console) else {
        return Ok(Status::Failed);
    };
    // Drawn on a terminal only.
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    let plan = build::plan(&layout, &arguments.names, today, &|id| {
        bar.set_message(id.to_owned());
        bar.tick();
    });
    bar.finish_and_clear();
    let plan = match plan {
        Ok(plan) => plan,
        Err(finding) => return Ok(console.fail_unwritten(&finding)),
    };
    let least = if arguments.verbose { Severity::Note } else { Severity::Warning };
    for report in &plan.reports {
        console.diagnostics(&report.file, &report.text, &report.diagnostics, least);
    }
    if plan.has_errors() {
        console.say(&nothing_written());
        return Ok(Status::Failed);
    }
    if arguments.check {
        return check(&plan, console);
    }
    let site = (!arguments.no_site).then(|| SiteLayout {
        catalogs: arguments.catalogs.clone(),
        out: arguments.site.clone(),
        templates: arguments.templates.clone(),
        base: None,
    });
    if let Some(Err(finding)) = site.as_ref().map(|site| plan.check_site(&layout, &site.out)) {
        return Ok(site::fail_unwritten(&finding, console));
    }
    match plan.write() {
        Ok(changed) => {
            for file in &changed {
                let path = build::shown(&file.path);
                console.print(&match file.kind {
                    DriftKind::Leftover => message!("removed {path}", path),
                    _ => message!("wrote {path}", path),
                })?;
            }
            console.print(&summary(&plan, changed.len(), arguments.verbose))?;
            site.map_or(Ok(Status::Fine), |site| site::made(&site, console))
        }
        Err(finding) => Ok(console.fail_unwritten(&finding)),
    }
}

fn check(plan: &Plan, console: &mut Console<'_>) -> io::Result<Status> {
    let drift = plan.drift();
    say_drift(&drift, console);
    if drift.is_empty() {
        console.print(&summary(plan, 0, false))?;
        return Ok(Status::Fine);
    }
    Ok(Status::Drift)
}

/// Says of each file how it differs, and what mends it.
pub(crate) fn say_drift(drift: &[Drift], console: &Console<'_>) {
    for file in drift {
        let (path, run) = (build::shown(&file.path), &file.mend);
        console.say(&match file.kind {
            DriftKind::Missing => message!("error: {path} is missing; run `{run}`", path, run),
            DriftKind::Changed(line) => {
                message!(
                    "error: {path} is not up to date, first at line {line}; run `{run}`",
                    path,
                    line,
                    run
                )
            }
            DriftKind::Leftover => message!("error: {path} is no longer generated; run `{run}`", path, run),
            DriftKind::Folder => {
                message!(
                    "error: {path} is a folder where a file must be; move it away, then run `{run}`",
                    path,
                    run
                )
            }
        });
    }
}

fn summary(plan: &Plan, changed: usize, verbose: bool) -> Message {
    let catalogs = plan.built.len();
    let errors: usize = plan.built.iter().map(|(_, errors)| errors).sum();
    let notes = plan.reports.iter().flat_map(|report| &report.diagnostics);
    let notes = notes.filter(|diagnostic| diagnostic.severity == Severity::Note).count();
    let files = match changed {
        0 => message!("all files up to date"),
        n => message!("{n} {n:file|files} changed", n),
    };
    let built = message!(
        "{catalogs} {catalogs:catalog|catalogs}, {errors} {errors:error|errors}, {files}",
        catalogs,
        errors,
        files
    );
    if notes == 0 || verbose {
        return built;
    }
    message!("{built}; {notes} {notes:note|notes}, shown by --verbose", built, notes)
}
