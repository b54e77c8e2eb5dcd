//! Which cells have been accounted for.

use crate::diagnostic::rules;
use crate::read::{Slot, Slots, Table, excerpt};
use crate::{Diagnostic, message};

/// A mark per cell.
#[derive(Debug)]
pub(super) struct Ledger {
    claimed: Vec<bool>,
}

impl Ledger {
    /// All cells of `table`, none accounted for.
    pub(super) fn new(table: &Table) -> Self {
        Self { claimed: vec![false; table.cell_count()] }
    }

    /// The cell has reached an entry or a diagnostic. Cells of the header reach the columns.
    pub(super) fn claim(&mut self, slot: Slot) {
        if let Some(mark) = self.claimed.get_mut(slot.cell()) {
            *mark = true;
        }
    }

    /// Whether it has.
    pub(super) fn is_claimed(&self, slot: Slot) -> bool {
        self.claimed.get(slot.cell()).copied().unwrap_or(false)
    }

    /// The whole row has.
    pub(super) fn claim_row(&mut self, row: Slots<'_>) {
        row.flatten().for_each(|slot| self.claim(slot));
    }
}

/// A diagnostic for each cell that has text and was not accounted for.
pub(super) fn unread(table: &Table, ledger: &Ledger) -> Vec<Diagnostic> {
    let first = table.header().next_back().map_or(0, |row| row.range().end);
    let claimed = ledger.claimed.iter().enumerate().skip(first);
    let cells = claimed.filter(|(_, claimed)| !**claimed).filter_map(|(at, _)| table.cell(at));
    let lost = cells.filter(|cell| !cell.is_empty());
    lost.map(|cell| {
        let message = message!("a cell that nothing read: {text}", text = excerpt(&cell.plain_text()));
        Diagnostic::at(&rules::UNREAD_CELL, cell.span.clone(), message)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Grid, read_text};

    /// What no other code lets happen is said all the same.
    #[test]
    fn a_cell_that_nobody_accounted_for_is_said() {
        let text = "| 错误码 | 说明 | 原因 |\n|---|---|---|\n| 1 | 甲 |  |\n| 2 | 乙 | 丙 |\n";
        let document = read_text(text);
        let (table, grid) = (&document.tables[0], Grid::new(&document.tables[0]));
        let mut ledger = Ledger::new(table);
        let lost = |ledger: &Ledger| {
            let cells = unread(table, ledger).into_iter();
            cells.map(|lost| (lost.code, text[lost.span.unwrap()].to_owned())).collect::<Vec<_>>()
        };
        let said =
            |cells: &[&str]| cells.iter().map(|cell| ("unread-cell", (*cell).to_owned())).collect::<Vec<_>>();
        assert_eq!(lost(&ledger), said(&["1", "甲", "2", "乙", "丙"]));
        ledger.claim(grid.rows().next().unwrap().next().unwrap().unwrap());
        assert_eq!(lost(&ledger), said(&["甲", "2", "乙", "丙"]));
        ledger.claim_row(grid.rows().last().unwrap());
        assert_eq!(lost(&ledger), said(&["甲"]));
    }
}
