//! The site on disk: made on all cores, only what changed is written, and nothing of other people's
//! is touched.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use im_errors_spec::Spec;

use super::files::{self, Kind, is_inside};
use super::output::{Drift, DriftKind, Output};
use super::{Catalogs, command, shown};
use crate::diagnostic::{Finding, cause, rules};
use crate::render::{Page, Templates};
use crate::resolve::SPEC_FILE;
use crate::site::{Manifest, Site, digest};
use crate::{Diagnostic, Message, message};

/// Where the site goes if nothing else is said.
pub const SITE: &str = "target/site";

/// Where catalogs lie and their site goes.
#[derive(Debug, Clone)]
pub struct SiteLayout {
    /// The folder with one folder per catalog.
    pub catalogs: PathBuf,
    /// The folder for the site.
    pub out: PathBuf,
    /// The user's templates.
    pub templates: Option<PathBuf>,
    /// The address that the site will have.
    pub base: Option<String>,
}

/// What was done to have the site in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteDone {
    /// How many files it has.
    pub files: usize,
    /// How many of them were written.
    pub written: usize,
    /// How many of an earlier site were removed.
    pub removed: usize,
}

/// Makes the site of all catalogs as their specs stand, on `threads` threads; as many as there are
/// cores if that is not said.
///
/// # Errors
/// When a spec or a template cannot be used, when the folder is somebody else's, or a file in it cannot
/// be written.
pub fn site(layout: &SiteLayout, threads: Option<NonZero<usize>>) -> Result<SiteDone, Box<Finding>> {
    let folder = Folder::open(&layout.out)?;
    let inputs = Inputs::read(layout)?;
    let digest = inputs.digest();
    if folder.is_as_made(&digest) {
        return Ok(SiteDone { files: folder.manifest.files.len(), written: 0, removed: 0 });
    }
    let specs = inputs.specs()?;
    let site = Site::new(&specs, &inputs.templates, inputs.base.as_deref())?;
    site.try_out()?;
    folder.save(&Manifest { digest: None, ..folder.manifest.clone() })?;
    let parts = parallel(&site, threads, |page| folder.put(page))?;
    let written = parts.iter().filter(|(_, _, is_new)| *is_new).count();
    let files = parts.into_iter().map(|(path, length, _)| (path, length)).collect();
    let manifest = Manifest { digest: Some(digest), files };
    let removed = folder.remove_all_but(&manifest)?;
    folder.save(&manifest)?;
    Ok(SiteDone { files: manifest.files.len(), written, removed })
}

/// How the site on disk differs from what it would be.
///
/// # Errors
/// When a spec or a template cannot be used, or the folder is somebody else's.
pub fn site_drift(layout: &SiteLayout, threads: Option<NonZero<usize>>) -> Result<Vec<Drift>, Box<Finding>> {
    let folder = Folder::open(&layout.out)?;
    let inputs = Inputs::read(layout)?;
    let specs = inputs.specs()?;
    let site = Site::new(&specs, &inputs.templates, inputs.base.as_deref())?;
    let mend = command::site(layout);
    let made = parallel(&site, threads, |page| {
        let output =
            Output { path: folder.root.join(&page.path), text: Some(page.text.clone()), mend: mend.clone() };
        Ok((page.path.clone(), output.drift()))
    })?;
    let made: BTreeMap<_, _> = made.into_iter().collect();
    let leftover = folder.manifest.files.keys().filter(|path| !made.contains_key(*path));
    let leftover = leftover.map(|path| folder.root.join(path)).filter(|path| path.exists());
    let leftover: Vec<_> =
        leftover.map(|path| Drift { path, kind: DriftKind::Leftover, mend: mend.clone() }).collect();
    Ok(made.into_values().flatten().chain(leftover).collect())
}

/// Whether the site may be put into `out`: it is neither somebody else's folder nor a file.
pub(super) fn check_folder(out: &Path) -> Result<(), Box<Finding>> {
    Folder::open(out).map(drop)
}

/// All that the site is made of.
pub(super) struct Inputs {
    /// Where each spec stands and its text.
    specs: Vec<(PathBuf, String)>,
    pub(super) catalogs: Catalogs,
    pub(super) templates: Templates,
    base: Option<String>,
}

