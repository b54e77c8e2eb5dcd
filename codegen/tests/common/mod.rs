//! The pages that tests read: fixtures, the catalogues' sources, the vendors' own.

use std::fs;
use std::path::{Path, PathBuf};

use im_errors_codegen::interpret::{Overrides, Reading, interpret};
use im_errors_codegen::read::{Document, read_text};

/// A page and its bytes.
pub(crate) struct Page {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

const EXPECTED: &str = "expect.json";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The pages of `tests/fixtures`, by name.
pub(crate) fn fixtures() -> Vec<Page> {
    let pages = pages_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"));
    assert!(!pages.is_empty(), "there are no fixtures");
    pages
}

/// Where what is expected of a fixture stands.
pub(crate) fn expected_path(page: &Page) -> PathBuf {
    page.path.with_file_name(format!("{}.{EXPECTED}", page.name))
}

/// The sources of the shipped catalogues.
pub(crate) fn sources() -> Vec<Page> {
    let mut catalogs: Vec<_> =
        fs::read_dir(root().join("specs/vendors")).unwrap().map(|entry| entry.unwrap().path()).collect();
    catalogs.sort();
    let pages: Vec<_> = catalogs
        .iter()
        .map(|catalog| catalog.join("sources"))
        .filter(|p| p.exists())
        .flat_map(|p| pages_in(&p))
        .collect();
    assert!(pages.len() >= 5, "the catalogues' sources are missing");
    pages
}

/// The vendors' real pages, where they lie beside the checkout. Where not, it is said aloud.
pub(crate) fn vendor_pages() -> Vec<Page> {
    let folder = root().join("../shared/vendor-docs");
    if !folder.exists() {
        // Written, not printed: the harness hides what passing tests print.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: the vendors' real pages are not beside this checkout\n",
        );
        return Vec::new();
    }
    let mut pages = pages_in(&folder);
    pages.retain(|page| page.name != "README.md");
    pages
}

fn pages_in(folder: &Path) -> Vec<Page> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let page = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_page = path.is_file() && !name.starts_with('.') && !name.ends_with(EXPECTED);
        is_page.then(|| Page { bytes: fs::read(&path).unwrap(), name, path })
    };
    paths.into_iter().filter_map(page).collect()
}

/// Reads and interprets a text.
pub(crate) fn understand(text: impl Into<String>) -> (Document<'static>, Reading) {
    let document = read_text(text.into());
    let reading = interpret(&document, &Overrides::default());
    (document, reading)
}
