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
        text = trim_end(trim_space(text));
        text = unquote(text);
        if text.len() == before {
            return text;
        }
    }
}

/// Without white space around it: mostly there is none.
#[inline]
pub(crate) fn trim_space(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
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

    /// Where the next character starts.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    #[inline]
    pub(crate) fn skip_space(&mut self) {
        self.at = after_space(self.text, self.at);
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
        let char = fold_one(first);
        self.at += if char == ' ' { rest.len() - rest.trim_start().len() } else { first.len_utf8() };
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

/// What a character folds to by itself.
pub(crate) fn fold_one(c: char) -> char {
    if c.is_whitespace() { ' ' } else { half_width(c).to_ascii_lowercase() }
}

/// Punctuation, letters and digits in their ASCII form, where they have one.
fn half_width(c: char) -> char {
    match c {
        '。' => '.',
        '、' => ',',
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '｀' | '´' => '\'',
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
    prefix(a, 0, b) == Some(a.len())
}

/// Where `literal` ends if the text at `at` starts with it.
#[inline]
pub(crate) fn prefix(text: &str, at: usize, literal: &str) -> Option<usize> {
    let (bytes, wanted) = (text.as_bytes(), literal.as_bytes());
    let (mut at, mut next) = (at, 0);
    while next < wanted.len() {
        if let (Some(block), Some(want)) = (bytes[at..].first_chunk::<8>(), wanted[next..].first_chunk()) {
            // Mostly it is as documented, to the letter.
            if block == want && block.is_ascii() {
                at += 8;
                next += 8;
                if SWALLOWS[usize::from(block[7])] {
                    at = after_space(text, at);
                    next = after_space(literal, next);
                }
                continue;
            }
        }
        let (byte, want) = (*bytes.get(at)?, wanted[next]);
        if (byte | want).is_ascii() {
            if ASCII[usize::from(byte)] != ASCII[usize::from(want)] {
                return None;
            }
            at += 1;
            next += 1;
            if SWALLOWS[usize::from(byte)] {
                at = after_space(text, at);
                next = after_space(literal, next);
            }
        } else {
            let (found, want) = (Fold::new(text, at).next()?, Fold::new(literal, next).next()?);
            if found.char != want.char {
                return None;
            }
            at = found.end;
            next = want.end;
        }
    }
    Some(at)
}

/// Where the first character is that is no white space.
#[inline]
pub(crate) fn after_space(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let at = if bytes.get(at) == Some(&b' ') { at + 1 } else { at };
    match bytes.get(at) {
        Some(byte) if !byte.is_ascii_graphic() => text.len() - text[at..].trim_start().len(),
        _ => at,
    }
}

/// What each ASCII byte folds to, white space to a space.
pub(crate) const ASCII: [u8; 128] = {
    let mut ascii = [0; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        ascii[byte as usize] = match byte {
            b'`' => b'\'',
            b'\t'..=b'\r' => b' ',
            byte => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    ascii
};

/// Whether white space after an ASCII character is part of what it folds to.
pub(crate) const SWALLOWS: [bool; 128] = {
    let mut swallows = [false; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        let folded = ASCII[byte as usize];
        swallows[byte as usize] = folded == b' ' || takes_space(folded as char);
        byte += 1;
    }
    swallows
};

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
        assert_eq!(folded("｀x｀"), "x");
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
    }
}
