//! Pages that are cut, broken or hostile: never a panic, never more work than the page is long.
//!
//! Nothing is timed here. Where work grew faster than the page, these tests would not end.

use crate::common::{Page, fixtures, sources, understand};
use im_errors_codegen::interpret::{Overrides, interpret};
use im_errors_codegen::read::{Document, Grid, Slot, Table, read, read_text};

/// Above this a page is large: every so many characters are enough.
const LARGE: usize = 3000;
const EVERY: usize = 7;

/// Debug builds are some ten times slower, and a tenth shows as well what grows too fast.
const fn scaled(count: usize) -> usize {
    if cfg!(debug_assertions) { count / 10 } else { count }
}

fn pages() -> Vec<Page> {
    let mut pages = fixtures();
    pages.extend(sources());
    pages
}

fn texts() -> impl Iterator<Item = String> {
    pages().into_iter().filter_map(|page| read(page.bytes).ok()).map(|document| document.text.into_owned())
}

fn check(bytes: &[u8]) {
    if let Ok(document) = read(bytes) {
        let _ = interpret(&document, &Overrides::default());
        for table in &document.tables {
            assert!(document.text.get(table.span.clone()).is_some());
            let grid = Grid::new(table);
            grid.rows().for_each(|row| drop(grid.plain_row(row)));
        }
        for diagnostic in &document.diagnostics {
            assert!(diagnostic.span.clone().is_none_or(|span| document.text.get(span).is_some()));
        }
    }
}

#[test]
fn pages_may_end_anywhere() {
    for text in texts() {
        let step = if text.len() > LARGE { EVERY } else { 1 };
        for (at, _) in text.char_indices().step_by(step) {
            check(&text.as_bytes()[..at]);
        }
    }
}

#[test]
fn pages_may_start_anywhere() {
    for text in texts() {
        let step = if text.len() > LARGE { 10 * EVERY } else { 1 };
        for (at, _) in text.char_indices().step_by(step) {
            check(&text.as_bytes()[at..]);
        }
    }
}

#[test]
fn any_line_may_stand_there_twice() {
    for text in texts() {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let step = if text.len() > LARGE { 5 } else { 1 };
        for twice in (0..lines.len()).step_by(step) {
            let mut page = lines[..=twice].concat();
            page.extend(lines[twice..].iter().copied());
            check(page.as_bytes());
        }
        let all: String = lines.iter().flat_map(|line| [*line, *line]).collect();
        check(all.as_bytes());
    }
}

#[test]
fn bytes_may_be_broken() {
    // A linear congruential generator: the same bytes on every run.
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for page in pages().iter().filter(|page| !page.bytes.is_empty()) {
        for _ in 0..40 {
            let mut bytes = page.bytes.clone();
            for _ in 0..=random(4) {
                let at = random(bytes.len());
                bytes[at] ^= 1 << random(8);
            }
            check(&bytes);
            let at = random(bytes.len());
            bytes.insert(at, 0);
            check(&bytes);
            // With a mark, NUL bytes are text.
            check(&[b"\xef\xbb\xbf".as_slice(), &bytes].concat());
            check(&[b"\xff\xfe".as_slice(), &bytes].concat());
        }
        for at in (0..page.bytes.len()).step_by(10 * EVERY) {
            let mut bytes = page.bytes.clone();
            bytes[at] = if bytes[at] == b'|' { b'<' } else { b'|' };
            check(&bytes);
        }
    }
}

fn codes(count: usize) -> String {
    let rows = (0..count).map(|i| format!("| {i} | 说明 {i} |\n"));
    std::iter::once("| 错误码 | 说明 |\n|---|---|\n".to_owned()).chain(rows).collect()
}

/// The text of the first cell of a row.
fn first_cell(table: &Table, row: usize) -> String {
    table.rows().get(row).and_then(|row| row.cells().next()).map(|cell| cell.plain()).unwrap()
}

fn count_of(document: &Document<'_>, code: &str) -> usize {
    document.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count()
}

