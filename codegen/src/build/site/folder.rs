//! The folder of a site on disk: what of it is ours, and how files get there.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{ErrorKind, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::build::lock::Lock;
use crate::build::shown;
use crate::diagnostic::{Finding, cause, rules};
use crate::files::is_inside;
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
        // In a folder that is not there is nothing: of a new site hardly a path need be asked for.
        let mut folders = HashMap::new();
        for file in files.iter().filter(|file| !self.is_ours(&file.path)) {
            let path = self.root.join(&file.path);
            if self.is_there(folder_of(&file.path), &mut folders) && fs::symlink_metadata(&path).is_ok() {
                return Err(taken(&path));
            }
        }
        Ok(())
    }

    /// Whether there is a folder of the site, as far as it is not known yet.
    fn is_there<'p>(&self, folder: &'p str, known: &mut HashMap<&'p str, bool>) -> bool {
        if folder.is_empty() {
            return true;
        }
        if let Some(is_there) = known.get(folder) {
            return *is_there;
        }
        let is_there =
            self.is_there(folder_of(folder), known) && fs::symlink_metadata(self.root.join(folder)).is_ok();
        known.insert(folder, is_there);
        is_there
    }

    /// Puts all files into place, on `threads` threads. How many were not there like this.
    pub(super) fn put(&self, files: &[Page], threads: Option<NonZero<usize>>) -> Result<usize, Box<Finding>> {
        /// So many folders are made in one go.
        const STEP: usize = 32;
        let mut folders: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
        for file in files {
            folders.entry(folder_of(&file.path)).or_default().push(file);
        }
        // Those that hold others, the outer ones first: then the rest can be made in any order.
        let mut outer = BTreeMap::new();
        for folder in folders.keys() {
            outer.extend(outer_folders(folder).map(|outer| (outer, false)));
        }
        for (folder, is_new) in &mut outer {
            *is_new = self.enter(folder)?;
        }
        let put = |(folder, files): &(&str, Vec<&Page>)| {
            let is_new = outer.get(folder).map_or_else(|| self.enter(folder), |is_new| Ok(*is_new))?;
            files.iter().try_fold(0, |n, file| Ok(n + usize::from(self.put_into(file, is_new)?)))
        };
        let folders: Vec<_> = folders.into_iter().collect();
        // Who makes folders in one and the same folder waits for others that do: so what is far apart
        // is made at the same time.
        let (first, second) = folders.split_at(folders.len() / 2);
        let mut firsts = first.chunks(STEP);
        let steps: Vec<_> =
            second.chunks(STEP).flat_map(|step| firsts.next().into_iter().chain([step])).collect();
        let put_all = |step: &&[(&str, Vec<&Page>)]| step.iter().map(put).sum::<Result<usize, _>>();
        parallel::map_on(threads, &steps, put_all).into_iter().sum()
    }

    /// Makes a folder of the site if it is not there, in one that is. Whether it is new; no link may
    /// lead out of the site.
    fn enter(&self, folder: &str) -> Result<bool, Box<Finding>> {
        if folder.is_empty() {
            return Ok(false);
        }
        let path = self.root.join(folder);
        let Err(error) = fs::create_dir(&path) else {
            return Ok(true);
        };
        match fs::symlink_metadata(&path) {
            Ok(file) if file.is_dir() => Ok(false),
            Ok(file) if file.is_symlink() => self.check_link(&path).map(|()| false),
            Ok(_) => Err(unwritable(&path, message!("it is a file, not a folder"))),
            Err(_) => Err(unwritable(&path, cause(&error))),
        }
    }

    /// Puts a file into its folder. Whether it was not there like this; in a new folder nothing is.
    fn put_into(&self, page: &Page, is_new: bool) -> Result<bool, Box<Finding>> {
        let path = self.root.join(&page.path);
        let bytes = page.text.as_bytes();
        let is_ours = !is_new && self.is_ours(&page.path);
        if is_ours && fs::read(&path).is_ok_and(|found| found == bytes) {
            return Ok(false);
        }
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
        match write() {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(taken(&path)),
            Err(error) => Err(unwritable(&path, cause(&error))),
        }
    }

    /// That a link in the place of a folder does not lead out of the site.
    fn check_link(&self, path: &Path) -> Result<(), Box<Finding>> {
        match is_inside(&self.root, path) {
            Ok(true) => Ok(()),
            _ => Err(unwritable(path, message!("it is a link that leads elsewhere"))),
        }
    }

    /// That no folder on the way to a file is such a link.
    fn check_way(&self, folder: &str) -> Result<(), Box<Finding>> {
        let folders = outer_folders(folder).chain([folder]).filter(|folder| !folder.is_empty());
        let mut paths = folders.map(|folder| self.root.join(folder));
        paths.try_for_each(|path| if path.is_symlink() { self.check_link(&path) } else { Ok(()) })
    }

    /// Removes what the earlier site had and this one has not, with the folders that are empty then.
    pub(super) fn remove_all_but(&self, manifest: &Manifest) -> Result<usize, Box<Finding>> {
        let mut removed = 0;
        for path in self.manifest.files.keys().filter(|path| !manifest.files.contains_key(*path)) {
            self.check_way(folder_of(path))?;
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
        let mut files = manifest.files.clone();
        for (path, length) in &self.manifest.files {
            files.entry(path.clone()).or_insert(*length);
        }
        self.save(&Manifest { digest: None, files }.print())
    }

    /// Saves the manifest so that it is younger than all files, and no younger than what anybody does to
    /// them from now on. The clocks of file systems stand still for some milliseconds.
    pub(super) fn finish(&self, manifest: &Manifest) -> Result<(), Box<Finding>> {
        /// Where they stand still for longer, the next run looks at every file.
        const TRIES: usize = 20;
        const TICK: Duration = Duration::from_millis(2);
        let modified = || fs::metadata(self.root.join(Manifest::FILE)).and_then(|file| file.modified()).ok();
        let text = manifest.print();
        self.save(&text)?;
        let first = modified();
        for _ in 0..TRIES {
            if modified() > first {
                break;
            }
            thread::sleep(TICK);
            self.save(&text)?;
        }
        Ok(())
    }

    /// In one step: without its manifest a site would be somebody else's.
    fn save(&self, manifest: &str) -> Result<(), Box<Finding>> {
        const NEW: &str = ".im-errors-site-new";
        let (path, new) = (self.root.join(Manifest::FILE), self.root.join(NEW));
        let write = || {
            fs::File::create_new(&new)?.write_all(manifest.as_bytes())?;
            fs::rename(&new, &path)
        };
        // Left there by a run that was killed, or a link by somebody.
        let _ = fs::remove_file(&new);
        write().map_err(|error| {
            let _ = fs::remove_file(&new);
            unwritable(&path, cause(&error))
        })
    }
}

/// The folder of a path of the site; nothing for what lies in the site itself.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders of the site that hold a folder of it, the outermost first.
fn outer_folders(folder: &str) -> impl Iterator<Item = &str> {
    folder.match_indices('/').map(|(end, _)| &folder[..end])
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
