//! The folder of catalogs: which there are, and the glossary that they share.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use im_errors_spec::Spec;
use im_errors_spec::tree::closest;

use super::journal;
use super::load::Loaded;
use super::seen::Seen;
use super::{Report, shown};
use crate::diagnostic::{Finding, cause, rules};
use crate::files::{self, Kind, Unread, utf8};
use crate::resolve::previous::{self, Previous};
use crate::resolve::{CATALOG_FILE, Catalog, SPEC_FILE};
use crate::review::Glossary;
use crate::{Diagnostic, Message, message};

/// The folder of catalogs.
#[derive(Debug)]
pub struct Catalogs {
    root: PathBuf,
    /// Its files before any was read.
    seen: Seen,
    ids: Vec<String>,
    /// The glossary beside the folder, without terms where there is none.
    glossary: Arc<Glossary>,
    /// What is wrong with it.
    glossary_report: Option<Report>,
    new: Option<New>,
    /// Pages as they are to be, of a catalog that is on disk.
    fresh: Option<New>,
}

/// The file of the glossary, beside the folder of catalogs.
const GLOSSARY_FILE: &str = "glossary.toml";

/// Files of a catalog that are not on disk yet.
#[derive(Debug)]
struct New {
    id: String,
    files: Files,
}

/// Files by their path below a catalog's folder.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

impl Catalogs {
    /// Finds the catalogs below `root`: the folders with a catalog.toml.
    ///
    /// # Errors
    /// When `root` cannot be read or there is none; when a run that was broken off cannot be undone.
    pub fn find(root: &Path) -> Result<Self, Box<Finding>> {
        journal::recover(root)?;
        let seen = Seen::now(root);
        let names = folder_names(root).map_err(|error| {
            let message = match error.kind() {
                ErrorKind::NotFound => message!("there is no such folder of catalogs"),
                ErrorKind::NotADirectory => message!("it is a file, not the folder of catalogs"),
                _ => unlisted(&error),
            };
            no_catalogs(root, message)
        })?;
        let catalogs = Self::of(root, seen, names)?;
        if catalogs.ids.is_empty() {
            let message = message!("there is no catalog here, no folder with a {file}", file = CATALOG_FILE);
            return Err(no_catalogs(root, message));
        }
        Ok(catalogs)
    }

    /// The catalogs below `root`, which need not be there yet, and a new one with these files.
    ///
    /// # Errors
    /// When `root` cannot be read, the id cannot name a catalog, or something has its name.
    pub(super) fn with_new(root: &Path, id: &str, files: Files) -> Result<Self, Box<Finding>> {
        journal::recover(root)?;
        let seen = Seen::now(root);
        let names = match folder_names(root) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(no_catalogs(root, unlisted(&error))),
            Ok(names) => names,
        };
        check_id(root, id)?;
        // Not every disk tells capitals from small letters.
        if let Some(there) = names.iter().find(|name| name.eq_ignore_ascii_case(id)) {
            let message = message!("there is `{there}` already, and nothing in it is changed", there);
            let diagnostic = Diagnostic::of_file(&rules::CATALOG_EXISTS, message);
            return Err(Box::new(Finding::new(&shown(&root.join(there)), diagnostic)));
        }
        let mut catalogs = Self::of(root, seen, names)?;
        catalogs.ids.push(id.to_owned());
        catalogs.ids.sort();
        catalogs.new = Some(New { id: id.to_owned(), files });
        Ok(catalogs)
    }

    /// The same, but these pages of the catalog `id` are as given, whatever is on disk.
    pub(super) fn with_pages(self, id: &str, files: Files) -> Self {
        Self { fresh: Some(New { id: id.to_owned(), files }), ..self }
    }

    fn of(root: &Path, seen: Seen, names: Vec<String>) -> Result<Self, Box<Finding>> {
        let is_catalog = |name: &String| root.join(name).join(CATALOG_FILE).is_file();
        let ids: Vec<_> = names.into_iter().filter(is_catalog).collect();
        ids.iter().try_for_each(|id| check_id(root, id).and_then(|()| check_folder(root, id)))?;
        let (glossary, glossary_report) = match load_glossary(root) {
            Ok(glossary) => (glossary, None),
            Err(report) => (Glossary::default(), Some(*report)),
        };
        Ok(Self {
            root: root.to_owned(),
            seen,
            ids,
            glossary: Arc::new(glossary),
            glossary_report,
            new: None,
            fresh: None,
        })
    }

    /// What is wrong with the glossary; then it counts as one without terms.
    #[must_use]
    pub fn glossary_report(&self) -> Option<&Report> {
        self.glossary_report.as_ref()
    }

    /// The folder they lie in.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files as they were before any was read.
    pub(super) fn seen(&self) -> &Seen {
        &self.seen
    }

    /// The ids in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// The folder of a catalog.
    #[must_use]
    pub fn folder(&self, id: &str) -> PathBuf {
        self.root.join(id)
    }

    /// # Errors
    /// When there is no catalog `id`.
    pub fn require(&self, id: &str) -> Result<(), Box<Finding>> {
        if self.ids().any(|known| known == id) {
            return Ok(());
        }
        let help = match closest(id, self.ids()) {
            Some(near) => message!("did you mean `{near}`?", near),
            None => message!("there are: {known}", known = self.ids),
        };
        let diagnostic =
            Diagnostic::of_file(&rules::UNREADABLE_FILE, message!("there is no catalog `{id}`", id));
        Err(Box::new(Finding::new(&shown(&self.root), diagnostic.with_help(help))))
    }

    /// The spec of a catalog that is not built now; `None` if it has not been built yet.
    ///
    /// # Errors
    /// When the spec is not as the tool wrote it.
    pub fn spec_as_it_stands(&self, id: &str) -> Result<Option<Spec>, Box<Finding>> {
        let path = self.folder(id).join(SPEC_FILE);
        let text = match files::read_inside(&self.folder(id), &path, Kind::Spec) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(Unread::Missing) => return Ok(None),
            Err(error) => return Err(Box::new(Finding::new(&shown(&path), error))),
        };
        match previous::open(&text) {
            Previous::Sealed(spec) => Ok(Some(*spec)),
            Previous::Untrusted { .. } => {
                let message = message!("the spec of `{id}` is not as im-errors wrote it", id);
                let help =
                    message!("run `im-errors build {id}`, or restore the file from version control", id);
                let diagnostic = Diagnostic::of_file(&rules::SPEC_UNTRUSTED, message).with_help(help);
                Err(Box::new(Finding::new(&shown(&path), diagnostic)))
            }
        }
    }

    /// Reads all files of a catalog.
    #[must_use]
    pub fn load(&self, id: &str) -> Loaded {
        let mut loaded = self.unread(id);
        loaded.load();
        loaded
    }

    /// What the catalog.toml of `id` says.
    pub(super) fn description(&self, id: &str) -> Result<Catalog, Vec<Report>> {
        let mut loaded = self.unread(id);
        let Some(text) = loaded.text(CATALOG_FILE) else {
            return Err(loaded.reports);
        };
        Catalog::parse(&text).map_err(|problems| {
            loaded.report_problems(CATALOG_FILE, text, problems);
            loaded.reports
        })
    }

    fn unread(&self, id: &str) -> Loaded {
        let files =
            |some: &Option<New>| some.as_ref().filter(|new| new.id == id).map(|new| new.files.clone());
        let glossary = Arc::clone(&self.glossary);
        let fresh = files(&self.fresh).unwrap_or_default();
        Loaded::unread(id, self.folder(id), glossary, files(&self.new), fresh)
    }
}

