//! Writing that fails or is broken off at every single point: what is on disk then, and what the
//! next command makes of it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use im_errors_spec::{Date, Locale};

use super::disk::{Disk, Real};
use super::embedding::embed_on;
use super::{Catalogs, Layout, SiteLayout, journal, plan, plan_new, update};
use crate::diagnostic::Finding;
use crate::embed::{Embedding, FolderPath, Tool};

/// A disk whose operations fail from one on to another, counted from 0. A write that fails leaves
/// half a file. A process that was killed is one whose operations all fail from then on.
struct Failing {
    failing: RangeInclusive<usize>,
    count: Cell<usize>,
}

impl Failing {
    fn on(failing: RangeInclusive<usize>) -> Self {
        Self { failing, count: Cell::new(0) }
    }

    fn never() -> Self {
        Self::dying_at(usize::MAX)
    }

    fn dying_at(at: usize) -> Self {
        Self::on(at..=usize::MAX)
    }

    /// Whether it came so far that anything failed.
    fn has_failed(&self) -> bool {
        self.count.get() > *self.failing.start()
    }

    fn next(&self) -> io::Result<()> {
        let now = self.count.replace(self.count.get() + 1);
        if self.failing.contains(&now) { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Disk for Failing {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let is_first = self.count.get() == *self.failing.start();
        let next = self.next();
        if next.is_ok() || is_first {
            let half = if next.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
            // Not synced, which takes long: nothing here cuts the power.
            io::Write::write_all(&mut fs::File::create_new(path)?, half)?;
        }
        next
    }

    fn keep(&self, path: &Path, kept: &Path) -> io::Result<()> {
        self.next().and_then(|()| Real.keep(path, kept))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.next().and_then(|()| Real.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.next().and_then(|()| Real.remove_file(path))
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.next().and_then(|()| Real.create_dir(path))
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.next().and_then(|()| Real.remove_dir(path))
    }

    fn sync_dir(&self, _: &Path) {}
}

type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("im-errors-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    /// The files in it.
    fn tree(&self) -> Tree {
        fn collect(folder: &Path, tree: &mut Tree) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => collect(&path, tree),
                    false => drop(tree.insert(path.clone(), fs::read(&path).unwrap())),
                }
            }
        }
        let mut tree = Tree::new();
        collect(&self.0, &mut tree);
        tree
    }

