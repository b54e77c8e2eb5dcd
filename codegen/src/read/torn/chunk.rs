//! Lines → rows, where a cell may run over several lines and a row over more.

use std::ops::Range;

use super::{Line, Page};
use crate::read::header;
use crate::read::model::{Row, Table};
use crate::read::pipes::RowReader;

/// How the rows of a torn table are made.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) width: usize,
    /// A row ends in a pipe, as the header does.
    pub(super) closed: bool,
}

/// Cuts lines into rows of `width` cells below the header that is `table`; where that puts something
/// else than a number under a first column of numbers, rows are cut at the numbers instead.
pub(super) fn rechunk(
    page: &Page<'_, '_>,
    lines: &[Line<'_>],
    shape: Shape,
    table: &Table,
) -> (Table, usize) {
    let plain = Chunker::new(page, lines, shape, false, table.clone()).run();
    let count = plain.0.rows().len();
    let numbered = plain.0.rows().filter(starts_with_number).count();
    if numbered == count || numbered * 2 < count {
        return plain;
    }
    Chunker::new(page, lines, shape, true, table.clone()).run()
}

fn starts_with_number(row: &Row<'_>) -> bool {
    row.cells().next().is_some_and(|cell| header::is_number(&cell.plain_text()))
}

/// A cell while its lines are collected.
struct OpenCell {
    span: Range<usize>,
    text: String,
    /// The next line belongs to it without a space, because a pipe or a line cut a link in two.
    in_link: bool,
}

struct Chunker<'a, 't> {
    lines: &'a [Line<'t>],
    shape: Shape,
    /// Rows start at a number.
    by_number: bool,
    /// Lines end in a pipe, so one that does not is either prose or goes on below.
    trailing: bool,
    reader: RowReader<'a>,
    table: Table,
    row: OpenRow,
    cell: Option<OpenCell>,
}

/// The row that cells are added to.
#[derive(Default)]
struct OpenRow {
    cells: usize,
    /// Where its first cell stands.
    first: Range<usize>,
    last_end: usize,
}

