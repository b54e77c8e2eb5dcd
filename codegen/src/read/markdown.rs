//! Headings and pipe tables of a page from which HTML tables have been blanked out.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::model::{Cell, Format, Row, Table};
use super::{html, pipes};
use crate::inline::{self, Builder};

/// What the Markdown of a page holds.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    pub(super) headings: Vec<Heading>,
    pub(super) tables: Vec<Table>,
}

/// A heading.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) offset: usize,
    /// 1–6.
    pub(super) level: u8,
    pub(super) text: String,
}

/// The headings above `offset`, outermost first.
pub(super) fn headings_above(headings: &[Heading], offset: usize) -> Vec<String> {
    let mut open: Vec<&Heading> = Vec::new();
    for heading in headings.iter().take_while(|heading| heading.offset < offset) {
        open.retain(|outer| outer.level < heading.level);
        open.push(heading);
    }
    open.into_iter().map(|heading| heading.text.clone()).collect()
}

/// Reads the Markdown of `text`.
pub(super) fn read(text: &str) -> Markdown {
    let parser = Parser::new_ext(text, inline::markdown_options());
    let definitions: Vec<_> =
        parser.reference_definitions().iter().map(|(name, def)| (fold(name), def.dest.to_string())).collect();
    let references = |name: &str| {
        let name = fold(name);
        definitions.iter().find(|(defined, _)| *defined == name).map(|(_, href)| href.clone())
    };
    let mut reader =
        Reader { text, references: &references, out: Markdown::default(), heading: None, table_end: None };
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    reader.out.headings.sort_by_key(|heading| heading.offset);
    reader.out
}

/// Labels of link definitions compare without case and with white space folded.
fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Reader<'a> {
    text: &'a str,
    references: inline::References<'a>,
    out: Markdown,
    heading: Option<(u8, usize, Builder)>,
    /// Where the last table ended, as long as nothing has come after it.
    table_end: Option<usize>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some((depth(level), range.start, Builder::default()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, offset, builder)) = self.heading.take() {
                    let text = inline::plain(&builder.finish().pieces);
                    self.out.headings.push(Heading { offset, level, text });
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, _, builder)) = &mut self.heading {
                    builder.text(&text);
                }
            }
            Event::Start(Tag::HtmlBlock) => {
                let headings = html::read_headings(&self.text[range.clone()], range.start);
                self.out.headings.extend(headings);
            }
            Event::Start(Tag::Table(_)) => self.start_table(range),
            Event::Start(Tag::TableHead) => {
                let row = self.row(range, usize::MAX);
                self.last_table(|table| table.header.push(row));
            }
            Event::Start(Tag::TableRow) => self.push_row(range),
            Event::End(TagEnd::Table) => self.table_end = Some(range.end),
            Event::Start(Tag::Paragraph) if self.table_end == Some(range.start) => self.continue_table(range),
            _ => {}
        }
    }

    fn last_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.out.tables.last_mut() {
            change(table);
        }
    }

    fn start_table(&mut self, span: Range<usize>) {
        let table = Table {
            format: Format::Markdown,
            headings: Vec::new(),
            span,
            header: Vec::new(),
            rows: Vec::new(),
        };
        self.out.tables.push(table);
        self.table_end = None;
    }

    /// The parser ends a table after a number of cells it had to fill in, and takes the rest for
    /// a paragraph; nothing else can follow a table without a blank line.
    fn continue_table(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let lines = self.text[range].split_inclusive('\n');
        for line in lines {
            self.push_row(at..at + line.trim_end().len());
            at += line.len();
        }
        self.last_table(|table| table.span.end = at);
    }

    fn push_row(&mut self, range: Range<usize>) {
        let header = self.out.tables.last().and_then(|table| table.header.first());
        let width = header.map_or(usize::MAX, |row| row.cells.len());
        let row = self.row(range, width);
        self.last_table(|table| table.rows.push(row));
    }

    fn row(&self, range: Range<usize>, width: usize) -> Row {
        let cells = pipes::split(&self.text[range.clone()], range.start);
        let cells = pipes::join_code(self.text, cells, width);
        let cells = cells.into_iter().map(|span| markdown_cell(self.text, span, self.references));
        Row { span: range, cells: cells.collect(), section: 0 }
    }
}

/// The cell whose Markdown stands at `span`.
pub(super) fn markdown_cell(text: &str, span: Range<usize>, references: inline::References<'_>) -> Cell {
    let source = pipes::unescape(&text[span.clone()]);
    Cell::simple(span, inline::from_markdown(&source, references))
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
