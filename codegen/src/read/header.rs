//! Header rows that were not written as such.
//!
//! Vendors write the header as a plain `<td>` row, or leave the header of a pipe table empty. The
//! first row is taken for the header when it is all bold above rows that are not, or when it names
//! columns of numbers. A title across the table, above its names, is a heading. What the names
//! mean is not asked here.

use super::model::{Row, Rows, Table};

/// Makes the first rows of `table` its header when they are one, and a title above the header one of
/// its headings.
pub(super) fn promote(table: &mut Table) {
    let nameless = table.header().all(|row| row.cells().all(|cell| cell.is_empty()));
    if nameless {
        let mut rows = table.rows();
        let title = rows.len() > 1 && rows.first().is_some_and(|row| is_title(&row));
        if title {
            rows.next();
        }
        let names = count_names(rows);
        if names > 0 {
            table.remove_first(table.header_rows);
            table.header_rows = usize::from(title) + names;
        }
    }
    let first = table.header().first().filter(|_| table.header_rows > 1);
    if let Some(title) = first.filter(is_title) {
        let title = title.cells().next().map(|cell| cell.plain());
        table.remove_first(1);
        table.headings.extend(title.filter(|text| !text.is_empty()));
    }
}

/// One cell over several columns, above other rows.
fn is_title(row: &Row<'_>) -> bool {
    let mut cells = row.cells().map(|cell| cell.marks());
    let (first, second) = (cells.next(), cells.next());
    second.is_none() && first.is_some_and(|cell| cell.colspan > 1 && cell.rowspan == 1)
}

/// How many of `rows` are the header.
fn count_names(rows: Rows<'_>) -> usize {
    let mut body = rows;
    let Some(first) = body.next() else {
        return 0;
    };
    if body.is_empty() || is_title(&first) {
        return 0;
    }
    if !is_bold_above(&first, body.clone()) {
        return usize::from(names_numbers(&first, &body));
    }
    // Cells that reach down say that the names go on in the rows below.
    let reach = first.cells().map(|cell| cell.marks().rowspan as usize).max().unwrap_or(1);
    let most = body.len() - 1;
    let below = body.take(reach - 1).take_while(is_bold).count();
    1 + below.min(most)
}

fn is_bold(row: &Row<'_>) -> bool {
    let mut filled = row.cells().filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|cell| cell.marks().bold)
}

fn is_bold_above(first: &Row<'_>, mut body: Rows<'_>) -> bool {
    is_bold(first) && !body.all(|row| is_bold(&row))
}

/// Every cell of the first row is filled and none is a number, and below one of them there are
/// numbers only.
fn names_numbers(first: &Row<'_>, body: &Rows<'_>) -> bool {
    let named = first.cells().len() > 0 && first.cells().all(|cell| !cell.is_empty());
    let simple = first.cells().all(|cell| cell.marks().colspan == 1);
    if !named || !simple || first.cells().any(|cell| is_number(&cell.plain_text())) {
        return false;
    }
    (0..first.cells().len()).any(|column| {
        let cells = body.clone().filter_map(|row| row.cells().nth(column));
        let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|cell| is_number(&cell.plain_text()))
    })
}

/// `404`, `-1`, `4xx`, also in full width.
pub(super) fn is_number(text: &str) -> bool {
    let is_digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
    let digits = text.strip_prefix(['-', '−', '－']).unwrap_or(text);
    digits.starts_with(is_digit) && digits.chars().all(|c| is_digit(c) || matches!(c, 'x' | 'X'))
}
