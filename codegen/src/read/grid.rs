//! rowspan and colspan → a grid, after the table model of the HTML standard.
//!
//! A row in which no cell reaches into another slot is not stored: its slots are its cells.

use std::num::NonZeroU32;
use std::ops::Range;

use super::model::{Cell, Row, Table};
use crate::limits::{COLSPAN, PADDED_SLOTS, SLOTS_OF_A_CELL, SPANNED_SLOTS};

/// Which cell covers a slot, counted from one so that an empty slot takes no room of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot(NonZeroU32);

impl Slot {
    fn of(cell: usize) -> Self {
        let number = u32::try_from(cell).ok().and_then(|cell| NonZeroU32::MIN.checked_add(cell));
        Self(number.unwrap_or(NonZeroU32::MAX))
    }

    /// The index of the cell in its table, cells of the header counted as well.
    #[must_use]
    pub fn cell(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A table with its spans expanded.
#[derive(Debug)]
pub struct Grid<'t> {
    table: &'t Table,
    /// The slots of the rows that are not just their cells, one row after another.
    slots: Vec<Option<Slot>>,
    /// Where in `slots` those rows are, by their number, in order.
    stored: Vec<(usize, Range<usize>)>,
    /// To how many slots rows are filled up.
    padded: usize,
    /// Whether the grid was cut at [`SPANNED_SLOTS`].
    pub cut: bool,
}

/// How many bytes of a cell weigh as much as a slot: who expands a grid copies its texts.
const BYTES_OF_A_SLOT: usize = 16;

/// A cell that reaches into the rows below.
struct Hanging {
    slot: Slot,
    column: usize,
    width: usize,
    rows_left: u32,
    weight: usize,
}

impl<'t> Grid<'t> {
    /// Expands `table`. Rows are filled up to the header's width, without a header to the widest
    /// row's, so that missing cells are empty slots.
    #[must_use]
    pub fn new(table: &'t Table) -> Self {
        let mut grid = Self { table, slots: Vec::new(), stored: Vec::new(), padded: 0, cut: false };
        if table.has_spans() {
            grid.expand();
        }
        grid.pad();
        grid
    }

    fn expand(&mut self) {
        let mut hanging: Vec<Hanging> = Vec::new();
        let most = SPANNED_SLOTS.max(self.table.cell_count().saturating_mul(SLOTS_OF_A_CELL));
        let mut added = 0_usize;
        let mut section = None;
        let mut slots: Vec<Option<Slot>> = Vec::new();
        for (number, row) in self.table.all_rows().enumerate() {
            if self.cut || section.replace(row.section) != Some(row.section) {
                hanging.clear();
            }
            slots.clear();
            for cell in &hanging {
                added += cell.width * cell.weight;
                fill(&mut slots, cell.column, cell.width, cell.slot);
            }
            let mut column = 0;
            for cell in row.cells() {
                while slots.get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                let slot = Slot::of(cell.index());
                let marks = cell.marks();
                self.cut |= added > most;
                let width = if self.cut { 1 } else { (marks.colspan.max(1) as usize).min(COLSPAN) };
                let weight = 1 + cell.span.len() / BYTES_OF_A_SLOT;
                added += (width - 1) * weight;
                fill(&mut slots, column, width, slot);
                if marks.rowspan > 1 {
                    hanging.push(Hanging { slot, column, width, rows_left: marks.rowspan, weight });
                }
                column += width;
            }
            hanging.iter_mut().for_each(|cell| cell.rows_left -= 1);
            hanging.retain(|cell| cell.rows_left > 0);
            let cells = row.range();
            let alike = slots.iter().zip(cells.clone()).all(|(slot, cell)| *slot == Some(Slot::of(cell)));
            if slots.len() != cells.len() || !alike {
                let start = self.slots.len();
                self.slots.extend_from_slice(&slots);
                self.stored.push((number, start..self.slots.len()));
            }
            self.cut |= added > most;
        }
    }

    fn pad(&mut self) {
        let header = self.header_width();
        let names = self.table.header();
        let width = if names.is_empty() { self.width() } else { header };
        // Padding is bounded as well: many short rows under one wide row would cost their product.
        let rows = self.table.all_rows().len();
        self.padded = if width.saturating_mul(rows) > PADDED_SLOTS { 0 } else { width };
    }

    /// How many slots the widest row below the header has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows().map(|row| row.len()).max().unwrap_or(0)
    }