#[test]
fn a_hundred_thousand_short_rows_are_all_read() {
    const ROWS: usize = 100_000;
    let rows: String = (0..ROWS).map(|i| format!("|{i}|\n")).collect();
    let header = "|错误码|a|b|c|\n|-|-|-|-|\n";
    let below = "# 下一节\n\n| 错误码 | b |\n|-|-|\n| 7 | x |\n";
    for page in [format!("{header}{rows}"), format!("{header}{rows}\n正文\n\n{below}")] {
        let document = read_text(page);
        assert_eq!(document.tables[0].rows().len(), ROWS);
        let entries = interpret(&document, &Overrides::default()).entries.len();
        assert_eq!(entries, ROWS + document.tables.len() - 1);
        if let Some(below) = document.tables.get(1) {
            assert_eq!(below.headings, ["下一节"]);
            assert_eq!(below.rows().len(), 1);
        }
    }
}

#[test]
fn a_hundred_thousand_short_rows_in_a_quote_are_all_read() {
    const ROWS: usize = 100_000;
    let rows: String = (0..ROWS).map(|i| format!("> |{i}|\n")).collect();
    let document = read_text(format!("> |错误码|a|b|c|\n> |-|-|-|-|\n{rows}"));
    assert_eq!(document.tables[0].rows().len(), ROWS);
    assert_eq!(first_cell(&document.tables[0], ROWS - 1), (ROWS - 1).to_string());
}

#[test]
fn nested_tags_are_read_in_one_pass() {
    const DEPTH: usize = scaled(200_000);
    for (open, close) in [("<div>", "</div>"), ("<b>", ""), ("<a href=x>", ""), ("<code>", "</code>")] {
        let page =
            format!("<table><tr><td>1{}x{}</td></tr></table>", open.repeat(DEPTH), close.repeat(DEPTH));
        let document = read_text(page);
        assert_eq!(first_cell(&document.tables[0], 0).split_whitespace().collect::<String>(), "1x");
    }
}

#[test]
fn nested_tables_beyond_the_deepest_are_text_of_their_cell() {
    const DEPTH: usize = 50_000;
    let page = format!("{}x{}", "<table><tr><td>y".repeat(DEPTH), "</td></tr></table>".repeat(DEPTH));
    let (document, _) = understand(page);
    assert_eq!(document.tables.len(), 32);
    let deepest = &document.tables[31];
    assert_eq!((deepest.rows().len(), deepest.cell_count()), (1, 1));
    let text = first_cell(deepest, 0);
    assert_eq!(text.matches('y').count(), DEPTH - 31);
    assert!(text.ends_with('x'));
}

#[test]
fn spans_without_measure_are_cut() {
    const CELLS: usize = 2000;
    for cell in [
        "<td rowspan=65534>x",
        "<td rowspan=65534 colspan=1000000000>x",
        "<td colspan=99999999999999999999>x",
    ] {
        let page = format!("<table>{}</table>", format!("<tr>{cell}").repeat(CELLS));
        let document = read_text(page);
        let grid = Grid::new(&document.tables[0]);
        assert_eq!(grid.rows().len(), CELLS);
        let slots: usize = grid.rows().map(|row| row.len()).sum();
        assert!(slots < 8 << 20, "{slots} slots");
        // Every cell has a slot of its own.
        for (row, mut slots) in document.tables[0].rows().zip(grid.rows()) {
            let own = row.cells().next().map(|cell| cell.index());
            assert!(slots.any(|slot| slot.map(Slot::cell) == own));
        }
        let reading = interpret(&document, &Overrides::default());
        assert!(reading.diagnostics.iter().any(|diagnostic| diagnostic.code == "span-too-large"), "{cell}");
    }
}

#[test]
fn a_long_text_over_many_rows_is_not_copied_without_end() {
    const ROWS: usize = 20_000;
    let rows: String = (0..ROWS).map(|i| format!("<tr><td>{i}")).collect();
    let cause = "长".repeat(30_000);
    let page = format!("<table><tr><th>错误码<th>原因<tr><td>7<td rowspan=0>{cause}{rows}</table>");
    let (_, reading) = understand(page);
    assert_eq!(reading.entries.len(), ROWS + 1);
    let bytes: usize = reading.entries.iter().filter_map(|entry| entry.cause()).map(str::len).sum();
    assert!(bytes < 128 << 20, "{bytes} bytes of causes");
    assert!(reading.diagnostics.iter().any(|diagnostic| diagnostic.code == "span-too-large"));
}

