//! What the site's templates see: [`render`](crate::render)'s values of a spec, with addresses.

use std::collections::BTreeSet;

use im_errors_spec::{Case, ErrorDef, Locale, Localized, Part, Place, Spec};
use minijinja::value::Value;

use super::Site;
use super::html::is_address;
use super::paths::{self, Subject};
use super::related::Id;
use crate::enumerate::arm;
use crate::render::Catalog;
use crate::render::values::{self, Fields, list, object, option, plain};

impl Site<'_> {
    /// What every page has: where it is, in which languages, and what it needs.
    ///
    /// `path` is that below the locale's folder, the same in every language; `real` are the
    /// locales in which the page says something of its own.
    pub(super) fn frame(&self, locale: usize, path: &str, real: &[usize]) -> Fields {
        let here = &self.locales[locale];
        let root = root(&format!("{here}/{path}"));
        let at = |locale: &Locale| format!("{root}{locale}/{path}");
        let public = |locale: usize| {
            self.public(&format!("{}/{path}", self.locales[locale]), &format!("{here}/{path}"))
        };
        let alternates: Vec<_> =
            if real.len() > 1 && real.contains(&locale) { real.to_vec() } else { Vec::new() };
        let alternate = |&locale: &usize| {
            object([("locale", self.locales[locale].as_str().into()), ("href", public(locale).into())])
        };
        let canonical = if real.contains(&locale) { locale } else { *real.first().unwrap_or(&locale) };
        Fields::from([
            ("root", root.as_str().into()),
            ("locale", here.as_str().into()),
            ("home", format!("{root}{here}/").into()),
            ("languages", values::languages(&self.locales, here, at)),
            ("alternates", list(alternates.iter().map(alternate))),
            ("canonical", public(canonical).into()),
            ("x_default", Value::from(())),
            ("scripts", self.scripts.clone()),
            ("styles", self.styles.clone()),
            ("markdown", Value::from(())),
            ("feed", Value::from(())),
        ])
    }

    /// The row of an error in an overview; its page is at `prefix` and the rest of its path.
    pub(super) fn row(&self, locale: usize, (s, e): Id, prefix: &str) -> Value {
        let spec = &self.specs[s];
        let error = &spec.errors[e];
        object([
            ("name", error.name.as_str().into()),
            ("code", option(error.code)),
            ("status", option(error.http_status.map(|status| status.to_string()))),
            ("error", option(error.error.as_deref())),
            ("retry", option(error.retry.map(|retry| retry.advice.as_str()))),
            ("meaning", self.error_value(locale, (s, e)).get_attr("meaning").unwrap_or_default()),
            ("group", error.group.as_str().into()),
            ("catalog", spec.catalog.as_str().into()),
            ("catalog_title", plain(&spec.title, spec, &self.locales[locale]).into()),
            ("href", format!("{prefix}{}/", self.paths[s].folder(Subject::Error(e))).into()),
            ("anchor", error.name.to_kebab().into()),
        ])
    }

    /// An error that another page leads to.
    pub(super) fn link(&self, locale: usize, (s, e): Id, prefix: &str) -> Value {
        let spec = &self.specs[s];
        let error = &spec.errors[e];
        object([
            ("name", error.name.as_str().into()),
            ("code", option(error.code)),
            ("catalog", spec.catalog.as_str().into()),
            ("catalog_title", plain(&spec.title, spec, &self.locales[locale]).into()),
            ("href", format!("{prefix}{}/", self.paths[s].folder(Subject::Error(e))).into()),
        ])
    }

    /// A table of errors, with what columns it needs.
    pub(super) fn table(
        &self,
        locale: usize,
        ids: &[Id],
        has_catalog: bool,
        prefix: impl Fn(usize) -> String,
    ) -> Value {
        let any = |has: fn(&ErrorDef) -> bool| -> Value {
            ids.iter().any(|&(s, e)| has(&self.specs[s].errors[e])).into()
        };
        object([
            ("has_code", any(|error| error.code.is_some())),
            ("has_status", any(|error| error.http_status.is_some())),
            ("has_error", any(|error| error.error.is_some())),
            ("has_catalog", has_catalog.into()),
            ("errors", list(ids.iter().map(|&id| self.row(locale, id, &prefix(id.0))))),
        ])
    }

    /// What the errors of a table can be chosen by: what not all of them have in common.
    pub(super) fn filters(&self, locale: usize, ids: &[Id]) -> Value {
        let here = &self.locales[locale];
        let text = |value: &str, text: &str| {
            object([("value", value.into()), ("text", text.into()), ("key", Value::from(()))])
        };
        let mut catalogs: Vec<usize> = ids.iter().map(|id| id.0).collect();
        catalogs.dedup();
        let groups = catalogs.first().filter(|_| catalogs.len() == 1).map(|s| &self.specs[*s]);
        let group_items = groups.iter().flat_map(|spec| {
            spec.groups.iter().map(|group| text(&group.id, plain(&group.title, spec, here)))
        });
        let catalog_items = catalogs.iter().map(|s| {
            let spec = &self.specs[*s];
            text(&spec.catalog, plain(&spec.title, spec, here))
        });
        let errors = || ids.iter().map(|&(s, e)| &self.specs[s].errors[e]);
        let statuses: BTreeSet<_> =
            errors().filter_map(|error| error.http_status).map(|status| status.to_string()).collect();
        let advice: BTreeSet<_> =
            errors().filter_map(|error| error.retry).map(|retry| retry.advice.as_str()).collect();
        let all: [(&str, Vec<Value>); 4] = [
            ("catalog", catalog_items.collect()),
            ("group", group_items.collect()),
            ("status", statuses.iter().map(|status| text(status, status)).collect()),
            (
                "retry",
                advice
                    .iter()
                    .map(|advice| {
                        object([
                            ("value", (*advice).into()),
                            ("text", Value::from(())),
                            ("key", format!("retry_{advice}").into()),
                        ])
                    })
                    .collect(),
            ),
        ];
        // With one choice there is nothing to choose.
        let filters = all.into_iter().filter(|(_, options)| options.len() > 1);
        list(filters.map(|(name, options)| {
            object([("name", name.into()), ("label", name.into()), ("options", options.into())])
        }))
    }

    /// A catalog in an overview.
    pub(super) fn catalog_item(&self, locale: usize, s: usize, prefix: &str) -> Value {
        let spec = &self.specs[s];
        object([
            ("id", spec.catalog.as_str().into()),
            ("title", plain(&spec.title, spec, &self.locales[locale]).into()),
            ("vendor", plain(&spec.vendor, spec, &self.locales[locale]).into()),
            ("errors", spec.errors.len().into()),
            ("href", format!("{prefix}{}/", self.paths[s].catalog).into()),
        ])
    }

    /// The catalog and group that an error's page belongs to.
    pub(super) fn place_of(
        &self,
        locale: usize,
        s: usize,
        group: &str,
        prefix: &str,
    ) -> [(&'static str, Value); 2] {
        let spec = &self.specs[s];
        let title = self.groups[s].get(group);
        let title = title.map_or("", |group| plain(&group.title, spec, &self.locales[locale]));
        [
            ("catalog", self.catalog_item(locale, s, prefix)),
            ("group", object([("id", group.into()), ("title", title.into())])),
        ]
    }

    /// An error as its own page has it and that of its catalog.
    pub(super) fn error_value(&self, locale: usize, (s, e): Id) -> Value {
        let spec = &self.specs[s];
        let catalog = Catalog { spec, folder: None };
        let value = || values::error(&catalog, &self.locales[locale], &spec.errors[e]);
        self.errors[locale][s][e].get_or_init(value).clone()
    }

    /// An error whose page is two folders below the locale's.
    pub(super) fn error_fields(&self, locale: usize, (s, e): Id) -> Fields {
        let spec = &self.specs[s];
        let error = &spec.errors[e];
        let neighbour = |e: Option<usize>| {
            let e = e.filter(|e| *e < spec.errors.len());
            option(e.map(|e| self.link(locale, (s, e), "../")))
        };
        let related = self.related.to(self.specs, (s, e)).into_iter().map(|(same, ids, count)| {
            let link = |(s, e): Id| self.link(locale, (s, e), &format!("../../{}/", self.paths[s].catalog));
            object([
                ("same", same.key().into()),
                ("more", (count - ids.len()).into()),
                ("errors", list(ids.into_iter().map(link))),
            ])
        });
        let mut fields = Fields::from(self.place_of(locale, s, &error.group, "../../"));
        fields.extend([
            ("error", self.error_value(locale, (s, e))),
            ("key", error.key().into()),
            ("parts", option(error.message.as_ref().map(|message| parts(message.parts())))),
            ("message", option(error.message.as_ref().map(ToString::to_string))),
            ("places", list(error.cases.iter().flat_map(|case| places(spec, case)))),
            ("related", list(related)),
            ("previous", neighbour(e.checked_sub(1))),
            ("next", neighbour(Some(e + 1))),
            ("arm", arm(spec, error).into()),
            ("since", self.since(s, error)),
        ]);
        fields
    }

    /// The edition that an error came with, as far as the spec remembers.
    fn since(&self, s: usize, error: &ErrorDef) -> Value {
        let spec = &self.specs[s];
        let index = self.since[s].get(error.name.as_str()).copied().unwrap_or(0);
        option(spec.editions.get(index).map(|record| {
            object([
                ("date", record.date.to_string().into()),
                ("name", option(record.name.as_deref())),
                // What was there when the record began may be older.
                ("first", (index == 0).into()),
            ])
        }))
    }

    /// The locales in which something is really said, of all that has texts.
    pub(super) fn real<'t>(&self, texts: impl Iterator<Item = &'t Localized>, own: &Locale) -> Vec<usize> {
        let texts: Vec<_> = texts.filter(|texts| !texts.is_empty()).collect();
        let says = |locale: &Locale| {
            texts.is_empty() || texts.iter().any(|texts| texts.get(locale).is_some_and(|text| !text.stale))
        };
        let mut real: Vec<_> = (0..self.locales.len()).filter(|i| says(&self.locales[*i])).collect();
        // The vendor's own language comes first, for those that have no text of theirs.
        real.sort_by_key(|i| self.locales[*i] != *own);
        real
    }
}

