//! A catalog's files from disk.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use im_errors_spec::{Locale, Problem, Spec};
use sha2::{Digest, Sha256};

use super::catalogs::Files;
use super::{Report, conflict, shown};
use crate::diagnostic::rules;
use crate::files::{self, Kind, Unread, utf8};
use crate::interpret::interpret;
use crate::read;
use crate::resolve::previous::{self, Previous};
use crate::resolve::{self, CATALOG_FILE, Catalog, Inputs, Page, Resolved, SPEC_FILE, Translations};
use crate::review::Glossary;
use crate::{Diagnostic, Severity, message};

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
    /// There is a spec that is not as the tool wrote it; whether it may hold what nothing else
    /// does.
    pub untrusted: Option<bool>,
    /// The files, where they are not on disk yet.
    unwritten: Option<Files>,
    /// Pages that take the place of those on disk.
    fresh: Files,
}

impl Loaded {
    /// None of the files read yet. `unwritten` are those of a catalog that is not on disk, and
    /// `fresh` the pages that take the place of those on disk.
    pub(super) fn unread(
        id: &str,
        folder: PathBuf,
        glossary: Arc<Glossary>,
        unwritten: Option<Files>,
        fresh: Files,
    ) -> Self {
        Self {
            id: id.to_owned(),
            folder,
            reports: Vec::new(),
            catalog: None,
            pages: Vec::new(),
            translations: Vec::new(),
            glossary,
            previous: None,
            untrusted: None,
            unwritten,
            fresh,
        }
    }

    /// Whether pages take the place of those on disk.
    pub(super) fn has_fresh_pages(&self) -> bool {
        !self.fresh.is_empty()
    }

    /// Whether the spec that cannot be trusted holds what nothing else does: removed errors, past
    /// editions, former names, or names that nobody set.
    #[must_use]
    pub fn would_lose(&self, resolved: &Resolved) -> bool {
        let proposes =
            resolved.findings.iter().any(|finding| finding.diagnostic.code == rules::PROPOSED_NAME.code);
        self.untrusted.is_some_and(|holds_more| holds_more || proposes)
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

    pub(super) fn load(&mut self) {
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

    pub(super) fn report_problems(&mut self, file: &str, text: String, problems: Vec<Problem>) {
        self.report(file, text, problems.into_iter().map(Diagnostic::from).collect());
    }

    /// The text of one of the tool's own files, which are UTF-8.
    pub(super) fn text(&mut self, file: &str) -> Option<String> {
        let bytes = match self.bytes(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.report(file, String::new(), vec![error.into()]);
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

    fn bytes(&self, file: &str) -> Result<Vec<u8>, Unread> {
        match &self.unwritten {
            Some(files) => files.get(file).cloned().ok_or(Unread::Missing),
            None => files::read_inside(&self.folder, &self.folder.join(file), Kind::Own),
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
                    // Both sides would be read as one page.
                    let merge = conflict::find(&document.text).map(|span| {
                        let message = message!("the page has both sides of a merge");
                        Diagnostic::at(&rules::MERGE_CONFLICT, span, message)
                    });
                    let found = document.diagnostics.iter().chain(&reading.diagnostics).cloned();
                    let diagnostics = merge.into_iter().chain(found).collect();
                    self.report(&source.file, document.text.to_string(), diagnostics);
                    let digest = resolve::hex(&Sha256::digest(&bytes));
                    let document = document.into_owned();
                    self.pages.push(Page { file: source.file.clone(), digest, document, reading });
                }
                Err(diagnostic) => self.report(&source.file, String::new(), vec![diagnostic]),
            }
        }
    }

    /// The bytes of a page that really lies in the catalog's folder, whatever links lead to.
    fn page_bytes(&self, file: &str) -> Result<Vec<u8>, Diagnostic> {
        if self.unwritten.is_some() {
            return Ok(self.bytes(file)?);
        }
        let path = self.folder.join(file);
        let fresh = self.fresh.get(file);
        // A page that is to be written need not be there yet, nor its folder.
        let there = match fresh {
            Some(_) => path.ancestors().skip(1).find(|folder| folder.exists()).unwrap_or(&self.folder),
            None => &path,
        };
        files::check_inside(&self.folder, there)?;
        match fresh {
            Some(bytes) => Ok(bytes.clone()),
            None => Ok(files::read(&path, Kind::Page)?),
        }
    }

    fn load_translations(&mut self, source_locale: &Locale) {
        const FOLDER: &str = "locales";
        let folder = self.folder.join(FOLDER);
        let entries = files::check_inside(&self.folder, &folder).and_then(|()| Ok(fs::read_dir(&folder)?));
        let entries = match entries {
            Ok(entries) => entries,
            Err(Unread::Missing) => return,
            Err(error) => return self.report(FOLDER, String::new(), vec![error.into()]),
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
        let bytes = match files::read_inside(&self.folder, &self.folder.join(SPEC_FILE), Kind::Spec) {
            Ok(bytes) => bytes,
            Err(Unread::Missing) => return,
            // Built without it, names and removed errors would start anew.
            Err(error) => return self.report(SPEC_FILE, String::new(), vec![error.into()]),
        };
        match previous::open(&String::from_utf8_lossy(&bytes)) {
            Previous::Sealed(spec) => self.previous = Some(*spec),
            Previous::Untrusted { holds_more } => self.untrusted = Some(holds_more),
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
