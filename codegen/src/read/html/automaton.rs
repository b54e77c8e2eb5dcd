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

use super::element::{Attribute, Element, number};
use super::table::Open;
use super::{HtmlTable, kept};
use crate::diagnostic::rules;
use crate::inline::{self, Builder};
use crate::read::markdown::Heading;
use crate::read::{Found, lines};
use crate::{Diagnostic, message};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Read everything.
    Page,
    /// Stop at the end of the first table.
    Table,
}

/// A start tag whose attributes are being read.
#[derive(Default)]
pub(super) struct Tag {
    pub(super) element: Element,
    pub(super) start: usize,
    attribute: Attribute,
    /// Where a link leads, or what an image shows.
    value: Option<String>,
    pub(super) colspan: Option<u32>,
    pub(super) rowspan: Option<u32>,
}

pub(super) struct Reader<'t> {
    text: &'t str,
    base: usize,
    pub(super) mode: Mode,
    pub(super) found: Found,
    pub(super) headings: Vec<Heading>,
    pub(super) open: Vec<Open>,
    /// Tables nested too deep to be read, counted to find their ends.
    pub(super) too_deep: usize,
    tag: Tag,
    heading: Option<(u8, usize, Builder)>,
    /// The `<script>` or the like whose text is skipped.
    raw: Option<Element>,
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
                self.tag = Tag { element: Element::of(name), start: span.start, ..Tag::default() };
            }
            CallbackEvent::AttributeName { name } => self.tag.attribute = Attribute::of(name),
            CallbackEvent::AttributeValue { value } if self.tag.attribute != Attribute::Other => {
                self.attribute(&text(value));
            }
            CallbackEvent::CloseStartTag { .. } => {
                let tag = std::mem::take(&mut self.tag);
                return self.start_tag(&tag, span.end);
            }
            CallbackEvent::EndTag { name } => return self.end_tag(Element::of(name), span),
            CallbackEvent::String { value } if self.raw.is_none() => {
                // Most text stands in the page as it is, where it is known to be text.
                match self.text.get(span.clone()).filter(|source| source.as_bytes() == value) {
                    Some(source) => self.string(source, span),
                    None => self.string(&text(value), span),
                }
            }
            _ => {}
        }
        None
    }

    fn attribute(&mut self, value: &str) {
        match self.tag.attribute {
            Attribute::Href if self.tag.element == Element::Link => self.tag.value = Some(value.to_owned()),
            Attribute::Alt if self.tag.element == Element::Image => self.tag.value = Some(value.to_owned()),
            Attribute::Colspan => self.tag.colspan = number(value),
            // 0 means the rest of the row group.
            Attribute::Rowspan => self.tag.rowspan = number(value).map(|n| if n == 0 { u32::MAX } else { n }),
            Attribute::Href | Attribute::Alt | Attribute::Other => {}
        }
    }

    fn start_tag(&mut self, tag: &Tag, end: usize) -> Option<()> {
        match tag.element {
            Element::Table if self.ends_another() => {
                self.unclosed = self.open.first().map(|open| self.found.tables[open.index].span.start);
                self.position = tag.start;
                self.end_table(tag.start);
                return Some(());
            }
            Element::Table => self.start_table(tag.start),
            element if self.too_deep > 0 && element.is_of_table() => self.break_line(),
            Element::Head | Element::Body | Element::Foot => self.start_section(tag),
            Element::Row => self.start_row(tag.start),
            Element::Cell | Element::HeaderCell => self.start_cell(tag, end),
            Element::Caption => self.start_caption(),
            Element::Raw(_) => self.raw = Some(tag.element),
            Element::Heading(level) if self.open.is_empty() => {
                self.end_heading();
                self.heading = Some((level, tag.start, Builder::default()));
            }
            element => {
                let source = &self.text[tag.start..end];
                if let Some(builder) = self.builder() {
                    match element {
                        Element::Link => builder.link_start(tag.value.as_deref().unwrap_or_default()),
                        Element::Image => builder.text(tag.value.as_deref().unwrap_or_default()),
                        Element::Bold => builder.bold(true),
                        Element::Code => builder.code_start(),
                        element if element.is_block() => builder.line_break(),
                        _ if inline::is_placeholder(source) => builder.text(source),
                        _ => {}
                    }
                }
            }
        }
        if tag.element.is_of_table() {
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

    fn end_tag(&mut self, element: Element, span: Range<usize>) -> Option<()> {
        if element.is_of_table() {
            self.last_table_tag = span.end;
        }
        match element {
            Element::Table => return self.end_table_tag(span.end),
            element if self.too_deep > 0 && element.is_of_table() => self.break_line(),
            Element::Head | Element::Body | Element::Foot => self.end_section(element, span.start),
            Element::Row => self.end_row(span.start),
            Element::Cell | Element::HeaderCell => self.end_cell_tag(element, span.start),
            Element::Caption => self.end_caption(),
            Element::Heading(_) if self.heading.is_some() => self.end_heading(),
            element => {
                if self.raw == Some(element) {
                    self.raw = None;
                }
                if let Some(builder) = self.builder() {
                    match element {
                        Element::Link => builder.link_end(),
                        Element::Bold => builder.bold(false),
                        Element::Code => builder.code_end(),
                        element if element.is_block() => builder.line_break(),
                        _ => {}
                    }
                }
            }
        }
        None
    }

    pub(super) fn end_heading(&mut self) {
        if let Some((level, offset, builder)) = self.heading.take() {
            let text = builder.plain();
            self.headings.push(Heading { offset, level, text });
        }
    }

    /// What collects text at this place.
    fn builder(&mut self) -> Option<&mut Builder> {
        let Some(open) = self.open.last_mut() else {
            return self.heading.as_mut().map(|(_, _, builder)| builder);
        };
        open.builder()
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
            if let Some(builder) = self.open.iter_mut().rev().find_map(Open::cell_builder) {
                builder.text(text);
            }
        }
    }
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}
