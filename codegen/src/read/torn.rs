//! Tables torn apart by text extraction, put together again.
//!
//! A browser's "copy as text" leaves a header line, a delimiter row, and cells that end in a pipe
//! but stand on lines of their own. No Markdown reader takes that for a table. Here every
//! delimiter row that no whole table claims starts one, and the lines up to the next header or
//! prose are cut into rows anew.

use std::ops::Range;

use super::markdown::{Markdown, markdown_cell};
use super::model::{Cell, Format, Row, Table};
use super::{Found, header, lines, pipes};
use crate::Diagnostic;
use crate::diagnostic::rules;
use crate::inline;

/// Repairs the torn tables of `text`, a page without its HTML tables.
pub(super) fn read(text: &str, code: &[Range<usize>], markdown: &Markdown) -> Found {
    let lines = page_lines(text, code);
    let starts = starts(&lines, markdown);
    let mut found = Found::default();
    for (i, start) in starts.iter().enumerate() {
        let next = starts.get(i + 1).map_or(lines.len(), |next| next.header.start);
        let body = body(&lines[..next], start.delimiter + 1);
        match repair(text, &lines, start, body) {
            Some((table, rest)) => {
                let message = format!(
                    "a table of {} rows, put together from lines that were torn apart",
                    table.rows.len()
                );
                let header = lines[start.header.start].range.start..lines[start.delimiter].range.end;
                found.diagnostics.push(Diagnostic::at(&rules::TORN_TABLE, header, message));
                found.diagnostics.extend(rest);
                found.tables.push(table);
            }
            None => {
                let message = "a delimiter row without a table that can be read";
                let span = lines[start.delimiter].range.clone();
                found.diagnostics.push(Diagnostic::at(&rules::UNCLAIMED_DELIMITER, span, message));
            }
        }
    }
    found
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
        !self.is_code && self.text.contains('|')
    }
}

fn page_lines<'t>(text: &'t str, code: &[Range<usize>]) -> Vec<Line<'t>> {
    let mut code = code.iter().peekable();
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        while code.next_if(|range| range.end <= at).is_some() {}
        let is_code = code.peek().is_some_and(|range| range.start <= at);
        let start = at + (line.len() - line.trim_start().len());
        let trimmed = line.trim();
        lines.push(Line { text: trimmed, range: start..start + trimmed.len(), is_code });
        at += line.len();
    }
    lines
}

/// Where a torn table starts, as line numbers from 0.
struct Start {
    header: Range<usize>,
    delimiter: usize,
    width: usize,
}

