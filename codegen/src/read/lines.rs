//! Byte offset → line and column.

use std::ops::Range;

/// The line starts of a text.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of `text`.
    ///
    /// ```
    /// use im_errors_codegen::read::Lines;
    /// let lines = Lines::new("群组\nab");
    /// assert_eq!(lines.locate(3), (1, 2));
    /// assert_eq!(lines.locate(8), (2, 2));
    /// ```
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(newlines.map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// The line of a byte offset, from 1.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Where a line stands, without its end; nowhere if there is none.
    #[must_use]
    pub fn span(&self, line: usize) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|i| self.starts.get(i).copied()).unwrap_or(self.text.len());
        let end = self.starts.get(line).copied().unwrap_or(self.text.len()).max(start);
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    #[must_use]
    pub fn locate(&self, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.starts[line - 1];
        let before = self.text.get(start..offset).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

/// Where the line ends that `at` is in, behind its newline.
pub(super) fn end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1)
}

/// The start of `text` on one line, for messages.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("`{}…`", &folded[..cut]),
        None => format!("`{folded}`"),
    }
}
