//! Tables torn apart by text extraction, put together again.
//!
//! A browser's "copy as text" leaves a header line, a delimiter row, and cells that end in a pipe
//! but stand on lines of their own. No Markdown reader takes that for a table. Here every
//! delimiter row that no whole table claims starts one, and the lines up to the next header or
//! prose are cut into rows anew. So are those of a pipe table that swallowed the next one, or
//! whose rows go on below a blank line.

mod chunk;

use std::ops::Range;

use chunk::{MOST_LINES_OF_A_CELL, Shape, rechunk};

use super::markdown::Markdown;
use super::model::{Format, Row, Table};
use super::pipes::RowReader;
use super::{Found, header, lines, pipes};
use crate::diagnostic::rules;
use crate::inline::References;
use crate::{Diagnostic, message};

/// Repairs the torn tables of `text`, a page without its HTML tables.
pub(super) fn read(text: &str, code: &[Range<usize>], markdown: &Markdown) -> Found {
    let lines = page_lines(text, code);
    let page = Page { text, lines: &lines, references: &|label| markdown.definitions.get(label) };
    let mut found = Found::default();
    // From below, so that it is known where the next table starts.
    let mut next = lines.len();
    for start in starts(&lines, markdown, &mut found.diagnostics).iter().rev() {
        let whole = start.whole.map(|index| &markdown.tables[index]);
        let body = body(&lines[..next], start.delimiter + 1);
        if whole.is_some_and(|table| !is_torn(text, table) && !goes_on(&lines, table, next)) {
            next = start.header.start;
            continue;
        }
        let header = lines[start.header.start].range.start..lines[start.delimiter].range.end;
        match repair(&page, start, body) {
            Some((table, rest)) => {
                let message = message!(
                    "a table of {n} {n:row|rows}, put together from lines that were torn apart",
                    n = table.rows().len()
                );
                found.diagnostics.push(Diagnostic::at(&rules::TORN_TABLE, header, message));
                found.diagnostics.extend(rest);
                found.tables.push(table);
            }
            None if whole.is_some() => {}
            // A row of dashes.
            None if table_around(markdown, header.start).is_some() => continue,
            None => {
                let message = message!("a delimiter row without a table that can be read");
                found.diagnostics.push(Diagnostic::at(&rules::UNCLAIMED_DELIMITER, header, message));
            }
        }
        next = start.header.start;
    }
    found.tables.reverse();
    let rest = rows_of_no_table(&lines, markdown, &found);
    found.diagnostics.extend(rest);
    found
}

/// What all steps need to know.
struct Page<'a, 't> {
    text: &'t str,
    lines: &'a [Line<'t>],
    references: References<'a>,
}

/// A line of the page, trimmed.
#[derive(Debug, Clone)]
struct Line<'t> {
    text: &'t str,
    range: Range<usize>,
    is_code: bool,
}

impl Line<'_> {
    fn has_pipe(&self) -> bool {
        !self.is_code && memchr::memchr(b'|', self.text.as_bytes()).is_some()
    }
}

fn page_lines<'t>(text: &'t str, code: &[Range<usize>]) -> Vec<Line<'t>> {
    let mut code = code.iter().peekable();
    let mut at = 0;
    let mut found = Vec::new();
    let mut blank = 0;
    while at < text.len() {
        let line = &text[at..lines::end(text, at)];
        while code.next_if(|range| range.end <= at).is_some() {}
        let is_code = code.peek().is_some_and(|range| range.start <= at);
        let start = at + (line.len() - line.trim_start().len());
        let trimmed = line.trim();
        blank = if trimmed.is_empty() { blank + 1 } else { 0 };
        // More of them mean no more, and a line takes many times the byte that it has.
        if blank <= MOST_LINES_OF_A_CELL {
            found.push(Line { text: trimmed, range: start..start + trimmed.len(), is_code });
        }
        at += line.len();
    }
    found
}

/// Where a table starts, as line numbers from 0.
struct Start {
    header: Range<usize>,
    delimiter: usize,
    width: usize,
    /// The pipe table that has this delimiter row.
    whole: Option<usize>,
}

