//! Whole catalogs: what is read from disk, and what is written to it.
//!
//! A [`Plan`] is made first and holds every file that is to be written. Only when it has no error
//! is it compared with what is there ([`Plan::drift`]) or put in place ([`Plan::write`]), all or
//! nothing, even if the process is killed while it does so.

mod catalogs;
mod change;
mod command;
mod conflict;
mod disk;
mod embedding;
#[cfg(test)]
mod faults;
mod journal;
mod load;
mod lock;
mod making;
mod output;
mod relative;
mod seen;
mod site;
mod stamping;
mod translating;
mod updating;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use im_errors_spec::{Date, Spec};

use crate::diagnostic::{Finding, Severity, rules};
use crate::files::text_to_show;
use crate::parallel;
use crate::render::{self, Templates};
use crate::resolve::{self, Resolved, previous};
use crate::site::Site;
use crate::{Diagnostic, Message, message};
use disk::{Disk, Real};
use making::Made;
use output::Output;

pub use catalogs::Catalogs;
pub(crate) use catalogs::glossary_path;
pub use embedding::{embed, embed_drift};
pub use load::Loaded;
pub use making::{Preview, preview};
pub use output::{Drift, DriftKind};
pub(crate) use seen::Seen;
pub use site::{SITE, SiteDone, SiteLayout, site, site_drift};
pub use stamping::{Stamped, stamp};
pub use translating::{Added, ImportDone, Surveyed, add, export, import, survey};
pub use updating::{Source, Updated, keep, sources, update};

/// Where catalogs lie if nothing else is said.
pub const CATALOGS: &str = "specs/vendors";
/// Where documentation goes if nothing else is said.
pub const DOCS: &str = "docs";

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

impl Report {
    /// A finding with the text of its file, if it has one.
    #[must_use]
    pub fn of(finding: Finding) -> Self {
        let text = text_to_show(Path::new(&finding.file));
        Self { file: finding.file, text, diagnostics: vec![finding.diagnostic] }
    }

    /// Whether any of it is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// All that a build would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The folder of catalogs, and its files when they were read.
    root: PathBuf,
    seen: Seen,
    /// What is to be said, by file.
    pub reports: Vec<Report>,
    /// What is to be on disk.
    outputs: Vec<Output>,
    /// The files of a new catalog, or its pages as they are now, which are not generated.
    given: Vec<(PathBuf, Vec<u8>)>,
    /// Specs that are not as the tool wrote them and hold what nothing else does.
    untrusted: Vec<PathBuf>,
    /// How many errors each built catalog has.
    pub built: Vec<(String, usize)>,
    /// All specs as they are to be.
    specs: Vec<Spec>,
}

/// Something that is told of progress: a catalog starts, on whichever thread.
pub type Progress<'a> = &'a (dyn Fn(&str) + Sync);

/// Plans the build of the catalogs named in `selected`, or of all if it is empty. What changed in
/// them is recorded under the day `today`, in UTC.
///
/// # Errors
/// When the folder of catalogs cannot be read or has no such catalog.
pub fn plan(
    layout: &Layout,
    selected: &[String],
    today: Date,
    progress: Progress<'_>,
) -> Result<Plan, Box<Finding>> {
    let catalogs = Catalogs::find(&layout.catalogs)?;
    for id in selected {
        catalogs.require(id)?;
    }
    Ok(plan_of(layout, &catalogs, selected, today, progress))
}

