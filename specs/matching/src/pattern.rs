//! A whole message against a pattern with holes.

use crate::fold::{
    ASCII, Fold, after_space, fold_one, prefix, same_trimmed, trim, trim_end, trim_space, unquote,
};
use crate::print::{Print, pairs_within};

/// One piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'p> {
    /// Text the server sends.
    Literal(&'p str),
    /// A place that varies, by name. It takes at least one character.
    Hole(&'p str),
}

/// A message, trimmed and folded once to be compared often.
#[derive(Debug, Clone, Copy)]
pub struct Message<'m> {
    /// Without spaces and final periods around it.
    outer: &'m str,
    /// Without quotes around it either.
    inner: &'m str,
}

impl<'m> Message<'m> {
    /// Trims a message.
    #[must_use]
    pub fn new(text: &'m str) -> Self {
        let outer = trim_end(trim_space(text));
        let is_quoted = unquote(outer).len() < outer.len();
        Self { outer, inner: if is_quoted { trim(outer) } else { outer } }
    }

    /// What is compared, without what means nothing around it.
    #[must_use]
    pub fn text(&self) -> &'m str {
        self.inner
    }

    /// Whether it is the [`crate::same`] as `literal`, which is trimmed already.
    #[must_use]
    pub fn is(&self, literal: &str) -> bool {
        same_trimmed(self.inner, literal)
    }

    /// Its [`crate::hash`], and the [`pairs`] it has: what rules out most of what it is not.
    #[must_use]
    pub fn print(&self) -> (u64, u64) {
        let Print { hash, pairs } = Print::of(self.inner);
        // Quotes around a message can be the pattern's own.
        let pairs = if self.inner.len() == self.outer.len() { pairs } else { Print::of(self.outer).pairs };
        (hash, pairs)
    }

    /// Whether the whole message is an instance of `parts`, in which literals and holes alternate.
    /// The texts of the holes go to `holes`, in order, as slices of the message; further ones are
    /// left out. Where that fails, `holes` holds anything.
    ///
    /// Each hole takes as little as it can, the last one what is left. Cost is that of a search
    /// for each literal; nothing is tried twice.
    #[must_use]
    pub fn capture(&self, parts: &[Part<'_>], holes: &mut [&'m str]) -> bool {
        /// Servers quote a message once, and who logs it once more.
        const MOST_QUOTES: usize = 3;
        let mut message = self.outer;
        for _ in 0..MOST_QUOTES {
            if capture_trimmed(parts, message, holes) {
                return true;
            }
            // Quotes at both ends can be the message's own, so they are taken off one by one.
            let unquoted = trim_end(unquote(message).trim());
            if unquoted.len() == message.len() {
                return false;
            }
            message = unquoted;
        }
        false
    }
}

/// [`Message::capture`] for a message that is compared once.
#[must_use]
pub fn capture<'m>(parts: &[Part<'_>], message: &'m str, holes: &mut [&'m str]) -> bool {
    Message::new(message).capture(parts, holes)
}

/// The pairs of characters that every instance of a pattern has: only a message that has them all
/// can be one.
///
/// ```
/// use im_errors_match::{Message, Part, pairs};
/// let needed = pairs(&[Part::Literal("user: "), Part::Hole("username"), Part::Literal(" exists")]);
/// let has = |message| Message::new(message).print().1 & needed == needed;
/// assert!(has("User: tom exists."));
/// assert!(!has("user: tom is gone"));
/// ```
#[must_use]
pub fn pairs(parts: &[Part<'_>]) -> u64 {
    let literals = parts.iter().enumerate().filter_map(|(i, part)| literal(parts, i, part));
    // The white space before a literal can be that after punctuation at the end of a hole.
    literals.fold(0, |pairs, literal| pairs | pairs_within(literal.trim_start()))
}

/// The text of a part as it is compared. Where a pattern starts and ends, what surrounds a message
/// means nothing there either.
#[inline]
fn literal<'p>(parts: &[Part<'_>], i: usize, part: &Part<'p>) -> Option<&'p str> {
    let Part::Literal(text) = part else {
        return None;
    };
    let text = if i + 1 == parts.len() { trim_end(text) } else { text };
    Some(if i == 0 { &text[after_space(text, 0)..] } else { text })
}

