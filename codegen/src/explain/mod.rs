//! Which error is meant: by a name, a code, a message or a line of a log, over whole catalogs.
//!
//! Values in, values out: it knows nothing of files or terminals. What is said of an error that is
//! found is [`render`](crate::render)'s, the same as in the documentation.

mod clues;
mod inside;
mod json;
mod shipped;
mod suggest;
mod text;
mod view;
mod whole;

use im_errors_spec::{ErrorDef, Removed, Spec, VariantName};

pub use json::json;
pub use shipped::shipped;
pub use text::{text, visible};
pub use view::View;

/// What a query was found to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'s> {
    /// What it can mean, the best first.
    pub matches: Vec<Match<'s>>,
    /// Queries that it may be meant to be, where nothing matches.
    pub suggestions: Vec<String>,
}

/// An error that a query can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'s> {
    /// The catalog it is in.
    pub spec: &'s Spec,
    /// The error.
    pub subject: Subject<'s>,
    /// By what it was found.
    pub by: By,
    /// What stands in the holes of its message, where the query has it.
    pub holes: Vec<(&'s str, String)>,
}

/// An error that is documented, or was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'s> {
    /// It is documented.
    Error(&'s ErrorDef),
    /// It vanished from the vendor's page.
    Removed(&'s Removed),
}

/// By what an error was found, from the surest to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Its key, as vendors write it.
    Key,
    /// The vendor's code.
    Code,
    /// The server's message.
    Message,
    /// The pinned name.
    Name,
    /// The vendor's error type.
    Type,
    /// The HTTP status or its class.
    Status,
    /// The catalog that was named, nothing more.
    Catalog,
}

impl By {
    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Code => "code",
            Self::Message => "message",
            Self::Name => "name",
            Self::Type => "type",
            Self::Status => "status",
            Self::Catalog => "catalog",
        }
    }
}

impl Subject<'_> {
    /// The pinned name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Error(error) => error.name.as_str(),
            Self::Removed(removed) => removed.name.as_str(),
        }
    }

    /// The names that it had before.
    #[must_use]
    pub fn aliases(&self) -> &[VariantName] {
        match self {
            Self::Error(error) => &error.aliases,
            Self::Removed(removed) => &removed.aliases,
        }
    }

    /// Whether it is called `name`, or was.
    fn is_named(&self, name: &str) -> bool {
        self.name() == name || self.aliases().iter().any(|alias| alias.as_str() == name)
    }

    /// The key as the vendor writes it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Error(error) => error.key(),
            Self::Removed(removed) => removed.key.clone(),
        }
    }
}

/// Finds what `query` means in the catalogs.
///
/// ```
/// use im_errors_codegen::explain::{By, explain, shipped};
///
/// let specs = shipped();
/// let answer = explain(&specs, r#"ERROR {"error":"forbidden_op","error_description":"users [tom] are not members of this group!"}"#);
/// assert!(answer.matches.iter().all(|found| found.by == By::Message));
/// assert_eq!(answer.matches[0].holes, [("usernames", "tom".to_owned())]);
/// ```
#[must_use]
pub fn explain<'s>(specs: &'s [Spec], query: &str) -> Answer<'s> {
    let query = query.trim();
    let mut answer = Answer { matches: Vec::new(), suggestions: Vec::new() };
    if query.is_empty() {
        return answer;
    }
    let all: Vec<_> = specs.iter().collect();
    if let Some(spec) = specs.iter().find(|spec| spec.catalog.eq_ignore_ascii_case(query)) {
        answer.matches = whole::of_catalog(spec);
        return answer;
    }
    answer.matches = match scoped(specs, query) {
        Some((spec, rest)) => find(&[spec], rest),
        None => find(&all, query),
    };
    if answer.matches.is_empty() {
        answer.suggestions = suggest::suggest(specs, query);
    }
    answer
}

/// What is exact, else what a body in it says, else what its pieces say.
fn find<'s>(specs: &[&'s Spec], query: &str) -> Vec<Match<'s>> {
    let is_short = query.len() <= whole::LONGEST;
    let found = if is_short { whole::find(specs, query) } else { Vec::new() };
    if !found.is_empty() {
        return found;
    }
    let clues = clues::of(query);
    let found = if clues.has_body() { clues::find(specs, &clues) } else { Vec::new() };
    if !found.is_empty() {
        return found;
    }
    let found = if is_short { whole::with_holes(specs, query) } else { Vec::new() };
    if found.is_empty() { clues::find(specs, &clues) } else { found }
}

/// The catalog that the query names first, and the rest of it.
fn scoped<'s, 'q>(specs: &'s [Spec], query: &'q str) -> Option<(&'s Spec, &'q str)> {
    specs.iter().find_map(|spec| {
        let (id, rest) = query.split_at_checked(spec.catalog.len())?;
        let is_apart = rest.starts_with([':', '：']) || rest.starts_with(char::is_whitespace);
        let rest = rest.trim_start().trim_start_matches([':', '：']).trim_start();
        (id.eq_ignore_ascii_case(&spec.catalog) && is_apart && !rest.is_empty()).then_some((spec, rest))
    })
}

/// Other errors with the same message, name or code.
#[must_use]
pub fn also<'s>(specs: &'s [Spec], spec: &Spec, error: &ErrorDef) -> Vec<(&'s Spec, &'s ErrorDef, By)> {
    let mut also = Vec::new();
    for other_spec in specs {
        for other in &other_spec.errors {
            let is_elsewhere = other_spec.catalog != spec.catalog;
            if !is_elsewhere && other.name == error.name {
                continue;
            }
            let by = if whole::same_message(error, other) {
                By::Message
            } else if is_elsewhere && other.name == error.name {
                By::Name
            } else if is_elsewhere && error.code.is_some() && other.code == error.code {
                By::Code
            } else {
                continue;
            };
            also.push((other_spec, other, by));
        }
    }
    also
}
