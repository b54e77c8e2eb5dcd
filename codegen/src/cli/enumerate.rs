//! `im-errors enum`.

use std::io;
use std::path::Path;

use im_errors_codegen::build::{self, Catalogs};
use im_errors_codegen::diagnostic::{Finding, rules};
use im_errors_codegen::enumerate::{Style, enumerate, sync};
use im_errors_codegen::files::{self, Kind};
use im_errors_codegen::resolve::SPEC_FILE;
use im_errors_codegen::{Diagnostic, Severity, message};
use im_errors_spec::{Locale, Spec, VariantName};

use super::{Console, EnumArguments, Status};

pub(crate) fn run(arguments: &EnumArguments, console: &mut Console<'_>) -> io::Result<Status> {
    let (path, spec) = match spec(arguments) {
        Ok(found) => found,
        Err(finding) => return Ok(console.fail(&finding)),
    };
    let locale = &arguments.locale;
    match &arguments.sync {
        Some(file) => synced(file, &path, locale, console),
        None => {
            let name = arguments.name.as_ref().map(VariantName::as_str);
            let style = Style { name, spec: &path, locale };
            write!(console.out, "{}", enumerate(&spec, &style))?;
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
        let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_FILE, message!("there is no such file"));
        let help = message!("run `im-errors build {id}` first", id);
        Box::new(Finding::new(&path, diagnostic.with_help(help)))
    })?;
    Ok((path, spec))
}

/// Brings the enum in `file` up to date.
fn synced(file: &Path, spec: &str, locale: &Locale, console: &mut Console<'_>) -> io::Result<Status> {
    let shown = build::shown(file);
    let read = |path: &Path, kind| {
        files::text(path, kind).map_err(|wrong| Box::new(Finding::new(&build::shown(path), wrong)))
    };
    let texts = read(file, Kind::Own).and_then(|text| Ok((text, read(Path::new(spec), Kind::Spec)?)));
    let (text, spec_text) = match texts {
        Ok(texts) => texts,
        Err(finding) => return Ok(console.fail(&finding)),
    };
    let synced = match sync(&text, &spec_text, spec, locale) {
        Ok(synced) => synced,
        Err(diagnostics) => {
            console.diagnostics(&shown, &text, &diagnostics, Severity::Note);
            return Ok(Status::Failed);
        }
    };
    if synced.text != text {
        if let Err(finding) = build::replace(file, &synced.text) {
            return Ok(console.fail(&finding));
        }
    }
    console.diagnostics(&shown, &text, &synced.diagnostics, Severity::Note);
    if !synced.renamed.is_empty() {
        let renamed: Vec<_> = synced.renamed.iter().map(|(from, to)| format!("{from} → {to}")).collect();
        let message = message!(
            "renamed {n} {n:variant|variants} in {file}: {renamed}; the compiler shows where else they are named",
            n = renamed.len(),
            file = shown,
            renamed
        );
        console.print(&message)?;
    }
    match synced.added.as_slice() {
        [] => console.print(&message!("{file} has a variant for every error", file = shown))?,
        added => console.print(&message!(
            "added {n} {n:variant|variants} to {file}: {added}",
            n = added.len(),
            file = shown,
            added
        ))?,
    }
    Ok(if synced.diagnostics.is_empty() { Status::Fine } else { Status::Failed })
}
