//! Header rows that were not written as such.
//!
//! Vendors write the header as a plain `<td>` row, or leave the header of a pipe table empty. The
//! first row is taken for the header when it is all bold above rows that are not, or when it names
//! columns of numbers. A title across the table, above its names, is a heading. What the names
//! mean is not asked here.

use super::model::{Cell, Row, Table};

/// Moves the first rows of `table` into its header when they are one, and a title above the header
/// into its headings.
pub(super) fn promote(table: &mut Table) {
    let nameless = table.header.iter().flat_map(|row| &row.cells).all(Cell::is_empty);
    if nameless {
        let title = table.rows.len() > 1 && is_title(&table.rows[0]);
        let rows = &table.rows[usize::from(title)..];
        let names = count_names(rows);
        if names > 0 {
            table.header = table.rows.drain(..usize::from(title) + names).collect();
        }
    }
    if table.header.len() > 1 && is_title(&table.header[0]) {
        let title = table.header.remove(0);
        table.headings.extend(title.cells.first().map(Cell::plain).filter(|text| !text.is_empty()));
    }
}

/// One cell over several columns, above other rows.
fn is_title(row: &Row) -> bool {
    matches!(row.cells.as_slice(), [cell] if cell.colspan > 1 && cell.rowspan == 1)
}

/// How many of `rows` are the header.
fn count_names(rows: &[Row]) -> usize {
    let [first, body @ ..] = rows else {
        return 0;
    };
    if body.is_empty() || is_title(first) {
        return 0;
    }
    if !is_bold_above(first, body) {
        return usize::from(names_numbers(first, body));
    }
    // Cells that reach down say that the names go on in the rows below.
    let reach = first.cells.iter().map(|cell| cell.rowspan as usize).max().unwrap_or(1);
    let below = body.iter().take(reach - 1).take_while(|row| is_bold(row)).count();
    1 + below.min(body.len() - 1)
}

fn is_bold(row: &Row) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|cell| cell.bold)
}

fn is_bold_above(first: &Row, body: &[Row]) -> bool {
    is_bold(first) && !body.iter().all(is_bold)
}

/// Every cell of the first row is filled and none is a number, and below one of them there are
/// numbers only.
fn names_numbers(first: &Row, body: &[Row]) -> bool {
    let named = !first.cells.is_empty() && first.cells.iter().all(|cell| !cell.is_empty());
    let simple = first.cells.iter().all(|cell| cell.colspan == 1);
    if !named || !simple || first.cells.iter().any(|cell| is_number(&cell.plain_text())) {
        return false;
    }
    (0..first.cells.len()).any(|column| {
        let mut filled =
            body.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|cell| is_number(&cell.plain_text()))
    })
}

/// `404`, `-1`, `4xx`, also in full width.
pub(super) fn is_number(text: &str) -> bool {
    let is_digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
    let digits = text.strip_prefix(['-', '−', '－']).unwrap_or(text);
    digits.starts_with(is_digit) && digits.chars().all(|c| is_digit(c) || matches!(c, 'x' | 'X'))
}
