//! `im-errors i18n`.

use std::io::{self, Write};

use im_errors_codegen::Severity;
use im_errors_codegen::build::{self, Catalogs};

use super::{StampArguments, Status, count, show};

/// `im-errors i18n stamp`.
pub(crate) fn stamp(arguments: &StampArguments, out: &mut dyn Write) -> io::Result<Status> {
    let stamped = Catalogs::find(&arguments.catalogs).and_then(|catalogs| {
        arguments.names.iter().try_for_each(|id| catalogs.require(id))?;
        build::stamp(&catalogs, &arguments.names)
    });
    match stamped {
        Ok(stamped) => {
            for report in &stamped.reports {
                show::diagnostics(&report.file, &report.text, &report.diagnostics, Severity::Error);
            }
            for (path, number) in &stamped.written {
                writeln!(out, "stamped {} in {}", count(*number, "translation"), build::shown(path))?;
            }
            if stamped.written.is_empty() && stamped.reports.is_empty() {
                writeln!(out, "no translation without a stamp")?;
            }
            Ok(if stamped.reports.is_empty() { Status::Fine } else { Status::Failed })
        }
        Err(finding) => {
            show::diagnostics(&finding.file, "", std::slice::from_ref(&finding.diagnostic), Severity::Note);
            show::line("nothing was written");
            Ok(Status::Failed)
        }
    }
}