    /// The rows below the header, each slot covered by a cell or empty.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Slots<'_>> + Clone + use<'_, 't> {
        self.slots_of(self.table.header().len()..self.table.all_rows().len())
    }

    /// The header's slots per header row.
    pub fn header_rows(&self) -> impl ExactSizeIterator<Item = Slots<'_>> + Clone + use<'_, 't> {
        self.slots_of(0..self.table.header().len())
    }

    fn slots_of(&self, rows: Range<usize>) -> impl ExactSizeIterator<Item = Slots<'_>> + Clone + use<'_, 't> {
        let mut stored = self.stored[self.stored.partition_point(|(row, _)| *row < rows.start)..].iter();
        let mut next = stored.next();
        rows.map(move |number| match next {
            Some((row, slots)) if *row == number => {
                next = stored.next();
                Slots { row: Written::Slots(&self.slots[slots.clone()]), padded: self.padded }
            }
            _ => {
                let cells = self.table.all_rows().get(number).map_or(0..0, |row: Row<'_>| row.range());
                Slots { row: Written::Cells(cells.start, cells.len()), padded: self.padded }
            }
        })
    }

    /// The cell of a slot.
    #[must_use]
    pub fn cell(&self, slot: Slot) -> Option<Cell<'t>> {
        self.table.cell(slot.cell())
    }

    /// The plain text of each slot in `row`; cells that take several slots repeat.
    #[must_use]
    pub fn plain_row(&self, row: Slots<'_>) -> Vec<String> {
        let plain = |slot: Option<Slot>| slot.and_then(|slot| self.cell(slot)).map(|cell| cell.plain());
        row.map(|slot| plain(slot).unwrap_or_default()).collect()
    }

    /// Whether the slots of `row` have these texts.
    #[must_use]
    pub fn says(&self, row: Slots<'_>, texts: &[String]) -> bool {
        let plain = |slot: Option<Slot>| {
            slot.and_then(|slot| self.cell(slot)).map(|cell| cell.plain_text()).unwrap_or_default()
        };
        row.len() == texts.len() && row.zip(texts).all(|(slot, text)| plain(slot) == text.as_str())
    }

    /// How many columns the header has.
    #[must_use]
    pub fn header_width(&self) -> usize {
        self.header_rows().map(|row| row.len()).max().unwrap_or(0)
    }

    /// The name of each column: the distinct texts of the header rows above it, joined.
    #[must_use]
    pub fn header(&self) -> Vec<String> {
        let name = |column: usize| {
            let mut parts: Vec<String> = Vec::new();
            for row in self.header_rows() {
                let cell = row.get(column).and_then(|slot| self.cell(slot));
                let text = cell.map(|cell| cell.plain()).unwrap_or_default();
                if !text.is_empty() && !parts.contains(&text) {
                    parts.push(text);
                }
            }
            if parts.len() == 1 { parts.remove(0) } else { parts.join(" ") }
        };
        (0..self.header_width()).map(name).collect()
    }
}

/// The slots of a row, each covered by a cell or empty.
#[derive(Debug, Clone, Copy)]
pub struct Slots<'g> {
    row: Written<'g>,
    padded: usize,
}

#[derive(Debug, Clone, Copy)]
enum Written<'g> {
    /// Cells by the index of the first, and how many.
    Cells(usize, usize),
    Slots(&'g [Option<Slot>]),
}

impl Slots<'_> {
    fn written(&self) -> usize {
        match self.row {
            Written::Cells(_, count) => count,
            Written::Slots(slots) => slots.len(),
        }
    }

    /// What covers the slot of a column.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<Slot> {
        match self.row {
            Written::Cells(first, count) => (column < count).then(|| Slot::of(first + column)),
            Written::Slots(slots) => slots.get(column).copied().flatten(),
        }
    }
}

impl Iterator for Slots<'_> {
    type Item = Option<Slot>;

    fn next(&mut self) -> Option<Option<Slot>> {
        if self.padded == 0 && self.written() == 0 {
            return None;
        }
        let slot = self.get(0);
        self.padded = self.padded.saturating_sub(1);
        self.row = match self.row {
            Written::Cells(first, count) => Written::Cells(first + 1, count.saturating_sub(1)),
            Written::Slots(slots) => Written::Slots(slots.get(1..).unwrap_or_default()),
        };
        Some(slot)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = self.written().max(self.padded);
        (length, Some(length))
    }
}

impl ExactSizeIterator for Slots<'_> {}

/// Gives the slots that are still free to a cell: where cells overlap, the one from above stays.
fn fill(slots: &mut Vec<Option<Slot>>, column: usize, width: usize, slot: Slot) {
    let end = column + width;
    if slots.len() < end {
        slots.resize(end, None);
    }
    for free in slots[column..end].iter_mut().filter(|free| free.is_none()) {
        *free = Some(slot);
    }
}
