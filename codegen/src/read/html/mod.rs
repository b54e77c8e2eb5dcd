//! HTML tables, with the bytes of each cell: where they start in a page, and where those end that
//! have no end.

mod automaton;
mod element;
mod table;

use std::ops::Range;

use automaton::{Mode, Reader};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::Found;
use super::markdown::{self, Heading};
use super::mask::Scanner;
use super::model::Table;
use crate::diagnostic::rules;
use crate::{Diagnostic, message};

/// Whether `text` is a whole HTML page rather than Markdown with HTML in it.
pub(super) fn is_page(text: &str) -> bool {
    let mut start = text.trim_start();
    while let Some(comment) = start.strip_prefix("<!--") {
        let Some((_, rest)) = comment.split_once("-->") else {
            return false;
        };
        start = rest.trim_start();
    }
    let begins = |prefix: &str| start.get(..prefix.len()).is_some_and(|s| s.eq_ignore_ascii_case(prefix));
    ["<!doctype html", "<html", "<?xml", "<head", "<body"].into_iter().any(begins)
}

/// Reads a whole HTML page.
pub(super) fn read_page(text: &str) -> Found {
    let mut reader = Reader::new(text, 0, Mode::Page);
    reader.run();
    reader.end_heading();
    let Found { tables, mut diagnostics } = reader.found;
    diagnostics
        .extend(reader.unclosed.map(|start| unclosed(text, start).with_help(message!("add `</table>`"))));
    let mut tables = kept(tables);
    tables.sort_by_key(|table| table.span.start);
    markdown::place(&reader.headings, &mut tables);
    Found { tables, diagnostics }
}

/// The headings in a piece of HTML that starts at `base`.
pub(super) fn read_headings(html: &str, base: usize) -> Vec<Heading> {
    let mut reader = Reader::new(html, 0, Mode::Page);
    reader.run();
    reader.end_heading();
    let shift = |heading: Heading| Heading { offset: heading.offset + base, ..heading };
    reader.headings.into_iter().map(shift).collect()
}

/// An outermost `<table>` with the tables nested in it.
#[derive(Debug)]
pub(super) struct HtmlTable {
    pub(super) span: Range<usize>,
    pub(super) tables: Vec<Table>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads the tables of a Markdown page; a `<table` that is hidden starts none.
pub(super) fn read_tables(text: &str, scanner: &mut Scanner<'_>) -> Vec<HtmlTable> {
    let mut tables = Vec::new();
    let mut patience = Patience::new(text);
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        at = start + 1;
        if !starts_tag(&text[start..]) {
            continue;
        }
        if let Some(end) = scanner.hides(start) {
            at = end;
        } else if starts_table(&text[start..]) {
            let table = read_table(text, start, &mut patience);
            if !table.span.is_empty() {
                scanner.skip(&table.span);
                at = table.span.end;
            }
            tables.push(table);
        }
    }
    tables
}

const TAG: &str = "<table";

fn starts_tag(text: &str) -> bool {
    text.get(..TAG.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(TAG))
}

/// Whether `text` starts with a whole `<table …>`.
fn starts_table(text: &str) -> bool {
    /// A tag that runs on for longer has lost its end.
    const LONGEST: usize = 1024;
    if !starts_tag(text)
        || !text[TAG.len()..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
    {
        return false;
    }
    let closes = |event: CallbackEvent<'_>, _: Span<()>| {
        matches!(event, CallbackEvent::CloseStartTag { .. }).then_some(())
    };
    let bytes = &text.as_bytes()[..text.len().min(LONGEST)];
    Tokenizer::new_with_emitter(bytes, CallbackEmitter::<_, (), ()>::new(closes)).next().is_some()
}

/// How much text may still be read again because a table had no end. Tables without an end are
/// looked for up to the end of the page, which must not be done for each of thousands.
struct Patience(usize);

impl Patience {
    /// How often a page may be read.
    const READINGS: usize = 8;

    fn new(text: &str) -> Self {
        Self(text.len().saturating_mul(Self::READINGS))
    }

    /// How far a table at `start` is read: to the end of the page, or once patience is at its end
    /// to the next `<table`.
    fn limit(&self, text: &str, start: usize) -> usize {
        if self.0 > 0 {
            return text.len();
        }
        let mut tags = text[start + 1..].match_indices('<').map(|(at, _)| start + 1 + at);
        tags.find(|at| starts_tag(&text[*at..])).unwrap_or(text.len())
    }
}

fn read_table(text: &str, start: usize, patience: &mut Patience) -> HtmlTable {
    let limit = patience.limit(text, start);
    let mut reader = Reader::new(&text[..limit], start, Mode::Table);
    reader.run();
    if reader.unclosed.is_none() {
        return reader.into_table(start);
    }
    patience.0 = patience.0.saturating_sub(reader.position - start);
    if is_without_rows(&reader.found) {
        // A word of the prose that was meant as such.
        return HtmlTable { span: start..start, tables: Vec::new(), diagnostics: Vec::new() };
    }
    // Without an end it runs to the blank line after its last tag, so that the Markdown below is
    // still read as such.
    let mut last_tag = reader.last_table_tag;
    let barrier = markdown_below(text, start, last_tag).unwrap_or(reader.position);
    if barrier < last_tag {
        let mut reader = Reader::new(&text[..barrier], start, Mode::Table);
        reader.run();
        last_tag = reader.last_table_tag;
    }
    let end = blank_line(&text[..barrier], last_tag);
    let mut reader = Reader::new(&text[..end], start, Mode::Table);
    reader.run();
    reader.position = end;
    reader.found.diagnostics.push(unclosed(text, start));
    reader.into_table(start)
}

fn is_without_rows(found: &Found) -> bool {
    found.tables.iter().all(|table| table.all_rows().is_empty())
}

fn unclosed(text: &str, start: usize) -> Diagnostic {
    let end = text[start..].find('>').map_or(text.len(), |end| start + end + 1);
    Diagnostic::at(&rules::UNCLOSED_TABLE, start..end, message!("this table has no `</table>`"))
}

/// The first blank line after `at`, or the end.
fn blank_line(text: &str, at: usize) -> usize {
    let mut at = at;
    while let Some(found) = text[at..].find('\n') {
        let newline = at + found;
        let next = text[newline + 1..].trim_start_matches([' ', '\t']);
        if next.is_empty() || next.starts_with('\n') {
            return newline;
        }
        at = newline + 1;
    }
    text.len()
}

/// The first line between `start` and `end` that stands below a blank one and that no table in
/// progress has: a heading or the start of another table.
fn markdown_below(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut below_blank = false;
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        let content = line.trim();
        let heading = content.trim_start_matches('#');
        let is_heading = heading.len() < content.len() && heading.starts_with(' ');
        if below_blank && (is_heading || starts_table(content)) {
            return Some(at);
        }
        below_blank = content.is_empty();
        at += line.len();
    }
    None
}

/// Tables with something in them. A table that only lays out the ones nested in it is none.
fn kept(mut tables: Vec<Table>) -> Vec<Table> {
    tables.retain(|table| table.all_rows().any(|row| row.cells().any(|cell| !cell.is_empty())));
    tables.iter_mut().for_each(Table::shrink);
    tables
}
