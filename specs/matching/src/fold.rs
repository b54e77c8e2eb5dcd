//! Texts as they compare: without case, extra space, width of punctuation and kind of quotes.

/// `text` without what stands around it and means nothing: white space, quotes around the whole,
/// final periods.
///
/// ```
/// assert_eq!(im_errors_match::trim(" “User exist.” "), "User exist");
/// assert_eq!(im_errors_match::trim("'from' can't be empty"), "'from' can't be empty");
/// ```
#[must_use]
pub fn trim(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text.len();
        text = trim_end(text.trim());
        text = unquote(text);
        if text.len() == before {
            return text;
        }
    }
}

/// Without final periods, which servers add and leave out.
#[inline]
pub(crate) fn trim_end(text: &str) -> &str {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric) {
        return text;
    }
    text.trim_end_matches(|c: char| c.is_whitespace() || c == '.' || c == '。' || c == '．')
}

#[inline]
pub(crate) fn unquote(text: &str) -> &str {
    if text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return text;
    }
    let mut chars = text.chars();
    match (chars.next().map(half_width), chars.next_back().map(half_width)) {
        (Some(open @ ('"' | '\'')), Some(close)) if open == close => chars.as_str(),
        _ => text,
    }
}

/// A character as it compares, and the bytes of the text it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// The character; white space of any length is one space.
    pub char: char,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// The characters of a text as they compare.
#[derive(Debug, Clone)]
pub struct Fold<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Fold<'t> {
    /// From byte `at` of `text`, which must be at a character.
    #[must_use]
    pub fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    #[inline]
    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with(|c: char| c.is_whitespace()) {
            self.at += rest.len() - rest.trim_start().len();
        }
    }
}

impl Iterator for Fold<'_> {
    type Item = Folded;

    #[inline]
    fn next(&mut self) -> Option<Folded> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let byte = *bytes.get(start)?;
        if byte.is_ascii_graphic() {
            self.at += 1;
            let char = if byte == b'`' { '\'' } else { byte.to_ascii_lowercase() as char };
            if takes_space(char) {
                self.skip_space();
            }
            return Some(Folded { char, start, end: self.at });
        }
        if byte == b' ' && bytes.get(start + 1).is_some_and(u8::is_ascii_graphic) {
            self.at += 1;
            return Some(Folded { char: ' ', start, end: start + 1 });
        }
        let rest = self.text.get(start..)?;
        let first = rest.chars().next()?;
        let (char, length) = if first.is_whitespace() {
            (' ', rest.len() - rest.trim_start().len())
        } else {
            (half_width(first).to_ascii_lowercase(), first.len_utf8())
        };
        self.at += length;
        if takes_space(char) {
            self.skip_space();
        }
        Some(Folded { char, start, end: self.at })
    }
}

/// Punctuation after which white space means nothing: its full-width forms bring their own.
const fn takes_space(c: char) -> bool {
    matches!(c, ',' | ':' | ';' | '!' | '?')
}

/// Punctuation, letters and digits in their ASCII form, where they have one.
fn half_width(c: char) -> char {
    match c {
        '。' => '.',
        '、' => ',',
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
        '【' => '[',
        '】' => ']',
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// The trimmed text, folded.
#[must_use]
pub fn fold(text: &str) -> Fold<'_> {
    Fold::new(trim(text), 0)
}

/// Whether two texts mean the same message.
///
/// ```
/// use im_errors_match::same;
/// assert!(same("Service resource not found.", " service  resource not found"));
/// assert!(!same("Unable to authenticate", "Unable to authenticate (OAuth)"));
/// ```
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    same_trimmed(trim(a), trim(b))
}

pub(crate) fn same_trimmed(a: &str, b: &str) -> bool {
    if a.len() == b.len() && a.is_ascii() && a.eq_ignore_ascii_case(b) {
        return true;
    }
    let plain = plain_prefix(a.as_bytes(), b.as_bytes());
    let (a, b) = (Fold::new(a, plain), Fold::new(b, plain));
    a.map(|folded| folded.char).eq(b.map(|folded| folded.char))
}