/// Every text of an error.
pub(super) fn texts(error: &ErrorDef) -> impl Iterator<Item = &Localized> {
    let cases = error.cases.iter().flat_map(|case| [&case.cause, &case.remedy]);
    std::iter::once(&error.summary).chain(cases)
}

/// The way from a page to the root of the site.
pub(super) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

fn parts(parts: &[Part]) -> Value {
    list(parts.iter().map(|part| match part {
        Part::Literal(text) => object([("text", text.as_str().into()), ("hole", Value::from(()))]),
        Part::Hole(name) => object([("text", Value::from(())), ("hole", name.as_str().into())]),
    }))
}

/// Where a row stands, in every language that the vendor says it in.
fn places<'a>(spec: &'a Spec, case: &'a Case) -> impl Iterator<Item = Value> + 'a {
    let place = move |place: &Place| {
        let source = spec.sources.iter().find(|source| source.file == place.file);
        let url = source.and_then(|source| source.url.as_deref()).filter(|url| is_address(url));
        object([
            ("file", place.file.as_str().into()),
            ("line", place.line.into()),
            ("url", option(url)),
            ("edition", option(source.and_then(|source| source.edition.as_deref()))),
            ("locale", source.map_or(&spec.locale, |source| &source.locale).as_str().into()),
        ])
    };
    std::iter::once(&case.at).chain(&case.also).map(place)
}

/// What a code that several errors share leads to.
pub(super) fn shared(site: &Site<'_>, s: usize, subjects: &[Subject]) -> Value {
    let spec = &site.specs[s];
    list(subjects.iter().map(|subject| {
        let href = format!("../{}/", site.paths[s].folder(*subject));
        object([("name", paths::name(spec, *subject).as_str().into()), ("href", href.into())])
    }))
}
