//! HTML tables, with the bytes of each cell.
//!
//! A tokenizer that keeps spans feeds a small automaton after the HTML standard's table modes:
//! rows and cells end where the next one starts, a table inside a cell is nested, one outside a
//! cell ends the table before it.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::markdown::{Heading, headings_above};
use super::model::{Cell, Format, Row, Table};
use super::{Found, lines};
use crate::Diagnostic;
use crate::diagnostic::rules;
use crate::inline::{self, Builder};

/// Tables nested deeper than this are read as text of the cell they stand in: real pages nest
/// once or twice, hostile ones a hundred thousand times.
const DEEPEST: usize = 32;

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
    let mut found = reader.found;
    for table in &mut found.tables {
        let mut headings = headings_above(&reader.headings, table.span.start);
        headings.append(&mut table.headings);
        table.headings = headings;
    }
    found
}

/// The headings in a piece of HTML that starts at `base`.
pub(super) fn read_headings(html: &str, base: usize) -> Vec<Heading> {
    let mut reader = Reader::new(html, 0, Mode::Page);
    reader.run();
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

/// Reads the tables of a Markdown page; a `<table` inside `masked` starts none.
pub(super) fn read_tables(text: &str, masked: &[Range<usize>]) -> Vec<HtmlTable> {
    let mut tables = Vec::new();
    let mut masked = masked.iter().peekable();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        while masked.next_if(|range| range.end <= start).is_some() {}
        if let Some(range) = masked.peek().filter(|range| range.start <= start) {
            at = range.end;
            continue;
        }
        at = start + 1;
        if text[start..].starts_with("<!--") {
            at = text[start..].find("-->").map_or(text.len(), |end| start + end);
        } else if starts_table(&text[start..]) {
            let table = read_table(text, start);
            at = table.span.end.max(at);
            tables.push(table);
        }
    }
    tables
}

