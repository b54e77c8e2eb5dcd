//! What the tool has to say about an input: a rule, a place, a message.
//!
//! Rules are data ([`rules`]); rooms only say where one applies. How a diagnostic is shown is for the
//! command line and the pages of [`serve`](crate::serve) to say.

mod excerpt;
pub mod rules;

use std::io;
use std::ops::Range;

use im_errors_spec::{Message, Problem, message};

use crate::limits;

pub use excerpt::Excerpt;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input cannot be used as it is; the command fails.
    Error,
    /// Something is probably not as meant.
    Warning,
    /// Something was decided that a person may want to know.
    Note,
}

impl Severity {
    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn word(self) -> Message {
        match self {
            Self::Error => message!("error"),
            Self::Warning => message!("warning"),
            Self::Note => message!("note"),
        }
    }
}

/// A kind of diagnostic.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case, stable.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What to do about it: a template without holes, braces written twice.
    pub help: &'static str,
}

/// One finding in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's code.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Byte range in the text; none where the whole file is meant.
    pub span: Option<Range<usize>>,
    /// What is wrong, lower case, without final period.
    pub message: Message,
    /// What to do about it; may be empty.
    pub help: Message,
}

impl Diagnostic {
    /// A finding of `rule` at `span`.
    #[must_use]
    pub fn at(rule: &Rule, span: Range<usize>, message: Message) -> Self {
        Self { span: Some(span), ..Self::of_file(rule, message) }
    }

    /// A finding of `rule` that concerns the whole file.
    #[must_use]
    pub fn of_file(rule: &Rule, message: Message) -> Self {
        let Rule { code, severity, help } = *rule;
        Self { code, severity, span: None, message, help: Message::new(help, Vec::new()) }
    }

    /// The same with another help text.
    #[must_use]
    pub fn with_help(self, help: Message) -> Self {
        Self { help, ..self }
    }
}

/// What is found in one file, of which no more is kept than [`limits::DIAGNOSTICS`]: the rest is
/// counted where it starts, and weighs as much as the gravest of it.
#[must_use]
pub fn counted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if diagnostics.len() <= limits::DIAGNOSTICS {
        return diagnostics;
    }
    let rest = diagnostics.split_off(limits::DIAGNOSTICS);
    let gravest = rest.iter().map(|diagnostic| diagnostic.severity).min();
    let severity = gravest.unwrap_or(rules::MORE_DIAGNOSTICS.severity);
    let span = rest.iter().find_map(|diagnostic| diagnostic.span.clone());
    let message = message!("and {n} more from here on", n = rest.len());
    diagnostics.push(Diagnostic { severity, span, ..Diagnostic::of_file(&rules::MORE_DIAGNOSTICS, message) });
    diagnostics
}

impl From<Problem> for Diagnostic {
    fn from(problem: Problem) -> Self {
        let Problem { code, span, message, help } = problem;
        Self { code, severity: Severity::Error, span: Some(span), message, help }
    }
}

/// Why a file could not be read or written. What the system says of it stands in for what has no
/// words of its own.
#[must_use]
pub fn cause(error: &io::Error) -> Message {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => message!("there is no such file"),
        Kind::PermissionDenied => message!("permission denied"),
        Kind::AlreadyExists => message!("it is there already"),
        Kind::IsADirectory => message!("it is a folder"),
        Kind::NotADirectory => message!("a part of its path is no folder"),
        Kind::ReadOnlyFilesystem => message!("the disk is read-only"),
        Kind::StorageFull => message!("the disk is full"),
        Kind::InvalidData => message!("it is not UTF-8"),
        _ => message!("{system}", system = error.to_string()),
    }
}

/// A finding and the file it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Path as the user knows it, with forward slashes.
    pub file: String,
    /// The finding.
    pub diagnostic: Diagnostic,
}

impl Finding {
    /// A finding in `file`.
    #[must_use]
    pub fn new(file: &str, diagnostic: impl Into<Diagnostic>) -> Self {
        Self { file: file.to_owned(), diagnostic: diagnostic.into() }
    }
}
