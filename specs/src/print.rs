//! Writes a spec as TOML: one line per fact, so that a change reads well in a diff.

use std::fmt::{self, Write};

use crate::{Case, EditionRecord, ErrorDef, Locale, Localized, Origin, Spec, VariantName};

/// Collects lines; writing to a `String` cannot fail.
struct Lines(String);

impl Lines {
    fn push(&mut self, line: fmt::Arguments<'_>) {
        // `String`'s `Write` never returns an error.
        let _ = self.0.write_fmt(line);
        self.0.push('\n');
    }

    fn str(&mut self, key: &str, value: &str) {
        self.push(format_args!("{key} = {}", quoted(value)));
    }

    fn opt(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.str(key, value);
        }
    }

    /// On one line, nothing where there are none.
    fn names(&mut self, key: &str, names: &[VariantName]) {
        if !names.is_empty() {
            let names: Vec<_> = names.iter().map(|name| quoted(name.as_str())).collect();
            self.push(format_args!("{key} = [{}]", names.join(", ")));
        }
    }

    fn localized(&mut self, key: &str, texts: &Localized) {
        for (locale, text) in &texts.0 {
            let value = quoted(&text.text);
            match (text.stale, text.vendor) {
                (true, _) => {
                    let was =
                        text.was.as_ref().map(|was| format!(", was = {}", quoted(was))).unwrap_or_default();
                    self.push(format_args!("{key}.{locale} = {{ text = {value}, stale = true{was} }}"));
                }
                (_, true) => self.push(format_args!("{key}.{locale} = {{ text = {value}, vendor = true }}")),
                _ => self.push(format_args!("{key}.{locale} = {value}")),
            }
        }
    }

    /// One line per item, as the lists can be as long as the spec.
    fn list(&mut self, key: &str, items: impl ExactSizeIterator<Item = String>) {
        if items.len() == 0 {
            return;
        }
        self.push(format_args!("{key} = ["));
        items.for_each(|item| self.push(format_args!("  {item},")));
        self.push(format_args!("]"));
    }

    fn header(&mut self, name: &str) {
        self.push(format_args!("\n[[{name}]]"));
    }
}

impl Spec {
    /// The spec as TOML, ending in a newline. [`crate::SpecFile::parse`] reads it back.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = Lines(String::new());
        out.push(format_args!("format = {}", crate::FORMAT));
        out.str("catalog", &self.catalog);
        out.str("locale", self.locale.as_str());
        out.localized("title", &self.title);
        out.localized("vendor", &self.vendor);
        for source in &self.sources {
            out.header("source");
            out.str("file", &source.file);
            let locale = Some(&source.locale).filter(|locale| **locale != self.locale);
            out.opt("locale", locale.map(Locale::as_str));
            out.opt("url", source.url.as_deref());
            out.opt("edition", source.edition.as_deref());
            out.str("digest", &source.digest);
        }
        for group in &self.groups {
            out.header("group");
            out.str("id", &group.id);
            out.localized("title", &group.title);
        }
        for error in &self.errors {
            print_error(&mut out, error);
        }
        for removed in &self.removed {
            out.header("removed");
            out.str("name", removed.name.as_str());
            out.names("aliases", &removed.aliases);
            out.str("group", &removed.group);
            out.str("key", &removed.key);
            out.opt("edition", removed.edition.as_deref());
        }
        for edition in &self.editions {
            print_edition(&mut out, edition);
        }
        out.0
    }
}

fn print_error(out: &mut Lines, error: &ErrorDef) {
    out.header("error");
    out.str("name", error.name.as_str());
    out.names("aliases", &error.aliases);
    out.str("group", &error.group);
    if let Some(code) = error.code {
        out.push(format_args!("code = {code}"));
    }
    out.opt("http_status", error.http_status.map(|s| s.to_string()).as_deref());
    out.opt("error", error.error.as_deref());
    out.opt("message", error.message.as_ref().map(ToString::to_string).as_deref());
    if let Some(retry) = error.retry {
        out.str("retry", retry.advice.as_str());
        if retry.by == Origin::Vendor {
            out.str("retry_by", "vendor");
        }
    }
    out.localized("summary", &error.summary);
    for case in &error.cases {
        print_case(out, case);
    }
}

fn print_case(out: &mut Lines, case: &Case) {
    out.header("error.case");
    out.str("at", &case.at.to_string());
    out.list("also", case.also.iter().map(|place| quoted(&place.to_string())));
    out.opt("message", case.message.as_deref());
    out.localized("cause", &case.cause);
    out.localized("remedy", &case.remedy);
}

fn print_edition(out: &mut Lines, edition: &EditionRecord) {
    let name = |name: &VariantName| quoted(name.as_str());
    out.header("edition");
    out.str("date", &edition.date.to_string());
    out.opt("name", edition.name.as_deref());
    let digests: Vec<_> = edition.digests.iter().map(|digest| quoted(digest)).collect();
    out.push(format_args!("digests = [{}]", digests.join(", ")));
    out.list("added", edition.added.iter().map(name));
    out.list("removed", edition.removed.iter().map(name));
    let renamed = edition.renamed.iter();
    out.list(
        "renamed",
        renamed.map(|renamed| format!("{{ from = {}, to = {} }}", name(&renamed.from), name(&renamed.to))),
    );
    for changed in &edition.changed {
        out.header("edition.changed");
        out.str("name", changed.name.as_str());
        let facts: Vec<_> = changed.facts.iter().map(|fact| quoted(fact.as_str())).collect();
        out.push(format_args!("facts = [{}]", facts.join(", ")));
        for (fact, was) in &changed.was {
            out.str(&format!("was.{}", fact.as_str()), was);
        }
    }
}

/// A TOML basic string.
///
/// ```
/// assert_eq!(im_errors_spec::quoted("a \"b\"\n"), r#""a \"b\"\n""#);
/// ```
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
