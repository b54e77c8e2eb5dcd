//! Tables as they stand in a page.
//!
//! A table keeps the texts of all its cells in one string, and what is said of rows and cells in
//! small records, so that a page takes not much more memory as tables than as text. [`Row`] and
//! [`Cell`] are views of them.

use std::borrow::Cow;
use std::ops::Range;

use crate::Diagnostic;
use crate::inline::{Flat, Piece};

/// A page as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'p> {
    /// The decoded text that all spans point into; newlines are `\n`. Borrowed from the page where
    /// that is such a text already.
    pub text: Cow<'p, str>,
    /// The tables in the order of the page. A nested table follows the one it stands in.
    pub tables: Vec<Table>,
    /// What was strange about them.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document<'_> {
    /// The same with a text of its own.
    #[must_use]
    pub fn into_owned(self) -> Document<'static> {
        Document { text: Cow::Owned(self.text.into_owned()), ..self }
    }
}

/// How a table was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A pipe table.
    Markdown,
    /// A `<table>`.
    Html,
    /// Put together again from extracted text.
    Text,
}

impl Format {
    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Text => "text",
        }
    }
}

/// A table: rows of anchor cells. [`crate::read::Grid`] expands their spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How it was written.
    pub format: Format,
    /// The headings above it, outermost first; a caption is the innermost.
    pub headings: Vec<String>,
    /// Bytes of the whole table.
    pub span: Range<usize>,
    /// How many of the rows name the columns.
    pub(super) header_rows: usize,
    rows: Vec<RowRecord>,
    cells: Vec<CellRecord>,
    /// The texts of the cells, one after another.
    text: String,
    /// The pieces of those texts that are more than plain text.
    pieces: Vec<Piece>,
    /// The cells that take more than one slot, in order.
    spans: Vec<SpanRecord>,
}

/// Bytes of a page, which has less than 4 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bytes {
    start: u32,
    end: u32,
}

impl Bytes {
    fn of(range: &Range<usize>) -> Self {
        Self { start: small(range.start), end: small(range.end) }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

fn small(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RowRecord {
    span: Bytes,
    /// Where its cells end; they start where those of the row above end.
    cells_end: u32,
    section: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CellRecord {
    span: Bytes,
    /// Where its text ends.
    text_end: u32,
    /// Where its pieces end.
    pieces_end: u32,
    is_header: bool,
    bold: bool,
    /// It has a record among the spans.
    is_spanned: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SpanRecord {
    cell: u32,
    colspan: u32,
    rowspan: u32,
}

/// What a cell is beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// How many columns it takes, at least 1.
    pub colspan: u32,
    /// How many rows it takes, at least 1.
    pub rowspan: u32,
    /// Written as a header cell.
    pub is_header: bool,
    /// All of its text is bold.
    pub bold: bool,
}

impl Default for Marks {
    fn default() -> Self {
        Self { colspan: 1, rowspan: 1, is_header: false, bold: false }
    }
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(format: Format, span: Range<usize>) -> Self {
        Self {
            format,
            headings: Vec::new(),
            span,
            header_rows: 0,
            rows: Vec::new(),
            cells: Vec::new(),
            text: String::new(),
            pieces: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// Adds a cell to the row that [`Self::end_row`] ends.
    pub fn push_cell(&mut self, span: Range<usize>, text: Flat<'_>, marks: Marks) {
        let (text, pieces) = text.parts();
        self.text.push_str(text);
        self.pieces.extend_from_slice(pieces);
        let Marks { colspan, rowspan, is_header, bold } = marks;
        let is_spanned = colspan > 1 || rowspan > 1;
        if is_spanned {
            self.spans.push(SpanRecord { cell: small(self.cells.len()), colspan, rowspan });
        }
        let (text_end, pieces_end) = (small(self.text.len()), small(self.pieces.len()));
        let span = Bytes::of(&span);
        self.cells.push(CellRecord { span, text_end, pieces_end, is_header, bold, is_spanned });
    }

    /// Ends a row with the cells that have been added. `section` is the group of rows (`<tbody>` and
    /// the like) that it is in; cells do not reach beyond it.
    pub fn end_row(&mut self, span: Range<usize>, section: u32) {
        let cells_end = small(self.cells.len());
        self.rows.push(RowRecord { span: Bytes::of(&span), cells_end, section });
    }

    /// Says how many of the first rows name the columns.
    #[must_use]
    pub fn with_header(self, rows: usize) -> Self {
        Self { header_rows: rows.min(self.rows.len()), ..self }
    }

    /// Gives back the room that rows to come would have had.
    pub(super) fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.cells.shrink_to_fit();
        self.text.shrink_to_fit();
        self.pieces.shrink_to_fit();
    }

    /// The rows that name the columns: none, one, or several on top of each other.
    #[must_use]
    pub fn header(&self) -> Rows<'_> {
        Rows { table: self, range: 0..self.header_rows }
    }

    /// The rows below the header.
    #[must_use]
    pub fn rows(&self) -> Rows<'_> {
        Rows { table: self, range: self.header_rows..self.rows.len() }
    }

    /// The header and the rows.
    #[must_use]
    pub fn all_rows(&self) -> Rows<'_> {
        Rows { table: self, range: 0..self.rows.len() }
    }

    /// A cell by its index in the table.
    #[must_use]
    pub fn cell(&self, index: usize) -> Option<Cell<'_>> {
        let record = self.cells.get(index)?;
        Some(Cell { table: self, index, span: record.span.range() })
    }

    /// How many cells there are.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// Whether any cell takes more than one slot.
    #[must_use]
    pub fn has_spans(&self) -> bool {
        !self.spans.is_empty()
    }

    /// Takes away the first rows, be they of the header or not.
    pub(super) fn remove_first(&mut self, rows: usize) {
        let Some(row) = rows.checked_sub(1).and_then(|last| self.all_rows().get(last)) else {
            return;
        };
        let count = row.range().end;
        let last = count.checked_sub(1).map(|at| self.cells[at]);
        let (text_end, pieces_end) = last.map_or((0, 0), |cell| (cell.text_end, cell.pieces_end));
        self.cells.drain(..count);
        self.text.drain(..text_end as usize);
        self.pieces.drain(..pieces_end as usize);
        for cell in &mut self.cells {
            cell.text_end -= text_end;
            cell.pieces_end -= pieces_end;
        }
        self.rows.drain(..rows);
        let count = small(count);
        self.rows.iter_mut().for_each(|row| row.cells_end -= count);
        self.spans.retain(|span| span.cell >= count);
        self.spans.iter_mut().for_each(|span| span.cell -= count);
        self.header_rows = self.header_rows.saturating_sub(rows);
    }
}

/// Some rows of a table.
#[derive(Debug, Clone)]
pub struct Rows<'t> {
    table: &'t Table,
    range: Range<usize>,
}

