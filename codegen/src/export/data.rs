//! All that a spec says, as JSON.

use std::collections::BTreeSet;

use im_errors_spec::{
    Case, ErrorDef, HttpStatus, Locale, Localized, Origin, Part, Place, Removed, Retry, Source, Spec,
    VariantName, plain_text,
};
use serde_json::{Map, Value, json};

use super::FORMAT;
use crate::render::{absolute, is_hidden, page_of, vendors_text};

/// Fields in this order; those without a value are left out.
pub(super) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
    fields.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// The catalog, see [`super::SCHEMA`].
pub(super) fn catalog(spec: &Spec) -> Value {
    let group = |group: &im_errors_spec::Group| json!({ "id": group.id, "title": titles(&group.title) });
    json!({
        "format": FORMAT,
        "catalog": spec.catalog,
        "locale": spec.locale.as_str(),
        "locales": locales(spec).iter().map(|locale| locale.as_str()).collect::<Vec<_>>(),
        "title": titles(&spec.title),
        "vendor": titles(&spec.vendor),
        "sources": spec.sources.iter().map(source).collect::<Vec<_>>(),
        "groups": spec.groups.iter().map(group).collect::<Vec<_>>(),
        "errors": spec.errors.iter().map(|one| error(spec, one)).collect::<Vec<_>>(),
        "removed": spec.removed.iter().map(removed).collect::<Vec<_>>(),
    })
}

/// Every language that anything is said in.
fn locales(spec: &Spec) -> BTreeSet<&Locale> {
    let texts = spec.errors.iter().flat_map(|error| {
        let cases = error.cases.iter().flat_map(|case| [&case.cause, &case.remedy]);
        std::iter::once(&error.summary).chain(cases)
    });
    let titles = spec.groups.iter().map(|group| &group.title).chain([&spec.title, &spec.vendor]);
    texts.chain(titles).flat_map(|texts| texts.0.keys()).chain([&spec.locale]).collect()
}

fn titles(titles: &Localized) -> Value {
    let title = |(locale, title): (&Locale, &im_errors_spec::Text)| {
        (locale.to_string(), Value::from(title.text.as_str()))
    };
    titles.0.iter().map(title).collect::<Map<_, _>>().into()
}

fn source(source: &Source) -> Value {
    object([
        ("file", source.file.as_str().into()),
        ("locale", source.locale.as_str().into()),
        ("url", source.url.as_deref().into()),
        ("edition", source.edition.as_deref().into()),
        ("digest", source.digest.as_str().into()),
    ])
}

fn error(spec: &Spec, error: &ErrorDef) -> Value {
    let (status, class) = status(error.http_status);
    object([
        ("name", error.name.as_str().into()),
        ("aliases", aliases(&error.aliases)),
        ("key", error.key().into()),
        ("code", error.code.into()),
        ("http_status", status),
        ("http_status_class", class),
        ("error", error.error.as_deref().into()),
        ("message", error.message.as_ref().map(|message| parts(message.parts())).into()),
        ("holes", error.message.iter().flat_map(|message| message.holes()).collect()),
        ("group", error.group.as_str().into()),
        ("retry", error.retry.map(retry).into()),
        ("summary", texts(spec, &error.summary)),
        ("cases", error.cases.iter().map(|one| case(spec, one)).collect()),
    ])
}

/// Former names, where there are any.
fn aliases(names: &[VariantName]) -> Value {
    let names: Vec<_> = names.iter().map(|name| name.as_str()).collect();
    if names.is_empty() { Value::Null } else { names.into() }
}

/// The status or its class.
pub(super) fn status(status: Option<HttpStatus>) -> (Value, Value) {
    match status {
        Some(HttpStatus::Exact(status)) => (status.into(), Value::Null),
        Some(class) => (Value::Null, class.to_string().into()),
        None => (Value::Null, Value::Null),
    }
}

