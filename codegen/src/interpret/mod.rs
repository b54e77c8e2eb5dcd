//! Tables → entries.
//!
//! Decides what each column means from its name and the shape of its cells, puts shifted rows
//! right, and turns rows into entries. It knows nothing of vendors, catalogs or names: what is
//! special to one page comes in as [`Overrides`].
//!
//! Nothing is lost in silence: a ledger holds every cell that is not empty, and what reached
//! neither an entry nor a diagnostic becomes one.

mod assign;
mod columns;
mod entry;
mod ledger;
mod lexicon;
mod rows;
mod shape;

use std::collections::BTreeMap;
use std::ops::Range;

use im_errors_spec::ToArgument;

use crate::diagnostic::{counted, rules};
use crate::limits::CELL_BYTES;
use crate::read::{Document, Grid, Table, excerpt};
use crate::{Diagnostic, Message, message};

use lexicon::Lexicon;
use shape::Shapes;

pub use columns::{Column, Evidence};
pub use entry::Entry;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The vendor's own code.
    Code,
    /// An HTTP status or class.
    HttpStatus,
    /// The error's type, an identifier such as `invalid_grant`.
    Error,
    /// The server's literal message.
    Message,
    /// What happened.
    Summary,
    /// Why.
    Cause,
    /// What to do.
    Remedy,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] =
        [Self::Code, Self::HttpStatus, Self::Error, Self::Message, Self::Summary, Self::Cause, Self::Remedy];

    /// The word used in JSON and in catalog.toml.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::HttpStatus => "http_status",
            Self::Error => "error",
            Self::Message => "message",
            Self::Summary => "summary",
            Self::Cause => "cause",
            Self::Remedy => "remedy",
        }
    }

    /// The role written as `word`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// What a person has said about columns: table and column, both from 0; `None` ignores it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The role per table and column.
    pub roles: BTreeMap<(usize, usize), Option<Role>>,
}

/// What a table turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It lists errors; the role of each column, where it has one.
    Errors(Vec<Column>),
    /// It lists none, and why that is thought.
    Other(Message),
}

/// A document as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// One per table of the document.
    pub tables: Vec<Kind>,
    /// The errors in the order of the page.
    pub entries: Vec<Entry>,
    /// What was decided or could not be.
    pub diagnostics: Vec<Diagnostic>,
}

/// Interprets a document.
#[must_use]
pub fn interpret(document: &Document<'_>, overrides: &Overrides) -> Reading {
    let mut lexicon = Lexicon::default();
    let mut tables: Vec<Understood<'_>> = document
        .tables
        .iter()
        .enumerate()
        .map(|(index, table)| {
            let grid = Grid::new(table);
            let shapes = Shapes::new(table);
            let names = grid.header();
            let said = |column| overrides.roles.get(&(index, column)).copied();
            let columns = columns::columns(&grid, &names, &shapes, &said, &mut lexicon);
            Understood { grid, shapes, columns, named: names.len() }
        })
        .collect();
    columns::name_by_siblings(&mut tables);
    let mut reading = Reading { tables: Vec::new(), entries: Vec::new(), diagnostics: Vec::new() };
    for (index, (table, understood)) in document.tables.iter().zip(tables).enumerate() {
        let Understood { grid, shapes, columns, .. } = understood;
        if grid.cut {
            let message = message!("the spans of this table ask for more cells than are read");
            let diagnostic = Diagnostic::at(&rules::SPAN_TOO_LARGE, row_or_table(table), message);
            reading.diagnostics.push(diagnostic);
        }
        match columns {
            Some(columns) => {
                errors(index, table, &(grid, shapes), &columns, &mut reading);
                reading.tables.push(Kind::Errors(columns));
            }
            None => {
                let (why, diagnostic) = no_errors(table, &grid);
                reading.diagnostics.push(diagnostic);
                reading.tables.push(Kind::Other(why));
            }
        }
    }
    reading.diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.start, span.end)));
    reading.diagnostics = counted(reading.diagnostics);
    reading
}

/// A table looked at, but not read.
struct Understood<'t> {
    grid: Grid<'t>,
    shapes: Shapes,
    /// The columns if it lists errors.
    columns: Option<Vec<Column>>,
    /// How many of them its header names.
    named: usize,
}

/// Reads a table of errors.
fn errors(
    index: usize,
    table: &Table,
    (grid, shapes): &(Grid<'_>, Shapes),
    columns: &[Column],
    reading: &mut Reading,
) {
    let found = rows::entries(index, table, grid, shapes, columns, &mut reading.entries);
    let diagnostics = &mut reading.diagnostics;
    diagnostics.extend(columns::diagnostics(table, grid, columns, &found.unread));
    diagnostics.extend(found.diagnostics);
    diagnostics.extend(ledger::unread(table, &found.ledger));
    diagnostics.extend(long_cells(table));
}

/// Cells of a table of errors that no person wrote as such.
fn long_cells(table: &Table) -> impl Iterator<Item = Diagnostic> {
    let cells = table.all_rows().flat_map(|row| row.cells());
    cells.filter(|cell| cell.span.len() > CELL_BYTES).filter_map(|cell| {
        // Tags are no text, and an image can be in one as a whole.
        let n = cell.plain().len();
        let message = message!("this cell has {n} bytes, more than {most}", n, most = CELL_BYTES);
        (n > CELL_BYTES).then(|| Diagnostic::at(&rules::CELL_TOO_LONG, cell.span.clone(), message))
    })
}

/// Points at the first row, which is enough to find a table.
fn row_or_table(table: &Table) -> Range<usize> {
    table.all_rows().first().map_or(table.span.clone(), |row| row.span)
}

/// Names of columns that a message shows.
const MOST_NAMES: usize = 12;

/// The diagnostic stands for every cell of the table, so it counts them.
fn no_errors(table: &Table, grid: &Grid<'_>) -> (Message, Diagnostic) {
    let why = message!("no column holds codes, statuses, error types or messages");
    let filled = table.rows().flat_map(|row| row.cells()).filter(|cell| !cell.is_empty()).count();
    let header = grid.header();
    let mut names: Vec<_> = header.iter().take(MOST_NAMES).map(|name| excerpt(name).to_argument()).collect();
    if header.len() > MOST_NAMES {
        let more = message!("{n} more {n:column|columns}", n = header.len() - MOST_NAMES);
        names.push(more.to_argument());
    }
    if names.is_empty() {
        names.push(message!("no header").to_argument());
    }
    let rows = table.rows().len();
    let message = message!(
        "a table that lists no errors: {why} ({names}; {rows} {rows:row|rows}, {filled} {filled:cell|cells})",
        why,
        names,
        rows,
        filled
    );
    (why, Diagnostic::at(&rules::NO_ERRORS, row_or_table(table), message))
}
