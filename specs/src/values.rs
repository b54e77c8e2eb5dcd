//! The readers of single values, shared by the spec and the tool's own TOML files.

use crate::tree::{self, At, Problems, Table};
use crate::{
    Advice, Date, Fact, HttpStatus, Locale, Localized, Origin, Pattern, Place, Retry, Text, VariantName,
    message,
};

/// Reads a text per locale: a string, or `{ text = "…", stale = true, was = "…" }`, or with
/// `vendor = true`; what is wrong goes to `problems`.
pub fn localized(table: &Table<'_, '_>, problems: &Problems) -> Localized {
    let mut texts = Localized::default();
    for entry in table.entries() {
        let key = At { value: entry.key(), span: entry.key_span() };
        let text = if entry.is_str() {
            entry.str().map(|at| Text { text: at.value.to_owned(), stale: false, vendor: false, was: None })
        } else {
            entry.table().and_then(|table| {
                let text = table.required_str("text");
                let stale = table.bool("stale").is_some_and(|stale| stale.value);
                let vendor = table.bool("vendor");
                if let Some(vendor) = vendor.as_ref().filter(|vendor| stale && vendor.value) {
                    let message =
                        message!("the vendor's own text translates nothing that could have changed");
                    let help = message!("leave out `stale`, or `vendor`");
                    problems.push("stale-vendor-text", vendor.span.clone(), message, help);
                }
                let was = if stale { table.str("was").map(|was| was.value.to_owned()) } else { None };
                table.finish();
                let vendor = vendor.is_some_and(|vendor| vendor.value);
                Some(Text { text: text?.value.to_owned(), stale, vendor, was })
            })
        };
        if let (Some(locale), Some(text)) = (locale(&key, problems), text) {
            texts.0.insert(locale, text);
        }
    }
    texts
}

/// Reads a locale; what is wrong goes to `problems`.
pub fn locale(at: &At<&str>, problems: &Problems) -> Option<Locale> {
    let locale = Locale::new(at.value);
    if locale.is_none() {
        let message = message!("`{tag}` is no language tag", tag = at.value);
        problems.push(
            "bad-locale",
            at.span.clone(),
            message,
            message!("write one such as `zh`, `en` or `pt-BR`"),
        );
    }
    locale
}

/// Reads a variant name; what is wrong goes to `problems`.
pub fn name(at: &At<&str>, problems: &Problems) -> Option<VariantName> {
    VariantName::new(at.value)
        .map_err(|error| {
            let help = message!("write an UpperCamelCase Rust identifier, such as `UserNotFound`");
            problems.push("bad-name", at.span.clone(), error.message(), help);
        })
        .ok()
}

/// Reads a list of variant names; what is wrong goes to `problems`.
pub fn names(table: &Table<'_, '_>, key: &'static str, problems: &Problems) -> Vec<VariantName> {
    table.array(key).iter().filter_map(|entry| name(&entry.str()?, problems)).collect()
}

/// Reads a message pattern; what is wrong goes to `problems`.
pub fn pattern(at: &At<&str>, problems: &Problems) -> Option<Pattern> {
    Pattern::parse(at.value)
        .map_err(|error| {
            let help = message!("write the server's message with holes such as `{{username}}`");
            problems.push("bad-pattern", at.span.clone(), error.message(), help);
        })
        .ok()
}

/// Reads an HTTP status or class; what is wrong goes to `problems`.
pub fn http_status(at: &At<&str>, problems: &Problems) -> Option<HttpStatus> {
    let status = HttpStatus::parse(at.value);
    if status.is_none() {
        let message = message!("`{status}` is no HTTP status", status = at.value);
        problems.push(
            "bad-status",
            at.span.clone(),
            message,
            message!("write one such as \"404\" or \"4xx\""),
        );
    }
    status
}

/// Reads `FILE:LINE`; what is wrong goes to `problems`.
pub fn place(at: &At<&str>, problems: &Problems) -> Option<Place> {
    let place = Place::parse(at.value);
    if place.is_none() {
        let message = message!("`{place}` is no place", place = at.value);
        problems.push("bad-place", at.span.clone(), message, message!("write FILE:LINE"));
    }
    place
}

/// Reads a day; what is wrong goes to `problems`.
pub fn date(at: &At<&str>, problems: &Problems) -> Option<Date> {
    let date = Date::parse(at.value);
    if date.is_none() {
        let message = message!("`{text}` is no date", text = at.value);
        problems.push("bad-date", at.span.clone(), message, message!("write one such as \"2027-01-31\""));
    }
    date
}

/// Reads what of an error changed; what is wrong goes to `problems`.
pub fn fact(at: &At<&str>, problems: &Problems) -> Option<Fact> {
    let fact = Fact::parse(at.value);
    if fact.is_none() {
        let message = message!("`{word}` is nothing that changes in an error", word = at.value);
        let known = tree::list(&Fact::ALL.map(Fact::as_str));
        problems.push("unknown-change", at.span.clone(), message, message!("known: {known}", known));
    }
    fact
}

/// Reads `retry` and `retry_by`; what is wrong goes to `problems`.
pub fn retry(table: &Table<'_, '_>, problems: &Problems) -> Option<Retry> {
    let advice = table.str("retry");
    let by = table.str("retry_by");
    let by = match by {
        Some(at) if at.value != "vendor" => {
            let message = message!("`{word}` gives no advice here", word = at.value);
            problems.push(
                "bad-retry",
                at.span,
                message,
                message!("write \"vendor\", or leave it out for our own"),
            );
            Origin::Ours
        }
        Some(_) => Origin::Vendor,
        None => Origin::Ours,
    };
    let advice = advice?;
    let found = Advice::parse(advice.value);
    if found.is_none() {
        let known = tree::list(&Advice::ALL.map(Advice::as_str));
        let message = message!("unknown retry advice `{word}`", word = advice.value);
        problems.push("bad-retry", advice.span, message, message!("known: {known}", known));
    }
    Some(Retry { advice: found?, by })
}
