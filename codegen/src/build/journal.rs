//! What a run that writes is about to do, on disk before it does it: a run that was broken off is
//! undone from it.
//!
//! Until all files are in place the journal is called [`OPEN`], and whoever reads the catalogs next
//! puts back what the run moved; from then on [`DONE`], and only what the run kept is removed. So the
//! one move from one name to the other is what makes everything new. A file that is not as the run
//! put it was changed by somebody since, and stays.
//!
//! Paths are from the folder that the journal lies in, so that it holds wherever that is mounted.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::disk::{Disk, Real};
use super::lock::Lock;
use super::{relative, shown};
use crate::diagnostic::{Diagnostic, Finding, cause, rules};
use crate::{Message, message, resolve};

/// The journal of a run that is not done.
pub(super) const OPEN: &str = ".im-errors-journal";
/// The journal of one that has nothing left to do but to tidy up.
pub(super) const DONE: &str = ".im-errors-done";

/// How the names of files on their way end, and those of old ones that are kept until all are in
/// place: the same each time, so that what was left is written over.
pub(super) const NEW: &str = ".im-errors-new";
pub(super) const OLD: &str = ".im-errors-old";

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) steps: Vec<Step>,
    /// The folders that are to be made, outer ones first.
    pub(super) folders: Vec<String>,
}

/// A file that is to be put in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The way to it.
    pub(super) path: String,
    /// The digest of what it is to hold; `None` where it is to go.
    pub(super) digest: Option<String>,
    /// Whether there is one already.
    pub(super) replaces: bool,
}

pub(super) fn digest(bytes: &[u8]) -> String {
    resolve::hex(&Sha256::digest(bytes))
}

/// Whether anything has this name, be it a link that leads nowhere.
pub(super) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}{ending}"))
}

impl Step {
    /// Whether the file is as this step puts it.
    fn is_taken(&self, path: &Path) -> bool {
        match &self.digest {
            Some(expected) => fs::read(path).is_ok_and(|bytes| digest(&bytes) == *expected),
            None => !is_there(path) && is_there(&beside(path, OLD)),
        }
    }
}

impl Journal {
    fn text(&self) -> String {
        let step = |Step { path, digest, replaces }: &Step| json!({ "path": path, "sha256": digest, "replaces": replaces });
        let steps: Vec<_> = self.steps.iter().map(step).collect();
        format!("{:#}\n", json!({ "steps": steps, "folders": self.folders }))
    }

    /// Writes it down, all of it or nothing.
    pub(super) fn open(&self, disk: &dyn Disk, root: &Path) -> io::Result<()> {
        let path = root.join(OPEN);
        let staged = beside(&path, NEW);
        remove(disk, &staged)?;
        let written = disk.write(&staged, self.text().as_bytes()).and_then(|()| disk.rename(&staged, &path));
        if written.is_err() {
            let _ = remove(disk, &staged);
        }
        disk.sync_dir(root);
        written
    }

    fn parse(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let list = |name: &str| value.get(name)?.as_array();
        let step = |step: &Value| {
            Some(Step {
                path: step.get("path")?.as_str()?.to_owned(),
                digest: match step.get("sha256")? {
                    Value::Null => None,
                    digest => Some(digest.as_str()?.to_owned()),
                },
                replaces: step.get("replaces")?.as_bool()?,
            })
        };
        Some(Self {
            steps: list("steps")?.iter().map(step).collect::<Option<_>>()?,
            folders: list("folders")?.iter().map(|f| Some(f.as_str()?.to_owned())).collect::<Option<_>>()?,
        })
    }

    /// Puts everything back as it was before the run. The folder that the journal lies in must be
    /// canonical.
    pub(super) fn undo(&self, disk: &dyn Disk, root: &Path) -> Result<(), Message> {
        for (path, step) in self.files(root).rev().filter(|(path, step)| step.is_taken(path)) {
            let kept = beside(&path, OLD);
            if step.replaces && !is_there(&kept) {
                return Err(message!("the old text of `{path}` is gone", path = shown(&path)));
            }
            let undone = if step.replaces { disk.rename(&kept, &path) } else { disk.remove_file(&path) };
            undone.map_err(|error| {
                let path = shown(&path);
                message!("cannot put back `{path}`: {error}", path, error = cause(&error))
            })?;
        }
        self.sync(disk, root);
        self.tidy(disk, root)?;
        remove(disk, &root.join(OPEN)).map_err(|error| cause(&error))?;
        for folder in self.folders.iter().rev() {
            // Somebody may have put something there since.
            let _ = disk.remove_dir(&follow(root, folder));
        }
        Ok(())
    }

