//! The start of a new language.

use super::{State, Survey};
use crate::resolve::Field;

/// The file that a translator starts from: each text to translate as a comment, in the order of
/// the errors, with a place for its translation. It reads as a file without translations.
#[must_use]
pub fn skeleton(survey: &Survey) -> String {
    let Survey { catalog, locale, .. } = survey;
    let mut out = format!(
        "# Translations of {catalog} to `{locale}`. Translate the lines that are commented out and remove their `#`,\n\
         # then run `im-errors i18n stamp {catalog}`.\n"
    );
    let mut error = "";
    for entry in survey.entries.iter().filter(|entry| entry.state == State::Missing) {
        if entry.key.error != error {
            error = &entry.key.error;
            out.push_str(&format!("\n[{error}]\n"));
        }
        let source = entry.source.as_deref().unwrap_or_default().replace(char::is_control, " ");
        out.push_str(&format!("# {source}\n{}\n", placeholder(entry.key.field)));
    }
    out
}

/// The line that waits for a translation.
#[must_use]
pub(super) fn placeholder(field: Field) -> String {
    format!("# {field} = \"\"")
}
