//! Pages inside a site that another tool makes: all are written, or none, and what lies beside them is
//! other people's.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Real};
use super::journal::{self, is_there};
use super::output::{Drift, Output, check_folders};
use super::site::{Inputs, SiteDone, SiteLayout, with_help};
use super::{change, command, unwritable};
use crate::diagnostic::Finding;
use crate::embed::{self, Embedding};
use crate::message;
use crate::site::{Manifest, digest};

/// Writes the pages of all catalogs, as their specs stand, into the site at `layout`, all or none, even
/// if the process is killed while it does so.
///
/// # Errors
/// When a spec or a template cannot be used, or a file cannot be written or is not ours; then none is.
pub fn embed(layout: &SiteLayout, embedding: &Embedding) -> Result<SiteDone, Box<Finding>> {
    embed_on(&Real, layout, embedding)
}

pub(super) fn embed_on(
    disk: &dyn Disk,
    layout: &SiteLayout,
    embedding: &Embedding,
) -> Result<SiteDone, Box<Finding>> {
    let plan = Plan::make(layout, embedding)?;
    let drift = plan.drift();
    let removed = plan.leftover().filter(|output| drift.iter().any(|file| file.path == output.path)).count();
    let done = SiteDone { files: plan.pages, written: drift.len() - removed, removed };
    if drift.is_empty() {
        return Ok(done);
    }
    let files = plan.outputs.iter().map(Output::file).collect();
    change::write_all_on(disk, &layout.out, plan.inputs.catalogs.seen(), &files)?;
    for output in plan.leftover() {
        // The first folder that holds something ends it.
        let mut parents = output.path.ancestors().skip(1).take_while(|folder| *folder != layout.out);
        while parents.next().is_some_and(|folder| fs::remove_dir(folder).is_ok()) {}
    }
    Ok(done)
}

/// How the pages on disk differ from what they would be.
///
/// # Errors
/// When a spec or a template cannot be used, or a file is not ours.
pub fn embed_drift(layout: &SiteLayout, embedding: &Embedding) -> Result<Vec<Drift>, Box<Finding>> {
    Ok(Plan::make(layout, embedding)?.drift())
}

/// All files as they are to be.
struct Plan {
    inputs: Inputs,
    /// The pages, those of an earlier run that are to go, and the list of them all.
    outputs: Vec<Output>,
    pages: usize,
}

impl Plan {
    fn make(layout: &SiteLayout, embedding: &Embedding) -> Result<Self, Box<Finding>> {
        let inputs = Inputs::read(layout)?;
        let pages = embed::files(&inputs.specs()?, &inputs.templates, embedding)?;
        journal::recover(&layout.out)?;
        let list = layout.out.join(format!(".im-errors-{}", embedding.tool.as_str()));
        let known =
            fs::read_to_string(&list).ok().and_then(|text| Manifest::parse(&text)).unwrap_or_default();
        for page in pages.iter().filter(|page| !known.files.contains_key(&page.path)) {
            let path = layout.out.join(&page.path);
            if is_of_people(&path, embedding) {
                let message = message!("a file that im-errors did not write is in its place");
                let help = message!("move it away, or give another folder");
                return Err(with_help(*unwritable((path, message)), help));
            }
        }
        let mend = command::embed(layout, embedding);
        let output = |path: PathBuf, text| Output { path, text, mend: mend.clone() };
        let files: BTreeMap<_, _> =
            pages.iter().map(|page| (page.path.clone(), page.text.len() as u64)).collect();
        let leftover = known.files.keys().filter(|path| !files.contains_key(*path));
        let mut outputs: Vec<_> = leftover.map(|path| output(layout.out.join(path), None)).collect();
        let count = pages.len();
        let all: String = pages.iter().map(|page| page.text.as_str()).collect();
        outputs.extend(pages.into_iter().map(|page| output(layout.out.join(page.path), Some(page.text))));
        let manifest = Manifest { digest: Some(digest(&all)), files };
        outputs.push(output(list, Some(manifest.print())));
        check_folders(&layout.out, &outputs)?;
        Ok(Self { inputs, outputs, pages: count })
    }

    fn drift(&self) -> Vec<Drift> {
        self.outputs.iter().filter_map(Output::drift).collect()
    }

    fn leftover(&self) -> impl Iterator<Item = &Output> {
        self.outputs.iter().filter(|output| output.text.is_none())
    }
}

/// Whether there is a file that does not say that it was generated.
fn is_of_people(path: &Path, embedding: &Embedding) -> bool {
    let notice = embedding.tool.notice();
    let says_so = |text: String| text.lines().take(2).any(|line| line.contains(&notice));
    is_there(path) && !fs::read_to_string(path).is_ok_and(says_so)
}