/// Where the glossary of the catalogs below `root` lies: beside that folder.
pub(crate) fn glossary_path(root: &Path) -> PathBuf {
    // `a/..` is not the folder of `a` where `a` is a link; but `.` has no other name.
    let folder = match root.file_name() {
        Some(_) => root.parent().map(Path::to_owned).unwrap_or_default(),
        None => root.join(".."),
    };
    folder.join(GLOSSARY_FILE)
}

fn load_glossary(root: &Path) -> Result<Glossary, Box<Report>> {
    let path = glossary_path(root);
    let file = shown(&path);
    let report = |text: String, diagnostics| Box::new(Report { file: file.clone(), text, diagnostics });
    let bytes = match files::read(&path, Kind::Own) {
        Ok(bytes) => bytes,
        Err(Unread::Missing) => return Ok(Glossary::default()),
        Err(error) => return Err(report(String::new(), vec![error.into()])),
    };
    let text = utf8(bytes).map_err(|wrong| {
        let (text, diagnostic) = *wrong;
        report(text, vec![diagnostic])
    })?;
    Glossary::parse(&file, &text)
        .map_err(|problems| report(text, problems.into_iter().map(Diagnostic::from).collect()))
}

/// The names in a folder, in order.
fn folder_names(root: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn unlisted(error: &std::io::Error) -> Message {
    message!("cannot read the folder of catalogs: {error}", error = cause(error))
}

fn no_catalogs(root: &Path, message: Message) -> Box<Finding> {
    let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_FILE, message);
    let help = message!(
        "run this where the catalogs lie in `specs/vendors`, or name their folder with `--catalogs`"
    );
    Box::new(Finding::new(&shown(root), diagnostic.with_help(help)))
}

fn check_id(root: &Path, id: &str) -> Result<(), Box<Finding>> {
    if is_id(id) {
        return Ok(());
    }
    let diagnostic =
        Diagnostic::of_file(&rules::BAD_CATALOG_NAME, message!("`{id}` cannot name a catalog", id));
    Err(Box::new(Finding::new(&shown(&root.join(id)), diagnostic)))
}

/// What a link leads to is not below the folder that was given, and not to be written to.
fn check_folder(root: &Path, id: &str) -> Result<(), Box<Finding>> {
    let folder = root.join(id);
    let fail = |diagnostic: Diagnostic| Box::new(Finding::new(&shown(&folder), diagnostic));
    if files::is_inside(root, &folder).map_err(|error| fail(Unread::from(error).into()))? {
        return Ok(());
    }
    let message = message!("the catalog is a link that leads out of the folder of catalogs");
    let help = message!("move the catalog here, or give the folder that it is in with `--catalogs`");
    Err(fail(Diagnostic::of_file(&rules::PATH_OUTSIDE, message).with_help(help)))
}

/// Whether a folder's name can name a catalog: it goes into links, and its page lies beside the
/// index and the pages of changes, on disks that may not tell capitals from small letters.
fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && !name.eq_ignore_ascii_case("readme")
        && !name.to_ascii_lowercase().ends_with(".changes")
}
