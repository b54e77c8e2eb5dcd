//! A catalog's files from disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use im_errors_spec::tree::closest;
use im_errors_spec::{Locale, Problem, Spec};
use sha2::{Digest, Sha256};

use super::{Report, shown};
use crate::diagnostic::{Finding, cause, rules};
use crate::interpret::interpret;
use crate::read;
use crate::resolve::previous::{self, Previous};
use crate::resolve::{self, CATALOG_FILE, Catalog, Inputs, Page, Resolved, SPEC_FILE, Translations};
use crate::review::Glossary;
use crate::{Diagnostic, Message, Severity, message};

/// The folder of catalogs.
#[derive(Debug)]
pub struct Catalogs {
    root: PathBuf,
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
    /// When `root` cannot be read or there is none.
    pub fn find(root: &Path) -> Result<Self, Box<Finding>> {
        let names = folder_names(root).map_err(|error| {
            let message = match error.kind() {
                ErrorKind::NotFound => message!("there is no such folder of catalogs"),
                ErrorKind::NotADirectory => message!("it is a file, not the folder of catalogs"),
                _ => unlisted(&error),
            };
            no_catalogs(root, message)
        })?;
        let catalogs = Self::of(root, names)?;
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
        let mut catalogs = Self::of(root, names)?;
        catalogs.ids.push(id.to_owned());
        catalogs.ids.sort();
        catalogs.new = Some(New { id: id.to_owned(), files });
        Ok(catalogs)
    }

    /// The same, but these pages of the catalog `id` are as given, whatever is on disk.
    pub(super) fn with_pages(self, id: &str, files: Files) -> Self {
        Self { fresh: Some(New { id: id.to_owned(), files }), ..self }
    }

    fn of(root: &Path, names: Vec<String>) -> Result<Self, Box<Finding>> {
        let is_catalog = |name: &String| root.join(name).join(CATALOG_FILE).is_file();
        let ids: Vec<_> = names.into_iter().filter(is_catalog).collect();
        ids.iter().try_for_each(|id| check_id(root, id))?;
        let (glossary, glossary_report) = match load_glossary(root) {
            Ok(glossary) => (glossary, None),
            Err(report) => (Glossary::default(), Some(*report)),
        };
        Ok(Self {
            root: root.to_owned(),
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
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Box::new(Finding::new(&shown(&path), unreadable(&error)))),
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
        Loaded {
            id: id.to_owned(),
            folder: self.folder(id),
            reports: Vec::new(),
            catalog: None,
            pages: Vec::new(),
            translations: Vec::new(),
            glossary: Arc::clone(&self.glossary),
            previous: None,
            untrusted: None,
            unwritten: files(&self.new),
            fresh: files(&self.fresh).unwrap_or_default(),
        }
    }
}

/// Reads the glossary that lies beside the folder of catalogs.
fn load_glossary(root: &Path) -> Result<Glossary, Box<Report>> {
    // `a/..` is not the folder of `a` where `a` is a link; but `.` has no other name.
    let folder = match root.file_name() {
        Some(_) => root.parent().map(Path::to_owned).unwrap_or_default(),
        None => root.join(".."),
    };
    let path = folder.join(GLOSSARY_FILE);
    let file = shown(&path);
    let report = |text: String, diagnostics| Box::new(Report { file: file.clone(), text, diagnostics });
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Glossary::default()),
        Err(error) => return Err(report(String::new(), vec![unreadable(&error)])),
    };
    let text = utf8(bytes).map_err(|wrong| {
        let (text, diagnostic) = *wrong;
        report(text, vec![diagnostic])
    })?;
    Glossary::parse(&file, &text)
        .map_err(|problems| report(text, problems.into_iter().map(Diagnostic::from).collect()))
}

/// The text of one of the tool's own files; else what could be read of it, and what is wrong.
fn utf8(bytes: Vec<u8>) -> Result<String, Box<(String, Diagnostic)>> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        // Up to there the text shown is the file's.
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let span = at..at + char::REPLACEMENT_CHARACTER.len_utf8();
        let diagnostic = Diagnostic::at(&rules::UNREADABLE_ENCODING, span, message!("this is not UTF-8"));
        Box::new((text, diagnostic.with_help(message!("save the file as UTF-8"))))
    })
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

