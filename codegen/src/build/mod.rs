//! Whole catalogs: what is read from disk, and what is written to it.
//!
//! A [`Plan`] is made first and holds every file that is to be written. Only when it has no error
//! is it compared with what is there ([`Plan::drift`]) or put in place ([`Plan::write`]), all or
//! nothing.

mod load;
mod output;
mod relative;
mod stamping;

use std::fs;
use std::path::{Path, PathBuf};

use im_errors_spec::Spec;

use crate::diagnostic::{Finding, Severity, rules};
use crate::render::{self, Templates};
use crate::resolve::previous;
use crate::{Diagnostic, resolve};
use output::Output;

pub use load::{Catalogs, Loaded};
pub use output::{Drift, DriftKind};
pub use stamping::{Stamped, stamp};

/// Where catalogs lie and documentation goes.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The folder with one folder per catalog.
    pub catalogs: PathBuf,
    /// The folder for the documentation.
    pub docs: PathBuf,
    /// The user's templates.
    pub templates: Option<PathBuf>,
}

/// What was found in one file, with its text where there is one to show.
#[derive(Debug, Clone)]
pub struct Report {
    /// The file as the user knows it.
    pub file: String,
    /// Its text; spans of the diagnostics point into it.
    pub text: String,
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// All that a build would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// What is to be said, by file.
    pub reports: Vec<Report>,
    /// What is to be on disk.
    outputs: Vec<Output>,
    /// Specs that are not as the tool wrote them and hold what nothing else does.
    untrusted: Vec<PathBuf>,
    /// How many errors each built catalog has.
    pub built: Vec<(String, usize)>,
}

/// Something that is told of progress: a catalog starts.
pub type Progress<'a> = &'a dyn Fn(&str);

/// Plans the build of the catalogs named in `selected`, or of all if it is empty.
///
/// # Errors
/// When the folder of catalogs cannot be read or has no such catalog.
pub fn plan(layout: &Layout, selected: &[String], progress: Progress<'_>) -> Result<Plan, Box<Finding>> {
    let catalogs = Catalogs::find(&layout.catalogs)?;
    for id in selected {
        catalogs.require(id)?;
    }
    let is_selected = |id: &str| selected.is_empty() || selected.iter().any(|selected| selected == id);
    let mut plan = Plan::default();
    let mut specs = Vec::new();
    for id in catalogs.ids() {
        progress(id);
        if is_selected(id) {
            specs.extend(plan.build_one(&catalogs, id));
        } else {
            // The index names every catalog; one that is not built is named as it stands.
            specs.extend(catalogs.spec_as_it_stands(id));
        }
    }
    if !plan.has_errors() {
        plan.render(layout, &catalogs, &specs, &is_selected);
    }
    if selected.is_empty() && !plan.has_errors() {
        plan.retire(&layout.docs);
    }
    Ok(plan)
}

impl Plan {
    /// Whether anything found is an error, so that nothing may be written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let mut all = self.reports.iter().flat_map(|report| &report.diagnostics);
        all.any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The files that are not as they would be written.
    #[must_use]
    pub fn drift(&self) -> Vec<Drift> {
        self.outputs.iter().filter_map(Output::drift).collect()
    }

    /// Puts every file in place and returns those that changed. If one cannot be written, all
    /// stay as they were.
    ///
    /// # Errors
    /// The file that could not be written.
    pub fn write(&self) -> Result<Vec<PathBuf>, Box<Finding>> {
        if let Some(path) = self.untrusted.first() {
            let message =
                "the file is not as im-errors wrote it, and names or removed errors are in it alone";
            return Err(Box::new(Finding::new(
                &shown(path),
                Diagnostic::of_file(&rules::SPEC_UNTRUSTED, message),
            )));
        }
        let changed: Vec<_> = self.outputs.iter().filter(|output| output.drift().is_some()).collect();
        output::write_all(&changed).map_err(unwritable)?;
        Ok(changed.into_iter().map(|output| output.path.clone()).collect())
    }