#[test]
fn a_million_pipes_are_a_million_cells() {
    const PIPES: usize = 1_000_000;
    let (document, reading) =
        understand(format!("| 错误码 | 说明 |\n|---|---|\n| 1 | a |{}\n", "|".repeat(PIPES)));
    assert_eq!(document.tables[0].rows().first().map(|row| row.cells().len()), Some(PIPES + 2));
    assert_eq!(reading.entries.len(), 1);
    let (_, reading) =
        understand(format!("| 错误码 | 说明 |\n|---|---|\n| 1 | a |{}\n", "x|".repeat(PIPES / 10)));
    let extra = reading.diagnostics.iter().filter(|diagnostic| diagnostic.code == "extra-cell").count();
    assert_eq!(extra, PIPES / 10);
    let pipes = "|".repeat(PIPES);
    let (document, _) = understand(format!("a | b |\n---|---|\n1 |\nx |\n[x](a{pipes}\n/y)|\n"));
    assert!(!document.tables.is_empty());
    understand(format!("{pipes}\n"));
    understand(format!("a |\n---|---|\n1 |\n[x](y{}\n/z) |\n", "a|".repeat(PIPES / 10)));
}

#[test]
fn code_spans_over_many_pipes_are_joined_in_one_pass() {
    const SPANS: usize = 100_000;
    let (document, _) =
        understand(format!("| 错误码 | 说明 |\n|---|---|\n| 1 | {} |\n", "`a|b`|".repeat(SPANS)));
    // Between the last pipes there is an empty cell.
    assert_eq!(document.tables[0].rows().first().map(|row| row.cells().len()), Some(SPANS + 2));
}

#[test]
fn tables_without_an_end_cost_no_more_than_the_page() {
    const TABLES: usize = scaled(50_000);
    for piece in [
        "<table>",
        "<table ",
        "<table \"",
        "<TABLE x='",
        "<table>\n\n",
        "<table><tr><td>x\n\n",
        "<table><tr><td>x\n\n# h\n\n",
        "<table><tr><td>x\n\n正文\n\n",
        "<table><td><!--\n\n",
        "x<table><td><plaintext>\n\n",
        "<table><td><script>\n\n<table><td></table>\n\n",
        "<table></tr></td>",
        "<table><tr><td>x</td>",
        "<!--<table>",
        "`<table",
    ] {
        let document = read_text(piece.repeat(TABLES));
        assert!(document.tables.len() <= TABLES, "{piece}");
    }
}

#[test]
fn tables_in_code_are_none() {
    const SPANS: usize = scaled(50_000);
    assert!(read_text("`<table` ".repeat(SPANS)).tables.is_empty());
    assert!(read_text("`<table>` ".repeat(SPANS)).tables.is_empty());
    let lengths: String = (1..600).map(|length| format!("{} <b> ", "`".repeat(length))).collect();
    assert!(read_text(lengths.repeat(2)).tables.is_empty());
}

#[test]
fn delimiter_rows_alone_are_read_in_one_pass() {
    const ROWS: usize = scaled(100_000);
    for row in [
        "|---|---|\n",
        "---|---\n",
        "|-|-|\n",
        "|---|---|\n\n",
        "|---|---|\n正文\n",
        "a | b\n---|---\n",
        "| a | b |\n|---|---|\n\n",
    ] {
        let (document, _) = understand(row.repeat(ROWS));
        let tables = document.tables.len();
        let said = count_of(&document, "unclaimed-delimiter") + count_of(&document, "unread-line");
        assert!(tables + said > 0, "{row}");
    }
}

#[test]
fn torn_lines_are_read_in_one_pass() {
    const LINES: usize = scaled(100_000);
    for line in
        ["400 |\n", "x |\n", "x\n", "400\n", "[a](b |\n/c) |\n", "b)[x](a |\n", "|\n", "|\n\n", "x |\n\n"]
    {
        let (document, _) =
            understand(format!("错误码 | 说明 | 原因 |\n---|---|---|\n{}", line.repeat(LINES)));
        assert!(document.tables.len() + document.diagnostics.len() > 0, "{line}");
    }
}