/// Whether a folder's name can name a catalog: it goes into links, and its page lies beside the
/// index, on disks that may not tell capitals from small letters.
fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && !name.eq_ignore_ascii_case("readme")
}

/// A catalog's files as read, and what was found in them.
#[derive(Debug)]
pub struct Loaded {
    id: String,
    /// Where they lie.
    pub folder: PathBuf,
    /// By file.
    pub reports: Vec<Report>,
    catalog: Option<Catalog>,
    pages: Vec<Page>,
    /// The translations, each with the text of its file.
    pub translations: Vec<(Translations, String)>,
    glossary: Arc<Glossary>,
    /// The spec as it was built last.
    pub previous: Option<Spec>,
    /// There is a spec that is not as the tool wrote it; whether it may hold removed errors.
    pub untrusted: Option<bool>,
    /// The files, where they are not on disk yet.
    unwritten: Option<Files>,
    /// Pages that take the place of those on disk.
    fresh: Files,
}

impl Loaded {
    /// Whether the spec that cannot be trusted holds what nothing else does: removed errors, or
    /// names that nobody set.
    #[must_use]
    pub fn would_lose(&self, resolved: &Resolved) -> bool {
        let proposes =
            resolved.findings.iter().any(|finding| finding.diagnostic.code == rules::PROPOSED_NAME.code);
        self.untrusted.is_some_and(|has_removed| has_removed || proposes)
    }