/// Plans a new catalog and its build: its own files, given by their path below its folder, are
/// written together with what is made of them.
///
/// # Errors
/// When the catalog cannot have this id, or something has it; when a page of the documentation
/// would replace one that was not generated.
pub fn plan_new(
    layout: &Layout,
    id: &str,
    files: Vec<(String, Vec<u8>)>,
    today: Date,
) -> Result<Plan, Box<Finding>> {
    let files: BTreeMap<_, _> = files.into_iter().collect();
    let catalogs = Catalogs::with_new(&layout.catalogs, id, files.clone())?;
    let mut plan = plan_of(layout, &catalogs, &[id.to_owned()], today, &|_| ());
    let folder = catalogs.folder(id);
    plan.given = files.into_iter().map(|(file, bytes)| (folder.join(file), bytes)).collect();
    let in_the_way = plan.outputs.iter().filter(|output| output.path.starts_with(&layout.docs));
    if let Some(output) = in_the_way.into_iter().find(|output| output::is_of_people(&output.path)) {
        let message = message!("a page that im-errors did not generate is in its place");
        let diagnostic = Diagnostic::of_file(&rules::UNWRITABLE_FILE, message);
        let help =
            message!("move it away, choose another id with `--catalog`, or another folder with `--docs`");
        return Err(Box::new(Finding::new(&shown(&output.path), diagnostic.with_help(help))));
    }
    Ok(plan)
}

/// Whether a new catalog can have this id.
///
/// # Errors
/// When it cannot name a catalog, or something has it.
pub fn check_new(layout: &Layout, id: &str) -> Result<(), Box<Finding>> {
    Catalogs::with_new(&layout.catalogs, id, BTreeMap::new()).map(drop)
}

fn plan_of(
    layout: &Layout,
    catalogs: &Catalogs,
    selected: &[String],
    today: Date,
    progress: Progress<'_>,
) -> Plan {
    let mut plan = Plan { root: layout.catalogs.clone(), seen: catalogs.seen().clone(), ..Plan::default() };
    plan.reports.extend(catalogs.glossary_report().cloned());
    let mut specs = Vec::new();
    let chosen: Vec<&str> = catalogs.ids().filter(|id| is_selected(selected, id)).collect();
    let mut built = parallel::map(&chosen, |id| {
        progress(id);
        let loaded = catalogs.load(id);
        let resolved = loaded.resolve();
        (loaded, resolved)
    })
    .into_iter();
    for id in catalogs.ids() {
        if is_selected(selected, id) {
            let built = built.next();
            specs.extend(built.and_then(|built| plan.take(layout, catalogs, id, built, today)));
            continue;
        }
        // The index names every catalog; one that is not built is named as it stands.
        match catalogs.spec_as_it_stands(id) {
            Ok(spec) => specs.extend(spec),
            Err(finding) => plan.fail(*finding),
        }
    }
    if !plan.has_errors() {
        plan.render(layout, catalogs, &specs, selected);
    }
    if selected.is_empty() && !plan.has_errors() {
        plan.retire(layout);
    }
    plan.specs = specs;
    plan
}

/// Whether the catalog `id` is meant by the names of `selected`, where none means all.
fn is_selected(selected: &[String], id: &str) -> bool {
    selected.is_empty() || selected.iter().any(|name| name == id)
}

