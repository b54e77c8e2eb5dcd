//! Files as they are to be, and how those on disk differ.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::journal::{folder_of, is_there};
use super::unwritable;
use crate::diagnostic::Finding;
use crate::files::is_inside;
use crate::{message, render};

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
    /// The file and its bytes.
    pub(super) fn file(&self) -> (&Path, Option<&[u8]>) {
        (&self.path, self.text.as_deref().map(str::as_bytes))
    }

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

/// That no folder of these files below `docs` is a link that leads elsewhere. Where `docs` itself
/// leads is for whoever named it.
pub(super) fn check_folders(docs: &Path, outputs: &[Output]) -> Result<(), Box<Finding>> {
    let folders: BTreeSet<_> = outputs.iter().map(|output| folder_of(&output.path)).collect();
    // What cannot be told shows when it is written.
    let leads_out = |folder: &&Path| is_inside(docs, folder).is_ok_and(|inside| !inside);
    // Those that are not there yet are made in the nearest that is.
    let there = folders.into_iter().filter_map(|folder| folder.ancestors().find(|folder| folder.exists()));
    match there.into_iter().find(leads_out) {
        Some(folder) => Err(unwritable((folder.to_owned(), message!("it is a link that leads elsewhere")))),
        None => Ok(()),
    }
}

/// The pages below `docs` whose first line says that they were generated.
pub(super) fn generated_pages(docs: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for folder in read_folder(docs).into_iter().filter(|path| path.is_dir() && !path.is_symlink()) {
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