fn capture_trimmed<'m>(parts: &[Part<'_>], message: &'m str, holes: &mut [&'m str]) -> bool {
    let mut slots = holes.iter_mut();
    let mut at = 0;
    let mut hole = None;
    for (i, part) in parts.iter().enumerate() {
        let Some(literal) = literal(parts, i, part) else {
            hole = Some((slots.next(), at));
            continue;
        };
        let found = match hole.take() {
            None => prefix(message, at, literal).map(|end| (at, end)),
            Some((slot, from)) => {
                let is_last = i + 1 == parts.len();
                let found =
                    if is_last { ends_with(message, from, literal) } else { find(message, from, literal) };
                if let (Some((start, _)), Some(slot)) = (found, slot) {
                    *slot = trim_space(&message[from..start]);
                }
                found
            }
        };
        let Some((_, end)) = found else {
            return false;
        };
        at = end;
    }
    match hole {
        None => at == message.len(),
        Some((slot, from)) => {
            if let Some(slot) = slot {
                *slot = trim_space(&message[from..]);
            }
            after_space(message, from) < message.len()
        }
    }
}

/// The first place of `literal` after at least one character from `from` on.
fn find(text: &str, from: usize, literal: &str) -> Option<(usize, usize)> {
    let start = after_space(text, from);
    let filled = start + text[start..].chars().next()?.len_utf8();
    let Some(first) = Fold::new(literal, 0).next().map(|folded| folded.char) else {
        return Some((filled, filled));
    };
    // What is not ASCII may fold to anything, so that its first byte is looked at closer.
    let first_byte = u8::try_from(first).unwrap_or(u8::MAX);
    let can_start = |byte: &u8| *byte >= 0xc0 || ASCII[usize::from(byte & 127)] == first_byte;
    let mut at = filled;
    while let Some(step) = text.as_bytes()[at..].iter().position(can_start) {
        at += step;
        if folds_to(text, at, first) {
            if let Some(end) = prefix(text, at, literal) {
                return Some((at, end));
            }
        }
        at += text[at..].chars().next()?.len_utf8();
    }
    None
}

/// Whether the character at `at`, which is not the first and folds to `wanted` if it is ASCII,
/// does so and is no white space after white space.
#[inline]
fn folds_to(text: &str, at: usize, wanted: char) -> bool {
    // Each character by itself: a run of white space is looked at once, not once per character.
    let folds = || text[at..].chars().next().is_some_and(|c| fold_one(c) == wanted);
    let is_inside = || wanted == ' ' && text[..at].chars().next_back().is_some_and(char::is_whitespace);
    (text.as_bytes()[at].is_ascii() || folds()) && !is_inside()
}