/// The message in pieces, as `im-errors explain` gives it.
fn parts(parts: &[Part]) -> Value {
    let part = |part: &Part| match part {
        Part::Literal(text) => json!({ "text": text }),
        Part::Hole(name) => json!({ "hole": name }),
    };
    parts.iter().map(part).collect()
}

fn retry(retry: Retry) -> Value {
    json!({ "advice": retry.advice.as_str(), "by": origin(retry) })
}

/// Whose advice it is, in a word.
pub(super) fn origin(retry: Retry) -> &'static str {
    match retry.by {
        Origin::Vendor => "vendor",
        Origin::Ours => "ours",
    }
}

fn case(spec: &Spec, case: &Case) -> Value {
    object([
        ("file", case.at.file.as_str().into()),
        ("line", case.at.line.into()),
        ("also", if case.also.is_empty() { Value::Null } else { case.also.iter().map(place).collect() }),
        ("message", case.message.as_deref().into()),
        ("cause", texts(spec, &case.cause)),
        ("remedy", texts(spec, &case.remedy)),
    ])
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line })
}

fn texts(spec: &Spec, texts: &Localized) -> Value {
    let text = |(locale, text): (&Locale, &im_errors_spec::Text)| {
        let state = if text.stale { "stale" } else { "current" };
        let value = object([
            ("state", state.into()),
            ("vendor", text.vendor.then_some(true).into()),
            ("text", absolute(&text.text, page_of(spec, text, locale)).into()),
            ("plain", plain_text(&text.text).into()),
            ("was", text.was.as_ref().map(|was| absolute(was, page_of(spec, text, locale))).into()),
        ]);
        (locale.to_string(), value)
    };
    texts.0.iter().map(text).collect::<Map<_, _>>().into()
}

fn removed(removed: &Removed) -> Value {
    object([
        ("name", removed.name.as_str().into()),
        ("aliases", aliases(&removed.aliases)),
        ("key", removed.key.as_str().into()),
        ("group", removed.group.as_str().into()),
        ("edition", removed.edition.as_deref().into()),
    ])
}

/// A title in `locale`, else in the catalog's language.
pub(super) fn title<'a>(titles: &'a Localized, spec: &Spec, locale: &Locale) -> &'a str {
    let title = titles.get(locale).or_else(|| titles.get(&spec.locale)).or_else(|| titles.0.values().next());
    title.map_or("", |title| title.text.as_str())
}

/// A text in `locale` if that is up to date, else in the language of the page, or in another that the
/// vendor gives it in; and its state.
pub(super) fn said<'a>(
    texts: &'a Localized,
    spec: &Spec,
    locale: &Locale,
) -> Option<(&'a str, &'static str)> {
    let source = vendors_text(spec, texts).map(|(_, text)| text.text.as_str());
    match (texts.get(locale), source) {
        (Some(text), Some(source)) if text.stale => Some((source, "stale")),
        (Some(text), _) => Some((text.text.as_str(), "current")),
        (None, Some(source)) => Some((source, "missing")),
        (None, None) => None,
    }
}

/// As text of many lines. What would be obeyed rather than shown, by terminals, by editors or by a
/// page that the text is pasted into, is written as an escape.
pub(super) fn print(value: &Value) -> String {
    // Keys are strings, which is all that could fail.
    escaped(&serde_json::to_string_pretty(value).unwrap_or_default()) + "\n"
}

/// JSON whose strings hold nothing that is obeyed.
pub(super) fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + 1);
    let mut plain = 0;
    for (at, c) in json.char_indices() {
        let ends_script = c == '<' && json[at + 1..].starts_with(['/', '!']);
        // Line ends of its own stand between strings, never in them.
        if ends_script || (is_hidden(c) && c != '\n') {
            text.push_str(&json[plain..at]);
            text.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
            plain = at + c.len_utf8();
        }
    }
    text.push_str(&json[plain..]);
    text
}
