//! HTML tables against scraper.

use im_errors_codegen::read::{Document, Row, Table, read_text};
use scraper::{ElementRef, Html, Node, Selector};

use super::squash;

/// What a tag can have behind its name.
pub(crate) const ATTRIBUTES: [&str; 8] = [
    "",
    " class=x",
    " CLASS = 'a \"b\" >'",
    " data-x=\"<td>\"",
    " width = \"100%\"",
    " hidden",
    " x=a/b",
    "\n\tid='1'",
];

/// What a cell can hold.
pub(crate) const PIECES: [&str; 27] = [
    "群组",
    " ",
    "&lt;",
    "&amp;",
    "&nbsp;",
    "&#20010;",
    "&copy",
    "&unknown;",
    "a & b",
    "1 < 2",
    "<!-- 注 -->",
    "<!-- <td> -->",
    "<br>",
    "<br/>",
    "<b>粗</b>",
    "<A HREF='x?a=1&amp;b'>链</A>",
    "<code>c\nd</code>",
    "</a>",
    "<p>段",
    "<span title='>'>s</span>",
    "<div>块</div>",
    "\n\n",
    "\t",
    "<img alt='' src=x>",
    "`<b>`",
    "|",
    "---|---",
];

/// We read the tables of a fragment as they do, be it in a page of HTML or in one of Markdown. Whether
/// that could be said of Markdown: not of what its rules part otherwise than those of HTML do.
pub(crate) fn reads_as_theirs(fragment: &str) -> bool {
    let page = format!("<!DOCTYPE html><body>{fragment}</body>");
    let theirs = theirs(&page);
    let whole = read_text(page);
    assert_eq!(ours(&whole), theirs, "{fragment}");
    let mixed = read_text(fragment.to_owned());
    // Where a table has no end, Markdown may go on below it.
    let has_ends = mixed.diagnostics.iter().all(|said| said.code != "unclosed-table");
    let is_alike = has_ends && !is_partly_code(&whole);
    assert!(!is_alike || ours(&mixed) == theirs, "{fragment}\n{:?}\n{theirs:?}", ours(&mixed));
    is_alike
}

/// Whether a fence stands outside of the tables, which tags out of place end early. In Markdown it
/// starts code.
fn is_partly_code(document: &Document) -> bool {
    document.text.match_indices("```").any(|(at, _)| {
        let starts_line = document.text[..at].trim_end_matches(' ').ends_with('\n');
        starts_line && !document.tables.iter().any(|table| table.span.contains(&at))
    })
}

/// Rows with text and their cells, in the order of the page.
fn ours(document: &Document) -> Vec<Vec<Vec<String>>> {
    let row = |row: Row<'_>| -> Vec<_> { row.cells().map(|cell| squash(&cell.plain())).collect() };
    let table = |table: &Table| {
        let mut rows: Vec<_> = table.all_rows().collect();
        rows.sort_by_key(|row| row.span.start);
        let rows = rows.into_iter().map(row);
        // A first row without text gives way to names below it.
        rows.filter(|cells| cells.iter().any(|cell| !cell.is_empty())).collect()
    };
    document.tables.iter().map(table).collect()
}

/// The texts of the cells of each row with text of each table.
fn theirs(text: &str) -> Vec<Vec<Vec<String>>> {
    let page = Html::parse_document(text);
    let tables = page.select(&Selector::parse("table").unwrap()).map(rows).collect::<Vec<_>>();
    tables.into_iter().filter(|rows| !rows.is_empty()).collect()
}

fn rows(table: ElementRef<'_>) -> Vec<Vec<String>> {
    let row = Selector::parse("tr").unwrap();
    let own = |row: &ElementRef<'_>| {
        let mut outer = row.ancestors().filter_map(ElementRef::wrap);
        outer.find(|element| element.value().name() == "table") == Some(table)
    };
    table
        .select(&row)
        .filter(own)
        .map(cells)
        .filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
        .collect()
}

fn cells(row: ElementRef<'_>) -> Vec<String> {
    let cells = row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th"));
    cells.map(|cell| squash(&own_text(cell))).collect()
}

/// Without the text of nested tables.
fn own_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for child in element.children() {
        match child.value() {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(inner) if inner.name() != "table" => {
                text.push_str(&own_text(ElementRef::wrap(child).unwrap()));
            }
            _ => {}
        }
    }
    text
}
