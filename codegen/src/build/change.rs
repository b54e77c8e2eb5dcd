//! Files that are written all or none, whatever happens meanwhile.
//!
//! One file is written beside its place and moved there. Where there are more, a [`Journal`] says
//! first what is about to be done; then every file is written beside its place,
//! and the old ones get a second name; then all are moved into place; then the journal is marked
//! done. What fails is undone at once. What is broken off, be it by a signal, a crash or a cut in
//! power, is undone by the next command that reads the catalogs, before it reads them. So for the
//! tool all files are old, or all are new.
//!
//! For others, such as a compiler, version control or a site generator:
//!
//! - Each single file is at any time the old one or the new one, whole. What the derive reads is one
//!   file, `spec.toml`.
//! - Between the first move and the last, some files are new already. That takes moments; after a
//!   run that was broken off there it stays so until the next command. File systems have no move of
//!   several files at once, and folders are not exchanged because people and editors are in them.
//! - A new catalog is none until it is whole: its `catalog.toml` comes last.
//!
//! Writers wait for one another, and what a run read must still be so when it writes, except for what
//! it would write itself. Neither holds where the system has no locks on folders, as on some network
//! drives. Where the catalogs lie on a read-only disk, pages elsewhere are written without a journal.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::{Disk, Real};
use super::journal::{
    self, DONE, Journal, NEW, OLD, OPEN, Step, beside, digest, folder_of, is_there, remove,
};
use super::lock::Lock;
use super::seen::Seen;
use super::{shown, unwritable};
use crate::diagnostic::{Diagnostic, Finding, cause, rules};
use crate::{Message, message};

/// Files as they are to be; those without bytes are to go.
pub(super) type Files<'a> = Vec<(&'a Path, Option<&'a [u8]>)>;

/// Puts files in place, all or none, for catalogs below `root` that were read as `seen`.
///
/// # Errors
/// The file that could not be written, or has changed since it was read.
pub(super) fn write_all(root: &Path, seen: &Seen, files: &Files<'_>) -> Result<(), Box<Finding>> {
    write_all_on(&Real, root, seen, files)
}

pub(super) fn write_all_on(
    disk: &dyn Disk,
    root: &Path,
    seen: &Seen,
    files: &Files<'_>,
) -> Result<(), Box<Finding>> {
    // What is locked, and holds the journal.
    let made = missing_folders(root).map_err(|error| unwritable((root.to_owned(), error)))?;
    for folder in &made {
        disk.create_dir(folder).map_err(|error| unwritable((folder.clone(), cause(&error))))?;
    }
    let done = write_locked(disk, root, &made, seen, files);
    if done.is_err() {
        made.iter().rev().for_each(|folder| drop(disk.remove_dir(folder)));
    }
    done
}

fn write_locked(
    disk: &dyn Disk,
    root: &Path,
    made: &[PathBuf],
    seen: &Seen,
    files: &Files<'_>,
) -> Result<(), Box<Finding>> {
    let _lock = Lock::take(root)?;
    journal::recover_locked(disk, root)?;
    let (same, wanted): (Vec<_>, Vec<_>) = files.iter().copied().partition(is_as_wanted);
    if let Some(path) = seen.changed().iter().find(|path| !same.iter().any(|(same, _)| same == path)) {
        let diagnostic =
            Diagnostic::of_file(&rules::UNWRITABLE_FILE, message!("it has changed while this ran"));
        let diagnostic = diagnostic.with_help(message!("run this again"));
        return Err(Box::new(Finding::new(&shown(path), diagnostic)));
    }
    match wanted.as_slice() {
        [] => {}
        [(path, bytes)] => put_one(disk, path, *bytes)?,
        _ => Change::begin(disk, root, made, wanted)?.carry_out()?,
    }
    sweep(disk, root, files);
    Ok(())
}

fn is_as_wanted((path, bytes): &(&Path, Option<&[u8]>)) -> bool {
    match bytes {
        Some(bytes) => fs::read(path).is_ok_and(|found| found == *bytes),
        None => !is_there(path),
    }
}

/// Replaces one file, which is no catalog's.
///
/// # Errors
/// When it cannot be written; then it is as it was.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Box<Finding>> {
    let folder = folder_of(path);
    let _lock = if folder.is_dir() { Some(Lock::take(folder)?) } else { None };
    put_one(&Real, path, Some(text.as_bytes()))
}

/// Puts one file in place, for which a single move is enough.
fn put_one(disk: &dyn Disk, path: &Path, bytes: Option<&[u8]>) -> Result<(), Box<Finding>> {
    let fail = |error| unwritable((path.to_owned(), error));
    if path.is_dir() {
        return Err(fail(message!("a folder is in its place")));
    }
    let Some(bytes) = bytes else {
        return disk.remove_file(path).map_err(|error| fail(cause(&error)));
    };
    let staged = beside(path, NEW);
    let folders = missing_folders(folder_of(path)).map_err(fail)?;
    make_way(disk, &staged).map_err(fail)?;
    let made = folders.iter().try_for_each(|folder| disk.create_dir(folder));
    let put = || disk.write(&staged, bytes).and_then(|()| disk.rename(&staged, path));
    let done = made.and_then(|()| put());
    if done.is_err() {
        let _ = remove(disk, &staged);
        folders.iter().rev().for_each(|folder| drop(disk.remove_dir(folder)));
    }
    done.map_err(|error| fail(cause(&error)))
}