    /// Removes what a run kept until all was in place, then the journal. What cannot be removed now
    /// is left to the next command.
    pub(super) fn finish(&self, disk: &dyn Disk, root: &Path) {
        if self.tidy(disk, root).is_ok() {
            let _ = remove(disk, &root.join(DONE));
        }
    }

    /// Has all folders on the disk as they are.
    pub(super) fn sync(&self, disk: &dyn Disk, root: &Path) {
        let mut folders: Vec<_> = self.files(root).map(|(path, _)| folder_of(&path).to_owned()).collect();
        folders.sort();
        folders.dedup();
        folders.iter().for_each(|folder| disk.sync_dir(folder));
    }

    fn tidy(&self, disk: &dyn Disk, root: &Path) -> Result<(), Message> {
        let left = self.files(root).flat_map(|(path, _)| [beside(&path, NEW), beside(&path, OLD)]);
        // A folder of that name is none of ours.
        for path in left.filter(|path| !path.is_dir() || path.is_symlink()) {
            remove(disk, &path).map_err(|error| {
                message!("cannot remove `{path}`: {error}", path = shown(&path), error = cause(&error))
            })?;
        }
        Ok(())
    }

    fn files<'a>(&'a self, root: &'a Path) -> impl DoubleEndedIterator<Item = (PathBuf, &'a Step)> {
        self.steps.iter().map(|step| (follow(root, &step.path), step))
    }
}

/// Undoes what a run that was broken off left half done below `root`, and waits for one that is
/// still at it.
///
/// # Errors
/// What keeps it from being undone.
pub(super) fn recover(root: &Path) -> Result<(), Box<Finding>> {
    if !is_there(&root.join(OPEN)) && !is_there(&root.join(DONE)) {
        return Ok(());
    }
    let _lock = Lock::take(root)?;
    recover_locked(&Real, root)
}

/// The same, by the one who writes.
pub(super) fn recover_locked(disk: &dyn Disk, root: &Path) -> Result<(), Box<Finding>> {
    for name in [OPEN, DONE] {
        let path = root.join(name);
        if !is_there(&path) {
            continue;
        }
        let recovered = read(&path).and_then(|(root, journal)| match name {
            OPEN => journal.undo(disk, &root),
            _ => {
                journal.finish(disk, &root);
                Ok(())
            }
        });
        recovered.map_err(|why| {
            let message = message!("an earlier run was broken off, and cannot be undone: {why}", why);
            Box::new(Finding::new(&shown(&path), Diagnostic::of_file(&rules::INTERRUPTED_RUN, message)))
        })?;
    }
    Ok(())
}

/// The journal at `path`, and its folder in canonical form.
fn read(path: &Path) -> Result<(PathBuf, Journal), Message> {
    let root = folder_of(path).canonicalize().map_err(|error| cause(&error))?;
    let text = fs::read_to_string(path).map_err(|error| cause(&error))?;
    let journal = Journal::parse(&text).ok_or_else(|| message!("it is not as im-errors wrote it"))?;
    Ok((root, journal))
}

/// Removes a file, if it is there; of a link, not what it leads to.
pub(super) fn remove(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    if is_there(path) { disk.remove_file(path) } else { Ok(()) }
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The way from the canonical folder `root` to `path`, of which the first folders are there;
/// `None` where it cannot be written down.
pub(super) fn way(root: &Path, path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    let there = path.parent()?.ancestors().find(|folder| is_there(folder))?;
    let rest = path.strip_prefix(there).ok()?;
    let real = there.canonicalize().ok()?.join(rest);
    let way = match relative::folder(root, real.parent()?) {
        Some(way) => format!("{way}{}", real.file_name()?.to_str()?),
        None => real.to_str()?.to_owned(),
    };
    // A name that is no Unicode would come out as another.
    (follow(root, &way) == real).then_some(way)
}

/// Where a way leads. Without `..`, as the folders on the way there may have gone.
fn follow(root: &Path, way: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in root.join(way).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            part => path.push(part),
        }
    }
    path
}
