//! Comma-separated values, for spreadsheets.
//!
//! A text that a spreadsheet would run as a formula has an apostrophe before it, which goes again on
//! the way back.

use csv::{ReaderBuilder, StringRecord};

use super::{Done, State, Survey, Unit, malformed};
use crate::spreadsheet::{self, MARK};
use crate::{Diagnostic, message};

const HEADER: [&str; 9] =
    ["catalog", "locale", "error", "field", "state", "source", "translation", "location", "vendor_key"];

/// The file, with all catalogs in the order given.
#[must_use]
pub fn print(surveys: &[Survey]) -> String {
    let mut rows = vec![HEADER.map(str::to_owned)];
    for survey in surveys {
        for entry in survey.translated() {
            let row = survey.row(entry).unwrap_or_default();
            rows.push([
                survey.catalog.clone(),
                survey.locale.to_string(),
                entry.key.error.clone(),
                entry.key.field.to_string(),
                entry.state.as_str().to_owned(),
                guarded(entry.source.as_deref().unwrap_or_default()),
                guarded(entry.text.as_deref().unwrap_or_default()),
                guarded(&row),
                guarded(&entry.vendor_key),
            ]);
        }
    }
    spreadsheet::table(rows)
}

/// Whether a spreadsheet takes the text for a formula, be it behind apostrophes.
fn is_formula(text: &str) -> bool {
    spreadsheet::is_formula(text.trim_start_matches('\''))
}

fn guarded(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(text)
}

/// Whether the text starts as such a file does.
#[must_use]
pub(super) fn starts(text: &str) -> bool {
    let text = text.trim_start_matches(MARK);
    let rest = text.strip_prefix('"').unwrap_or(text).strip_prefix(HEADER[0]);
    rest.is_some_and(|rest| rest.trim_start_matches('"').starts_with([',', ';', '\t']))
}

/// Reads such a file, with commas, or the semicolons or tabs that spreadsheets make of them.
///
/// # Errors
/// A column that is not there, or the first row that cannot be read.
pub fn parse(text: &str) -> Result<Vec<Unit>, Diagnostic> {
    let whole = text;
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let mark = whole.len() - text.len();
    let first = text.lines().next().unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|c| (count(*c), *c == ',')).unwrap_or(',');
    let mut reader = ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let fail = |error: &csv::Error| {
        let at = error.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
        let at = mark + at;
        malformed(at..at, message!("the row cannot be read: {error}", error = error.to_string()))
    };
    let header = reader.headers().map_err(|error| fail(&error))?.clone();
    let column = |name: &str| header.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
    let required = |name: &str| {
        let missing = || malformed(mark..mark + first.len(), message!("there is no column `{name}`", name));
        column(name).ok_or_else(missing)
    };
    let key = (required("catalog")?, required("error")?, required("field")?);
    let (source, translation) = (required("source")?, required("translation")?);
    let (locale, state) = (column("locale"), column("state"));
    let mut units = Vec::new();
    let mut record = StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(0);
        if !reader.read_record(&mut record).map_err(|error| fail(&error))? {
            return Ok(units);
        }
        let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(start);
        let rest = text.get(start..).unwrap_or_default();
        let start = start + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let end = start + text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let (catalog, error, field) = (cell(key.0).trim(), cell(key.1).trim(), cell(key.2).trim());
        let said = state.map(|state| cell(state).trim().to_ascii_lowercase());
        let in_doubt = |said: &str| [State::Stale, State::Unstamped].iter().any(|s| s.as_str() == said);
        units.push(Unit {
            key: format!("{catalog}/{error}/{field}"),
            span: mark + start..mark + end,
            locale: locale.map(|locale| cell(locale).trim().to_owned()).filter(|tag| !tag.is_empty()),
            source: unguarded(cell(source)).to_owned(),
            text: unguarded(cell(translation)).to_owned(),
            done: if said.as_deref().is_some_and(in_doubt) { Done::IfChanged } else { Done::Yes },
        });
    }
}
