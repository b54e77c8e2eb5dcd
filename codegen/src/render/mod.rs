//! Specs → documentation.
//!
//! Pages are a pure function of specs, templates and the strings of a locale: templates hold no
//! prose, only keys. It knows nothing of how a spec came about.

mod changes;
mod feed;
mod fields;
mod links;
mod say;
mod templates;
mod terminal;
mod ui;
mod view;

use std::collections::BTreeSet;

use im_errors_spec::{Locale, Spec};

use crate::diagnostic::Finding;
use crate::parallel;

pub use feed::{Places, feed};
pub(crate) use links::absolute;
pub(crate) use templates::BuiltIn;
pub use templates::{BUILT_IN, Templates};
pub(crate) use terminal::{facts, is_hidden, label, removed_facts, terminal};
pub(crate) use ui::Strings;
pub(crate) use view::{meaning, page_of, vendors_text};
/// The values that templates see.
pub(crate) mod values {
    pub(crate) use super::changes::{editions, page as changes};
    pub(crate) use super::fields::Fields;
    pub(crate) use super::view::{
        Hrefs, catalog, error, errors, index, languages, list, object, option, plain, removed,
    };
}

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Path below the output folder, with forward slashes.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A spec and where its catalog lies.
#[derive(Debug, Clone, Copy)]
pub struct Catalog<'a> {
    /// The spec.
    pub spec: &'a Spec,
    /// From a page's folder to the catalog's folder, ending in a slash; `None` where there is no
    /// such way, and no links lead there.
    pub folder: Option<&'a str>,
}

/// The name of the index in each locale's folder: code hosts show it by itself.
const INDEX: &str = "README.md";

/// The name of a catalog's page.
fn page_file(id: &str) -> String {
    format!("{id}.md")
}

/// How the first line of every generated page starts.
pub const MARK: &str = "<!-- Generated from spec.toml; do not edit. To regenerate: im-errors build";

/// Renders the Markdown documentation: per locale an index of all `catalogs`, and for each of them
/// whose id is `selected` a page and one of what changed.
///
/// # Errors
/// Where a template does not work: at its place, if it is not one of the built-in ones.
pub fn docs(
    catalogs: &[Catalog<'_>],
    selected: impl Fn(&str) -> bool + Sync,
    templates: &Templates,
) -> Result<Vec<Page>, Box<Finding>> {
    let locales = locales(catalogs.iter().map(|catalog| catalog.spec));
    let pages_in = |locale: &Locale| -> Result<Vec<Page>, Box<Finding>> {
        let mut pages = Vec::new();
        let strings = ui::Strings::of(locale);
        let environment = templates.environment(&strings)?;
        let languages =
            |file: &str| view::languages(&locales, locale, |locale| format!("../{locale}/{file}"));
        let index = view::index(catalogs, locale, languages(INDEX), |spec| view::Hrefs {
            page: page_file(&spec.catalog),
            changes: Some(changes::file(&spec.catalog)),
        });
        pages.push(Page {
            path: format!("{locale}/{INDEX}"),
            text: templates.render(&environment, "index.md", index.into())?,
        });
        for catalog in catalogs.iter().filter(|catalog| selected(&catalog.spec.catalog)) {
            let file = page_file(&catalog.spec.catalog);
            let changes = changes::file(&catalog.spec.catalog);
            let errors = view::errors(catalog, locale);
            let page = view::catalog(catalog, &errors, locale, languages(&file), INDEX, Some(&changes));
            pages.push(Page {
                path: format!("{locale}/{file}"),
                text: templates.render(&environment, "catalog.md", page.into())?,
            });
            let page = changes::page(catalog, locale, languages(&changes), INDEX, &file);
            pages.push(Page {
                path: format!("{locale}/{changes}"),
                text: templates.render(&environment, "changes.md", page.into())?,
            });
        }
        Ok(pages)
    };
    let pages: Result<Vec<_>, _> = parallel::map(&locales, pages_in).into_iter().collect();
    Ok(pages?.into_iter().flatten().collect())
}

/// Every language that a catalog's title is in.
pub(crate) fn locales<'s>(specs: impl Iterator<Item = &'s Spec>) -> Vec<Locale> {
    let locales: BTreeSet<_> = specs.flat_map(|spec| spec.title.0.keys()).collect();
    locales.into_iter().cloned().collect()
}