    /// The spec that these files give; `None` if one of them cannot be used.
    #[must_use]
    pub fn resolve(&self) -> Option<Resolved> {
        let broken = self.reports.iter().flat_map(|report| &report.diagnostics);
        if broken.clone().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return None;
        }
        let catalog = self.catalog.as_ref()?;
        let translations: Vec<_> =
            self.translations.iter().map(|(translations, _)| translations.clone()).collect();
        let inputs = Inputs {
            id: &self.id,
            catalog,
            pages: &self.pages,
            translations: &translations,
            glossary: &self.glossary,
            previous: self.previous.as_ref(),
        };
        Some(resolve::resolve(&inputs))
    }

    fn load(&mut self) {
        let Some(text) = self.text(CATALOG_FILE) else {
            return;
        };
        match Catalog::parse(&text) {
            Ok(catalog) => {
                self.report(CATALOG_FILE, text, Vec::new());
                self.load_pages(&catalog);
                self.load_translations(&catalog.locale);
                self.load_previous();
                self.catalog = Some(catalog);
            }
            Err(problems) => self.report_problems(CATALOG_FILE, text, problems),
        }
    }

    fn report(&mut self, file: &str, text: String, diagnostics: Vec<Diagnostic>) {
        self.reports.push(Report { file: shown(&self.folder.join(file)), text, diagnostics });
    }

    fn report_problems(&mut self, file: &str, text: String, problems: Vec<Problem>) {
        self.report(file, text, problems.into_iter().map(Diagnostic::from).collect());
    }

    /// The text of one of the tool's own files, which are UTF-8.
    fn text(&mut self, file: &str) -> Option<String> {
        let bytes = match self.bytes(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.report(file, String::new(), vec![unreadable(&error)]);
                return None;
            }
        };
        match utf8(bytes) {
            Ok(text) => Some(text),
            Err(wrong) => {
                let (text, diagnostic) = *wrong;
                self.report(file, text, vec![diagnostic]);
                None
            }
        }
    }

    fn bytes(&self, file: &str) -> std::io::Result<Vec<u8>> {
        match &self.unwritten {
            Some(files) => files.get(file).cloned().ok_or_else(|| ErrorKind::NotFound.into()),
            None => fs::read(self.folder.join(file)),
        }
    }

    fn load_pages(&mut self, catalog: &Catalog) {
        for (index, source) in catalog.sources.iter().enumerate() {
            let bytes = match self.page_bytes(&source.file) {
                Ok(bytes) => bytes,
                Err(diagnostic) => {
                    // The mistake is in the catalog that names the file.
                    let message =
                        message!("{file}: {message}", file = source.file, message = diagnostic.message);
                    let diagnostic = Diagnostic { span: Some(source.span.clone()), message, ..diagnostic };
                    let catalog = shown(&self.folder.join(CATALOG_FILE));
                    if let Some(report) = self.reports.iter_mut().find(|report| report.file == catalog) {
                        report.diagnostics.push(diagnostic);
                    }
                    continue;
                }
            };
            match read::read(&bytes) {
                Ok(document) => {
                    let reading = interpret(&document, &resolve::overrides(catalog, index));
                    let diagnostics =
                        document.diagnostics.iter().chain(&reading.diagnostics).cloned().collect();
                    self.report(&source.file, document.text.clone(), diagnostics);
                    let digest = resolve::hex(&Sha256::digest(&bytes));
                    self.pages.push(Page { file: source.file.clone(), digest, document, reading });
                }
                Err(diagnostic) => self.report(&source.file, String::new(), vec![diagnostic]),
            }
        }
    }

    /// The bytes of a page that really lies in the catalog's folder, whatever links lead to.
    fn page_bytes(&self, file: &str) -> Result<Vec<u8>, Diagnostic> {
        if self.unwritten.is_some() {
            return self.bytes(file).map_err(|error| unreadable(&error));
        }
        let path = self.folder.join(file);
        let fresh = self.fresh.get(file);
        // A page that is to be written need not be there yet, nor its folder.
        let there = match fresh {
            Some(_) => path.ancestors().skip(1).find(|folder| folder.exists()).unwrap_or(&self.folder),
            None => &path,
        };
        let real = there.canonicalize().map_err(|error| unreadable(&error))?;
        let folder = self.folder.canonicalize().map_err(|error| unreadable(&error))?;
        if !real.starts_with(&folder) {
            return Err(Diagnostic::of_file(
                &rules::PATH_OUTSIDE,
                message!("the file is a link that leads out of the catalog's folder"),
            ));
        }
        match fresh {
            Some(bytes) => Ok(bytes.clone()),
            None => fs::read(&path).map_err(|error| unreadable(&error)),
        }
    }

    fn load_translations(&mut self, source_locale: &Locale) {
        const FOLDER: &str = "locales";
        let entries = match fs::read_dir(self.folder.join(FOLDER)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            Err(error) => return self.report(FOLDER, String::new(), vec![unreadable(&error)]),
        };
        let mut names: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        for name in names {
            let file = format!("{FOLDER}/{name}");
            let Some(tag) = name.strip_suffix(".toml") else {
                continue;
            };
            let locale = match translated(tag, source_locale) {
                Ok(locale) => locale,
                Err(diagnostic) => {
                    self.report(&file, String::new(), vec![diagnostic]);
                    continue;
                }
            };
            let Some(text) = self.text(&file) else {
                continue;
            };
            match Translations::parse(locale, &file, &text) {
                Ok(translations) => {
                    self.report(&file, text.clone(), Vec::new());
                    self.translations.push((translations, text));
                }
                Err(problems) => self.report_problems(&file, text, problems),
            }
        }
    }

    fn load_previous(&mut self) {
        let bytes = match fs::read(self.folder.join(SPEC_FILE)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            // Built without it, names and removed errors would start anew.
            Err(error) => return self.report(SPEC_FILE, String::new(), vec![unreadable(&error)]),
        };
        match previous::open(&String::from_utf8_lossy(&bytes)) {
            Previous::Sealed(spec) => self.previous = Some(*spec),
            Previous::Untrusted { has_removed } => self.untrusted = Some(has_removed),
        }
    }
}

/// The language of the translations in `TAG.toml`.
fn translated(tag: &str, source_locale: &Locale) -> Result<Locale, Diagnostic> {
    let message = match Locale::new(tag) {
        Some(locale) if locale == *source_locale => {
            message!("`{tag}` is the catalog's own language, there is nothing to translate", tag)
        }
        Some(locale) => return Ok(locale),
        None => message!("`{tag}` is no language tag", tag),
    };
    Err(Diagnostic::of_file(&rules::BAD_LOCALE_FILE, message))
}

pub(super) fn unreadable(error: &std::io::Error) -> Diagnostic {
    let message = match error.kind() {
        ErrorKind::NotFound => message!("there is no such file"),
        ErrorKind::IsADirectory => message!("it is a folder, not a file"),
        ErrorKind::NotADirectory => message!("it is a file, not a folder"),
        _ => message!("cannot read it: {error}", error = cause(error)),
    };
    Diagnostic::of_file(&rules::UNREADABLE_FILE, message)
}