impl Plan {
    /// Whether anything found is an error, so that nothing may be written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.reports.iter().any(Report::has_errors)
    }

    /// The files that are not as they would be written.
    #[must_use]
    pub fn drift(&self) -> Vec<Drift> {
        self.outputs.iter().filter_map(Output::drift).collect()
    }

    /// The text that the file at `path` is to have.
    #[must_use]
    pub fn text_of(&self, path: &Path) -> Option<&str> {
        self.outputs.iter().find(|output| output.path == path)?.text.as_deref()
    }

    /// Puts every file in place and returns those that changed, as they differed before. If one
    /// cannot be written, all stay as they were.
    ///
    /// # Errors
    /// The file that could not be written.
    pub fn write(&self) -> Result<Vec<Drift>, Box<Finding>> {
        self.write_on(&Real)
    }

    fn write_on(&self, disk: &dyn Disk) -> Result<Vec<Drift>, Box<Finding>> {
        if let Some(path) = self.untrusted.first() {
            return Err(untrusted(path));
        }
        let drift = self.drift();
        let outputs = self.outputs.iter().map(Output::file);
        // What makes a folder a catalog comes last.
        let given = self.given.iter().rev().map(|(path, bytes)| (path.as_path(), Some(bytes.as_slice())));
        change::write_all_on(disk, &self.root, &self.seen, &outputs.chain(given).collect())?;
        Ok(drift)
    }

    /// Whether the site can be made and put into `out`, which is done after all else is written.
    ///
    /// # Errors
    /// When a template does not work, or the folder is somebody else's.
    pub fn check_site(&self, layout: &Layout, out: &Path) -> Result<(), Box<Finding>> {
        site::check_folder(out)?;
        let templates = layout.templates.as_deref().map(Templates::with_folder).transpose()?;
        Site::new(&self.specs, &templates.unwrap_or_default(), None)?.try_out()
    }

    /// Takes in what a catalog gave.
    fn take(
        &mut self,
        layout: &Layout,
        catalogs: &Catalogs,
        id: &str,
        (loaded, resolved): (Loaded, Option<Resolved>),
        today: Date,
    ) -> Option<Spec> {
        // The vendor's page is as it is; it is for the builds that follow to insist.
        let insists = !loaded.has_fresh_pages();
        let Made { spec, reports, would_lose } = making::make(loaded, resolved, today, insists);
        self.reports.extend(reports);
        let spec = spec?;
        let spec_file = catalogs.folder(id).join(resolve::SPEC_FILE);
        let mend = if would_lose {
            self.untrusted.push(spec_file.clone());
            command::restore(&spec_file)
        } else {
            command::build(layout, &[id.to_owned()])
        };
        self.built.push((id.to_owned(), spec.errors.len()));
        self.outputs.push(Output { path: spec_file, text: Some(previous::seal(&spec)), mend });
        Some(spec)
    }

    fn render(&mut self, layout: &Layout, catalogs: &Catalogs, specs: &[Spec], selected: &[String]) {
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
        let mend = command::build(layout, selected);
        match render::docs(&pages, |id| is_selected(selected, id), &templates) {
            Ok(pages) => {
                let pages: Vec<_> = pages
                    .into_iter()
                    .map(|page| Output {
                        path: layout.docs.join(&page.path),
                        mend: mend.clone(),
                        text: Some(page.text),
                    })
                    .collect();
                output::check_folders(&layout.docs, &pages).unwrap_or_else(|finding| self.fail(*finding));
                self.outputs.extend(pages);
            }
            Err(finding) => self.fail(*finding),
        }
    }

    fn fail(&mut self, finding: Finding) {
        self.reports.push(Report::of(finding));
    }

    /// Pages that an earlier build generated and this one does not are to go.
    fn retire(&mut self, layout: &Layout) {
        let expected: HashSet<_> = self.outputs.iter().map(|output| output.path.clone()).collect();
        let mend = command::build(layout, &[]);
        let leftover =
            output::generated_pages(&layout.docs).into_iter().filter(|path| !expected.contains(path));
        self.outputs.extend(leftover.map(|path| Output { path, text: None, mend: mend.clone() }));
    }
}

/// The finding for a spec that would be lost if it were written anew.
fn untrusted(path: &Path) -> Box<Finding> {
    let message = message!(
        "the file is not as im-errors wrote it, and names, removed errors or past editions may be in it alone"
    );
    let diagnostic = Diagnostic::of_file(&rules::SPEC_UNTRUSTED, message);
    let command = command::restore(path);
    let help = if command::is_merge(path) {
        message!(
            "it has both sides of a merge: take one, as with `{command}`, and build again, which finds what the other one changed",
            command
        )
    } else {
        message!(
            "restore it, as with `{command}`; or delete it, and removed errors, editions and names not set in catalog.toml start anew",
            command
        )
    };
    Box::new(Finding::new(&shown(path), diagnostic.with_help(help)))
}

/// The command that builds the catalog `id` where `layout` says.
#[must_use]
pub fn command(layout: &Layout, id: &str) -> String {
    command::build(layout, &[id.to_owned()])
}

/// Replaces the text of one file, or leaves it as it was.
///
/// # Errors
/// When it cannot be written.
pub fn replace(path: &Path, text: &str) -> Result<(), Box<Finding>> {
    change::replace(path, text)
}

/// The finding for a file that could not be put in place.
fn unwritable((path, error): (PathBuf, Message)) -> Box<Finding> {
    let message = message!("cannot write it: {error}", error);
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