/// How many bytes are the same up to case, and each a character that folds by itself.
pub(crate) fn plain_prefix(a: &[u8], b: &[u8]) -> usize {
    let length = a.len().min(b.len());
    let mut at = 0;
    while at < length
        && a[at].eq_ignore_ascii_case(&b[at])
        && plain(a, at).is_some()
        && plain(b, at).is_some()
    {
        at += 1;
    }
    at
}

/// What each byte folds to where it stands for itself up to case; 0 for what needs a closer look.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_graphic() && byte != b'`' && !takes_space(byte as char) {
            plain[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    plain
};

/// The folded byte at `at`, if it stands for itself up to case. A single space does.
#[inline]
fn plain(text: &[u8], at: usize) -> Option<u8> {
    match PLAIN[text[at] as usize] {
        0 => (text[at] == b' ' && text.get(at + 1).is_some_and(u8::is_ascii_graphic)).then_some(b' '),
        folded => Some(folded),
    }
}

/// An ASCII byte as it folds, and whether a folded character starts there, after `before`.
#[inline]
pub(crate) fn fold_ascii(byte: u8, before: Option<u8>) -> Option<u8> {
    match PLAIN[byte as usize] {
        0 if char::is_whitespace(byte as char) => {
            let swallowed = before.is_some_and(|b| char::is_whitespace(b as char) || takes_space(b as char));
            (!swallowed).then_some(b' ')
        }
        0 => Some(if byte == b'`' { b'\'' } else { byte.to_ascii_lowercase() }),
        folded => Some(folded),
    }
}

/// A hash of the folded text; texts that are the [`same`] have the same. It never changes: tables
/// made at compile time are sorted by it.
#[must_use]
pub fn hash(text: &str) -> u64 {
    hash_trimmed(trim(text))
}

pub(crate) fn hash_trimmed(text: &str) -> u64 {
    // FNV-1a over characters, in two lanes so that one multiplication need not wait for the other.
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let bytes = text.as_bytes();
    let (mut lane, mut other) = (START, !START);
    let mut at = 0;
    while at < bytes.len() {
        let char = if let Some(byte) = plain(bytes, at) {
            at += 1;
            u64::from(byte)
        } else {
            let Some(folded) = Fold::new(text, at).next() else {
                break;
            };
            at = folded.end;
            u64::from(u32::from(folded.char))
        };
        (lane, other) = (other, (lane ^ char).wrapping_mul(PRIME));
    }
    lane.wrapping_mul(PRIME) ^ other.rotate_left(32)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;

    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        fold(text).map(|folded| folded.char).collect()
    }

    #[test]
    fn what_means_nothing_goes() {
        assert_eq!(folded("  “User\t\u{3000}EXIST。” "), "user exist");
        assert_eq!(folded("reason：user ‘a’ "), "reason:user 'a'");
        assert_eq!(folded("reason: user"), "reason:user");
        assert_eq!(folded("`x`"), "x");
        assert_eq!(folded("..."), "");
        assert_eq!(folded("\""), "\"");
        assert_eq!(folded("a.b"), "a.b");
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in ".{0,40}") {
            let once = folded(&text);
            let twice = folded(&once);
            // Quotes that full-width ones became can pair up once more; nothing else may happen.
            prop_assert!(same(&once, &twice), "{once:?} {twice:?}");
        }

        #[test]
        fn ranges_cover_the_text_in_order(text in ".{0,40}") {
            let mut at = 0;
            for folded in Fold::new(&text, 0) {
                prop_assert_eq!(folded.start, at);
                prop_assert!(folded.end > at);
                at = folded.end;
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn the_same_texts_have_the_same_hash(text in "[ a-zA-Z.\"“”，,：:]{0,16}", other in "[ a-zA-Z.\"“”，,：:]{0,16}") {
            prop_assert_eq!(same(&text, &other), hash(&text) == hash(&other));
        }
    }
}
