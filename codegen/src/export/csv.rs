//! A spec as a table for spreadsheets.

use im_errors_spec::{Case, ErrorDef, Locale, Localized, Removed, Spec, plain_text};

use super::data;
use crate::spreadsheet;

const COLUMNS: [&str; 23] = [
    "catalog",
    "name",
    "key",
    "code",
    "http_status",
    "http_status_class",
    "error",
    "message",
    "group",
    "retry_advice",
    "retry_by",
    "case",
    "case_message",
    "summary",
    "summary_state",
    "cause",
    "cause_state",
    "remedy",
    "remedy_state",
    "file",
    "line",
    "removed",
    "removed_edition",
];

/// One row per case of an error, then one per removed error.
pub(super) fn table(spec: &Spec, locale: &Locale) -> String {
    let header = COLUMNS.map(str::to_owned);
    let cases = spec.errors.iter().flat_map(|error| {
        let numbered = error.cases.iter().zip(1_usize..);
        numbered.map(move |(case, number)| row(spec, locale, error, case, number))
    });
    let removed = spec.removed.iter().map(|one| removed_row(spec, one));
    spreadsheet::table(std::iter::once(header).chain(cases).chain(removed))
}

type Row = [String; COLUMNS.len()];

fn row(spec: &Spec, locale: &Locale, error: &ErrorDef, case: &Case, number: usize) -> Row {
    let shown = |value: serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text,
        value => value.to_string(),
    };
    let (status, class) = data::status(error.http_status);
    let [summary, summary_state] = said(&error.summary, spec, locale);
    let [cause, cause_state] = said(&case.cause, spec, locale);
    let [remedy, remedy_state] = said(&case.remedy, spec, locale);
    [
        guarded(&spec.catalog),
        error.name.to_string(),
        key(error.code, &error.key()),
        error.code.map(|code| code.to_string()).unwrap_or_default(),
        shown(status),
        shown(class),
        guarded(error.error.as_deref().unwrap_or_default()),
        guarded(&error.message.as_ref().map(ToString::to_string).unwrap_or_default()),
        guarded(&error.group),
        error.retry.map(|retry| retry.advice.as_str().to_owned()).unwrap_or_default(),
        error.retry.map(|retry| data::origin(retry).to_owned()).unwrap_or_default(),
        number.to_string(),
        guarded(case.message.as_deref().unwrap_or_default()),
        summary,
        summary_state,
        cause,
        cause_state,
        remedy,
        remedy_state,
        guarded(&case.at.file),
        case.at.line.to_string(),
        String::new(),
        String::new(),
    ]
}

fn removed_row(spec: &Spec, removed: &Removed) -> Row {
    let mut row = Row::default();
    let mut set = |column: &str, text: String| {
        if let Some(cell) = COLUMNS.iter().position(|name| *name == column).and_then(|at| row.get_mut(at)) {
            *cell = text;
        }
    };
    set("catalog", guarded(&spec.catalog));
    set("name", removed.name.to_string());
    set("key", key(removed.key.parse().ok(), &removed.key));
    set("group", guarded(&removed.group));
    set("removed", "true".to_owned());
    set("removed_edition", guarded(removed.edition.as_deref().unwrap_or_default()));
    row
}

/// A code stays a number, negative ones too.
fn key(code: Option<i64>, key: &str) -> String {
    code.map_or_else(|| guarded(key), |code| code.to_string())
}

/// A text as plain text, and its state.
fn said(texts: &Localized, spec: &Spec, locale: &Locale) -> [String; 2] {
    let said = data::said(texts, spec, locale);
    said.map_or_else(Default::default, |(text, state)| [guarded(&plain_text(text)), state.to_owned()])
}

/// A text that no spreadsheet takes for a formula: before one that starts like a formula stands an
/// apostrophe. One stands before a text with an apostrophe of its own as well, so that taking off
/// the first one always gives back the text.
fn guarded(text: &str) -> String {
    let is_doubtful = spreadsheet::is_formula(text) || text.starts_with('\'');
    if is_doubtful { format!("'{text}") } else { text.to_owned() }
}
