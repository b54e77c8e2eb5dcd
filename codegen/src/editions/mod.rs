//! What is compared: a page, a `spec.toml`, or a catalog at a git revision, each as a spec.
//!
//! This room reads files and asks git; what it hands on are values.

mod git;

use std::collections::BTreeMap;
use std::path::Path;

use im_errors_spec::{Locale, Localized, Spec, SpecFile};
use sha2::{Digest, Sha256};

use crate::diagnostic::rules;
use crate::interpret::{Entry, Overrides, interpret};
use crate::read::{self, Lines};
use crate::resolve::catalog::SourceFile;
use crate::resolve::{self, Catalog, Inputs, Page};
use crate::review::Glossary;
use crate::{Diagnostic, Severity, message};

pub use git::{Broken, Revision, Since};

/// One state of a vendor's errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The file as the user knows it.
    pub file: String,
    /// What it says.
    pub spec: Spec,
    /// The line of each of the spec's errors in the file.
    pub lines: Vec<usize>,
    /// It is a page: the names in its spec are proposals, its groups are the page's tables.
    pub is_page: bool,
}

/// An edition and what was found in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The edition.
    pub edition: Edition,
    /// The text that the diagnostics point into.
    pub text: String,
    /// What was found in it, no errors among them.
    pub diagnostics: Vec<Diagnostic>,
}

impl Edition {
    /// The edition that `bytes` are: a `spec.toml`, else a page. The language of a page is seen
    /// from its name and text unless `locale` gives it.
    ///
    /// # Errors
    /// What is wrong with it, and the text that this points into.
    pub fn of(
        file: &str,
        bytes: &[u8],
        locale: Option<&Locale>,
    ) -> Result<Opened, (String, Vec<Diagnostic>)> {
        if !is_spec(file, bytes) {
            return Self::of_page(file, bytes, locale)
                .map_err(|diagnostic| (String::new(), vec![diagnostic]));
        }
        match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Self::of_spec(file, text),
            Err(_) => {
                let message = message!("this is not UTF-8");
                let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_ENCODING, message);
                Err((String::new(), vec![diagnostic.with_help(message!("save the file as UTF-8"))]))
            }
        }
    }

    /// The edition that the text of a `spec.toml` is. It need not be as the tool wrote it.
    ///
    /// # Errors
    /// What is wrong with it, and the text again.
    pub fn of_spec(file: &str, text: String) -> Result<Opened, (String, Vec<Diagnostic>)> {
        match SpecFile::parse(&text) {
            Ok(SpecFile { spec, spans, .. }) => {
                let lines = Lines::new(&text);
                let lines = spans.iter().map(|span| lines.line(span.start)).collect();
                let edition = Self { file: file.to_owned(), spec, lines, is_page: false };
                Ok(Opened { edition, text, diagnostics: Vec::new() })
            }
            Err(problems) => Err((text, problems.into_iter().map(Diagnostic::from).collect())),
        }
    }

    /// The edition that the bytes of a vendor's page are, with each table that lists errors a group.
    ///
    /// # Errors
    /// When it cannot be read, or lists no errors: next to it, all of them would seem removed.
    pub fn of_page(file: &str, bytes: &[u8], locale: Option<&Locale>) -> Result<Opened, Diagnostic> {
        let document = read::read(bytes)?;
        let reading = interpret(&document, &Overrides::default());
        if reading.entries.is_empty() {
            let message = message!("no table of the page lists errors");
            return Err(Diagnostic::of_file(&rules::NO_TABLES, message));
        }
        let locale = locale.cloned().unwrap_or_else(|| language(file, &reading.entries));
        let found = document.diagnostics.iter().chain(&reading.diagnostics);
        let mut diagnostics: Vec<_> =
            found.filter(|diagnostic| diagnostic.severity != Severity::Error).cloned().collect();
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.start, span.end)));
        let text = document.text.to_string();
        let digest = resolve::hex(&Sha256::digest(bytes));
        let document = document.into_owned();
        let page = Page { file: file.to_owned(), digest, document, reading };
        let spec = spec_of(page, locale);
        let line = |error: &im_errors_spec::ErrorDef| error.cases.first().map_or(1, |case| case.at.line);
        let lines = spec.errors.iter().map(|error| usize::try_from(line(error)).unwrap_or(usize::MAX));
        let lines = lines.collect();
        let edition = Self { file: file.to_owned(), spec, lines, is_page: true };
        Ok(Opened { edition, text, diagnostics })
    }

    /// The same catalog without any errors: as it was before it was there, or once it is gone.
    #[must_use]
    pub fn empty(&self, file: &str) -> Self {
        let spec = Spec { errors: Vec::new(), removed: Vec::new(), ..self.spec.clone() };
        Self { file: file.to_owned(), spec, lines: Vec::new(), is_page: self.is_page }
    }
}

/// Whether a file is a spec: by its name, or by how it starts where it has none.
fn is_spec(file: &str, bytes: &[u8]) -> bool {
    let named = Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let lines = bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.into_iter().find(|line| !line.is_empty() && !line.starts_with(b"#"));
    let key = first.and_then(|line| line.split(|b| *b == b'=').next()).map(<[u8]>::trim_ascii);
    named || key == Some(b"format")
}

/// A page by the ordinary way, with a catalog that says no more than it must.
fn spec_of(page: Page, locale: Locale) -> Spec {
    // Without a title, a table without a heading goes by its number.
    let title = Localized::default();
    let source =
        SourceFile { file: page.file.clone(), span: 0..0, url: None, edition: None, counterpart: None };
    let catalog = Catalog {
        vendor: title.clone(),
        title,
        title_spans: BTreeMap::new(),
        locale,
        sources: vec![source],
        groups: Vec::new(),
        thresholds: Vec::new(),
    };
    let pages = [page];
    let glossary = Glossary::default();
    let inputs = Inputs {
        id: "",
        catalog: &catalog,
        pages: &pages,
        translations: &[],
        glossary: &glossary,
        previous: None,
    };
    resolve::resolve(&inputs).spec
}

/// The language of a page: that in its name, as in `errors.en.md`, unless its text is Chinese.
fn language(file: &str, entries: &[Entry]) -> Locale {
    let name = file.rsplit('/').next().unwrap_or_default();
    let parts: Vec<_> = name.split('.').collect();
    let tag =
        (parts.len() > 2).then(|| parts[parts.len() - 2]).filter(|tag| tag.len() == 2 || tag.contains('-'));
    let named = tag.and_then(Locale::new);
    let texts = entries.iter().flat_map(|entry| [entry.summary(), entry.cause(), entry.remedy()]);
    let han = texts.flatten().flat_map(|text| text.chars()).any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let is_han = |locale: &Locale| ["zh", "ja"].contains(&locale.as_str().get(..2).unwrap_or_default());
    let named = named.filter(|locale| !han || is_han(locale));
    named.unwrap_or_else(|| if han { Locale::chinese() } else { Locale::english() })
}