impl<'t> Rows<'t> {
    /// One of them.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Row<'t>> {
        let index = self.range.start.checked_add(at).filter(|index| *index < self.range.end)?;
        let record = self.table.rows.get(index)?;
        Some(Row { table: self.table, index, span: record.span.range(), section: record.section })
    }

    /// The first of them.
    #[must_use]
    pub fn first(&self) -> Option<Row<'t>> {
        self.get(0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.range.is_empty()
    }
}

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        let row = self.get(0)?;
        self.range.start += 1;
        Some(row)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.range.len(), Some(self.range.len()))
    }
}

impl DoubleEndedIterator for Rows<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let row = self.get(self.range.len().checked_sub(1)?)?;
        self.range.end -= 1;
        Some(row)
    }
}

impl ExactSizeIterator for Rows<'_> {}

/// A row.
#[derive(Debug, Clone)]
pub struct Row<'t> {
    table: &'t Table,
    /// Among all rows of the table.
    index: usize,
    /// Bytes of the whole row.
    pub span: Range<usize>,
    /// Which group of rows it is in.
    pub section: u32,
}

impl<'t> Row<'t> {
    /// The cells that start in it.
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = Cell<'t>> + ExactSizeIterator + Clone + use<'t> {
        let table = self.table;
        self.range().map(move |index| Cell { table, index, span: table.cells[index].span.range() })
    }

    /// The indices of those in the table.
    pub(crate) fn range(&self) -> Range<usize> {
        let end = |row: usize| self.table.rows[row].cells_end as usize;
        self.index.checked_sub(1).map_or(0, end)..end(self.index)
    }
}

/// A cell where it starts.
#[derive(Debug, Clone)]
pub struct Cell<'t> {
    table: &'t Table,
    index: usize,
    /// Bytes of its content.
    pub span: Range<usize>,
}

impl<'t> Cell<'t> {
    fn record(&self) -> &'t CellRecord {
        &self.table.cells[self.index]
    }

    /// Its index in the table, cells of the header counted as well.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its text.
    #[must_use]
    pub fn flat(&self) -> Flat<'t> {
        let Table { cells, text, pieces, .. } = self.table;
        let before = self.index.checked_sub(1).map(|at| &cells[at]);
        let (text_start, pieces_start) = before.map_or((0, 0), |cell| (cell.text_end, cell.pieces_end));
        let CellRecord { text_end, pieces_end, .. } = *self.record();
        Flat::new(
            &text[text_start as usize..text_end as usize],
            &pieces[pieces_start as usize..pieces_end as usize],
        )
    }

    /// What it is beside its text.
    #[must_use]
    pub fn marks(&self) -> Marks {
        let CellRecord { is_header, bold, is_spanned, .. } = *self.record();
        let spans = &self.table.spans;
        let found = if is_spanned {
            spans.binary_search_by_key(&self.index, |span| span.cell as usize)
        } else {
            Err(0)
        };
        let (colspan, rowspan) = found.map_or((1, 1), |at| (spans[at].colspan, spans[at].rowspan));
        Marks { colspan, rowspan, is_header, bold }
    }

    /// Its text alone; breaks are newlines.
    #[must_use]
    pub fn plain(&self) -> String {
        self.plain_text().into_owned()
    }

    /// The same, borrowed where it stands in one place.
    #[must_use]
    pub fn plain_text(&self) -> Cow<'t, str> {
        self.flat().plain()
    }

    /// Whether it has no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let before = self.index.checked_sub(1).map_or(0, |at| self.table.cells[at].text_end);
        self.record().text_end == before
    }
}
