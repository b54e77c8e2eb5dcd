//! Files that are written all or none.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::cause;
use crate::{Message, message, render};

/// A file as it is to be.
#[derive(Debug, Clone)]
pub(super) struct Output {
    /// Where.
    pub(super) path: PathBuf,
    /// Its text; `None` where it is to be removed.
    pub(super) text: Option<String>,
    /// The command that makes it so.
    pub(super) mend: String,
}

/// A file that is not as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Which.
    pub path: PathBuf,
    /// How it differs.
    pub kind: DriftKind,
    /// The command that mends it.
    pub mend: String,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriftKind {
    /// It is not there.
    Missing,
    /// It has other text, first at this line.
    Changed(usize),
    /// It should not be there.
    Leftover,
    /// A folder is in its place.
    Folder,
}

impl Output {
    /// How the file on disk differs, if it does.
    #[must_use]
    pub(super) fn drift(&self) -> Option<Drift> {
        let found = fs::read(&self.path);
        let kind = match (&self.text, found) {
            (Some(text), Ok(found)) if found == text.as_bytes() => return None,
            (Some(text), Ok(found)) => DriftKind::Changed(first_difference(text.as_bytes(), &found)),
            (Some(_), Err(_)) if self.path.is_dir() => DriftKind::Folder,
            (Some(_), Err(_)) => DriftKind::Missing,
            (None, Ok(_)) => DriftKind::Leftover,
            (None, Err(_)) => return None,
        };
        Some(Drift { path: self.path.clone(), kind, mend: self.mend.clone() })
    }
}

