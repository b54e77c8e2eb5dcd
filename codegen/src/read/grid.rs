//! rowspan and colspan → a grid, after the table model of the HTML standard.

use super::model::{Cell, Table};
use crate::limits::{COLSPAN, PADDED_SLOTS, SLOTS_OF_A_CELL, SPANNED_SLOTS};

/// Which cell covers a slot: row (header rows counted first) and index in that row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Row among header rows and rows.
    pub row: usize,
    /// Index among that row's cells.
    pub cell: usize,
}

/// A table with its spans expanded.
#[derive(Debug)]
pub struct Grid<'t> {
    table: &'t Table,
    rows: Vec<Vec<Option<Slot>>>,
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
        let mut grid = Self { table, rows: Vec::new(), cut: false };
        let mut hanging: Vec<Hanging> = Vec::new();
        let cells: usize = table.header.iter().chain(&table.rows).map(|row| row.cells.len()).sum();
        let most = SPANNED_SLOTS.max(cells.saturating_mul(SLOTS_OF_A_CELL));
        let mut added = 0_usize;
        let mut section = None;
        for (row_index, row) in table.header.iter().chain(&table.rows).enumerate() {
            if grid.cut || section.replace(row.section) != Some(row.section) {
                hanging.clear();
            }
            let mut slots: Vec<Option<Slot>> = Vec::with_capacity(row.cells.len());
            for cell in &hanging {
                added += cell.width * cell.weight;
                fill(&mut slots, cell.column, cell.width, cell.slot);
            }
            let mut column = 0;
            for (cell_index, cell) in row.cells.iter().enumerate() {
                while slots.get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                let slot = Slot { row: row_index, cell: cell_index };
                grid.cut |= added > most;
                let width = if grid.cut { 1 } else { (cell.colspan.max(1) as usize).min(COLSPAN) };
                let weight = 1 + cell.span.len() / BYTES_OF_A_SLOT;
                added += (width - 1) * weight;
                fill(&mut slots, column, width, slot);
                if cell.rowspan > 1 {
                    hanging.push(Hanging { slot, column, width, rows_left: cell.rowspan, weight });
                }
                column += width;
            }
            hanging.iter_mut().for_each(|cell| cell.rows_left -= 1);
            hanging.retain(|cell| cell.rows_left > 0);
            grid.rows.push(slots);
            grid.cut |= added > most;
        }
        grid.pad();
        grid
    }

    fn pad(&mut self) {
        let (header, _) = self.rows.split_at(self.table.header.len());
        let measured = if header.is_empty() { &self.rows[..] } else { header };
        // Padding is bounded as well: many short rows under one wide row would cost their product.
        let width = measured.iter().map(Vec::len).max().unwrap_or(0);
        let width = if width.saturating_mul(self.rows.len()) > PADDED_SLOTS { 0 } else { width };
        for row in &mut self.rows {
            row.resize(row.len().max(width), None);
        }
    }

    /// The rows below the header, each slot covered by a cell or empty.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Option<Slot>>] {
        &self.rows[self.table.header.len()..]
    }

    /// The header's slots per header row.
    #[must_use]
    pub fn header_rows(&self) -> &[Vec<Option<Slot>>] {
        &self.rows[..self.table.header.len()]
    }

    /// The cell of a slot.
    #[must_use]
    pub fn cell(&self, slot: Slot) -> Option<&'t Cell> {
        let header = self.table.header.len();
        let row = match slot.row.checked_sub(header) {
            Some(below) => self.table.rows.get(below)?,
            None => self.table.header.get(slot.row)?,
        };
        row.cells.get(slot.cell)
    }

    /// The plain text of each slot in `row`; cells that take several slots repeat.
    #[must_use]
    pub fn plain_row(&self, row: &[Option<Slot>]) -> Vec<String> {
        let plain = |slot: &Option<Slot>| slot.and_then(|slot| self.cell(slot)).map(Cell::plain);
        row.iter().map(|slot| plain(slot).unwrap_or_default()).collect()
    }

    /// Whether the slots of `row` have these texts.
    #[must_use]
    pub fn says(&self, row: &[Option<Slot>], texts: &[String]) -> bool {
        let plain = |slot: &Option<Slot>| {
            slot.and_then(|slot| self.cell(slot)).map(Cell::plain_text).unwrap_or_default()
        };
        row.len() == texts.len() && row.iter().zip(texts).all(|(slot, text)| plain(slot) == text.as_str())
    }

    /// How many columns the header has.
    #[must_use]
    pub fn header_width(&self) -> usize {
        self.header_rows().iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The name of each column: the distinct texts of the header rows above it, joined.
    #[must_use]
    pub fn header(&self) -> Vec<String> {
        let name = |column: usize| {
            let mut parts: Vec<String> = Vec::new();
            for row in self.header_rows() {
                let cell = row.get(column).copied().flatten().and_then(|slot| self.cell(slot));
                let text = cell.map(Cell::plain).unwrap_or_default();
                if !text.is_empty() && !parts.contains(&text) {
                    parts.push(text);
                }
            }
            parts.join(" ")
        };
        (0..self.header_width()).map(name).collect()
    }
}

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
