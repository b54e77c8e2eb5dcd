//! An error by itself, for a terminal: the same values as on its catalog's page, without markup.

use im_errors_spec::Locale;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde_json::{Value as Json, json};

use super::say::translator;
use super::ui::Strings;
use super::{Catalog, templates, view};
use crate::inline::{Inline, from_markdown};

const TEMPLATE: &str = include_str!("../../templates/explain.txt");

/// What the documentation says of an error, and of the catalog and group it is in.
pub(crate) fn facts(catalog: &Catalog<'_>, locale: &Locale, error: &im_errors_spec::ErrorDef) -> Json {
    let spec = catalog.spec;
    let group = spec.groups.iter().find(|group| group.id == error.group);
    json!({
        "title": view::plain(&spec.title, spec, locale),
        "vendor": view::plain(&spec.vendor, spec, locale),
        "group_title": group.map_or("", |group| view::plain(&group.title, spec, locale)),
        "error": view::error(catalog, locale, error),
    })
}

/// What the documentation says of an error that is no longer documented.
pub(crate) fn removed_facts(
    catalog: &Catalog<'_>,
    locale: &Locale,
    removed: &im_errors_spec::Removed,
) -> Json {
    let spec = catalog.spec;
    json!({
        "title": view::plain(&spec.title, spec, locale),
        "vendor": view::plain(&spec.vendor, spec, locale),
        "removed": view::removed(removed),
        "places": [],
        "also": [],
    })
}

/// A string of the documentation.
pub(crate) fn label(locale: &Locale, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Strings::of(locale).get(key, &values).unwrap_or_default()
}

/// The text for `context`, with colours. Its strings must be fit for a terminal.
///
/// # Errors
/// Where the template does not work, which is a mistake in it.
pub(crate) fn terminal(context: &Json, locale: &Locale) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax?);
    environment.add_global("t", translator(Strings::of(locale)));
    environment.add_filter("strong", |text: &str| format!("\u{1b}[1m{text}\u{1b}[0m"));
    environment.add_filter("hole", |text: &str| format!("\u{1b}[36m{text}\u{1b}[0m"));
    environment.add_filter("mark", |text: &str| format!("\u{1b}[33m{text}\u{1b}[0m"));
    environment.add_filter("inline", |text: &str| inline(&from_markdown(text, &|_| None).pieces));
    let text = environment.render_str(TEMPLATE, Value::from(Serde(context)))?;
    Ok(templates::tidy(&text))
}

/// Whether a character is no text: terminals obey it, or it turns the line around.
pub(crate) fn is_hidden(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}');
    turns || c.is_control() || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Without marks, but for back-ticks around code; a link's target follows its text.
fn inline(pieces: &[Inline]) -> String {
    // Entities can stand for anything.
    let shown = |text: &str| text.replace(is_hidden, "\u{fffd}");
    let piece = |piece: &Inline| match piece {
        Inline::Text(text) => shown(text),
        Inline::Code(text) => format!("`{}`", shown(text)),
        Inline::Link { text, href } => format!("{} <{}>", inline(text), shown(href)),
        // Below the start of the text.
        Inline::Break => "\n  ".to_owned(),
    };
    pieces.iter().map(piece).collect()
}
