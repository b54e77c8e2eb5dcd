//! Stamping the translations of catalogs.

use std::path::PathBuf;

use im_errors_spec::Spec;

use super::catalogs::Catalogs;
use super::change;
use super::load::Loaded;
use super::output::Output;
use super::{Report, untrusted};
use crate::diagnostic::{Diagnostic, Finding, Severity, rules};
use crate::resolve::{self, Field};

/// What stamping did.
#[derive(Debug, Default)]
pub struct Stamped {
    /// The files written, with how many translations in each were stamped.
    pub written: Vec<(PathBuf, usize)>,
    /// Catalogs that cannot be resolved, whose translations stay as they are.
    pub reports: Vec<Report>,
}

/// Stamps every translation that has no stamp, in the catalogs named in `selected` or in all.
///
/// # Errors
/// The file that could not be written, or the spec whose names cannot be told; then none is.
pub fn stamp(catalogs: &Catalogs, selected: &[String]) -> Result<Stamped, Box<Finding>> {
    let mut stamped = Stamped::default();
    let mut outputs = Vec::new();
    for id in catalogs.ids().filter(|id| super::is_selected(selected, id)) {
        let loaded = catalogs.load(id);
        match loaded.resolve() {
            Some(resolved) if loaded.would_lose(&resolved) => {
                return Err(untrusted(&loaded.folder.join(resolve::SPEC_FILE)));
            }
            Some(resolved) if resolved.findings.iter().any(is_error) => {
                stamped.reports.extend(
                    super::making::reports(loaded, resolved.findings, false).into_iter().filter(has_error),
                );
            }
            Some(resolved) => {
                for (output, count) in stamp_one(catalogs, id, &loaded, &resolved.spec) {
                    stamped.written.push((output.path.clone(), count));
                    outputs.push(output);
                }
            }
            None => stamped.reports.extend(loaded.reports.into_iter().filter(has_error)),
        }
    }
    change::write_all(catalogs.root(), catalogs.seen(), &outputs.iter().map(Output::file).collect())?;
    Ok(stamped)
}

/// Whether a finding stands in the way: that too little is translated does not.
fn is_error(finding: &Finding) -> bool {
    let Diagnostic { severity, code, .. } = &finding.diagnostic;
    *severity == Severity::Error && *code != rules::TRANSLATION_THRESHOLD.code
}

fn has_error(report: &Report) -> bool {
    report.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

fn stamp_one(catalogs: &Catalogs, id: &str, loaded: &Loaded, spec: &Spec) -> Vec<(Output, usize)> {
    let stamp_of = |error: &str, field: Field| {
        let source = field.get(spec.error(error)?)?.get(&spec.locale)?;
        Some(resolve::stamp(&source.text))
    };
    let mut outputs = Vec::new();
    for (translations, text) in &loaded.translations {
        let open = translations.items.iter().filter(|item| item.of.is_none());
        let count = open.filter(|item| stamp_of(&item.error, item.field).is_some()).count();
        if count > 0 {
            let path = catalogs.folder(id).join(&translations.file);
            let text = Some(translations.stamped(text, stamp_of));
            outputs.push((Output { path, text, mend: String::new() }, count));
        }
    }
    outputs
}
