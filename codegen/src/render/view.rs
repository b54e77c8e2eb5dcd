//! What templates see of a spec: plain values, with every text in the page's language or marked.

use im_errors_spec::{
    Case, ErrorDef, Group, Locale, Localized, Origin, Place, Removed, Spec, Text, VariantName,
};
use minijinja::value::Value;

use super::fields::Fields;
use super::{Catalog, MARK, links};

/// A table of named values.
pub(crate) fn object<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    Fields::from(fields).into()
}

pub(crate) fn list(items: impl Iterator<Item = Value>) -> Value {
    items.collect()
}

/// A value, or none.
pub(crate) fn option<T: Into<Value>>(value: Option<T>) -> Value {
    value.map_or_else(|| Value::from(()), Into::into)
}

/// Where the pages of a catalog are, as seen from the index.
pub(crate) struct Hrefs {
    /// Its own.
    pub(crate) page: String,
    /// That of what changed, if there is one.
    pub(crate) changes: Option<String>,
}

/// The index of all catalogs.
pub(crate) fn index(
    catalogs: &[Catalog<'_>],
    locale: &Locale,
    languages: Value,
    hrefs: impl Fn(&Spec) -> Hrefs,
) -> Fields {
    let item = |catalog: &Catalog<'_>| {
        let spec = catalog.spec;
        let hrefs = hrefs(spec);
        object([
            ("id", spec.catalog.as_str().into()),
            ("title", plain(&spec.title, spec, locale).into()),
            ("vendor", plain(&spec.vendor, spec, locale).into()),
            ("href", hrefs.page.into()),
            ("errors", spec.errors.len().into()),
            ("untranslated", untranslated(spec, locale).into()),
            ("changes", option(hrefs.changes)),
            ("changed", option(spec.editions.last().map(|edition| edition.date.to_string()))),
        ])
    };
    Fields::from([
        ("generated", format!("{MARK} -->").into()),
        ("locale", locale.as_str().into()),
        ("locales", languages),
        ("catalogs", list(catalogs.iter().map(item))),
    ])
}

/// The page of one catalog and its [`errors`], with where those of all catalogs and of its changes are.
pub(crate) fn catalog(
    catalog: &Catalog<'_>,
    errors: &[Value],
    locale: &Locale,
    languages: Value,
    index: &str,
    changes: Option<&str>,
) -> Fields {
    let spec = catalog.spec;
    let group = |(group, indexes): (&Group, Vec<usize>)| {
        let errors = indexes.iter().filter_map(|index| Some((spec.errors.get(*index)?, errors.get(*index)?)));
        let (errors, values): (Vec<_>, Vec<_>) = errors.map(|(error, value)| (error, value.clone())).unzip();
        let any = |has: fn(&&ErrorDef) -> bool| Value::from(errors.iter().any(has));
        object([
            ("id", group.id.as_str().into()),
            ("title", plain(&group.title, spec, locale).into()),
            ("has_code", any(|error| error.code.is_some())),
            ("has_status", any(|error| error.http_status.is_some())),
            ("has_error", any(|error| error.error.is_some())),
            ("has_message", any(|error| error.message.is_some())),
            ("errors", values.into()),
        ])
    };
    let source = |source: &im_errors_spec::Source| {
        object([
            ("file", source.file.as_str().into()),
            ("href", option(catalog.folder.map(|folder| links::path(&format!("{folder}{}", source.file))))),
            ("url", option(source.url.as_deref())),
            ("edition", option(source.edition.as_deref())),
            ("locale", source.locale.as_str().into()),
            ("own", (source.locale == spec.locale).into()),
        ])
    };
    Fields::from([
        ("generated", format!("{MARK} {} -->", spec.catalog).into()),
        ("locale", locale.as_str().into()),
        ("source_locale", spec.locale.as_str().into()),
        ("locales", languages),
        ("index", index.into()),
        ("id", spec.catalog.as_str().into()),
        ("title", plain(&spec.title, spec, locale).into()),
        ("vendor", plain(&spec.vendor, spec, locale).into()),
        ("sources", list(spec.sources.iter().map(source))),
        ("groups", list(spec.grouped().into_iter().map(group))),
        ("removed", list(spec.removed.iter().map(removed))),
        ("errors", spec.errors.len().into()),
        ("untranslated", untranslated(spec, locale).into()),
        ("changes", option(changes)),
    ])
}

/// The errors of a catalog as its page has them.
pub(crate) fn errors(catalog: &Catalog<'_>, locale: &Locale) -> Vec<Value> {
    catalog.spec.errors.iter().map(|one| error(catalog, locale, one)).collect()
}

/// One of them.
pub(crate) fn error(catalog: &Catalog<'_>, locale: &Locale, error: &ErrorDef) -> Value {
    Page { catalog, spec: catalog.spec, locale }.error(error)
}

/// An error that the vendor's page had once.
pub(crate) fn removed(removed: &Removed) -> Value {
    object([
        ("name", removed.name.as_str().into()),
        ("anchor", removed.name.to_kebab().into()),
        ("aliases", aliases(&removed.aliases)),
        ("key", removed.key.as_str().into()),
        ("edition", option(removed.edition.as_deref())),
    ])
}

/// Former names, and what they were found at.
fn aliases(names: &[VariantName]) -> Value {
    let item =
        |name: &VariantName| object([("name", name.as_str().into()), ("anchor", name.to_kebab().into())]);
    list(names.iter().map(item))
}

