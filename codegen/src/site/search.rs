//! What the search of the site looks in: all that the pages of one language say of errors, as JSON.
//!
//! ```json
//! {
//!   "catalogs": [[folder, title, id, vendor, …]],
//!   "errors": [[catalog, folder, name, code, status, type, words, [message, …], meaning, [text, …]]]
//! }
//! ```
//!
//! The words are those of the name and of the type. A message is an array: its text, and where it has
//! any of its own, the longest piece of that and what finds it in lines of logs; the first is the
//! pattern, the others are what rows of the vendor's page print. What a query finds in all that is
//! decided in `assets/search/find.js`.

use im_errors_spec::{ErrorDef, Locale, Localized, Part, Removed, Spec, plain_text};
use serde_json::{Value, json};

use super::paths::{self, Paths, Subject};
use super::pattern::{folded, sought};
use crate::render::{meaning, values, vendors_text};

/// The index of all errors in `locale`. What is said of a removed error is `gone`.
pub(super) fn index(specs: &[Spec], paths: &[Paths], locale: &Locale, gone: &str) -> String {
    let catalogs = specs.iter().zip(paths).map(|(spec, paths)| catalog(spec, paths, locale));
    let mut errors = Vec::new();
    for (i, (spec, paths)) in specs.iter().zip(paths).enumerate() {
        let said = Said { spec, locale };
        for (e, error) in spec.errors.iter().enumerate() {
            errors.push(said.error(i, paths.folder(Subject::Error(e)), error));
        }
        for (r, removed) in spec.removed.iter().enumerate() {
            let code = paths::code(spec, Subject::Removed(r));
            errors.push(self::removed(i, paths.folder(Subject::Removed(r)), removed, code, gone));
        }
    }
    let index = json!({ "catalogs": catalogs.collect::<Value>(), "errors": errors });
    // Keys are strings, which is all that could fail.
    serde_json::to_string(&index).unwrap_or_default()
}

/// Where its pages are, what it is called on them, and the words that narrow a query to it.
fn catalog(spec: &Spec, paths: &Paths, locale: &Locale) -> Value {
    let title = values::plain(&spec.title, spec, locale);
    let mut row = vec![&paths.catalog, title, &spec.catalog];
    for vendor in spec.vendor.0.values().map(|vendor| vendor.text.as_str()) {
        if !row[2..].contains(&vendor) {
            row.push(vendor);
        }
    }
    json!(row)
}

/// Its key is found as a text, where it is no code.
fn removed(catalog: usize, folder: &str, removed: &Removed, code: Option<i64>, gone: &str) -> Value {
    let texts: &[&str] = if code.is_some() { &[] } else { &[&removed.key] };
    let name = removed.name.as_str();
    json!([catalog, folder, name, number(code), "", "", words(name), [], gone, texts])
}

/// Codes can be longer than what numbers in browsers hold.
fn number(code: Option<i64>) -> String {
    code.map(|code| code.to_string()).unwrap_or_default()
}

/// What the pages of one language say.
struct Said<'a> {
    spec: &'a Spec,
    locale: &'a Locale,
}

impl Said<'_> {
    fn error(&self, catalog: usize, folder: &str, error: &ErrorDef) -> Value {
        let meanings = self.texts(meaning(error));
        let first = meanings.first().cloned().unwrap_or_default();
        let mut texts = Vec::new();
        let cases = error.cases.iter().flat_map(|case| [&case.cause, &case.remedy]);
        let all = meanings.into_iter().chain(cases.flat_map(|text| self.texts(text)));
        // A reader of one language on the pages of another finds what the error means at least.
        for text in all.chain(elsewhere(meaning(error))) {
            if text != first && !texts.contains(&text) {
                texts.push(text);
            }
        }
        let status = error.http_status.map(|status| status.to_string()).unwrap_or_default();
        let (name, kind) = (error.name.as_str(), error.error.as_deref().unwrap_or_default());
        json!([
            catalog,
            folder,
            name,
            number(error.code),
            status,
            kind,
            words(&format!("{name}\n{kind}")),
            messages(error),
            first,
            texts,
        ])
    }

    /// A text as it is on the page: where its translation is outdated, the source comes before it.
    fn texts(&self, texts: &Localized) -> Vec<String> {
        let source = vendors_text(self.spec, texts).map(|(_, text)| text);
        let shown = match (texts.get(self.locale), source) {
            (Some(text), Some(source)) if text.stale => vec![source, text],
            (Some(text), _) => vec![text],
            (None, source) => source.into_iter().collect(),
        };
        shown.into_iter().map(|text| plain_text(&text.text)).collect()
    }
}

/// The text in all languages in which it is up to date.
fn elsewhere(texts: &Localized) -> impl Iterator<Item = String> {
    texts.0.values().filter(|text| !text.stale).map(|text| plain_text(&text.text))
}

/// The words of names in camel or snake case, folded.
fn words(names: &str) -> String {
    let mut words = String::with_capacity(names.len() + 8);
    let mut before = ' ';
    let mut chars = names.chars().peekable();
    while let Some(c) = chars.next() {
        let goes_on = chars.peek().is_some_and(char::is_ascii_lowercase);
        let is_lower = before.is_ascii_lowercase() || before.is_ascii_digit();
        if c.is_ascii_uppercase() && (is_lower || before.is_ascii_uppercase() && goes_on) {
            words.push(' ');
        }
        words.push(if c == '_' { ' ' } else { c });
        before = c;
    }
    folded(&words)
}

/// Each message that is documented.
fn messages(error: &ErrorDef) -> Vec<Value> {
    let mut messages: Vec<_> = error.message.iter().map(|message| message.parts().to_vec()).collect();
    for printed in error.cases.iter().filter_map(|case| case.message.as_ref()) {
        let printed = vec![Part::Literal(printed.clone())];
        if !messages.contains(&printed) {
            messages.push(printed);
        }
    }
    messages.iter().map(|parts| message(parts)).collect()
}

fn message(parts: &[Part]) -> Value {
    let part = |part: &Part| match part {
        Part::Literal(text) => text.clone(),
        Part::Hole(name) => format!("{{{name}}}"),
    };
    let text: String = parts.iter().map(part).collect();
    match sought(parts) {
        Some(sought) => json!([text, sought.piece, sought.pattern]),
        None => json!([text]),
    }
}
