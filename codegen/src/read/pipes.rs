//! One source row of a pipe table → the bytes of its cells.
//!
//! The Markdown parser drops what is beyond the header's width, so rows are split here. Within
//! the width the result is the same as the parser's.

use std::borrow::Cow;
use std::ops::Range;

use super::model::{Marks, Table};
use crate::inline::{self, Builder, References};

/// Reads rows and cells into tables, with the room that the ones before had.
pub(super) struct RowReader<'a> {
    text: &'a str,
    references: References<'a>,
    cells: Vec<Range<usize>>,
    builder: Builder,
}

impl<'a> RowReader<'a> {
    /// Of a page, with the definitions of its links.
    pub(super) fn new(text: &'a str, references: References<'a>) -> Self {
        Self { text, references, cells: Vec::new(), builder: Builder::default() }
    }

    /// Adds the row that stands at `range`. Of one that is wider than `width` the cells are joined
    /// that pipes inside a code span have split.
    pub(super) fn row(&mut self, table: &mut Table, range: Range<usize>, width: usize) {
        let mut cells = std::mem::take(&mut self.cells);
        cells.clear();
        split_into(&mut cells, &self.text[range.clone()], range.start);
        if cells.len() > width {
            cells = join_code(self.text, cells, width);
        }
        for span in &cells {
            self.cell(table, span.clone());
        }
        table.end_row(range, 0);
        self.cells = cells;
    }

    /// Adds the cell whose Markdown stands at `span`.
    pub(super) fn cell(&mut self, table: &mut Table, span: Range<usize>) {
        self.text(table, span.clone(), &self.text[span]);
    }

    /// Adds a cell at `span` whose Markdown is put together.
    pub(super) fn text(&mut self, table: &mut Table, span: Range<usize>, markdown: &str) {
        self.builder.clear();
        inline::read_markdown(&unescape(markdown), self.references, &mut self.builder);
        let (text, bold) = self.builder.flat();
        table.push_cell(span, text, Marks { bold, ..Marks::default() });
    }
}

/// Splits `row`, a slice of the page that starts at `base`, at its unescaped pipes. The ranges are
/// trimmed and in bytes of the page.
pub(super) fn split(row: &str, base: usize) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    split_into(&mut cells, row, base);
    cells
}

fn split_into(cells: &mut Vec<Range<usize>>, row: &str, base: usize) {
    let trimmed = row.trim_end();
    let lead = trimmed.len() - trimmed.trim_start().len();
    let mut start = if trimmed[lead..].starts_with('|') { lead + 1 } else { lead };
    let first = start;
    for at in memchr::memchr_iter(b'|', &trimmed.as_bytes()[first..]).map(|at| first + at) {
        if !is_escaped(trimmed, at) {
            cells.push(trim(row, start..at, base));
            start = at + 1;
        }
    }
    if start < trimmed.len() {
        cells.push(trim(row, start..trimmed.len(), base));
    }
}

/// Whether the pipe at `at` has a backslash before it. As in GFM, a backslash before that one does
/// not undo it: pipes are unescaped before anything else is read.
fn is_escaped(row: &str, at: usize) -> bool {
    at > 0 && row.as_bytes()[at - 1] == b'\\'
}

fn trim(row: &str, range: Range<usize>, base: usize) -> Range<usize> {
    let cell = &row[range.clone()];
    let cell = cell.trim_end();
    let end = range.start + cell.len();
    let start = end - cell.trim_start().len();
    base + start..base + end
}

/// Joins cells that pipes inside a code span have split, as long as the row is wider than `width`.
fn join_code(text: &str, cells: Vec<Range<usize>>, width: usize) -> Vec<Range<usize>> {
    let mut surplus = cells.len().saturating_sub(width);
    if surplus == 0 {
        return cells;
    }
    let open = |range: &Range<usize>| text[range.clone()].matches('`').count() % 2 == 1;
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(cells.len());
    // The cell in which a code span has opened, by its place in `joined`.
    let mut opened: Option<usize> = None;
    for cell in cells {
        let toggles = open(&cell);
        let end = cell.end;
        joined.push(cell);
        match opened.take() {
            Some(first) if toggles && joined.len() - first - 1 <= surplus => {
                surplus -= joined.len() - first - 1;
                joined.truncate(first + 1);
                joined[first].end = end;
            }
            Some(first) if !toggles => opened = Some(first),
            Some(_) => {}
            None if toggles => opened = Some(joined.len() - 1),
            None => {}
        }
    }
    joined
}

/// The Markdown of a cell: its bytes with escaped pipes unescaped.
fn unescape(cell: &str) -> Cow<'_, str> {
    let is_escaped = memchr::memchr(b'|', cell.as_bytes()).is_some() && cell.contains("\\|");
    if is_escaped { cell.replace("\\|", "|").into() } else { cell.into() }
}

/// Whether `line` is a delimiter row such as `|:---|---:|`, and of how many columns. A single
/// dash run without a pipe is a heading's underline, not a table.
pub(super) fn delimiter_columns(line: &str) -> Option<usize> {
    let line = line.trim();
    // Most lines are told by their first bytes.
    let is_dashed =
        line.bytes().take(4).all(|byte| !byte.is_ascii_graphic() || matches!(byte, b'|' | b'-' | b':'));
    if !is_dashed || !line.contains('|') || !line.contains('-') {
        return None;
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let dashes = |cell: &str| {
        let cell = cell.trim();
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        !cell.is_empty() && cell.bytes().all(|b| b == b'-')
    };
    let cells = inner.split('|');
    cells.clone().all(dashes).then(|| cells.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<&str> {
        split(row, 0).into_iter().map(|range| &row[range]).collect()
    }

    #[test]
    fn rows_split_at_bare_pipes() {
        assert_eq!(cells("| a | b |"), ["a", "b"]);
        assert_eq!(cells("a | b"), ["a", "b"]);
        assert_eq!(cells("  | a \\| b || c"), ["a \\| b", "", "c"]);
        assert_eq!(cells("|"), [""; 0]);
        assert_eq!(cells("| 群组 |  "), ["群组"]);
    }

    fn joined_of(row: &str, width: usize) -> Vec<&str> {
        join_code(row, split(row, 0), width).into_iter().map(|range| &row[range]).collect()
    }

    #[test]
    fn code_spans_are_joined_only_beyond_the_width() {
        let row = "| `a|b` | c |";
        let joined = |width| joined_of(row, width);
        assert_eq!(joined(2), ["`a|b`", "c"]);
        assert_eq!(joined(3), ["`a", "b`", "c"]);
        let row = "`a|b|c` | ` | d";
        assert_eq!(joined_of(row, 3), ["`a|b|c`", "`", "d"]);
        assert_eq!(joined_of(row, 4), ["`a", "b", "c`", "`", "d"]);
    }

    #[test]
    fn delimiter_rows_have_dashes_and_a_pipe() {
        assert_eq!(delimiter_columns("---|---|---|---|"), Some(4));
        assert_eq!(delimiter_columns("| :-- | -: |"), Some(2));
        assert_eq!(delimiter_columns("|-|"), Some(1));
        assert_eq!(delimiter_columns("---"), None);
        assert_eq!(delimiter_columns("| a | - |"), None);
        assert_eq!(delimiter_columns("||"), None);
    }
}
