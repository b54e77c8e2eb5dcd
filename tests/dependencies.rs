//! Every direct dependency of every crate has its reason beside it.

use std::fs;
use std::path::{Path, PathBuf};

const CRATES: [&str; 6] = ["", "macros", "macros/cover", "specs", "specs/matching", "codegen"];

/// The lines of a manifest that name a dependency with no comment above it. One comment may stand
/// above several that serve one purpose.
fn without_reason(manifest: &str) -> Vec<&str> {
    let (mut in_dependencies, mut has_reason) = (false, false);
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]") && line != "[workspace.dependencies]";
            has_reason = false;
        } else if line.starts_with('#') {
            has_reason = true;
        } else if line.is_empty() {
            has_reason = false;
        } else if in_dependencies && !has_reason {
            found.push(line);
        }
    }
    found
}

#[test]
fn every_dependency_has_its_reason() {
    for name in CRATES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name).join("Cargo.toml");
        let manifest = fs::read_to_string(&path).expect("the crate has a manifest");
        assert!(manifest.contains("[dependencies]"), "{}", path.display());
        assert_eq!(without_reason(&manifest), [""; 0], "{}", path.display());
    }
}

#[test]
fn no_crate_is_forgotten() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("it is there");
    let line = manifest.lines().find(|line| line.starts_with("default-members")).expect("it has members");
    let members: Vec<_> = line.split('"').skip(1).step_by(2).map(PathBuf::from).collect();
    assert_eq!(members.len(), CRATES.len());
    for member in members {
        let member = member.to_str().expect("ASCII").trim_start_matches('.');
        assert!(CRATES.contains(&member), "{member}");
    }
}

#[test]
fn a_dependency_without_a_reason_is_seen() {
    let manifest = "[dependencies]\n# Why.\na = \"1\"\nb = \"1\"\n\nc = \"1\"\n[lints]\nd = true\n";
    assert_eq!(without_reason(manifest), ["c = \"1\""]);
}
