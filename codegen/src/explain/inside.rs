//! Documented messages somewhere in a text, with whatever is around them.

use std::ops::Range;

use im_errors_match::Fold;
use im_errors_spec::{ErrorDef, Part, Spec};

use super::whole::Holes;

/// The errors whose messages are in a text.
pub(super) struct Inside<'s> {
    found: Vec<Hit<'s>>,
}

struct Hit<'s> {
    catalog: &'s str,
    name: &'s str,
    /// Of its literal text.
    span: Range<usize>,
    holes: Holes<'s>,
}

impl<'s> Inside<'s> {
    /// What stands in the holes of the message of `error`, if that was found.
    pub(super) fn take(&mut self, spec: &Spec, error: &ErrorDef) -> Option<Holes<'s>> {
        let is_it = |hit: &Hit<'_>| hit.catalog == spec.catalog && hit.name == error.name.as_str();
        let at = self.found.iter().position(is_it)?;
        Some(self.found.swap_remove(at).holes)
    }
}

/// Finds the documented messages in `text`; those that are a part of another one there are left out.
pub(super) fn messages<'s>(specs: &[&'s Spec], text: &str) -> Inside<'s> {
    let line = Line::new(text);
    let mut found = Vec::new();
    for (spec, error) in specs.iter().flat_map(|spec| spec.errors.iter().map(move |error| (spec, error))) {
        if let Some((span, holes)) = line.find(error) {
            found.push(Hit { catalog: &spec.catalog, name: error.name.as_str(), span, holes });
        }
    }
    let spans: Vec<_> = found.iter().map(|hit| hit.span.clone()).collect();
    let is_part = |span: &Range<usize>| {
        spans.iter().any(|other| other.start <= span.start && span.end <= other.end && other != span)
    };
    found.retain(|hit| !is_part(&hit.span));
    Inside { found }
}

/// A text as it compares, and where its characters come from.
struct Line<'t> {
    text: &'t str,
    folded: String,
    /// For each byte of `folded`, and its end.
    origin: Vec<usize>,
}

impl<'t> Line<'t> {
    fn new(text: &'t str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut origin = Vec::with_capacity(text.len() + 1);
        for one in Fold::new(text, 0) {
            folded.push(one.char);
            origin.resize(folded.len(), one.start);
        }
        origin.push(text.len());
        Self { text, folded, origin }
    }

    fn find<'s>(&self, error: &'s ErrorDef) -> Option<(Range<usize>, Holes<'s>)> {
        /// Shorter texts stand in anything.
        const LEAST: usize = 6;
        let message = error.message.as_ref()?;
        let parts = folded(message.parts());
        let literals =
            parts.iter().map(|part| if let Piece::Text(text) = part { text.trim().len() } else { 0 });
        if literals.sum::<usize>() < LEAST {
            return None;
        }
        self.search(&parts)
    }

    /// The first instance of the pieces.
    fn search<'s>(&self, pieces: &[Piece<'s>]) -> Option<(Range<usize>, Holes<'s>)> {
        /// Of one text that is at many places; what is in a log by then is no message.
        const MOST_STARTS: usize = 64;
        let (lead, pieces) = match pieces {
            [Piece::Hole(name), rest @ ..] => (Some(*name), rest),
            pieces => (None, pieces),
        };
        let [Piece::Text(first), rest @ ..] = pieces else {
            return None;
        };
        let mut from = 0;
        for _ in 0..MOST_STARTS {
            let start = from + self.folded[from..].find(first.as_str())?;
            from = start + self.folded[start..].chars().next().map_or(1, char::len_utf8);
            let end = start + first.len();
            let Some((end, mut holes)) = self.continued(end, rest) else {
                continue;
            };
            if !self.is_apart(start, end) {
                continue;
            }
            if let Some(name) = lead {
                let Some(value) = self.word_before(start) else {
                    continue;
                };
                holes.insert(0, (name, value));
            }
            return Some((start..end, holes));
        }
        None
    }

    /// Where the last literal ends, if `pieces` go on at `at`.
    fn continued<'s>(&self, at: usize, pieces: &[Piece<'s>]) -> Option<(usize, Holes<'s>)> {
        /// Longer ones are not filled, but from another message.
        const LONGEST_HOLE: usize = 400;
        let mut holes = Vec::new();
        let mut at = at;
        let mut pieces = pieces.iter();
        while let Some(Piece::Hole(name)) = pieces.next() {
            let Some(Piece::Text(text)) = pieces.next() else {
                holes.push((*name, self.word_after(at)?));
                return Some((at, holes));
            };
            let skipped = at + self.folded[at..].chars().next()?.len_utf8();
            let end = floor(&self.folded, skipped + LONGEST_HOLE + text.len());
            let found = skipped + self.folded[skipped..end].find(text.as_str())?;
            holes.push((*name, self.original(at..found)));
            at = found + text.len();
        }
        Some((at, holes))
    }

    /// Whether no word goes on at either end.
    fn is_apart(&self, start: usize, end: usize) -> bool {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let joins = |before: &str, after: &str| before.ends_with(is_word) && after.starts_with(is_word);
        let cut = |at: usize| joins(&self.folded[..at], &self.folded[at..]);
        !cut(start) && !cut(end)
    }

    fn word_before(&self, at: usize) -> Option<String> {
        let before = self.text[..self.origin[at]].trim_end();
        let start = before
            .rfind(ends_word)
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        (start < before.len()).then(|| before[start..].to_owned())
    }

    fn word_after(&self, at: usize) -> Option<String> {
        let after = self.text[self.origin[at]..].trim_start();
        let word = after.split(ends_word).next()?;
        let word = word.trim_end_matches(['.', ',', ';', ')', ']', '}', '。', '，']);
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn original(&self, folded: Range<usize>) -> String {
        self.text[self.origin[folded.start]..self.origin[folded.end]].trim().to_owned()
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\'' | '<' | '\\')
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A piece of a pattern as it compares.
enum Piece<'s> {
    Text(String),
    Hole(&'s str),
}

fn folded(parts: &[Part]) -> Vec<Piece<'_>> {
    let last = parts.len().saturating_sub(1);
    let mut pieces = Vec::with_capacity(parts.len());
    for (i, part) in parts.iter().enumerate() {
        let text = match part {
            Part::Hole(name) => {
                pieces.push(Piece::Hole(name));
                continue;
            }
            // Periods at the end and quotes around the whole may be missing.
            Part::Literal(text) if last == 0 => im_errors_match::trim(text),
            Part::Literal(text) if i == 0 => text.trim_start(),
            Part::Literal(text) if i == last => text.trim_end_matches(['.', '。', ' ']),
            Part::Literal(text) => text,
        };
        // What was nothing but a final period is not looked for.
        if !text.is_empty() {
            pieces.push(Piece::Text(Fold::new(text, 0).map(|one| one.char).collect()));
        }
    }
    pieces
}
