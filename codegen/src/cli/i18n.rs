//! `im-errors i18n`.

use std::io;

use im_errors_codegen::build::{self, Catalogs};
use im_errors_codegen::{Severity, message};

use super::{Console, StampArguments, Status};

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