    fn build_one(&mut self, catalogs: &Catalogs, id: &str) -> Option<Spec> {
        let loaded = catalogs.load(id);
        let resolved = loaded.resolve();
        let untrusted = loaded.untrusted;
        let mut reports = loaded.reports;
        let Some(resolved) = resolved else {
            self.reports.extend(reports);
            return None;
        };
        let spec_file = catalogs.folder(id).join(resolve::SPEC_FILE);
        let proposes =
            resolved.findings.iter().any(|finding| finding.diagnostic.code == rules::PROPOSED_NAME.code);
        let mut mend = format!("im-errors build {id}");
        if untrusted.is_some_and(|has_removed| has_removed || proposes) {
            mend = format!("git checkout -- {}", shown(&spec_file));
            self.untrusted.push(spec_file.clone());
        } else if untrusted.is_some() {
            let message = "the file is not as im-errors wrote it";
            let diagnostics = vec![Diagnostic::of_file(&rules::SPEC_EDITED, message)];
            reports.push(Report { file: shown(&spec_file), text: String::new(), diagnostics });
        }
        for Finding { file, diagnostic } in resolved.findings {
            let file = shown(&catalogs.folder(id).join(file));
            match reports.iter_mut().find(|report| report.file == file) {
                Some(report) => report.diagnostics.push(diagnostic),
                None => reports.push(Report { file, text: String::new(), diagnostics: vec![diagnostic] }),
            }
        }
        for report in &mut reports {
            report
                .diagnostics
                .sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.start, span.end)));
        }
        self.reports.extend(reports);
        self.built.push((id.to_owned(), resolved.spec.errors.len()));
        self.outputs.push(Output { path: spec_file, text: Some(previous::seal(&resolved.spec)), mend });
        Some(resolved.spec)
    }

    fn render(
        &mut self,
        layout: &Layout,
        catalogs: &Catalogs,
        specs: &[Spec],
        selected: &dyn Fn(&str) -> bool,
    ) {
        let templates = match layout.templates.as_deref().map(Templates::with_folder).transpose() {
            Ok(templates) => templates.unwrap_or_default(),
            Err(finding) => return self.fail(*finding),
        };
        // Pages lie one folder below, in that of their locale.
        let folders: Vec<_> = specs
            .iter()
            .map(|spec| relative::folder(&layout.docs.join("xx"), &catalogs.folder(&spec.catalog)))
            .collect();
        let pages: Vec<_> = specs
            .iter()
            .zip(&folders)
            .map(|(spec, folder)| render::Catalog { spec, folder: folder.as_deref() })
            .collect();
        match render::docs(&pages, selected, &templates) {
            Ok(pages) => self.outputs.extend(pages.into_iter().map(|page| Output {
                path: layout.docs.join(&page.path),
                mend: "im-errors build".to_owned(),
                text: Some(page.text),
            })),
            Err(finding) => self.fail(*finding),
        }
    }

    fn fail(&mut self, finding: Finding) {
        let text = fs::read_to_string(&finding.file).unwrap_or_default();
        self.reports.push(Report { file: finding.file, text, diagnostics: vec![finding.diagnostic] });
    }

    /// Pages that an earlier build generated and this one does not are to go.
    fn retire(&mut self, docs: &Path) {
        for path in output::generated_pages(docs) {
            if !self.outputs.iter().any(|output| output.path == path) {
                self.outputs.push(Output { path, text: None, mend: "im-errors build".to_owned() });
            }
        }
    }
}

/// The finding for a file that could not be put in place.
fn unwritable((path, error): (PathBuf, std::io::Error)) -> Box<Finding> {
    let message = format!("cannot write it, so nothing was changed: {error}");
    Box::new(Finding::new(&shown(&path), Diagnostic::of_file(&rules::UNWRITABLE_FILE, message)))
}

/// A path as it is shown: with forward slashes.
#[must_use]
pub fn shown(path: &Path) -> String {
    let shown = path.display().to_string();
    let shown =
        if std::path::MAIN_SEPARATOR == '/' { shown } else { shown.replace(std::path::MAIN_SEPARATOR, "/") };
    shown.strip_prefix("./").map_or(shown.clone(), str::to_owned)
}
