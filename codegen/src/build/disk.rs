//! What is done to files on disk: one door for all of it, so that tests can break it off at any
//! point.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

pub(super) trait Disk {
    /// Makes a file with these bytes, which are on the disk when this returns.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file a second name.
    fn keep(&self, path: &Path, kept: &Path) -> io::Result<()>;
    /// Moves a file; what had its new name before is gone.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    fn remove_dir(&self, path: &Path) -> io::Result<()>;
    /// What was moved and removed in a folder is so on the disk when this returns.
    fn sync_dir(&self, path: &Path);
}

/// The disk itself.
pub(super) struct Real;

impl Disk for Real {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // Never through a link that somebody left there.
        let mut file = fs::File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn keep(&self, path: &Path, kept: &Path) -> io::Result<()> {
        // Not every file system has links.
        fs::hard_link(path, kept).or_else(|_| self.write(kept, &fs::read(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn sync_dir(&self, path: &Path) {
        // Not every system can; then it is as safe as the system makes it.
        let _ = fs::File::open(path).and_then(|folder| folder.sync_all());
    }
}
