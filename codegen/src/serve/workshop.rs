//! The catalogs as they would be built, each made anew only when one of its files was touched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use im_errors_spec::{Date, Spec};

use super::Served;
use super::watch::Changes;
use crate::build::{Catalogs, Preview, Report, preview};
use crate::diagnostic::{Diagnostic, Severity};
use crate::parallel;
use crate::render::Templates;
use crate::site::Site;

/// All that pages are made of.
#[derive(Debug)]
pub(super) struct Content {
    /// Of each catalog the last spec that could be made.
    pub(super) specs: Vec<Spec>,
    /// The last templates that could be read.
    pub(super) templates: Templates,
    /// What is wrong now.
    pub(super) faults: Vec<Fault>,
}

/// What is wrong with one catalog, or with what they all need.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) catalog: Option<String>,
    pub(super) reports: Vec<Report>,
}

/// What came of a change.
pub(super) struct Made {
    pub(super) content: Content,
    /// The catalogs that were made anew.
    pub(super) catalogs: Vec<String>,
    /// What was not found before.
    pub(super) news: Vec<Report>,
    /// How much is found that was told before.
    pub(super) standing: usize,
}

pub(super) struct Workshop {
    root: PathBuf,
    templates_folder: Option<PathBuf>,
    today: Date,
    catalogs: BTreeMap<String, Kept>,
    templates: Templates,
    told: Vec<Told>,
}

/// Something that was told.
struct Told {
    /// Of which catalog; `None` if of what they all need.
    catalog: Option<String>,
    file: String,
    diagnostic: Diagnostic,
}

/// A catalog as it was made last.
#[derive(Default)]
struct Kept {
    spec: Option<Spec>,
    reports: Vec<Report>,
    /// Whether the spec is of another time than the reports: it cannot be made now.
    is_broken: bool,
}

impl Workshop {
    pub(super) fn new(served: &Served) -> Self {
        Self {
            root: served.catalogs.clone(),
            templates_folder: served.templates.clone(),
            today: served.today,
            catalogs: BTreeMap::new(),
            templates: Templates::default(),
            told: Vec::new(),
        }
    }

    /// Makes what has changed.
    pub(super) fn make(&mut self, changes: &Changes) -> Made {
        let mut common = Vec::new();
        let catalogs = match Catalogs::find(&self.root) {
            Ok(catalogs) => self.make_catalogs(&catalogs, changes, &mut common),
            Err(finding) => {
                common.push(Report::of(*finding));
                Vec::new()
            }
        };
        match self.templates_folder.as_deref().map(Templates::with_folder).transpose() {
            Ok(templates) => self.templates = templates.unwrap_or_default(),
            Err(finding) => common.push(Report::of(*finding)),
        }
        let specs: Vec<_> = self.catalogs.values().filter_map(|kept| kept.spec.clone()).collect();
        // Those that are built in work.
        if self.templates_folder.is_some() {
            let tried = Site::new(&specs, &self.templates, None).and_then(|site| site.try_out());
            common.extend(tried.err().map(|finding| Report::of(*finding)));
        }
        let (news, standing) = self.news(&common);
        Made { content: self.content(specs, common), catalogs, news, standing }
    }

    fn make_catalogs(
        &mut self,
        catalogs: &Catalogs,
        changes: &Changes,
        common: &mut Vec<Report>,
    ) -> Vec<String> {
        common.extend(catalogs.glossary_report().cloned());
        let ids: BTreeSet<_> = catalogs.ids().collect();
        self.catalogs.retain(|id, _| ids.contains(id.as_str()));
        let is_due = |id: &&str| !self.catalogs.contains_key(*id) || changes.touch(id);
        let due: Vec<_> = ids.into_iter().filter(is_due).collect();
        let made = parallel::map(&due, |id| preview(catalogs, id, self.today));
        for (id, Preview { spec, reports }) in due.iter().zip(made) {
            let kept = self.catalogs.entry((*id).to_owned()).or_default();
            kept.reports = reports;
            kept.is_broken = spec.is_none();
            kept.spec = spec.or(kept.spec.take());
        }
        due.into_iter().map(str::to_owned).collect()
    }

    fn content(&self, specs: Vec<Spec>, common: Vec<Report>) -> Content {
        let errors = |reports: &[Report]| -> Vec<Report> {
            reports.iter().filter(|report| report.has_errors()).cloned().collect()
        };
        let common = Fault { catalog: None, reports: errors(&common) };
        let catalogs = self
            .catalogs
            .iter()
            .map(|(id, kept)| Fault { catalog: Some(id.clone()), reports: errors(&kept.reports) });
        let faults = std::iter::once(common).chain(catalogs).filter(|fault| !fault.reports.is_empty());
        Content { specs, templates: self.templates.clone(), faults: faults.collect() }
    }

    /// What is found now and was not told before, and how much of what was told is found again. Something
    /// that only moved with the lines above it is nothing new.
    fn news(&mut self, common: &[Report]) -> (Vec<Report>, usize) {
        let mut told = std::mem::take(&mut self.told);
        let mut news = Vec::new();
        let mut standing = 0;
        let of_catalogs = self
            .catalogs
            .iter()
            .flat_map(|(id, kept)| kept.reports.iter().map(move |report| (Some(id), report)));
        for (catalog, report) in common.iter().map(|report| (None, report)).chain(of_catalogs) {
            let mut fresh = report.clone();
            fresh.diagnostics.retain(|diagnostic| {
                let same = |known: &Told| {
                    known.file == report.file
                        && (known.diagnostic.code, &known.diagnostic.message)
                            == (diagnostic.code, &diagnostic.message)
                };
                let known = told.iter().position(same);
                standing += usize::from(known.is_some() && diagnostic.severity < Severity::Note);
                known.map(|at| told.swap_remove(at)).is_none()
            });
            self.told.extend(report.diagnostics.iter().map(|diagnostic| Told {
                catalog: catalog.cloned(),
                file: report.file.clone(),
                diagnostic: diagnostic.clone(),
            }));
            if !fresh.diagnostics.is_empty() {
                news.push(fresh);
            }
        }
        // Where a mistake ends the work early, the warnings that would come after it are not gone.
        told.retain(|known| {
            let kept = known.catalog.as_ref().and_then(|id| self.catalogs.get(id));
            kept.is_some_and(|kept| kept.is_broken) && known.diagnostic.severity != Severity::Error
        });
        self.told.append(&mut told);
        (news, standing)
    }
}
