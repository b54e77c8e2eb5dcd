//! Pages that have come anew, and what they make of a catalog.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use im_errors_spec::Date;

use super::catalogs::Files;
use super::{Catalogs, Layout, Plan, Report, change, plan_of, shown};
use crate::diagnostic::Finding;
use crate::editions::Edition;
use crate::files::{self, Kind};
use crate::interpret::Overrides;
use crate::resolve::{self, SPEC_FILE};

/// A page of a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path below the catalog's folder.
    pub file: String,
    /// Where the vendor publishes it.
    pub url: Option<String>,
    /// What the catalog says of its columns.
    pub overrides: Overrides,
    /// As it is on disk, if it is.
    pub bytes: Option<Vec<u8>>,
}

/// A catalog with pages that have come anew.
#[derive(Debug)]
pub struct Updated {
    /// What is to be written, the pages among it; it may have errors.
    pub plan: Plan,
    /// The spec as it was and as it is to be; `None` where the plan has errors.
    pub editions: Option<(Edition, Edition)>,
}

/// The pages that the catalog `id` names.
///
/// # Errors
/// What is wrong with its catalog.toml.
pub fn sources(catalogs: &Catalogs, id: &str) -> Result<Vec<Source>, Vec<Report>> {
    let catalog = catalogs.description(id)?;
    let folder = catalogs.folder(id);
    let source = |(index, source): (usize, &resolve::catalog::SourceFile)| Source {
        file: source.file.clone(),
        url: source.url.clone(),
        overrides: resolve::overrides(&catalog, index),
        // If it cannot be read, it is as if it had never been there: a new one takes its place.
        bytes: files::read_inside(&folder, &folder.join(&source.file), Kind::Page).ok(),
    };
    Ok(catalog.sources.iter().enumerate().map(source).collect())
}

/// Plans the build of the catalog `id` with `pages` in place of those on disk, each by its path
/// below the catalog's folder.
///
/// # Errors
/// When the folder of catalogs cannot be read or has no such catalog.
pub fn update(
    layout: &Layout,
    id: &str,
    pages: BTreeMap<String, Vec<u8>>,
    today: Date,
) -> Result<Updated, Box<Finding>> {
    let mut plan = planned(layout, id, pages.clone(), today)?;
    let folder = layout.catalogs.join(id);
    plan.given = pages.into_iter().map(|(file, bytes)| (folder.join(file), bytes)).collect();
    let spec = folder.join(SPEC_FILE);
    let new = plan.text_of(&spec).filter(|_| !plan.has_errors()).and_then(|text| edition(&spec, text));
    let editions = new.map(|new| (before(layout, id, &spec, &new, today), new));
    Ok(Updated { plan, editions })
}

/// The spec on disk; without one, that of the pages on disk; without these, one without errors.
fn before(layout: &Layout, id: &str, spec: &Path, new: &Edition, today: Date) -> Edition {
    let built = || edition(spec, &String::from_utf8(files::read(spec, Kind::Spec).ok()?).ok()?);
    let unbuilt = || edition(spec, planned(layout, id, Files::new(), today).ok()?.text_of(spec)?);
    built().or_else(unbuilt).unwrap_or_else(|| new.empty(&new.file))
}

fn planned(layout: &Layout, id: &str, pages: Files, today: Date) -> Result<Plan, Box<Finding>> {
    let catalogs = Catalogs::find(&layout.catalogs)?;
    catalogs.require(id)?;
    Ok(plan_of(layout, &catalogs.with_pages(id, pages), &[id.to_owned()], today, &|_| ()))
}

fn edition(spec: &Path, text: &str) -> Option<Edition> {
    Edition::of_spec(&shown(spec), text.to_owned()).ok().map(|opened| opened.edition)
}

/// Keeps what makes the next run faster in a folder of build results, which version control is
/// told to leave out.
///
/// # Errors
/// The file that could not be written.
pub fn keep(path: &Path, text: &str) -> Result<(), Box<Finding>> {
    let ignored = path.with_file_name(".gitignore");
    for (path, text) in [(ignored.as_path(), "*\n"), (path, text)] {
        if fs::read_to_string(path).is_ok_and(|found| found == text) {
            continue;
        }
        change::replace(path, text)?;
    }
    Ok(())
}
