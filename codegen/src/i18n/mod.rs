//! The translators' loop: what is translated, what is not, and the way out to their tools and back.
//!
//! A [`Survey`] tells the state of every text of a catalog in one language. It is shown
//! ([`status`]), exported ([`po`], [`xliff`], [`csv`]), and compared with what translators send
//! ([`import`]). It works on values only: which files there are is [`crate::build`]'s business.

pub mod add;
pub mod csv;
mod edit;
pub mod import;
mod key;
pub mod po;
pub mod status;
mod survey;
pub mod xliff;

use std::ops::Range;

use crate::diagnostic::rules;
use crate::inline::{from_markdown, to_markdown};
use crate::{Diagnostic, Message};

pub use key::Key;
pub use survey::{Entry, State, Survey};

/// The forms in which translations go to translators and come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// gettext PO, for Poedit, Weblate and Crowdin.
    Po,
    /// XLIFF 1.2.
    Xliff,
    /// Comma-separated values, for spreadsheets.
    Csv,
}

impl Exchange {
    /// The form of a file, by its name, else by how its text starts.
    #[must_use]
    pub fn of(file: &str, text: &str) -> Option<Self> {
        let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("po" | "pot") => Some(Self::Po),
            Some("xliff" | "xlf" | "xml") => Some(Self::Xliff),
            Some("csv" | "tsv" | "txt") => Some(Self::Csv),
            _ if text.trim_start().starts_with('<') => Some(Self::Xliff),
            _ if text.lines().any(|line| line.starts_with("msgid ")) => Some(Self::Po),
            _ if csv::starts(text) => Some(Self::Csv),
            _ => None,
        }
    }

    /// Reads a file of this form; newlines are `\n`.
    ///
    /// # Errors
    /// The first mistake in its form.
    pub fn parse(self, text: &str) -> Result<Vec<Unit>, Diagnostic> {
        match self {
            Self::Po => po::parse(text),
            Self::Xliff => xliff::parse(text),
            Self::Csv => csv::parse(text),
        }
    }

    /// Writes what was surveyed in one language.
    #[must_use]
    pub fn print(self, surveys: &[Survey]) -> String {
        match self {
            Self::Po => po::print(surveys),
            Self::Xliff => xliff::print(surveys),
            Self::Csv => csv::print(surveys),
        }
    }
}

/// One text as it comes back from a translator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// `catalog/error/field` as the file has it.
    pub key: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
    /// The language that the file names.
    pub locale: Option<String>,
    /// The text that was translated.
    pub source: String,
    /// The translation; empty where there is none.
    pub text: String,
    /// Whether the translator is done with it.
    pub done: Done,
}

/// Whether a translator is done with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It is a translation of the source text beside it.
    Yes,
    /// It needs work: fuzzy.
    No,
    /// It was in doubt, and the form has no way to tell, so only another text is a new translation.
    IfChanged,
}

/// A text in the form in which catalogs compare them.
fn normal(text: &str) -> String {
    to_markdown(&from_markdown(text, &|_| None).pieces)
}

/// A mistake in the form of a file of translations.
fn malformed(span: Range<usize>, message: Message) -> Diagnostic {
    Diagnostic::at(&rules::BAD_IMPORT, span, message)
}
