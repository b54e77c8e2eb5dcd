//! The model of a spec: plain values, no behaviour beyond looking things up.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use crate::{EditionRecord, HttpStatus, Locale, Pattern, Retry, VariantName};

/// All that is known of one vendor's error codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// The catalog's id, the name of its folder.
    pub catalog: String,
    /// The language of the vendor's page, or of the one that others say in their languages.
    pub locale: Locale,
    /// The catalog's title per locale.
    pub title: Localized,
    /// The vendor's name per locale.
    pub vendor: Localized,
    /// The pages the spec was made from.
    pub sources: Vec<Source>,
    /// The groups in the order of the catalog.
    pub groups: Vec<Group>,
    /// The errors by group, then by identity.
    pub errors: Vec<ErrorDef>,
    /// Errors the vendor's page had once; their names and identities stay taken.
    pub removed: Vec<Removed>,
    /// What changed from edition to edition, the oldest first. The first record lists nothing: it
    /// is of all that was there.
    pub editions: Vec<EditionRecord>,
}

/// A vendor page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the catalog's folder, with forward slashes.
    pub file: String,
    /// Its language. A page in another one than the spec's says the same errors in that.
    pub locale: Locale,
    /// Where the vendor publishes it; relative links in its texts start here.
    pub url: Option<String>,
    /// The vendor's name or date of this edition.
    pub edition: Option<String>,
    /// SHA-256 of the page, hexadecimal.
    pub digest: String,
}

/// Errors that belong together, usually one table of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Kebab-case id.
    pub id: String,
    /// Title per locale.
    pub title: Localized,
}

/// One error of the vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorDef {
    /// The pinned Rust variant name.
    pub name: VariantName,
    /// The names it had before people gave it this one, the oldest first. They stay taken.
    pub aliases: Vec<VariantName>,
    /// The id of its group.
    pub group: String,
    /// The vendor's code.
    pub code: Option<i64>,
    /// The HTTP status or class it comes with.
    pub http_status: Option<HttpStatus>,
    /// The vendor's error type, such as `invalid_grant`.
    pub error: Option<String>,
    /// The server's message.
    pub message: Option<Pattern>,
    /// Whether to repeat the request.
    pub retry: Option<Retry>,
    /// What happened, in a phrase.
    pub summary: Localized,
    /// One per row of the vendor's tables: the same error can have several causes.
    pub cases: Vec<Case>,
}

/// One row of the vendor's tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Where the row stands.
    pub at: Place,
    /// Where the vendor's pages in other languages say it again.
    pub also: Vec<Place>,
    /// The message as this row prints it, where it is not the pattern's text.
    pub message: Option<String>,
    /// Why it happens.
    pub cause: Localized,
    /// What to do.
    pub remedy: Localized,
}

/// A line of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path below the catalog's folder.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// An error that vanished from the vendor's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Its name, never given again.
    pub name: VariantName,
    /// The names it had before that one; they stay taken too.
    pub aliases: Vec<VariantName>,
    /// The group it was in.
    pub group: String,
    /// Its key as the vendor wrote it.
    pub key: String,
    /// The edition that dropped it, where editions are named.
    pub edition: Option<String>,
}

/// A text per locale, as inline Markdown: text, code, links and `<br>`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Localized(pub BTreeMap<Locale, Text>);

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text as inline Markdown.
    pub text: String,
    /// The text it translates has changed since.
    pub stale: bool,
    /// It is from the vendor's own page in this language, and translates nothing of ours. Texts in
    /// the spec's language, which most pages are in, are not marked.
    pub vendor: bool,
    /// The text that a stale translation translates, where a build has seen it.
    pub was: Option<String>,
}

impl ErrorDef {
    /// The key as the vendor writes it: the code; else `status/type/message` where there is a
    /// type or a message; else the status or class.
    #[must_use]
    pub fn key(&self) -> String {
        let message = self.documented_messages().next().flatten();
        error_key(self.code, self.http_status, self.error.as_deref(), message.as_deref())
    }

    /// The message of each case as the vendor's page prints it.
    pub fn documented_messages(&self) -> impl Iterator<Item = Option<String>> {
        let pattern = self.message.as_ref().map(|message| match message.as_literal() {
            Some(literal) => literal.to_owned(),
            None => message.to_string(),
        });
        self.cases.iter().map(move |case| case.message.clone().or_else(|| pattern.clone()))
    }
}

/// The key of an error with these facts, see [`ErrorDef::key`].
#[must_use]
pub fn error_key(
    code: Option<i64>,
    status: Option<HttpStatus>,
    error: Option<&str>,
    message: Option<&str>,
) -> String {
    let status = status.map(|status| status.to_string()).unwrap_or_default();
    match (code, error, message) {
        (Some(code), _, _) => code.to_string(),
        (None, None, None) => status,
        _ => format!("{status}/{}/{}", error.unwrap_or_default(), message.unwrap_or_default()),
    }
}

impl Place {
    /// Reads `file:line`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (file, line) = text.rsplit_once(':')?;
        let line = line.parse().ok().filter(|line| *line > 0)?;
        Some(Self { file: file.to_owned(), line })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Localized {
    /// The text in `locale`.
    #[must_use]
    pub fn get(&self, locale: &Locale) -> Option<&Text> {
        self.0.get(locale)
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets the text in `locale`.
    pub fn insert(&mut self, locale: Locale, text: impl Into<String>, stale: bool) {
        self.0.insert(locale, Text { text: text.into(), stale, vendor: false, was: None });
    }

    /// Sets the text in `locale` to that of the vendor's page in this language.
    pub fn insert_vendor(&mut self, locale: Locale, text: impl Into<String>) {
        self.0.insert(locale, Text { text: text.into(), stale: false, vendor: true, was: None });
    }
}

impl Spec {
    /// The first page in the spec's own language.
    #[must_use]
    pub fn main_source(&self) -> Option<&Source> {
        self.source_in(&self.locale)
    }

    /// The first page in `locale`.
    #[must_use]
    pub fn source_in(&self, locale: &Locale) -> Option<&Source> {
        self.sources.iter().find(|source| source.locale == *locale)
    }

    /// The error named `name`.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&ErrorDef> {
        self.errors.iter().find(|error| error.name.as_str() == name)
    }

    /// Each group with the indexes of its errors, both in order.
    #[must_use]
    pub fn grouped(&self) -> Vec<(&Group, Vec<usize>)> {
        let mut grouped: Vec<_> = self.groups.iter().map(|group| (group, Vec::new())).collect();
        let places: HashMap<&str, usize> =
            self.groups.iter().enumerate().map(|(at, group)| (group.id.as_str(), at)).collect();
        for (index, error) in self.errors.iter().enumerate() {
            if let Some(at) = places.get(error.group.as_str()) {
                grouped[*at].1.push(index);
            }
        }
        grouped
    }
}
