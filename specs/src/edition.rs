//! What a spec remembers of how it became what it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Date, ErrorDef, History, Spec, VariantName};

/// One edition of the vendor's errors, and how it differs from the one before. Names are those
/// that the errors had in this edition; they are looked up in the spec, so that the record holds
/// no text twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionRecord {
    /// The day in UTC on which the spec was first built so.
    pub date: Date,
    /// The vendor's name or date of the edition, where the catalog gives it.
    pub name: Option<String>,
    /// The digests of the pages it was made from, in the order of the sources.
    pub digests: Vec<String>,
    /// Errors that the edition before did not have.
    pub added: Vec<VariantName>,
    /// Errors that it had.
    pub removed: Vec<VariantName>,
    /// Errors that had another name there.
    pub renamed: Vec<Renamed>,
    /// Errors that changed in what they say.
    pub changed: Vec<Changed>,
}

/// An error with another name than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// As it was.
    pub from: VariantName,
    /// As it is from this edition on.
    pub to: VariantName,
}

/// What changed in an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its name.
    pub name: VariantName,
    /// What of it changed.
    pub facts: BTreeSet<Fact>,
    /// What servers send, as it was; nothing where it was not documented.
    pub was: BTreeMap<Fact, String>,
}

/// What can change in an error, as far as it concerns who integrates the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// It stands for something else.
    Meaning,
    /// It is now said to be no longer used.
    Deprecated,
    /// The vendor's code.
    Code,
    /// The HTTP status.
    HttpStatus,
    /// The error type.
    Error,
    /// The server's message.
    Message,
    /// Whether to repeat the request.
    Retry,
    /// What happened, in the spec's language.
    Summary,
    /// Why, in the spec's language.
    Cause,
    /// What to do, in the spec's language.
    Remedy,
}

impl Fact {
    /// All, from the gravest.
    pub const ALL: [Self; 10] = [
        Self::Meaning,
        Self::Deprecated,
        Self::Code,
        Self::HttpStatus,
        Self::Error,
        Self::Message,
        Self::Retry,
        Self::Summary,
        Self::Cause,
        Self::Remedy,
    ];

    /// The word used in TOML.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meaning => "meaning",
            Self::Deprecated => "deprecated",
            Self::Code => "code",
            Self::HttpStatus => "http_status",
            Self::Error => "error",
            Self::Message => "message",
            Self::Retry => "retry",
            Self::Summary => "summary",
            Self::Cause => "cause",
            Self::Remedy => "remedy",
        }
    }

    /// The fact that a word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.as_str() == word)
    }

    /// Whether servers send it, so that programs may depend on how it was.
    #[must_use]
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Code | Self::HttpStatus | Self::Error | Self::Message)
    }

    /// What `error` says of it; `None` where servers do not send it.
    #[must_use]
    pub fn sent(self, error: &ErrorDef) -> Option<String> {
        match self {
            Self::Code => error.code.map(|code| code.to_string()),
            Self::HttpStatus => error.http_status.map(|status| status.to_string()),
            Self::Error => error.error.clone(),
            Self::Message => error.message.as_ref().map(ToString::to_string),
            _ => None,
        }
    }
}

impl EditionRecord {
    /// Whether it lists nothing that changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.renamed.is_empty() && self.changed.is_empty()
    }
}

impl Spec {
    /// The edition that added the error named `name`, or brought it back; `None` where it was
    /// there from the first record on.
    #[must_use]
    pub fn since(&self, name: &VariantName) -> Option<&EditionRecord> {
        let mut name = name;
        for record in self.editions.iter().rev() {
            if record.added.contains(name) {
                return Some(record);
            }
            if let Some(renamed) = record.renamed.iter().find(|renamed| renamed.to == *name) {
                name = &renamed.from;
            }
        }
        None
    }

    /// Its editions by the names in them, to follow many errors through them.
    #[must_use]
    pub fn history(&self) -> History<'_> {
        History::of(self)
    }
}
