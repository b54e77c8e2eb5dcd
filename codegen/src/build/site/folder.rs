//! The folder of a site on disk: what of it is ours, and how files get there.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::build::files::is_inside;
use crate::build::lock::Lock;
use crate::build::shown;
use crate::diagnostic::{Finding, cause, rules};
use crate::render::Page;
use crate::site::Manifest;
use crate::{Diagnostic, Message, message, parallel};

/// The folder of a site, with what an earlier run put into it.
pub(super) struct Folder {
    pub(super) root: PathBuf,
    pub(super) manifest: Manifest,
}

impl Folder {
    pub(super) fn open(root: &Path) -> Result<Self, Box<Finding>> {
        let new = |manifest| Ok(Self { root: root.to_owned(), manifest });
        let names = match fs::read_dir(root) {
            Err(error) if error.kind() == ErrorKind::NotFound => return new(Manifest::default()),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(unwritable(root, message!("it is a file, not a folder")));
            }
            Err(error) => return Err(unwritable(root, cause(&error))),
            Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.file_name())),
        };
        let text = fs::read_to_string(root.join(Manifest::FILE)).unwrap_or_default();
        if let Some(manifest) = Manifest::parse(&text) {
            return new(manifest);
        }
        // What is hidden belongs to version control, or tells hosts what to do.
        match names
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| !name.starts_with('.'))
            .min()
        {
            None => new(Manifest::default()),
            Some(name) => {
                let message = message!("it holds `{name}`, which im-errors did not put there", name);
                let help = message!("give an empty folder or a new one");
                Err(unwritable_with(root, message, help))
            }
        }
    }

    /// The folder as it is when nobody else writes to it, for as long as the lock is held.
    pub(super) fn alone(&self) -> Result<(Self, Lock), Box<Finding>> {
        fs::create_dir_all(&self.root).map_err(|error| unwritable(&self.root, cause(&error)))?;
        let lock = Lock::take(&self.root)?;
        Ok((Self::open(&self.root)?, lock))
    }

    /// Whether it holds the site of these inputs, and nothing has touched it since.
    pub(super) fn is_as_made(&self, digest: &str, threads: Option<NonZero<usize>>) -> bool {
        /// So many files are looked at in one go.
        const STEP: usize = 256;
        let made = fs::metadata(self.root.join(Manifest::FILE)).and_then(|file| file.modified());
        let Ok(made) = made else {
            return false;
        };
        let is_as_made = |(path, length): &(&String, &u64)| {
            let file = fs::metadata(self.root.join(path));
            file.is_ok_and(|file| {
                file.is_file()
                    && file.len() == **length
                    && file.modified().is_ok_and(|modified| modified < made)
            })
        };
        let files: Vec<_> = self.manifest.files.iter().collect();
        let steps: Vec<_> = files.chunks(STEP).collect();
        self.manifest.digest.as_deref() == Some(digest)
            && parallel::map_on(threads, &steps, |step| step.iter().all(is_as_made)).into_iter().all(|is| is)
    }

    fn is_ours(&self, path: &str) -> bool {
        self.manifest.files.contains_key(path)
    }

    /// Whether none of `files` would be written over another that im-errors did not put there.
    pub(super) fn check_free(&self, files: &[Page]) -> Result<(), Box<Finding>> {
        let new = files.iter().filter(|file| !self.is_ours(&file.path));
        let mut new = new.map(|file| self.root.join(&file.path));
        match new.find(|path| fs::symlink_metadata(path).is_ok()) {
            Some(path) => Err(taken(&path)),
            None => Ok(()),
        }
    }

    /// Puts a file into place. Whether it was not there like this.
    pub(super) fn put(&self, page: &Page) -> Result<bool, Box<Finding>> {
        let path = self.root.join(&page.path);
        let bytes = page.text.as_bytes();
        let fail = |error: io::Error| match error.kind() {
            ErrorKind::AlreadyExists => taken(&path),
            _ => unwritable(&path, cause(&error)),
        };
        let is_ours = self.is_ours(&page.path);
        if is_ours && fs::read(&path).is_ok_and(|found| found == bytes) {
            return Ok(false);
        }
        self.check_folder_of(&path)?;
        let write = || {
            let mut options = fs::OpenOptions::new();
            options.write(true);
            if is_ours {
                // A link that somebody put there is replaced, not what it leads to.
                if path.is_symlink() {
                    fs::remove_file(&path)?;
                }
                options.create(true).truncate(true)
            } else {
                options.create_new(true)
            };
            options.open(&path)?.write_all(bytes)
        };
        let parent = path.parent().unwrap_or(&self.root);
        match write() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(parent).map_err(|error| unwritable(parent, cause(&error)))?;
                write().map_err(fail)?;
            }
            result => result.map_err(fail)?,
        }
        Ok(true)
    }

    /// That no folder on the way to a file is a link that leads out of the site.
    fn check_folder_of(&self, path: &Path) -> Result<(), Box<Finding>> {
        let there = path.ancestors().skip(1).find(|folder| folder.exists());
        match there.filter(|there| *there != self.root && there.starts_with(&self.root)) {
            Some(there) if !is_inside(&self.root, there).unwrap_or(false) => {
                Err(unwritable(there, message!("it is a link that leads elsewhere")))
            }
            _ => Ok(()),
        }
    }

    /// Removes what the earlier site had and this one has not, with the folders that are empty then.
    pub(super) fn remove_all_but(&self, manifest: &Manifest) -> Result<usize, Box<Finding>> {
        let mut removed = 0;
        for path in self.manifest.files.keys().filter(|path| !manifest.files.contains_key(*path)) {
            self.check_folder_of(&self.root.join(path))?;
            match fs::remove_file(self.root.join(path)) {
                Ok(()) => removed += 1,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    let message = message!("cannot remove it: {error}", error = cause(&error));
                    return Err(refused(&self.root.join(path), message));
                }
            }
            // The first one that holds something ends it.
            let mut parents = Path::new(path).ancestors().skip(1).filter(|parent| *parent != Path::new(""));
            while parents.next().is_some_and(|parent| fs::remove_dir(self.root.join(parent)).is_ok()) {}
        }
        Ok(removed)
    }

    /// Says which files are to come, with those that are there: a run that is interrupted leaves no
    /// file that the next one does not know.
    pub(super) fn announce(&self, manifest: &Manifest) -> Result<(), Box<Finding>> {
        let mut files = self.manifest.files.clone();
        files.extend(manifest.files.iter().map(|(path, length)| (path.clone(), *length)));
        self.save(&Manifest { digest: None, files })
    }

    /// Saves the manifest so that it is younger than all files, and no younger than what anybody does to
    /// them from now on. The clocks of file systems stand still for some milliseconds.
    pub(super) fn finish(&self, manifest: &Manifest) -> Result<(), Box<Finding>> {
        /// Where they stand still for longer, the next run looks at every file.
        const TRIES: usize = 20;
        const TICK: Duration = Duration::from_millis(2);
        let modified = || fs::metadata(self.root.join(Manifest::FILE)).and_then(|file| file.modified()).ok();
        self.save(manifest)?;
        let first = modified();
        for _ in 0..TRIES {
            if modified() > first {
                break;
            }
            thread::sleep(TICK);
            self.save(manifest)?;
        }
        Ok(())
    }

    fn save(&self, manifest: &Manifest) -> Result<(), Box<Finding>> {
        let path = self.root.join(Manifest::FILE);
        fs::create_dir_all(&self.root).map_err(|error| unwritable(&self.root, cause(&error)))?;
        fs::write(&path, manifest.print()).map_err(|error| unwritable(&path, cause(&error)))
    }
}

fn taken(path: &Path) -> Box<Finding> {
    let message = message!("a file that im-errors did not write is in its place");
    unwritable_with(path, message, message!("move it away, or give another folder"))
}

fn unwritable(path: &Path, error: Message) -> Box<Finding> {
    refused(path, message!("cannot write it: {error}", error))
}

fn refused(path: &Path, message: Message) -> Box<Finding> {
    Box::new(Finding::new(&shown(path), Diagnostic::of_file(&rules::UNWRITABLE_FILE, message)))
}

fn unwritable_with(path: &Path, error: Message, help: Message) -> Box<Finding> {
    with_help(*unwritable(path, error), help)
}

pub(in crate::build) fn with_help(finding: Finding, help: Message) -> Box<Finding> {
    Box::new(Finding { diagnostic: finding.diagnostic.with_help(help), ..finding })
}