/// Delimiter rows below a header that are not the second line of a whole pipe table, and those of
/// pipe tables that are torn or have swallowed the next table.
fn starts(lines: &[Line<'_>], markdown: &Markdown) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let mut claims: Vec<(usize, usize)> = Vec::new();
    for (i, line) in lines.iter().enumerate().skip(1) {
        let Some(columns) = pipes::delimiter_columns(line.text).filter(|_| !line.is_code) else {
            continue;
        };
        let Some(header) = header_above(lines, i, columns) else {
            continue;
        };
        let start = Start { header, delimiter: i, width: columns };
        let above = lines[i - 1].range.clone();
        match markdown.tables.iter().position(|table| claims_header(table, &above)) {
            Some(table) if !is_torn(&markdown.tables[table]) => claims.push((table, i)),
            _ => starts.push(start),
        }
    }
    // A whole table that runs over the start of the next one ends there.
    for (table, delimiter) in claims {
        let span = &markdown.tables[table].span;
        let swallowed = starts.iter().any(|start| span.contains(&lines[start.delimiter].range.start));
        if swallowed {
            let header = delimiter - 1..delimiter;
            let width = markdown.tables[table].header.first().map_or(0, |row| row.cells.len());
            starts.push(Start { header, delimiter, width });
        }
    }
    starts.sort_by_key(|start| start.delimiter);
    starts
}

fn claims_header(table: &Table, line: &Range<usize>) -> bool {
    table.header.first().is_some_and(|row| row.span.start < line.end && line.start < row.span.end)
}

/// Whether most rows of a pipe table hold one cell where the header has several.
fn is_torn(table: &Table) -> bool {
    let width = table.header.first().map_or(0, |row| row.cells.len());
    let torn = table.rows.iter().filter(|row| row.cells.len() == 1).count();
    width > 2 && torn * 2 > table.rows.len()
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
fn repair(
    text: &str,
    lines: &[Line<'_>],
    start: &Start,
    body: Range<usize>,
) -> Option<(Table, Vec<Diagnostic>)> {
    let split = |line: &Line<'_>| pipes::split(line.text, line.range.start);
    let names: Vec<_> = lines[start.header.clone()].iter().flat_map(split).collect();
    let width = start.width.max(names.len());
    let lines = &lines[body];
    let piped: Vec<_> = lines.iter().filter(|line| line.has_pipe()).collect();
    let whole = piped.iter().filter(|line| pipes::split(line.text, 0).len() == width).count();
    let (rows, used) = if width == 1 || whole * 2 > piped.len() {
        let last = lines.iter().rposition(Line::has_pipe).map_or(0, |last| last + 1);
        let rows =
            lines[..last].iter().filter(|line| line.has_pipe()).map(|line| row_of(line, text)).collect();
        (rows, last)
    } else {
        rechunk(text, lines, width)
    };
    if rows.is_empty() {
        return None;
    }
    let lost = lines[used..].iter().filter(|line| line.has_pipe()).map(|line| {
        let message = format!("a line that is in no row of the table above: {}", lines::excerpt(line.text));
        Diagnostic::at(&rules::UNREAD_LINE, line.range.clone(), message)
    });
    let lost = lost.collect();
    let header_start = names.first()?.start;
    let end = rows.last().map_or(header_start, |row: &Row| row.span.end);
    let cells: Vec<_> = names.into_iter().map(|span| markdown_cell(text, span, &|_| None)).collect();
    let header = Row { span: header_start..cells.last()?.span.end, cells, section: 0 };
    let table = Table {
        format: Format::Text,
        headings: Vec::new(),
        span: header_start..end,
        header: vec![header],
        rows,
    };
    Some((table, lost))
}

fn row_of(line: &Line<'_>, text: &str) -> Row {
    let cells = pipes::split(line.text, line.range.start);
    let cells = cells.into_iter().map(|span| markdown_cell(text, span, &|_| None)).collect();
    Row { span: line.range.clone(), cells, section: 0 }
}

/// Cuts lines into rows of `width` cells; where that puts something else than a number under a
/// first column of numbers, rows are cut at the numbers instead.
fn rechunk(text: &str, lines: &[Line<'_>], width: usize) -> (Vec<Row>, usize) {
    let plain = Chunker::new(text, lines, width, false).run();
    let numbered = plain.0.iter().filter(|row| starts_with_number(row)).count();
    if numbered == plain.0.len() || numbered * 2 < plain.0.len() {
        return plain;
    }
    Chunker::new(text, lines, width, true).run()
}

fn starts_with_number(row: &Row) -> bool {
    row.cells.first().is_some_and(|cell| header::is_number(&cell.plain()))
}

/// A cell while its lines are collected.
struct OpenCell {
    span: Range<usize>,
    text: String,
    /// The next line belongs to it without a space, because a pipe or a line cut a link in two.
    in_link: bool,
}

struct Chunker<'a, 't> {
    text: &'t str,
    lines: &'a [Line<'t>],
    width: usize,
    /// Rows start at a number.
    by_number: bool,
    /// Lines end in a pipe, so one that does not is either prose or goes on below.
    trailing: bool,
    rows: Vec<Row>,
    row: Vec<Cell>,
    cell: Option<OpenCell>,
}

impl<'a, 't> Chunker<'a, 't> {
    fn new(text: &'t str, lines: &'a [Line<'t>], width: usize, by_number: bool) -> Self {
        let piped = lines.iter().filter(|line| line.has_pipe());
        let ends = piped.clone().filter(|line| line.text.ends_with('|')).count();
        let trailing = ends * 2 >= piped.count();
        Self { text, lines, width, by_number, trailing, rows: Vec::new(), row: Vec::new(), cell: None }
    }

    /// The rows, and how many lines they took.
    fn run(mut self) -> (Vec<Row>, usize) {
        let mut used = 0;
        for (i, line) in self.lines.iter().enumerate() {
            if line.text.is_empty() {
                continue;
            }
            let cell_is_open = self.cell.is_some();
            if !line.has_pipe() && !cell_is_open && self.trailing && !self.goes_on(i) {
                break;
            }
            self.line(i, line);
            used = i + 1;
        }
        self.end_cell();
        self.end_row();
        (self.rows, used)
    }

    /// Whether a line without a pipe is the start of a cell that ends in one further down: only
    /// inside a row, and before the next line that starts a row.
    fn goes_on(&self, from: usize) -> bool {
        let next = self.lines[from + 1..].iter().find(|line| !line.text.is_empty());
        let closes = next.is_some_and(|line| {
            line.has_pipe() && !header::is_number(line.text.trim_end_matches('|').trim())
        });
        !self.row.is_empty() && closes
    }

    fn line(&mut self, index: usize, line: &Line<'_>) {
        let mut at = 0;
        let bytes = line.text.as_bytes();
        let starts_row = self.row.is_empty() && self.cell.is_none();
        if starts_row && bytes.first() == Some(&b'|') {
            at = 1;
        }
        let base = line.range.start;
        for cut in (at..bytes.len()).filter(|cut| bytes[*cut] == b'|') {
            if cut > 0 && bytes[cut - 1] == b'\\' {
                continue;
            }
            self.piece(line.text, at..cut, base);
            at = cut + 1;
            if self.is_link_cut() && self.link_ends_below(index) {
                continue;
            }
            self.end_cell();
        }
        if at < bytes.len() {
            self.piece(line.text, at..bytes.len(), base);
            if !self.trailing {
                self.end_cell();
            }
        }
        if self.cell.is_some() && !self.is_closed_below(index) {
            self.end_cell();
        }
    }

    /// Adds a piece of a line to the cell that is open, or opens one.
    fn piece(&mut self, line: &str, range: Range<usize>, base: usize) {
        let raw = &line[range.clone()];
        let text = raw.trim();
        let start = base + range.start + (raw.len() - raw.trim_start().len());
        let span = start..start + text.len();
        let alone = text.len() + 1 >= line.trim_end_matches('|').trim_end().len();
        if self.cell.is_none() {
            self.make_room(text, alone);
            self.cell = Some(OpenCell { span, text: text.to_owned(), in_link: false });
            return;
        }
        if let Some(cell) = &mut self.cell {
            if !text.is_empty() && !cell.in_link && !cell.text.is_empty() {
                cell.text.push(' ');
            }
            cell.text.push_str(text);
            cell.in_link = false;
            if !text.is_empty() {
                cell.span.end = span.end;
            }
        }
    }

    /// Ends the row before a cell that belongs to the next one.
    fn make_room(&mut self, text: &str, alone: bool) {
        let full = self.row.len() >= self.width;
        let starts_row = if self.by_number {
            header::is_number(text) && alone && (full || self.row.len() >= 2)
        } else {
            full
        };
        if starts_row {
            self.end_row();
        }
    }

    /// Whether the open cell stops inside a link's target.
    fn is_link_cut(&self) -> bool {
        let Some(cell) = &self.cell else {
            return false;
        };
        let target = cell.text.rfind("](").map(|at| &cell.text[at + 2..]);
        target.is_some_and(|target| !target.contains([')', ' ']))
    }

    /// Whether the next line starts with the rest of a link's target.
    fn link_ends_below(&mut self, index: usize) -> bool {
        let next = self.lines.get(index + 1).map_or("", |line| line.text);
        let ends = next.find(')').is_some_and(|end| !next[..end].contains([' ', '|', '(']));
        if let Some(cell) = self.cell.as_mut().filter(|_| ends) {
            cell.in_link = true;
        }
        ends
    }

    /// Whether the open cell finds its pipe further down, before the next row or a blank line.
    fn is_closed_below(&self, index: usize) -> bool {
        let below = self.lines[index + 1..].iter().take_while(|line| !line.text.is_empty());
        below.take(MOST_LINES_OF_A_CELL).any(Line::has_pipe)
    }

    fn end_cell(&mut self) {
        if let Some(cell) = self.cell.take() {
            let text = inline::from_markdown(&pipes::unescape(&cell.text), &|_| None);
            self.row.push(Cell::simple(cell.span, text));
        }
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.row);
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
            return;
        };
        let span = first.span.start..last.span.end.max(first.span.end);
        debug_assert!(self.text.get(span.clone()).is_some());
        self.rows.push(Row { span, cells, section: 0 });
    }
}

/// A cell does not run over more lines than this: beyond it is prose.
const MOST_LINES_OF_A_CELL: usize = 40;
