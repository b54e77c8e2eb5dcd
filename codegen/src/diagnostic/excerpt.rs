//! The line of a text that a diagnostic points at.

use std::ops::Range;

/// The lines that a span is in, so that a page of any size costs only these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt<'t> {
    /// The line, or a part of a very long one.
    pub text: &'t str,
    /// The number of the line, from 1.
    pub line: usize,
    /// Where in its line the span starts, in characters from 1.
    pub column: usize,
    /// The span in `text`; what reaches into further lines ends with the first.
    pub span: Range<usize>,
}

impl<'t> Excerpt<'t> {
    /// What is shown of `text` for `span`; `None` if that is no place in it.
    #[must_use]
    pub fn of(text: &'t str, span: Range<usize>) -> Option<Self> {
        /// A whole table is pointed at by its first line.
        const MOST_BYTES: usize = 600;
        let before = text.get(..span.start)?;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest_of_line = text[span.start..].lines().next().unwrap_or_default();
        let first_line_end = span.start + rest_of_line.len();
        let end = span.end.clamp(span.start, first_line_end);
        let mut from = line_start;
        let mut to = first_line_end;
        if to - from > MOST_BYTES {
            // One line can be the whole page.
            from = floor(text, line_start.max(span.start.saturating_sub(MOST_BYTES / 4)));
            to = floor(text, to.min(span.start + MOST_BYTES));
        }
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        let end = floor(text, end.min(to).max(span.start));
        Some(Self { text: &text[from..to], line, column, span: span.start - from..end - from })
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
