//! What the site is made of, in an order that depends on nothing but the specs.

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
    /// A folder below a catalog's.
    Folder(usize, usize, String, At),
}

impl Job {
    /// The same for jobs that use the same templates in the same language.
    pub(super) fn kind(&self) -> (u8, usize) {
        match self {
            Self::Assets => (0, 0),
            Self::Choose => (1, 0),
            Self::Llms => (2, 0),
            Self::Data => (3, 0),
            Self::CatalogData(_) => (4, 0),
            Self::Sitemap => (5, 0),
            Self::Search(locale) => (6, *locale),
            Self::Home(locale) => (7, *locale),
            Self::ByCode(locale) => (8, *locale),
            Self::ByName(locale) => (9, *locale),
            Self::Catalog(locale, _) => (10, *locale),
            Self::Folder(locale, _, _, At::Page(Subject::Error(_))) => (11, *locale),
            Self::Folder(locale, _, _, At::Page(Subject::Removed(_))) => (12, *locale),
            Self::Folder(locale, _, _, At::Redirect(_)) => (13, *locale),
            Self::Folder(locale, _, _, At::Shared(..)) => (14, *locale),
        }
    }
}

pub(super) fn all(specs: &[Spec], paths: &[Paths], locales: usize) -> Vec<Job> {
    let mut jobs = vec![Job::Assets, Job::Choose, Job::Llms, Job::Data, Job::Sitemap];
    jobs.extend((0..specs.len()).map(Job::CatalogData));
    for locale in 0..locales {
        jobs.extend([Job::Search(locale), Job::Home(locale), Job::ByCode(locale), Job::ByName(locale)]);
        for (spec, paths) in paths.iter().enumerate() {
            jobs.push(Job::Catalog(locale, spec));
            let folders = paths.folders.iter();
            jobs.extend(folders.map(|(folder, at)| Job::Folder(locale, spec, folder.clone(), at.clone())));
        }
    }
    jobs
}
