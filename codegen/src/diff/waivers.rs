//! Changes that somebody has looked at and accepted for a time.
//!
//! ```toml
//! [[waiver]]
//! catalog = "jmessage-server"   # optional
//! key = "818001"
//! kind = "message-changed"      # or `field = "message"`; without either, all changes of the key
//! reason = "our enum matches by code"
//! expires = "2027-01-31"
//! ```

use std::ops::Range;

use im_errors_spec::tree::{self, At, Problems, Table, closest, list};
use im_errors_spec::values::date;
use im_errors_spec::{Date, Problem};

use super::{Change, kinds};
use crate::diagnostic::rules;
use crate::resolve::likeness::fold;
use crate::{Diagnostic, Message, message};

/// Why a change is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// In the words of who accepts it.
    pub reason: String,
    /// The last day on which it is.
    pub expires: Date,
}

/// The waivers of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waivers {
    list: Vec<Waiver>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Waiver {
    catalog: Option<String>,
    key: String,
    kind: Option<String>,
    field: Option<String>,
    waived: Waived,
    span: Range<usize>,
    expires_span: Range<usize>,
    /// Its catalog was looked at.
    seen: bool,
    used: bool,
}

impl Waivers {
    /// Reads the text of a file of waivers.
    ///
    /// # Errors
    /// Every problem found, each with its place.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let document = tree::parse(text, &problems);
        let mut list = Vec::new();
        if problems.is_empty() {
            let root = document.root(&problems);
            for entry in root.array("waiver") {
                if let Some(table) = entry.table() {
                    list.extend(waiver(&table, &problems));
                    table.finish();
                }
            }
            root.finish();
        }
        if problems.is_empty() { Ok(Self { list }) } else { Err(problems.into_vec()) }
    }

    /// Marks what is waived on the day `today` among the changes of `catalog`; a waiver counts
    /// through the day on which it expires.
    pub fn apply(&mut self, catalog: Option<&str>, today: Date, changes: &mut [Change]) {
        for waiver in &mut self.list {
            let elsewhere = match (&waiver.catalog, catalog) {
                (Some(meant), Some(catalog)) => meant != catalog,
                _ => false,
            };
            if elsewhere {
                continue;
            }
            waiver.seen = true;
            for change in changes.iter_mut() {
                if !waiver.covers(change) {
                    continue;
                }
                waiver.used = true;
                if today <= waiver.waived.expires && change.waived.is_none() {
                    change.waived = Some(waiver.waived.clone());
                }
            }
        }
    }

    /// What is to be said of the waivers once all changes were seen: those that have expired, and
    /// those that no change needs.
    #[must_use]
    pub fn findings(&self, today: Date) -> Vec<Diagnostic> {
        let finding = |waiver: &Waiver| {
            let Waived { expires, .. } = waiver.waived;
            if expires < today {
                let expires = expires.to_string();
                let message =
                    message!("the waiver for `{key}` expired on {expires}", key = waiver.key, expires);
                return Some(Diagnostic::at(&rules::EXPIRED_WAIVER, waiver.expires_span.clone(), message));
            }
            let message = message!("no change needs the waiver for `{key}`", key = waiver.key);
            (waiver.seen && !waiver.used)
                .then(|| Diagnostic::at(&rules::UNUSED_WAIVER, waiver.span.clone(), message))
        };
        self.list.iter().filter_map(finding).collect()
    }
}

impl Waiver {
    fn covers(&self, change: &Change) -> bool {
        let keys = std::iter::once(&change.key).chain(&change.new_key);
        let mut keys = keys.filter(|key| !key.is_empty());
        // A row of an error has a number: `cause_2` is a cause.
        let field = change.field.as_deref();
        let base = field.map(|field| field.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_'));
        // What is no change of an error is one of a language.
        let locale = change.locale.as_ref().filter(|_| change.key.is_empty());
        let named = keys.any(|key| *key == self.key || fold(key) == fold(&self.key))
            || locale.is_some_and(|locale| locale.as_str() == self.key);
        named
            && self.kind.as_deref().is_none_or(|kind| kind == change.kind.code)
            && self.field.as_deref().is_none_or(|meant| field == Some(meant) || base == Some(meant))
    }
}

/// The fields that a waiver can name.
const FIELDS: [&str; 10] =
    ["code", "http_status", "error", "message", "name", "retry", "group", "summary", "cause", "remedy"];

fn waiver(table: &Table<'_, '_>, problems: &Problems) -> Option<Waiver> {
    let catalog = table.str("catalog").map(|at| at.value.to_owned());
    let key = table.required_str("key");
    let kind = table.str("kind");
    let codes: Vec<_> = kinds::ALL.iter().map(|kind| kind.code).collect();
    let no_kind = |word: &str| message!("`{word}` is no kind of change", word);
    known(kind.as_ref(), no_kind, &codes, problems);
    let field = table.str("field");
    let no_field = |word: &str| message!("`{word}` is no field", word);
    known(field.as_ref(), no_field, &FIELDS, problems);
    let reason = table.required_str("reason");
    if let Some(reason) = reason.as_ref().filter(|reason| reason.value.trim().is_empty()) {
        let help = message!("say why the change may stand");
        problems.push("empty-text", reason.span.clone(), message!("the waiver has no reason"), help);
    }
    let expires = table.required_str("expires");
    let date = expires.as_ref().and_then(|at| date(at, problems));
    let key = key?;
    Some(Waiver {
        catalog,
        key: key.value.to_owned(),
        kind: kind.map(|at| at.value.to_owned()),
        field: field.map(|at| at.value.to_owned()),
        waived: Waived { reason: reason?.value.to_owned(), expires: date? },
        span: key.span,
        expires_span: expires?.span,
        seen: false,
        used: false,
    })
}

/// Reports a word that is none of `words`.
fn known(at: Option<&At<&str>>, wrong: fn(&str) -> Message, words: &[&str], problems: &Problems) {
    let Some(at) = at.filter(|at| !words.contains(&at.value)) else {
        return;
    };
    let help = match closest(at.value, words.iter().copied()) {
        Some(near) => message!("did you mean `{near}`?", near),
        None => message!("known: {known}", known = list(words)),
    };
    problems.push("unknown-change", at.span.clone(), wrong(at.value), help);
}
