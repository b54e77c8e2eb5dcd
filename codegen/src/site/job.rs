//! What the site is made of, in an order that depends on nothing but the specs.

use std::mem::discriminant;

use im_errors_spec::Spec;

use super::Site;
use super::paths::{At, Paths, Subject};

/// One page with what lies beside it, or files that belong together. Numbers are those of locales
/// and specs in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Job {
    /// Files taken as they are.
    Assets,
    /// The page that lets the reader choose a language.
    Choose,
    /// The text for language models.
    Llms,
    /// The catalogs as data.
    Data,
    /// The addresses of all pages.
    Sitemap,
    /// What the search looks in, in a language.
    Search(usize),
    /// All errors in a language.
    Home(usize),
    /// All errors by code.
    ByCode(usize),
    /// All errors by name.
    ByName(usize),
    /// A catalog.
    Catalog(usize, usize),
    /// What changed in a catalog.
    Changes(usize, usize),
    /// A folder below a catalog's.
    Folder(usize, usize, String, At),
}

impl Job {
    /// The same for jobs that use the same templates in the same language.
    pub(super) fn kind(&self) -> impl PartialEq + use<> {
        let (locale, at) = match self {
            Self::Search(locale) | Self::Home(locale) | Self::ByCode(locale) | Self::ByName(locale) => {
                (Some(*locale), None)
            }
            Self::Catalog(locale, _) | Self::Changes(locale, _) => (Some(*locale), None),
            Self::Folder(locale, _, _, at) => (Some(*locale), Some(at)),
            Self::Assets | Self::Choose | Self::Llms | Self::Data | Self::Sitemap => (None, None),
        };
        let is_removed = matches!(at, Some(At::Page(Subject::Removed(_))));
        (discriminant(self), locale, at.map(discriminant), is_removed)
    }
}

/// The job that makes the file at a path, if there is such a file.
pub(super) fn of_file(site: &Site<'_>, path: &str) -> Option<Job> {
    let locale = |tag: &str| site.locales.iter().position(|locale| locale.as_str() == tag);
    let spec = |folder: &str| site.paths.iter().position(|paths| paths.catalog == folder);
    let parts: Vec<_> = path.split('/').collect();
    Some(match parts.as_slice() {
        ["assets", ..] => Job::Assets,
        ["index.html"] => Job::Choose,
        ["llms.txt"] => Job::Llms,
        ["data", ..] => Job::Data,
        [_] => Job::Sitemap,
        [tag, "search.json"] => Job::Search(locale(tag)?),
        [tag, "by-code.html"] => Job::ByCode(locale(tag)?),
        [tag, "by-name.html"] => Job::ByName(locale(tag)?),
        [tag, _] => Job::Home(locale(tag)?),
        [tag, catalog, "changes.html" | "changes.md" | "feed.xml"] => {
            let s = spec(catalog).filter(|s| !site.specs[*s].editions.is_empty())?;
            Job::Changes(locale(tag)?, s)
        }
        [tag, catalog, _] => Job::Catalog(locale(tag)?, spec(catalog)?),
        [tag, catalog, folder, _] => {
            let s = spec(catalog)?;
            let at = site.paths[s].folders.get(*folder)?;
            Job::Folder(locale(tag)?, s, (*folder).to_owned(), at.clone())
        }
        _ => return None,
    })
}

pub(super) fn all(specs: &[Spec], paths: &[Paths], locales: usize) -> Vec<Job> {
    let mut jobs = vec![Job::Assets, Job::Choose, Job::Llms, Job::Data, Job::Sitemap];
    for locale in 0..locales {
        jobs.extend([Job::Search(locale), Job::Home(locale), Job::ByCode(locale), Job::ByName(locale)]);
        for (spec, paths) in paths.iter().enumerate() {
            jobs.push(Job::Catalog(locale, spec));
            if !specs[spec].editions.is_empty() {
                jobs.push(Job::Changes(locale, spec));
            }
            let folders = paths.folders.iter();
            jobs.extend(folders.map(|(folder, at)| Job::Folder(locale, spec, folder.clone(), at.clone())));
        }
    }
    jobs
}
