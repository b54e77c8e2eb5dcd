//! What may not get lost between the tables of a page and what is made of them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use im_errors_codegen::Diagnostic;
use im_errors_codegen::inline::{from_markdown, plain};
use im_errors_codegen::interpret::{Column, Entry, Kind, Overrides, Reading, Role, interpret};
use im_errors_codegen::read::{Cell, Document, Grid, Rows, Slot, Table};

use super::squash;

/// Interprets a document: all that it says is at places of the page, there are no more cells than
/// bytes, and every cell with text reaches a field or a diagnostic.
pub(crate) fn check(document: &Document) -> Reading {
    let reading = interpret(document, &Overrides::default());
    places(document, &reading);
    let cells: usize = document.tables.iter().flat_map(rows).map(|row| row.cells().len()).sum();
    assert!(cells <= document.text.len(), "{cells} cells of {} bytes", document.text.len());
    let lost = lost(document, &reading);
    assert!(lost.is_empty(), "lost: {lost:?}");
    reading
}

fn rows(table: &Table) -> Rows<'_> {
    table.all_rows()
}

fn places(document: &Document, reading: &Reading) {
    let there = |span: &Range<usize>| assert!(document.text.get(span.clone()).is_some(), "{span:?}");
    for table in &document.tables {
        there(&table.span);
        for row in rows(table) {
            there(&row.span);
            for cell in row.cells() {
                there(&cell.span);
                let source = &document.text[cell.span.clone()];
                assert!(cell.is_empty() || !source.trim().is_empty(), "{cell:?}");
            }
        }
    }
    let diagnostics = document.diagnostics.iter().chain(&reading.diagnostics);
    diagnostics.filter_map(|diagnostic| diagnostic.span.as_ref()).for_each(there);
    reading.entries.iter().for_each(|entry| there(&entry.span));
}

/// The texts of the cells that nothing was made of.
fn lost(document: &Document, reading: &Reading) -> Vec<String> {
    let mut entries: HashMap<(usize, usize), Vec<(Role, &Entry)>> = HashMap::new();
    for entry in &reading.entries {
        for (role, span) in entry.cells() {
            entries.entry((span.start, span.end)).or_default().push((role, entry));
        }
    }
    let said = Said(document.diagnostics.iter().chain(&reading.diagnostics).collect());
    let mut lost = Vec::new();
    for (table, kind) in document.tables.iter().zip(&reading.tables) {
        let Kind::Errors(columns) = kind else {
            let start = rows(table).next().map_or(table.span.clone(), |row| row.span);
            assert!(said.of("no-errors", &start), "a table without errors and without a word");
            continue;
        };
        let unread = unread_columns(table, columns, &said);
        for row in table.rows() {
            for cell in row.cells().filter(|cell| !cell.is_empty()) {
                let read = entries.get(&(cell.span.start, cell.span.end));
                let is_read =
                    read.is_some_and(|all| all.iter().any(|(role, entry)| holds(entry, *role, &cell)));
                if !is_read && !unread.contains(&cell.index()) && !said.about(&cell.span) {
                    lost.push(cell.plain());
                }
            }
        }
    }
    lost
}

/// Whether the entry's field is what the cell says.
fn holds(entry: &Entry, role: Role, cell: &Cell<'_>) -> bool {
    let text = squash(&cell.plain());
    let field = match role {
        Role::Code => return entry.code.is_some(),
        Role::HttpStatus => return entry.http_status.is_some(),
        // Quotes around it are left out.
        Role::Error | Role::Message => {
            return entry.text(role).is_some_and(|field| text.contains(&squash(field)));
        }
        Role::Summary | Role::Cause | Role::Remedy => entry.text(role),
    };
    field.is_some_and(|field| squash(&plain(&from_markdown(field, &|_| None).pieces)) == text)
}

/// The cells below the columns without a role, whose diagnostics count them. In a row that was put
/// right a cell can stand one column further on.
fn unread_columns(table: &Table, columns: &[Column], said: &Said<'_>) -> HashSet<usize> {
    let grid = Grid::new(table);
    let names = grid.header_width();
    let unread =
        |at: usize| columns.get(at).is_some_and(|column| column.role.is_none()) && (names == 0 || at < names);
    let mut cells = HashSet::new();
    if !said.within("unknown-column", &table.span) {
        return cells;
    }
    for (row, slots) in table.rows().zip(grid.rows()) {
        let shifted = said.of("shifted-row", &row.span);
        let slots = slots.enumerate().filter(|(at, _)| unread(*at) || (shifted && unread(at + 1)));
        cells.extend(slots.filter_map(|(_, slot)| slot).map(Slot::cell));
    }
    cells
}

/// What the diagnostics say.
struct Said<'d>(Vec<&'d Diagnostic>);

impl Said<'_> {
    /// Whether one points at the cell, but for those that say how something is read.
    fn about(&self, cell: &Range<usize>) -> bool {
        const HOW: [&str; 4] = ["continued-row", "shifted-row", "guessed-role", "sibling-column"];
        let covers = |span: &Range<usize>| span.start <= cell.start && cell.end <= span.end;
        let what = self.0.iter().filter(|diagnostic| !HOW.contains(&diagnostic.code));
        what.filter_map(|diagnostic| diagnostic.span.as_ref()).any(covers)
    }

    fn of(&self, code: &str, span: &Range<usize>) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.code == code && diagnostic.span.as_ref() == Some(span))
    }

    fn within(&self, code: &str, whole: &Range<usize>) -> bool {
        let inside = |span: &Range<usize>| whole.start <= span.start && span.end <= whole.end;
        self.0
            .iter()
            .any(|diagnostic| diagnostic.code == code && diagnostic.span.as_ref().is_some_and(inside))
    }
}
