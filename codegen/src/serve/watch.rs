//! What files were touched.
//!
//! The system tells at once, but not everything: not on every disk, and nothing of a folder that was
//! removed and is there again. So files are looked at from time to time as well. Editors touch a file
//! several times to save it once; a change counts when all is quiet.

use std::collections::{BTreeSet, VecDeque};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::Served;
use crate::build::{Report, Seen, glossary_path};

/// So long must nothing happen for a change to be over.
const QUIET: Duration = Duration::from_millis(50);
/// Something that goes on for longer is looked at all the same.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often files are looked at without being told.
const ROUND: Duration = Duration::from_secs(2);
/// How soon an end is noticed.
const TURN: Duration = Duration::from_millis(100);

/// What reaches the one who watches.
pub(super) enum Wake {
    Touched { paths: Vec<PathBuf>, may_be_gone: bool },
    Failed(Report),
}

/// Tells that a page could not be made.
pub(super) fn fail(wake: &Sender<Wake>, report: Report) {
    // Nobody is told any more once it is over.
    let _ = wake.send(Wake::Failed(report));
}

pub(super) enum Woken {
    Changed(Changes),
    Failed(Report),
    Stopped,
}

/// What is not as it was.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Every catalog may be another.
    all: bool,
    catalogs: BTreeSet<String>,
    templates: bool,
}

