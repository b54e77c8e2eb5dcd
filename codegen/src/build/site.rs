//! The site on disk: made on all cores, only what changed is written, and nothing of other people's
//! is touched.

mod folder;

use std::num::NonZero;
use std::path::{Path, PathBuf};

use im_errors_spec::Spec;

use super::output::{Drift, DriftKind, Output};
use super::{Catalogs, command};
use crate::diagnostic::Finding;
use crate::files::{self, Kind};
use crate::parallel;
use crate::render::{Page, Templates};
use crate::resolve::SPEC_FILE;
use crate::site::{Manifest, Site, digest};
use folder::Folder;
pub(super) use folder::with_help;

/// Where the site goes if nothing else is said.
pub const SITE: &str = "target/site";

/// Where catalogs lie and their site goes.
#[derive(Debug, Clone)]
pub struct SiteLayout {
    /// The folder with one folder per catalog.
    pub catalogs: PathBuf,
    /// The folder for the site.
    pub out: PathBuf,
    /// The user's templates.
    pub templates: Option<PathBuf>,
    /// The address that the site will have.
    pub base: Option<String>,
}

/// What was done to have the site in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteDone {
    /// How many files it has.
    pub files: usize,
    /// How many of them were written.
    pub written: usize,
    /// How many of an earlier site were removed.
    pub removed: usize,
}

/// Makes the site of all catalogs as their specs stand, on `threads` threads; as many as there are
/// cores if that is not said.
///
/// # Errors
/// When a spec or a template cannot be used, when the folder is somebody else's, or a file in it cannot
/// be written.
pub fn site(layout: &SiteLayout, threads: Option<NonZero<usize>>) -> Result<SiteDone, Box<Finding>> {
    let folder = Folder::open(&layout.out)?;
    let inputs = Inputs::read(layout)?;
    let digest = inputs.digest();
    if folder.is_as_made(&digest, threads) {
        return Ok(SiteDone { files: folder.manifest.files.len(), written: 0, removed: 0 });
    }
    // All of it before anything is written: a template can fail on the texts of one error alone.
    let files = inputs.files(threads)?;
    // Another run may have put its site there meanwhile.
    let (folder, _alone) = folder.alone()?;
    folder.check_free(&files)?;
    let lengths = files.iter().map(|file| (file.path.clone(), file.text.len() as u64));
    let manifest = Manifest { digest: Some(digest), files: lengths.collect() };
    folder.announce(&manifest)?;
    let written = folder.put(&files, threads)?;
    let removed = folder.remove_all_but(&manifest)?;
    folder.finish(&manifest)?;
    Ok(SiteDone { files: manifest.files.len(), written, removed })
}

/// How the site on disk differs from what it would be.
///
/// # Errors
/// When a spec or a template cannot be used, or the folder is somebody else's.
pub fn site_drift(layout: &SiteLayout, threads: Option<NonZero<usize>>) -> Result<Vec<Drift>, Box<Finding>> {
    let folder = Folder::open(&layout.out)?;
    let inputs = Inputs::read(layout)?;
    let mend = command::site(layout);
    let mut files = inputs.files(threads)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let leftover = folder.manifest.files.keys();
    let leftover: Vec<_> = leftover
        .filter(|path| files.binary_search_by(|file| file.path.cmp(path)).is_err())
        .map(|path| folder.root.join(path))
        .filter(|path| path.exists())
        .map(|path| Drift { path, kind: DriftKind::Leftover, mend: mend.clone() })
        .collect();
    let path = |file: &Page| folder.root.join(&file.path);
    let outputs =
        files.into_iter().map(|file| Output { path: path(&file), text: Some(file.text), mend: mend.clone() });
    let drift = parallel::map_on(threads, &outputs.collect::<Vec<_>>(), Output::drift);
    Ok(drift.into_iter().flatten().chain(leftover).collect())
}

/// Whether the site may be put into `out`: it is neither somebody else's folder nor a file.
pub(super) fn check_folder(out: &Path) -> Result<(), Box<Finding>> {
    Folder::open(out).map(drop)
}

/// All that the site is made of.
pub(super) struct Inputs {
    /// Where each spec stands and its text.
    specs: Vec<(PathBuf, String)>,
    pub(super) catalogs: Catalogs,
    pub(super) templates: Templates,
    base: Option<String>,
}

impl Inputs {
    pub(super) fn read(layout: &SiteLayout) -> Result<Self, Box<Finding>> {
        let catalogs = Catalogs::find(&layout.catalogs)?;
        let mut specs = Vec::new();
        for id in catalogs.ids() {
            let path = catalogs.folder(id).join(SPEC_FILE);
            // What cannot be read is told when it is opened.
            let bytes = files::read_inside(&catalogs.folder(id), &path, Kind::Spec).unwrap_or_default();
            specs.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
        let templates =
            layout.templates.as_deref().map(Templates::with_folder).transpose()?.unwrap_or_default();
        Ok(Self { specs, catalogs, templates, base: layout.base.clone() })
    }

    pub(super) fn specs(&self) -> Result<Vec<Spec>, Box<Finding>> {
        let mut specs = Vec::new();
        for id in self.catalogs.ids() {
            specs.extend(self.catalogs.spec_as_it_stands(id)?);
        }
        Ok(specs)
    }

    /// All files of the site.
    fn files(&self, threads: Option<NonZero<usize>>) -> Result<Vec<Page>, Box<Finding>> {
        let specs = self.specs()?;
        let site = Site::new(&specs, &self.templates, self.base.as_deref())?;
        let parts: Vec<_> = (0..site.parts()).collect();
        // Of several failures the first one in the order of the site is told.
        let files: Result<Vec<_>, _> =
            parallel::map_on(threads, &parts, |part| site.part(*part)).into_iter().collect();
        Ok(files?.into_iter().flatten().collect())
    }

    fn digest(&self) -> String {
        let ids = self.catalogs.ids().zip(&self.specs).map(|(id, (_, text))| (id, text.as_str()));
        let own = [("tool", env!("IM_ERRORS_TOOL")), ("base", self.base.as_deref().unwrap_or_default())];
        let mut all = String::new();
        for (name, text) in own.into_iter().chain(ids).chain(self.templates.texts()) {
            all.push_str(&format!("{name}\n{}\n{text}\n", text.len()));
        }
        digest(&all)
    }
}
