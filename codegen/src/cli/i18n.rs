//! `im-errors i18n`.

use std::io;
use std::path::Path;

use im_errors_codegen::build::{self, Catalogs, Report};
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::i18n::Exchange;
use im_errors_codegen::i18n::status;
use im_errors_codegen::read::Lines;
use im_errors_codegen::{Severity, message};
use serde_json::json;

use super::console::nothing_written;
use super::{
    AddArguments, Console, ExchangeFormat, ExportArguments, I18nStatusArguments, ImportArguments,
    StampArguments, Status, StatusFormat, json,
};

/// `im-errors i18n stamp`.
pub(crate) fn stamp(arguments: &StampArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let stamped = Catalogs::find(&arguments.catalogs).and_then(|catalogs| {
        arguments.names.iter().try_for_each(|id| catalogs.require(id))?;
        build::stamp(&catalogs, &arguments.names)
    });
    match stamped {
        Ok(stamped) => {
            for report in &stamped.reports {
                console.diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Error);
            }
            for (path, number) in &stamped.written {
                let path = build::shown(path);
                console.print(&message!(
                    "stamped {number} {number:translation|translations} in {path}",
                    number,
                    path
                ))?;
            }
            if stamped.written.is_empty() && stamped.reports.is_empty() {
                console.print(&message!("no translation without a stamp"))?;
            }
            Ok(if stamped.reports.is_empty() { Status::Fine } else { Status::Failed })
        }
        Err(finding) => Ok(console.fail_unwritten(&finding)),
    }
}

/// The catalogs, all that are named among them.
fn find(folder: &Path, names: &[String]) -> Result<Catalogs, Vec<Report>> {
    let catalogs = Catalogs::find(folder).map_err(|finding| vec![report(*finding)])?;
    let required = names.iter().try_for_each(|id| catalogs.require(id));
    required.map_err(|finding| vec![report(*finding)])?;
    Ok(catalogs)
}

fn report(finding: Finding) -> Report {
    Report { file: finding.file, text: String::new(), diagnostics: vec![finding.diagnostic] }
}

fn show_all(reports: &[Report], console: &Console<'_>) {
    for report in reports {
        console.diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Warning);
    }
}

/// For commands that write all or nothing.
fn refuse(reports: &[Report], console: &Console<'_>) -> Status {
    show_all(reports, console);
    console.say(&nothing_written());
    Status::Failed
}

/// `im-errors i18n status`.
pub(crate) fn status(arguments: &I18nStatusArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let (surveyed, reports) = match find(&arguments.catalogs, &arguments.names) {
        Ok(catalogs) => {
            let surveyed = build::survey(&catalogs, &arguments.names, arguments.locale.as_ref());
            (surveyed.catalogs, surveyed.reports)
        }
        Err(reports) => (Vec::new(), reports),
    };
    if arguments.format != StatusFormat::Github {
        show_all(&reports, console);
    }
    match arguments.format {
        StatusFormat::Text if surveyed.is_empty() => {}
        StatusFormat::Text => write!(console.out, "{}", status::text(&surveyed, console.people))?,
        StatusFormat::Json => {
            let all = reports.iter().flat_map(|report| with_file(report, console)).collect::<Vec<_>>();
            json::print(console.out, &json!({ "catalogs": status::json(&surveyed), "diagnostics": all }))?;
        }
        StatusFormat::Github => {
            for report in &reports {
                let lines = Lines::new(&report.text);
                for diagnostic in &report.diagnostics {
                    let at = diagnostic.span.as_ref().map(|span| lines.locate(span.start));
                    let at = at.map(|(line, column)| (line, Some(column)));
                    let said = status::annotation(
                        diagnostic.severity.as_str(),
                        &report.file,
                        at,
                        diagnostic.code,
                        &console.people.render(&diagnostic.message),
                    );
                    write!(console.out, "{said}")?;
                }
            }
            write!(console.out, "{}", status::github(&surveyed, console.people))?;
        }
    }
    Ok(if reports.is_empty() { Status::Fine } else { Status::Failed })
}

/// The diagnostics of a file as JSON, each with the file's name.
fn with_file(report: &Report, console: &Console<'_>) -> Vec<serde_json::Value> {
    let mut all = json::diagnostics(console.programs, &report.diagnostics, &Lines::new(&report.text));
    for fields in all.as_array_mut().into_iter().flatten().filter_map(|value| value.as_object_mut()) {
        fields.insert("file".into(), report.file.as_str().into());
    }
    all.as_array().cloned().unwrap_or_default()
}

/// `im-errors i18n export`.
pub(crate) fn export(arguments: &ExportArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let form = match arguments.format {
        ExchangeFormat::Po => Exchange::Po,
        ExchangeFormat::Xliff => Exchange::Xliff,
        ExchangeFormat::Csv => Exchange::Csv,
    };
    let exported = find(&arguments.catalogs, &arguments.names)
        .and_then(|catalogs| build::export(&catalogs, &arguments.names, &arguments.locale, form));
    let text = match exported {
        Ok(text) => text,
        Err(reports) => return Ok(refuse(&reports, console)),
    };
    let Some(file) = &arguments.output else {
        write!(console.out, "{text}")?;
        return Ok(Status::Fine);
    };
    match build::replace(file, &text) {
        Ok(()) => {
            console.print(&message!("wrote {path}", path = build::shown(file)))?;
            Ok(Status::Fine)
        }
        Err(finding) => Ok(refuse(&[report(*finding)], console)),
    }
}

/// `im-errors i18n import`.
pub(crate) fn import(arguments: &ImportArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let imported = find(&arguments.catalogs, &[])
        .and_then(|catalogs| build::import(&catalogs, &arguments.files, arguments.locale.as_ref()));
    let imported = match imported {
        Ok(imported) => imported,
        Err(reports) => return Ok(refuse(&reports, console)),
    };
    show_all(&imported.reports, console);
    for (path, added, changed) in &imported.written {
        console.print(&message!(
            "wrote {path}: {added} new {added:translation|translations}, {changed} changed",
            path = build::shown(path),
            added,
            changed
        ))?;
    }
    if imported.written.is_empty() {
        console.print(&message!("nothing to change"))?;
    }
    if imported.unfinished > 0 {
        console.print(&message!(
            "left out {n} {n:translation|translations} that the file marks as needing work",
            n = imported.unfinished
        ))?;
    }
    Ok(Status::Fine)
}

/// `im-errors i18n add`.
pub(crate) fn add(arguments: &AddArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let locale = &arguments.locale;
    let added = find(&arguments.catalogs, &arguments.names)
        .and_then(|catalogs| build::add(&catalogs, &arguments.names, locale));
    let added = match added {
        Ok(added) => added,
        Err(reports) => return Ok(refuse(&reports, console)),
    };
    for file in &added {
        console.print(&message!("wrote {path}", path = build::shown(&file.path)))?;
    }
    console.print(&message!("\nNext:"))?;
    for catalog in added.iter().filter_map(|file| file.untitled.as_ref()) {
        console.print(&message!("  add `{locale} = \"…\"` to `title` in {catalog}", locale, catalog))?;
    }
    console.print(&message!("  translate in the files, then run `im-errors i18n stamp`;"))?;
    console.print(&message!(
        "  or run `im-errors i18n export --locale {locale} --format po`, and `im-errors i18n import`",
        locale
    ))?;
    Ok(Status::Fine)
}
