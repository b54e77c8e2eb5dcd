//! `spec.toml` as a sealed file.
//!
//! Names are pinned by the previous spec and removed errors live on in it alone, so a spec that was
//! edited or damaged must not be taken for what the tool wrote: its second line holds the digest
//! of all that follows.

use im_errors_spec::{Spec, SpecFile};
use sha2::{Digest, Sha256};

use super::stamp::hex;

/// What was found where the previous spec is kept.
#[derive(Debug)]
pub enum Previous {
    /// The spec as the tool wrote it.
    Sealed(Box<Spec>),
    /// Something else; whether it speaks of removed errors, which are nowhere else.
    Untrusted {
        /// It does.
        has_removed: bool,
    },
}

/// The text of the spec file: who wrote it, its seal, the spec.
#[must_use]
pub fn seal(spec: &Spec) -> String {
    let body = spec.to_toml();
    let id = &spec.catalog;
    let digest = digest(&body);
    format!(
        "# Generated from catalog.toml, sources and locales; do not edit. To regenerate: im-errors build {id}\n# sha256 {digest}\n{body}"
    )
}

/// Reads the text of a spec file.
#[must_use]
pub fn open(text: &str) -> Previous {
    let mut lines = text.splitn(3, '\n');
    let sealed = lines.nth(1).and_then(|line| line.strip_prefix("# sha256 "));
    let body = lines.next().unwrap_or_default();
    let untouched = sealed == Some(digest(body).as_str());
    match SpecFile::parse(body) {
        Ok(file) if untouched => Previous::Sealed(Box::new(file.spec)),
        _ => Previous::Untrusted { has_removed: text.contains("[[removed]]") },
    }
}

fn digest(body: &str) -> String {
    hex(&Sha256::digest(body.as_bytes()))
}
