//! Page → tables.
//!
//! Reads Markdown, HTML inside Markdown, whole HTML pages, and tables torn apart by text
//! extraction into one [`Table`] model whose cells know their bytes. It knows nothing of what the
//! columns mean.
//!
//! HTML tables are found on the bytes first and blanked out, because CommonMark would end them at
//! a blank line; the rest is Markdown; a delimiter row that no Markdown table claims starts the
//! repair reader (`torn`).

mod decode;
mod grid;
mod header;
mod html;
mod lines;
mod markdown;
mod mask;
mod model;
mod pipes;
mod torn;

use crate::diagnostic::{counted, rules};
use crate::{Diagnostic, Severity, message};

pub use decode::decode;
pub use grid::{Grid, Slot};
pub use lines::Lines;
pub(crate) use lines::excerpt;
pub use model::{Cell, Document, Format, Row, Table};

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
/// assert_eq!(document.tables[0].rows[0].cells[1].plain(), "x");
/// # Ok::<(), im_errors_codegen::Message>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<Document, Diagnostic> {
    Ok(read_text(decode(bytes)?))
}

/// Reads a page from its text; newlines are `\n`.
#[must_use]
pub fn read_text(text: String) -> Document {
    let mut found = if html::is_page(&text) { html::read_page(&text) } else { read_mixed(&text) };
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

/// Markdown, with HTML tables and torn tables in it.
fn read_mixed(text: &str) -> Found {
    let masked = mask::mask(text);
    let html = html::read_tables(text, &masked.html);
    let content = masked.front_matter.iter().chain(&masked.comments);
    let rest = mask::blank(text, content.chain(html.iter().map(|table| &table.span)));
    let markdown = markdown::read(&rest);
    let torn = torn::read(&rest, &masked.code, &markdown);
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

fn overlap(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