impl Changes {
    pub(super) fn all() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Whether the catalog `id` may be another.
    pub(super) fn touch(&self, id: &str) -> bool {
        self.all || self.catalogs.contains(id)
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The files as they were when they were looked at.
#[derive(PartialEq, Eq)]
struct Look {
    catalogs: Seen,
    glossary: Seen,
    templates: Option<Seen>,
}

/// A folder that the system tells of.
struct Post {
    path: PathBuf,
    mode: RecursiveMode,
    /// Where it really is, while it is watched.
    real: Option<PathBuf>,
}

pub(super) struct Watch {
    catalogs: PathBuf,
    templates: Option<PathBuf>,
    watcher: Option<RecommendedWatcher>,
    /// That of catalogs first, then that of the glossary, then that of templates.
    posts: Vec<Post>,
    refusal: Option<String>,
    inbox: Receiver<Wake>,
    failed: VecDeque<Report>,
    seen: Look,
}

impl Watch {
    pub(super) fn new(served: &Served, wake: Sender<Wake>, inbox: Receiver<Wake>) -> Self {
        let told = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if matches!(event.kind, EventKind::Access(_)) {
                return;
            }
            let may_be_gone =
                matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
            let _ = wake.send(Wake::Touched { paths: event.paths, may_be_gone });
        };
        let (watcher, refusal) = match notify::recommended_watcher(told) {
            Ok(watcher) => (Some(watcher), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let post = |path: &Path, mode| Post { path: path.to_owned(), mode, real: None };
        let glossary = glossary_path(&served.catalogs);
        let beside = glossary.parent().filter(|path| *path != Path::new("")).unwrap_or(Path::new("."));
        let mut posts =
            vec![post(&served.catalogs, RecursiveMode::Recursive), post(beside, RecursiveMode::NonRecursive)];
        posts.extend(served.templates.as_deref().map(|path| post(path, RecursiveMode::Recursive)));
        let (catalogs, templates) = (served.catalogs.clone(), served.templates.clone());
        let seen = Look::at(&catalogs, templates.as_deref());
        let failed = VecDeque::new();
        let mut watch = Self { catalogs, templates, watcher, posts, refusal, inbox, failed, seen };
        watch.take_posts();
        // What was touched before it was watched is read after this.
        watch.seen = watch.look();
        watch
    }

    /// Why the system does not tell.
    pub(super) fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref()
    }

    /// Waits for something to happen.
    pub(super) fn next(&mut self, stop: &AtomicBool) -> Woken {
        let mut touched = BTreeSet::new();
        let mut looked = Instant::now();
        loop {
            if stop.load(Ordering::Relaxed) {
                return Woken::Stopped;
            }
            if let Some(report) = self.failed.pop_front() {
                return Woken::Failed(report);
            }
            match self.inbox.recv_timeout(TURN) {
                Ok(wake) => {
                    self.note(wake, &mut touched);
                    self.settle(&mut touched);
                }
                Err(_) if looked.elapsed() < ROUND => continue,
                Err(_) => {}
            }
            looked = Instant::now();
            self.take_posts();
            let changes = self.changes(&mem::take(&mut touched));
            if !changes.is_empty() {
                return Woken::Changed(changes);
            }
        }
    }

    fn note(&mut self, wake: Wake, touched: &mut BTreeSet<PathBuf>) {
        match wake {
            Wake::Failed(report) => self.failed.push_back(report),
            Wake::Touched { paths, may_be_gone } => {
                let gone = self.posts.iter_mut().filter(|post| {
                    may_be_gone && post.real.as_ref().is_some_and(|real| paths.contains(real))
                });
                gone.for_each(|post| post.leave(self.watcher.as_mut()));
                touched.extend(paths);
            }
        }
    }

    /// Waits until nothing happens.
    fn settle(&mut self, touched: &mut BTreeSet<PathBuf>) {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            match self.inbox.recv_timeout(QUIET) {
                Ok(wake) => self.note(wake, touched),
                Err(_) => return,
            }
        }
    }

    /// Has all folders watched that are there.
    fn take_posts(&mut self) {
        for post in &mut self.posts {
            let Ok(real) = post.path.canonicalize() else {
                post.leave(self.watcher.as_mut());
                continue;
            };
            if post.real.as_ref() == Some(&real) {
                continue;
            }
            post.leave(self.watcher.as_mut());
            if let Some(watcher) = &mut self.watcher {
                match watcher.watch(&real, post.mode) {
                    Ok(()) => post.real = Some(real),
                    Err(error) => self.refusal = Some(error.to_string()),
                }
            }
        }
    }

    fn look(&self) -> Look {
        Look::at(&self.catalogs, self.templates.as_deref())
    }

    /// What has changed since it was asked last, by what is seen and by what was told.
    fn changes(&mut self, touched: &BTreeSet<PathBuf>) -> Changes {
        let mut now = self.look();
        let start = Instant::now();
        // Nobody said when it was over.
        while touched.is_empty() && now != self.seen && start.elapsed() < PATIENCE {
            thread::sleep(QUIET);
            let then = mem::replace(&mut now, self.look());
            if then == now {
                break;
            }
        }
        let seen = mem::replace(&mut self.seen, now);
        let differing = seen.catalogs.differing(&self.seen.catalogs);
        let mut changes = Changes {
            all: seen.glossary != self.seen.glossary,
            catalogs: differing.iter().filter_map(|path| id(&self.catalogs, path)).collect(),
            templates: seen.templates != self.seen.templates,
        };
        let real = |post: usize| self.posts.get(post).and_then(|post| post.real.as_deref());
        for path in touched.iter().filter(|path| !is_hidden(path)) {
            if let Some(root) = real(0) {
                changes.catalogs.extend(id(root, path));
                changes.all |= path == root;
            }
            let glossary = glossary_path(&self.catalogs);
            changes.all |= real(1).is_some_and(|folder| {
                path.parent() == Some(folder) && path.file_name() == glossary.file_name()
            });
            changes.templates |= real(2).is_some_and(|root| path.starts_with(root));
        }
        changes
    }
}

impl Post {
    fn leave(&mut self, watcher: Option<&mut RecommendedWatcher>) {
        if let (Some(real), Some(watcher)) = (self.real.take(), watcher) {
            // It may have gone by itself.
            let _ = watcher.unwatch(&real);
        }
    }
}

impl Look {
    fn at(catalogs: &Path, templates: Option<&Path>) -> Self {
        Self {
            catalogs: Seen::now(catalogs),
            glossary: Seen::file(&glossary_path(catalogs)),
            templates: templates.map(Seen::below),
        }
    }
}

/// The catalog that a path is of.
fn id(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?.components().next()?;
    Some(below.as_os_str().to_string_lossy().into_owned())
}

/// Editors keep their own files beside the one that is written.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
