//! Tables → entries.
//!
//! Decides what each column means from its name and the shape of its cells, puts shifted rows
//! right, and turns rows into entries. It knows nothing of vendors, catalogs or names: what is
//! special to one page comes in as [`Overrides`].
//!
//! Nothing is lost in silence: a ledger holds every cell that is not empty, and what reached
//! neither an entry nor a diagnostic becomes one.

mod columns;
mod ledger;
mod lexicon;
mod rows;
mod shape;

use std::collections::BTreeMap;
use std::ops::Range;

use im_errors_spec::{HttpStatus, ToArgument};

use crate::diagnostic::{counted, rules};
use crate::limits::CELL_BYTES;
use crate::read::{Document, Grid, Table, excerpt};
use crate::{Diagnostic, Message, message};

pub use columns::{Column, Evidence};

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

/// One row of a table that lists errors.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Index of its table in the document.
    pub table: usize,
    /// Bytes of its row.
    pub span: Range<usize>,
    /// The vendor's code.
    pub code: Option<i64>,
    /// The HTTP status or class.
    pub http_status: Option<HttpStatus>,
    /// The error type, plain.
    pub error: Option<String>,
    /// The message, plain and without quotes around it.
    pub message: Option<String>,
    /// What happened, inline Markdown.
    pub summary: Option<String>,
    /// Why, inline Markdown.
    pub cause: Option<String>,
    /// What to do, inline Markdown.
    pub remedy: Option<String>,
    /// Bytes of the cell that gives each role.
    pub cells: BTreeMap<Role, Range<usize>>,
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
pub fn interpret(document: &Document, overrides: &Overrides) -> Reading {
    let grids: Vec<Grid<'_>> = document.tables.iter().map(Grid::new).collect();
    let mut kinds: Vec<Option<Vec<Column>>> = grids
        .iter()
        .enumerate()
        .map(|(table, grid)| columns::columns(grid, &|column| overrides.roles.get(&(table, column)).copied()))
        .collect();
    columns::name_by_siblings(&grids, &mut kinds);
    let mut reading = Reading { tables: Vec::new(), entries: Vec::new(), diagnostics: Vec::new() };
    for (index, (grid, columns)) in grids.iter().zip(kinds).enumerate() {
        let table = &document.tables[index];
        let mut diagnostics = Vec::new();
        if grid.cut {
            let message = message!("the spans of this table ask for more cells than are read");
            diagnostics.push(Diagnostic::at(&rules::SPAN_TOO_LARGE, row_or_table(table), message));
        }
        match columns {
            Some(columns) => {
                let found = rows::entries(index, table, grid, &columns);
                diagnostics.extend(columns::diagnostics(table, grid, &columns, &found.unread));
                diagnostics.extend(found.diagnostics);
                diagnostics.extend(ledger::unread(table, &found.ledger));
                diagnostics.extend(long_cells(table));
                reading.entries.extend(found.entries);
                reading.tables.push(Kind::Errors(columns));
            }
            None => {
                let (why, diagnostic) = no_errors(table, grid);
                diagnostics.push(diagnostic);
                reading.tables.push(Kind::Other(why));
            }
        }
        reading.diagnostics.extend(diagnostics);
    }
    reading.diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.start, span.end)));
    reading.diagnostics = counted(reading.diagnostics);
    reading
}

/// Cells of a table of errors that no person wrote as such.
fn long_cells(table: &Table) -> impl Iterator<Item = Diagnostic> {
    let cells = table.header.iter().chain(&table.rows).flat_map(|row| &row.cells);
    cells.filter(|cell| cell.span.len() > CELL_BYTES).filter_map(|cell| {
        // Tags are no text, and an image can be in one as a whole.
        let n = cell.plain().len();
        let message = message!("this cell has {n} bytes, more than {most}", n, most = CELL_BYTES);
        (n > CELL_BYTES).then(|| Diagnostic::at(&rules::CELL_TOO_LONG, cell.span.clone(), message))
    })
}

/// Points at the first row, which is enough to find a table.
fn row_or_table(table: &Table) -> Range<usize> {
    let mut rows = table.header.iter().chain(&table.rows);
    rows.next().map_or(table.span.clone(), |row| row.span.clone())
}

/// Names of columns that a message shows.
const MOST_NAMES: usize = 12;

/// The diagnostic stands for every cell of the table, so it counts them.
fn no_errors(table: &Table, grid: &Grid<'_>) -> (Message, Diagnostic) {
    let why = message!("no column holds codes, statuses, error types or messages");
    let filled = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty()).count();
    let header = grid.header();
    let mut names: Vec<_> = header.iter().take(MOST_NAMES).map(|name| excerpt(name).to_argument()).collect();
    if header.len() > MOST_NAMES {
        let more = message!("{n} more {n:column|columns}", n = header.len() - MOST_NAMES);
        names.push(more.to_argument());
    }
    if names.is_empty() {
        names.push(message!("no header").to_argument());
    }
    let rows = table.rows.len();
    let message = message!(
        "a table that lists no errors: {why} ({names}; {rows} {rows:row|rows}, {filled} {filled:cell|cells})",
        why,
        names,
        rows,
        filled
    );
    (why, Diagnostic::at(&rules::NO_ERRORS, row_or_table(table), message))
}
