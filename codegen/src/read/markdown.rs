//! Headings and pipe tables of a page from which HTML tables have been blanked out.

use std::collections::HashMap;
use std::iter::Peekable;
use std::ops::Range;
use std::slice;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::model::{Format, Table};
use super::pipes::RowReader;
use super::reduced::{LeftOut, Reduced};
use super::{html, lines};
use crate::inline::{self, Builder};

/// What the Markdown of a page holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Markdown {
    pub(super) headings: Vec<Heading>,
    pub(super) tables: Vec<Table>,
    pub(super) definitions: Definitions,
}

/// Where the links by reference lead, by their folded labels.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Definitions(HashMap<String, String>);

impl Definitions {
    fn of(parser: &Parser<'_>) -> Self {
        let mut defined: Vec<_> = parser.reference_definitions().iter().collect();
        // Of labels that fold alike the first one counts.
        defined.sort_by_key(|(_, definition)| definition.span.start);
        let mut definitions = HashMap::with_capacity(defined.len());
        for (label, definition) in defined {
            definitions.entry(fold(label)).or_insert_with(|| definition.dest.to_string());
        }
        Self(definitions)
    }

    pub(super) fn get(&self, label: &str) -> Option<String> {
        self.0.get(&fold(label)).cloned()
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heading {
    pub(super) offset: usize,
    /// 1–6.
    pub(super) level: u8,
    pub(super) text: String,
}

/// Puts above each table the headings it stands below, outermost first. Both are in the order of
/// the page.
pub(super) fn place(headings: &[Heading], tables: &mut [Table]) {
    let mut open: Vec<&Heading> = Vec::new();
    let mut headings = headings.iter().peekable();
    for table in tables {
        while let Some(heading) = headings.next_if(|heading| heading.offset < table.span.start) {
            open.retain(|outer| outer.level < heading.level);
            open.push(heading);
        }
        table.headings.splice(0..0, open.iter().map(|heading| heading.text.clone()));
    }
}

/// Reads the Markdown of `text` as it is given to the parser.
pub(super) fn read(text: &str, reduced: &Reduced<'_>) -> Markdown {
    parse(text, reduced, &[]).0
}

/// The same where `left_out` is not given to the parser. Nothing if one of the tables of those rows
/// is none.
pub(super) fn read_without(text: &str, reduced: &Reduced<'_>, left_out: &[LeftOut]) -> Option<Markdown> {
    let (markdown, unclaimed) = parse(text, reduced, left_out);
    (unclaimed == 0).then_some(markdown)
}

/// The Markdown, and how much of `left_out` belongs to no table.
fn parse(text: &str, reduced: &Reduced<'_>, left_out: &[LeftOut]) -> (Markdown, usize) {
    let parser = Parser::new_ext(&reduced.text, inline::markdown_options());
    let definitions = Definitions::of(&parser);
    let references = |name: &str| definitions.get(name);
    let mut reader = Reader {
        text,
        reduced,
        left_out: left_out.iter().peekable(),
        rows: RowReader::new(text, &references),
        out: Markdown::default(),
        heading: None,
        stopped: None,
        quotes: 0,
        table_end: None,
    };
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    let (mut out, unclaimed) = (reader.out, reader.left_out.len());
    out.headings.sort_by_key(|heading| heading.offset);
    out.tables.iter_mut().for_each(Table::shrink);
    (Markdown { definitions, ..out }, unclaimed)
}

/// Labels of link definitions compare without case and with white space folded.
fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Reader<'a> {
    text: &'a str,
    reduced: &'a Reduced<'a>,
    /// The rows that are not given to the parser, from the next table on.
    left_out: Peekable<slice::Iter<'a, LeftOut>>,
    rows: RowReader<'a>,
    out: Markdown,
    heading: Option<(u8, usize, Builder)>,
    /// Where the parser gave up on a table in the middle of it.
    stopped: Option<usize>,
    /// How many block quotes are open.
    quotes: usize,
    /// Where the last table ended, and in how many block quotes.
    table_end: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, given: Range<usize>) {
        let range = self.reduced.range(given.clone());
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some((depth(level), range.start, Builder::default()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, offset, builder)) = self.heading.take() {
                    let text = builder.plain();
                    self.out.headings.push(Heading { offset, level, text });
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, _, builder)) = &mut self.heading {
                    builder.text(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, _, builder)) = &mut self.heading {
                    builder.text(" ");
                }
            }
            Event::Start(Tag::HtmlBlock) => {
                let headings = html::read_headings(&self.reduced.text[given.clone()], given.start);
                let place =
                    |heading: Heading| Heading { offset: self.reduced.start(heading.offset), ..heading };
                self.out.headings.extend(headings.into_iter().map(place));
            }
            Event::Start(Tag::Table(_)) => self.start_table(range),
            Event::Start(Tag::TableHead) => {
                if let Some(table) = self.out.tables.last_mut() {
                    self.rows.row(table, range, usize::MAX);
                    table.header_rows = 1;
                    self.add_left_out();
                }
            }
            Event::Start(Tag::TableRow) if range.start < range.end => self.push_row(range),
            Event::Start(Tag::TableRow) => self.stopped = Some(range.start),
            Event::End(TagEnd::Table) => {
                let end = self.out.tables.last().map_or(range.end, |table| table.span.end);
                self.table_end = Some((end, self.quotes));
            }
            Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quotes = self.quotes.saturating_sub(1),
            Event::Start(Tag::Paragraph) if self.goes_on(range.start) => self.continue_table(range),
            _ => {}
        }
    }

    fn start_table(&mut self, span: Range<usize>) {
        self.out.tables.push(Table::new(Format::Markdown, span));
    }

    /// Adds to the last table, whose header has been read, its rows that the parser was not given.
    fn add_left_out(&mut self) {
        let Some(table) = self.out.tables.last_mut() else {
            return;
        };
        let Some(LeftOut { rows, .. }) =
            self.left_out.next_if(|left_out| left_out.header == table.span.start && self.quotes == 0)
        else {
            return;
        };
        let width = table.header().first().map_or(usize::MAX, |row| row.cells().len());
        table.span.end = table.span.end.max(rows.end);
        let mut at = rows.start;
        while at < rows.end {
            let end = lines::end(self.text, at);
            self.rows.row(table, at..end, width);
            at = end;
        }
    }

    /// Whether rows of the last table follow at `start`, with only the marks of block quotes in
    /// between. Nothing but a row can stand below a table without a blank line.
    fn goes_on(&self, start: usize) -> bool {
        let (end, quotes) = self.table_end.unwrap_or_default();
        let between = self.text.get(end..start).filter(|_| end > 0 && quotes == self.quotes);
        self.stopped == Some(start)
            || between.is_some_and(|between| between.trim_matches(QUOTE_MARKS).is_empty())
    }

    /// The parser ends a table at a row without cells. And it gives up on one after a number of
    /// cells it had to fill in: it leaves a row without text, and takes the rest of the page for a
    /// part of the table. Either way it takes the rows that follow for a paragraph.
    fn continue_table(&mut self, range: Range<usize>) {
        let mut at = range.start;
        for line in self.text[range].split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start_matches(QUOTE_MARKS).len());
            let end = at + line.trim_end().len();
            if line.contains(|c: char| c != '|' && !c.is_whitespace() && c != '>') {
                self.push_row(start..end);
            }
            at += line.len();
        }
        self.table_end = Some((at, self.quotes));
        if let Some(table) = self.out.tables.last_mut() {
            table.span.end = at;
        }
    }

    fn push_row(&mut self, range: Range<usize>) {
        if let Some(table) = self.out.tables.last_mut() {
            let width = table.header().first().map_or(usize::MAX, |row| row.cells().len());
            self.rows.row(table, range, width);
        }
    }
}

/// What stands before the lines of a block quote.
const QUOTE_MARKS: [char; 3] = [' ', '\t', '>'];

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