#[test]
fn link_definitions_are_looked_up() {
    const LINKS: usize = scaled(100_000);
    let rows: String = (0..LINKS).map(|i| format!("| {i} | [链][r{i}] |\n")).collect();
    let definitions: String = (0..LINKS).map(|i| format!("[R{i}]: ./{i}\n")).collect();
    let (_, reading) = understand(format!("| 错误码 | 说明 |\n|---|---|\n{rows}\n{definitions}"));
    assert_eq!(reading.entries.len(), LINKS);
    assert_eq!(reading.entries[LINKS - 1].summary(), Some(format!("[链](./{})", LINKS - 1).as_str()));
}

#[test]
fn headings_and_tables_meet_in_one_pass() {
    const TABLES: usize = scaled(100_000);
    let headings: String = (0..TABLES).map(|i| format!("{} h{i}\n", "#".repeat(1 + i % 6))).collect();
    let tables = "| 错误码 | 说明 |\n|-|-|\n| 1 | x |\n\n".repeat(TABLES);
    let document = read_text(format!("{headings}\n{tables}"));
    assert_eq!(document.tables.len(), TABLES);
    assert_eq!(document.tables[TABLES - 1].headings.last(), Some(&format!("h{}", TABLES - 1)));
    let page = format!("<html>{}{}", "<h2>h</h2>".repeat(TABLES), "<table><td>1</table>".repeat(TABLES));
    assert_eq!(read_text(page).tables.len(), TABLES);
}

#[test]
fn many_tables_are_interpreted_in_one_pass() {
    const TABLES: usize = 5_000;
    let wide = "| 错误码 | 描述 |\n|-|-|\n| 1 | 甲 | 乙 |\n\n".repeat(TABLES);
    let sibling = "| 错误码 | 描述 | 处理建议 |\n|-|-|-|\n| 1 | 甲 | 乙 |\n";
    let (_, reading) = understand(format!("{wide}{sibling}"));
    assert_eq!(reading.entries.len(), TABLES + 1);
    assert!(reading.entries.iter().all(|entry| entry.remedy() == Some("乙")));
}

#[test]
fn torn_and_whole_tables_meet_in_one_pass() {
    const TABLES: usize = scaled(20_000);
    let page = "错误码 | 描述 |\n---|---|\n1 |\n甲 |\n\n| 错误码 | 描述 |\n|---|---|\n| 2 | 乙 |\n\n正文\n\n"
        .repeat(TABLES);
    let (document, reading) = understand(page);
    assert_eq!(document.tables.len(), 2 * TABLES);
    assert_eq!(reading.entries.len(), 2 * TABLES);
}

#[test]
fn deep_quotes_and_lists_are_read() {
    const DEPTH: usize = 5_000;
    understand(format!("{}| a | b |\n{}|---|---|\n", "> ".repeat(DEPTH), "> ".repeat(DEPTH)));
    understand(format!("{}| a | b |\n", "- ".repeat(DEPTH)));
    understand(format!("{}x\n", ">".repeat(200_000)));
    understand("> ```\n".repeat(50_000));
    understand("- ```\n".repeat(50_000));
}

#[test]
fn text_of_one_cell_is_written_in_one_pass() {
    const MARKS: usize = scaled(200_000);
    for mark in
        ["[", "[a]", "[](", "*a", "_", "`", "~", "\\", "&lt", "<b>", "<", "![", "a](", "<br>", "\u{a0}"]
    {
        let text = mark.repeat(MARKS);
        let (_, reading) = understand(format!("| 错误码 | 说明 |\n|---|---|\n| 1 | 说明 {text} |\n"));
        assert_eq!(reading.entries.len(), 1, "{mark}");
        let (_, reading) =
            understand(format!("<table><tr><th>错误码<th>说明<tr><td>1<td>说明 {text}</table>"));
        assert_eq!(reading.entries.len(), 1, "{mark}");
    }
}

#[test]
fn a_plain_page_of_a_hundred_thousand_codes_is_read() {
    let (_, reading) = understand(codes(100_000));
    assert_eq!(reading.entries.len(), 100_000);
    assert_eq!(reading.diagnostics, []);
}
