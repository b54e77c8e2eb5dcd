//! `im-errors enum`.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use im_errors_codegen::build::{self, Catalogs};
use im_errors_codegen::diagnostic::{Finding, rules};
use im_errors_codegen::enumerate::{Style, enumerate, sync};
use im_errors_codegen::resolve::SPEC_FILE;
use im_errors_codegen::{Diagnostic, Severity};
use im_errors_spec::{Locale, Spec, VariantName};

use super::{EnumArguments, Status, count, show};

pub(crate) fn run(arguments: &EnumArguments, out: &mut dyn Write) -> io::Result<Status> {
    let (path, spec) = match spec(arguments) {
        Ok(found) => found,
        Err(finding) => return Ok(fail(&finding.file, "", &[finding.diagnostic])),
    };
    let locale = &arguments.locale;
    match &arguments.sync {
        Some(file) => synced(file, &path, locale, out),
        None => {
            let name = arguments.name.as_ref().map(VariantName::as_str);
            let style = Style { name, spec: &path, locale };
            write!(out, "{}", enumerate(&spec, &style))?;
            Ok(Status::Fine)
        }
    }
}

/// The catalog's spec, and the path that the enum is to name.
fn spec(arguments: &EnumArguments) -> Result<(String, Spec), Box<Finding>> {
    let id = &arguments.catalog;
    let catalogs = Catalogs::find(&arguments.catalogs)?;
    catalogs.require(id)?;
    let path = build::shown(&catalogs.folder(id).join(SPEC_FILE));
    let spec = catalogs.spec_as_it_stands(id)?.ok_or_else(|| {
        let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_FILE, "there is no such file");
        let help = format!("run `im-errors build {id}` first");
        Box::new(Finding::new(&path, diagnostic.with_help(help)))
    })?;
    Ok((path, spec))
}

fn fail(file: &str, text: &str, diagnostics: &[Diagnostic]) -> Status {
    show::diagnostics(file, text, diagnostics, Severity::Note);
    Status::Failed
}

/// Brings the enum in `file` up to date.
fn synced(file: &Path, spec: &str, locale: &Locale, out: &mut dyn Write) -> io::Result<Status> {
    let shown = build::shown(file);
    let read = |path: &Path| {
        fs::read_to_string(path)
            .map_err(|error| Diagnostic::of_file(&rules::UNREADABLE_FILE, format!("cannot read it: {error}")))
    };
    let text = match read(file) {
        Ok(text) => text,
        Err(diagnostic) => return Ok(fail(&shown, "", &[diagnostic])),
    };
    let spec_text = match read(Path::new(spec)) {
        Ok(text) => text,
        Err(diagnostic) => return Ok(fail(spec, "", &[diagnostic])),
    };
    let synced = match sync(&text, &spec_text, spec, locale) {
        Ok(synced) => synced,
        Err(diagnostics) => return Ok(fail(&shown, &text, &diagnostics)),
    };
    if synced.text != text {
        if let Err(finding) = build::replace(file, &synced.text) {
            return Ok(fail(&finding.file, "", &[finding.diagnostic]));
        }
    }
    show::diagnostics(&shown, &text, &synced.diagnostics, Severity::Note);
    match synced.added.as_slice() {
        [] => writeln!(out, "{shown} has a variant for every error")?,
        added => writeln!(out, "added {} to {shown}: {}", count(added.len(), "variant"), added.join(", "))?,
    }
    Ok(if synced.diagnostics.is_empty() { Status::Fine } else { Status::Failed })
}
