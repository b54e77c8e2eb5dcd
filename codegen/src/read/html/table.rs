//! The tables that are open: their rows, cells, parts and captions.

use super::automaton::{Mode, Reader, Tag};
use super::element::Element;
use crate::diagnostic::rules;
use crate::inline::Builder;
use crate::limits::TABLE_DEPTH;
use crate::read::model::{Format, Marks, Row, Table};
use crate::{Diagnostic, message};

/// A table being read.
pub(super) struct Open {
    /// Index in `found.tables`.
    pub(super) index: usize,
    row: Option<OpenRow>,
    pub(super) cell: Option<OpenCell>,
    /// Collects the text of that, and of the ones after it.
    builder: Builder,
    pub(super) caption: Option<Builder>,
    part: Part,
    section: u32,
    /// How many rows below the last one its cells still reach into.
    reach: u32,
}

impl Open {
    /// What collects text in the cell that is open.
    pub(super) fn cell_builder(&mut self) -> Option<&mut Builder> {
        self.cell.is_some().then_some(&mut self.builder)
    }

    /// What collects text at this place.
    pub(super) fn builder(&mut self) -> Option<&mut Builder> {
        if self.cell.is_some() { Some(&mut self.builder) } else { self.caption.as_mut() }
    }
}

/// A row being read, whose cells are in the table already.
struct OpenRow {
    start: usize,
    cells: usize,
    /// How many rows the tallest of them takes.
    tallest: u32,
}

impl OpenRow {
    fn new(start: usize) -> Self {
        Self { start, cells: 0, tallest: 1 }
    }
}

/// Which part of a table a row is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
    Foot,
}

impl Part {
    /// The part that an element is.
    fn of(element: Element) -> Self {
        match element {
            Element::Head => Self::Head,
            Element::Foot => Self::Foot,
            _ => Self::Body,
        }
    }
}

pub(super) struct OpenCell {
    start: usize,
    marks: Marks,
}

impl Reader<'_> {
    fn with_open(&mut self, change: impl FnOnce(&mut Open)) {
        if let Some(open) = self.open.last_mut() {
            change(open);
        }
    }

    pub(super) fn start_table(&mut self, start: usize) {
        if self.too_deep > 0 || self.open.len() >= TABLE_DEPTH {
            if self.too_deep == 0 {
                let span = start..self.position.max(start);
                let message =
                    message!("a table inside {n} others; it is read as text of its cell", n = TABLE_DEPTH);
                self.found.diagnostics.push(Diagnostic::at(&rules::TABLE_TOO_DEEP, span, message));
            }
            self.too_deep += 1;
            return;
        }
        let nested = self.open.last().is_some_and(|open| open.cell.is_some());
        if !self.open.is_empty() && !nested {
            self.end_table(start);
        }
        self.end_heading();
        let index = self.found.tables.len();
        self.found.tables.push(Table::new(Format::Html, start..start));
        self.open.push(Open {
            index,
            row: None,
            cell: None,
            builder: Builder::default(),
            caption: None,
            part: Part::Body,
            section: 0,
            reach: 0,
        });
    }

    pub(super) fn end_table_tag(&mut self, end: usize) -> Option<()> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return None;
        }
        self.end_table(end);
        (self.mode == Mode::Table && self.open.is_empty()).then_some(())
    }

    pub(super) fn end_table(&mut self, end: usize) {
        self.end_row(end);
        self.end_caption();
        if let Some(open) = self.open.pop() {
            self.found.tables[open.index].span.end = end;
        }
    }

    pub(super) fn start_section(&mut self, tag: &Tag) {
        self.end_row(tag.start);
        self.end_caption();
        self.start_part(Part::of(tag.element));
    }

    /// Browsers pass over the end of what is not open.
    pub(super) fn end_section(&mut self, element: Element, start: usize) {
        if self.open.last().is_some_and(|open| open.part == Part::of(element)) {
            self.end_row(start);
            self.start_part(Part::Body);
        }
    }

    fn start_part(&mut self, part: Part) {
        self.with_open(|open| {
            open.section += 1;
            open.part = part;
            open.reach = 0;
        });
    }

    pub(super) fn start_row(&mut self, start: usize) {
        self.end_row(start);
        self.end_caption();
        self.with_open(|open| open.row = Some(OpenRow::new(start)));
    }

    pub(super) fn start_cell(&mut self, tag: &Tag, end: usize) {
        self.end_cell(tag.start);
        self.end_caption();
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let marks = Marks {
            colspan: tag.colspan.unwrap_or(1).max(1),
            rowspan: tag.rowspan.unwrap_or(1),
            is_header: tag.element == Element::HeaderCell,
            bold: false,
        };
        open.row.get_or_insert_with(|| OpenRow::new(tag.start));
        open.cell = Some(OpenCell { start: end, marks });
    }

    /// The end of a cell of another kind than the open one is passed over as well.
    pub(super) fn end_cell_tag(&mut self, element: Element, start: usize) {
        let cell = self.open.last().and_then(|open| open.cell.as_ref());
        if cell.is_some_and(|cell| cell.marks.is_header == (element == Element::HeaderCell)) {
            self.end_cell(start);
        }
    }

    fn end_cell(&mut self, end: usize) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let (Some(cell), Some(row)) = (open.cell.take(), &mut open.row) else {
            return;
        };
        let OpenCell { start, marks } = cell;
        let (text, bold) = open.builder.flat();
        let is_header = marks.is_header || open.part == Part::Head;
        let table = &mut self.found.tables[open.index];
        table.push_cell(start..end.max(start), text, Marks { is_header, bold, ..marks });
        row.cells += 1;
        row.tallest = row.tallest.max(marks.rowspan);
        open.builder.clear();
    }

    pub(super) fn end_row(&mut self, end: usize) {
        self.end_cell(end);
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let Some(OpenRow { start, cells, tallest }) = open.row.take() else {
            return;
        };
        // A row without cells of its own counts where cells reach into it from above.
        if cells == 0 && open.reach == 0 {
            return;
        }
        open.reach = open.reach.max(tallest).saturating_sub(1);
        let table = &mut self.found.tables[open.index];
        let is_first = table.rows().is_empty();
        table.end_row(start..end.max(start), open.section);
        let first = table.rows().first().filter(|_| is_first && open.part != Part::Foot);
        if first.is_some_and(|row| names(table.header().first().as_ref(), &row)) {
            table.header_rows += 1;
        }
    }

    pub(super) fn start_caption(&mut self) {
        self.with_open(|open| open.caption = Some(Builder::default()));
    }

    pub(super) fn end_caption(&mut self) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let caption = open.caption.take().map(Builder::plain).filter(|text| !text.is_empty());
        self.found.tables[open.index].headings.extend(caption);
    }
}

/// Whether the first row below the header names columns, as those of the header do: all of its cells
/// are header cells. One header cell across a table that has its names divides its rows instead.
fn names(header: Option<&Row<'_>>, row: &Row<'_>) -> bool {
    let columns = |row: &Row<'_>| row.cells().map(|cell| u64::from(cell.marks().colspan)).sum::<u64>();
    let width = header.map_or(1, columns);
    let across = row.cells().len() == 1 && width > 1 && columns(row) >= width;
    let below_itself = header.is_some_and(|first| first.cells().len() > 1);
    let named = row.cells().len() > 0 || header.is_some();
    named && row.cells().all(|cell| cell.marks().is_header) && !(across && below_itself)
}
