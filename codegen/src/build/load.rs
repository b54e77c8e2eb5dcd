//! A catalog's files from disk.

use std::fs;
use std::path::{Path, PathBuf};

use im_errors_spec::tree::closest;
use im_errors_spec::{Locale, Problem, Spec};
use sha2::{Digest, Sha256};

use super::{Report, shown};
use crate::diagnostic::{Finding, rules};
use crate::interpret::interpret;
use crate::read;
use crate::resolve::previous::{self, Previous};
use crate::resolve::{self, CATALOG_FILE, Catalog, Inputs, Page, Resolved, SPEC_FILE, Translations};
use crate::{Diagnostic, Severity};

/// The folder of catalogs.
#[derive(Debug)]
pub struct Catalogs {
    root: PathBuf,
    ids: Vec<String>,
}

impl Catalogs {
    /// Finds the catalogs below `root`: the folders with a catalog.toml.
    ///
    /// # Errors
    /// When `root` cannot be read or there is none.
    pub fn find(root: &Path) -> Result<Self, Box<Finding>> {
        let fail = |message: String| {
            let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_FILE, message);
            let help =
                "run this where the catalogs lie in `specs/vendors`, or name their folder with `--catalogs`";
            Box::new(Finding::new(&shown(root), diagnostic.with_help(help)))
        };
        let entries = fs::read_dir(root)
            .map_err(|error| fail(format!("cannot read the folder of catalogs: {error}")))?;
        let mut ids = Vec::new();
        for entry in entries {
            let entry =
                entry.map_err(|error| fail(format!("cannot read the folder of catalogs: {error}")))?;
            if let Some(name) =
                entry.file_name().to_str().filter(|_| entry.path().join(CATALOG_FILE).is_file())
            {
                ids.push(name.to_owned());
            }
        }
        if ids.is_empty() {
            return Err(fail(format!("there is no catalog here, no folder with a {CATALOG_FILE}")));
        }
        ids.sort();
        Ok(Self { root: root.to_owned(), ids })
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
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", self.ids.join(", ")),
        };
        let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_FILE, format!("there is no catalog `{id}`"));
        Err(Box::new(Finding::new(&shown(&self.root), diagnostic.with_help(help))))
    }

    /// The spec of a catalog that is not built now.
    #[must_use]
    pub fn spec_as_it_stands(&self, id: &str) -> Option<Spec> {
        let text = fs::read_to_string(self.folder(id).join(SPEC_FILE)).ok()?;
        match previous::open(&text) {
            Previous::Sealed(spec) => Some(*spec),
            Previous::Untrusted { .. } => None,
        }
    }

    /// Reads all files of a catalog.
    #[must_use]
    pub fn load(&self, id: &str) -> Loaded {
        let mut loaded = Loaded {
            id: id.to_owned(),
            folder: self.folder(id),
            reports: Vec::new(),
            catalog: None,
            pages: Vec::new(),
            translations: Vec::new(),
            previous: None,
            untrusted: None,
        };
        loaded.load();
        loaded
    }
}

/// A catalog's files as read, and what was found in them.
#[derive(Debug)]
pub struct Loaded {
    id: String,
    folder: PathBuf,
    /// By file.
    pub reports: Vec<Report>,
    catalog: Option<Catalog>,
    pages: Vec<Page>,
    /// The translations, each with the text of its file.
    pub translations: Vec<(Translations, String)>,
    previous: Option<Spec>,
    /// There is a spec that is not as the tool wrote it; whether it speaks of removed errors.
    pub untrusted: Option<bool>,
}

impl Loaded {
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
        let read = fs::read(self.folder.join(file)).map_err(|error| unreadable(&error));
        let text = read.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| {
                let at = error.utf8_error().valid_up_to();
                Diagnostic::of_file(
                    &rules::UNREADABLE_ENCODING,
                    format!("the file is not UTF-8: byte {at} is wrong"),
                )
            })
        });
        text.map_err(|diagnostic| self.report(file, String::new(), vec![diagnostic])).ok()
    }

    fn load_pages(&mut self, catalog: &Catalog) {
        for (index, source) in catalog.sources.iter().enumerate() {
            let bytes = match self.page_bytes(&source.file) {
                Ok(bytes) => bytes,
                Err(diagnostic) => {
                    // The mistake is in the catalog that names the file.
                    let help = diagnostic.help.clone();
                    let message = format!("{}: {}", source.file, diagnostic.message);
                    let rule = if diagnostic.code == rules::PATH_OUTSIDE.code {
                        &rules::PATH_OUTSIDE
                    } else {
                        &rules::UNREADABLE_FILE
                    };
                    let diagnostic = Diagnostic::at(rule, source.span.clone(), message).with_help(help);
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
        let path = self.folder.join(file);
        let real = path.canonicalize().map_err(|error| unreadable(&error))?;
        let folder = self.folder.canonicalize().map_err(|error| unreadable(&error))?;
        if !real.starts_with(&folder) {
            return Err(Diagnostic::of_file(
                &rules::PATH_OUTSIDE,
                "the file is a link that leads out of the catalog's folder",
            ));
        }
        fs::read(&path).map_err(|error| unreadable(&error))
    }

    fn load_translations(&mut self, source_locale: &Locale) {
        let Ok(entries) = fs::read_dir(self.folder.join("locales")) else {
            return;
        };
        let mut names: Vec<_> =
            entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.sort();
        for name in names {
            let file = format!("locales/{name}");
            let Some(tag) = name.strip_suffix(".toml") else {
                continue;
            };
            let Some(text) = self.text(&file) else {
                continue;
            };
            let Some(locale) = Locale::new(tag).filter(|locale| locale != source_locale) else {
                let message = format!("`{tag}` is no language that this catalog can be translated to");
                self.report(&file, text, vec![Diagnostic::of_file(&rules::BAD_LOCALE_FILE, message)]);
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
        let Ok(bytes) = fs::read(self.folder.join(SPEC_FILE)) else {
            return;
        };
        match previous::open(&String::from_utf8_lossy(&bytes)) {
            Previous::Sealed(spec) => self.previous = Some(*spec),
            Previous::Untrusted { has_removed } => self.untrusted = Some(has_removed),
        }
    }
}

fn unreadable(error: &std::io::Error) -> Diagnostic {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        _ => format!("cannot read it: {error}"),
    };
    Diagnostic::of_file(&rules::UNREADABLE_FILE, message)
}
