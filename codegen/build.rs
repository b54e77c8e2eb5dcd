//! Puts the catalogs that are there into the tool, so that `im-errors explain` works anywhere, and a
//! mark of the tool itself, so that what another one made is known.
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
    println!("cargo::rustc-env=IM_ERRORS_TOOL={}", fingerprint(&package)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("shipped.rs"), format!("&[\n{items}]\n"))
}

/// The version, and a number that changes with the code and the texts in the tool: what was made by
/// another tool is made again.
fn fingerprint(package: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for folder in ["src", "templates", "locales"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(&package.join(folder), &mut files)?;
    }
    files.sort();
    // FNV-1a: it need not be safe, but the same everywhere.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for file in files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{} {hash:016x}", env::var("CARGO_PKG_VERSION").unwrap_or_default()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
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
