//! A message as a regular expression of browsers, for lines of logs that have it somewhere.
//!
//! `assets/search/clues.js` searches such a line without its escapes and folded, so what is looked
//! for is folded in the same way. It finds what `im-errors explain` finds.

use im_errors_match::{Fold, trim};
use im_errors_spec::Part;

/// A documented message as it is found in lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sought {
    /// Its longest literal text: what does not have that need not be searched.
    pub(super) piece: String,
    /// The regular expression.
    pub(super) pattern: String,
}

/// What has the message in it. None where it is nothing but holes.
pub(super) fn sought(parts: &[Part]) -> Option<Sought> {
    /// Shorter texts, in bytes, stand in anything.
    const LEAST: usize = 6;
    let pieces = pieces(parts);
    let first = pieces.iter().position(Option::is_some)?;
    let last = pieces.iter().rposition(Option::is_some)?;
    let texts = || pieces.iter().flatten().map(String::as_str);
    let is_short = texts().map(|text| text.trim().len()).sum::<usize>() < LEAST;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';

    let mut pattern = String::new();
    if first > 0 {
        pattern += r#"(?<=[^ "'<\\] *)"#;
    }
    // A short one must be all of a string; no word goes on at either end of another.
    if is_short {
        pattern += r#"(?<=["'])"#;
    } else if texts().next().is_some_and(|text| text.starts_with(is_word)) {
        pattern += r"\b";
    }
    for piece in &pieces[first..=last] {
        match piece {
            Some(text) => push_literal(&mut pattern, text),
            None => pattern += ".{1,400}?",
        }
    }
    if is_short {
        pattern += r#"(?=\.?["'])"#;
    } else if texts().next_back().is_some_and(|text| text.ends_with(is_word)) {
        pattern += r"\b";
    }
    if last + 1 < pieces.len() {
        pattern += r#"(?= *[^ "'<\\]*[^ "'<\\.,;)}\]])"#;
    }
    let piece = texts().max_by_key(|text| text.len())?.to_owned();
    Some(Sought { piece, pattern })
}

/// The literal texts as lines have them, and the holes, which are none.
fn pieces(parts: &[Part]) -> Vec<Option<String>> {
    let last = parts.len().saturating_sub(1);
    let piece = |(i, part): (usize, &Part)| {
        let Part::Literal(text) = part else {
            return Some(None);
        };
        let text = unescaped(text);
        // Periods at the end and quotes around the whole may be missing.
        let text = match i {
            _ if last == 0 => trim(&text),
            0 => text.trim_start(),
            i if i == last => text.trim_end_matches(['.', '。', '．', ' ']),
            _ => &text,
        };
        let text = folded(text);
        (!text.is_empty()).then_some(Some(text))
    };
    parts.iter().enumerate().filter_map(piece).collect()
}

/// A text as scripts of pages fold it: like the command line, and letters of all alphabets.
pub(super) fn folded(text: &str) -> String {
    let text: String = Fold::new(text, 0).map(|one| one.char).collect();
    text.replace('İ', "i").to_lowercase()
}

/// A text without the escapes of JSON strings, be they in others. `clues.js` takes them out of lines.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out += before;
        let escaped = after.trim_start_matches('\\');
        let (c, length) = match escaped.chars().next() {
            Some('n' | 'r' | 't') => (' ', 1),
            Some(c @ ('"' | '/')) => (c, 1),
            Some('u') => escaped.get(1..5).and_then(unit).map_or(('\\', 0), |c| (c, 5)),
            _ => ('\\', 0),
        };
        out.push(c);
        rest = &escaped[length..];
    }
    out + rest
}

fn unit(hex: &str) -> Option<char> {
    let is_hex = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(hex, 16).ok().filter(|_| is_hex).and_then(char::from_u32)
}

fn push_literal(pattern: &mut String, text: &str) {
    for c in text.chars() {
        if r"\^$.*+?()[]{}|".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
}
