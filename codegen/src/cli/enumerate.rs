//! `im-errors enum`.

use std::io::{self, Write};

use im_errors_codegen::build::{self, Catalogs};
use im_errors_codegen::diagnostic::{Finding, rules};
use im_errors_codegen::enumerate::{Style, enumerate};
use im_errors_codegen::resolve::SPEC_FILE;
use im_errors_codegen::{Diagnostic, Severity};
use im_errors_spec::Locale;

use super::{EnumArguments, Status, show};

pub(crate) fn run(arguments: &EnumArguments, out: &mut dyn Write) -> io::Result<Status> {
    let id = &arguments.catalog;
    let found = Catalogs::find(&arguments.catalogs).and_then(|catalogs| {
        catalogs.require(id)?;
        let path = catalogs.folder(id).join(SPEC_FILE);
        let spec = catalogs.spec_as_it_stands(id)?.ok_or_else(|| {
            let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_FILE, "there is no such file");
            let help = format!("run `im-errors build {id}` first");
            Box::new(Finding::new(&build::shown(&path), diagnostic.with_help(help)))
        })?;
        Ok((path, spec))
    });
    match found {
        Ok((path, spec)) => {
            let locale = Locale::new(&arguments.locale).unwrap_or_else(|| spec.locale.clone());
            let path = build::shown(&path);
            let style = Style { name: arguments.name.as_deref(), spec: &path, locale: &locale };
            write!(out, "{}", enumerate(&spec, &style))?;
            Ok(Status::Fine)
        }
        Err(finding) => {
            show::diagnostics(&finding.file, "", std::slice::from_ref(&finding.diagnostic), Severity::Note);
            Ok(Status::Failed)
        }
    }
}
