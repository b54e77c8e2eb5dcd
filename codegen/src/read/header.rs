//! Header rows that were not written as such.
//!
//! Vendors write the header as a plain `<td>` row, or leave the header of a pipe table empty. The
//! first row is taken for the header when it is all bold above rows that are not, or when it names
//! columns of numbers. What the names mean is not asked here.

use super::model::{Row, Table};

/// Moves the first row of `table` into its header when it is one.
pub(super) fn promote(table: &mut Table) {
    let nameless = table.header.iter().flat_map(|row| &row.cells).all(super::model::Cell::is_empty);
    if !nameless || table.rows.len() < 2 {
        return;
    }
    let (first, body) = (&table.rows[0], &table.rows[1..]);
    if is_bold_above(first, body) || names_numbers(first, body) {
        table.header = vec![table.rows.remove(0)];
    }
}

fn is_bold_above(first: &Row, body: &[Row]) -> bool {
    let all_bold = |row: &Row| {
        let mut filled = row.cells.iter().filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|cell| cell.bold)
    };
    all_bold(first) && !body.iter().all(all_bold)
}

/// Every cell of the first row is filled and none is a number, and below one of them there are
/// numbers only.
fn names_numbers(first: &Row, body: &[Row]) -> bool {
    let named = !first.cells.is_empty() && first.cells.iter().all(|cell| !cell.is_empty());
    let simple = first.cells.iter().all(|cell| cell.colspan == 1);
    if !named || !simple || first.cells.iter().any(|cell| is_number(&cell.plain())) {
        return false;
    }
    (0..first.cells.len()).any(|column| {
        let mut filled =
            body.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|cell| is_number(&cell.plain()))
    })
}

/// `404`, `-1`, `4xx`.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b.eq_ignore_ascii_case(&b'x'))
}
