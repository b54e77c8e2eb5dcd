//! What the text of a cell looks like, and how that fits a role.

use im_errors_spec::HttpStatus;

use super::Role;
use crate::inline::Inline;
use crate::read::Cell;

/// The look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Shape {
    /// An integer 100–599, or a class such as `4xx`.
    Status,
    /// Another integer.
    Integer,
    /// One word of letters, digits, `_`, `-`, `.`: `invalid_grant`, `FORBIDDEN`.
    Identifier,
    /// Up to four Latin words without punctuation: `Bad Request`.
    Words,
    /// Latin text in quotes.
    Quoted,
    /// Latin prose.
    Latin,
    /// Text with Chinese in it.
    Han,
}

impl Shape {
    /// The word used when evidence is shown.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Status => "statuses",
            Self::Integer => "integers",
            Self::Identifier => "identifiers",
            Self::Words => "short phrases",
            Self::Quoted => "quoted text",
            Self::Latin => "latin text",
            Self::Han => "chinese text",
        }
    }
}

/// The shape of a cell; `None` if it is empty.
pub(super) fn of(cell: &Cell) -> Option<Shape> {
    let plain = cell.plain();
    let text = plain.trim();
    if text.is_empty() {
        return None;
    }
    let digits = half_width(text);
    if HttpStatus::parse(&digits).is_some() {
        return Some(Shape::Status);
    }
    if digits.parse::<i64>().is_ok() {
        return Some(Shape::Integer);
    }
    let unquoted = unquote(text);
    if unquoted.len() < text.len() && !unquoted.chars().any(is_han) {
        return Some(Shape::Quoted);
    }
    if text.chars().any(is_han) {
        return Some(Shape::Han);
    }
    Some(latin(text, cell.text.iter().any(|piece| matches!(piece, Inline::Break))))
}

fn latin(text: &str, has_break: bool) -> Shape {
    const MOST_WORDS: usize = 4;
    let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let mut words = text.split_whitespace();
    let count = words.clone().count();
    if count == 1
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !text.ends_with('.')
    {
        return Shape::Identifier;
    }
    if count <= MOST_WORDS && !has_break && words.all(is_word) {
        return Shape::Words;
    }
    Shape::Latin
}

/// How well a cell of `shape` fits a column of `role`; below zero it speaks against it.
pub(super) fn fit(role: Role, shape: Shape) -> i32 {
    use Shape::{Han, Identifier, Integer, Latin, Quoted, Status, Words};
    match (role, shape) {
        (Role::Code, Integer) => 30,
        (Role::Code, Status) => 10,
        (Role::HttpStatus, Status) => 30,
        (Role::Code | Role::HttpStatus, _) => -100,
        (Role::Error, Identifier) => 30,
        (Role::Error, Words) => 15,
        (Role::Error, Latin) => -15,
        (Role::Error, Quoted) => -30,
        (Role::Message, Quoted) => 30,
        (Role::Message, Latin) => 25,
        (Role::Message, Words) => 20,
        (Role::Message, Identifier) => 5,
        (Role::Message, Han) => -25,
        (Role::Summary | Role::Cause | Role::Remedy, Han) => 20,
        (Role::Summary | Role::Cause | Role::Remedy, Latin) => 15,
        (Role::Summary, Words) => 10,
        (Role::Summary, Quoted | Identifier) => -10,
        (Role::Cause | Role::Remedy, Words) => 0,
        (Role::Cause | Role::Remedy, Quoted | Identifier) => -20,
        (_, Status | Integer) | (Role::Error, Han) => -60,
    }
}

/// Whether `c` is a Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Full-width digits as ASCII.
pub(super) fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        c => c,
    };
    text.trim().chars().map(half).collect()
}

/// `text` without the quotes around the whole of it. Quotes that open or close only a part stay.
pub(super) fn unquote(text: &str) -> &str {
    const PAIRS: [(char, char); 7] =
        [('"', '"'), ('“', '”'), ('\'', '\''), ('‘', '’'), ('「', '」'), ('『', '』'), ('《', '》')];
    let text = text.trim();
    for (open, close) in PAIRS {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| closes_at_end(inner, open, close)) {
            return inner.trim();
        }
    }
    text
}

/// Whether the quote before `inner` is closed by the one behind it and not by an earlier one.
fn closes_at_end(inner: &str, open: char, close: char) -> bool {
    if inner.trim().is_empty() {
        return false;
    }
    if open == close {
        // `"a" or "b"` has an inner quote of the same kind.
        return !inner.contains(open);
    }
    let mut depth = 1_i32;
    for c in inner.chars() {
        depth += i32::from(c == open) - i32::from(c == close);
        if depth == 0 {
            return false;
        }
    }
    depth == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_around_the_whole_go() {
        assert_eq!(unquote("“'from' can't be empty”"), "'from' can't be empty");
        assert_eq!(unquote("\"a ‘b’ c\""), "a ‘b’ c");
        assert_eq!(unquote("'users' or 'groups'"), "'users' or 'groups'");
        assert_eq!(unquote("“a” or “b”"), "“a” or “b”");
        assert_eq!(unquote("don't"), "don't");
        assert_eq!(unquote("\"\""), "\"\"");
        assert_eq!(unquote("\""), "\"");
    }

    #[test]
    fn full_width_digits_are_digits() {
        assert_eq!(half_width(" ４０４"), "404");
    }
}