fn starts_table(text: &str) -> bool {
    const TAG: &str = "<table";
    let named = text.get(..TAG.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(TAG));
    named && text[TAG.len()..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
}

fn read_table(text: &str, start: usize) -> HtmlTable {
    let mut reader = Reader::new(text, start, Mode::Table);
    reader.run();
    if !reader.unclosed {
        return reader.into_table(start);
    }
    // Without an end it runs to the blank line after its last tag, so that the Markdown below is
    // still read as such.
    let last_tag = reader.last_table_tag;
    let end = text[last_tag..].find("\n\n").map_or(text.len(), |blank| last_tag + blank);
    let mut reader = Reader::new(&text[..end], start, Mode::Table);
    reader.run();
    let tag_end = text[start..].find('>').map_or(text.len(), |end| start + end + 1);
    let message = "this table has no `</table>`";
    reader.found.diagnostics.push(Diagnostic::at(&rules::UNCLOSED_TABLE, start..tag_end, message));
    reader.position = end;
    reader.into_table(start)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Read everything.
    Page,
    /// Stop at the end of the first table.
    Table,
}

/// A table being read.
struct Open {
    /// Index in `found.tables`.
    index: usize,
    row: Option<(usize, Vec<Cell>)>,
    cell: Option<OpenCell>,
    caption: Option<Builder>,
    in_head: bool,
    section: u32,
}

struct OpenCell {
    start: usize,
    builder: Builder,
    colspan: u32,
    rowspan: u32,
    is_header: bool,
}

/// A start tag whose attributes are being read.
#[derive(Default)]
struct Tag {
    name: String,
    start: usize,
    attribute: String,
    href: Option<String>,
    alt: Option<String>,
    colspan: Option<u32>,
    rowspan: Option<u32>,
}

struct Reader<'t> {
    text: &'t str,
    base: usize,
    mode: Mode,
    found: Found,
    headings: Vec<Heading>,
    open: Vec<Open>,
    /// Tables nested too deep to be read, counted to find their ends.
    too_deep: usize,
    tag: Tag,
    heading: Option<(u8, usize, Builder)>,
    /// The `<script>` or the like whose text is skipped.
    raw: Option<String>,
    last_table_tag: usize,
    position: usize,
    unclosed: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, base: usize, mode: Mode) -> Self {
        Self {
            text,
            base,
            mode,
            found: Found::default(),
            headings: Vec::new(),
            open: Vec::new(),
            too_deep: 0,
            tag: Tag::default(),
            heading: None,
            raw: None,
            last_table_tag: base,
            position: base,
            unclosed: false,
        }
    }

    fn run(&mut self) {
        let text = self.text;
        let base = self.base;
        let callback = |event: CallbackEvent<'_>, span: Span<usize>| {
            self.position = base + span.end;
            self.event(event, base + span.start..base + span.end)
        };
        let mut emitter = CallbackEmitter::<_, (), usize>::new(callback);
        emitter.naively_switch_states(true);
        // The first item says that the table is closed; reading a string cannot fail.
        let closed = Tokenizer::new_with_emitter(&text[base..], emitter).next().is_some();
        self.unclosed = !closed && !self.open.is_empty();
        if !closed {
            self.position = text.len();
            while !self.open.is_empty() {
                self.end_table(text.len());
            }
        }
    }

    fn into_table(self, start: usize) -> HtmlTable {
        let Found { tables, diagnostics } = self.found;
        HtmlTable { span: start..self.position, tables: kept(tables), diagnostics }
    }

    /// Handles one event; `Some` stops the tokenizer.
    fn event(&mut self, event: CallbackEvent<'_>, span: Range<usize>) -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: lossy(name), start: span.start, ..Tag::default() };
            }
            CallbackEvent::AttributeName { name } => self.tag.attribute = lossy(name),
            CallbackEvent::AttributeValue { value } => self.attribute(&lossy(value)),
            CallbackEvent::CloseStartTag { .. } => {
                let tag = std::mem::take(&mut self.tag);
                self.start_tag(&tag, span.end);
            }
            CallbackEvent::EndTag { name } => return self.end_tag(&lossy(name), span),
            CallbackEvent::String { value } if self.raw.is_none() => self.string(&lossy(value), span),
            _ => {}
        }
        None
    }

    fn attribute(&mut self, value: &str) {
        let number = || value.trim().parse::<u64>().ok().map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        match self.tag.attribute.as_str() {
            "href" => self.tag.href = Some(value.to_owned()),
            "alt" => self.tag.alt = Some(value.to_owned()),
            "colspan" => self.tag.colspan = number(),
            // 0 means the rest of the row group.
            "rowspan" => self.tag.rowspan = number().map(|n| if n == 0 { u32::MAX } else { n }),
            _ => {}
        }
    }

    fn start_tag(&mut self, tag: &Tag, end: usize) {
        match tag.name.as_str() {
            "table" => self.start_table(tag.start),
            "thead" | "tbody" | "tfoot" => self.start_section(tag),
            "tr" => self.start_row(tag.start),
            "td" | "th" => self.start_cell(tag, end),
            "caption" => self.start_caption(),
            "script" | "style" | "template" | "noscript" => self.raw = Some(tag.name.clone()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.open.is_empty() => {
                self.heading = Some((tag.name.as_bytes()[1] - b'0', tag.start, Builder::default()));
            }
            name => {
                if let Some(builder) = self.builder() {
                    match name {
                        "a" => builder.link_start(tag.href.as_deref().unwrap_or_default()),
                        "img" => builder.text(tag.alt.as_deref().unwrap_or_default()),
                        "strong" | "b" => builder.bold(true),
                        name if is_code(name) => builder.code_start(),
                        name if is_block(name) => builder.line_break(),
                        _ => {}
                    }
                }
            }
        }
        if is_table_tag(&tag.name) {
            self.last_table_tag = end;
        }
    }

    fn end_tag(&mut self, name: &str, span: Range<usize>) -> Option<()> {
        if is_table_tag(name) {
            self.last_table_tag = span.end;
        }
        match name {
            "table" => return self.end_table_tag(span.end),
            "thead" | "tbody" | "tfoot" => {
                self.end_row(span.start);
                self.with_open(|open| open.in_head = false);
            }
            "tr" => self.end_row(span.start),
            "td" | "th" => self.end_cell(span.start),
            "caption" => self.end_caption(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.heading.is_some() => {
                if let Some((level, offset, builder)) = self.heading.take() {
                    let text = inline::plain(&builder.finish().pieces);
                    self.headings.push(Heading { offset, level, text });
                }
            }
            name => {
                if self.raw.as_deref() == Some(name) {
                    self.raw = None;
                }
                if let Some(builder) = self.builder() {
                    match name {
                        "a" => builder.link_end(),
                        "strong" | "b" => builder.bold(false),
                        name if is_code(name) => builder.code_end(),
                        name if is_block(name) => builder.line_break(),
                        _ => {}
                    }
                }
            }
        }
        None
    }

    /// What collects text at this place.
    fn builder(&mut self) -> Option<&mut Builder> {
        let Some(open) = self.open.last_mut() else {
            return self.heading.as_mut().map(|(_, _, builder)| builder);
        };
        open.cell.as_mut().map(|cell| &mut cell.builder).or(open.caption.as_mut())
    }

    fn string(&mut self, text: &str, span: Range<usize>) {
        if let Some(builder) = self.builder() {
            builder.text(text);
        } else if !self.open.is_empty() && !text.trim().is_empty() {
            let lead = text.len() - text.trim_start().len();
            let span = span.start + lead..span.end;
            let message = format!("text between the cells of a table: {}", lines::excerpt(text));
            self.found.diagnostics.push(Diagnostic::at(&rules::STRAY_TEXT, span, message));
        }
    }

    fn with_open(&mut self, change: impl FnOnce(&mut Open)) {
        if let Some(open) = self.open.last_mut() {
            change(open);
        }
    }

    fn start_table(&mut self, start: usize) {
        if self.too_deep > 0 || self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        let nested = self.open.last().is_some_and(|open| open.cell.is_some());
        if !self.open.is_empty() && !nested {
            self.end_table(start);
        }
        let index = self.found.tables.len();
        self.found.tables.push(Table {
            format: Format::Html,
            headings: Vec::new(),
            span: start..start,
            header: Vec::new(),
            rows: Vec::new(),
        });
        self.open.push(Open { index, row: None, cell: None, caption: None, in_head: false, section: 0 });
    }

    fn end_table_tag(&mut self, end: usize) -> Option<()> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return None;
        }
        self.end_table(end);
        (self.mode == Mode::Table && self.open.is_empty()).then_some(())
    }

    fn end_table(&mut self, end: usize) {
        self.end_row(end);
        self.end_caption();
        if let Some(open) = self.open.pop() {
            self.found.tables[open.index].span.end = end;
        }
    }

    fn start_section(&mut self, tag: &Tag) {
        self.end_row(tag.start);
        let in_head = tag.name == "thead";
        self.with_open(|open| {
            open.section += 1;
            open.in_head = in_head;
        });
    }

    fn start_row(&mut self, start: usize) {
        self.end_row(start);
        self.end_caption();
        self.with_open(|open| open.row = Some((start, Vec::new())));
    }

    fn start_cell(&mut self, tag: &Tag, end: usize) {
        self.end_cell(tag.start);
        self.end_caption();
        let cell = OpenCell {
            start: end,
            builder: Builder::default(),
            colspan: tag.colspan.unwrap_or(1).max(1),
            rowspan: tag.rowspan.unwrap_or(1),
            is_header: tag.name == "th",
        };
        self.with_open(|open| {
            open.row.get_or_insert_with(|| (tag.start, Vec::new()));
            open.cell = Some(cell);
        });
    }

    fn end_cell(&mut self, end: usize) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let (Some(cell), Some((_, cells))) = (open.cell.take(), &mut open.row) else {
            return;
        };
        let OpenCell { start, builder, colspan, rowspan, is_header } = cell;
        let simple = Cell::simple(start..end.max(start), builder.finish());
        cells.push(Cell { colspan, rowspan, is_header: is_header || open.in_head, ..simple });
    }

    fn end_row(&mut self, end: usize) {
        self.end_cell(end);
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let Some((start, cells)) = open.row.take() else {
            return;
        };
        let table = &mut self.found.tables[open.index];
        let row = Row { span: start..end.max(start), cells, section: open.section };
        let names = !row.cells.is_empty() && row.cells.iter().all(|cell| cell.is_header);
        if names && table.rows.is_empty() {
            table.header.push(row);
        } else if !row.cells.is_empty() {
            table.rows.push(row);
        }
    }

    fn start_caption(&mut self) {
        self.with_open(|open| open.caption = Some(Builder::default()));
    }

    fn end_caption(&mut self) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let caption = open.caption.take().map(|builder| inline::plain(&builder.finish().pieces));
        let caption = caption.filter(|text| !text.is_empty());
        self.found.tables[open.index].headings.extend(caption);
    }
}

/// Tables with something in them. A table that only lays out the ones nested in it is none.
fn kept(tables: Vec<Table>) -> Vec<Table> {
    let filled = |table: &Table| {
        let mut rows = table.header.iter().chain(&table.rows);
        rows.any(|row| row.cells.iter().any(|cell| !cell.is_empty()))
    };
    tables.into_iter().filter(filled).collect()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn is_table_tag(name: &str) -> bool {
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th")
}

fn is_code(name: &str) -> bool {
    matches!(name, "code" | "kbd" | "samp" | "tt")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "br" | "p"
            | "div"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "pre"
            | "blockquote"
            | "section"
            | "hr"
    ) || (name.len() == 2 && name.starts_with('h') && name.as_bytes()[1].is_ascii_digit())
}
