//! `im-errors i18n`.

use std::io::{self, Write};
use std::path::Path;

use im_errors_codegen::Severity;
use im_errors_codegen::build::{self, Catalogs, Report};
use im_errors_codegen::diagnostic::Finding;
use im_errors_codegen::i18n::Exchange;
use im_errors_codegen::i18n::status;
use im_errors_codegen::read::Lines;
use serde_json::json;

use super::{
    AddArguments, ExchangeFormat, ExportArguments, I18nStatusArguments, ImportArguments, StampArguments,
    Status, StatusFormat, count, json, show,
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

fn show_all(reports: &[Report]) {
    for report in reports {
        show::diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Warning);
    }
}

/// For commands that write all or nothing.
fn refuse(reports: &[Report]) -> Status {
    show_all(reports);
    show::line("nothing was written");
    Status::Failed
}

/// `im-errors i18n status`.
pub(crate) fn status(arguments: &I18nStatusArguments, out: &mut dyn Write) -> io::Result<Status> {
    let (surveyed, reports) = match find(&arguments.catalogs, &arguments.names) {
        Ok(catalogs) => {
            let surveyed = build::survey(&catalogs, &arguments.names, arguments.locale.as_ref());
            (surveyed.catalogs, surveyed.reports)
        }
        Err(reports) => (Vec::new(), reports),
    };
    if arguments.format != StatusFormat::Github {
        show_all(&reports);
    }
    match arguments.format {
        StatusFormat::Text if surveyed.is_empty() => {}
        StatusFormat::Text => write!(out, "{}", status::text(&surveyed))?,
        StatusFormat::Json => {
            let all = reports.iter().flat_map(with_file).collect::<Vec<_>>();
            json::print(out, &json!({ "catalogs": status::json(&surveyed), "diagnostics": all }))?;
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
                        &diagnostic.message,
                    );
                    write!(out, "{said}")?;
                }
            }
            write!(out, "{}", status::github(&surveyed))?;
        }
    }
    Ok(if reports.is_empty() { Status::Fine } else { Status::Failed })
}

/// The diagnostics of a file as JSON, each with the file's name.
fn with_file(report: &Report) -> Vec<serde_json::Value> {
    let mut all = json::diagnostics(&report.diagnostics, &Lines::new(&report.text));
    for fields in all.as_array_mut().into_iter().flatten().filter_map(|value| value.as_object_mut()) {
        fields.insert("file".into(), report.file.as_str().into());
    }
    all.as_array().cloned().unwrap_or_default()
}

/// `im-errors i18n export`.
pub(crate) fn export(arguments: &ExportArguments, out: &mut dyn Write) -> io::Result<Status> {
    let form = match arguments.format {
        ExchangeFormat::Po => Exchange::Po,
        ExchangeFormat::Xliff => Exchange::Xliff,
        ExchangeFormat::Csv => Exchange::Csv,
    };
    let exported = find(&arguments.catalogs, &arguments.names)
        .and_then(|catalogs| build::export(&catalogs, &arguments.names, &arguments.locale, form));
    let text = match exported {
        Ok(text) => text,
        Err(reports) => return Ok(refuse(&reports)),
    };
    let Some(file) = &arguments.output else {
        write!(out, "{text}")?;
        return Ok(Status::Fine);
    };
    match build::replace(file, &text) {
        Ok(()) => {
            writeln!(out, "wrote {}", build::shown(file))?;
            Ok(Status::Fine)
        }
        Err(finding) => Ok(refuse(&[report(*finding)])),
    }
}

/// `im-errors i18n import`.
pub(crate) fn import(arguments: &ImportArguments, out: &mut dyn Write) -> io::Result<Status> {
    let imported = find(&arguments.catalogs, &[])
        .and_then(|catalogs| build::import(&catalogs, &arguments.files, arguments.locale.as_ref()));
    let imported = match imported {
        Ok(imported) => imported,
        Err(reports) => return Ok(refuse(&reports)),
    };
    show_all(&imported.reports);
    for (path, added, changed) in &imported.written {
        let added = count(*added, "new translation");
        writeln!(out, "wrote {}: {added}, {changed} changed", build::shown(path))?;
    }
    if imported.written.is_empty() {
        writeln!(out, "nothing to change")?;
    }
    if imported.unfinished > 0 {
        let left = count(imported.unfinished, "translation");
        writeln!(out, "left out {left} that the file marks as needing work")?;
    }
    Ok(Status::Fine)
}

/// `im-errors i18n add`.
pub(crate) fn add(arguments: &AddArguments, out: &mut dyn Write) -> io::Result<Status> {
    let locale = &arguments.locale;
    let added = find(&arguments.catalogs, &arguments.names)
        .and_then(|catalogs| build::add(&catalogs, &arguments.names, locale));
    let added = match added {
        Ok(added) => added,
        Err(reports) => return Ok(refuse(&reports)),
    };
    for file in &added {
        writeln!(out, "wrote {}", build::shown(&file.path))?;
    }
    writeln!(out, "\nNext:")?;
    for catalog in added.iter().filter_map(|file| file.untitled.as_ref()) {
        writeln!(out, "  add `{locale} = \"…\"` to `title` in {catalog}")?;
    }
    writeln!(out, "  translate in the files, then run `im-errors i18n stamp`;")?;
    writeln!(
        out,
        "  or run `im-errors i18n export --locale {locale} --format po`, and `im-errors i18n import`"
    )?;
    Ok(Status::Fine)
}
