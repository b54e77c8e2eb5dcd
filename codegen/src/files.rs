//! Files as they are read: regular ones, no larger than they may be, and those of a catalog in its
//! folder, wherever links lead.
//!
//! What a file means is for the rooms that ask for it to say.
//!
//! Whoever can exchange files while a command runs is not kept from it: then the folder is theirs.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::diagnostic::{Rule, cause, rules};
use crate::limits;
use crate::{Diagnostic, message};

/// What a file is, which says how large it may be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A vendor's page.
    Page,
    /// What people or their tools write.
    Own,
    /// A spec.toml.
    Spec,
}

impl Kind {
    fn limit(self) -> (u64, &'static Rule) {
        let (most, rule) = match self {
            Self::Page => (limits::PAGE_BYTES, &rules::TOO_LARGE),
            Self::Own => (limits::FILE_BYTES, &rules::FILE_TOO_LARGE),
            Self::Spec => (limits::SPEC_BYTES, &rules::FILE_TOO_LARGE),
        };
        (u64::try_from(most).unwrap_or(u64::MAX), rule)
    }

    /// # Errors
    /// When so many bytes are more than a file of this kind may have.
    pub fn check(self, bytes: u64) -> Result<(), Diagnostic> {
        let (most, rule) = self.limit();
        if bytes <= most {
            return Ok(());
        }
        let (n, most) = (bytes.to_string(), most.to_string());
        Err(Diagnostic::of_file(rule, message!("the file has {n} bytes, more than {most}", n, most)))
    }
}

/// Why there are no bytes.
#[derive(Debug)]
pub enum Unread {
    /// There is no such file.
    Missing,
    /// It cannot be read, or must not be.
    Refused(Diagnostic),
}

impl From<std::io::Error> for Unread {
    fn from(error: std::io::Error) -> Self {
        let message = match error.kind() {
            ErrorKind::NotFound => return Self::Missing,
            ErrorKind::IsADirectory => message!("it is a folder, not a file"),
            ErrorKind::NotADirectory => message!("it is a file, not a folder"),
            _ => message!("cannot read it: {error}", error = cause(&error)),
        };
        Self::Refused(Diagnostic::of_file(&rules::UNREADABLE_FILE, message))
    }
}

impl From<Diagnostic> for Unread {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Refused(diagnostic)
    }
}

impl From<Unread> for Diagnostic {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Missing => Self::of_file(&rules::UNREADABLE_FILE, message!("there is no such file")),
            Unread::Refused(diagnostic) => diagnostic,
        }
    }
}

/// The bytes of a file.
///
/// # Errors
/// When there is none, it cannot be read or is larger than it may be.
pub fn read(path: &Path, kind: Kind) -> Result<Vec<u8>, Unread> {
    let file = fs::metadata(path)?;
    if file.is_dir() {
        return Err(Unread::from(std::io::Error::from(ErrorKind::IsADirectory)));
    }
    // A pipe may never end, and opening one may never return.
    if !file.is_file() {
        let message = message!("it is a device or a pipe, not a file");
        return Err(Unread::Refused(Diagnostic::of_file(&rules::UNREADABLE_FILE, message)));
    }
    kind.check(file.len())?;
    let mut bytes = Vec::with_capacity(usize::try_from(file.len()).unwrap_or_default());
    // It may grow meanwhile.
    File::open(path)?.take(kind.limit().0.saturating_add(1)).read_to_end(&mut bytes)?;
    kind.check(bytes.len() as u64)?;
    Ok(bytes)
}

/// The text of one of the tool's own files.
///
/// # Errors
/// As for [`read`], and when it is not UTF-8.
pub fn text(path: &Path, kind: Kind) -> Result<String, Diagnostic> {
    utf8(read(path, kind)?).map_err(|broken| broken.1)
}

/// The text of one of the tool's own files; else what could be read of it, and what is wrong.
pub(crate) fn utf8(bytes: Vec<u8>) -> Result<String, Box<(String, Diagnostic)>> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        // Up to there the text shown is the file's.
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let span = at..at + char::REPLACEMENT_CHARACTER.len_utf8();
        let diagnostic = Diagnostic::at(&rules::UNREADABLE_ENCODING, span, message!("this is not UTF-8"));
        Box::new((text, diagnostic.with_help(message!("save the file as UTF-8"))))
    })
}

/// The bytes of a file below `folder`, of which no link may lead out.
pub(crate) fn read_inside(folder: &Path, path: &Path, kind: Kind) -> Result<Vec<u8>, Unread> {
    check_inside(folder, path)?;
    read(path, kind)
}

/// That no link on the way from `folder` to `path`, which is there, leads out of `folder`.
pub(crate) fn check_inside(folder: &Path, path: &Path) -> Result<(), Unread> {
    if is_inside(folder, path)? {
        return Ok(());
    }
    let message = message!("the file is a link that leads out of the catalog's folder");
    Err(Unread::Refused(Diagnostic::of_file(&rules::PATH_OUTSIDE, message)))
}

/// Whether `path` really lies below `folder`.
pub(crate) fn is_inside(folder: &Path, path: &Path) -> std::io::Result<bool> {
    Ok(path.canonicalize()?.starts_with(folder.canonicalize()?))
}

/// The text of a file, to show a place in it; none where that would be more than a command takes.
#[must_use]
pub fn text_to_show(path: &Path) -> String {
    let bytes = read(path, Kind::Spec).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
