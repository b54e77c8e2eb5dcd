//! Rows → entries.

use im_errors_spec::HttpStatus;

use super::columns::Column;
use super::ledger::Ledger;
use super::shape::{self, Shape};
use super::{Entry, Role};
use crate::Diagnostic;
use crate::diagnostic::rules;
use crate::inline::to_markdown;
use crate::read::{Cell, Grid, Row, Slot, Table, excerpt};

/// What the rows of a table gave.
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) ledger: Ledger,
}

/// Turns the rows of a table into entries.
pub(super) fn entries(index: usize, table: &Table, grid: &Grid<'_>, columns: &[Column]) -> Found {
    let mut reader = Reader {
        grid,
        columns,
        names: grid.header(),
        found: Found { entries: Vec::new(), diagnostics: Vec::new(), ledger: Ledger::new(table) },
    };
    for (row, slots) in table.rows.iter().zip(grid.rows()) {
        reader.row(index, row, slots);
    }
    reader.found
}

struct Reader<'a, 't> {
    grid: &'a Grid<'t>,
    columns: &'a [Column],
    names: Vec<String>,
    found: Found,
}

impl<'t> Reader<'_, 't> {
    fn row(&mut self, table: usize, row: &Row, slots: &[Option<Slot>]) {
        let filled = slots.iter().any(|slot| self.cell(*slot).is_some());
        if !filled || self.is_no_entry(row, slots) {
            return;
        }
        let slots = &self.put_right(row, slots);
        let mut entry = Entry { table, span: row.span.clone(), ..Entry::default() };
        for (at, slot) in slots.iter().enumerate() {
            let (Some(slot), Some(cell)) = (slot, self.cell(*slot)) else {
                continue;
            };
            let column = self.columns.get(at);
            match column.and_then(|column| column.role) {
                Some(role) => self.field(&mut entry, role, cell),
                // An unknown column has a diagnostic that counts its cells.
                None if column.is_some() && (at < self.names.len() || self.names.is_empty()) => {}
                None if column.is_some_and(|column| column.ignored) => {}
                None => {
                    let message = format!(
                        "a cell beyond the header's {} columns: {}",
                        self.names.len(),
                        excerpt(&cell.plain())
                    );
                    self.report(Diagnostic::at(&rules::EXTRA_CELL, cell.span.clone(), message));
                }
            }
            self.found.ledger.claim(*slot);
        }
        let has_key = entry.code.is_some()
            || entry.http_status.is_some()
            || entry.error.is_some()
            || entry.message.is_some();
        if has_key {
            self.found.entries.push(entry);
        } else {
            let text: Vec<_> = slots.iter().filter_map(|slot| self.cell(*slot)).map(Cell::plain).collect();
            let message = format!("a row that does not say which error it is: {}", text.join(" | "));
            self.report(Diagnostic::at(&rules::NO_KEY, row.span.clone(), message));
        }
    }

    /// The cell of a slot, unless it is empty.
    fn cell(&self, slot: Option<Slot>) -> Option<&'t Cell> {
        slot.and_then(|slot| self.grid.cell(slot)).filter(|cell| !cell.is_empty())
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.diagnostics.push(diagnostic);
    }

    /// Rows that only divide the table or repeat its header.
    fn is_no_entry(&mut self, row: &Row, slots: &[Option<Slot>]) -> bool {
        let first = slots.first().copied().flatten();
        let across = slots.len() > 1 && first.is_some() && slots.iter().all(|slot| *slot == first);
        let repeated = !self.names.is_empty() && self.grid.plain_row(slots) == self.names;
        let diagnostic = if across {
            let text = self.cell(first).map(|cell| cell.plain()).unwrap_or_default();
            Diagnostic::at(
                &rules::SECTION_ROW,
                row.span.clone(),
                format!("one cell across the table: {}", excerpt(&text)),
            )
        } else if repeated {
            Diagnostic::at(&rules::REPEATED_HEADER, row.span.clone(), "this row repeats the header")
        } else {
            return false;
        };
        self.report(diagnostic);
        self.found.ledger.claim_row(slots);
        true
    }

    /// Moves the cells of a row right by one where an empty cell was left out.
    fn put_right(&mut self, row: &Row, slots: &[Option<Slot>]) -> Vec<Option<Slot>> {
        let Some((at, shifted)) = self.shifted(slots) else {
            return slots.to_vec();
        };
        let column = self
            .names
            .get(at)
            .filter(|name| !name.is_empty())
            .map_or_else(|| format!("column {}", at + 1), |name| format!("`{name}`"));
        let message = format!(
            "this row lacks its empty cell for {column}; the cells from there on are moved right by one"
        );
        self.report(Diagnostic::at(&rules::SHIFTED_ROW, row.span.clone(), message));
        shifted
    }

    /// Where an empty cell must be put in and the row that gives, if the cells plainly contradict
    /// their columns as they stand and none does so afterwards.
    fn shifted(&self, slots: &[Option<Slot>]) -> Option<(usize, Vec<Option<Slot>>)> {
        const CONTRADICTION: i32 = -30;
        let width = self.columns.len().min(self.names.len());
        let room = slots.len() < width || (slots.len() == width && self.cell(*slots.last()?).is_none());
        if !room || self.against(slots) > CONTRADICTION {
            return None;
        }
        let kept = &slots[..slots.len().min(width - 1)];
        let candidates = (1..kept.len()).map(|at| {
            let mut shifted = kept.to_vec();
            shifted.insert(at, None);
            (at, shifted)
        });
        let fitting = candidates.filter(|(_, shifted)| self.against(shifted) == 0);
        // Of equal ones the rightmost: it moves the fewest cells.
        fitting.max_by_key(|(at, shifted)| (self.fit(shifted), *at))
    }

    fn shapes(&self, slots: &[Option<Slot>]) -> impl Iterator<Item = (Role, Shape)> {
        slots
            .iter()
            .zip(self.columns)
            .filter_map(|(slot, column)| Some((column.role?, shape::of(self.cell(*slot)?)?)))
    }

    /// How well a row's cells fit their columns.
    fn fit(&self, slots: &[Option<Slot>]) -> i32 {
        self.shapes(slots).map(|(role, shape)| shape::fit(role, shape)).sum()
    }

    /// How much of it speaks against them.
    fn against(&self, slots: &[Option<Slot>]) -> i32 {
        self.shapes(slots).map(|(role, shape)| shape::fit(role, shape).min(0)).sum()
    }

    fn field(&mut self, entry: &mut Entry, role: Role, cell: &Cell) {
        let plain = cell.plain().replace('\n', " ");
        let text = || Some(to_markdown(&cell.text));
        match role {
            Role::Code => {
                entry.code = shape::half_width(&plain).parse().ok();
                if entry.code.is_none() {
                    let message = format!("{} is no code", excerpt(&plain));
                    self.report(Diagnostic::at(&rules::BAD_CODE, cell.span.clone(), message));
                }
            }
            Role::HttpStatus => {
                entry.http_status = HttpStatus::parse(&shape::half_width(&plain));
                if entry.http_status.is_none() {
                    let message = format!("{} is no HTTP status", excerpt(&plain));
                    self.report(Diagnostic::at(&rules::BAD_STATUS, cell.span.clone(), message));
                }
            }
            Role::Error => entry.error = Some(shape::unquote(&plain).to_owned()),
            Role::Message => entry.message = Some(shape::unquote(&plain).to_owned()),
            Role::Summary => entry.summary = text(),
            Role::Cause => entry.cause = text(),
            Role::Remedy => entry.remedy = text(),
        }
    }
}
