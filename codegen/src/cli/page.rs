//! Reading the one page that a command is about.

use std::io::{self, Read};
use std::path::Path;

use im_errors_codegen::diagnostic::{cause, rules};
use im_errors_codegen::files::Kind;
use im_errors_codegen::limits::PAGE_BYTES;
use im_errors_codegen::read::{self, Document};
use im_errors_codegen::{Diagnostic, Severity, build, message};

use super::Console;

/// The page at `path`, or a status after saying what is wrong with it.
pub(crate) fn read(path: &Path, console: &Console<'_>) -> Result<(String, Document<'static>), Diagnostic> {
    let name = name(path, console);
    match bytes(path).and_then(read::read) {
        Ok(document) => Ok((name, document)),
        Err(diagnostic) => {
            console.diagnostics(&name, "", std::slice::from_ref(&diagnostic), Severity::Note);
            Err(diagnostic)
        }
    }
}

/// What a file is called in messages.
pub(crate) fn name(path: &Path, console: &Console<'_>) -> String {
    let is_input = path == Path::new("-");
    if is_input { console.people.render(&message!("standard input")) } else { build::shown(path) }
}

/// The bytes of the file at `path`, which can be a pipe.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let bytes = read_some(path).map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => message!("there is no such file"),
            io::ErrorKind::IsADirectory => message!("it is a folder, not a page"),
            _ => message!("cannot read it: {error}", error = cause(&error)),
        };
        Diagnostic::of_file(&rules::UNREADABLE_FILE, message)
    })?;
    Kind::Page.check(bytes.len() as u64)?;
    Ok(bytes)
}

fn read_some(path: &Path) -> io::Result<Vec<u8>> {
    // One byte more than is read shows that there are too many, without holding them all.
    let limit = u64::try_from(PAGE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
