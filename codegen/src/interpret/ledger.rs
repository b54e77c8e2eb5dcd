//! Which cells have been accounted for.

use crate::diagnostic::rules;
use crate::read::{Slot, Table, excerpt};
use crate::{Diagnostic, message};

/// A mark per cell below the header.
#[derive(Debug)]
pub(super) struct Ledger {
    header_rows: usize,
    claimed: Vec<Vec<bool>>,
}

impl Ledger {
    /// All cells of `table`, none accounted for.
    pub(super) fn new(table: &Table) -> Self {
        let claimed = table.rows.iter().map(|row| vec![false; row.cells.len()]).collect();
        Self { header_rows: table.header.len(), claimed }
    }

    /// The cell has reached an entry or a diagnostic. Cells of the header reach the columns.
    pub(super) fn claim(&mut self, slot: Slot) {
        let row = slot.row.checked_sub(self.header_rows);
        if let Some(mark) = row.and_then(|row| self.claimed.get_mut(row)?.get_mut(slot.cell)) {
            *mark = true;
        }
    }

    /// Whether it has.
    pub(super) fn is_claimed(&self, slot: Slot) -> bool {
        let row = slot.row.checked_sub(self.header_rows);
        row.and_then(|row| self.claimed.get(row)?.get(slot.cell)).copied().unwrap_or(false)
    }

    /// The whole row has.
    pub(super) fn claim_row(&mut self, row: &[Option<Slot>]) {
        row.iter().flatten().for_each(|slot| self.claim(*slot));
    }
}

/// A diagnostic for each cell that has text and was not accounted for.
pub(super) fn unread(table: &Table, ledger: &Ledger) -> Vec<Diagnostic> {
    let cells =
        table.rows.iter().zip(&ledger.claimed).flat_map(|(row, claimed)| row.cells.iter().zip(claimed));
    let lost = cells.filter(|(cell, claimed)| !cell.is_empty() && !**claimed);
    lost.map(|(cell, _)| {
        let message = message!("a cell that nothing read: {text}", text = excerpt(&cell.plain()));
        Diagnostic::at(&rules::UNREAD_CELL, cell.span.clone(), message)
    })
    .collect()
}
