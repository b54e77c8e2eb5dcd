//! Which name each error has: set by hand, pinned by the previous spec, or proposed.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use im_errors_spec::tree::At;
use im_errors_spec::{ErrorDef, HttpStatus, VariantName};

use super::catalog::Override;
use super::identity::{self, Identity};
use super::{CATALOG_FILE, Inputs};
use crate::diagnostic::{Finding, rules};
use crate::interpret::Entry;
use crate::{Diagnostic, message};

/// An error on its way into the spec.
pub(super) struct Draft {
    /// The error; its name is a proposal until [`settle`].
    pub(super) def: ErrorDef,
    /// The name that the previous spec has for it, of a removed error too; there once names are
    /// settled.
    pub(super) pin: Option<VariantName>,
    /// What the catalog says of it.
    pub(super) said: Option<Override>,
    /// The key of its first row.
    pub(super) key: String,
    /// The page it is in.
    pub(super) file: String,
    /// Its first row in the page.
    pub(super) span: Range<usize>,
}

impl Draft {
    /// Where the catalog gives it its name.
    pub(super) fn set_name(&self) -> Option<Range<usize>> {
        self.said.as_ref()?.name.as_ref().map(|name| name.span.clone())
    }

    /// What the catalog says of whose code it has.
    pub(super) fn said_reuse(&self) -> Option<&At<Option<VariantName>>> {
        self.said.as_ref()?.reuses.as_ref()
    }

    /// The error whose code it has taken over.
    pub(super) fn reuses(&self) -> Option<&VariantName> {
        self.said_reuse()?.value.as_ref()
    }
}

/// What a removed error is known by: its group and its key, folded as messages are.
pub(super) fn place(error: &ErrorDef) -> (&str, String) {
    (error.group.as_str(), identity::fold(&error.key()))
}

/// A name from what the page says: message, error type, status, code.
pub(super) fn propose(entry: &Entry, line: u32) -> VariantName {
    let from_text = entry.message().or(entry.error()).and_then(VariantName::propose);
    let from_status = || entry.http_status.and_then(reason_phrase).and_then(VariantName::propose);
    let proposed = match entry.code {
        Some(_) => from_text,
        None => from_text.or_else(from_status),
    };
    proposed.unwrap_or_else(|| VariantName::numbered(entry.code.unwrap_or_else(|| i64::from(line))))
}

