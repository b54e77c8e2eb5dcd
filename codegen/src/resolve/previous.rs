//! `spec.toml` as a sealed file.
//!
//! Names are pinned by the previous spec; removed errors, former names and past editions live on in
//! it alone, so a spec that was edited or damaged must not be taken for what the tool wrote: its
//! second line holds the digest of all that follows.

use im_errors_spec::{SEAL, Spec, SpecFile, VariantName, quoted};
use sha2::{Digest, Sha256};

use super::stamp::hex;

/// What was found where the previous spec is kept.
#[derive(Debug)]
pub enum Previous {
    /// The spec as the tool wrote it.
    Sealed(Box<Spec>),
    /// Something else; whether it may have held removed errors, former names or more than the first
    /// edition, which are nowhere else.
    Untrusted {
        /// It may.
        holds_more: bool,
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

/// The digest, and how many removed errors, former names and later editions there are, so that their
/// loss shows when the end of the file is gone.
fn seal_line(body: &str, spec: &Spec) -> String {
    let mut seal = format!("{SEAL}{}", hex(&Sha256::digest(body.as_bytes())));
    let errors = spec.errors.iter().map(|error| error.aliases.len());
    let aliases = errors.chain(spec.removed.iter().map(|removed| removed.aliases.len())).sum();
    // The first edition has nothing but its date: a spec without any other is as good as new.
    let held = [
        (spec.removed.len(), 1, SEALED_REMOVED),
        (aliases, 1, SEALED_ALIASES),
        (spec.editions.len(), 2, SEALED_EDITIONS),
    ];
    for (n, _, word) in held.into_iter().filter(|(n, least, _)| n >= least) {
        seal.push_str(&format!(", {n}{word}"));
    }
    seal
}

const SEALED_REMOVED: &str = " removed";
const SEALED_ALIASES: &str = " aliases";
const SEALED_EDITIONS: &str = " editions";

/// Reads the text of a spec file.
#[must_use]
pub fn open(text: &str) -> Previous {
    // Version control may have changed the line endings, and nothing else.
    let text = &text.replace("\r\n", "\n");
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
                || text.contains("\naliases = [")
                || text.matches("[[edition]]").nth(1).is_some()
                || [SEALED_REMOVED, SEALED_ALIASES, SEALED_EDITIONS].iter().any(|word| seal.ends_with(word));
            Previous::Untrusted { holds_more: says_some || !says_none }
        }
    }
}

/// The line of the error or removed error `name`, one of the spec's, in the file of `spec`.
pub(super) fn line_of(spec: &Spec, name: &VariantName) -> usize {
    let text = seal(spec);
    let lines: Vec<_> = text.lines().collect();
    let named = format!("name = {}", quoted(name.as_str()));
    let is_it = |pair: &&[&str]| pair[0].starts_with("[[") && pair[1] == named;
    lines.windows(2).take_while(|pair| !is_it(pair)).count() + 1
}

fn is_digest(text: &str) -> bool {
    const DIGITS: usize = 64;
    text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit())
}
