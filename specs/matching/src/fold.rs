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
pub(crate) fn trim_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || c == '.' || c == '。' || c == '．')
}

pub(crate) fn unquote(text: &str) -> &str {
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
            let char = byte.to_ascii_lowercase() as char;
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
fn takes_space(c: char) -> bool {
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
    fold(a).map(|folded| folded.char).eq(fold(b).map(|folded| folded.char))
}

/// A hash of the folded text; texts that are the [`same`] have the same. It never changes: tables
/// made at compile time are sorted by it.
#[must_use]
pub fn hash(text: &str) -> u64 {
    // FNV-1a over characters: a multiplication each, and messages are short.
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    fold(text).fold(START, |hash, folded| (hash ^ u64::from(u32::from(folded.char))).wrapping_mul(PRIME))
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