/// Gives every draft its name.
pub(super) fn settle(inputs: &Inputs<'_>, drafts: &mut [Draft], findings: &mut Vec<Finding>) {
    let pins = Pins::new(inputs).of_all(drafts);
    let mut taken: HashMap<VariantName, usize> = HashMap::new();
    let mut open = Vec::new();
    for (i, pin) in pins.into_iter().enumerate() {
        let draft = &mut drafts[i];
        draft.pin.clone_from(&pin);
        let set = draft.said.as_ref().and_then(|said| said.name.clone());
        match (set, pin) {
            (Some(set), pin) => {
                if let Some(pin) = pin.filter(|pin| *pin != set.value) {
                    let message = message!("`{pin}` is renamed to `{name}`", pin, name = set.value);
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
        if let Some(other) = taken.insert(draft.def.name.clone(), i) {
            findings.extend(duplicate(&drafts[other], &drafts[i]));
        }
    }
    let known = known(inputs);
    // By proposed name the first number that may be free.
    let mut next = HashMap::new();
    for i in open {
        let draft = &mut drafts[i];
        let proposed = draft.def.name.clone();
        let free = |name: &VariantName| !taken.contains_key(name) && !known.contains(name);
        // Names are never given back: what was taken once stays so. There are more numbers than
        // errors, so one is free.
        let from = *next.get(&proposed).unwrap_or(&1);
        let named = |number| if number == 1 { proposed.clone() } else { proposed.with_number(number) };
        let found = (from..).map(|number| (number, named(number))).find(|(_, name)| free(name));
        let (number, name) = found.unwrap_or_else(|| (from, proposed.clone()));
        next.insert(proposed, number + 1);
        let message = message!("`{key}` is named `{name}`", key = draft.key, name);
        let diagnostic = Diagnostic::at(&rules::PROPOSED_NAME, draft.span.clone(), message);
        findings.push(Finding::new(&draft.file, diagnostic));
        taken.insert(name.clone(), i);
        draft.def.name = name;
    }
}

/// The names that users may know for an error that was there: none is proposed for another one.
fn known<'a>(inputs: &Inputs<'a>) -> HashSet<&'a VariantName> {
    let specs = inputs.previous.iter();
    specs
        .flat_map(|spec| {
            let errors = spec.errors.iter().map(|error| (&error.name, &error.aliases));
            let removed = spec.removed.iter().map(|removed| (&removed.name, &removed.aliases));
            errors.chain(removed).flat_map(|(name, aliases)| aliases.iter().chain([name]))
        })
        .collect()
}

/// Two errors of one name, told where the name is given by hand: the later one of two. Of errors
/// with one key that is said already.
fn duplicate(first: &Draft, second: &Draft) -> Option<Finding> {
    if first.key == second.key && first.def.group == second.def.group {
        return None;
    }
    let name = &second.def.name;
    let message = message!(
        "two errors are named `{name}`: `{first}` and `{second}`",
        name,
        first = first.key,
        second = second.key
    );
    Some(match second.set_name().or_else(|| first.set_name()) {
        Some(span) => Finding::new(CATALOG_FILE, Diagnostic::at(&rules::DUPLICATE_NAME, span, message)),
        None => {
            Finding::new(&second.file, Diagnostic::at(&rules::DUPLICATE_NAME, second.span.clone(), message))
        }
    })
}

/// The names that the previous spec gives, also to errors removed since.
struct Pins<'a> {
    there: HashMap<(String, Identity), &'a VariantName>,
    /// A code that was reused has several.
    removed: HashMap<(&'a str, String), Vec<&'a VariantName>>,
    previous: Vec<&'a ErrorDef>,
}

impl<'a> Pins<'a> {
    fn new(inputs: &Inputs<'a>) -> Self {
        let previous = inputs.previous.iter().flat_map(|spec| &spec.errors).collect();
        let mut pins = Self { there: HashMap::new(), removed: HashMap::new(), previous };
        for error in &pins.previous {
            pins.there
                .extend(identity::documented(error).into_iter().map(|identity| (identity, &error.name)));
        }
        for removed in inputs.previous.iter().flat_map(|spec| &spec.removed) {
            let place = (removed.group.as_str(), identity::fold(&removed.key));
            pins.removed.entry(place).or_default().push(&removed.name);
        }
        pins
    }

    /// The name of each draft, if it has one.
    fn of_all(&self, drafts: &[Draft]) -> Vec<Option<VariantName>> {
        let found: Vec<_> = drafts.iter().map(|draft| self.of(draft)).collect();
        let moved = self.moved(drafts, &found);
        let name = |(i, found): (usize, Option<&'a VariantName>)| found.or_else(|| moved.get(&i).copied());
        found.into_iter().enumerate().map(|at| name(at).cloned()).collect()
    }

    fn of(&self, draft: &Draft) -> Option<&'a VariantName> {
        let identities = identity::documented(&draft.def);
        let there = identities.iter().find_map(|identity| self.there.get(identity).copied());
        let removed = || self.removed.get(&place(&draft.def)).map(Vec::as_slice).unwrap_or_default();
        let set = draft.said.as_ref().and_then(|said| said.name.as_ref());
        let is_set = |name: &&&VariantName| set.is_some_and(|set| set.value == ***name);
        match (there, draft.reuses()) {
            // A code can be given back to an error that had it before.
            (there, Some(reused)) => {
                let there = there.filter(|name| *name != reused);
                there.or_else(|| removed().iter().find(is_set).copied().filter(|name| *name != reused))
            }
            (Some(there), None) => Some(there),
            (None, None) => removed().iter().find(is_set).or(removed().last()).copied(),
        }
    }

    /// The errors of a row that the vendor moved to another table, or of a group that got another
    /// id: an identity that is gone from its group once, and new in another one once.
    fn moved(&self, drafts: &[Draft], found: &[Option<&VariantName>]) -> HashMap<usize, &'a VariantName> {
        let known: HashSet<_> = found.iter().flatten().collect();
        let gone = self.previous.iter().filter(|error| !known.contains(&&error.name));
        let names = by_identity(gone.map(|error| (*error, &error.name)));
        let is_new = |i: usize, draft: &Draft| found[i].is_none() && draft.reuses().is_none();
        let new = || drafts.iter().enumerate().filter(|(i, draft)| is_new(*i, draft));
        let indices = by_identity(new().map(|(i, draft)| (&draft.def, i)));
        let name = |(i, draft): (usize, &Draft)| {
            let mut identities = identity::documented(&draft.def).into_iter().map(|(_, identity)| identity);
            identities.find_map(|identity| match (&**names.get(&identity)?, &**indices.get(&identity)?) {
                ([name], [_]) => Some((i, *name)),
                _ => None,
            })
        };
        new().filter_map(name).collect()
    }
}

/// What is given with each error, by its identities whatever its group; of one error only once.
fn by_identity<'e, T: Copy + PartialEq>(
    errors: impl Iterator<Item = (&'e ErrorDef, T)>,
) -> HashMap<Identity, Vec<T>> {
    let mut all: HashMap<Identity, Vec<T>> = HashMap::new();
    for (error, value) in errors {
        for (_, identity) in identity::documented(error) {
            let values = all.entry(identity).or_default();
            if values.last() != Some(&value) {
                values.push(value);
            }
        }
    }
    all
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
