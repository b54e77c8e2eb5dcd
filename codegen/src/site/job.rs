//! What the site is made of, in an order that depends on nothing but the specs.

use std::mem::discriminant;

use im_errors_spec::Spec;

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
    /// One catalog as data.
    CatalogData(usize),
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
            Self::Assets | Self::Choose | Self::Llms | Self::Data | Self::CatalogData(_) | Self::Sitemap => {
                (None, None)
            }
        };
        let is_removed = matches!(at, Some(At::Page(Subject::Removed(_))));
        (discriminant(self), locale, at.map(discriminant), is_removed)
    }
}

pub(super) fn all(specs: &[Spec], paths: &[Paths], locales: usize) -> Vec<Job> {
    let mut jobs = vec![Job::Assets, Job::Choose, Job::Llms, Job::Data, Job::Sitemap];
    jobs.extend((0..specs.len()).map(Job::CatalogData));
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
