//! The pages that are read, made of those of the shipped catalogs.

use std::fs;
use std::path::Path;

/// The pages of `catalog` over and over, up to `bytes`. `root` is the folder of the repository.
pub(crate) fn repeated(root: &Path, catalog: &str, bytes: usize) -> Vec<u8> {
    let folder = root.join("specs/vendors").join(catalog).join("sources");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut page = Vec::new();
    for file in files {
        page.extend(fs::read(file).unwrap());
        page.push(b'\n');
    }
    page.repeat(bytes / page.len())
}