/// The same page in each language.
pub(crate) fn languages(locales: &[Locale], current: &Locale, href: impl Fn(&Locale) -> String) -> Value {
    let item = |locale: &Locale| {
        object([
            ("locale", locale.as_str().into()),
            ("current", (locale == current).into()),
            ("href", href(locale).into()),
        ])
    };
    list(locales.iter().map(item))
}

/// A title in the page's language, else in the catalog's.
pub(crate) fn plain<'a>(texts: &'a Localized, spec: &Spec, locale: &Locale) -> &'a str {
    let text = texts.get(locale).or_else(|| texts.get(&spec.locale)).or_else(|| texts.0.values().next());
    text.map_or("", |text| text.text.as_str())
}

/// How many texts are missing or outdated in `locale`.
fn untranslated(spec: &Spec, locale: &Locale) -> usize {
    let texts = spec.errors.iter().flat_map(|error| {
        let cases = error.cases.iter().flat_map(|case| [&case.cause, &case.remedy]);
        std::iter::once(&error.summary).chain(cases)
    });
    texts.filter(|texts| !texts.is_empty() && texts.get(locale).is_none_or(|text| text.stale)).count()
}

/// What an overview says of an error: its summary, else its first cause.
pub(crate) fn meaning(error: &ErrorDef) -> &Localized {
    let cause = error.cases.first().map(|case| &case.cause);
    cause.filter(|_| error.summary.is_empty()).unwrap_or(&error.summary)
}

pub(super) struct Page<'a> {
    pub(super) catalog: &'a Catalog<'a>,
    pub(super) spec: &'a Spec,
    pub(super) locale: &'a Locale,
}

impl Page<'_> {
    fn error(&self, error: &ErrorDef) -> Value {
        let summary = self.text(&error.summary);
        object([
            ("name", error.name.as_str().into()),
            ("anchor", error.name.to_kebab().into()),
            ("aliases", aliases(&error.aliases)),
            ("code", option(error.code)),
            ("status", option(error.http_status.map(|status| status.to_string()))),
            ("error", option(error.error.as_deref())),
            ("message", option(error.message.as_ref().map(message_text))),
            ("retry", option(error.retry.map(|retry| retry.advice.as_str()))),
            ("retry_by_vendor", error.retry.is_some_and(|retry| retry.by == Origin::Vendor).into()),
            ("summary", summary.clone()),
            ("meaning", if error.summary.is_empty() { self.text(meaning(error)) } else { summary }),
            ("cases", list(error.cases.iter().map(|case| self.case(case)))),
        ])
    }

    fn case(&self, case: &Case) -> Value {
        object([
            ("message", option(case.message.as_deref())),
            ("cause", self.text(&case.cause)),
            ("remedy", self.text(&case.remedy)),
            ("file", case.at.file.as_str().into()),
            ("line", case.at.line.into()),
            ("href", option(self.href(&case.at))),
            ("also", list(case.also.iter().map(|place| self.place(place)))),
        ])
    }

    fn href(&self, place: &Place) -> Option<String> {
        // `plain=1` makes code hosts show the source, in which lines can be pointed at.
        let path = links::path(&format!("{}{}", self.catalog.folder?, place.file));
        Some(format!("{path}?plain=1#L{}", place.line))
    }

    /// A place on a page in another language than the spec's.
    fn place(&self, place: &Place) -> Value {
        let source = self.spec.sources.iter().find(|source| source.file == place.file);
        object([
            ("file", place.file.as_str().into()),
            ("line", place.line.into()),
            ("href", option(self.href(place))),
            ("locale", source.map_or(&self.spec.locale, |source| &source.locale).as_str().into()),
        ])
    }

    /// A text with its state: current; missing or outdated, then shown in the source language, or
    /// in another that the vendor gives it in; or none at all.
    pub(super) fn text(&self, texts: &Localized) -> Value {
        let value = |text: &Text, state: &str, locale: &Locale, old: Option<&Text>| {
            let page = page_of(self.spec, text, locale);
            object([
                ("text", links::absolute(&text.text, page).into()),
                ("state", state.into()),
                ("locale", locale.as_str().into()),
                ("ours", (state == "current" && self.is_ours(text)).into()),
                ("old", option(old.map(|old| links::absolute(&old.text, page)))),
            ])
        };
        match (texts.get(self.locale), vendors_text(self.spec, texts)) {
            (Some(text), Some((own, source))) if text.stale => value(source, "stale", own, Some(text)),
            (Some(text), _) => value(text, "current", self.locale, None),
            (None, Some((own, source))) => value(source, "missing", own, None),
            (None, None) => Value::from(()),
        }
    }

    /// Whether it is our translation, among texts that the vendor gives in this language.
    fn is_ours(&self, text: &Text) -> bool {
        *self.locale != self.spec.locale && !text.vendor && self.spec.source_in(self.locale).is_some()
    }
}

/// The vendor's text: in the spec's language, else in the first other that the vendor gives it in.
pub(crate) fn vendors_text<'t>(spec: &Spec, texts: &'t Localized) -> Option<(&'t Locale, &'t Text)> {
    texts.0.get_key_value(&spec.locale).or_else(|| texts.0.iter().find(|(_, text)| text.vendor))
}

/// The address of the page that a text in `locale` is from, where its relative links start.
pub(crate) fn page_of<'s>(spec: &'s Spec, text: &Text, locale: &Locale) -> Option<&'s str> {
    let source = spec.main_source().filter(|_| !text.vendor).or_else(|| spec.source_in(locale));
    source.and_then(|source| source.url.as_deref())
}

/// A message as readers see it: literal, with holes in braces.
pub(super) fn message_text(message: &im_errors_spec::Pattern) -> String {
    message.as_literal().map_or_else(|| message.to_string(), str::to_owned)
}
