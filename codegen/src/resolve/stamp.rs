//! The mark that ties a translation to the text it translates.

use sha2::{Digest, Sha256};

/// The stamp of a source text: the first 12 hexadecimal digits of the SHA-256 of the text without
/// white space and with punctuation made half-width, so that layout makes nothing stale.
///
/// ```
/// use im_errors_codegen::resolve::stamp;
/// assert_eq!(stamp("用户 ID，不存在"), stamp("用户ID, 不存在"));
/// assert_ne!(stamp("用户不存在"), stamp("用户存在"));
/// ```
#[must_use]
pub fn stamp(text: &str) -> String {
    const DIGITS: usize = 12;
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let mut digest = hex(&Sha256::digest(folded.as_bytes()));
    digest.truncate(DIGITS);
    digest
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digits = |byte: &u8| [byte >> 4, byte & 0xf].map(|half| char::from(DIGITS[usize::from(half)]));
    bytes.iter().flat_map(digits).collect()
}

/// Punctuation and digits as ASCII where they have an ASCII form.
///
/// Stamps are kept in people's files: this never changes, so it is not the folding of messages,
/// which may learn another kind of quotes.
fn half_width(c: char) -> char {
    match c {
        '。' => '.',
        '、' => ',',
        '“' | '”' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}