/// All delimiter rows with a header above them. Of those without one it is said.
fn starts(lines: &[Line<'_>], markdown: &Markdown, diagnostics: &mut Vec<Diagnostic>) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Some(columns) = pipes::delimiter_columns(line.text).filter(|_| !line.is_code) else {
            continue;
        };
        let above = if i > 1 && lines[i - 1].text.is_empty() { i - 1 } else { i };
        let Some(header) = header_above(lines, above, columns) else {
            let message = message!("a delimiter row without a line of names above it");
            diagnostics.push(Diagnostic::at(&rules::UNCLAIMED_DELIMITER, line.range.clone(), message));
            continue;
        };
        let around = table_around(markdown, lines[above - 1].range.start);
        let whole = around.filter(|index| claims_header(&markdown.tables[*index], &lines[above - 1].range));
        let inside = around.is_some() && whole.is_none();
        if inside && (is_filler(line.text) || lines[header.clone()].iter().any(has_number)) {
            continue;
        }
        match whole {
            Some(_) => starts.push(Start { header: i - 1..i, delimiter: i, width: columns, whole }),
            None => starts.push(Start { header, delimiter: i, width: columns, whole }),
        }
    }
    starts
}

/// The pipe table that holds the byte at `offset`.
fn table_around(markdown: &Markdown, offset: usize) -> Option<usize> {
    let after = markdown.tables.partition_point(|table| table.span.start <= offset);
    after.checked_sub(1).filter(|index| offset < markdown.tables[*index].span.end)
}

fn claims_header(table: &Table, line: &Range<usize>) -> bool {
    table.header().first().is_some_and(|row| row.span.start < line.end && line.start < row.span.end)
}

/// Whether a row of dashes says "nothing" in each cell, rather than starting a table.
fn is_filler(line: &str) -> bool {
    !line.contains("--") && !line.contains(':')
}

/// Whether a line has a cell that is a number: names are none.
fn has_number(line: &Line<'_>) -> bool {
    pipes::split(line.text, 0).into_iter().any(|cell| header::is_number(&line.text[cell]))
}

