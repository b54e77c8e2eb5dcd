//! Digests of texts.

use sha2::{Digest, Sha256};

use crate::resolve::hex;

/// SHA-256, hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Enough of it to tell names apart.
pub(crate) fn short(text: &str) -> String {
    const BYTES: usize = 6;
    hex(&Sha256::digest(text.as_bytes())[..BYTES])
}
