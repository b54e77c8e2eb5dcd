//! One pass over HTML: tags and text → tables and headings.
//!
//! A tokenizer that keeps spans feeds an automaton after the HTML standard's table modes: rows and
//! cells end where the next one starts, a table inside a cell is nested, one outside a cell ends the
//! table before it. Where in a page it starts and what becomes of a table without an end is not
//! decided here.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::{HtmlTable, kept};
use crate::diagnostic::rules;
use crate::inline::{self, Builder};
use crate::limits::TABLE_DEPTH;
use crate::read::markdown::Heading;
use crate::read::model::{Cell, Format, Row, Table};
use crate::read::{Found, lines};
use crate::{Diagnostic, message};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
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
    part: Part,
    section: u32,
    /// How many rows below the last one its cells still reach into.
    reach: u32,
}

/// Which part of a table a row is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
    Foot,
}

impl Part {
    /// The part that an element is.
    fn of(name: &str) -> Self {
        match name {
            "thead" => Self::Head,
            "tfoot" => Self::Foot,
            _ => Self::Body,
        }
    }
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
    name: &'static str,
    start: usize,
    attribute: &'static str,
    href: Option<String>,
    alt: Option<String>,
    colspan: Option<u32>,
    rowspan: Option<u32>,
}

pub(super) struct Reader<'t> {
    text: &'t str,
    base: usize,
    mode: Mode,
    pub(super) found: Found,
    pub(super) headings: Vec<Heading>,
    open: Vec<Open>,
    /// Tables nested too deep to be read, counted to find their ends.
    too_deep: usize,
    tag: Tag,
    heading: Option<(u8, usize, Builder)>,
    /// The `<script>` or the like whose text is skipped.
    raw: Option<&'static str>,
    pub(super) last_table_tag: usize,
    pub(super) position: usize,
    /// Where the outermost table starts that has no end.
    pub(super) unclosed: Option<usize>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, base: usize, mode: Mode) -> Self {
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
            unclosed: None,
        }
    }

    pub(super) fn run(&mut self) {
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
        if !closed {
            self.unclosed = self.open.first().map(|open| self.found.tables[open.index].span.start);
            self.position = text.len();
            while !self.open.is_empty() {
                self.end_table(text.len());
            }
        }
    }

    pub(super) fn into_table(self, start: usize) -> HtmlTable {
        let Found { tables, diagnostics } = self.found;
        HtmlTable { span: start..self.position, tables: kept(tables), diagnostics }
    }

    /// Handles one event; `Some` stops the tokenizer.
    fn event(&mut self, event: CallbackEvent<'_>, span: Range<usize>) -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: known(name, NAMES), start: span.start, ..Tag::default() };
            }
            CallbackEvent::AttributeName { name } => self.tag.attribute = known(name, ATTRIBUTES),
            CallbackEvent::AttributeValue { value } if self.tag.attribute != UNKNOWN => {
                self.attribute(&text(value));
            }
            CallbackEvent::CloseStartTag { .. } => {
                let tag = std::mem::take(&mut self.tag);
                return self.start_tag(&tag, span.end);
            }
            CallbackEvent::EndTag { name } => return self.end_tag(known(name, NAMES), span),
            CallbackEvent::String { value } if self.raw.is_none() => self.string(&text(value), span),
            _ => {}
        }
        None
    }

    fn attribute(&mut self, value: &str) {
        match self.tag.attribute {
            "href" => self.tag.href = Some(value.to_owned()),
            "alt" => self.tag.alt = Some(value.to_owned()),
            "colspan" => self.tag.colspan = number(value),
            // 0 means the rest of the row group.
            "rowspan" => self.tag.rowspan = number(value).map(|n| if n == 0 { u32::MAX } else { n }),
            _ => {}
        }
    }

    fn start_tag(&mut self, tag: &Tag, end: usize) -> Option<()> {
        match tag.name {
            "table" if self.ends_another() => {
                self.unclosed = self.open.first().map(|open| self.found.tables[open.index].span.start);
                self.position = tag.start;
                self.end_table(tag.start);
                return Some(());
            }
            "table" => self.start_table(tag.start),
            name if self.too_deep > 0 && is_table_tag(name) => self.break_line(),
            "thead" | "tbody" | "tfoot" => self.start_section(tag),
            "tr" => self.start_row(tag.start),
            "td" | "th" => self.start_cell(tag, end),
            "caption" => self.start_caption(),
            "script" | "style" | "template" | "noscript" => self.raw = Some(tag.name),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.open.is_empty() => {
                self.end_heading();
                self.heading = Some((tag.name.as_bytes()[1] - b'0', tag.start, Builder::default()));
            }
            name => {
                let source = &self.text[tag.start..end];
                if let Some(builder) = self.builder() {
                    match name {
                        "a" => builder.link_start(tag.href.as_deref().unwrap_or_default()),
                        "img" => builder.text(tag.alt.as_deref().unwrap_or_default()),
                        "strong" | "b" => builder.bold(true),
                        name if is_code(name) => builder.code_start(),
                        name if is_block(name) => builder.line_break(),
                        _ if inline::is_placeholder(source) => builder.text(source),
                        _ => {}
                    }
                }
            }
        }
        if is_table_tag(tag.name) {
            self.last_table_tag = end;
        }
        None
    }

    /// Whether a `<table>` here ends the one that is read for itself.
    fn ends_another(&self) -> bool {
        let [open] = self.open.as_slice() else {
            return false;
        };
        self.mode == Mode::Table && self.too_deep == 0 && open.cell.is_none()
    }

    fn break_line(&mut self) {
        if let Some(builder) = self.builder() {
            builder.line_break();
        }
    }

    fn end_tag(&mut self, name: &'static str, span: Range<usize>) -> Option<()> {
        if is_table_tag(name) {
            self.last_table_tag = span.end;
        }
        match name {
            "table" => return self.end_table_tag(span.end),
            name if self.too_deep > 0 && is_table_tag(name) => self.break_line(),
            // Browsers pass over the end of what is not open.
            "thead" | "tbody" | "tfoot" => {
                if self.open.last().is_some_and(|open| open.part == Part::of(name)) {
                    self.end_row(span.start);
                    self.start_part(Part::Body);
                }
            }
            "tr" => self.end_row(span.start),
            "td" | "th" => {
                let cell = self.open.last().and_then(|open| open.cell.as_ref());
                if cell.is_some_and(|cell| cell.is_header == (name == "th")) {
                    self.end_cell(span.start);
                }
            }
            "caption" => self.end_caption(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.heading.is_some() => {
                self.end_heading();
            }
            name => {
                if self.raw == Some(name) {
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

    pub(super) fn end_heading(&mut self) {
        if let Some((level, offset, builder)) = self.heading.take() {
            let text = inline::plain(&builder.finish().pieces);
            self.headings.push(Heading { offset, level, text });
        }
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
            let message = message!("text between the cells of a table: {text}", text = lines::excerpt(text));
            self.found.diagnostics.push(Diagnostic::at(&rules::STRAY_TEXT, span, message));
            // Browsers show it before the table: where that is nested, in the cell around it.
            if let Some(cell) = self.open.iter_mut().rev().find_map(|open| open.cell.as_mut()) {
                cell.builder.text(text);
            }
        }
    }

    fn with_open(&mut self, change: impl FnOnce(&mut Open)) {
        if let Some(open) = self.open.last_mut() {
            change(open);
        }
    }

    fn start_table(&mut self, start: usize) {
        if self.too_deep > 0 || self.open.len() >= TABLE_DEPTH {
            if self.too_deep == 0 {
                let span = start..self.position.max(start);
                let message =
                    message!("a table inside {n} others; it is read as text of its cell", n = TABLE_DEPTH);
                self.found.diagnostics.push(Diagnostic::at(&rules::TABLE_TOO_DEEP, span, message));
            }
            self.too_deep += 1;
            return;
        }
        let nested = self.open.last().is_some_and(|open| open.cell.is_some());
        if !self.open.is_empty() && !nested {
            self.end_table(start);
        }
        self.end_heading();
        let index = self.found.tables.len();
        self.found.tables.push(Table {
            format: Format::Html,
            headings: Vec::new(),
            span: start..start,
            header: Vec::new(),
            rows: Vec::new(),
        });
        self.open.push(Open {
            index,
            row: None,
            cell: None,
            caption: None,
            part: Part::Body,
            section: 0,
            reach: 0,
        });
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
        self.end_caption();
        self.start_part(Part::of(tag.name));
    }

    fn start_part(&mut self, part: Part) {
        self.with_open(|open| {
            open.section += 1;
            open.part = part;
            open.reach = 0;
        });
    }

    fn start_row(&mut self, start: usize) {
        self.end_row(start);
        self.end_caption();
        let Some(open) = self.open.last_mut() else {
            return;
        };
        // Most rows have as many cells as the one above.
        let above = self.found.tables[open.index].rows.last().map_or(0, |row| row.cells.len());
        open.row = Some((start, Vec::with_capacity(above)));
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
        cells.push(Cell { colspan, rowspan, is_header: is_header || open.part == Part::Head, ..simple });
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
        // A row without cells of its own counts where cells reach into it from above.
        if row.cells.is_empty() && open.reach == 0 {
            return;
        }
        let tallest = row.cells.iter().map(|cell| cell.rowspan).max().unwrap_or(1);
        open.reach = open.reach.max(tallest).saturating_sub(1);
        if open.part != Part::Foot && table.rows.is_empty() && names(&row, &table.header) {
            table.header.push(row);
        } else {
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

/// Whether a row names columns, as those of `header` above it do: all of its cells are header
/// cells. One header cell across a table that has its names divides its rows instead.
fn names(row: &Row, header: &[Row]) -> bool {
    let columns = |row: &Row| row.cells.iter().map(|cell| u64::from(cell.colspan)).sum::<u64>();
    let width = header.first().map_or(1, columns);
    let across = row.cells.len() == 1 && width > 1 && columns(row) >= width;
    let below_itself = !header.is_empty() && header[0].cells.len() > 1;
    let named = !row.cells.is_empty() || !header.is_empty();
    named && row.cells.iter().all(|cell| cell.is_header) && !(across && below_itself)
}

/// A span as the HTML standard reads it: the digits at the start, however many they are.
fn number(value: &str) -> Option<u32> {
    let value = value.trim_start();
    let value = value.strip_prefix('+').unwrap_or(value);
    let digits = value.bytes().take_while(u8::is_ascii_digit);
    digits.fold(None, |number: Option<u32>, digit| {
        Some(number.unwrap_or(0).saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    })
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// The names of elements that mean something here, those that pages are full of first.
const NAMES: &[&str] = &[
    "td",
    "tr",
    "th",
    "br",
    "a",
    "p",
    "code",
    "b",
    "strong",
    "div",
    "ul",
    "li",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "img",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "script",
    "style",
    "template",
    "noscript",
    "kbd",
    "samp",
    "tt",
    "ol",
    "dl",
    "dt",
    "dd",
    "pre",
    "blockquote",
    "section",
    "hr",
    "h0",
    "h7",
    "h8",
    "h9",
];

const ATTRIBUTES: &[&str] = &["href", "alt", "colspan", "rowspan"];

/// Of any other name it is enough to know that it is none of these.
const UNKNOWN: &str = "";

fn known(name: &[u8], names: &[&'static str]) -> &'static str {
    names.iter().find(|known| known.as_bytes() == name).copied().unwrap_or(UNKNOWN)
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
