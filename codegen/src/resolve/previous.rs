//! `spec.toml` as a sealed file.
//!
//! Names are pinned by the previous spec and removed errors live on in it alone, so a spec that was
//! edited or damaged must not be taken for what the tool wrote: its second line holds the digest
//! of all that follows.

use im_errors_spec::{SEAL, Spec, SpecFile};
use sha2::{Digest, Sha256};

use super::stamp::hex;

/// What was found where the previous spec is kept.
#[derive(Debug)]
pub enum Previous {
    /// The spec as the tool wrote it.
    Sealed(Box<Spec>),
    /// Something else; whether it may have held removed errors, which are nowhere else.
    Untrusted {
        /// It may.
        has_removed: bool,
    },
}

/// The text of the spec file: who wrote it, its seal, the spec.
#[must_use]
pub fn seal(spec: &Spec) -> String {
    let body = spec.to_toml();
    let id = &spec.catalog;
    let seal = seal_line(&body, spec.removed.len());
    format!(
        "# Generated from catalog.toml, sources and locales; do not edit. To regenerate: im-errors build {id}\n{seal}\n{body}"
    )
}

/// The digest, and how many removed errors there are, so that their loss shows when the end of the
/// file is gone.
fn seal_line(body: &str, removed: usize) -> String {
    let digest = hex(&Sha256::digest(body.as_bytes()));
    match removed {
        0 => format!("{SEAL}{digest}"),
        n => format!("{SEAL}{digest}, {n}{SEALED_REMOVED}"),
    }
}

const SEALED_REMOVED: &str = " removed";

/// Reads the text of a spec file.
#[must_use]
pub fn open(text: &str) -> Previous {
    let mut lines = text.splitn(3, '\n');
    let seal = lines.nth(1).unwrap_or_default();
    let body = lines.next().unwrap_or_default();
    let spec = SpecFile::parse(body).map(|file| file.spec).ok();
    match spec {
        Some(spec) if seal == seal_line(body, spec.removed.len()) => Previous::Sealed(Box::new(spec)),
        spec => {
            // Damage can hit the list, its mention in the seal, or cut off both.
            let is_whole = || spec.is_some() || SpecFile::parse(text).is_ok();
            let says_none = seal.strip_prefix(SEAL).is_some_and(is_digest) || is_whole();
            let says_some = text.contains("[[removed]]") || seal.ends_with(SEALED_REMOVED);
            Previous::Untrusted { has_removed: says_some || !says_none }
        }
    }
}

fn is_digest(text: &str) -> bool {
    const DIGITS: usize = 64;
    text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit())
}