impl Inputs {
    pub(super) fn read(layout: &SiteLayout) -> Result<Self, Box<Finding>> {
        let catalogs = Catalogs::find(&layout.catalogs)?;
        let mut specs = Vec::new();
        for id in catalogs.ids() {
            let path = catalogs.folder(id).join(SPEC_FILE);
            // What cannot be read is told when it is opened.
            let bytes = files::read_inside(&catalogs.folder(id), &path, Kind::Spec).unwrap_or_default();
            specs.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
        let templates =
            layout.templates.as_deref().map(Templates::with_folder).transpose()?.unwrap_or_default();
        Ok(Self { specs, catalogs, templates, base: layout.base.clone() })
    }

    pub(super) fn specs(&self) -> Result<Vec<Spec>, Box<Finding>> {
        let mut specs = Vec::new();
        for id in self.catalogs.ids() {
            specs.extend(self.catalogs.spec_as_it_stands(id)?);
        }
        Ok(specs)
    }

    fn digest(&self) -> String {
        let ids = self.catalogs.ids().zip(&self.specs).map(|(id, (_, text))| (id, text.as_str()));
        let own = [("tool", env!("IM_ERRORS_TOOL")), ("base", self.base.as_deref().unwrap_or_default())];
        let mut all = String::new();
        for (name, text) in own.into_iter().chain(ids).chain(self.templates.texts()) {
            all.push_str(&format!("{name}\n{}\n{text}\n", text.len()));
        }
        digest(&all)
    }
}

/// Makes all files of the site and does something with each, in any order, but returned in that of
/// the site. Of several failures the first one in that order is told.
fn parallel<T: Send>(
    site: &Site<'_>,
    threads: Option<NonZero<usize>>,
    each: impl Fn(&Page) -> Result<T, Box<Finding>> + Sync,
) -> Result<Vec<T>, Box<Finding>> {
    /// So many parts are taken at a time.
    const STEP: usize = 16;
    let threads = threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = || {
        let mut done = Vec::new();
        loop {
            let start = next.fetch_add(STEP, Ordering::Relaxed);
            if start >= site.parts() || failed.load(Ordering::Relaxed) {
                return done;
            }
            for part in start..(start + STEP).min(site.parts()) {
                let results = site.part(part).and_then(|pages| pages.iter().map(&each).collect());
                if results.is_err() {
                    failed.store(true, Ordering::Relaxed);
                }
                done.push((part, results));
            }
        }
    };
    let mut all: Vec<(usize, Result<Vec<T>, _>)> = thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for worker in workers {
            // A worker that panicked has no results, and its panic goes on.
            all.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(part, _)| *part);
    let results: Result<Vec<_>, _> = all.into_iter().map(|(_, results)| results).collect();
    Ok(results?.into_iter().flatten().collect())
}

/// The folder of a site, with what an earlier run put into it.
struct Folder {
    root: PathBuf,
    manifest: Manifest,
    /// An earlier run was interrupted, and not all of its files are known.
    is_unfinished: bool,
}

impl Folder {
    fn open(root: &Path) -> Result<Self, Box<Finding>> {
        let new = |manifest, is_unfinished| Ok(Self { root: root.to_owned(), manifest, is_unfinished });
        let names = match fs::read_dir(root) {
            Err(error) if error.kind() == ErrorKind::NotFound => return new(Manifest::default(), false),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(unwritable(root, message!("it is a file, not a folder")));
            }
            Err(error) => return Err(unwritable(root, cause(&error))),
            Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.file_name())),
        };
        let text = fs::read_to_string(root.join(Manifest::FILE)).unwrap_or_default();
        if let Some(manifest) = Manifest::parse(&text) {
            let is_unfinished = manifest.digest.is_none();
            return new(manifest, is_unfinished);
        }
        // What is hidden belongs to version control, or tells hosts what to do.
        match names
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| !name.starts_with('.'))
            .min()
        {
            None => new(Manifest::default(), false),
            Some(name) => {
                let message = message!("it holds `{name}`, which im-errors did not put there", name);
                let help = message!("give an empty folder or a new one");
                Err(unwritable_with(root, message, help))
            }
        }
    }

    /// Whether it holds the site of these inputs, and nothing has touched it since.
    fn is_as_made(&self, digest: &str) -> bool {
        let made = fs::metadata(self.root.join(Manifest::FILE)).and_then(|file| file.modified());
        let Ok(made) = made else {
            return false;
        };
        let is_as_made = |(path, length): (&String, &u64)| {
            let file = fs::metadata(self.root.join(path));
            file.is_ok_and(|file| {
                file.is_file()
                    && file.len() == *length
                    && file.modified().is_ok_and(|modified| modified <= made)
            })
        };
        self.manifest.digest.as_deref() == Some(digest) && self.manifest.files.iter().all(is_as_made)
    }

    /// Puts a file into place: its path, its length, whether it was not there like this.
    fn put(&self, page: &Page) -> Result<(String, u64, bool), Box<Finding>> {
        let path = self.root.join(&page.path);
        let bytes = page.text.as_bytes();
        let done = |is_new| Ok((page.path.clone(), bytes.len() as u64, is_new));
        let fail = |error: io::Error| match error.kind() {
            ErrorKind::AlreadyExists => {
                let message = message!("a file that im-errors did not write is in its place");
                unwritable_with(&path, message, message!("move it away, or give another folder"))
            }
            _ => unwritable(&path, cause(&error)),
        };
        let is_ours = self.is_unfinished || self.manifest.files.contains_key(&page.path);
        if is_ours && fs::read(&path).is_ok_and(|found| found == bytes) {
            return done(false);
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
        done(true)
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
    fn remove_all_but(&self, manifest: &Manifest) -> Result<usize, Box<Finding>> {
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

    fn save(&self, manifest: &Manifest) -> Result<(), Box<Finding>> {
        let path = self.root.join(Manifest::FILE);
        fs::create_dir_all(&self.root).map_err(|error| unwritable(&self.root, cause(&error)))?;
        fs::write(&path, manifest.print()).map_err(|error| unwritable(&path, cause(&error)))
    }
}

fn unwritable(path: &Path, error: Message) -> Box<Finding> {
    refused(path, message!("cannot write it: {error}", error))
}

fn refused(path: &Path, message: Message) -> Box<Finding> {
    Box::new(Finding::new(&shown(path), Diagnostic::of_file(&rules::UNWRITABLE_FILE, message)))
}

fn unwritable_with(path: &Path, error: Message, help: Message) -> Box<Finding> {
    with_help(unwritable(path, error), help)
}

pub(super) fn with_help(finding: Box<Finding>, help: Message) -> Box<Finding> {
    Box::new(Finding { diagnostic: finding.diagnostic.with_help(help), ..*finding })
}
