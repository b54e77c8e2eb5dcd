//! Which name each error has: set by hand, pinned by the previous spec, or proposed.

use std::collections::HashMap;
use std::ops::Range;

use im_errors_spec::{ErrorDef, HttpStatus, VariantName};

use super::catalog::Override;
use super::identity::{self, Identity};
use super::{CATALOG_FILE, Inputs};
use crate::Diagnostic;
use crate::diagnostic::{Finding, rules};
use crate::interpret::Entry;

/// An error on its way into the spec.
pub(super) struct Draft {
    /// The error; its name is a proposal until [`settle`].
    pub(super) def: ErrorDef,
    /// What the catalog says of it.
    pub(super) said: Option<Override>,
    /// The key of its first row.
    pub(super) key: String,
    /// The page it is in.
    pub(super) file: String,
    /// Its first row in the page.
    pub(super) span: Range<usize>,
}

/// A name from what the page says: message, error type, status, code.
pub(super) fn propose(entry: &Entry, line: u32) -> VariantName {
    let from_text = entry.message.as_deref().or(entry.error.as_deref()).and_then(VariantName::propose);
    let from_status = || entry.http_status.and_then(reason_phrase).and_then(VariantName::propose);
    let proposed = match entry.code {
        Some(_) => from_text,
        None => from_text.or_else(from_status),
    };
    proposed.unwrap_or_else(|| VariantName::numbered(entry.code.unwrap_or_else(|| i64::from(line))))
}

/// Gives every draft its name.
pub(super) fn settle(inputs: &Inputs<'_>, drafts: &mut [Draft], findings: &mut Vec<Finding>) {
    let pins = Pins::new(inputs);
    let pins: Vec<Option<VariantName>> = drafts.iter().map(|draft| pins.of(&draft.def).cloned()).collect();
    let mut taken: HashMap<VariantName, String> = HashMap::new();
    let mut open = Vec::new();
    for (i, (draft, pin)) in drafts.iter_mut().zip(pins).enumerate() {
        let set = draft.said.as_ref().and_then(|said| said.name.clone());
        match (set, pin) {
            (Some(set), pin) => {
                if let Some(pin) = pin.filter(|pin| *pin != set.value) {
                    let message = format!("`{pin}` is renamed to `{}`", set.value);
                    let diagnostic = Diagnostic::at(&rules::RENAMED, set.span.clone(), message);
                    findings.push(Finding::new(CATALOG_FILE, diagnostic));
                }
                draft.def.name = set.value;
            }
            (None, Some(pin)) => draft.def.name = pin,
            (None, None) => {
                open.push(i);
                continue;
            }
        }
        if let Some(other) = taken.insert(draft.def.name.clone(), draft.key.clone()) {
            findings.push(duplicate(draft, &other));
        }
    }
    let removed: Vec<_> =
        inputs.previous.iter().flat_map(|spec| &spec.removed).map(|removed| &removed.name).collect();
    for i in open {
        let draft = &mut drafts[i];
        let proposed = draft.def.name.clone();
        let free = |name: &VariantName| !taken.contains_key(name) && !removed.contains(&name);
        let numbered = (2..).map(|number| proposed.with_number(number));
        // There are more numbers than errors, so one is free.
        let name = std::iter::once(proposed.clone()).chain(numbered).find(free).unwrap_or(proposed);
        let message = format!("`{}` is named `{name}`", draft.key);
        let diagnostic = Diagnostic::at(&rules::PROPOSED_NAME, draft.span.clone(), message);
        findings.push(Finding::new(&draft.file, diagnostic));
        taken.insert(name.clone(), draft.key.clone());
        draft.def.name = name;
    }
}

fn duplicate(draft: &Draft, other: &str) -> Finding {
    let set = draft.said.as_ref().and_then(|said| said.name.as_ref());
    let message = format!("two errors are named `{}`: `{other}` and `{}`", draft.def.name, draft.key);
    match set {
        Some(set) => {
            Finding::new(CATALOG_FILE, Diagnostic::at(&rules::DUPLICATE_NAME, set.span.clone(), message))
        }
        None => {
            Finding::new(&draft.file, Diagnostic::at(&rules::DUPLICATE_NAME, draft.span.clone(), message))
        }
    }
}

/// The names that the previous spec gives, also to errors removed since.
struct Pins<'a> {
    there: HashMap<(String, Identity), &'a VariantName>,
    removed: HashMap<(&'a str, &'a str), &'a VariantName>,
}

impl<'a> Pins<'a> {
    fn new(inputs: &Inputs<'a>) -> Self {
        let mut pins = Self { there: HashMap::new(), removed: HashMap::new() };
        for error in inputs.previous.iter().flat_map(|spec| &spec.errors) {
            pins.there
                .extend(identity::documented(error).into_iter().map(|identity| (identity, &error.name)));
        }
        for removed in inputs.previous.iter().flat_map(|spec| &spec.removed) {
            pins.removed.insert((&removed.group, &removed.key), &removed.name);
        }
        pins
    }

    fn of(&self, error: &ErrorDef) -> Option<&'a VariantName> {
        let there = identity::documented(error).iter().find_map(|identity| self.there.get(identity).copied());
        there.or_else(|| self.removed.get(&(error.group.as_str(), error.key().as_str())).copied())
    }
}

/// The reason phrases of RFC 9110 and what else vendors answer with.
fn reason_phrase(status: HttpStatus) -> Option<&'static str> {
    let HttpStatus::Exact(status) = status else {
        return Some(match status {
            HttpStatus::Class(1) => "Informational",
            HttpStatus::Class(2) => "Success",
            HttpStatus::Class(3) => "Redirection",
            HttpStatus::Class(4) => "Client error",
            _ => "Server error",
        });
    };
    Some(match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "No content",
        301 => "Moved permanently",
        302 => "Found",
        304 => "Not modified",
        400 => "Bad request",
        401 => "Unauthorized",
        402 => "Payment required",
        403 => "Forbidden",
        404 => "Not found",
        405 => "Method not allowed",
        406 => "Not acceptable",
        408 => "Request timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length required",
        412 => "Precondition failed",
        413 => "Content too large",
        414 => "Uri too long",
        415 => "Unsupported media type",
        416 => "Range not satisfiable",
        422 => "Unprocessable content",
        423 => "Locked",
        426 => "Upgrade required",
        428 => "Precondition required",
        429 => "Too many requests",
        431 => "Request header fields too large",
        500 => "Internal server error",
        501 => "Not implemented",
        502 => "Bad gateway",
        503 => "Service unavailable",
        504 => "Gateway timeout",
        505 => "Http version not supported",
        _ => return None,
    })
}
