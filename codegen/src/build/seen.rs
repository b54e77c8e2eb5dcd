//! The files of catalogs as they were when they were read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::resolve::CATALOG_FILE;

/// When each file of the catalogs below a folder was written, and how long it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seen {
    root: PathBuf,
    files: BTreeMap<PathBuf, (Option<SystemTime>, u64)>,
}

impl Seen {
    /// As they are now. What cannot be read is not there.
    pub(super) fn now(root: &Path) -> Self {
        let mut seen = Self { root: root.to_owned(), files: BTreeMap::new() };
        let catalogs = entries(root).filter(|path| path.join(CATALOG_FILE).is_file());
        catalogs.for_each(|folder| seen.look(&folder));
        seen
    }

    /// The files that have changed, come or gone since.
    pub(super) fn changed(&self) -> Vec<PathBuf> {
        let now = Self::now(&self.root);
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
            } else if let Ok(file) = path.metadata() {
                self.files.insert(path, (file.modified().ok(), file.len()));
            }
        }
    }
}

/// What a folder holds, without what is hidden.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_hidden = |name: &Path| name.to_string_lossy().starts_with('.');
    entries.filter(move |entry| !is_hidden(Path::new(&entry.file_name()))).map(|entry| entry.path())
}
