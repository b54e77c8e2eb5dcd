//! A catalog made of its files, of which nothing is written yet.

use im_errors_spec::{Date, Spec};

use super::load::Loaded;
use super::{Catalogs, Report, shown, untrusted};
use crate::diagnostic::{Finding, Severity, rules};
use crate::history;
use crate::resolve::{self, Resolved};
use crate::{Diagnostic, message};

/// What the files of a catalog give.
pub(super) struct Made {
    /// The spec, with what changed in it; `None` if one of the files cannot be used.
    pub(super) spec: Option<Spec>,
    /// All that was found.
    pub(super) reports: Vec<Report>,
    /// The spec on disk is not as the tool wrote it, and holds what nothing else does.
    pub(super) would_lose: bool,
}

/// Makes the spec of a catalog that is read and resolved. Unless `insists`, translations that lack
/// are no errors.
pub(super) fn make(loaded: Loaded, resolved: Option<Resolved>, today: Date, insists: bool) -> Made {
    let Some(resolved) = resolved else {
        return Made { spec: None, reports: loaded.reports, would_lose: false };
    };
    let would_lose = loaded.would_lose(&resolved);
    let Resolved { mut spec, mut findings } = resolved;
    if !insists {
        let asked = findings.iter_mut().map(|finding| &mut finding.diagnostic);
        asked
            .filter(|diagnostic| diagnostic.code == rules::TRANSLATION_THRESHOLD.code)
            .for_each(|diagnostic| diagnostic.severity = Severity::Warning);
    }
    history::record(loaded.previous.as_ref(), &mut spec, today);
    let edited = loaded.untrusted.is_some() && !would_lose;
    Made { spec: Some(spec), reports: reports(loaded, findings, edited), would_lose }
}

/// A catalog as a build would make it now.
#[derive(Debug)]
pub struct Preview {
    /// Its spec; `None` if a build would refuse to write it.
    pub spec: Option<Spec>,
    /// All that was found.
    pub reports: Vec<Report>,
}

/// Makes a catalog without writing anything. Translations that lack are told, and are no reason not
/// to show the rest.
#[must_use]
pub fn preview(catalogs: &Catalogs, id: &str, today: Date) -> Preview {
    let loaded = catalogs.load(id);
    let resolved = loaded.resolve();
    let Made { spec, mut reports, would_lose } = make(loaded, resolved, today, false);
    if would_lose {
        reports.push(Report::of(*untrusted(&catalogs.folder(id).join(resolve::SPEC_FILE))));
    }
    let is_refused = reports.iter().any(Report::has_errors);
    Preview { spec: spec.filter(|_| !is_refused), reports }
}

/// All that was found in the files of a catalog.
pub(super) fn reports(loaded: Loaded, findings: Vec<Finding>, edited: bool) -> Vec<Report> {
    let edited = edited.then(|| {
        let diagnostic =
            Diagnostic::of_file(&rules::SPEC_EDITED, message!("the file is not as im-errors wrote it"));
        Finding::new(resolve::SPEC_FILE, diagnostic)
    });
    let mut reports = loaded.reports;
    for Finding { file, diagnostic } in edited.into_iter().chain(findings) {
        let file = shown(&loaded.folder.join(file));
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
    reports
}
