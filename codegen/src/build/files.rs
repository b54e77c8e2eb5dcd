//! Files as they are read: regular ones, no larger than they may be, and those of a catalog in its
//! folder, wherever links lead.
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
pub(super) enum Kind {
    /// A vendor's page.
    Page,
    /// What people or their tools write.
    Own,
    /// A spec.toml.
    Spec,
}

impl Kind {
    fn limit(self) -> (usize, &'static Rule) {
        match self {
            Self::Page => (limits::PAGE_BYTES, &rules::TOO_LARGE),
            Self::Own => (limits::FILE_BYTES, &rules::FILE_TOO_LARGE),
            Self::Spec => (limits::SPEC_BYTES, &rules::FILE_TOO_LARGE),
        }
    }
}

/// Why there are no bytes.
#[derive(Debug)]
pub(super) enum Unread {
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

impl From<Unread> for Diagnostic {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Missing => Self::of_file(&rules::UNREADABLE_FILE, message!("there is no such file")),
            Unread::Refused(diagnostic) => diagnostic,
        }
    }
}

/// The bytes of a file.
pub(super) fn read(path: &Path, kind: Kind) -> Result<Vec<u8>, Unread> {
    let file = fs::metadata(path)?;
    if file.is_dir() {
        return Err(Unread::from(std::io::Error::from(ErrorKind::IsADirectory)));
    }
    // A pipe may never end, and opening one may never return.
    if !file.is_file() {
        let message = message!("it is a device or a pipe, not a file");
        return Err(Unread::Refused(Diagnostic::of_file(&rules::UNREADABLE_FILE, message)));
    }
    let (most, rule) = kind.limit();
    let too_large = |n: u64| {
        let n = n.to_string();
        let message = message!("the file has {n} bytes, more than {most}", n, most);
        Unread::Refused(Diagnostic::of_file(rule, message))
    };
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    if file.len() > limit {
        return Err(too_large(file.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(file.len()).unwrap_or_default());
    // It may grow meanwhile.
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// The bytes of a file below `folder`, of which no link may lead out.
pub(super) fn read_inside(folder: &Path, path: &Path, kind: Kind) -> Result<Vec<u8>, Unread> {
    check_inside(folder, path)?;
    read(path, kind)
}

/// That no link on the way from `folder` to `path`, which is there, leads out of `folder`.
pub(super) fn check_inside(folder: &Path, path: &Path) -> Result<(), Unread> {
    if is_inside(folder, path)? {
        return Ok(());
    }
    let message = message!("the file is a link that leads out of the catalog's folder");
    Err(Unread::Refused(Diagnostic::of_file(&rules::PATH_OUTSIDE, message)))
}

/// Whether `path` really lies below `folder`.
pub(super) fn is_inside(folder: &Path, path: &Path) -> std::io::Result<bool> {
    Ok(path.canonicalize()?.starts_with(folder.canonicalize()?))
}

/// The text of a file, to show a place in it; none where that would be more than a command takes.
#[must_use]
pub fn text_to_show(path: &Path) -> String {
    let bytes = read(path, Kind::Spec).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