    fn restore(&self, tree: &Tree) {
        let _ = fs::remove_dir_all(&self.0);
        fs::create_dir_all(&self.0).unwrap();
        for (path, bytes) in tree {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn layout(&self) -> Layout {
        Layout { catalogs: self.0.join("specs/vendors"), docs: self.0.join("docs"), templates: None }
    }

    fn catalog(&self, id: &str, titles: &str, page: &str) {
        let catalog = catalog(titles);
        self.write(&format!("specs/vendors/{id}/catalog.toml"), &catalog);
        self.write(&format!("specs/vendors/{id}/sources/page.md"), page);
    }
}

fn catalog(titles: &str) -> String {
    format!(
        "title = {{ zh = \"示例\", {titles} }}\nvendor = {{ zh = \"示例公司\" }}\nlocale = \"zh\"\n\n[[source]]\nfile = \"sources/page.md\"\n"
    )
}

const OLD: &str = "| 错误码 | 说明 |\n|---|---|\n| 1 | 失败 |\n| 2 | 超时 |\n";
const NEW: &str = "| 错误码 | 说明 |\n|---|---|\n| 1 | 失败了 |\n| 2 | 超时 |\n| 3 | 请求过于频繁 |\n";

/// Writes what is to be, if anything differs.
type Write = fn(&dyn Disk, &Layout) -> Result<(), Box<Finding>>;

/// A change, from how things are to how they are to be.
struct Scene {
    folder: Folder,
    old: Tree,
    new: Tree,
    write: Write,
    /// The folder that the journal lies in.
    root: PathBuf,
    /// Whether a single file changes, for which there is no journal.
    is_single: bool,
}

impl Scene {
    /// A change of catalogs and what is made of them.
    fn new(folder: Folder, write: Write) -> Self {
        let root = folder.layout().catalogs;
        Self::below(folder, root, write)
    }

    fn below(folder: Folder, root: PathBuf, write: Write) -> Self {
        fs::create_dir_all(&folder.0).unwrap();
        let old = folder.tree();
        write(&Failing::never(), &folder.layout()).unwrap();
        let new = folder.tree();
        let is_same = |path: &&PathBuf| old.get(*path) == new.get(*path);
        let all = old.keys().chain(new.keys().filter(|path| !old.contains_key(*path)));
        let is_single = match all.filter(|path| !is_same(path)).count() {
            0 => panic!("nothing changes"),
            changed => changed == 1,
        };
        Self { folder, old, new, write, root, is_single }
    }

    /// What the next command that reads catalogs does first.
    fn recover(&self) {
        journal::recover_locked(&Failing::never(), &self.root).unwrap();
    }

    /// Writes on a disk that fails, after which every file must be an old one or a new one, whole.
    fn write_on(&self, disk: &Failing) -> bool {
        self.folder.restore(&self.old);
        let is_written = (self.write)(disk, &self.folder.layout()).is_ok();
        self.is_whole();
        is_written
    }

    fn is_whole(&self) {
        let is_hidden = |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with('.');
        for (path, bytes) in self.folder.tree().iter().filter(|(path, _)| !is_hidden(path)) {
            let known = [&self.old, &self.new].into_iter().any(|tree| tree.get(path) == Some(bytes));
            assert!(known, "{} is neither old nor new", path.display());
        }
    }

    /// All is old or all is new; what is left over can only be what no journal told of.
    #[track_caller]
    fn is_old_or_new(&self, point: &str) {
        let mut tree = self.folder.tree();
        let of_journal = journal::beside(Path::new(journal::OPEN), journal::NEW);
        tree.retain(|path, _| {
            let name = path.file_name().unwrap().to_string_lossy();
            path.file_name() != of_journal.file_name() && !(self.is_single && name.ends_with(journal::NEW))
        });
        assert!(tree == self.old || tree == self.new, "{point}: a mixture:\n{:#?}", tree.keys());
    }

    /// The next run makes it new, and nothing is left over.
    #[track_caller]
    fn is_new_after_another_run(&self, point: &str) {
        self.recover();
        if self.folder.tree() != self.new {
            // A new catalog cannot be made twice.
            (self.write)(&Failing::never(), &self.folder.layout()).unwrap();
        }
        assert!(self.folder.tree() == self.new, "{point}: {:#?}", self.folder.tree().keys());
    }

    /// Kills the process at every point.
    fn die_everywhere(&self) -> usize {
        for at in 0.. {
            let disk = Failing::dying_at(at);
            self.write_on(&disk);
            if !disk.has_failed() {
                return at;
            }
            let point = format!("killed at {at}");
            self.recover();
            self.is_old_or_new(&point);
            self.is_new_after_another_run(&point);
        }
        unreachable!("a run ends");
    }

    /// Lets a single operation fail, as on a full disk, at every point.
    fn fail_everywhere(&self, points: usize) {
        for at in 0..points {
            let disk = Failing::on(at..=at);
            let is_written = self.write_on(&disk);
            let tree = self.folder.tree();
            match is_written {
                false => assert!(tree == self.old, "failed at {at}: {:#?}", tree.keys()),
                // What could not be tidied up goes next time.
                true => self.is_old_or_new_or_untidy(at),
            }
            self.is_new_after_another_run(&format!("failed at {at}"));
        }
    }

    fn is_old_or_new_or_untidy(&self, at: usize) {
        let tree = self.folder.tree();
        assert!(self.new.iter().all(|(path, bytes)| tree.get(path) == Some(bytes)), "failed at {at}");
    }

    /// Kills the process while it takes back what failed.
    fn die_while_undoing(&self, points: usize) {
        for at in (0..points).step_by(6) {
            for later in 1.. {
                let disk = Twice { first: at, then: at + later, disk: Failing::dying_at(at + later) };
                self.folder.restore(&self.old);
                let _ = (self.write)(&disk, &self.folder.layout());
                self.is_whole();
                if !disk.disk.has_failed() {
                    break;
                }
                let point = format!("failed at {at}, killed at {}", disk.then);
                self.recover();
                self.is_old_or_new(&point);
            }
        }
    }

    /// Kills the process, and then the one that recovers what it left.
    fn die_while_recovering(&self, points: usize) {
        for at in (0..points).step_by(6) {
            for later in 0.. {
                self.write_on(&Failing::dying_at(at));
                let disk = Failing::dying_at(later);
                let _ = journal::recover_locked(&disk, &self.root);
                self.is_whole();
                let point = format!("killed at {at}, then at {later}");
                self.recover();
                self.is_old_or_new(&point);
                if !disk.has_failed() {
                    break;
                }
            }
        }
    }

    fn survives(&self, least: usize) {
        let points = self.die_everywhere();
        assert!(points >= least, "only {points} points");
        self.fail_everywhere(points);
        self.die_while_undoing(points);
        self.die_while_recovering(points);
    }
}

/// A disk on which one operation fails, and some later all do.
struct Twice {
    first: usize,
    then: usize,
    disk: Failing,
}

impl Twice {
    fn fails(&self) -> bool {
        let is_first = self.disk.count.get() == self.first;
        is_first && self.disk.next().is_ok()
    }

    fn or(&self, done: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        if self.fails() { Err(ErrorKind::StorageFull.into()) } else { done() }
    }
}

impl Disk for Twice {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.or(|| self.disk.write(path, bytes))
    }

    fn keep(&self, path: &Path, kept: &Path) -> io::Result<()> {
        self.or(|| self.disk.keep(path, kept))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.or(|| self.disk.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.or(|| self.disk.remove_file(path))
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.or(|| self.disk.create_dir(path))
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.or(|| self.disk.remove_dir(path))
    }

    fn sync_dir(&self, _: &Path) {}
}

fn today() -> Date {
    Date::from_days(20_777)
}

fn built(disk: &dyn Disk, layout: &Layout) -> Result<(), Box<Finding>> {
    plan(layout, &[], today(), &|_| ()).unwrap().write_on(disk).map(drop)
}

fn updated(disk: &dyn Disk, layout: &Layout) -> Result<(), Box<Finding>> {
    let pages = BTreeMap::from([("sources/page.md".to_owned(), NEW.into())]);
    update(layout, "alpha", pages, today()).unwrap().plan.write_on(disk).map(drop)
}

/// Pages of the site in `web`, below a folder there.
fn embedded(disk: &dyn Disk, layout: &Layout, below: &str) -> Result<(), Box<Finding>> {
    let site = SiteLayout {
        catalogs: layout.catalogs.clone(),
        out: layout.docs.with_file_name("web"),
        templates: None,
        base: None,
    };
    let embedding = Embedding {
        tool: Tool::VitePress,
        below: FolderPath::new(below).unwrap(),
        main: Locale::english(),
        folders: BTreeMap::new(),
    };
    embed_on(disk, &site, &embedding).map(drop)
}

fn made(disk: &dyn Disk, layout: &Layout) -> Result<(), Box<Finding>> {
    let page = ("sources/page.md".to_owned(), OLD.into());
    let files = vec![("catalog.toml".to_owned(), catalog("en = \"New\"").into_bytes()), page];
    plan_new(layout, "alpha", files, today()).unwrap().write_on(disk).map(drop)
}

#[test]
fn a_build_is_old_or_new_wherever_it_ends() {
    let folder = Folder::new("faults-build");
    folder.catalog("alpha", "en = \"Alpha\"", OLD);
    folder.catalog("beta", "en = \"Beta\"", OLD);
    built(&Real, &folder.layout()).unwrap();
    // Pages change, go and come, the latter in a folder that is not there yet.
    folder.catalog("alpha", "en = \"Alpha\"", NEW);
    fs::remove_dir_all(folder.0.join("specs/vendors/beta")).unwrap();
    folder.catalog("gamma", "fr = \"Gamma\"", OLD);
    Scene::new(folder, built).survives(40);
}

#[test]
fn an_update_is_old_or_new_wherever_it_ends() {
    let folder = Folder::new("faults-update");
    folder.catalog("alpha", "en = \"Alpha\"", OLD);
    built(&Real, &folder.layout()).unwrap();
    Scene::new(folder, updated).survives(20);
}

#[test]
fn a_single_file_is_old_or_new_wherever_its_writing_ends() {
    let folder = Folder::new("faults-single");
    folder.catalog("alpha", "en = \"Alpha\"", OLD);
    built(&Real, &folder.layout()).unwrap();
    folder.write("docs/zh/alpha.md", "edited\n");
    let scene = Scene::new(folder, built);
    assert!(scene.is_single);
    scene.survives(2);
}

#[test]
fn a_new_catalog_is_there_or_not_wherever_its_making_ends() {
    Scene::new(Folder::new("faults-new"), made).survives(20);
}

#[test]
fn pages_for_another_tool_are_old_or_new_wherever_their_writing_ends() {
    let folder = Folder::new("faults-embedding");
    folder.catalog("alpha", "en = \"Alpha\"", OLD);
    built(&Real, &folder.layout()).unwrap();
    folder.write("web/guide.md", "# Guide\n");
    embedded(&Real, &folder.layout(), "codes").unwrap();
    // Pages go, and come in folders that are not there yet; the list of them changes.
    let root = folder.0.join("web");
    Scene::below(folder, root, |disk, layout| embedded(disk, layout, "api/errors")).survives(50);
}

#[test]
fn a_site_that_had_no_pages_of_ours_has_none_or_all_wherever_their_writing_ends() {
    let folder = Folder::new("faults-embedded");
    folder.catalog("alpha", "en = \"Alpha\"", OLD);
    built(&Real, &folder.layout()).unwrap();
    // Not even the folder of the site is there.
    let root = folder.0.join("web");
    Scene::below(folder, root, |disk, layout| embedded(disk, layout, "errors")).survives(20);
}

#[test]
fn a_file_that_somebody_changed_since_is_not_put_back() {
    let folder = Folder::new("faults-changed");
    folder.catalog("alpha", "en = \"Alpha\"", OLD);
    built(&Real, &folder.layout()).unwrap();
    let scene = Scene::new(folder, updated);
    let page = scene.folder.0.join("docs/zh/alpha.md");
    let is_moved = |at: &usize| {
        scene.write_on(&Failing::dying_at(*at));
        fs::read(&page).unwrap() == scene.new[&page]
    };
    (0..).find(is_moved).unwrap();
    fs::write(&page, "mine").unwrap();
    Catalogs::find(&scene.folder.layout().catalogs).unwrap();
    assert_eq!(fs::read(&page).unwrap(), b"mine");
    fs::write(&page, &scene.old[&page]).unwrap();
    assert!(scene.folder.tree() == scene.old);
}
