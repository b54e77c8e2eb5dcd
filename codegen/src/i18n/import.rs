//! What comes back from translators → what changes in the files of translations.
//!
//! A text goes where its key says and nowhere else. It counts as a translation of the source text
//! that the file has beside it, so one that was made of an older text arrives stale, and never
//! replaces a current one.

use std::collections::HashMap;
use std::ops::Range;

use im_errors_spec::tree;

use super::edit::{self, Change};
use super::{Done, Entry, Key, State, Survey, Unit, normal};
use crate::diagnostic::rules;
use crate::resolve::{Translations, stamp};
use crate::{Diagnostic, Message, message};

/// What an import does to one language of a catalog.
#[derive(Debug, Default)]
pub struct Imported {
    /// The new text of the file, where it changes.
    pub text: Option<String>,
    /// How many translations are new.
    pub added: usize,
    /// How many replace another one, or are confirmed.
    pub changed: usize,
    /// How many need the translator's work and stay as they were.
    pub unfinished: usize,
    /// What is left out, with its place in the imported file by index.
    pub diagnostics: Vec<(usize, Diagnostic)>,
}

/// Units of one catalog and language that belong together with the index of their file.
pub type Sent<'u> = (usize, &'u Unit, Key);

/// Takes over what was sent for one language of a catalog: `file` with its `text`, as surveyed.
///
/// # Errors
/// The first text that is there twice, or the file of translations that has no place for one.
pub fn import(
    survey: &Survey,
    file: &Translations,
    text: &str,
    errors: &[&str],
    sent: &[Sent<'_>],
) -> Result<Imported, Refused> {
    let entries: HashMap<&Key, &Entry> = survey.entries.iter().map(|entry| (&entry.key, entry)).collect();
    let mut imported = Imported::default();
    let mut changes: Vec<Change> = Vec::new();
    let mut seen: HashMap<&Key, &Unit> = HashMap::new();
    for (index, unit, key) in sent {
        if let Some(other) = seen.insert(key, unit) {
            if (&other.text, &other.source) != (&unit.text, &unit.source) {
                return Err(Refused::Twice(*index, unit.span.clone(), unit.key.clone()));
            }
            continue;
        }
        let sent = normal(&unit.text);
        if sent.is_empty() {
            continue;
        }
        let Some(entry) = entries.get(key) else {
            let at = (*index, unknown(survey, key, unit.span.clone()));
            imported.diagnostics.push(at);
            continue;
        };
        match decide(entry, unit, &sent) {
            Decision::Nothing => {}
            Decision::Unfinished => imported.unfinished += 1,
            Decision::LeaveOut(diagnostic) => imported.diagnostics.push((*index, diagnostic)),
            Decision::Take(of, diagnostic) => {
                imported.diagnostics.extend(diagnostic.map(|diagnostic| (*index, diagnostic)));
                let is_new = entry.span.is_none();
                *if is_new { &mut imported.added } else { &mut imported.changed } += 1;
                let text = Some(sent).filter(|sent| is_new || entry.text.as_ref() != Some(sent));
                changes.push(Change { error: key.error.clone(), field: key.field, text, of });
            }
        }
    }
    if !changes.is_empty() {
        let changed = edit::apply(file, text, errors, &changes);
        imported.text = Some(changed.ok_or(Refused::NoPlace)?);
    }
    Ok(imported)
}

/// Why nothing is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The file of this index has a text twice.
    Twice(usize, Range<usize>, String),
    /// The file of translations is written in a way that leaves no place.
    NoPlace,
}

enum Decision {
    Nothing,
    Unfinished,
    LeaveOut(Diagnostic),
    /// With the stamp of the text that it translates.
    Take(String, Option<Diagnostic>),
}

fn decide(entry: &Entry, unit: &Unit, sent: &str) -> Decision {
    let same = entry.text.as_deref() == Some(sent);
    let at = |rule, message: Message| Diagnostic::at(rule, unit.span.clone(), message);
    let (field, error) = (entry.key.field, &entry.key.error);
    if entry.vendor {
        if same {
            return Decision::Nothing;
        }
        let message =
            message!("the vendor's own page says the {field} of `{error}` in this language", field, error);
        let help = message!("nothing to do: what the vendor says is shown");
        return Decision::LeaveOut(at(&rules::OUTDATED_ENTRY, message).with_help(help));
    }
    match unit.done {
        Done::No if same => return Decision::Nothing,
        Done::IfChanged if same => return Decision::Nothing,
        Done::No => return Decision::Unfinished,
        Done::Yes | Done::IfChanged => {}
    }
    let Some(source) = entry.source.as_deref().filter(|_| entry.state != State::Orphaned) else {
        if same {
            return Decision::Nothing;
        }
        return Decision::LeaveOut(at(
            &rules::UNKNOWN_ENTRY,
            message!("there is no text for the {field} of `{error}` any more", field, error),
        ));
    };
    if unit.source.trim().is_empty() {
        if same {
            return Decision::Nothing;
        }
        return Decision::LeaveOut(at(
            &rules::UNKNOWN_ENTRY,
            message!(
                "the source text of the {field} of `{error}` is left out, so what was translated cannot be told",
                field,
                error
            ),
        ));
    }
    let (of, now) = (stamp(&unit.source), stamp(source));
    match (of == now, entry.state) {
        (_, State::Current) if same => Decision::Nothing,
        (true, _) => Decision::Take(of, None),
        (false, _) if same => Decision::Nothing,
        (false, State::Current) => {
            let message = message!(
                "this translates an older text, and the {field} of `{error}` is translated anew already",
                field,
                error
            );
            Decision::LeaveOut(at(&rules::OUTDATED_ENTRY, message))
        }
        (false, _) => {
            let message = message!(
                "the {field} of `{error}` has changed since this was exported, so it is stale; the text is now: {source}",
                field,
                error,
                source
            );
            Decision::Take(of, Some(at(&rules::OUTDATED_ENTRY, message)))
        }
    }
}

fn unknown(survey: &Survey, key: &Key, span: Range<usize>) -> Diagnostic {
    let Key { catalog, error, field } = key;
    let has = |test: &dyn Fn(&Key) -> bool| {
        survey.entries.iter().any(|entry| entry.state != State::Orphaned && test(&entry.key))
    };
    let message = if has(&|key| key.error == *error) {
        message!("the error `{error}` of `{catalog}` has no {field} to translate", error, catalog, field)
    } else {
        message!("there is no error `{error}` in `{catalog}`", error, catalog)
    };
    Diagnostic::at(&rules::UNKNOWN_ENTRY, span, message)
}

/// What a unit without a key of a catalog is told.
#[must_use]
pub fn keyless(unit: &Unit, known: &[&str]) -> Diagnostic {
    let message = match (unit.key.is_empty(), Key::parse(&unit.key)) {
        (true, _) => message!("the entry does not say which text it translates"),
        (false, None) => {
            message!("`{key}` is no key of a text, which is `catalog/error/field`", key = unit.key)
        }
        (false, Some(key)) => message!("there is no catalog `{id}`", id = key.catalog),
    };
    let diagnostic = Diagnostic::at(&rules::UNKNOWN_ENTRY, unit.span.clone(), message);
    match Key::parse(&unit.key) {
        Some(_) => diagnostic.with_help(message!("there are: {known}", known = tree::list(known))),
        None => diagnostic,
    }
}
