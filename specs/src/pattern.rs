//! Message patterns: the server's literal message with named holes.
//!
//! `User: {username} doesn't exist in group: {group_id}.` has two holes; `{{` and `}}` stand for
//! literal braces.

use std::fmt;

use crate::{Message, message};

/// One piece of a [`Pattern`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// Text the server sends as it is.
    Literal(String),
    /// A place that differs from response to response, with its name in `snake_case`.
    Hole(String),
}

/// A literal message with named holes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    parts: Vec<Part>,
}

/// What is wrong with a pattern, with the byte offset in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternError {
    /// `{` without its `}`, or `}` without its `{`.
    Brace(usize),
    /// A hole's name is not `snake_case`.
    HoleName(usize, String),
    /// The same hole twice.
    Repeated(usize, String),
    /// Two holes with nothing between them: where one ends cannot be known.
    Adjacent(usize),
    /// Nothing literal in it but spaces and periods: it would take any message.
    NoLiteral,
}

impl PatternError {
    /// In words.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Brace(_) => {
                message!("a brace without its partner; `{{{{` and `}}}}` stand for literal braces")
            }
            Self::HoleName(_, name) => message!("the hole `{name}` is not named in snake_case", name),
            Self::Repeated(_, name) => message!("the hole `{name}` stands there twice", name),
            Self::Adjacent(_) => message!("two holes with nothing between them"),
            Self::NoLiteral => message!("nothing literal in the pattern; it would take any message"),
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for PatternError {}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When braces or hole names are not as they should be, see [`PatternError`].
    ///
    /// ```
    /// use im_errors_spec::Pattern;
    /// let pattern = Pattern::parse("user {username} exists").map_err(|e| e.to_string())?;
    /// assert_eq!(pattern.holes().collect::<Vec<_>>(), ["username"]);
    /// assert_eq!(pattern.to_string(), "user {username} exists");
    /// # Ok::<(), String>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(['{', '}']) {
            let brace = at + found;
            literal.push_str(&text[at..brace]);
            let doubled = text.as_bytes().get(brace + 1) == text.as_bytes().get(brace);
            if doubled {
                literal.push_str(&text[brace..=brace]);
                at = brace + 2;
                continue;
            }
            if text.as_bytes()[brace] == b'}' {
                return Err(PatternError::Brace(brace));
            }
            let length = text[brace..].find('}').ok_or(PatternError::Brace(brace))?;
            let name = &text[brace + 1..brace + length];
            push_hole(&mut parts, &mut literal, name, brace)?;
            at = brace + length + 1;
        }
        literal.push_str(&text[at..]);
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        // White space and periods are in most messages, and mean nothing at their ends.
        let says = |text: &str| text.contains(|c: char| !c.is_whitespace() && c != '.' && c != '。');
        let is_literal = |part: &Part| matches!(part, Part::Literal(text) if parts.len() == 1 || says(text));
        if !parts.iter().any(is_literal) {
            return Err(PatternError::NoLiteral);
        }
        Ok(Self { parts })
    }

    /// A pattern without holes that stands for exactly `message`; `None` for an empty message.
    #[must_use]
    pub fn literal(message: &str) -> Option<Self> {
        let parts = vec![Part::Literal(message.to_owned())];
        (!message.is_empty()).then_some(Self { parts })
    }

    /// The pieces in order; no two literals and no two holes stand side by side.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The names of the holes in order.
    pub fn holes(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hole(name) => Some(name.as_str()),
            Part::Literal(_) => None,
        })
    }

    /// The message itself where the pattern has no hole.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }
}

fn push_hole(parts: &mut Vec<Part>, literal: &mut String, name: &str, at: usize) -> Result<(), PatternError> {
    let snake = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !snake {
        return Err(PatternError::HoleName(at, name.to_owned()));
    }
    if parts.iter().any(|part| matches!(part, Part::Hole(other) if other == name)) {
        return Err(PatternError::Repeated(at, name.to_owned()));
    }
    if !literal.is_empty() {
        parts.push(Part::Literal(std::mem::take(literal)));
    } else if !parts.is_empty() {
        return Err(PatternError::Adjacent(at));
    }
    parts.push(Part::Hole(name.to_owned()));
    Ok(())
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Literal(text) => f.write_str(&text.replace('{', "{{").replace('}', "}}"))?,
                Part::Hole(name) => write!(f, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mistakes_are_told_apart() {
        assert_eq!(Pattern::parse("a {b"), Err(PatternError::Brace(2)));
        assert_eq!(Pattern::parse("a } b"), Err(PatternError::Brace(2)));
        assert_eq!(Pattern::parse("a {B}"), Err(PatternError::HoleName(2, "B".into())));
        assert_eq!(Pattern::parse("{a} b {a}"), Err(PatternError::Repeated(6, "a".into())));
        assert_eq!(Pattern::parse("x {a}{b}"), Err(PatternError::Adjacent(5)));
        assert_eq!(Pattern::parse("{a}"), Err(PatternError::NoLiteral));
        assert_eq!(Pattern::parse(""), Err(PatternError::NoLiteral));
        assert_eq!(Pattern::parse("{a}."), Err(PatternError::NoLiteral));
        assert_eq!(Pattern::parse("{a} {b}。"), Err(PatternError::NoLiteral));
        assert!(Pattern::parse("{a}: {b}").is_ok() && Pattern::parse("...").is_ok());
    }

    #[test]
    fn doubled_braces_are_literal() {
        let pattern = Pattern::parse("{{x}} {y}");
        let parts = [Part::Literal("{x} ".into()), Part::Hole("y".into())];
        assert_eq!(pattern.map(|p| p.parts), Ok(parts.to_vec()));
    }

    proptest! {
        #[test]
        fn printing_and_parsing_agree(text in "[a-z{} 用]{0,24}") {
            if let Ok(pattern) = Pattern::parse(&text) {
                prop_assert_eq!(Pattern::parse(&pattern.to_string()), Ok(pattern));
            }
        }

        #[test]
        fn a_literal_survives_as_it_is(message in ".{1,24}") {
            let pattern = Pattern::literal(&message);
            let printed = pattern.as_ref().map(ToString::to_string).unwrap_or_default();
            prop_assert_eq!(Pattern::parse(&printed).ok(), pattern.clone());
            prop_assert_eq!(pattern.as_ref().and_then(Pattern::as_literal), Some(message.as_str()));
        }
    }
}