/// Whether `table` has swallowed the one that starts in line `next`, or its rows go on below the
/// blank line after it.
fn goes_on(lines: &[Line<'_>], table: &Table, next: usize) -> bool {
    let end = lines.partition_point(|line| line.range.start < table.span.end);
    let below = lines[..next].get(end..).unwrap_or_default();
    let row = match below {
        [blank, row, ..] if blank.text.is_empty() => row,
        _ => return next < end,
    };
    let width = table.header().first().map_or(0, |row| row.cells().len());
    row.has_pipe() && (row.text.starts_with('|') || pipes::split(row.text, 0).len() == width)
}

/// Lines with a pipe at both ends that stand in no table: rows whose header is lost.
fn rows_of_no_table(lines: &[Line<'_>], markdown: &Markdown, found: &Found) -> Vec<Diagnostic> {
    let tables = markdown.tables.iter().chain(&found.tables).map(|table| table.span.clone());
    let reported = found.diagnostics.iter().filter_map(|diagnostic| diagnostic.span.clone());
    let mut covered: Vec<_> = tables.chain(reported).collect();
    covered.sort_by_key(|range| range.start);
    let mut covered = covered.iter().peekable();
    let mut covered_to = 0;
    let mut lost: Vec<(usize, Range<usize>, &str)> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        while let Some(range) = covered.next_if(|range| range.start < line.range.end) {
            covered_to = covered_to.max(range.end);
        }
        if line.range.start < covered_to || !looks_like_row(line) {
            goes_on = false;
            continue;
        }
        match lost.last_mut().filter(|_| goes_on) {
            Some((count, span, _)) => {
                *count += 1;
                span.end = line.range.end;
            }
            None => lost.push((1, line.range.clone(), line.text)),
        }
        goes_on = true;
    }
    let diagnostic = |(count, span, first): (usize, Range<usize>, &str)| {
        let message = message!(
            "{count} {count:line that looks like a row but is|lines that look like rows but are} in no table: {first}",
            count,
            first = lines::excerpt(first)
        );
        Diagnostic::at(&rules::UNREAD_LINE, span, message)
            .with_help(message!("put a header and a delimiter row above"))
    };
    lost.into_iter().map(diagnostic).collect()
}

fn looks_like_row(line: &Line<'_>) -> bool {
    let piped =
        line.has_pipe() && line.text.len() > 1 && line.text.starts_with('|') && line.text.ends_with('|');
    piped && line.text.contains(|c: char| !matches!(c, '|' | ' ' | '\t'))
}

/// Whether most rows of a pipe table hold one cell where the header has several, and no pipe says
/// that a row starts there.
fn is_torn(text: &str, table: &Table) -> bool {
    let width = table.header().first().map_or(0, |row| row.cells().len());
    let is_piece = |row: &Row<'_>| row.cells().len() == 1 && !text[row.span.clone()].starts_with('|');
    width > 2 && table.rows().filter(is_piece).count() * 2 > table.rows().len()
}

/// The header's lines: the one above the delimiter, and more above it while names are missing.
fn header_above(lines: &[Line<'_>], delimiter: usize, columns: usize) -> Option<Range<usize>> {
    let mut first = delimiter;
    let mut names = 0;
    while names < columns && first > 0 && lines[first - 1].has_pipe() {
        first -= 1;
        names += pipes::split(lines[first].text, 0).len();
    }
    (first < delimiter).then_some(first..delimiter)
}

/// The body's lines: up to a heading, to code, or to a blank line with no pipe on the line after.
fn body(lines: &[Line<'_>], start: usize) -> Range<usize> {
    let mut end = start;
    while let Some(line) = lines.get(end) {
        let blank = line.text.is_empty();
        let goes_on = lines.get(end + 1).is_some_and(Line::has_pipe);
        if line.is_code || line.text.starts_with('#') || (blank && !goes_on) {
            break;
        }
        end += 1;
    }
    start..end
}

/// Cuts the body into rows. With them come diagnostics for lines that are in no row.
fn repair(page: &Page<'_, '_>, start: &Start, body: Range<usize>) -> Option<(Table, Vec<Diagnostic>)> {
    let lines = page.lines;
    let split = |line: &Line<'_>| pipes::split(line.text, line.range.start);
    let names: Vec<_> = lines[start.header.clone()].iter().flat_map(split).collect();
    let width = start.width.max(names.len());
    let lines = &lines[body];
    let closed = page.lines[start.delimiter - 1].text.ends_with('|');
    let start_shape = Shape { width, closed };
    let piped: Vec<_> = lines.iter().filter(|line| line.has_pipe()).collect();
    let whole = piped.iter().filter(|line| pipes::split(line.text, 0).len() == width).count();
    let header_span = lines_span(&page.lines[start.header.clone()])?;
    let mut table = Table::new(Format::Text, header_span.clone());
    let mut rows = page.rows();
    if !names.is_empty() {
        names.into_iter().for_each(|span| rows.cell(&mut table, span));
        table.end_row(header_span, 0);
        table.header_rows = 1;
    }
    let (mut table, used) = if width == 1 || whole * 2 > piped.len() {
        let last = lines.iter().rposition(Line::has_pipe).map_or(0, |last| last + 1);
        for line in lines[..last].iter().filter(|line| !line.text.is_empty()) {
            rows.row(&mut table, line.range.clone(), width);
        }
        (table, last)
    } else {
        rechunk(page, lines, start_shape, &table)
    };
    let last = table.rows().next_back()?;
    table.span.end = last.span.end;
    let lost = unread(&lines[used..]).into_iter().collect();
    Some((table, lost))
}

fn lines_span(lines: &[Line<'_>]) -> Option<Range<usize>> {
    Some(lines.first()?.range.start..lines.last()?.range.end)
}

/// The lines below the last row, as far as there are pipes in them.
fn unread(lines: &[Line<'_>]) -> Option<Diagnostic> {
    let last = lines.iter().rposition(Line::has_pipe)?;
    let lines = &lines[..=last];
    let first = lines.iter().find(|line| !line.text.is_empty())?;
    let filled = lines.iter().filter(|line| !line.text.is_empty()).count();
    let message = message!(
        "{filled} {filled:line that is|lines that are} in no row of the table above: {first}",
        filled,
        first = lines::excerpt(first.text)
    );
    Some(Diagnostic::at(&rules::UNREAD_LINE, first.range.start..lines[last].range.end, message))
}

impl<'a> Page<'a, '_> {
    fn rows(&self) -> RowReader<'a> {
        RowReader::new(self.text, self.references)
    }
}
