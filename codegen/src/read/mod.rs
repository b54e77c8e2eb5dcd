//! Page → tables.
//!
//! Reads Markdown, HTML inside Markdown, whole HTML pages, and tables torn apart by text
//! extraction into one [`Table`] model whose cells know their bytes. It knows nothing of what the
//! columns mean.
//!
//! HTML tables are found on the bytes first and blanked out, because CommonMark would end them at
//! a blank line; the rest is Markdown, of which the parser is given what it needs (`reduced`); a
//! delimiter row that no Markdown table claims starts the repair reader (`torn`).

mod decode;
mod fence;
mod grid;
mod header;
mod html;
mod lines;
mod markdown;
mod mask;
mod model;
mod pipes;
mod reduced;
mod torn;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{counted, rules};
use crate::limits;
use crate::{Diagnostic, Severity, message};

use html::HtmlTable;
use mask::{Masked, Scanner};
use reduced::Reduced;

pub use decode::decode;
pub use grid::{Grid, Slot, Slots};
pub use lines::Lines;
pub(crate) use lines::excerpt;
pub use model::{Cell, Document, Format, Marks, Row, Rows, Table};

/// Reads a page from its bytes.
///
/// # Errors
/// When the bytes are no text, see [`decode`]. What is wrong inside a text is a diagnostic of the
/// [`Document`].
///
/// ```
/// let page = b"# Codes\n\n| code | meaning |\n|---|---|\n| 1 | `x` |\n";
/// let document = im_errors_codegen::read::read(page).map_err(|d| d.message)?;
/// assert_eq!(document.tables[0].headings, ["Codes"]);
/// let row = document.tables[0].rows().first();
/// assert_eq!(row.map(|row| row.cells().map(|cell| cell.plain()).collect()), Some(vec!["1".to_owned(), "x".to_owned()]));
/// # Ok::<(), im_errors_codegen::Message>(())
/// ```
pub fn read<'p>(bytes: impl Into<Cow<'p, [u8]>>) -> Result<Document<'p>, Diagnostic> {
    Ok(read_text(decode(bytes)?))
}

/// Reads a page from its text; newlines are `\n`.
#[must_use]
pub fn read_text<'p>(text: impl Into<Cow<'p, str>>) -> Document<'p> {
    let text = text.into();
    let mut found = if u32::try_from(text.len()).is_err() {
        Found::too_large(&text)
    } else if html::is_page(&text) {
        html::read_page(&text)
    } else {
        read_mixed(&text)
    };
    for table in &mut found.tables {
        header::promote(table);
    }
    if found.tables.is_empty() && !found.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        found.diagnostics.push(Diagnostic::of_file(&rules::NO_TABLES, message!("the page has no table")));
    }
    found.diagnostics.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.start, span.end)));
    Document { text, tables: found.tables, diagnostics: counted(found.diagnostics) }
}

/// What a reader finds in a page.
#[derive(Debug, Default)]
struct Found {
    tables: Vec<Table>,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    /// Nothing, for the spans of tables have four bytes to an offset.
    fn too_large(text: &str) -> Self {
        let message =
            message!("the file has {n} bytes, more than {most}", n = text.len(), most = limits::PAGE_BYTES);
        Self { diagnostics: vec![Diagnostic::of_file(&rules::TOO_LARGE, message)], ..Self::default() }
    }
}

/// Markdown, with HTML tables and torn tables in it.
fn read_mixed(text: &str) -> Found {
    let mut scanner = Scanner::new(text);
    let html = html::read_tables(text, &mut scanner);
    let masked = scanner.finish();
    let blank = no_markdown(&masked, &html);
    let (markdown, torn) = if mask::gaps(text, &blank).any(|gap| gap.contains('|')) {
        let rest = mask::blank(text, &blank);
        let rows = reduced::rows_to_leave_out(&rest, &masked.code);
        let markdown = markdown::read_without(&rest, &Reduced::new(&rest, &blank, &rows), &rows);
        let markdown = markdown.unwrap_or_else(|| markdown::read(&rest, &Reduced::whole(&rest)));
        let torn = torn::read(&rest, &masked.code, &markdown);
        (markdown, torn)
    } else {
        // There is neither a pipe table nor a line that looks like one of it.
        (markdown::read(text, &Reduced::new(text, &blank, &[])), Found::default())
    };
    let mut found = Found { diagnostics: torn.diagnostics, ..Found::default() };
    let mut repaired = torn.tables.iter().map(|table| table.span.clone()).peekable();
    for table in markdown.tables {
        // Both are in the order of the page.
        while repaired.next_if(|span| span.end <= table.span.start).is_some() {}
        if !repaired.peek().is_some_and(|span| overlap(span, &table.span)) {
            found.tables.push(table);
        }
    }
    found.tables.extend(torn.tables);
    for table in html {
        found.diagnostics.extend(table.diagnostics);
        found.tables.extend(table.tables);
    }
    found.tables.sort_by_key(|table| table.span.start);
    markdown::place(&markdown.headings, &mut found.tables);
    found
}

/// What of a page is not read as Markdown, in order and apart.
fn no_markdown(masked: &Masked, html: &[HtmlTable]) -> Vec<Range<usize>> {
    let content = masked.front_matter.iter().chain(&masked.comments);
    let mut ranges: Vec<_> = content.chain(html.iter().map(|table| &table.span)).cloned().collect();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, range| {
        let overlap = next.start < range.end;
        if overlap {
            range.end = range.end.max(next.end);
        }
        overlap
    });
    ranges
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
