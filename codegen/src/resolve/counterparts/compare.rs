//! What two pages say of the facts of one error.

use std::fmt::Display;

use super::super::identity::fold;
use super::super::names::Draft;
use super::pairing::fits;
use crate::diagnostic::rules;
use crate::interpret::{Entry, Role};
use crate::{Diagnostic, Message, message};

/// A finding for each fact of `row` that the case it is paired with contradicts or lacks. What an
/// empty cell leaves out contradicts nothing. Codes are the same where there are any: they pair.
pub(super) fn facts(draft: &Draft, case: usize, row: &Entry) -> Vec<Diagnostic> {
    let def = &draft.def;
    let there = def.cases[case].message.as_deref();
    let says_so =
        |message: &str| there.is_some_and(|there| fold(there) == fold(message)) || fits(def, message);
    let message = row.message().filter(|message| !says_so(message));
    let error = row.error().filter(|error| def.error.as_deref() != Some(error));
    let status = row.http_status.filter(|status| def.http_status != Some(*status));
    // Of status and type the first row counts, should the rows of the first page disagree.
    let facts = [
        status.map(|_| (Role::HttpStatus, message!("HTTP status"), 0, shown(def.http_status))),
        error.map(|_| (Role::Error, message!("error type"), 0, shown(def.error.as_ref()))),
        message.map(|_| (Role::Message, message!("message"), case, shown(there))),
    ];
    let differs = |(role, name, case, other): (Role, Message, usize, Message)| {
        let place = &def.cases[case].at;
        let message = message!(
            "`{key}` has another {name} at {place}: {other}",
            key = draft.key,
            name,
            place = place.to_string(),
            other
        );
        // A fact that a row takes from the one above has no cell of its own.
        let span = row.cell(role).unwrap_or_else(|| row.span.clone());
        Diagnostic::at(&rules::COUNTERPART_DIFFERS, span, message)
    };
    facts.into_iter().flatten().map(differs).collect()
}

fn shown(fact: Option<impl Display>) -> Message {
    fact.map_or_else(|| message!("none"), |fact| message!("`{fact}`", fact = fact.to_string()))
}
