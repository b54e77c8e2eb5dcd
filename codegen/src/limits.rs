//! How much the tool takes, in one place.
//!
//! Vendors' pages, translators' files and repositories come from outside, and none of them may cost
//! more than it is long. What goes beyond a limit is an error, or what is left out is counted and
//! located: every limit here names the rule that says so. All of them are far beyond what real
//! pages have. What grows with the input alone, such as the rows of a table, needs none.

/// Bytes of a page (`too-large`). Vendors' pages have some dozen kilobytes, pages of two hundred
/// megabytes are read at a cost that stays linear, and beyond that it is a dump.
pub const PAGE_BYTES: usize = 256 << 20;

/// Bytes of a page from the network, unpacked (`not-fetched`): nobody sees how large it will be.
/// A site that is a program has a few megabytes.
pub const FETCHED_BYTES: u64 = 32 << 20;

/// Bytes of a file that people or their tools write: catalog.toml, glossary, translations, PO,
/// XLIFF, CSV (`file-too-large`). The shipped ones have some hundred kilobytes. Parsed with the
/// place of each value they take some dozen times as much memory.
pub const FILE_BYTES: usize = 64 << 20;

/// Bytes of a spec.toml (`file-too-large`): what the largest page gives, since the tool writes it.
/// The derive reads no more either.
pub const SPEC_BYTES: usize = im_errors_spec::SpecFile::MOST_BYTES;

/// Bytes of a query: an error is one line of a log, not all of it. A longer one is a mistake in
/// how the command is used, which its usage error says.
pub const QUERY_BYTES: usize = 1 << 20;

/// Tables nested deeper are read as text of the cell they stand in (`table-too-deep`): real pages
/// nest one or two, and each level costs its own builder.
pub const TABLE_DEPTH: usize = 32;

/// Bytes of the text of a cell in a table of errors (`cell-too-long`): a cell says why an error happened. One
/// that takes in the rest of a page has lost its end.
pub const CELL_BYTES: usize = 1 << 20;

/// The HTML standard's bound on `colspan`, silent there and here: the table of a browser has no
/// more either.
pub const COLSPAN: usize = 1000;

/// Slots that spans may add to a table in all (`span-too-large`), or [`SLOTS_OF_A_CELL`] for each of
/// its cells if that is more; beyond it cells take one each. Real tables have some hundred; without
/// a bound a page of 90 KB can ask for gigabytes.
pub const SPANNED_SLOTS: usize = 1 << 18;

/// Slots that spans may add for each cell, so that long tables with many small spans are whole.
pub const SLOTS_OF_A_CELL: usize = 8;

/// Slots of a table up to which short rows are filled up. Beyond it they stay short, and what is
/// not there is as empty as before: many short rows under one wide row would cost their product.
pub const PADDED_SLOTS: usize = 4 << 20;

/// Columns that are weighed for a role; each cell beyond is told (`extra-cell`, `unread-cell`). No
/// error table has as many.
pub const WEIGHED_COLUMNS: usize = 64;

/// Diagnostics of one file; the rest is counted (`more-diagnostics`). Of a page of which so much is
/// wrong nobody reads them all, and each takes some hundred bytes where a cell takes two.
pub const DIAGNOSTICS: usize = 100_000;