/// Removes what was left beside files and the journal, and no journal tells of.
fn sweep(disk: &dyn Disk, root: &Path, files: &Files<'_>) {
    let mut folders: Vec<_> = files.iter().map(|(path, _)| folder_of(path)).chain([root]).collect();
    folders.sort();
    folders.dedup();
    let entries = folders.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') && (name.ends_with(NEW) || name.ends_with(OLD)) {
            let _ = disk.remove_file(&entry.path());
        }
    }
}

struct Change<'a> {
    disk: &'a dyn Disk,
    /// Canonical.
    root: PathBuf,
    files: Files<'a>,
    journal: Journal,
    folders: Vec<PathBuf>,
    /// Whether the journal can be written down.
    is_kept: bool,
}

impl<'a> Change<'a> {
    /// Writes down what is about to be done, for which these folders have been made already.
    fn begin(
        disk: &'a dyn Disk,
        root: &Path,
        made: &[PathBuf],
        files: Files<'a>,
    ) -> Result<Self, Box<Finding>> {
        let fail = |path: &Path, message| unwritable((path.to_owned(), message));
        let mut folders = Vec::new();
        for (path, _) in &files {
            if path.is_dir() {
                return Err(fail(path, message!("a folder is in its place")));
            }
            let missing = missing_folders(folder_of(path)).map_err(|error| fail(path, error))?;
            folders.extend(missing);
        }
        folders.sort();
        folders.dedup();
        let real = root.canonicalize().map_err(|error| fail(root, cause(&error)))?;
        let unnamed = || message!("its path cannot be written as text");
        let way = |path: &Path| journal::way(&real, path).ok_or_else(|| fail(path, unnamed()));
        let step = |(path, bytes): &(&Path, Option<&[u8]>)| {
            Ok(Step { path: way(path)?, digest: bytes.map(digest), replaces: is_there(path) })
        };
        let steps = files.iter().map(step).collect::<Result<_, Box<Finding>>>()?;
        let ways = made.iter().chain(&folders).map(|folder| way(folder)).collect::<Result<_, _>>()?;
        let journal = Journal { steps, folders: ways };
        let is_kept = match journal.open(disk, &real) {
            Ok(()) => true,
            Err(error) if is_read_only(&error) && !files.iter().any(|(path, _)| path.starts_with(root)) => {
                false
            }
            Err(error) => return Err(fail(&root.join(OPEN), cause(&error))),
        };
        Ok(Self { disk, root: real, files, journal, folders, is_kept })
    }

    fn carry_out(self) -> Result<(), Box<Finding>> {
        let Err((path, error)) = self.stage().and_then(|()| self.commit()) else {
            self.journal.finish(self.disk, &self.root);
            return Ok(());
        };
        // If it cannot be undone now, the next command tries again, and says so.
        let _ = self.journal.undo(self.disk, &self.root);
        Err(unwritable((path, error)))
    }

    /// Writes every file beside its place, and keeps the old ones under second names.
    fn stage(&self) -> Result<(), (PathBuf, Message)> {
        for folder in &self.folders {
            self.disk.create_dir(folder).map_err(|error| (folder.clone(), cause(&error)))?;
        }
        for ((path, bytes), step) in self.files.iter().zip(&self.journal.steps) {
            let fail = |error: io::Error| ((*path).to_owned(), cause(&error));
            let (staged, kept) = (beside(path, NEW), beside(path, OLD));
            for leftover in [&staged, &kept] {
                make_way(self.disk, leftover).map_err(|error| ((*path).to_owned(), error))?;
            }
            if let Some(bytes) = bytes {
                self.disk.write(&staged, bytes).map_err(fail)?;
            }
            if step.replaces {
                self.disk.keep(path, &kept).map_err(fail)?;
            }
        }
        Ok(())
    }

    fn commit(&self) -> Result<(), (PathBuf, Message)> {
        self.journal.sync(self.disk, &self.root);
        for (path, bytes) in &self.files {
            let moved = match bytes {
                Some(_) => self.disk.rename(&beside(path, NEW), path),
                None => self.disk.remove_file(path),
            };
            moved.map_err(|error| ((*path).to_owned(), cause(&error)))?;
        }
        self.journal.sync(self.disk, &self.root);
        if self.is_kept {
            let (open, done) = (self.root.join(OPEN), self.root.join(DONE));
            self.disk.rename(&open, &done).map_err(|error| (open, cause(&error)))?;
            self.disk.sync_dir(&self.root);
        }
        Ok(())
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// The folders that must be made for `folder` to be there, outer ones first.
fn missing_folders(folder: &Path) -> Result<Vec<PathBuf>, Message> {
    let missing: Vec<_> =
        folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !is_there(folder)).collect();
    let there = folder.ancestors().nth(missing.len()).filter(|there| !there.as_os_str().is_empty());
    match there.filter(|there| !there.is_dir()) {
        Some(there) => Err(message!("`{path}` is no folder", path = shown(there))),
        None => Ok(missing.into_iter().rev().map(Path::to_owned).collect()),
    }
}

/// Removes what an interrupted run left; if it is a link, not what it leads to.
fn make_way(disk: &dyn Disk, path: &Path) -> Result<(), Message> {
    remove(disk, path).map_err(|error| {
        let path = shown(path);
        message!("`{path}` is in the way: {error}", path, error = cause(&error))
    })
}
