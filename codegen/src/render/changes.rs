//! What templates see of the editions that a spec records.

use std::collections::HashMap;

use im_errors_spec::{
    Changed, EditionRecord, ErrorDef, Fact, History, Locale, Pattern, Removed, Renamed, Spec, VariantName,
};
use minijinja::value::Value;

use super::fields::Fields;
use super::view::{self, Page};
use super::{Catalog, MARK};

/// The path of the page of changes beside that of the catalog.
pub(crate) fn file(id: &str) -> String {
    format!("{id}.changes.md")
}

/// The page of what changed in one catalog, whose own page is at `page`.
pub(crate) fn page(
    catalog: &Catalog<'_>,
    locale: &Locale,
    languages: Value,
    index: &str,
    page: &str,
) -> Fields {
    let spec = catalog.spec;
    Fields::from([
        ("generated", format!("{MARK} {} -->", spec.catalog).into()),
        ("locale", locale.as_str().into()),
        ("locales", languages),
        ("index", index.into()),
        ("page", page.into()),
        ("id", spec.catalog.as_str().into()),
        ("title", view::plain(&spec.title, spec, locale).into()),
        ("editions", editions(catalog, locale, &anchor_on(page))),
    ])
}

/// Where a page has its errors.
pub(super) fn anchor_on(page: &str) -> impl Fn(&VariantName) -> String {
    move |name| format!("{page}#{}", name.to_kebab())
}

/// The editions, the newest first, with links to errors by the names that they have now.
pub(crate) fn editions(
    catalog: &Catalog<'_>,
    locale: &Locale,
    href: &dyn Fn(&VariantName) -> String,
) -> Value {
    let spec = catalog.spec;
    let errors = spec.errors.iter().map(|error| (&error.name, error)).collect();
    let removed = spec.removed.iter().map(|removed| (&removed.name, removed)).collect();
    let view = Page { catalog, spec, locale };
    let view = Editions { view, spec, history: spec.history(), href, errors, removed };
    view::list((0..spec.editions.len()).rev().map(|index| view.edition(index)))
}

struct Editions<'a> {
    view: Page<'a>,
    spec: &'a Spec,
    history: History<'a>,
    href: &'a dyn Fn(&VariantName) -> String,
    errors: HashMap<&'a VariantName, &'a ErrorDef>,
    removed: HashMap<&'a VariantName, &'a Removed>,
}

impl<'a> Editions<'a> {
    fn edition(&self, index: usize) -> Value {
        let record: &EditionRecord = &self.spec.editions[index];
        let names = |names: &'a [VariantName]| view::list(names.iter().map(|name| self.error(index, name)));
        view::object([
            ("date", record.date.to_string().into()),
            ("name", view::option(record.name.as_deref())),
            ("first", (index == 0).into()),
            ("added", names(&record.added)),
            ("removed", names(&record.removed)),
            ("renamed", view::list(record.renamed.iter().map(|renamed| self.renamed(index, renamed)))),
            ("changed", view::list(record.changed.iter().map(|changed| self.changed(index, changed)))),
        ])
    }

    /// An error under the name that it had in the edition, with what is known of it now.
    fn error(&self, index: usize, name: &'a VariantName) -> Value {
        let now = self.history.name_now(index, name);
        let there = self.errors.get(now);
        let href = || (self.href)(now);
        let key = there.map(|error| error.key()).or_else(|| Some(self.removed.get(now)?.key.clone()));
        view::object([
            ("name", name.as_str().into()),
            ("href", view::option(key.is_some().then(href))),
            ("key", view::option(key)),
            ("meaning", there.map_or(Value::from(()), |error| self.view.text(view::meaning(error)))),
        ])
    }

    fn renamed(&self, index: usize, renamed: &'a Renamed) -> Value {
        view::object([("from", renamed.from.as_str().into()), ("error", self.error(index, &renamed.to))])
    }

    fn changed(&self, index: usize, changed: &'a Changed) -> Value {
        let fact = |fact: &Fact| {
            let is = || self.history.said(index, &changed.name, *fact);
            view::object([
                ("fact", fact.as_str().into()),
                ("label", view::option(label(*fact))),
                ("was", view::option(changed.was.get(fact).map(|was| shown(*fact, was)))),
                ("is", view::option(is().map(|is| shown(*fact, &is)))),
            ])
        };
        view::object([
            ("error", self.error(index, &changed.name)),
            ("facts", view::list(changed.facts.iter().map(fact))),
        ])
    }
}

/// The key of what a fact that servers send is called; others are told without their texts.
fn label(fact: Fact) -> Option<&'static str> {
    match fact {
        Fact::Code => Some("code"),
        Fact::HttpStatus => Some("status"),
        Fact::Error => Some("error_type"),
        Fact::Message => Some("message"),
        _ => None,
    }
}

/// A fact as readers see it.
fn shown(fact: Fact, text: &str) -> String {
    let pattern = Some(text).filter(|_| fact == Fact::Message).and_then(|text| Pattern::parse(text).ok());
    pattern.map_or_else(|| text.to_owned(), |pattern| view::message_text(&pattern))
}
