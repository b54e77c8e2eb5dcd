//! Files as they were when they were read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::resolve::CATALOG_FILE;

/// When each file was written, and how long it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    root: PathBuf,
    files: BTreeMap<PathBuf, (Option<SystemTime>, u64)>,
}

impl Seen {
    /// The files of the catalogs below `root`, as they are now. What cannot be read is not there.
    pub(crate) fn now(root: &Path) -> Self {
        let mut seen = Self { root: root.to_owned(), files: BTreeMap::new() };
        let catalogs = entries(root).filter(|path| path.join(CATALOG_FILE).is_file());
        catalogs.for_each(|folder| seen.look(&folder));
        seen
    }

    /// All files below `folder`, as they are now.
    pub(crate) fn below(folder: &Path) -> Self {
        let mut seen = Self { root: folder.to_owned(), files: BTreeMap::new() };
        seen.look(folder);
        seen
    }

    /// One file, as it is now.
    pub(crate) fn file(path: &Path) -> Self {
        let mut seen = Self { root: path.to_owned(), files: BTreeMap::new() };
        seen.note(path.to_owned());
        seen
    }

    /// The files of catalogs that have changed, come or gone since.
    pub(super) fn changed(&self) -> Vec<PathBuf> {
        self.differing(&Self::now(&self.root))
    }

    /// The files that are not in both, or not alike.
    pub(crate) fn differing(&self, now: &Self) -> Vec<PathBuf> {
        let mut paths: Vec<_> = self.files.keys().chain(now.files.keys()).cloned().collect();
        paths.sort();
        paths.dedup();
        paths.retain(|path| self.files.get(path) != now.files.get(path));
        paths
    }

    fn look(&mut self, folder: &Path) {
        for path in entries(folder) {
            // A link to a folder can lead round in circles.
            if path.symlink_metadata().is_ok_and(|path| path.is_dir()) {
                self.look(&path);
            } else {
                self.note(path);
            }
        }
    }

    fn note(&mut self, path: PathBuf) {
        if let Ok(file) = path.metadata() {
            self.files.insert(path, (file.modified().ok(), file.len()));
        }
    }
}

/// What a folder holds, without what is hidden.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_hidden = |name: &Path| name.to_string_lossy().starts_with('.');
    entries.filter(move |entry| !is_hidden(Path::new(&entry.file_name()))).map(|entry| entry.path())
}
