//! Tables as they stand in a page.

use std::borrow::Cow;
use std::ops::Range;

use crate::Diagnostic;
use crate::inline::{self, Inline};

/// A page as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The decoded text that all spans point into; newlines are `\n`.
    pub text: String,
    /// The tables in the order of the page. A nested table follows the one it stands in.
    pub tables: Vec<Table>,
    /// What was strange about them.
    pub diagnostics: Vec<Diagnostic>,
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
    /// The rows that name the columns: none, one, or several on top of each other.
    pub header: Vec<Row>,
    /// The others.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Bytes of the whole row.
    pub span: Range<usize>,
    /// The cells that start in it.
    pub cells: Vec<Cell>,
    /// Which group of rows (`<tbody>` and the like) it is in; cells do not reach beyond it.
    pub section: u32,
}

/// A cell where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Bytes of its content.
    pub span: Range<usize>,
    /// Its text.
    pub text: Vec<Inline>,
    /// How many columns it takes, at least 1.
    pub colspan: u32,
    /// How many rows it takes, at least 1.
    pub rowspan: u32,
    /// Written as a header cell.
    pub is_header: bool,
    /// All of its text is bold.
    pub bold: bool,
}

impl Cell {
    /// A cell of one column and one row.
    pub(super) fn simple(span: Range<usize>, text: inline::Inlines) -> Self {
        let inline::Inlines { pieces, bold } = text;
        Self { span, text: pieces, colspan: 1, rowspan: 1, is_header: false, bold }
    }

    /// Its text alone; breaks are newlines.
    #[must_use]
    pub fn plain(&self) -> String {
        inline::plain(&self.text)
    }

    /// The same, borrowed where it is of one piece.
    #[must_use]
    pub fn plain_text(&self) -> Cow<'_, str> {
        inline::plain_of(&self.text)
    }

    /// Whether it has no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}
