//! Puts the catalogs that are there into the tool, so that `im-errors explain` works anywhere.
//!
//! `im-errors-spec` has them too, but for the derive: it does not compile while one is missing, and
//! this is the tool that writes them.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const SPEC_FILE: &str = "spec.toml";

fn main() -> io::Result<()> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // In the repository; in the published package, where the link has become files.
    let folders = [package.join("../specs/vendors"), package.join("vendors")];
    let folder = folders.iter().find(|folder| folder.is_dir());
    let mut items = String::new();
    if let Some(folder) = folder {
        for (id, path) in specs(folder)? {
            println!("cargo::rerun-if-changed={}", path.display());
            if path.is_file() {
                items += &format!("    ({id:?}, include_str!({path:?})),\n");
            }
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("shipped.rs"), format!("&[\n{items}]\n"))
}

fn specs(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut specs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.path().is_dir() {
            specs.push((entry.file_name().to_string_lossy().into_owned(), entry.path().join(SPEC_FILE)));
        }
    }
    specs.sort();
    Ok(specs)
}
