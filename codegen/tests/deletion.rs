//! Nothing is lost in silence: whichever cell of a page is blanked out, what is read of the page
//! or what is said about it is no longer the same.

use crate::common::{Page, fixtures, sources, understand, vendor_pages};
use im_errors_codegen::Diagnostic;
use im_errors_codegen::interpret::{Entry, Reading};
use im_errors_codegen::read::{Cell, Document, Grid, decode};

#[test]
fn no_cell_of_a_fixture_is_lost() {
    assert_nothing_is_lost(fixtures());
}

#[test]
fn no_cell_of_a_catalogs_source_is_lost() {
    assert_nothing_is_lost(sources());
}

#[test]
fn no_cell_of_a_vendors_page_is_lost() {
    assert_nothing_is_lost(vendor_pages());
}

fn assert_nothing_is_lost(pages: Vec<Page>) {
    let lost: Vec<_> = pages.iter().flat_map(lost_cells).collect();
    assert!(lost.is_empty(), "{} cells can go without a word:\n{}", lost.len(), lost.join("\n"));
}

/// The cells of a page that make no difference.
fn lost_cells(page: &Page) -> Vec<String> {
    let Ok(text) = decode(&page.bytes) else {
        return Vec::new();
    };
    let (document, reading) = understand(text.into_owned());
    let said = said(&document, &reading);
    let rows = document.tables.iter().flat_map(|table| table.all_rows());
    let cells = rows.flat_map(|row| row.cells()).filter(|cell| !cell.is_empty());
    let makes_no_difference = |cell: &Cell<'_>| {
        let (document, reading) = understand(without(&document.text, cell));
        said == self::said(&document, &reading)
    };
    cells.filter(makes_no_difference).map(|cell| format!("{}: {}", page.name, cell.plain())).collect()
}

/// The page with a cell blanked out byte for byte, so that all others stay where they are.
fn without(text: &str, cell: &Cell<'_>) -> String {
    let blank: String = text[cell.span.clone()]
        .chars()
        .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) })
        .collect();
    format!("{}{blank}{}", &text[..cell.span.start], &text[cell.span.end..])
}

/// All that a reader of the page learns. Where several header rows make the names of the columns,
/// one of them may say no more than the other, so there the names count as well.
fn said(document: &Document, reading: &Reading) -> (Vec<Entry>, Vec<Diagnostic>, Vec<Vec<String>>) {
    let diagnostics = document.diagnostics.iter().chain(&reading.diagnostics).cloned();
    let several = document.tables.iter().filter(|table| table.header().len() > 1);
    let names = several.map(|table| Grid::new(table).header());
    (reading.entries.clone(), diagnostics.collect(), names.collect())
}
