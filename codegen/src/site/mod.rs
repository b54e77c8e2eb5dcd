//! Specs → the files of a static site.
//!
//! Values in, files out: each file is a pure function of the specs, the templates and the strings of
//! a locale, so they can be made in any order on any number of threads. It knows specs and
//! [`render`]'s view of them, nothing of disks or of how a spec came about.

mod digest;
mod html;
mod job;
mod manifest;
mod page;
mod paths;
mod pattern;
mod related;
mod script;
mod search;
mod sitemap;
mod view;

use std::collections::HashMap;
use std::sync::OnceLock;

use im_errors_spec::{Group, Locale, Spec};
use minijinja::Environment;
use minijinja::value::Value;

use crate::diagnostic::Finding;
use crate::render::{self, Page, Templates, values};

pub(crate) use digest::{digest, short};
pub(crate) use html::fit;
use job::Job;
pub use manifest::Manifest;
use paths::Paths;
pub(crate) use paths::{catalog_folder, folder_beside};
pub(crate) use related::Related;

/// A site that can be made, file by file.
pub struct Site<'a> {
    specs: &'a [Spec],
    templates: &'a Templates,
    /// The address that it will have, ending in a slash.
    base: Option<String>,
    locales: Vec<Locale>,
    /// One for each locale.
    environments: Vec<Environment<'a>>,
    /// One for each spec.
    paths: Vec<Paths>,
    related: Related,
    /// What each page loads.
    scripts: Value,
    styles: Value,
    /// For each locale and spec, what templates see of the errors, once a page has asked for it.
    errors: Vec<Vec<Vec<OnceLock<Value>>>>,
    /// For each spec, by name: the edition that added an error.
    since: Vec<HashMap<&'a str, usize>>,
    /// For each spec, by id: its groups.
    groups: Vec<HashMap<&'a str, &'a Group>>,
    jobs: Vec<Job>,
}

impl<'a> Site<'a> {
    /// The site of `specs`, which will be at the address `base` if that is known.
    ///
    /// # Errors
    /// Where a template cannot be read: at its place, if it is not one of the built-in ones.
    pub fn new(
        specs: &'a [Spec],
        templates: &'a Templates,
        base: Option<&str>,
    ) -> Result<Self, Box<Finding>> {
        let locales = render::locales(specs.iter());
        let environments: Result<Vec<_>, _> =
            locales.iter().map(|locale| page::environment(templates, locale)).collect();
        let paths: Vec<_> = specs.iter().map(Paths::of).collect();
        let jobs = job::all(specs, &paths, locales.len());
        Ok(Self {
            specs,
            templates,
            base: base.map(|base| format!("{}/", base.trim_end_matches('/'))),
            environments: environments?,
            related: Related::of(specs),
            scripts: loaded(templates, ".js"),
            styles: loaded(templates, ".css"),
            errors: locales.iter().map(|_| specs.iter().map(no_values).collect()).collect(),
            since: specs.iter().map(since).collect(),
            groups: specs.iter().map(groups).collect(),
            locales,
            paths,
            jobs,
        })
    }

    /// The languages that it is in.
    #[must_use]
    pub fn locales(&self) -> &[Locale] {
        &self.locales
    }

    /// How many [`parts`](Self::part) it has.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.jobs.len()
    }

    /// The files of one part: mostly those of one page.
    ///
    /// # Errors
    /// Where a template does not work: at its place, if it is not one of the built-in ones.
    pub fn part(&self, index: usize) -> Result<Vec<Page>, Box<Finding>> {
        self.jobs.get(index).map_or(Ok(Vec::new()), |job| self.run(job))
    }

    /// The one file at `path`, below the root of the site; `None` if it has none there.
    ///
    /// # Errors
    /// Where a template does not work.
    pub fn file(&self, path: &str) -> Result<Option<Page>, Box<Finding>> {
        let files = job::of_file(self, path).map_or(Ok(Vec::new()), |job| self.run(&job))?;
        Ok(files.into_iter().find(|file| file.path == path))
    }

    /// Makes one page of each kind in each language, so that a template that does not work is found
    /// before anything is written.
    ///
    /// # Errors
    /// Where a template does not work.
    pub fn try_out(&self) -> Result<(), Box<Finding>> {
        let mut seen = Vec::new();
        for job in &self.jobs {
            let kind = job.kind();
            if !seen.contains(&kind) {
                seen.push(kind);
                self.run(job)?;
            }
        }
        Ok(())
    }

    /// All files.
    ///
    /// # Errors
    /// Where a template does not work.
    pub fn files(&self) -> Result<Vec<Page>, Box<Finding>> {
        let mut files = Vec::new();
        for index in 0..self.parts() {
            files.extend(self.part(index)?);
        }
        Ok(files)
    }
}

/// The files that a page loads: what is in folders below is loaded by what is not.
fn loaded(templates: &Templates, ending: &str) -> Value {
    let is_of_page = |name: &&str| name.ends_with(ending) && name.matches('/').count() == 1;
    values::list(templates.assets().map(|(name, _)| name).filter(is_of_page).map(Value::from))
}

fn no_values(spec: &Spec) -> Vec<OnceLock<Value>> {
    spec.errors.iter().map(|_| OnceLock::new()).collect()
}

fn groups(spec: &Spec) -> HashMap<&str, &Group> {
    spec.groups.iter().map(|group| (group.id.as_str(), group)).collect()
}

/// By the names that errors have now, the edition that added each last; those of the first are not in.
fn since(spec: &Spec) -> HashMap<&str, usize> {
    let history = spec.history();
    let editions = spec.editions.iter().enumerate();
    let added = editions.flat_map(|(index, record)| record.added.iter().map(move |name| (index, name)));
    added.map(|(index, name)| (history.name_now(index, name).as_str(), index)).collect()
}