fn first_difference(a: &[u8], b: &[u8]) -> usize {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    a[..same].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// The pages below `docs` whose first line says that they were generated.
pub(super) fn generated_pages(docs: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for folder in read_folder(docs).into_iter().filter(|path| path.is_dir()) {
        for path in read_folder(&folder) {
            let is_markdown = path.extension().is_some_and(|extension| extension == "md");
            if is_markdown && fs::read_to_string(&path).is_ok_and(|text| text.starts_with(render::MARK)) {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// Whether there is a file that no build wrote.
pub(super) fn is_of_people(path: &Path) -> bool {
    is_there(path) && !fs::read_to_string(path).is_ok_and(|text| text.starts_with(render::MARK))
}

fn read_folder(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

type Failure = (PathBuf, Message);

/// Writes every output beside its place, then moves all into place. On a failure what was moved
/// is moved back.
pub(super) fn write_all(outputs: &[&Output]) -> Result<(), Failure> {
    write_all_and(&[], outputs)
}

/// The same, with files that are people's from then on.
pub(super) fn write_all_and(given: &[(PathBuf, Vec<u8>)], outputs: &[&Output]) -> Result<(), Failure> {
    let mut change = Change::default();
    let given = given.iter().map(|(path, bytes)| (path, Some(bytes.as_slice())));
    let made = outputs.iter().map(|output| (&output.path, output.text.as_deref().map(str::as_bytes)));
    let mut all = given.chain(made);
    let done = all.try_for_each(|(path, bytes)| change.stage(path, bytes)).and_then(|()| change.commit());
    if done.is_err() {
        change.undo();
    }
    change.clean();
    done
}

/// Removes what an interrupted build left beside files that this one had no need to write.
pub(super) fn sweep(outputs: &[Output]) {
    let folders: BTreeSet<_> = outputs.iter().map(|output| folder_of(&output.path)).collect();
    let entries = folders.into_iter().flat_map(read_folder);
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with('.') && (name.ends_with(NEW) || name.ends_with(OLD))
    };
    for path in entries.filter(is_ours) {
        let _ = fs::remove_file(path);
    }
}

/// How the names of files on their way end: the same each time, so that what an interrupted build
/// left is written over.
const NEW: &str = ".im-errors-new";
const OLD: &str = ".im-errors-old";

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    folder_of(path).join(format!(".{name}{ending}"))
}

/// Whether anything has this name, be it a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// A file on its way: beside its place, with the old one kept until all are in place.
struct Step {
    path: PathBuf,
    staged: Option<PathBuf>,
    kept: PathBuf,
    has_old: bool,
    is_moved: bool,
}

#[derive(Default)]
struct Change {
    steps: Vec<Step>,
    folders: Vec<PathBuf>,
}

impl Change {
    /// The file at `path` is to hold these bytes; without any, it is to go.
    fn stage(&mut self, path: &Path, bytes: Option<&[u8]>) -> Result<(), Failure> {
        let fail = |error: io::Error| (path.to_owned(), cause(&error));
        if path.is_dir() {
            return Err((path.to_owned(), message!("a folder is in its place")));
        }
        self.make_folder(folder_of(path)).map_err(|error| (path.to_owned(), error))?;
        let staged = bytes.map(|_| beside(path, NEW));
        let kept = beside(path, OLD);
        for leftover in staged.iter().chain([&kept]) {
            remove_leftover(leftover).map_err(|error| (path.to_owned(), error))?;
        }
        // Known before it is written, so that a half-written one is cleaned up.
        let step =
            Step { path: path.to_owned(), staged: staged.clone(), kept, has_old: false, is_moved: false };
        self.steps.push(step);
        if let (Some(staged), Some(bytes)) = (staged, bytes) {
            let mut file = fs::File::create(staged).map_err(fail)?;
            file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)?;
        }
        Ok(())
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), Message> {
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !is_there(folder))
            .collect();
        let there = folder.ancestors().nth(missing.len()).filter(|there| !there.as_os_str().is_empty());
        if let Some(there) = there.filter(|there| !there.is_dir()) {
            return Err(message!("`{path}` is no folder", path = super::shown(there)));
        }
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| cause(&error))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Failure> {
        for step in &mut self.steps {
            let fail = |error: io::Error| (step.path.clone(), cause(&error));
            if is_there(&step.path) {
                keep(&step.path, &step.kept).map_err(fail)?;
                step.has_old = true;
            }
            match &step.staged {
                Some(staged) => fs::rename(staged, &step.path).map_err(fail)?,
                None => fs::remove_file(&step.path).map_err(fail)?,
            }
            step.is_moved = true;
        }
        Ok(())
    }

    /// Undoing is the best that can be done; a second failure has nobody left to hear of it.
    fn undo(&mut self) {
        for step in self.steps.iter_mut().rev().filter(|step| step.is_moved) {
            // An old file that was not moved away is still there, and its second name goes below.
            if step.has_old {
                let _ = fs::rename(&step.kept, &step.path);
                step.has_old = false;
            } else {
                let _ = fs::remove_file(&step.path);
            }
        }
        for step in &self.steps {
            let _ = step.staged.as_ref().map(fs::remove_file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    fn clean(&self) {
        for step in self.steps.iter().filter(|step| step.has_old) {
            let _ = fs::remove_file(&step.kept);
        }
    }
}

/// What an interrupted build left; if it is a link, not what it leads to.
fn remove_leftover(path: &Path) -> Result<(), Message> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            let path = super::shown(path);
            Err(message!("`{path}` is in the way: {error}", path, error = cause(&error)))
        }
        _ => Ok(()),
    }
}

/// Keeps a file under a second name; it stays in its place until the new one takes it.
fn keep(path: &Path, kept: &Path) -> io::Result<()> {
    // Not every file system has links.
    fs::hard_link(path, kept).or_else(|_| fs::copy(path, kept).map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_file_that_was_not_moved_away_stays_and_its_second_name_goes() -> io::Result<()> {
        let folder = std::env::temp_dir().join(format!("im-errors-output-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let path = folder.join("page.md");
        let (staged, kept) = (beside(&path, NEW), beside(&path, OLD));
        fs::write(&path, "old")?;
        fs::write(&staged, "new")?;
        keep(&path, &kept)?;
        // As if the move into place had failed.
        let step = Step { path: path.clone(), staged: Some(staged), kept, has_old: true, is_moved: false };
        let mut change = Change { steps: vec![step], folders: Vec::new() };
        change.undo();
        change.clean();
        assert_eq!(fs::read_to_string(&path)?, "old");
        assert_eq!(read_folder(&folder), [path]);
        fs::remove_dir_all(folder)
    }
}
