//! Files that are written all or none.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::render;

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
}

impl Output {
    /// How the file on disk differs, if it does.
    #[must_use]
    pub(super) fn drift(&self) -> Option<Drift> {
        let found = fs::read(&self.path);
        let kind = match (&self.text, found) {
            (Some(text), Ok(found)) if found == text.as_bytes() => return None,
            (Some(text), Ok(found)) => DriftKind::Changed(first_difference(text.as_bytes(), &found)),
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

fn read_folder(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

type Failure = (PathBuf, io::Error);

/// Writes every output beside its place, then moves all into place. On a failure what was moved
/// is moved back.
pub(super) fn write_all(outputs: &[&Output]) -> Result<(), Failure> {
    let mut change = Change::default();
    let done = outputs.iter().try_for_each(|output| change.stage(output)).and_then(|()| change.commit());
    if done.is_err() {
        change.undo();
    }
    change.clean();
    done
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
    fn stage(&mut self, output: &Output) -> Result<(), Failure> {
        let fail = |error| (output.path.clone(), error);
        if output.path.is_dir() {
            return Err(fail(io::Error::other("a folder is in its place")));
        }
        let folder = output.path.parent().unwrap_or(Path::new("."));
        self.make_folder(folder).map_err(fail)?;
        let name = output.path.file_name().unwrap_or_default().to_string_lossy();
        // The same names each time, so that what an interrupted build left is written over.
        let beside = |kind: &str| folder.join(format!(".{name}.im-errors-{kind}"));
        let staged = output.text.as_ref().map(|_| beside("new"));
        if let (Some(staged), Some(text)) = (&staged, &output.text) {
            // Known before it is written, so that a half-written one is cleaned up.
            self.steps.push(Step {
                path: output.path.clone(),
                staged: Some(staged.clone()),
                kept: beside("old"),
                has_old: false,
                is_moved: false,
            });
            let mut file = fs::File::create(staged).map_err(fail)?;
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fail)?;
        } else {
            let kept = beside("old");
            self.steps.push(Step {
                path: output.path.clone(),
                staged: None,
                kept,
                has_old: false,
                is_moved: false,
            });
        }
        Ok(())
    }

    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Failure> {
        for step in &mut self.steps {
            let fail = |error| (step.path.clone(), error);
            if step.path.exists() {
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
        for step in self.steps.iter_mut().rev() {
            if step.has_old {
                let _ = fs::rename(&step.kept, &step.path);
                step.has_old = false;
            } else if step.is_moved {
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

/// Keeps a file under a second name; it stays in its place until the new one takes it.
fn keep(path: &Path, kept: &Path) -> io::Result<()> {
    if kept.exists() {
        fs::remove_file(kept)?;
    }
    // Not every file system has links.
    fs::hard_link(path, kept).or_else(|_| fs::copy(path, kept).map(drop))
}