/// The place of `literal` at the end of the text, after at least one character from `from` on.
fn ends_with(text: &str, from: usize, literal: &str) -> Option<(usize, usize)> {
    if literal.trim().is_empty() {
        return (!text[from..].trim().is_empty()).then_some((text.len(), text.len()));
    }
    let mut at = from;
    while let Some((start, end)) = find(text, at, literal) {
        if end == text.len() {
            return Some((start, end));
        }
        at = start;
    }
    None
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;
    use std::{format, vec};

    use super::*;
    use crate::same;
    use proptest::prelude::*;

    fn holes<'m>(parts: &[Part<'_>], message: &'m str) -> Option<Vec<&'m str>> {
        let count = parts.iter().filter(|part| matches!(part, Part::Hole(_))).count();
        let mut holes = vec![""; count];
        capture(parts, message, &mut holes).then_some(holes)
    }

    const MEMBER: [Part<'static>; 4] = [
        Part::Literal("user: "),
        Part::Hole("username"),
        Part::Literal(" doesn't exist in group: "),
        Part::Hole("group_id"),
    ];

    #[test]
    fn holes_take_what_servers_put_there() {
        let found = |message| holes(&MEMBER, message);
        assert_eq!(
            found("User: tom doesn’t exist in group: 40659491815425."),
            Some(vec!["tom", "40659491815425"])
        );
        assert_eq!(found("“user:  张 三  doesn't exist  in group：群”"), Some(vec!["张 三", "群"]));
        assert_eq!(found("user: [a, b] doesn't exist in group: org#app"), Some(vec!["[a, b]", "org#app"]));
        assert_eq!(
            found("user: x doesn't exist in group: y doesn't exist in group: z"),
            Some(vec!["x", "y doesn't exist in group: z"])
        );
    }

    #[test]
    fn the_whole_text_is_matched_and_holes_are_filled() {
        let found = |message| holes(&MEMBER, message);
        assert_eq!(found("user: doesn't exist in group: 1"), None);
        assert_eq!(found("user: tom doesn't exist in group:"), None);
        assert_eq!(found("error: user: tom doesn't exist in group: 1"), None);
        assert_eq!(found("username 111 doesn't exist!"), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn a_hole_can_stand_at_the_start() {
        let parts = [Part::Hole("app_key"), Part::Literal(" user metadata service not allow")];
        assert_eq!(holes(&parts, "org#app user metadata service not allow."), Some(vec!["org#app"]));
        assert_eq!(holes(&parts, "user metadata service not allow"), None);
    }

    #[test]
    fn quotes_of_the_message_itself_stay() {
        let parts = [Part::Literal("'from' is not '"), Part::Hole("kind"), Part::Literal("'")];
        assert_eq!(holes(&parts, "'from' is not 'user'"), Some(vec!["user"]));
        assert_eq!(holes(&parts, "\"'from' is not 'user'\""), Some(vec!["user"]));
    }

    #[test]
    fn a_megabyte_is_one_pass() {
        let long = format!("user: {} doesn't exist in group: 1", "a ".repeat(1 << 19));
        assert_eq!(holes(&MEMBER, &long).map(|holes| holes.len()), Some(2));
        assert_eq!(holes(&MEMBER, &"user: a".repeat(1 << 17)), None);
        for space in [" ", "\t", "\u{a0}", "\u{3000}", "，", "，\u{3000}"] {
            let long = format!("user: a{}b", space.repeat(1 << 19));
            assert_eq!(holes(&MEMBER, &long), None);
        }
    }

    #[test]
    fn a_hole_can_end_in_punctuation() {
        let found = holes(&MEMBER, "User: who? doesn't exist in group: a, b!");
        assert_eq!(found, Some(vec!["who?", "a, b!"]));
        let parts = [Part::Literal("no "), Part::Hole("uri"), Part::Literal(" here")];
        assert_eq!(holes(&parts, "No /x？　here."), Some(vec!["/x？"]));
        let needed = pairs(&parts);
        assert_eq!(Message::new("no /x? here").print().1 & needed, needed);
    }

    #[test]
    fn a_pattern_has_the_pairs_of_all_its_literals() {
        let literals = |texts: [&'static str; 2]| {
            pairs(&[Part::Literal(texts[0]), Part::Hole("x"), Part::Literal(texts[1])])
        };
        let (first, second) = (literals(["ab", "z"]), literals(["z", "cd"]));
        assert!(first != 0 && second != 0 && first != second);
        assert_eq!(literals(["ab", "cd"]), first | second);
        assert_eq!(literals(["ab", "ab"]), first);
    }

    proptest! {
        #[test]
        fn a_message_compares_as_its_text_does(
            text in "[ ab.\"“”'：]{0,8}",
            other in "[ ab.\"“”'：]{0,8}",
        ) {
            let message = Message::new(&text);
            prop_assert_eq!(message.text(), trim(&text));
            prop_assert_eq!(message.is(trim(&other)), same(&text, &other));
            prop_assert!(message.is(trim(&text)));
        }
    }
}
