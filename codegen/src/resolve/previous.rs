//! `spec.toml` as a sealed file.
//!
//! Names are pinned by the previous spec, and removed errors and past editions live on in it alone, so a spec that was
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
    /// Something else; whether it may have held removed errors or more than the first edition,
    /// which are nowhere else.
    Untrusted {
        /// It may.
        has_past: bool,
    },
}

/// The text of the spec file: who wrote it, its seal, the spec.
#[must_use]
pub fn seal(spec: &Spec) -> String {
    let body = spec.to_toml();
    let id = &spec.catalog;
    let seal = seal_line(&body, spec);
    format!(
        "# Generated from catalog.toml, sources and locales; do not edit. To regenerate: im-errors build {id}\n{seal}\n{body}"
    )
}

/// The digest, and how many removed errors and later editions there are, so that their loss shows
/// when the end of the file is gone.
fn seal_line(body: &str, spec: &Spec) -> String {
    let mut seal = format!("{SEAL}{}", hex(&Sha256::digest(body.as_bytes())));
    // The first edition has nothing but its date: a spec without any other is as good as new.
    let past = [(spec.removed.len(), 1, SEALED_REMOVED), (spec.editions.len(), 2, SEALED_EDITIONS)];
    for (n, _, word) in past.into_iter().filter(|(n, least, _)| n >= least) {
        seal.push_str(&format!(", {n}{word}"));
    }
    seal
}

const SEALED_REMOVED: &str = " removed";
const SEALED_EDITIONS: &str = " editions";

/// Reads the text of a spec file.
#[must_use]
pub fn open(text: &str) -> Previous {
    let mut lines = text.splitn(3, '\n');
    let seal = lines.nth(1).unwrap_or_default();
    let body = lines.next().unwrap_or_default();
    let spec = SpecFile::parse(body).map(|file| file.spec).ok();
    match spec {
        Some(spec) if seal == seal_line(body, &spec) => Previous::Sealed(Box::new(spec)),
        spec => {
            // Damage can hit the lists, their mention in the seal, or cut off both.
            let is_whole = || spec.is_some() || SpecFile::parse(text).is_ok();
            let says_none = seal.strip_prefix(SEAL).is_some_and(is_digest) || is_whole();
            let says_some = text.contains("[[removed]]")
                || text.matches("[[edition]]").nth(1).is_some()
                || [SEALED_REMOVED, SEALED_EDITIONS].iter().any(|word| seal.ends_with(word));
            Previous::Untrusted { has_past: says_some || !says_none }
        }
    }
}

fn is_digest(text: &str) -> bool {
    const DIGITS: usize = 64;
    text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit())
}