impl<'a, 't> Chunker<'a, 't> {
    fn new(page: &Page<'a, 't>, lines: &'a [Line<'t>], shape: Shape, by_number: bool, table: Table) -> Self {
        let piped = lines.iter().filter(|line| line.has_pipe());
        let ends = piped.clone().filter(|line| line.text.ends_with('|')).count();
        let trailing = ends * 2 >= piped.count();
        let (reader, row) = (page.rows(), OpenRow::default());
        Self { lines, shape, by_number, trailing, reader, table, row, cell: None }
    }

    /// The table, and how many lines its rows took.
    fn run(mut self) -> (Table, usize) {
        let mut used = 0;
        for (i, line) in self.lines.iter().enumerate() {
            if line.text.is_empty() {
                continue;
            }
            let cell_is_open = self.cell.is_some();
            let in_row = cell_is_open || self.is_at_last_cell() || !self.trailing;
            if !line.has_pipe() && !in_row && !self.goes_on(i) {
                break;
            }
            self.line(i, line);
            used = i + 1;
        }
        self.end_cell();
        self.end_row();
        (self.table, used)
    }

    /// Whether the next cell is the one of its row that no pipe ends.
    fn is_at_last_cell(&self) -> bool {
        !self.shape.closed && self.row.cells + 1 == self.shape.width
    }

    /// Whether a line without a pipe is the start of a cell that ends in one further down: only
    /// inside a row, and before the next line that starts a row.
    fn goes_on(&self, from: usize) -> bool {
        let next = self.lines[from + 1..].iter().find(|line| !line.text.is_empty());
        let closes = next.is_some_and(|line| {
            line.has_pipe() && !header::is_number(line.text.trim_end_matches('|').trim())
        });
        self.row.cells > 0 && closes
    }

    fn line(&mut self, index: usize, line: &Line<'_>) {
        let mut at = 0;
        let bytes = line.text.as_bytes();
        let starts_row = self.row.cells == 0 && self.cell.is_none();
        if starts_row && bytes.first() == Some(&b'|') {
            at = 1;
        }
        let base = line.range.start;
        for cut in (at..bytes.len()).filter(|cut| bytes[*cut] == b'|') {
            if cut > 0 && bytes[cut - 1] == b'\\' {
                continue;
            }
            self.piece(line.text, at..cut, base);
            at = cut + 1;
            // A stray pipe that cuts a link is the last of its line.
            if at < bytes.len() || !self.is_link_cut() || !self.link_ends_below(index) {
                self.end_cell();
            }
        }
        if at < bytes.len() {
            self.piece(line.text, at..bytes.len(), base);
            let goes_on = self.is_link_cut() && self.link_ends_below(index);
            if (!self.trailing || self.is_at_last_cell()) && !goes_on {
                self.end_cell();
            }
        }
        if self.cell.is_some() && !self.is_closed_below(index) {
            self.end_cell();
        }
    }

    /// Adds a piece of a line to the cell that is open, or opens one.
    fn piece(&mut self, line: &str, range: Range<usize>, base: usize) {
        let raw = &line[range.clone()];
        let text = raw.trim();
        let start = base + range.start + (raw.len() - raw.trim_start().len());
        let span = start..start + text.len();
        let alone = text.len() + 1 >= line.trim_end_matches('|').trim_end().len();
        if self.cell.is_none() {
            self.make_room(text, alone);
            self.cell = Some(OpenCell { span, text: text.to_owned(), in_link: false });
            return;
        }
        if let Some(cell) = &mut self.cell {
            if !text.is_empty() && !cell.in_link && !cell.text.is_empty() {
                cell.text.push(' ');
            }
            cell.text.push_str(text);
            cell.in_link = false;
            if !text.is_empty() {
                cell.span.end = span.end;
            }
        }
    }

    /// Ends the row before a cell that belongs to the next one.
    fn make_room(&mut self, text: &str, alone: bool) {
        let full = self.row.cells >= self.shape.width;
        let starts_row = if self.by_number {
            header::is_number(text) && alone && (full || self.row.cells >= 2)
        } else {
            full
        };
        if starts_row {
            self.end_row();
        }
    }

    /// Whether the open cell stops inside a link's target.
    fn is_link_cut(&self) -> bool {
        let Some(cell) = &self.cell else {
            return false;
        };
        let target = cell.text.rfind("](").map(|at| &cell.text[at + 2..]);
        target.is_some_and(|target| !target.contains([')', ' ']))
    }

    /// Whether the next line starts with the rest of a link's target.
    fn link_ends_below(&mut self, index: usize) -> bool {
        let next = self.lines.get(index + 1).map_or("", |line| line.text);
        let ends = next.find(')').is_some_and(|end| !next[..end].contains([' ', '|', '(']));
        if let Some(cell) = self.cell.as_mut().filter(|_| ends) {
            cell.in_link = true;
        }
        ends
    }

    /// Whether the open cell finds its pipe further down, before the next row or a blank line.
    fn is_closed_below(&self, index: usize) -> bool {
        let below = self.lines[index + 1..].iter().take_while(|line| !line.text.is_empty());
        below.take(MOST_LINES_OF_A_CELL).any(Line::has_pipe)
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else {
            return;
        };
        if self.row.cells == 0 {
            self.row.first = cell.span.clone();
        }
        self.row.cells += 1;
        self.row.last_end = cell.span.end;
        self.reader.text(&mut self.table, cell.span, &cell.text);
    }

    fn end_row(&mut self) {
        let OpenRow { cells, first, last_end } = std::mem::take(&mut self.row);
        if cells > 0 {
            self.table.end_row(first.start..last_end.max(first.end), 0);
        }
    }
}

/// A cell does not run over more lines than this: beyond it is prose.
pub(super) const MOST_LINES_OF_A_CELL: usize = 40;
